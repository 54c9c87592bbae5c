/* The words for stretches of days; today is Saturday, 2026-11-21. */
#include "check.h"

#include <stdio.h>

#include "crm/period.h"

enum { TODAY = 20778 };

static void
words_mean_these_days(void **state)
{
	static const struct {
		const char *word, *days;
		enum period_unit unit;
	} cases[] = {
		{ "2026", "2026-01-01..2026-12-31", PERIOD_YEAR },
		{ "2026-Q4", "2026-10-01..2026-12-31", PERIOD_QUARTER },
		{ "2026-Q1", "2026-01-01..2026-03-31", PERIOD_QUARTER },
		{ "2026-11", "2026-11-01..2026-11-30", PERIOD_MONTH },
		{ "2028-02", "2028-02-01..2028-02-29", PERIOD_MONTH },
		{ "2026-W47", "2026-11-16..2026-11-22", PERIOD_WEEK },
		{ "2026-W01", "2025-12-29..2026-01-04", PERIOD_WEEK },
		{ "2026-W53", "2026-12-28..2027-01-03", PERIOD_WEEK },
		{ "2026-11-21", "2026-11-21..2026-11-21", PERIOD_DAY },
		{ "today", "2026-11-21..2026-11-21", PERIOD_DAY },
		{ "yesterday", "2026-11-20..2026-11-20", PERIOD_DAY },
		{ "this-week", "2026-11-16..2026-11-22", PERIOD_WEEK },
		{ "last-week", "2026-11-09..2026-11-15", PERIOD_WEEK },
		{ "this-month", "2026-11-01..2026-11-30", PERIOD_MONTH },
		{ "last-month", "2026-10-01..2026-10-31", PERIOD_MONTH },
		{ "this-quarter", "2026-10-01..2026-12-31", PERIOD_QUARTER },
		{ "last-quarter", "2026-07-01..2026-09-30", PERIOD_QUARTER },
		{ "this-year", "2026-01-01..2026-12-31", PERIOD_YEAR },
		{ "last-year", "2025-01-01..2025-12-31", PERIOD_YEAR },
		{ "30d", "2026-10-23..2026-11-21", PERIOD_UNITS },
		{ "1d", "2026-11-21..2026-11-21", PERIOD_UNITS },
		{ "4w", "2026-10-25..2026-11-21", PERIOD_UNITS },
		{ "6m", "2026-05-22..2026-11-21", PERIOD_UNITS },
		{ "2026-11-01..2026-11-15", "2026-11-01..2026-11-15",
		    PERIOD_UNITS },
		{ "2025-Q4..2026-Q1", "2025-10-01..2026-03-31",
		    PERIOD_UNITS },
		{ "last-week..today", "2026-11-09..2026-11-21",
		    PERIOD_UNITS },
		{ "2026..", "2026-01-01..", PERIOD_UNITS },
		{ "..2026-W47", "..2026-11-22", PERIOD_UNITS },
		{ "..", "..", PERIOD_UNITS },
		{ "9999", "9999-01-01..9999-12-31", PERIOD_YEAR },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		char name[PERIOD_TEXT];
		struct err e = { 0 };
		struct period p;

		assert_true(period_parse(&p, cases[i].word, TODAY, &e));
		assert_int_equal(p.unit, cases[i].unit);
		p.unit = PERIOD_UNITS;
		assert_string_equal(period_name(name, p), cases[i].days);
	}
}

static void
other_words_are_refused(void **state)
{
	static const char *const bad[] = { "2026-13", "2026-00", "", "26",
		"2026-Q5", "2026-Q0", "2026-Q", "2026-q4", "2025-W53",
		"2026-W54", "2026-W00", "2026-W1", "2026-1", "2026-11-31",
		"2026-11-21x", "2026x", "2026-", "1899", "10000", "0d", "-3d",
		"d", "30", "30x", "30D", "3.5d", "07d", "100001d", "60000d",
		"2000m", "next-week", "tomorrow", "Today", "2026...2027",
		"2026..2027..2028", "2026-13..", "..x", ".", "2026-11 " };

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++) {
		struct err e = { 0 };
		struct period p;
		char want[128];

		snprintf(want, sizeof want, "not a period (2026, 2026-Q4, "
		    "2026-11, last-week, 30d, A..B ...): \"%s\"", bad[i]);
		if (period_parse(&p, bad[i], TODAY, &e))
			fail_msg("%s", bad[i]);
		assert_string_equal(e.text, want);
		assert_int_equal(e.status, CRM_USAGE);
	}
}

