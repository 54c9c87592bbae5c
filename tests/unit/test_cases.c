#include "check.h"

#include "measure/cases.h"
#include "runs.h"

enum { ROWS = 500 };

static struct cases_sums
run(struct window w, const char *const *row, size_t rows, size_t files, int threads)
{
	struct cases_how how = { w };
	struct use u = { &cases_measure, &how, NULL };
	struct cases_sums sums;
	struct journal j;

	runs_go(&j, &u, 1, row, rows, files, threads);
	sums = cases_sums(u.state);
	use_free(&u);
	journal_close(&j);
	return sums;
}

static void
same(struct cases_sums a, int opened, int solved, int open)
{
	assert_int_equal(a.opened, opened);
	assert_int_equal(a.solved, solved);
	assert_int_equal(a.open, open);
}

/* 2026-02-01 to 2026-02-28, UTC. */
static const struct window february = { 1769904000, 1772323200 };

static void
a_case_is_opened_once_and_solved_until_reopened(void **state)
{
	static const char *const row[] = {
		/* opened before, solved within */
		"2026-01-30\tC1\tcomplaint\t\tA\n",
		"2026-02-02\tC1\tsolve\t\tA\n",
		/* opened within, solved after */
		"2026-02-03\tC1\trequest\t\tB\n",
		"2026-03-01\tC1\tsolve\t\tB\n",
		/* solved and reopened within, and solved again */
		"2026-02-03\tC2\tcomplaint\t\tC\n",
		"2026-02-04\tC2\tsolve\t\tC\n",
		"2026-02-05\tC2\treopen\t\tC\n",
		"2026-02-06\tC2\tsolve\t\tC\n",
		/* reopened in the second in which it was solved: open */
		"2026-01-01\tC3\tcomplaint\t\tD\n",
		"2026-02-07\tC3\treopen\t\tD\n",
		"2026-02-07\tC3\tsolve\t\tD\n",
		/* nothing opened it */
		"2026-02-08\tC4\tsolve\t\tE\n",
		/* opened after */
		"2026-03-01\tC4\trequest\t\tF\n",
	};

	(void)state;
	same(run(february, row, LEN(row), 1, 1), 2, 3, 2);
	same(run(WINDOW_ALL, row, LEN(row), 2, 2), 5, 4, 2);
}

static void
cases_without_a_ref_stay_open(void **state)
{
	static const char *const row[] = {
		"2026-01-30\tC1\tcomplaint\t\t\n",
		"2026-02-02\tC1\tcomplaint\t\t\n",
		"2026-03-02\tC1\trequest\t\t\n",
	};

	(void)state;
	same(run(february, row, LEN(row), 1, 1), 1, 0, 2);
}

static void
other_threads_of_the_same_ref_are_others(void **state)
{
	static const char *const row[] = {
		"2026-02-01\tC1\tcomplaint\t\tK1\n",
		"2026-02-02\tC1\torder\t5\tK1\n",
		"2026-02-03\tC1\tnote\t\tK1\n",
		"2026-02-03\tC1\treply\t\tK1\n",
	};

	(void)state;
	same(run(february, row, LEN(row), 1, 1), 1, 0, 1);
}

static void
neither_order_nor_files_nor_threads_matter(void **state)
{
	static const char *const kind[] = { "complaint", "request", "solve",
		"reopen", "reply" };
	struct cases_sums want;
	char text[ROWS][RUNS_ROW], when[32];
	const char *row[ROWS];
	uint64_t seed = 3;

	(void)state;
	for (int i = 0; i < ROWS; i++) {
		snprintf(text[i], RUNS_ROW, "%s\tC1\t%s\t\tK%u\n",
		    runs_time(when, &seed), kind[check_random(&seed, 5)],
		    check_random(&seed, 90));
		row[i] = text[i];
	}
	want = run(february, row, ROWS, 1, 1);
	assert_true(want.opened > 0 && want.solved > 0 && want.open > 0);
	for (int i = 0; i < 24; i++) {
		runs_shuffle(row, ROWS, &seed);
		same(run(february, row, ROWS, 1 + (size_t)i % 8, 1 + i % 4),
		    (int)want.opened, (int)want.solved, (int)want.open);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_case_is_opened_once_and_solved_until_reopened),
		cmocka_unit_test(cases_without_a_ref_stay_open),
		cmocka_unit_test(other_threads_of_the_same_ref_are_others),
		cmocka_unit_test(neither_order_nor_files_nor_threads_matter),
	};

	return cmocka_run_group_tests_name("cases", tests, NULL, NULL);
}
