#include "check.h"

#include "base/buf.h"
#include "base/date.h"
#include "crm/goals.h"
#include "place.h"

static bool
read_table(struct goals *g, struct tsv *t, const char *text)
{
	*g = (struct goals){ 0 };
	*t = (struct tsv){ 0 };
	return tsv_open(t, place_input("test", text)) && goals_read(g, t);
}

static void
targets_are_in_the_unit_of_their_metric(void **state)
{
	struct goals g;
	struct tsv t;

	(void)state;
	assert_true(read_table(&g, &t,
	    "why\tdue\tbase\tmetric\ttarget\tmore\n"
	    "a\\tb\t2024-02-29\t-3.5\tnps\t40\tx\n"
	    "\t2026-12-31\t\trevenue\t300000.25\tx\n"
	    "\t2026-12-31\t92.25\tces\t100\tx\n"
	    "\t2026-11-30\t2\toverdue_cases\t0\tx\n"));
	assert_int_equal(g.n, 4);
	assert_int_equal(g.at[0].metric, GOAL_NPS);
	assert_int_equal(g.at[0].target, 400);
	assert_int_equal(g.at[0].base, -35);
	assert_int_equal(g.at[0].due, date_days(2024, 2, 29));
	assert_int_equal(g.at[0].since, date_days(2024, 1, 1));
	assert_string_equal(g.at[0].owner, "");
	assert_string_equal(g.at[0].why, "a\\tb");
	assert_true(g.at[1].target == INT64_C(3000002500));
	assert_true(g.at[1].base == GOAL_UNKNOWN);
	assert_int_equal(g.at[2].target, 10000);
	assert_int_equal(g.at[2].base, 9225);
	assert_int_equal(g.at[3].target, 0);
	assert_int_equal(g.at[3].base, 2);
	goals_free(&g);
	tsv_close(&t);
}

static void
another_first_day_may_be_named(void **state)
{
	struct goals g;
	struct tsv t;

	(void)state;
	assert_true(read_table(&g, &t, "metric\ttarget\tdue\tsince\towner\n"
	    "new\t5\t2026-03-31\t2025-12-01\tanna\n"
	    "new\t5\t2026-03-31\t\t\n"));
	assert_int_equal(g.at[0].since, date_days(2025, 12, 1));
	assert_string_equal(g.at[0].owner, "anna");
	assert_int_equal(g.at[1].since, date_days(2026, 1, 1));
	goals_free(&g);
	tsv_close(&t);
}

static void
bad_tables_are_refused(void **state)
{
	static const char head[] = "metric\ttarget\tdue\tsince\tbase\n";
	static const char *const cases[][2] = {
		{ "revenu\t1\t2026-12-31\t\t\n", "test:2: metric: unknown: "
		  "\"revenu\" (did you mean \"revenue\"?)" },
		{ "\t1\t2026-12-31\t\t\n", "test:2: metric: unknown: \"\"" },
		{ "revenue\t\t2026-12-31\t\t\n",
		  "test:2: target: not a number: \"\"" },
		{ "net\t-5\t2026-12-31\t\t\n",
		  "test:2: target: negative: \"-5\"" },
		{ "orders\t1.5\t2026-12-31\t\t\n",
		  "test:2: target: not a whole number: \"1.5\"" },
		{ "orders\t1\t2026-12-31\t\t-1\n",
		  "test:2: base: too small: \"-1\"" },
		{ "nps\t100.1\t2026-12-31\t\t\n", "test:2: target: not a "
		  "score from -100 to 100 with at most one decimal: "
		  "\"100.1\"" },
		{ "nps\t40.25\t2026-12-31\t\t\n", "test:2: target: not a "
		  "score from -100 to 100 with at most one decimal: "
		  "\"40.25\"" },
		{ "csat\t80 %\t2026-12-31\t\t\n", "test:2: target: not a per "
		  "cent from 0 to 100 with at most two decimals: \"80 %\"" },
		{ "ces\t80\t2026-12-31\t\t-1\n", "test:2: base: not a per "
		  "cent from 0 to 100 with at most two decimals: \"-1\"" },
		{ "won\t1\t2026-02-29\t\t\n",
		  "test:2: due: not a day: \"2026-02-29\"" },
		{ "won\t1\t\t\t\n", "test:2: due: not a day: \"\"" },
		{ "won\t1\t2026-12-31\tJuly\t\n",
		  "test:2: since: not a day: \"July\"" },
		{ "won\t1\t2026-12-31\t2027-01-01\t\n",
		  "test:2: since: behind due: \"2027-01-01\"" },
		{ "won\t1\tx\t\t\nwons\t1\t2026-12-31\t\t\n",
		  "test:2: due: not a day: \"x\"\n"
		  "test:3: metric: unknown: \"wons\" (did you mean "
		  "\"won\"?)" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct buf text = { 0 };
		struct goals g;
		struct tsv t;

		buf_str(&text, head);
		buf_str(&text, cases[i][0]);
		assert_false(read_table(&g, &t, buf_text(&text)));
		assert_string_equal(t.err.text, cases[i][1]);
		assert_int_equal(t.err.status, CRM_DATA);
		goals_free(&g);
		tsv_close(&t);
		buf_free(&text);
	}
}

static void
needed_columns_are_named(void **state)
{
	static const char *const cases[][2] = {
		{ "target\tdue\n", "test:1: missing column: \"metric\"" },
		{ "metric\tdue\n", "test:1: missing column: \"target\"" },
		{ "metric\ttarget\n", "test:1: missing column: \"due\"" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct goals g;
		struct tsv t;

		assert_false(read_table(&g, &t, cases[i][0]));
		assert_string_equal(t.err.text, cases[i][1]);
		tsv_close(&t);
	}
}

static void
there_are_at_most_as_many_as_fit(void **state)
{
	struct buf text = { 0 };
	struct goals g;
	struct tsv t;

	(void)state;
	buf_str(&text, "metric\ttarget\tdue\n");
	for (int i = 0; i < GOALS_MAX; i++)
		buf_str(&text, "orders\t1\t2026-12-31\n");
	assert_true(read_table(&g, &t, buf_text(&text)));
	assert_int_equal(g.n, GOALS_MAX);
	goals_free(&g);
	tsv_close(&t);
	buf_str(&text, "orders\t1\t2026-12-31\n");
	assert_false(read_table(&g, &t, buf_text(&text)));
	assert_string_equal(t.err.text,
	    "test:66: metric: more than 64 goals: \"orders\"");
	goals_free(&g);
	tsv_close(&t);
	buf_free(&text);
}

static void
without_a_store_there_are_none(void **state)
{
	struct goals g;
	struct err e = { 0 };

	(void)state;
	assert_true(goals_load(&g, NULL, &e));
	assert_int_equal(g.n, 0);
	goals_free(&g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(targets_are_in_the_unit_of_their_metric),
		cmocka_unit_test(another_first_day_may_be_named),
		cmocka_unit_test(bad_tables_are_refused),
		cmocka_unit_test(needed_columns_are_named),
		cmocka_unit_test(there_are_at_most_as_many_as_fit),
		cmocka_unit_test(without_a_store_there_are_none),
	};

	return cmocka_run_group_tests_name("goals", tests, NULL, NULL);
}