static void
a_period_does_not_end_before_it_begins(void **state)
{
	struct err e = { 0 };
	struct period p;

	(void)state;
	assert_false(period_parse(&p, "2026-11-21..2026-11-20", TODAY, &e));
	assert_string_equal(e.text, "period ends before it begins: "
				    "\"2026-11-21..2026-11-20\"");
	assert_int_equal(e.status, CRM_USAGE);
}

static void
the_period_before_is_as_long(void **state)
{
	static const char *const cases[][2] = {
		{ "2026-11", "2026-10" }, { "2026-01", "2025-12" },
		{ "2026-Q1", "2025-Q4" }, { "2026", "2025" },
		{ "2026-W01", "2025-W52" }, { "2027-W01", "2026-W53" },
		{ "2026-03-01", "2026-02-28" },
		{ "2026-11-11..2026-11-20", "2026-11-01..2026-11-10" },
		{ "7d", "2026-11-08..2026-11-14" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		char name[PERIOD_TEXT];
		struct err e = { 0 };
		struct period p;

		assert_true(period_parse(&p, cases[i][0], TODAY, &e));
		assert_string_equal(period_name(name, period_before(p)),
		    cases[i][1]);
	}
}

/* A unit's word reads back as the unit that the day is in. */
static void
words_of_days_read_back(void **state)
{
	(void)state;
	for (int32_t day = DATE_FIRST + 7; day < 60000; day++)
		for (int u = 0; u < PERIOD_UNITS; u++) {
			char text[DATE_TEXT];
			struct err e = { 0 };
			struct period p;

			period_text(text, day, (enum period_unit)u);
			if (!period_parse(&p, text, TODAY, &e) ||
			    p.unit != (enum period_unit)u || day < p.first ||
			    day > p.last)
				fail_msg("%s", text);
		}
}

static void
units_have_names(void **state)
{
	(void)state;
	assert_int_equal(period_unit_of(slice_of("day")), PERIOD_DAY);
	assert_int_equal(period_unit_of(slice_of("week")), PERIOD_WEEK);
	assert_int_equal(period_unit_of(slice_of("quarter")), PERIOD_QUARTER);
	assert_int_equal(period_unit_of(slice_of("year")), PERIOD_YEAR);
	assert_int_equal(period_unit_of(slice_of("Day")), PERIOD_UNITS);
	assert_int_equal(period_unit_of(slice_of("")), PERIOD_UNITS);
}

static void
a_day_for_as_of_is_a_day_or_a_word(void **state)
{
	struct err e = { 0 };
	int32_t day;

	(void)state;
	assert_true(period_day(&day, "today", TODAY, &e));
	assert_int_equal(day, TODAY);
	assert_true(period_day(&day, "yesterday", TODAY, &e));
	assert_int_equal(day, TODAY - 1);
	assert_true(period_day(&day, "1970-01-02", TODAY, &e));
	assert_int_equal(day, 1);
	assert_false(period_day(&day, "2026-02-30", TODAY, &e));
	assert_string_equal(e.text, "not a day: \"2026-02-30\"");
	assert_int_equal(e.status, CRM_USAGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_mean_these_days),
		cmocka_unit_test(other_words_are_refused),
		cmocka_unit_test(a_period_does_not_end_before_it_begins),
		cmocka_unit_test(the_period_before_is_as_long),
		cmocka_unit_test(words_of_days_read_back),
		cmocka_unit_test(units_have_names),
		cmocka_unit_test(a_day_for_as_of_is_a_day_or_a_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
