#include "crm/hours.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/sort.h"
#include "base/text.h"
#include "base/tr.h"

enum { HOUR = 3600, MINUTE = 60 };

/* --- the settings ------------------------------------------------------ */

/* 0 for Monday to 6, or -1. */
static int
weekday(struct slice word)
{
	static const char *const names[] = { "mon", "tue", "wed", "thu",
		"fri", "sat", "sun" };

	for (int i = 0; i < 7; i++)
		if (slice_is(word, names[i]))
			return i;
	return -1;
}

const char *
hours_days(struct hours *h, struct slice words)
{
	struct slice part, first;

	while (text_part(&words, ',', &part)) {
		int from, to;

		part = text_trim(part);
		if (!text_part(&part, '-', &first) ||
		    (from = to = weekday(first)) < 0)
			return _("not days of the week (mon-fri)");
		if (part.at != NULL)
			to = weekday(part);
		if (to < 0)
			return _("not days of the week (mon-fri)");
		for (int d = from; d != to; d = (d + 1) % 7)
			h->week[d] = true;
		h->week[to] = true;
	}
	return NULL;
}

/* One or two digits, at least `least` of them. */
static bool
digits(struct slice word, size_t least, int32_t *n)
{
	*n = 0;
	for (size_t i = 0; i < word.len; i++) {
		if (word.at[i] < '0' || word.at[i] > '9')
			return false;
		*n = *n * 10 + word.at[i] - '0';
		if (*n > 99)
			return false;
	}
	return word.len >= least && word.len <= 2;
}

/* `9`, `9:30`, `09:30`, `24:00` as seconds of a day. */
static bool
clock_time(struct slice word, int32_t *second)
{
	struct slice hour;
	int32_t h, m = 0;

	if (!text_part(&word, ':', &hour) || !digits(hour, 1, &h) ||
	    (word.at != NULL && !digits(word, 2, &m)) || m > 59)
		return false;
	*second = h * HOUR + m * MINUTE;
	return *second <= 24 * HOUR;
}

static bool
range_of(struct slice words, struct hours_range *r)
{
	struct slice from;

	words = text_trim(words);
	return text_part(&words, '-', &from) && words.at != NULL &&
	    clock_time(text_trim(from), &r->from) &&
	    clock_time(text_trim(words), &r->to) && r->from < r->to;
}

const char *
hours_ranges(struct hours *h, struct slice words)
{
	struct hours_range r;
	struct slice part;

	if (words.len == 0)
		return NULL;
	while (text_part(&words, ',', &part)) {
		if (h->ranges == HOURS_RANGES || !range_of(part, &r) ||
		    (h->ranges > 0 && r.from < h->range[h->ranges - 1].to))
			return _("not business hours (9-17 or 8:30-12,13-17)");
		h->range[h->ranges++] = r;
	}
	return NULL;
}

/* `--12-24` becomes `2000-12-24`: that year had all days. */
static bool
every_year(struct slice word, int32_t *day)
{
	char text[10] = "2000-";

	if (word.len != 7 || word.at[0] != '-' || word.at[1] != '-')
		return false;
	memcpy(text + 5, word.at + 2, 5);
	return date_parse((struct slice){ text, sizeof text }, day);
}

