/* section - what a period and the one before it are made of, on paper. */
#include "check.h"

#include "reviews.h"
#define RUNS_HEADER \
	"time\tcustomer\tkind\tvalue\tref\ttopic\tchannel\tby\n"
#include "runs.h"

static void
cases_deals_and_consents_of_two_periods(void **state)
{
	static const char *const row[] = {
		"2026-01-10T08:00:00Z\tC1\tcomplaint\t\tK1\tx\tphone\tann\n",
		"2026-01-10T10:00:00Z\tC1\treply\t\tK1\t\t\tann\n",
		"2026-02-01T08:00:00Z\tC1\tsolve\t\tK1\t\t\tann\n",
		"2026-02-02T08:00:00Z\tC2\trequest\t\tK2\tx\tphone\tann\n",
		"2026-02-02T09:00:00Z\tC2\treply\t\tK2\t\t\tben\n",
		"2026-02-02T12:00:00Z\tC2\tsolve\t\tK2\t\t\tben\n",
		"2026-02-09T12:00:00Z\tC2\trefund\t7\t\t\t\t\n",
		"2026-02-25T12:00:00Z\tC3\trequest\t\t\t\t\t\n",
		"2026-01-05T00:00:00Z\tC1\tdeal\t100\tD1\t\t\t\n",
		"2026-02-05T00:00:00Z\tC1\twon\t90\tD1\tbest\t\t\n",
		"2026-02-06T00:00:00Z\tC1\tdeal\t50\tD2\t\t\t\n",
		"2026-02-06T00:00:00Z\tC1\tdeal\t60\tD3\t\t\t\n",
		"2026-02-07T00:00:00Z\tC1\tlost\t60\tD3\tprice\t\t\n",
		"2026-03-07T00:00:00Z\tC1\tlost\t50\tD2\tprice\t\t\n",
		"2026-01-06T00:00:00Z\tC1\tconfirm\t\t\tnews\temail\t\n",
		"2026-02-06T00:00:00Z\tC2\tconfirm\t\t\tnews\temail\t\n",
		"2026-02-07T00:00:00Z\tC1\twithdraw\t\t\t\t\t\n",
		"2026-02-07T00:00:00Z\tC3\task\t\t\tnews\tpost\t\n",
	};
	static const struct {
		const char *section, *name;
		int64_t value, before, n;
	} want[] = {
		{ "cases", "opened", 2, 1, FIGURE_NONE },
		{ "cases", "solved", 2, 0, FIGURE_NONE },
		{ "cases", "open", 1, 1, FIGURE_NONE },
		{ "cases", "overdue", 1, 1, FIGURE_NONE },
		{ "cases", "reply_hours", 10, 20, 1 },
		/* the middle of 4 hours and 22 days */
		{ "cases", "solve_hours", 2660, FIGURE_NONE, 2 },
		{ "cases", "by_first", 5000, FIGURE_NONE, 2 },
		{ "cases", "refunds", 1, 0, FIGURE_NONE },
		{ "cases", "contacts", 2, 1, FIGURE_NONE },
		{ "cases", "outside_hours", FIGURE_NONE, FIGURE_NONE,
		    FIGURE_NONE },
		{ "funnel", "opened", 2, 1, FIGURE_NONE },
		{ "funnel", "won", 1, 0, FIGURE_NONE },
		{ "funnel", "lost", 1, 0, FIGURE_NONE },
		{ "funnel", "won_value", 900000, 0, FIGURE_NONE },
		{ "funnel", "lost_value", 600000, 0, FIGURE_NONE },
		{ "funnel", "win_rate", 5000, FIGURE_NONE, 2 },
		{ "funnel", "open", 1, 1, FIGURE_NONE },
		{ "funnel", "open_value", 500000, 1000000, FIGURE_NONE },
		{ "funnel", "overdue", 0, 0, FIGURE_NONE },
		/* 1 open x 1/2 x 90 / 31 days */
		{ "funnel", "velocity", 14500, FIGURE_NONE, 2 },
		{ "consent", "confirmed", 1, 1, FIGURE_NONE },
		{ "consent", "withdrawn", 1, 0, FIGURE_NONE },
		{ "consent", "customers", 1, 1, FIGURE_NONE },
		{ "consents", "email/news", 1, 1, FIGURE_NONE },
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

		assert_int_equal(f->n, want[i].n);
	}
	assert_null(reviews_find(&r, "consents", "post/news"));
	assert_null(reviews_find(&r, "funnel", "forecast_this_month"));
	review_free(&r);
	journal_close(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_deals_and_consents_of_two_periods),
	};

	return cmocka_run_group_tests_name("section", tests, NULL, NULL);
}
