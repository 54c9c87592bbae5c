/* cli, intake - what a command line makes of days and of operands. */
#include "check.h"

#include <getopt.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/num.h"
#include "cli/intake.h"

static const struct cli_spec spec = {
	.name = "crm-try",
	.summary = "try it",
	.operands = "[FILE ...]",
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS | CLI_ROWS,
};

/* Begin a command with these words, parted by single blanks. */
static void
begin(struct cli *c, const char *words)
{
	static char room[500];
	static char *argv[20];
	int argc = 0;

	snprintf(room, sizeof room, "crm-try %s", words);
	for (char *w = strtok(room, " "); w != NULL; w = strtok(NULL, " "))
		argv[argc++] = w;
	argv[argc] = NULL;
	optind = 0;
	cli_begin(c, argc, argv, &spec);
	assert_int_equal(cli_next(c), -1);
	cli_ready(c);
}

static int32_t
day(int month, int d)
{
	return date_days(2026, month, d);
}

static int64_t
start_of(int month, int d)
{
	return day(month, d) * DATE_DAY;
}

static void
periods_limit_flows_and_end_in_the_as_of(void **state)
{
	const struct {
		const char *words;
		int64_t from, to, until;
		int32_t today;
	} cases[] = {
		{ "", INT64_MIN, INT64_MAX, INT64_MAX, day(11, 21) },
		{ "-p 2026-10", start_of(10, 1), start_of(11, 1),
		    start_of(11, 1), day(10, 31) },
		{ "-p last-week", start_of(11, 9), start_of(11, 16),
		    start_of(11, 16), day(11, 15) },
		{ "--as-of 2026-10-15", INT64_MIN, start_of(10, 16),
		    start_of(10, 16), day(10, 15) },
		{ "--as-of 2026-10-15 -p 2026-10", start_of(10, 1),
		    start_of(10, 16), start_of(10, 16), day(10, 15) },
		{ "--as-of 2026-10-15 -p 2026-09", start_of(9, 1),
		    start_of(10, 1), start_of(10, 1), day(9, 30) },
		{ "--as-of 2026-10-15 -p this-month", start_of(10, 1),
		    start_of(10, 16), start_of(10, 16), day(10, 15) },
		{ "-p 2026-10..", start_of(10, 1), INT64_MAX, INT64_MAX,
		    day(11, 21) },
		{ "-p ..2026-10-05", INT64_MIN, start_of(10, 6),
		    start_of(10, 6), day(10, 5) },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct cli c;

		begin(&c, cases[i].words);
		assert_int_equal(c.window.from, cases[i].from);
		assert_int_equal(c.window.to, cases[i].to);
		assert_int_equal(c.until, cases[i].until);
		assert_int_equal(c.today, cases[i].today);
		settings_free(&c.settings);
		store_close(&c.store);
	}
}

static void
operands_are_folded_into_every_state(void **state)
{
	char words[64];
	static const char text[] = "time\tcustomer\tkind\tvalue\n"
		"2026-01-01\tC1\torder\t5\n2026-02-01\tC1\torder\t7\n";
	const struct stat_how january = { { start_of(1, 1), start_of(2, 1) } };
	const struct stat_how ever = { WINDOW_ALL };
	struct use use[] = { { &stat_measure, &january, NULL },
		{ &stat_measure, &ever, NULL } };
	/* A file in memory: a command that is ready can make no other. */
	int fd = memfd_create("journal", 0);
	struct map people;
	struct stat_row r;
	struct cli c;

	(void)state;
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	snprintf(words, sizeof words, "/proc/self/fd/%d", fd);
	begin(&c, words);
	intake_fold(&c, use, 2, &people);
	assert_int_equal(people.len, 1);
	assert_true(stat_row(use[0].state, 0, &r));
	assert_int_equal(r.revenue, 5 * NUM_ONE);
	assert_true(stat_row(use[1].state, 0, &r));
	assert_int_equal(r.revenue, 12 * NUM_ONE);
	use_free(&use[0]);
	use_free(&use[1]);
	map_free(&people);
	c.free_tables(&c);
	settings_free(&c.settings);
	store_close(&c.store);
	close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(periods_limit_flows_and_end_in_the_as_of),
		cmocka_unit_test(operands_are_folded_into_every_state),
	};

	setenv("CRM_NOW", "2026-11-21T12:00:00Z", 1);
	setenv("TZ", "UTC", 1);
	setenv("CRM_DIR", "/nonexistent", 1);
	return cmocka_run_group_tests_name("cli", tests, NULL, NULL);
}
