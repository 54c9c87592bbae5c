#include "check.h"

#include "measure/loop.h"
#include "runs.h"

enum { ROWS = 300 };

/* Others are kept, too, and take up nothing. */
static const struct thread_how how = { .kinds = LOOP_KINDS |
	THREAD_KIND(KIND_UNMET) | THREAD_KIND(KIND_IN) };

static struct loop_sums
run(struct window w, const char *const *row, size_t rows, size_t files,
    int threads)
{
	struct use u = { &thread_measure, &how, NULL };
	struct loop_sums sum;
	struct journal j;

	runs_go(&j, &u, 1, row, rows, files, threads);
	thread_sort(u.state, &j.people, THREAD_BY_CUSTOMER);
	sum = loop_count(u.state, w);
	use_free(&u);
	journal_close(&j);
	return sum;
}

static void
assert_sums(struct loop_sums got, struct loop_sums want)
{
	assert_int_equal(got.answers, want.answers);
	assert_int_equal(got.taken, want.taken);
	assert_int_equal(got.low, want.low);
	assert_int_equal(got.low_taken, want.low_taken);
}

static void
what_comes_after_an_answer_takes_it_up(void **state)
{
	static const char *const row[] = {
		"2026-01-01\tC1\tnps\t6\t\n", "2026-01-05\tC1\tthanks\t\t\n",
		"2026-01-06\tC1\tnps\t9\t\n",
		"2026-01-02\tC2\treply\t\tK1\n", "2026-01-03\tC2\tcsat\t3\t\n",
		"2026-01-04\tC3\tces\t4\t\n", "2026-01-04\tC3\ttodo\t\tT1\n",
		"2026-01-04\t\tnps\t0\t\n", "2026-01-05\tC4\tces\t5\t\n",
		"2026-01-06\tC2\tin\t\t\n", "2026-01-06\tC2\tunmet\t\t\n",
	};
	struct window w = { date_days(2026, 1, 2) * DATE_DAY,
		date_days(2026, 1, 5) * DATE_DAY };

	(void)state;
	/* C1: taken, then not; C2: not; C3: at the same time; C4: not */
	assert_sums(run(WINDOW_ALL, row, LEN(row), 1, 1),
	    (struct loop_sums){ 5, 2, 3, 2 });
	assert_sums(run(w, row, LEN(row), 2, 2),
	    (struct loop_sums){ 2, 1, 2, 1 });
}

/* What is taken up after the end of a period is open at its end. */
static void
a_period_does_not_know_what_comes_later(void **state)
{
	static const char *const row[] = {
		"2026-01-01\tC1\tnps\t6\t\n", "2026-01-05\tC1\tthanks\t\t\n",
	};
	struct window w = { INT64_MIN, date_days(2026, 1, 5) * DATE_DAY };

	(void)state;
	assert_sums(run(w, row, LEN(row), 1, 1),
	    (struct loop_sums){ 1, 0, 1, 0 });
	w.to += DATE_DAY;
	assert_sums(run(w, row, LEN(row), 1, 1),
	    (struct loop_sums){ 1, 1, 1, 1 });
}

static void
neither_order_nor_files_nor_threads_matter(void **state)
{
	static const char *const kind[] = { "nps", "csat", "ces", "thanks" };
	char text[ROWS][RUNS_ROW], when[32];
	const char *row[ROWS];
	struct loop_sums want;
	uint64_t seed = 5;

	(void)state;
	for (int i = 0; i < ROWS; i++) {
		snprintf(text[i], RUNS_ROW, "%s\tC%u\t%s\t%u\t\n",
		    runs_time(when, &seed), check_random(&seed, 60),
		    kind[check_random(&seed, 4)], 1 + check_random(&seed, 5));
		row[i] = text[i];
	}
	want = run(WINDOW_ALL, row, ROWS, 1, 1);
	assert_true(want.taken > 0 && want.taken < want.answers);
	for (int i = 0; i < 16; i++) {
		runs_shuffle(row, ROWS, &seed);
		assert_sums(run(WINDOW_ALL, row, ROWS, 1 + (size_t)i % 8,
		    1 + i % 4), want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_comes_after_an_answer_takes_it_up),
		cmocka_unit_test(a_period_does_not_know_what_comes_later),
		cmocka_unit_test(neither_order_nor_files_nor_threads_matter),
	};

	return cmocka_run_group_tests_name("loop", tests, NULL, NULL);
}
