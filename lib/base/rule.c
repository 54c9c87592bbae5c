#include "base/rule.h"

#include "base/date.h"

enum { HOURS_MAX = 167 }; /* of the time in a rule, by RFC 9636 */

/* A parser's place in the words; reading past the end gives NUL. */
struct reader {
	struct slice s;
	bool bad;
};

static char
peek(const struct reader *r)
{
	return r->s.len > 0 ? r->s.at[0] : '\0';
}

static bool
take(struct reader *r, char c)
{
	if (r->s.len == 0 || r->s.at[0] != c)
		return false;
	r->s.at++;
	r->s.len--;
	return true;
}

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
number(struct reader *r, int min, int max)
{
	int v = 0;

	if (!digit(peek(r)))
		r->bad = true;
	for (char c; digit(c = peek(r)); take(r, c))
		v = v <= max ? v * 10 + (c - '0') : v;
	if (v < min || v > max)
		r->bad = true;
	return v;
}

/* `[+-]hh[:mm[:ss]]` in seconds. */
static int
clock_time(struct reader *r, int hours)
{
	int sign = take(r, '-') ? -1 : 1, v;

	if (sign > 0)
		take(r, '+');
	v = number(r, 0, hours) * 3600;
	if (take(r, ':'))
		v += number(r, 0, 59) * 60;
	if (take(r, ':'))
		v += number(r, 0, 59);
	return sign * v;
}

static bool
letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The name of a time, `CET` or `<+0130>`: at least three characters. */
static void
zone_word(struct reader *r)
{
	bool quoted = take(r, '<');
	int n = 0;
	char c;

	for (; letter(c = peek(r)) ||
	    (quoted && (digit(c) || c == '+' || c == '-')); n++)
		take(r, c);
	if (n < 3 || (quoted && !take(r, '>')))
		r->bad = true;
}

static struct rule_day
read_day(struct reader *r)
{
	struct rule_day d = { .second = 2 * 3600 };

	if (!take(r, ','))
		r->bad = true;
	if (take(r, 'M')) {
		d.how = 'M';
		d.month = number(r, 1, 12);
		r->bad |= !take(r, '.');
		d.week = number(r, 1, 5);
		r->bad |= !take(r, '.');
		d.day = number(r, 0, 6);
	} else if (take(r, 'J')) {
		d.how = 'J';
		d.day = number(r, 1, 365);
	} else {
		d.day = number(r, 0, 365);
	}
	if (take(r, '/'))
		d.second = clock_time(r, HOURS_MAX);
	return d;
}

bool
rule_parse(struct rule *rule, struct slice words)
{
	struct reader r = { words, false };

	*rule = (struct rule){ 0 };
	zone_word(&r);
	rule->standard = -clock_time(&r, 24);
	if (r.s.len > 0 && !r.bad) {
		rule->changes = true;
		zone_word(&r);
		rule->summer = peek(&r) == ',' ? rule->standard + 3600 :
						 -clock_time(&r, 24);
		rule->on = read_day(&r);
		rule->off = read_day(&r);
	}
	return !r.bad && r.s.len == 0;
}

/* The day of a change in a year. */
static int32_t
falls(const struct rule_day *d, int year)
{
	int32_t first;
	int n;

	if (d->how != 'M')
		return date_days(year, 1, 1) + d->day -
		    (d->how == 'J' && (d->day < 60 ||
			date_month_length(year, 2) == 28));
	first = date_days(year, d->month, 1);
	n = (d->day - date_weekday(first) % 7 + 7) % 7 + (d->week - 1) * 7;
	if (n >= date_month_length(year, d->month))
		n -= 7;
	return first + n;
}

int64_t
rule_time(const struct rule_day *d, int year, int32_t offset)
{
	return falls(d, year) * DATE_DAY + d->second - offset;
}
