#include "crm/moment.h"

#include <stdio.h>
#include <string.h>

enum { UP_TO_MINUTE = 16 }; /* bytes of 2026-11-21T20:21 */

/* `HH:MM` or `HH:MM:SS` as seconds; -1 if it is not one.  Second 60 is 59,
 * as in date_parse_time, which does the reading. */
static int32_t
clock_of(struct slice s)
{
	char whole[48];
	int64_t time;

	if (s.len != 5 && s.len != 8)
		return -1;
	snprintf(whole, sizeof whole, "1970-01-01T%.*s%sZ", (int)s.len, s.at,
	    s.len == 5 ? ":00" : "");
	return date_parse_time(slice_of(whole), &time) ? (int32_t)time : -1;
}

/* A time with `Z` or an offset, as date_parse_time has it or shorter. */
static bool
time_of(struct slice s, int64_t *time)
{
	char whole[48];
	size_t n = UP_TO_MINUTE;

	if (s.len <= n || s.len > sizeof whole - 3 ||
	    (s.at[10] != 'T' && s.at[10] != ' '))
		return false;
	memcpy(whole, s.at, n);
	whole[10] = 'T';
	if (memchr("Z+-", s.at[n], 3) != NULL) {
		memcpy(whole + n, ":00", 3);
		n += 3;
	}
	memcpy(whole + n, s.at + UP_TO_MINUTE, s.len - UP_TO_MINUTE);
	return date_parse_time((struct slice){ whole,
		n + s.len - UP_TO_MINUTE }, time);
}

int64_t
moment_of_day(const struct zone *z, int32_t day)
{
	int64_t time = zone_day_start(z, day);

	return time < DATE_FIRST * DATE_DAY ? DATE_FIRST * DATE_DAY : time;
}

static enum moment_fit
parse(struct slice s, const struct zone *z, int64_t *time)
{
	int32_t day, second;

	if (date_parse(s, &day)) {
		*time = moment_of_day(z, day);
		return MOMENT_GOOD;
	}
	if (time_of(s, time))
		return MOMENT_GOOD;
	if (s.len < 16 || (s.at[10] != 'T' && s.at[10] != ' ') ||
	    !date_parse((struct slice){ s.at, 10 }, &day))
		return MOMENT_BAD;
	second = clock_of((struct slice){ s.at + 11, s.len - 11 });
	if (second < 0)
		return MOMENT_BAD;
	switch (zone_utc(z, day, second, time)) {
	case ZONE_GAP: return MOMENT_GAP;
	case ZONE_TWICE: return MOMENT_TWICE;
	default: return MOMENT_GOOD;
	}
}

static bool
in_calendar(int32_t day)
{
	return day >= DATE_FIRST && day <= DATE_LAST;
}

enum moment_fit
moment_parse(struct slice s, const struct zone *z, int64_t *time)
{
	enum moment_fit fit = parse(s, z, time);

	return fit == MOMENT_BAD || (in_calendar(date_utc_day(*time)) &&
	    in_calendar(zone_day(z, *time))) ? fit : MOMENT_BAD;
}
