/* idle - who has been quiet, and has nothing open. */
#include "check.h"

#include "measure/idle.h"
#include "runs.h"

enum { ROWS = 400 };

/* `ID DAY+` for each customer, in byte order, DAY as days since 2026-01-01
 * and a plus where something is open. */
static char *
run(int32_t today, const char *const *row, size_t rows, size_t files,
    int threads)
{
	struct use u = { &idle_measure, NULL, NULL };
	struct buf to = { 0 };
	struct journal j;
	uint32_t *order;
	bool *open;

	runs_go(&j, &u, 1, row, rows, files, threads);
	open = idle_open(u.state, today, j.people.len);
	order = map_sorted(&j.people);
	for (uint32_t i = 0; i < j.people.len; i++) {
		struct slice id = map_key(&j.people, order[i]);
		int64_t last = idle_last(u.state, order[i]);

		buf_fmt(&to, "%.*s %d%s\n", (int)id.len, id.at,
		    (int)(date_utc_day(last) - date_days(2026, 1, 1)),
		    open[order[i]] ? "+" : "");
	}
	assert_true(idle_last(u.state, j.people.len) == IDLE_NEVER);
	free(order);
	free(open);
	use_free(&u);
	journal_close(&j);
	return to.at;
}

static void
threads_hold_who_opened_them_until_anybody_ends_them(void **state)
{
	static const char *const row[] = {
		"2026-01-02\tA\tcomplaint\t\tK1\n",
		"2026-01-02\tB\trequest\t\tK2\n",
		"2026-01-03\tZ\tsolve\t\tK2\n",
		"2026-01-02\tC\trequest\t\tK3\n", /* solved and reopened */
		"2026-01-03\tZ\tsolve\t\tK3\n",
		"2026-01-04\tZ\treopen\t\tK3\n",
		"2026-01-02\tD\tdeal\t\tK1\n", /* another K1 */
		"2026-01-02\tE\tdeal\t\tD2\n",
		"2026-01-03\tE\tlost\t\tD2\n",
		"2026-01-02\tF\ttodo\t\tT1\n",
		"2026-01-02\tG\ttodo\t\tT2\n",
		"2026-01-03\tG\tdone\t\tT2\n",
		"2026-01-02\tH\tcomplaint\t\t\n", /* nothing can end it */
		"2026-01-02\tI\torder\t5\tK1\n",
		"2026-01-02\tJ\tsolve\t\tK9\n", /* nothing opened it */
		"2026-01-02\tK\tcontract\t\tV1\n", /* without an end */
	};
	char *got = run(0, row, LEN(row), 2, 2);

	(void)state;
	assert_string_equal(got, "A 1+\nB 1\nC 1+\nD 1+\nE 2\nF 1+\nG 2\n"
	    "H 1\nI 1\nJ 1\nK 1+\nZ 3+\n");
	free(got);
}

static void
of_one_ref_each_has_his_own(void **state)
{
	static const char *const row[] = {
		"2026-01-02\tA\ttodo\t\tT1\n", /* B ends his only */
		"2026-01-02\tB\ttodo\t\tT1\n",
		"2026-01-03\tB\tdone\t\tT1\n",
		"2026-01-04\tA\tdeal\t\tD1\n", /* nobody of these is Z */
		"2026-01-05\tC\tdeal\t\tD1\n",
		"2026-01-06\tZ\tlost\t\tD1\n",
		"2026-01-02\tE\tcomplaint\t\tK1\n", /* one case */
		"2026-01-03\tF\tcomplaint\t\tK1\n",
		"2026-01-04\tE\tsolve\t\tK1\n",
	};
	char *got = run(0, row, LEN(row), 2, 2);

	(void)state;
	assert_string_equal(got, "A 3+\nB 2\nC 4+\nE 3\nF 2\nZ 5\n");
	free(got);
}

static void
neither_order_nor_files_nor_threads_matter(void **state)
{
	static const char *const kind[] = { "complaint", "solve", "reopen",
		"deal", "won", "todo", "done", "contract", "in" };
	char text[ROWS][RUNS_ROW], when[32], *want;
	const char *row[ROWS];
	uint64_t seed = 5;

	(void)state;
	for (int i = 0; i < ROWS; i++) {
		snprintf(text[i], RUNS_ROW, "%s\tC%u\t%s\t\tR%u\n",
		    runs_time(when, &seed), check_random(&seed, 60),
		    kind[check_random(&seed, 9)], check_random(&seed, 80));
		row[i] = text[i];
	}
	want = run(0, row, ROWS, 1, 1);
	assert_non_null(strchr(want, '+'));
	for (int i = 0; i < 24; i++) {
		char *got;

		runs_shuffle(row, ROWS, &seed);
		got = run(0, row, ROWS, 1 + (size_t)i % 8, 1 + i % 4);
		assert_string_equal(got, want);
		free(got);
	}
	free(want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    threads_hold_who_opened_them_until_anybody_ends_them),
		cmocka_unit_test(of_one_ref_each_has_his_own),
		cmocka_unit_test(neither_order_nor_files_nor_threads_matter),
	};

	return cmocka_run_group_tests_name("idle", tests, NULL, NULL);
}
