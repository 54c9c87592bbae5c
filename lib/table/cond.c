/* cond - one comparison of a field with a value or another field */
#include "table/cond.h"

#include "base/date.h"
#include "base/text.h"
#include "base/tr.h"

const char *const cond_op_text[COND_OPS] = {
	[COND_EQ] = "=", [COND_NE] = "!=", [COND_LT] = "<", [COND_LE] = "<=",
	[COND_GT] = ">", [COND_GE] = ">=", [COND_LIKE] = "~",
	[COND_UNLIKE] = "!~",
};

/* Which of below, same, above an operator holds for: bits 1, 2, 4. */
static const unsigned char holds[COND_OPS] = {
	[COND_EQ] = 2, [COND_NE] = 5, [COND_LT] = 1, [COND_LE] = 3,
	[COND_GT] = 4, [COND_GE] = 6,
};

static int
holds_for(enum cond_op op, int cmp)
{
	return holds[op] >> ((cmp > 0) - (cmp < 0) + 1) & 1;
}

static size_t
digits(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && s[i] >= '0' && s[i] <= '9')
		i++;
	return i;
}

bool
cond_number(struct slice s, struct cond_number *out)
{
	out->negative = s.len > 0 && s.at[0] == '-';
	s.at += out->negative;
	s.len -= out->negative;
	out->whole = (struct slice){ s.at, digits(s.at, s.len) };
	out->part = (struct slice){ s.at + s.len, 0 };
	if (out->whole.len == 0 || (out->whole.len > 1 && s.at[0] == '0'))
		return false;
	if (out->whole.len < s.len) {
		out->part.at = s.at + out->whole.len + 1;
		out->part.len = s.len - out->whole.len - 1;
		if (out->part.at[-1] != '.' || out->part.len == 0 ||
		    digits(out->part.at, out->part.len) < out->part.len)
			return false;
	}
	while (out->part.len > 0 && out->part.at[out->part.len - 1] == '0')
		out->part.len--;
	if (s.at[0] == '0')
		out->whole.len = 0;
	if (out->whole.len + out->part.len == 0)
		out->negative = false;
	return true;
}

static int
number_cmp(const struct cond_number *a, const struct cond_number *b)
{
	int c;

	if (a->negative != b->negative)
		return a->negative ? -1 : 1;
	if (a->whole.len != b->whole.len)
		c = a->whole.len < b->whole.len ? -1 : 1;
	else if ((c = slice_cmp(a->whole, b->whole)) == 0)
		c = slice_cmp(a->part, b->part);
	return a->negative ? -c : c;
}

/* Two to four digits as a number, or -1. */
static int
figure(const char *s, size_t n)
{
	int v = 0;

	if (digits(s, n) < n)
		return -1;
	for (size_t i = 0; i < n; i++)
		v = v * 10 + (s[i] - '0');
	return v;
}

/* Months first..first+n-1 of a year as days, the last not within. */
static bool
months(int year, int first, int n, int32_t *from, int32_t *to)
{
	if (!date_exists(year, first, 1))
		return false;
	*from = date_days(year, first, 1);
	*to = date_days(year, first + n - 1, 1) +
	    date_month_length(year, first + n - 1);
	return true;
}

static bool
span_of_days(struct slice s, int32_t *from, int32_t *to)
{
	int year = s.len >= 4 ? figure(s.at, 4) : -1, n;

	if (s.len == 10 && date_parse(s, from)) {
		*to = *from + 1;
		return true;
	}
	if (s.len == 4)
		return months(year, 1, 12, from, to);
	if (s.len == 7 && s.at[4] == '-' && s.at[5] == 'Q') {
		n = figure(s.at + 6, 1);
		return n <= 4 && months(year, 3 * n - 2, 3, from, to);
	}
	if (s.len == 7 && s.at[4] == '-')
		return months(year, figure(s.at + 5, 2), 1, from, to);
	if (s.len != 8 || s.at[4] != '-' || s.at[5] != 'W' ||
	    !date_exists(year, 1, 1))
		return false;
	n = figure(s.at + 6, 2);
	if (n < 1 || n > date_weeks_in(year))
		return false;
	*from = date_of_week(year, n);
	*to = *from + 7;
	return true;
}

