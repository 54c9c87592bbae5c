/* The Gregorian calendar, checked against libc day by day. */
#include "check.h"

#include <stdio.h>
#include <time.h>

#include "base/date.h"

static void
every_day_agrees_with_libc(void **state)
{
	(void)state;
	for (int32_t day = DATE_FIRST; day <= DATE_LAST; day++) {
		time_t t = (time_t)day * DATE_DAY;
		struct date d = date_of(day);
		struct tm tm;

		gmtime_r(&t, &tm);
		if (d.year != tm.tm_year + 1900 || d.month != tm.tm_mon + 1 ||
		    d.day != tm.tm_mday ||
		    date_days(d.year, d.month, d.day) != day ||
		    date_weekday(day) % 7 != tm.tm_wday)
			fail_msg("day %d", day);
	}
}

static void
every_iso_week_agrees_with_libc(void **state)
{
	(void)state;
	for (int32_t day = DATE_FIRST; day < 100000; day++) {
		time_t t = (time_t)day * DATE_DAY;
		char want[32], got[32];
		int year, week;
		struct tm tm;

		gmtime_r(&t, &tm);
		strftime(want, sizeof want, "%G-W%V", &tm);
		date_week(day, &year, &week);
		snprintf(got, sizeof got, "%04d-W%02d", year, week);
		assert_string_equal(got, want);
		assert_in_range(day - date_of_week(year, week), 0, 6);
		assert_true(week <= date_weeks_in(year));
	}
}

static void
years_have_52_or_53_weeks(void **state)
{
	(void)state;
	assert_int_equal(date_weeks_in(2020), 53);
	assert_int_equal(date_weeks_in(2021), 52);
	assert_int_equal(date_weeks_in(2026), 53);
	assert_int_equal(date_weeks_in(2027), 52);
}

static void
only_days_that_exist_are_read(void **state)
{
	static const char *const bad[] = { "2026-02-30", "1900-02-29",
		"2100-02-29", "2026-13-01", "2026-00-01", "2026-01-00",
		"2026-04-31", "0000-01-01", "1899-12-31", "26-1-5",
		"2026-1-05", "2026-01-05x", "2026-01-05 ", " 2026-01-05",
		"2026/01/05", "20260105", "2026-01", "", "10000-01-01",
		"+026-01-01", "-026-01-01", "2026-+1-01", "2026- 1-01",
		"2026-01-1\xb2", "45987", "2026:01-05", "2026-01:05" };
	static const struct {
		const char *s;
		int32_t day;
	} good[] = { { "1970-01-01", 0 }, { "1969-12-31", -1 },
		{ "2000-02-29", 11016 }, { "1900-01-01", DATE_FIRST },
		{ "9999-12-31", DATE_LAST }, { "2026-11-21", 20778 } };

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++) {
		int32_t day = 7;

		if (date_parse(slice_of(bad[i]), &day) || day != 7)
			fail_msg("%s", bad[i]);
	}
	for (size_t i = 0; i < LEN(good); i++) {
		int32_t day;

		assert_true(date_parse(slice_of(good[i].s), &day));
		assert_int_equal(day, good[i].day);
	}
}

static void
days_written_read_back(void **state)
{
	(void)state;
	for (int32_t day = DATE_FIRST; day <= DATE_LAST; day += 3) {
		char text[DATE_TEXT];
		int32_t back;

		if (!date_parse(slice_of(date_text(text, day)), &back) ||
		    back != day)
			fail_msg("day %d: %s", day, text);
	}
}

