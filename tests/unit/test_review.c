#include "check.h"

#include "base/num.h"
#include "reviews.h"
#include "runs.h"

static void
figures_compare_two_periods(void **state)
{
	static const char *const row[] = {
		"2025-11-01\tC1\torder\t10\t\n", "2026-01-10\tC1\torder\t20\t\n",
		"2026-02-10\tC1\torder\t50\t\n", "2026-02-11\tC1\torder\t25.01\t\n",
		"2026-02-12\tC2\torder\t40\t\n", "2026-02-13\tC2\trefund\t15\t\n",
		"2026-01-14\tC3\torder\t99\t\n", "2026-02-01\t\tnps\t9\t\n",
		"2026-01-01\t\tnps\t2\t\n", "2026-02-02\tC2\tcomplaint\t\tK1\n",
	};
	static const struct {
		const char *section, *name;
		int64_t value, before, change;
	} want[] = {
		{ "period", "2026-02", 28, 31, -3 },
		{ "customers", "new", 1, 1, 0 },
		{ "customers", "active", 2, 2, 0 },
		{ "customers", "regular", 1, 1, 0 },
		{ "sales", "orders", 3, 2, 1 },
		{ "sales", "revenue", 1150100, 1190000, -39900 },
		{ "sales", "refunds", 150000, 0, 150000 },
		{ "sales", "basket", 383400, 595000, -211600 },
		{ "sales", "repeat_rate", 5000, 5000, 0 },
		{ "nps", "score", 1000, -1000, 2000 },
		{ "nps", "low", -485, -985, FIGURE_NONE },
		{ "cases", "opened", 1, 0, 1 }, { "cases", "open", 1, 0, 1 },
		{ "best", "C1", 750100, 200000, 550100 },
		{ "best", "C2", 250000, 0, 250000 },
		{ "falling", "C3", 0, 990000, -990000 },
	};
	struct review r;
	struct err e = { 0 };
	struct journal j;

	(void)state;
	reviews_begin(&r);
	runs_go(&j, r.use, r.uses, row, LEN(row), 4, 2);
	assert_true(review_figures(&r, &j.people, &e));
	for (size_t i = 0; i < LEN(want); i++) {
		const struct figure *f = reviews_figure(&r, want[i].section,
		    want[i].name, want[i].value, want[i].before);

		assert_int_equal(f->change, want[i].change);
	}
	assert_null(reviews_find(&r, "falling", "C1"));
	assert_null(reviews_find(&r, "best", "C3"));
	assert_true(reviews_find(&r, "nps", "score")->few);
	review_free(&r);
	journal_close(&j);
}

/* C1 bought in December, January and February, C2 in January and was
 * brought by C1; C3 is new.  K1 is answered after a day, K2 a second later,
 * K3 solved; the time to reply to K4 is not over. */
