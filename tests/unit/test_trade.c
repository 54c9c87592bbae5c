#include "check.h"

#include "measure/trade.h"
#include "runs.h"

enum { ROWS = 500, WHO = 12 };

/* January, then February 2026, UTC; December before. */
static const struct trade_how how = { { { 1767225600, 1769904000 },
	{ 1769904000, 1772323200 } }, { 1764547200, 1767225600 } };

static void
run(struct use *u, struct journal *j, const char *const *row, size_t rows,
    size_t files, int threads)
{
	*u = (struct use){ &trade_measure, &how, NULL };
	runs_go(j, u, 1, row, rows, files, threads);
}

static struct trade_row
of(const struct use *u, const struct journal *j, const char *id, int side)
{
	return trade_row(u->state, map_find(&j->people, slice_of(id)), side);
}

static bool
has_moved(const struct use *u, const struct journal *j, const char *id)
{
	return trade_moved(u->state, map_find(&j->people, slice_of(id)));
}

static void
flows_are_of_the_window_and_days_of_all_time(void **state)
{
	static const char *const row[] = {
		"2025-12-01\tC1\torder\t10\t\n", "2026-01-31\tC1\torder\t20\t\n",
		"2026-02-01\tC1\torder\t30.5\t\n", "2026-02-02\tC1\trefund\t4\t\n",
		"2026-03-01\tC1\torder\t70\t\n", "2026-01-05\tC2\tdeal\t\tD1\n",
		"2026-02-05\tC2\tdeal\t\tD2\n", "2026-02-05\tC2\tlost\t\tD1\n",
		"2026-02-05\tC2\tdeal\t\tD3\n",
		"2026-02-06\tC3\tin\t\t\n", "2025-11-30\tC4\torder\t10\t\n",
	};
	struct trade_row a, b;
	struct use u;
	struct journal j;

	(void)state;
	run(&u, &j, row, LEN(row), 3, 2);
	a = of(&u, &j, "C1", TRADE_BEFORE);
	b = of(&u, &j, "C1", TRADE_NOW);
	assert_int_equal(a.orders, 1);
	assert_int_equal(a.revenue, 200000);
	assert_int_equal(a.refunds, 0);
	assert_int_equal(a.first_ever, date_days(2025, 12, 1));
	assert_int_equal(a.last_ever, date_days(2026, 1, 31));
	assert_int_equal(b.revenue, 305000);
	assert_int_equal(b.refunds, 40000);
	assert_int_equal(b.last_ever, date_days(2026, 2, 1));
	assert_int_equal(b.state, KIND_NONE);
	assert_true(a.earlier && b.earlier);
	assert_false(of(&u, &j, "C3", TRADE_NOW).earlier);
	assert_true(has_moved(&u, &j, "C1"));
	assert_true(has_moved(&u, &j, "C2"));
	assert_false(has_moved(&u, &j, "C3"));
	assert_false(has_moved(&u, &j, "C4"));
	assert_false(has_moved(&u, &j, "nobody"));
	assert_int_equal(of(&u, &j, "C2", TRADE_BEFORE).state, KIND_DEAL);
	assert_int_equal(of(&u, &j, "C2", TRADE_NOW).state, KIND_LOST);
	assert_int_equal(of(&u, &j, "C3", TRADE_NOW).last_ever, DATE_NONE);
	use_free(&u);
	journal_close(&j);
}

/* The period before both may be one of the later ones, or lie between. */
static void
periods_may_come_in_any_order(void **state)
{
	static const struct trade_how turned = { { { 1767225600, 1769904000 },
		{ 1769904000, 1772323200 } }, { 1769904000, 1772323200 } };
	static const char *const row[] = { "2026-01-31\tC1\torder\t20\t\n",
		"2026-02-01\tC1\torder\t30\t\n" };
	struct use u = { &trade_measure, &turned, NULL };
	struct journal j;

	(void)state;
	runs_go(&j, &u, 1, row, LEN(row), 1, 1);
	assert_int_equal(of(&u, &j, "C1", TRADE_BEFORE).revenue, 200000);
	assert_true(of(&u, &j, "C1", TRADE_BEFORE).earlier);
	assert_int_equal(trade_row(u.state, 1, TRADE_NOW).orders, 0);
	assert_int_equal(trade_row(u.state, 1, TRADE_NOW).first_ever,
	    DATE_NONE);
	use_free(&u);
	journal_close(&j);
}

