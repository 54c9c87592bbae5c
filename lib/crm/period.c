#include "crm/period.h"

#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "base/tr.h"

enum { COUNT_MAX = 100000 }; /* of `30d` */

static const char *const units[PERIOD_UNITS] = { "day", "week", "month",
	"quarter", "year" };

static const struct word {
	const char *word;
	enum period_unit unit;
	bool last; /* the one before that of today */
} words[] = {
	{ "today", PERIOD_DAY, false },
	{ "yesterday", PERIOD_DAY, true },
	{ "this-week", PERIOD_WEEK, false },
	{ "last-week", PERIOD_WEEK, true },
	{ "this-month", PERIOD_MONTH, false },
	{ "last-month", PERIOD_MONTH, true },
	{ "this-quarter", PERIOD_QUARTER, false },
	{ "last-quarter", PERIOD_QUARTER, true },
	{ "this-year", PERIOD_YEAR, false },
	{ "last-year", PERIOD_YEAR, true },
};

/* The months from one on, n of them. */
static struct period
months(int year, int month, int n, enum period_unit unit)
{
	int end = month + n - 1;

	return (struct period){ date_days(year, month, 1),
		date_days(year, end, date_month_length(year, end)), unit };
}

/* The unit that a day is in. */
static struct period
around(int32_t day, enum period_unit unit)
{
	struct date d = date_of(day);
	int32_t monday = day - date_weekday(day) + 1;

	switch (unit) {
	case PERIOD_WEEK:
		return (struct period){ monday, monday + 6, unit };
	case PERIOD_MONTH:
		return months(d.year, d.month, 1, unit);
	case PERIOD_QUARTER:
		return months(d.year, (d.month - 1) / 3 * 3 + 1, 3, unit);
	case PERIOD_YEAR:
		return months(d.year, 1, 12, unit);
	default:
		return (struct period){ day, day, PERIOD_DAY };
	}
}

static bool
parse_word(struct period *p, struct slice s, int32_t today)
{
	for (size_t i = 0; i < LEN(words); i++)
		if (slice_is(s, words[i].word)) {
			*p = around(today, words[i].unit);
			if (words[i].last)
				*p = around(p->first - 1, words[i].unit);
			return true;
		}
	return false;
}

/* `30d`, `4w`, `6m`: so many, the last of them ends today. */
static bool
parse_count(struct period *p, struct slice s, int32_t today)
{
	int64_t n;
	int32_t first;

	if (s.len < 2 ||
	    num_int((struct slice){ s.at, s.len - 1 }, 1, COUNT_MAX, &n))
		return false;
	switch (s.at[s.len - 1]) {
	case 'd': first = today - (int32_t)n + 1; break;
	case 'w': first = today - (int32_t)n * 7 + 1; break;
	case 'm': first = date_add_months(today, -(int)n) + 1; break;
	default: return false;
	}
	*p = (struct period){ first, today, PERIOD_UNITS };
	return first > DATE_FIRST + 1; /* where months stop */
}

/* A number of exactly these digits. */
static bool
digits(struct slice s, size_t from, size_t n, int min, int max, int *out)
{
	*out = 0;
	if (s.len != from + n)
		return false;
	for (size_t i = from; i < s.len; i++) {
		if (s.at[i] < '0' || s.at[i] > '9')
			return false;
		*out = *out * 10 + (s.at[i] - '0');
	}
	return *out >= min && *out <= max;
}

/* `2026`, `2026-Q4`, `2026-11`, `2026-W47`, `2026-11-21`. */
static bool
parse_date(struct period *p, struct slice s)
{
	struct slice head = { s.at, s.len < 4 ? s.len : 4 };
	int year, n;
	int32_t day;

	if (!digits(head, 0, 4, 1900, 9999, &year))
		return false;
	if (s.len == 4)
		*p = months(year, 1, 12, PERIOD_YEAR);
	else if (s.at[4] != '-')
		return false;
	else if (date_parse(s, &day))
		*p = around(day, PERIOD_DAY);
	else if (digits(s, 5, 2, 1, 12, &n))
		*p = months(year, n, 1, PERIOD_MONTH);
	else if (s.len > 5 && s.at[5] == 'Q' && digits(s, 6, 1, 1, 4, &n))
		*p = months(year, n * 3 - 2, 3, PERIOD_QUARTER);
	else if (s.len > 5 && s.at[5] == 'W' &&
	    digits(s, 6, 2, 1, date_weeks_in(year), &n))
		*p = around(date_of_week(year, n), PERIOD_WEEK);
	else
		return false;
	return true;
}

