/*
 * date - days, months, weeks and clock times of the Gregorian calendar.
 *
 * Floor 1 (base).  Uses: slice.
 *
 * A day is the number of days since 1970-01-01, as int32_t; a time is UTC
 * seconds since then, as int64_t, leap seconds not counted.  Years run from
 * 1900 to 9999.  No time_t, no locale, no clock, no zone (zone.h has it).
 */
#ifndef CRM_DATE_H
#define CRM_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

#define DATE_DAY INT64_C(86400) /* seconds in a day */
#define DATE_NONE INT32_MIN     /* no day */
#define DATE_FIRST (-25567)     /* 1900-01-01 */
#define DATE_LAST 2932896       /* 9999-12-31 */

enum { DATE_TEXT = 24 }; /* room for a day, time or period word, with NUL */

struct date {
	int year, month, day; /* month 1..12, day 1..31 */
};

int32_t date_days(int year, int month, int day); /* of a day that exists */
struct date date_of(int32_t day);
bool date_exists(int year, int month, int day); /* years 1900..9999 */
int date_weekday(int32_t day);                  /* Monday 1 .. Sunday 7 */
int date_month_length(int year, int month);

/* ISO 8601 week: the year it belongs to and its number 1..53. */
void date_week(int32_t day, int *year, int *week);
/* Monday of that week; week 1..53, not checked against the year. */
int32_t date_of_week(int year, int week);
/* How many weeks the ISO year has: 52 or 53. */
int date_weeks_in(int year);

/* The day n months on (n may be negative); 31 January + 1 is the last of
 * February.  Beyond the calendar it is DATE_FIRST or DATE_LAST. */
int32_t date_add_months(int32_t day, int n);

/* `YYYY-MM-DD` and nothing else.  False where it is not a day. */
bool date_parse(struct slice s, int32_t *day);

/*
 * A time: `YYYY-MM-DDTHH:MM:SS` with optional fraction (cut off), followed
 * by `Z` or an offset `+HH:MM`.  Second 60 reads as 59.  False where it is
 * anything else, or in UTC not within the years 1900 to 9999; a date alone
 * is for the caller, who knows the zone.
 */
bool date_parse_time(struct slice s, int64_t *time);

/* `2026-11-21`; returns `to`. */
const char *date_text(char to[static DATE_TEXT], int32_t day);
/* `2026-11-21T20:21:47Z`; returns `to`. */
const char *date_time_text(char to[static DATE_TEXT], int64_t time);

/* Day that a time falls on in UTC, rounded down. */
int32_t date_utc_day(int64_t time);

#endif
