#include "check.h"

#define RUNS_HEADER "time\tcustomer\tkind\tvalue\ttone\tchannel\tby\n"
#include "measure/service.h"
#include "runs.h"

enum { ROWS = 300 };

static const char *const ways[] = { "nps", "csat", "ces", "tone" };

static void
write_part(struct buf *to, const struct service *s, enum service_part part)
{
	size_t n;
	struct service_row *row = service_rows(s, part, &n);

	for (size_t i = 0; i < n; i++)
		for (int side = 0; side < SERVICE_SIDES; side++)
			for (int way = 0; way < SERVICE_WAYS; way++) {
				struct service_sums *x = &row[i].of[side][way];

				if (x->n == 0)
					continue;
				buf_fmt(to, "%s%d %.*s %s %lld +%lld -%lld "
				    "sum %lld\n", part == SERVICE_CHANNEL ?
				    "channel" : "person", side,
				    (int)row[i].name.len, row[i].name.at,
				    ways[way], (long long)x->n,
				    (long long)x->good, (long long)x->bad,
				    (long long)x->sum);
			}
	free(row);
}

static void
write_total(struct buf *to, const struct service *s)
{
	for (int way = 0; way < SERVICE_WAYS; way++) {
		struct service_sums x = service_total(s, SERVICE_NOW,
		    (enum service_way)way);

		buf_fmt(to, "all %s %lld +%lld -%lld\n", ways[way],
		    (long long)x.n, (long long)x.good, (long long)x.bad);
	}
}

static void
run(struct buf *answer, const char *const *row, size_t rows, size_t files,
    int threads)
{
	struct service_how how = { {
	    { date_days(2026, 1, 1) * DATE_DAY,
		date_days(2026, 2, 1) * DATE_DAY },
	    { date_days(2026, 2, 1) * DATE_DAY,
		date_days(2026, 3, 1) * DATE_DAY } } };
	struct use u = { &service_measure, &how, NULL };
	struct journal j;

	runs_go(&j, &u, 1, row, rows, files, threads);
	buf_clear(answer);
	write_part(answer, u.state, SERVICE_CHANNEL);
	write_part(answer, u.state, SERVICE_PERSON);
	write_total(answer, u.state);
	use_free(&u);
	journal_close(&j);
}

static void
answers_and_tones_count_by_channel_and_person(void **state)
{
	static const char *const row[] = {
		"2026-01-31\tC1\tnps\t9\t\tphone\tanna\n",
		"2026-02-01\tC1\tnps\t6\t\tphone\tanna\n",
		"2026-02-28\t\tnps\t8\t\tphone\t\n",
		"2026-02-02\tC1\tcsat\t4\t-2\tchat\tanna\n",
		"2026-02-02\tC1\tcsat\t3\t\tchat\tanna\n",
		"2026-02-02\tC1\tces\t5\t\tchat\tbob\n",
		"2026-02-02\tC1\tces\t4\t\tchat\tbob\n",
		"2026-02-03\tC1\tin\t\t1\tphone\tbob\n",
		"2026-02-03\tC1\tin\t\t0\tphone\tbob\n",
		"2026-03-01\tC1\tin\t\t1\tphone\tbob\n",
	};
	struct buf got = { 0 };

	(void)state;
	run(&got, row, LEN(row), 1, 1);
	assert_string_equal(buf_text(&got),
	    "channel1 chat csat 2 +1 -1 sum 7\n"
	    "channel1 chat ces 2 +1 -1 sum 9\n"
	    "channel1 chat tone 1 +0 -1 sum -2\n"
	    "channel0 phone nps 1 +1 -0 sum 9\n"
	    "channel1 phone nps 2 +0 -1 sum 14\n"
	    "channel1 phone tone 2 +1 -0 sum 1\n"
	    "person1  nps 1 +0 -0 sum 8\n"
	    "person0 anna nps 1 +1 -0 sum 9\n"
	    "person1 anna nps 1 +0 -1 sum 6\n"
	    "person1 anna csat 2 +1 -1 sum 7\n"
	    "person1 anna tone 1 +0 -1 sum -2\n"
	    "person1 bob ces 2 +1 -1 sum 9\n"
	    "person1 bob tone 2 +1 -0 sum 1\n"
	    "all nps 2 +0 -1\n"
	    "all csat 2 +1 -1\n"
	    "all ces 2 +1 -1\n"
	    "all tone 3 +1 -1\n");
	buf_free(&got);
}

static void
random_rows(const char **row, char (*text)[RUNS_ROW], uint64_t *seed)
{
	static const char *const kind[] = { "nps", "csat", "ces", "order" };
	char when[32];

	for (int i = 0; i < ROWS; i++) {
		snprintf(text[i], RUNS_ROW, "%s\tC%u\t%s\t%u\t%d\tc%u\tp%u\n",
		    runs_time(when, seed), check_random(seed, 12),
		    kind[check_random(seed, 4)], 1 + check_random(seed, 5),
		    (int)check_random(seed, 5) - 2, check_random(seed, 3),
		    check_random(seed, 4));
		row[i] = text[i];
	}
}

static void
neither_order_nor_files_nor_threads_matter(void **state)
{
	struct buf want = { 0 }, got = { 0 };
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];
	uint64_t seed = 11;

	(void)state;
	random_rows(row, text, &seed);
	run(&want, row, ROWS, 1, 1);
	for (int i = 0; i < 24; i++) {
		runs_shuffle(row, ROWS, &seed);
		run(&got, row, ROWS, 1 + (size_t)i % 8, 1 + i % 4);
		assert_string_equal(buf_text(&got), buf_text(&want));
	}
	buf_free(&want);
	buf_free(&got);
}

static void
sums_become_shares_and_scores(void **state)
{
	struct service_sums s = { .n = 10, .good = 5, .bad = 3 };

	(void)state;
	assert_int_equal(service_good(&s).part, 5);
	assert_int_equal(service_good(&s).whole, 10);
	assert_int_equal(service_nps(&s).promoters, 5);
	assert_int_equal(service_nps(&s).passives, 2);
	assert_int_equal(service_nps(&s).detractors, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    answers_and_tones_count_by_channel_and_person),
		cmocka_unit_test(neither_order_nor_files_nor_threads_matter),
		cmocka_unit_test(sums_become_shares_and_scores),
	};

	return cmocka_run_group_tests_name("service", tests, NULL, NULL);
}