static void
what_customers_live_through(void **state)
{
	static const char *const row[] = {
		"2025-12-01\tC1\torder\t10\t\n", "2026-01-10\tC1\torder\t20\t\n",
		"2026-01-10\tC2\torder\t20\t\n", "2026-02-10\tC1\torder\t50\t\n",
		"2026-02-11\tC3\torder\t40\t\n", "2026-02-13\tC3\trefund\t15\t\n",
		"2026-02-02\tC2\tcomplaint\t\tK1\n",
		"2026-02-03\tC2\treply\t\tK1\n",
		"2026-02-02\tC2\trequest\t\tK2\n",
		"2026-02-03T00:00:01Z\tC2\treply\t\tK2\n",
		"2026-01-31\tC2\trequest\t\tK3\n", "2026-02-01\tC2\tsolve\t\tK3\n",
		"2026-02-28T00:00:01Z\tC2\trequest\t\tK4\n",
		"2026-02-02\tC1\tcsat\t4\t\n", "2026-02-02\tC1\tcsat\t3\t\n",
		"2026-02-03\tC2\tcsat\t5\t\n", "2026-01-03\t\tcsat\t1\t\n",
		"2026-02-20\tC2\tunmet\t\t\n", "2026-01-20\tC2\tunmet\t\t\n",
	};
	static const struct {
		const char *section, *name;
		int64_t value, before, n;
	} want[] = {
		{ "health", "orientation", 5000, 10000, 2 },
		{ "health", "satisfaction", 6667, 0, 3 },
		{ "health", "loyalty", 5000, 10000, 2 },
		{ "health", "value", 375000, 200000, 2 },
		{ "source", "referral", 0, 1, FIGURE_NONE },
		{ "source", "fair", 1, 0, FIGURE_NONE },
		{ "touch", "", 1, 1, FIGURE_NONE },
		{ "referrals", "C1", 1, 1, FIGURE_NONE },
		{ "csat_person", "", 6667, 0, 3 },
		{ "unmet", "", 1, 1, FIGURE_NONE },
		{ "loop", "answers", 3, 0, FIGURE_NONE },
		{ "loop", "taken_up", 3333, FIGURE_NONE, 3 },
		{ "loop", "low_taken_up", 0, FIGURE_NONE, 1 },
	};
	struct customers customers = { 0 };
	struct input *in = place_input("customers.tsv", "id\tsource\n"
	    "C1\treferral:\nC2\treferral:C1\nC3\tfair:2026\n");
	struct review r;
	struct err e = { 0 };
	struct journal j;

	(void)state;
	assert_true(customers_read(&customers, in, &e));
	reviews_begin(&r);
	r.customers = &customers;
	runs_go(&j, r.use, r.uses, row, LEN(row), 4, 2);
	assert_true(review_figures(&r, &j.people, &e));
	for (size_t i = 0; i < LEN(want); i++) {
		const struct figure *f = reviews_figure(&r, want[i].section,
		    want[i].name, want[i].value, want[i].before);

		assert_int_equal(f->n, want[i].n);
	}
	for (size_t i = 0; i < r.figures; i++)
		if (strcmp(r.figure[i].section, "referrals") == 0)
			assert_true(slice_is(r.figure[i].name, "C1"));
	review_free(&r);
	journal_close(&j);
	customers_free(&customers);
}

static void
rankings_have_five_in_order(void **state)
{
	char text[9][RUNS_ROW], names[64] = "";
	const char *row[9];
	struct review r;
	struct err e = { 0 };
	struct journal j;

	(void)state;
	for (int i = 0; i < 9; i++) {
		snprintf(text[i], RUNS_ROW, "2026-02-01\tC%d\torder\t%d\t\n",
		    i, 100 + i / 2);
		row[i] = text[i];
	}
	reviews_begin(&r);
	runs_go(&j, r.use, r.uses, row, 9, 3, 3);
	assert_true(review_figures(&r, &j.people, &e));
	for (size_t i = 0; i < r.figures; i++)
		if (strcmp(r.figure[i].section, "best") == 0)
			strncat(names, r.figure[i].name.at,
			    r.figure[i].name.len);
	assert_string_equal(names, "C8C6C7C4C5");
	review_free(&r);
	journal_close(&j);
}

static void
sums_that_do_not_fit_are_refused(void **state)
{
	static char text[300][RUNS_ROW];
	const char *row[300];
	struct review r;
	struct err e = { 0 };
	struct journal j;

	(void)state;
	for (int i = 0; i < 300; i++) {
		snprintf(text[i], RUNS_ROW,
		    "2026-02-01\tC%d\torder\t99999999999999\t\n", i);
		row[i] = text[i];
	}
	reviews_begin(&r);
	runs_go(&j, r.use, r.uses, row, 300, 1, 1);
	assert_false(review_figures(&r, &j.people, &e));
	assert_string_equal(e.text, "the sum of all sales is too large");
	review_free(&r);
	journal_close(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_compare_two_periods),
		cmocka_unit_test(what_customers_live_through),
		cmocka_unit_test(rankings_have_five_in_order),
		cmocka_unit_test(sums_that_do_not_fit_are_refused),
	};

	return cmocka_run_group_tests_name("review", tests, NULL, NULL);
}
