/* hours - against cases on paper, and against counting every minute. */
#include "check.h"

#include <stdio.h>

#include "base/date.h"
#include "base/mem.h"
#include "crm/hours.h"

enum { HOUR = 3600 };

static void
make(struct hours *h, const struct zone *z, const char *days,
    const char *ranges, const char *holidays)
{
	*h = (struct hours){ .zone = z };
	assert_null(hours_days(h, slice_of(days)));
	assert_null(hours_ranges(h, slice_of(ranges)));
	assert_null(hours_holidays(h, slice_of(holidays)));
}

static struct zone
zone(const char *name)
{
	struct zone z;
	struct err e = { 0 };

	assert_true(zone_load(&z, name, &e));
	return z;
}

/* `2026-03-27 16:00` by the clock of the zone. */
static int64_t
at(const struct zone *z, const char *words)
{
	int32_t day;
	int64_t t;
	int h, m;

	assert_true(date_parse((struct slice){ words, 10 }, &day));
	assert_int_equal(sscanf(words + 11, "%d:%d", &h, &m), 2);
	zone_utc(z, day, h * HOUR + m * 60, &t);
	return t;
}

/* The first two are HELPDESK.AI issue 3935; the others are counted on
 * paper.  27 March 2026 is a Friday; clocks change on 29 March 2026 and
 * 25 October 2026 at 1:00 UTC. */
static void
hours_on_paper(void **state)
{
	static const struct {
		const char *days, *ranges, *holidays, *from, *to;
		int minutes;
	} cases[] = {
		{ "mon-fri", "9:00-17:00", "", "2026-03-27 16:00",
		    "2026-03-30 16:00", 8 * 60 },
		{ "mon-fri", "9-17", "", "2026-03-27 16:00",
		    "2026-03-30 10:00", 2 * 60 },
		{ "mon-fri", "9-17", "", "2026-03-27 16:00",
		    "2026-03-27 17:00", 60 },
		{ "mon-fri", "9-17", "", "2026-03-28 12:00",
		    "2026-03-30 9:01", 1 },
		{ "mon-fri", "9-17", "2026-03-30", "2026-03-27 16:00",
		    "2026-03-31 16:00", 8 * 60 },
		{ "mon-fri", "9-17", "--12-25, 2026-12-24",
		    "2026-12-23 16:30", "2026-12-28 9:30", 60 },
		{ "mon-fri", "9-12:30, 13:15-17", "", "2026-03-25 12:00",
		    "2026-03-25 13:30", 45 },
		{ "fri-mon", "8-9", "", "2026-03-26 12:00",
		    "2026-03-30 8:30", 3 * 60 + 30 },
		/* the nights on which the clock moves */
		{ "mon-sun", "0-24", "", "2026-03-29 0:00",
		    "2026-03-30 0:00", 23 * 60 },
		{ "mon-sun", "0-24", "", "2026-10-25 0:00",
		    "2026-10-26 0:00", 25 * 60 },
		{ "mon-sun", "9-17", "", "2026-03-28 16:00",
		    "2026-03-29 10:00", 2 * 60 },
		{ "sun", "2:00-4:00", "", "2026-03-28 0:00",
		    "2026-03-29 4:00", 60 },
		/* all hours: the calendar's */
		{ "mon-fri", "", "2026-03-30", "2026-03-28 12:00",
		    "2026-03-29 12:00", 23 * 60 },
	};
	struct zone z = zone("Europe/Berlin");

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		for (int span = 0; span < 2; span++) {
			struct hours h;
			int64_t from = at(&z, cases[i].from);
			int64_t to = at(&z, cases[i].to);
			int64_t s = (int64_t)cases[i].minutes * 60;

			make(&h, &z, cases[i].days, cases[i].ranges,
			    cases[i].holidays);
			if (span)
				hours_span(&h, date_days(2026, 1, 1),
				    date_days(2026, 12, 31));
			assert_int_equal(hours_between(&h, from, to), s);
			assert_int_equal(hours_between(&h, to, from), -s);
			assert_int_equal(hours_after(&h, from, s), to);
			assert_int_equal(hours_after(&h, from, 0), from);
			hours_free(&h);
		}
	zone_free(&z);
}

/* Counting minute by minute by the clock on the wall. */
static void
every_minute_counted_is_the_same(void **state)
{
	static const char *const zones[] = { "Europe/Berlin",
		"America/New_York", "Asia/Kolkata", "Australia/Lord_Howe" };
	uint64_t seed = 5;

	(void)state;
	for (size_t i = 0; i < LEN(zones); i++) {
		struct zone z = zone(zones[i]);
		int64_t from = date_days(2026, 1, 1) * DATE_DAY;
		int64_t minutes = INT64_C(300) * 24 * 60;
		int64_t *upto = mem_zero((size_t)minutes + 1, sizeof *upto);
		struct hours h;

		make(&h, &z, "mon-wed,fri", "8:30-12,13:00-17:45",
		    "2026-02-11,--05-01,2026-02-11");
		for (int64_t m = 0; m < minutes; m++)
			upto[m + 1] = upto[m] +
			    60 * hours_open(&h, from + m * 60);
		for (int k = 0; k < 2000; k++) {
			int64_t a = check_random(&seed, (uint32_t)minutes);
			int64_t b = check_random(&seed, (uint32_t)minutes);
			int64_t s = upto[b] - upto[a], to;

			if (k == 1000)
				hours_span(&h, date_days(2026, 3, 1),
				    date_days(2026, 9, 1));
			assert_int_equal(hours_between(&h, from + a * 60,
			    from + b * 60), s);
			if (s <= 0)
				continue;
			to = hours_after(&h, from + a * 60, s);
			assert_int_equal(hours_between(&h, from + a * 60, to),
			    s);
			assert_int_equal(hours_between(&h, from + a * 60,
			    to - 1), s - 1);
		}
		free(upto);
		hours_free(&h);
		zone_free(&z);
	}
}