/* So many large orders of one customer: false, and why, if they are too
 * many. */
static bool
run_large(struct use *u, struct journal *j, int n, struct err *e)
{
	struct input *in[1];
	struct buf text = { 0 };
	bool good;

	*u = (struct use){ &trade_measure, &how, NULL };
	buf_str(&text, RUNS_HEADER);
	for (int i = 0; i < n; i++)
		buf_str(&text, "2026-02-01\tC1\torder\t99999999999999\t\n");
	in[0] = place_input("test", buf_text(&text));
	assert_true(journal_open(j, in, 1, e));
	good = journal_run(j, u, 1, e);
	journal_close(j);
	buf_free(&text);
	return good;
}

static void
a_sum_that_does_not_fit_is_refused(void **state)
{
	static const char words[] = "a customer's sales are too large";
	const uint32_t who[] = { 0 };
	struct use u, part[2];
	struct err e = { 0 }, f = { 0 };
	struct journal j;

	(void)state;
	assert_false(run_large(&u, &j, 10, &e));
	assert_int_equal(e.status, CRM_DATA);
	assert_string_equal(e.text, words);
	for (int i = 0; i < 2; i++)
		assert_true(run_large(&part[i], &j, 5, &f));
	assert_false(trade_measure.merge(part[0].state, part[1].state, who,
	    &f));
	assert_string_equal(f.text, words);
	use_free(&u);
	use_free(&part[0]);
	use_free(&part[1]);
}

static void
neither_order_nor_files_nor_threads_matter(void **state)
{
	static const char *const kind[] = { "order", "refund", "deal", "won",
		"leave", "return", "in" };
	char text[ROWS][RUNS_ROW], when[32], id[16];
	const char *row[ROWS];
	struct trade_row want[WHO][TRADE_SIDES];
	uint64_t seed = 8;
	struct use u;
	struct journal j;

	(void)state;
	for (int i = 0; i < ROWS; i++) {
		snprintf(text[i], RUNS_ROW, "%s\tC%u\t%s\t%u\tR\n",
		    runs_time(when, &seed), check_random(&seed, WHO),
		    kind[check_random(&seed, 7)], check_random(&seed, 999));
		row[i] = text[i];
	}
	for (int i = 0; i < 25; i++) {
		run(&u, &j, row, ROWS, 1 + (size_t)i % 8, 1 + i % 4);
		for (int w = 0; w < WHO * TRADE_SIDES; w++) {
			struct trade_row r, *t = &want[w / 2][w % 2];

			snprintf(id, sizeof id, "C%d", w / 2);
			r = of(&u, &j, id, w % 2);
			if (i == 0)
				*t = r;
			assert_int_equal(r.orders, t->orders);
			assert_int_equal(r.revenue, t->revenue);
			assert_int_equal(r.refunds, t->refunds);
			assert_int_equal(r.first_ever, t->first_ever);
			assert_int_equal(r.last_ever, t->last_ever);
			assert_int_equal(r.state_time, t->state_time);
			assert_int_equal(r.state, t->state);
		}
		use_free(&u);
		journal_close(&j);
		runs_shuffle(row, ROWS, &seed);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flows_are_of_the_window_and_days_of_all_time),
		cmocka_unit_test(periods_may_come_in_any_order),
		cmocka_unit_test(a_sum_that_does_not_fit_is_refused),
		cmocka_unit_test(neither_order_nor_files_nor_threads_matter),
	};

	return cmocka_run_group_tests_name("trade", tests, NULL, NULL);
}
