/* Rules of time zones.  What they mean is checked against libc in
 * test_zone.c; here is what is a rule and what is none. */
#include "check.h"

#include "base/date.h"
#include "base/rule.h"

static void
what_is_no_rule_is_refused(void **state)
{
	static const char *const bad[] = { "", "CE-1", "CET", "CET-25",
		"CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
		"CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
		"CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,M3-5.0,M10.5.0",
		"CET-1CEST,J0,J10", "CET-1CEST,M3.5.0,M10.5.0x",
		"CET-1CEST,366,10", "CET-1CEST,M3.5.0/168,M10.5.0",
		"CET-1CE,M3.5.0,M10.5.0", "<+1>-1", "<+01-1", "+01-1",
		"CET-1:60", "CET99999999999999", "CET-1CEST,M3.5.0;M10.5.0",
		"CET-1CEST,M3.5.0,M10.5.0/3:00:60" };
	struct rule r;

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++)
		if (rule_parse(&r, slice_of(bad[i])))
			fail_msg("%s", bad[i]);
}

static void
offsets_are_seconds_east(void **state)
{
	static const struct {
		const char *rule;
		int standard, summer;
	} cases[] = { { "CET-1CEST,M3.5.0,M10.5.0/3", 3600, 7200 },
		{ "<+0545>-5:45", 20700, 0 }, { "UTC0", 0, 0 },
		{ "LMT0:53:28", -3208, 0 }, { "ABC+3:30", -12600, 0 },
		{ "IST-1GMT0,M10.5.0,M3.5.0/1", 3600, 0 } };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct rule r;

		assert_true(rule_parse(&r, slice_of(cases[i].rule)));
		assert_int_equal(r.standard, cases[i].standard);
		assert_int_equal(r.summer, cases[i].summer);
		assert_int_equal(r.changes, strchr(cases[i].rule, ',') != 0);
	}
}

/* J60 is always 1 March; 59 is 29 February where there is one. */
static void
days_are_counted_both_ways(void **state)
{
	static const struct {
		const char *rule;
		int year;
		const char *day;
	} cases[] = { { "ABC0DEF,J60/0,J1/0", 2027, "2027-03-01" },
		{ "ABC0DEF,J60/0,J1/0", 2028, "2028-03-01" },
		{ "ABC0DEF,J59/0,J1/0", 2028, "2028-02-28" },
		{ "ABC0DEF,59/0,J1/0", 2027, "2027-03-01" },
		{ "ABC0DEF,59/0,J1/0", 2028, "2028-02-29" },
		{ "ABC0DEF,M3.5.0/0,J1/0", 2026, "2026-03-29" },
		{ "ABC0DEF,M2.5.0/0,J1/0", 2026, "2026-02-22" },
		{ "ABC0DEF,M2.5.0/0,J1/0", 2032, "2032-02-29" },
		{ "ABC0DEF,M11.1.0/-24,J1/0", 2026, "2026-10-31" } };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		char text[DATE_TEXT];
		struct rule r;

		assert_true(rule_parse(&r, slice_of(cases[i].rule)));
		assert_string_equal(date_text(text, date_utc_day(rule_time(
		    &r.on, cases[i].year, 0))), cases[i].day);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_rule_is_refused),
		cmocka_unit_test(offsets_are_seconds_east),
		cmocka_unit_test(days_are_counted_both_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
