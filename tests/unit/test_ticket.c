/* ticket - the tables, from a few cases. */
#include "check.h"

#include <stdio.h>

#include "cli/ticket.h"
#include "made.h"

#define NOW 1767974400 /* 2026-01-09T16:00:00Z */

static const char rows[] =
    "2026-01-01T10:00:00Z\tC1\trequest\temail\tA\tleg\tme\ta leg\\tless\n"
    "2026-01-01T11:30:00Z\tC1\treply\t\tA\t\tme\t\n"
    "2026-01-01T13:00:00Z\tC1\tsolve\t\tA\t\tme\tglue\n"
    "2026-01-09T10:00:00Z\tC2\tcomplaint\tphone\tB\t\t\t\n"
    "2026-01-09T10:00:00Z\tC2\tsolve\t\tC\t\t\t\n";

typedef size_t table(const struct ticket *t, struct show *out);

static size_t
like(const struct ticket *t, struct show *out)
{
	return ticket_like(t, "legs, leg", out);
}

static void
check(table *write, const char *by, struct window w, size_t n,
    const char *want)
{
	struct made m;
	char *text;
	size_t len;
	struct show out = { .to = open_memstream(&text, &len) };
	struct ticket t = { .cases = &m.cases, .group = &m.group,
		.window = w, .zone = &m.zone, .now = NOW };

	made_begin(&m, rows, by, NOW);
	t.threads = m.threads;
	assert_int_equal(write(&t, &out), n);
	fclose(out.to);
	assert_string_equal(text, want);
	free(text);
	made_end(&m);
}

#define CASES "case\tcustomer\tkind\ttopic\tchannel\topened\tby\t" \
	"first_reply\tsolved\treopened\ttransfers\tfirst_reply_hours\t" \
	"solve_hours\tdue\tstate\n"
#define CASE_B "B\tC2\tcomplaint\t\tphone\t2026-01-09T10:00:00Z\t\t\t\t" \
	"0\t0\t\t\t2026-01-10T10:00:00Z\topen\n"

static void
cases_are_rows(void **state)
{
	(void)state;
	check(ticket_cases, NULL, WINDOW_ALL, 2,
	    CASES
	    "A\tC1\trequest\tleg\temail\t2026-01-01T10:00:00Z\tme\t"
	    "2026-01-01T11:30:00Z\t2026-01-01T13:00:00Z\t0\t0\t1.5\t3.0\t"
	    "2026-01-04T10:00:00Z\tsolved\n" CASE_B);
	check(ticket_cases, NULL, (struct window){ NOW - 86400, NOW }, 1,
	    CASES CASE_B);
}

static void
findings_are_rows(void **state)
{
	(void)state;
	check(ticket_findings, NULL, WINDOW_ALL, 1,
	    "case\tcustomer\ttime\tkind\tfinding\n"
	    "C\tC2\t2026-01-09T10:00:00Z\tsolve\tnot-opened\n");
	check(ticket_findings, NULL, (struct window){ NOW, INT64_MAX }, 0,
	    "case\tcustomer\ttime\tkind\tfinding\n");
}

static void
groups_bear_their_keys(void **state)
{
	(void)state;
	check(ticket_summary, "year,channel", WINDOW_ALL, 2,
	    "group\tchannel\tcases\topen\twaiting\tsolved\toverdue\tlate\t"
	    "overdue_share\treopened\ttransfers\towned\tfirst_owner_share\t"
	    "reply_n\treply_median\treply_90\tsolve_n\tsolve_median\t"
	    "solve_90\n"
	    "2026\temail\t1\t0\t0\t1\t0\t0\t0.00\t0\t0\t1\t100.00\t"
	    "1\t1.5\t1.5\t1\t3.0\t3.0\n"
	    "2026\tphone\t1\t1\t0\t0\t0\t0\t\t0\t0\t0\t\t0\t\t\t0\t\t\n");
	check(ticket_trend, NULL, (struct window){ NOW, INT64_MAX }, 2,
	    "topic\tweek\tn\texpected\tbefore\tp\n"
	    "\t2026-W02\t1\t0.00\t0\t1.000\n"
	    "leg\t2026-W02\t0\t1.17\t1\t0.923\n");
	check(ticket_trend, "channel", (struct window){ NOW, INT64_MAX }, 2,
	    "group\tweek\tn\texpected\tbefore\tp\n"
	    "email\t2026-W02\t0\t1.17\t1\t0.923\n"
	    "phone\t2026-W02\t1\t0.00\t0\t1.000\n");
}

static void
solutions_are_told(void **state)
{
	(void)state;
	check(like, NULL, WINDOW_ALL, 1,
	    "likeness\tcase\tcustomer\tkind\ttopic\tsolved\tby\ttext\t"
	    "solution\n"
	    "0.408\tA\tC1\trequest\tleg\t2026-01-01T13:00:00Z\tme\t"
	    "a leg\\tless\tglue\n");
	check(like, NULL, (struct window){ NOW, INT64_MAX }, 0,
	    "likeness\tcase\tcustomer\tkind\ttopic\tsolved\tby\ttext\t"
	    "solution\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_are_rows),
		cmocka_unit_test(findings_are_rows),
		cmocka_unit_test(groups_bear_their_keys),
		cmocka_unit_test(solutions_are_told),
	};

	return cmocka_run_group_tests_name("ticket", tests, NULL, NULL);
}