static int
by_day(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

const char *
hours_holidays(struct hours *h, struct slice words)
{
	struct slice part;
	int32_t day;

	if (words.len == 0)
		return NULL;
	while (text_part(&words, ',', &part)) {
		part = text_trim(part);
		if (every_year(part, &day)) {
			struct date d = date_of(day);

			h->yearly[d.month - 1][d.day - 1] = true;
			continue;
		}
		if (!date_parse(part, &day))
			return _("not days (2026-12-24 or --12-24)");
		h->holiday = mem_grow(h->holiday, &h->cap, h->holidays + 1,
		    sizeof *h->holiday);
		h->holiday[h->holidays++] = day;
	}
	if (h->holidays > 0)
		qsort(h->holiday, h->holidays, sizeof *h->holiday, by_day);
	return NULL;
}

void
hours_free(struct hours *h)
{
	free(h->holiday);
	free(h->before);
	*h = (struct hours){ 0 };
}

/* --- one day ----------------------------------------------------------- */

static bool
works(const struct hours *h, int32_t day)
{
	struct date d;

	if (!h->week[date_weekday(day) - 1])
		return false;
	if (h->holidays > 0 && bsearch(&day, h->holiday, h->holidays,
		sizeof day, by_day) != NULL)
		return false;
	d = date_of(day);
	return !h->yearly[d.month - 1][d.day - 1];
}

static int64_t
moment(const struct hours *h, int32_t day, int32_t second)
{
	int64_t t;

	if (second == 24 * HOUR)
		return zone_day_start(h->zone, day + 1);
	zone_utc(h->zone, day, second, &t);
	return t;
}

/* A range of a day as UTC times. */
static void
range_at(const struct hours *h, int32_t day, size_t i, int64_t *from,
    int64_t *to)
{
	*from = moment(h, day, h->range[i].from);
	*to = moment(h, day, h->range[i].to);
}

/* Business seconds of a day, those before `until`. */
static int64_t
seconds_of(const struct hours *h, int32_t day, int64_t until)
{
	int64_t sum = 0, from, to;

	if (!works(h, day))
		return 0;
	for (size_t i = 0; i < h->ranges; i++) {
		range_at(h, day, i, &from, &to);
		if (to > until)
			to = until;
		sum += to > from ? to - from : 0;
	}
	return sum;
}

/* --- many days --------------------------------------------------------- */

static bool
spans(const struct hours *h, int32_t day)
{
	return h->days > 0 && day >= h->first &&
	    (size_t)(day - h->first) < h->days;
}

void
hours_span(struct hours *h, int32_t first, int32_t last)
{
	if (h->ranges == 0 || first > last)
		return;
	h->first = first;
	h->days = (size_t)(last - first) + 1;
	h->before = mem_resize(h->before, h->days, sizeof *h->before);
	h->before[0] = 0;
	for (size_t i = 1; i < h->days; i++)
		h->before[i] = h->before[i - 1] +
		    seconds_of(h, first + (int32_t)i - 1, INT64_MAX);
}

/* Business seconds of whole days, the first counted and the last not. */
static int64_t
seconds_between(const struct hours *h, int32_t first, int32_t last)
{
	int64_t sum = 0;

	if (spans(h, first) && spans(h, last))
		return h->before[last - h->first] -
		    h->before[first - h->first];
	for (int32_t day = first; day < last; day++)
		sum += seconds_of(h, day, INT64_MAX);
	return sum;
}

int64_t
hours_between(const struct hours *h, int64_t from, int64_t to)
{
	int32_t first, last;

	if (h->ranges == 0)
		return to - from;
	if (to < from)
		return -hours_between(h, to, from);
	first = zone_day(h->zone, from);
	last = zone_day(h->zone, to);
	return seconds_between(h, first, last) + seconds_of(h, last, to) -
	    seconds_of(h, first, from);
}

/* The last day of the span from `day` on before which no more than *seconds
 * have passed, which are then less. */
static int32_t
leap(const struct hours *h, int32_t day, int64_t *seconds)
{
	size_t at;
	int64_t goal;

	if (!spans(h, day))
		return day;
	at = (size_t)(day - h->first);
	goal = h->before[at] + *seconds;
	at += sort_first(h->before + at + 1, h->days - at - 1,
	    sizeof *h->before, goal);
	*seconds = goal - h->before[at];
	return h->first + (int32_t)at;
}

/* When so many seconds of a day have passed; it has them. */
static int64_t
moment_after(const struct hours *h, int32_t day, int64_t seconds)
{
	int64_t from = 0, to;

	for (size_t i = 0; i < h->ranges; i++) {
		range_at(h, day, i, &from, &to);
		if (to > from && to - from >= seconds)
			break;
		seconds -= to > from ? to - from : 0;
	}
	return from + seconds;
}

/* The same, or the last moment of the calendar where it is earlier. */
static int64_t
within_calendar(const struct hours *h, int64_t time)
{
	int64_t last = (DATE_LAST + 1) * DATE_DAY - 1, end;

	if (time < DATE_LAST * DATE_DAY)
		return time;
	end = zone_day_start(h->zone, DATE_LAST + 1);
	last = end < last ? end : last;
	return time < last ? time : last;
}

int64_t
hours_after(const struct hours *h, int64_t from, int64_t seconds)
{
	int32_t day;

	if (h->ranges == 0 || seconds == 0)
		return within_calendar(h, from + seconds);
	day = zone_day(h->zone, from);
	seconds += seconds_of(h, day, from);
	for (day = leap(h, day, &seconds); day <= DATE_LAST; day++) {
		int64_t has = seconds_of(h, day, INT64_MAX);

		if (has >= seconds)
			return within_calendar(h,
			    moment_after(h, day, seconds));
		seconds -= has;
	}
	return within_calendar(h, INT64_MAX);
}

bool
hours_open(const struct hours *h, int64_t time)
{
	int32_t day;
	int64_t from, to;

	if (h->ranges == 0)
		return true;
	day = zone_day(h->zone, time);
	if (!works(h, day))
		return false;
	for (size_t i = 0; i < h->ranges; i++) {
		range_at(h, day, i, &from, &to);
		if (time >= from && time < to)
			return true;
	}
	return false;
}
