#include "check.h"

#include "measure/nps.h"
#include "runs.h"

enum { ROWS = 400 };

static void
write_answer(struct buf *to, const struct nps *s)
{
	size_t n;
	struct nps_answers *a = nps_groups(s, &n);

	buf_clear(to);
	for (size_t i = 0; i < n; i++) {
		buf_slice(to, a[i].key);
		for (int k = 0; k < NPS_SCORES; k++)
			buf_fmt(to, " %lld", (long long)a[i].count[k]);
		buf_fmt(to, " n %lld sum %lld\n", (long long)a[i].n,
		    (long long)a[i].sum);
	}
	free(a);
}

static void
run(struct buf *answer, bool latest, const struct nps_how *how,
    const char *const *row, size_t rows, size_t files, int threads)
{
	struct use u = { latest ? &nps_latest_measure : &nps_measure, how,
		NULL };
	struct journal j;

	runs_go(&j, &u, 1, row, rows, files, threads);
	write_answer(answer, u.state);
	use_free(&u);
	journal_close(&j);
}

/* The months as groups, as group_parse makes them. */
static struct group
by_month(void)
{
	struct group g = { .n = 1 };

	g.key[0] = (struct group_key){ slice_of("month"), PERIOD_MONTH, -1,
		-1 };
	return g;
}

static void
each_score_is_counted_in_its_group(void **state)
{
	static const char *const row[] = {
		"2026-01-01\tC1\tnps\t10\t\n", "2026-01-31\tC1\tnps\t6\t\n",
		"2026-02-01\tC1\tnps\t8\t\n", "2026-02-01\tC1\tcsat\t5\t\n",
		"2026-02-02\t\tnps\t0\t\n",
	};
	struct group g = by_month();
	struct nps_how how = { KIND_NPS, WINDOW_ALL, &g };
	struct buf got = { 0 };

	(void)state;
	run(&got, false, &how, row, LEN(row), 1, 1);
	assert_string_equal(buf_text(&got),
	    "2026-01 0 0 0 0 0 0 1 0 0 0 1 n 2 sum 16\n"
	    "2026-02 1 0 0 0 0 0 0 0 1 0 0 n 2 sum 8\n");
	how.group = NULL;
	how.kind = KIND_CSAT;
	run(&got, false, &how, row, LEN(row), 1, 1);
	assert_string_equal(buf_text(&got),
	    " 0 0 0 0 0 1 0 0 0 0 0 n 1 sum 5\n");
	how.kind = KIND_CES;
	run(&got, false, &how, row, LEN(row), 1, 1);
	assert_string_equal(buf_text(&got),
	    " 0 0 0 0 0 0 0 0 0 0 0 n 0 sum 0\n");
	buf_free(&got);
}

static void
the_latest_answer_counts_and_of_two_the_lower(void **state)
{
	static const char *const row[] = {
		"2026-01-03\tC1\tnps\t9\t\n", "2026-01-01\tC1\tnps\t1\t\n",
		"2026-01-05\tC2\tnps\t4\t\n", "2026-01-05\tC2\tnps\t7\t\n",
		"2026-01-02\t\tnps\t0\t\n", "2026-01-04\t\tnps\t0\t\n",
	};
	struct nps_how how = { KIND_NPS, WINDOW_ALL, NULL };
	struct buf got = { 0 };

	(void)state;
	run(&got, true, &how, row, LEN(row), 2, 2);
	assert_string_equal(buf_text(&got),
	    " 2 0 0 0 1 0 0 0 0 1 0 n 4 sum 13\n");
	buf_free(&got);
}

static void
only_answers_inside_the_window_count(void **state)
{
	static const char *const row[] = {
		"1970-01-01T00:01:39Z\tC1\tnps\t1\t\n",
		"1970-01-01T00:01:40Z\tC1\tnps\t2\t\n",
		"1970-01-01T00:03:19Z\tC1\tnps\t3\t\n",
		"1970-01-01T00:03:20Z\tC1\tnps\t4\t\n",
	};
	struct nps_how how = { KIND_NPS, { 100, 200 }, NULL };
	struct buf got = { 0 };

	(void)state;
	run(&got, false, &how, row, LEN(row), 1, 1);
	assert_string_equal(buf_text(&got),
	    " 0 0 1 1 0 0 0 0 0 0 0 n 2 sum 5\n");
	buf_free(&got);
}

static void
random_rows(const char **row, char (*text)[RUNS_ROW], uint64_t *seed)
{
	char when[32];

	for (int i = 0; i < ROWS; i++) {
		snprintf(text[i], RUNS_ROW, "%s\tC%u\t%s\t%u\t\n",
		    runs_time(when, seed), check_random(seed, 20),
		    check_random(seed, 4) ? "nps" : "csat",
		    1 + check_random(seed, 5));
		row[i] = text[i];
	}
}

static void
neither_order_nor_files_nor_threads_matter(void **state)
{
	struct group g = by_month();
	struct nps_how how = { KIND_NPS, WINDOW_ALL, &g };
	struct buf want = { 0 }, got = { 0 };
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];
	uint64_t seed = 99;

	(void)state;
	random_rows(row, text, &seed);
	for (int latest = 0; latest < 2; latest++) {
		run(&want, latest, &how, row, ROWS, 1, 1);
		for (int i = 0; i < 24; i++) {
			runs_shuffle(row, ROWS, &seed);
			run(&got, latest, &how, row, ROWS, 1 + (size_t)i % 8,
			    1 + i % 4);
			assert_string_equal(buf_text(&got), buf_text(&want));
		}
	}
	buf_free(&want);
	buf_free(&got);
}

static void
scores_fall_into_their_sorts(void **state)
{
	struct nps_answers a = { .n = 11 };
	struct score_nps s;

	(void)state;
	for (int i = 0; i < NPS_SCORES; i++)
		a.count[i] = 1;
	s = nps_counts(&a);
	assert_int_equal(s.promoters, 2);
	assert_int_equal(s.passives, 2);
	assert_int_equal(s.detractors, 7);
	assert_int_equal(nps_at_least(&a, 4).part, 7);
	assert_int_equal(nps_at_least(&a, 4).whole, 11);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_score_is_counted_in_its_group),
		cmocka_unit_test(
		    the_latest_answer_counts_and_of_two_the_lower),
		cmocka_unit_test(only_answers_inside_the_window_count),
		cmocka_unit_test(neither_order_nor_files_nor_threads_matter),
		cmocka_unit_test(scores_fall_into_their_sorts),
	};

	return cmocka_run_group_tests_name("nps", tests, NULL, NULL);
}