static void
times_are_read_exactly_or_refused(void **state)
{
	static const char *const bad[] = { "2026-11-21", "",
		"2026-11-21T20:21:47", "2026-11-21T20:21Z",
		"2026-11-21 20:21:47Z", "2026-11-21t20:21:47Z",
		"2026-11-21T20:21:47z", "2026-11-21T24:00:00Z",
		"2026-11-21T20:60:00Z", "2026-11-21T20:00:61Z",
		"2026-11-21T20:21:47ZZ", "2026-11-21T20:21:47 ",
		"2026-11-21T20:21:47.Z", "2026-11-21T20:21:47,5Z",
		"2026-11-21T20:21:47+0100", "2026-11-21T20:21:47+01",
		"2026-11-21T20:21:47+24:00", "2026-11-21T20:21:47+01:60",
		"2026-11-21T20:21:47*01:00", "2026-11-21T20:21:47+01:00Z",
		"2026-11-31T20:21:47Z", "2026-11-21T2a:21:47Z",
		"2026-11-21T20-21-47Z", "2026-11-21T20:21:47.5",
		"1900-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01" };
	static const struct {
		const char *s;
		int64_t t;
	} good[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "2026-11-21T20:21:47Z", INT64_C(1795292507) },
		{ "2026-11-21T21:21:47+01:00", INT64_C(1795292507) },
		{ "2026-11-21T16:51:47-03:30", INT64_C(1795292507) },
		{ "2026-11-21T20:21:47.999Z", INT64_C(1795292507) },
		{ "2026-11-21T20:21:47.000000001+00:00",
		    INT64_C(1795292507) },
		{ "2026-11-22T20:20:47+23:59", INT64_C(1795292507) },
		{ "2016-12-31T23:59:60Z", INT64_C(1483228799) },
		{ "1969-12-31T23:59:59Z", -1 },
		{ "1900-01-01T00:00:00Z", DATE_FIRST * DATE_DAY },
		{ "9999-12-31T23:59:59Z", (DATE_LAST + 1) * DATE_DAY - 1 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++) {
		int64_t t = 7;

		if (date_parse_time(slice_of(bad[i]), &t) || t != 7)
			fail_msg("%s", bad[i]);
	}
	for (size_t i = 0; i < LEN(good); i++) {
		int64_t t;

		if (!date_parse_time(slice_of(good[i].s), &t))
			fail_msg("%s", good[i].s);
		assert_int_equal(t, good[i].t);
	}
}

static void
times_written_read_back(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		int64_t t = ((int64_t)check_random(&seed,
				 DATE_LAST - DATE_FIRST + 1) + DATE_FIRST) *
			DATE_DAY + check_random(&seed, 86400), back;
		char text[DATE_TEXT];

		date_time_text(text, t);
		assert_true(date_parse_time(slice_of(text), &back));
		assert_int_equal(back, t);
		assert_int_equal(date_utc_day(t),
		    (t - DATE_FIRST * DATE_DAY) / DATE_DAY + DATE_FIRST);
	}
}

static void
months_on_end_on_the_last_day_there_is(void **state)
{
	static const struct {
		const char *from;
		int n;
		const char *to;
	} cases[] = {
		{ "2026-01-31", 1, "2026-02-28" },
		{ "2028-01-31", 1, "2028-02-29" },
		{ "2026-12-31", 2, "2027-02-28" },
		{ "2026-03-31", -1, "2026-02-28" },
		{ "2026-01-15", -1, "2025-12-15" },
		{ "2028-02-29", 12, "2029-02-28" },
		{ "2026-11-21", 0, "2026-11-21" },
		{ "9999-12-31", 1, "9999-12-31" },
		{ "1900-01-31", -1, "1900-01-01" },
		{ "2026-11-21", INT32_MAX, "9999-12-31" },
		{ "2026-11-21", INT32_MIN, "1900-01-01" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		char text[DATE_TEXT];
		int32_t day;

		assert_true(date_parse(slice_of(cases[i].from), &day));
		assert_string_equal(date_text(text,
		    date_add_months(day, cases[i].n)), cases[i].to);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_agrees_with_libc),
		cmocka_unit_test(every_iso_week_agrees_with_libc),
		cmocka_unit_test(years_have_52_or_53_weeks),
		cmocka_unit_test(only_days_that_exist_are_read),
		cmocka_unit_test(days_written_read_back),
		cmocka_unit_test(times_are_read_exactly_or_refused),
		cmocka_unit_test(times_written_read_back),
		cmocka_unit_test(months_on_end_on_the_last_day_there_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
