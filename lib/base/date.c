#include "base/date.h"

#include <string.h>

enum {
	EPOCH = 719162,      /* days from 0001-01-01 to 1970-01-01 */
	CYCLE = 146097,      /* days in 400 years */
	WRONG = 10000,       /* two digits that are none */
	SECONDS_AT = 19,     /* bytes before the fraction or zone */
};

/* Days of the year before each month, and of the whole year. */
static const int16_t before[2][13] = {
	{ 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 },
	{ 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366 },
};

static inline bool
leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days from 0001-01-01 to 1 January of a year. */
static inline int32_t
year_start(int year)
{
	int y = year - 1;

	return y * 365 + y / 4 - y / 100 + y / 400;
}

/* Remainder that is never negative. */
static inline int64_t
rest(int64_t a, int64_t b)
{
	int64_t r = a % b;

	return r < 0 ? r + b : r;
}

int32_t
date_days(int year, int month, int day)
{
	return year_start(year) - EPOCH + before[leap(year)][month - 1] +
	    day - 1;
}

struct date
date_of(int32_t day)
{
	int32_t n = day + EPOCH;
	int year = (int)((int64_t)n * 400 / CYCLE) + 1, month;
	const int16_t *days;

	if (year_start(year) > n)
		year--;
	else if (year_start(year + 1) <= n)
		year++;
	n -= year_start(year);
	days = before[leap(year)];
	month = n / 32;
	if (n >= days[month + 1])
		month++;
	return (struct date){ year, month + 1, n - days[month] + 1 };
}

int
date_month_length(int year, int month)
{
	const int16_t *days = before[leap(year)];

	return days[month] - days[month - 1];
}

bool
date_exists(int year, int month, int day)
{
	return year >= 1900 && year <= 9999 && month >= 1 && month <= 12 &&
	    day >= 1 && day <= date_month_length(year, month);
}

int
date_weekday(int32_t day)
{
	return (int)rest((int64_t)day + 3, 7) + 1;
}

void
date_week(int32_t day, int *year, int *week)
{
	int32_t thursday = day - date_weekday(day) + 4;

	*year = date_of(thursday).year;
	*week = (thursday - date_days(*year, 1, 1)) / 7 + 1;
}

int32_t
date_of_week(int year, int week)
{
	int32_t fourth = date_days(year, 1, 4); /* always in week 1 */

	return fourth - date_weekday(fourth) + 1 + (week - 1) * 7;
}

int
date_weeks_in(int year)
{
	return (date_of_week(year + 1, 1) - date_of_week(year, 1)) / 7;
}

int32_t
date_add_months(int32_t day, int n)
{
	struct date d = date_of(day);
	int64_t months = (int64_t)d.year * 12 + d.month - 1 + n;
	int year = (int)(months / 12), month = (int)(months % 12) + 1;
	int length;

	if (months < 1900 * 12)
		return DATE_FIRST;
	if (months > 9999 * 12 + 11)
		return DATE_LAST;
	length = date_month_length(year, month);
	return date_days(year, month, d.day < length ? d.day : length);
}

int32_t
date_utc_day(int64_t time)
{
	return (int32_t)((time - rest(time, DATE_DAY)) / DATE_DAY);
}

/* The number that two bytes write, or WRONG. */
static inline int
two(const char *s)
{
	unsigned a = (unsigned char)s[0] - 48u;
	unsigned b = (unsigned char)s[1] - 48u;

	return (a > 9) | (b > 9) ? WRONG : (int)(a * 10 + b);
}

/* date_exists and date_days of a year in two parts, without a division. */
static inline bool
read_day(const char *s, int32_t *day)
{
	int century = two(s), y = two(s + 2), month = two(s + 5);
	int d = two(s + 8), year = century * 100 + y;
	int centuries = century + (y > 0); /* that have begun by then */
	const int16_t *days = before[((y > 0 ? y : century) & 3) == 0];

	if ((s[4] != '-') | (s[7] != '-') | (century < 19) | (year > 9999) |
	    (month < 1) | (month > 12) || d < 1 ||
	    d > days[month] - days[month - 1])
		return false;
	*day = (year - 1) * 365 + (year + 3) / 4 - centuries +
	    (centuries + 3) / 4 - 1 - EPOCH + days[month - 1] + d - 1;
	return true;
}

bool
date_parse(struct slice s, int32_t *day)
{
	return s.len == 10 && read_day(s.at, day);
}

/* `HH:MM:SS` to the second of the day. */
static inline bool
read_clock(const char *s, int *second)
{
	int h = two(s), m = two(s + 3), sec = two(s + 6);

	if ((s[2] != ':') | (s[5] != ':') | (h > 23) | (m > 59) | (sec > 60))
		return false;
	*second = h * 3600 + m * 60 + (sec < 60 ? sec : 59);
	return true;
}

/* `Z` or `+HH:MM`, behind a fraction or none, to seconds east of UTC. */
static bool
read_offset(struct slice s, int *seconds)
{
	size_t i = 0;
	int h, m;

	if (s.len > 0 && s.at[0] == '.') {
		for (i = 1; i < s.len && (unsigned char)s.at[i] - 48u < 10;)
			i++;
		if (i == 1)
			return false;
	}
	*seconds = 0;
	if (s.len - i == 1)
		return s.at[i] == 'Z';
	if (s.len - i != 6 || s.at[i + 3] != ':')
		return false;
	h = two(s.at + i + 1);
	m = two(s.at + i + 4);
	*seconds = (s.at[i] == '-' ? -1 : 1) * (h * 3600 + m * 60);
	return (s.at[i] == '+' || s.at[i] == '-') && h <= 23 && m <= 59;
}

bool
date_parse_time(struct slice s, int64_t *time)
{
	int32_t day;
	int second, offset = 0;
	int64_t t;

	if (s.len <= SECONDS_AT || s.at[10] != 'T' || !read_day(s.at, &day) ||
	    !read_clock(s.at + 11, &second))
		return false;
	if ((s.len != SECONDS_AT + 1 || s.at[SECONDS_AT] != 'Z') &&
	    !read_offset((struct slice){ s.at + SECONDS_AT,
			      s.len - SECONDS_AT },
		&offset))
		return false;
	t = day * DATE_DAY + second - offset;
	if (t < DATE_FIRST * DATE_DAY || t >= (DATE_LAST + 1) * DATE_DAY)
		return false;
	*time = t;
	return true;
}

/* Write n as (at least) two digits; returns what is behind them. */
static char *
put(char *to, int n)
{
	if (n > 99)
		to = put(to, n / 100);
	to[0] = (char)('0' + n / 10 % 10);
	to[1] = (char)('0' + n % 10);
	return to + 2;
}

const char *
date_text(char to[static DATE_TEXT], int32_t day)
{
	struct date d = date_of(day);
	char *at = put(to, d.year);

	*at = '-';
	at = put(at + 1, d.month);
	*at = '-';
	at = put(at + 1, d.day);
	*at = '\0';
	return to;
}

const char *
date_time_text(char to[static DATE_TEXT], int64_t time)
{
	int second = (int)rest(time, DATE_DAY);
	char *at;

	date_text(to, date_utc_day(time));
	at = to + strlen(to);
	*at = 'T';
	at = put(at + 1, second / 3600);
	*at = ':';
	at = put(at + 1, second / 60 % 60);
	*at = ':';
	at = put(at + 1, second % 60);
	strcpy(at, "Z");
	return to;
}