/* hours_open itself, by the wall clock. */
static void
open_by_the_clock_on_the_wall(void **state)
{
	static const struct {
		const char *when;
		bool open;
	} cases[] = {
		{ "2026-03-27 8:59", false }, { "2026-03-27 9:00", true },
		{ "2026-03-27 16:59", true }, { "2026-03-27 17:00", false },
		{ "2026-03-28 12:00", false }, { "2026-03-30 9:00", true },
		{ "2026-10-26 9:00", true }, { "2026-12-25 12:00", false },
		{ "2027-12-25 12:00", false }, { "2027-12-24 12:00", true },
	};
	struct zone z = zone("Europe/Berlin");
	struct hours h;

	(void)state;
	make(&h, &z, "mon-fri", "09:00-17:00", "2026-12-24,--12-25");
	for (size_t i = 0; i < LEN(cases); i++)
		assert_int_equal(hours_open(&h, at(&z, cases[i].when)),
		    cases[i].open);
	hours_free(&h);
	zone_free(&z);
}

static void
what_never_comes_is_the_end_of_time(void **state)
{
	struct zone z = zone("UTC");
	struct hours h;
	char day[DATE_TEXT];

	(void)state;
	make(&h, &z, "mon-sun", "9-17", "");
	for (int d = 0; d < 366; d++) {
		date_text(day, date_days(2000, 1, 1) + d);
		day[3] = '-'; /* and one behind it */
		assert_null(hours_holidays(&h, slice_of(day + 3)));
	}
	assert_int_equal(hours_after(&h, 0, 1),
	    ((int64_t)DATE_LAST + 1) * DATE_DAY - 1);
	assert_int_equal(hours_between(&h, 0, INT64_C(1) << 35), 0);
	hours_free(&h);
	zone_free(&z);
}

/* 9999-12-31 ends at 15:00 UTC in Tokyo, and a second early in New York. */
static void
a_deadline_can_be_written_in_every_zone(void **state)
{
	static const struct {
		const char *zone, *days, *ranges;
		int64_t hours; /* from 16 hours before the last day ends */
		const char *last;
	} cases[] = {
		{ "UTC", "mon-sun", "", 16, "9999-12-31T23:59:59Z" },
		{ "America/New_York", "mon-sun", "", 11, "9999-12-31T23:59:59Z" },
		{ "America/New_York", "mon-sun", "09:00-17:00", 8,
		    "9999-12-31T22:00:00Z" },
		{ "America/New_York", "mon-sun", "09:00-22:00", 11,
		    "9999-12-31T23:59:59Z" },
		{ "Asia/Tokyo", "mon-sun", "", 99, "9999-12-31T15:00:00Z" },
		{ "Asia/Tokyo", "mon", "09:00-17:00", 1,
		    "9999-12-31T15:00:00Z" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct zone z = zone(cases[i].zone);
		int64_t end = zone_day_start(&z, DATE_LAST + 1);
		char text[DATE_TEXT];
		struct hours h;

		make(&h, &z, cases[i].days, cases[i].ranges, "");
		assert_string_equal(date_time_text(text, hours_after(&h,
		    end - 16 * HOUR, cases[i].hours * HOUR)), cases[i].last);
		assert_true(hours_after(&h, end, 0) <= end);
		free(h.holiday);
		zone_free(&z);
	}
}

static void
words_that_are_none_are_refused(void **state)
{
	static const char *const days[] = { "", "mo", "mon-", "-fri",
		"mon,,tue", "mon-tue-wed", "1-5", "Mon" };
	static const char *const ranges[] = { "9", "9-", "-17", "17-9", "9-9",
		"9-25", "9:60-10", "9:0-10", "9:00:00-10", "9-12,11-13",
		"9-12,", "8-9,7-8", "nine-five", "24:01-25", "009-17",
		"0-1,1-2,2-3,3-4,4-5,5-6,6-7,7-8,8-9" };
	static const char *const holidays[] = { "2026-02-29", "--02-30",
		"Easter", "2026-12-24,", "24.12.2026", "-12-24",
		"--12-244" };
	struct hours h = { 0 };

	(void)state;
	for (size_t i = 0; i < LEN(days); i++)
		assert_string_equal(hours_days(&h, slice_of(days[i])),
		    "not days of the week (mon-fri)");
	for (size_t i = 0; i < LEN(ranges); i++) {
		h.ranges = 0;
		assert_string_equal(hours_ranges(&h, slice_of(ranges[i])),
		    "not business hours (9-17 or 8:30-12,13-17)");
	}
	for (size_t i = 0; i < LEN(holidays); i++)
		assert_string_equal(hours_holidays(&h,
		    slice_of(holidays[i])), "not days (2026-12-24 or --12-24)");
	hours_free(&h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours_on_paper),
		cmocka_unit_test(every_minute_counted_is_the_same),
		cmocka_unit_test(open_by_the_clock_on_the_wall),
		cmocka_unit_test(what_never_comes_is_the_end_of_time),
		cmocka_unit_test(a_deadline_can_be_written_in_every_zone),
		cmocka_unit_test(words_that_are_none_are_refused),
	};

	return cmocka_run_group_tests_name("hours", tests, NULL, NULL);
}