static int64_t
start_of(const struct zone *zone, int32_t day)
{
	return zone != NULL ? zone_day_start(zone, day) : day * DATE_DAY;
}

bool
cond_span(struct slice s, const struct zone *zone, int64_t *from, int64_t *to)
{
	int32_t first, end;

	if (s.len >= 20) {
		if (!date_parse_time(s, from))
			return false;
		*to = *from + 1;
		return true;
	}
	if (!span_of_days(s, &first, &end))
		return false;
	*from = start_of(zone, first);
	*to = start_of(zone, end);
	return true;
}

const char *
cond_value(struct cond *t, struct slice word, bool quoted)
{
	t->right = -1;
	text_escape(&t->text, word);
	if (t->op == COND_LIKE || t->op == COND_UNLIKE)
		return like_pattern(&t->like, word);
	if (quoted)
		return NULL;
	t->is_number = cond_number(buf_all(&t->text), &t->number);
	t->is_span = cond_span(word, t->zone, &t->from, &t->to);
	return NULL;
}

static int
span_cmp(int64_t time, const struct cond *t)
{
	return time < t->from ? -1 : time >= t->to;
}

/* Byte order of two values; what is written plainly is compared as it is. */
static int
text_cmp(struct slice a, struct slice b)
{
	struct buf left = { 0 }, right = { 0 };
	int c = slice_cmp(text_value(a, &left), text_value(b, &right));

	buf_free(&left);
	buf_free(&right);
	return c;
}

/* A birthday without its year: not known, but nothing wrong either. */
static bool
no_year(struct slice s)
{
	return s.len == 7 && s.at[0] == '-' && s.at[1] == '-';
}

static int
value_holds(const struct cond *t, struct slice left, const char **what)
{
	struct cond_number n;
	int64_t from, to;

	if (t->is_number && cond_number(left, &n))
		return holds_for(t->op, number_cmp(&n, &t->number));
	if (t->is_span && cond_span(left, t->zone, &from, &to))
		return holds_for(t->op, span_cmp(from, t));
	if (t->op == COND_EQ)
		return slice_eq(left, buf_all(&t->text));
	if (t->op == COND_NE)
		return !slice_eq(left, buf_all(&t->text));
	if (!t->is_number && !t->is_span)
		return holds_for(t->op, text_cmp(left, buf_all(&t->text)));
	if (t->is_span && no_year(left))
		return 0;
	*what = t->is_number ? _("not a number") : _("not a day or time");
	return -1;
}

/* The other field as plain text, found in this one. */
static int
column_like(const struct cond *t, struct slice left, struct slice right)
{
	struct like l = { 0 };
	struct buf room = { 0 };
	bool found = like_text(&l, text_value(right, &room)) &&
	    like_found(&l, left);

	like_free(&l);
	buf_free(&room);
	return found == (t->op == COND_LIKE);
}

static int
columns_hold(const struct cond *t, struct slice left, struct slice right)
{
	struct cond_number a, b;
	int64_t from, other, to;

	if (t->op == COND_LIKE || t->op == COND_UNLIKE)
		return column_like(t, left, right);
	if (left.len == 0 || right.len == 0)
		return left.len == right.len ? holds_for(t->op, 0) :
		    t->op == COND_NE;
	if (cond_number(left, &a) && cond_number(right, &b))
		return holds_for(t->op, number_cmp(&a, &b));
	if (cond_span(left, t->zone, &from, &to) &&
	    cond_span(right, t->zone, &other, &to))
		return holds_for(t->op, (from > other) - (from < other));
	return holds_for(t->op, text_cmp(left, right));
}

int
cond_holds(const struct cond *t, struct slice left, struct slice right,
    const char **what)
{
	if (t->right >= 0)
		return columns_hold(t, left, right);
	if (t->op == COND_LIKE || t->op == COND_UNLIKE)
		return like_found(&t->like, left) == (t->op == COND_LIKE);
	if (left.len == 0 && t->text.len > 0)
		return t->op == COND_NE;
	return value_holds(t, left, what);
}

void
cond_free(struct cond *t)
{
	buf_free(&t->text);
	like_free(&t->like);
}