static bool
parse_one(struct period *p, struct slice s, int32_t today)
{
	return parse_word(p, s, today) || parse_count(p, s, today) ||
	    parse_date(p, s);
}

/* One side of `A..B`, which may be empty. */
static bool
parse_side(struct period *p, struct slice s, int32_t today)
{
	*p = (struct period){ DATE_NONE, DATE_NONE, PERIOD_UNITS };
	return s.len == 0 || parse_one(p, s, today);
}

static bool
parse_range(struct period *p, struct slice s, const char *dots, int32_t today)
{
	struct slice a = { s.at, (size_t)(dots - s.at) };
	struct slice b = slice_of(dots + 2);
	struct period from, to;

	if (!parse_side(&from, a, today) || !parse_side(&to, b, today))
		return false;
	*p = (struct period){ from.first, to.last, PERIOD_UNITS };
	return true;
}

bool
period_parse(struct period *p, const char *text, int32_t today, struct err *e)
{
	const char *dots = strstr(text, "..");
	struct slice s = slice_of(text);
	char shown[ERR_SHOWN];

	if (dots != NULL ? !parse_range(p, s, dots, today) :
			   !parse_one(p, s, today))
		return err_set(e, CRM_USAGE, _("not a period "
		    "(2026, 2026-Q4, 2026-11, last-week, 30d, A..B ...): "
		    "\"%s\""), err_shown(shown, s));
	if (p->last != DATE_NONE && p->last < p->first)
		return err_set(e, CRM_USAGE,
		    _("period ends before it begins: \"%s\""),
		    err_shown(shown, s));
	return true;
}

bool
period_day(int32_t *day, const char *text, int32_t today, struct err *e)
{
	struct slice s = slice_of(text);
	char shown[ERR_SHOWN];

	if (date_parse(s, day))
		return true;
	*day = strcmp(text, "today") == 0 ? today : today - 1;
	if (*day == today || strcmp(text, "yesterday") == 0)
		return true;
	return err_set(e, CRM_USAGE, _("not a day: \"%s\""),
	    err_shown(shown, s));
}

struct period
period_before(struct period p)
{
	int32_t last = p.first - 1;

	if (p.unit != PERIOD_UNITS)
		return around(last, p.unit);
	return (struct period){ last - (p.last - p.first), last,
		PERIOD_UNITS };
}

enum period_unit
period_unit_of(struct slice word)
{
	int i = 0;

	while (i < PERIOD_UNITS && !slice_is(word, units[i]))
		i++;
	return (enum period_unit)i;
}

/* A year and, behind a dash, what part of it. */
static void
name_part(char to[static DATE_TEXT], int year, const char *part, int width,
    int n)
{
	snprintf(to, DATE_TEXT, "%04d-%s%0*d", year, part, width, n);
}

const char *
period_text(char to[static DATE_TEXT], int32_t day, enum period_unit unit)
{
	struct date d = date_of(day);
	int year, week;

	switch (unit) {
	case PERIOD_WEEK:
		date_week(day, &year, &week);
		name_part(to, year, "W", 2, week);
		break;
	case PERIOD_MONTH:
		name_part(to, d.year, "", 2, d.month);
		break;
	case PERIOD_QUARTER:
		name_part(to, d.year, "Q", 1, (d.month + 2) / 3);
		break;
	case PERIOD_YEAR:
		snprintf(to, DATE_TEXT, "%04d", d.year);
		break;
	default:
		date_text(to, day);
	}
	return to;
}

const char *
period_name(char to[static PERIOD_TEXT], struct period p)
{
	char *at;

	if (p.unit != PERIOD_UNITS)
		return period_text(to, p.first, p.unit);
	to[0] = '\0';
	if (p.first != DATE_NONE)
		date_text(to, p.first);
	at = stpcpy(to + strlen(to), "..");
	if (p.last != DATE_NONE)
		date_text(at, p.last);
	return to;
}
