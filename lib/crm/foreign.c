#include "crm/foreign.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "base/tr.h"

const char *
foreign_way_of(struct slice word, enum foreign_way first,
    enum foreign_way *way)
{
	static const char *const names[] = { [FOREIGN_DMY] = "dmy",
		[FOREIGN_MDY] = "mdy", [FOREIGN_YMD] = "ymd",
		[FOREIGN_COMMA] = "comma", [FOREIGN_POINT] = "point" };
	int last = first == FOREIGN_DMY ? FOREIGN_YMD : FOREIGN_POINT;

	for (int i = (int)first; i <= last; i++) {
		*way = (enum foreign_way)i;
		if (slice_is(word, names[i]))
			return NULL;
	}
	*way = FOREIGN_FIND;
	return first == FOREIGN_DMY ? _("not dmy, mdy or ymd") :
	    _("not comma or point");
}

/* A place in a text being read. */
struct place {
	const char *at, *end;
};

static bool
is_digit(const struct place *p)
{
	return p->at < p->end && *p->at >= '0' && *p->at <= '9';
}

/* Take up to `most` digits; how many there were. */
static int
take_digits(struct place *p, int most, int *value)
{
	int n = 0;

	*value = 0;
	for (; n < most && is_digit(p); n++)
		*value = *value * 10 + (*p->at++ - '0');
	return n;
}

static bool
take(struct place *p, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(p->end - p->at) < n ||
	    !text_same((struct slice){ p->at, n }, slice_of(word)))
		return false;
	p->at += n;
	return true;
}

static void
take_blanks(struct place *p)
{
	while (take(p, " "))
		;
}

/* `+02:00`, `+0200`, `Z`, `UTC`, `GMT`, or nothing. */
static bool
take_offset(struct place *p, int32_t *offset)
{
	int hours, minutes = 0, sign;

	take_blanks(p);
	*offset = FOREIGN_NONE;
	if (p->at == p->end)
		return true;
	if (take(p, "Z") || take(p, "UTC") || take(p, "GMT")) {
		*offset = 0;
		return true;
	}
	sign = take(p, "-") ? -1 : take(p, "+") ? 1 : 0;
	if (sign == 0 || take_digits(p, 2, &hours) != 2)
		return false;
	if ((take(p, ":") || is_digit(p)) && take_digits(p, 2, &minutes) != 2)
		return false;
	*offset = sign * (hours * 3600 + minutes * 60);
	return hours <= 14 && minutes < 60;
}

/* The half of the day: hours of 12 become hours of 24. */
static bool
take_half(struct place *p, int *hour)
{
	bool pm;

	take_blanks(p);
	pm = take(p, "PM");
	if (!pm && !take(p, "AM"))
		return true;
	if (*hour < 1 || *hour > 12)
		return false;
	*hour = *hour % 12 + (pm ? 12 : 0);
	return true;
}

static bool
take_clock(struct place *p, struct foreign_time *t)
{
	int hour, minute, second = 0, rest;

	if (take_digits(p, 2, &hour) == 0 || !take(p, ":") ||
	    take_digits(p, 2, &minute) != 2)
		return false;
	if (take(p, ":") && take_digits(p, 2, &second) != 2)
		return false;
	if (take(p, ".") && take_digits(p, 9, &rest) == 0)
		return false;
	if (!take_half(p, &hour) || hour > 23 || minute > 59 || second > 60)
		return false;
	t->second = hour * 3600 + minute * 60 + (second < 60 ? second : 59);
	return take_offset(p, &t->offset) && p->at == p->end;
}

/* What stands behind the day. */
static bool
take_rest(struct place *p, struct foreign_time *t)
{
	t->second = t->offset = FOREIGN_NONE;
	if (p->at == p->end)
		return true;
	if (!take(p, "T") && !take(p, ",") && !take(p, " "))
		return false;
	take_blanks(p);
	return take_clock(p, t);
}

/* Three numbers of a date and how many digits each had. */
struct three {
	int value[3], digits[3];
	char mark; /* between them, NUL for YYYYMMDD */
};

static bool
take_three(struct place *p, struct three *d)
{
	struct place from = *p;

	d->mark = '\0';
	if (take_digits(p, 4, &d->value[0]) == 4 &&
	    take_digits(p, 2, &d->value[1]) == 2 &&
	    take_digits(p, 2, &d->value[2]) == 2 && !is_digit(p)) {
		d->digits[0] = 4;
		d->digits[1] = d->digits[2] = 2;
		return true;
	}
	*p = from;
	for (int i = 0; i < 3; i++) {
		if (i == 1 && p->at < p->end && strchr("./-", *p->at) != NULL)
			d->mark = *p->at++;
		else if (i > 0 && (p->at == p->end || *p->at++ != d->mark))
			return false;
		d->digits[i] = take_digits(p, 4, &d->value[i]);
		if (d->digits[i] == 0 || is_digit(p))
			return false;
	}
	return d->mark != '\0';
}

static const char *
arrange(const struct three *d, enum foreign_way way, struct foreign_time *t)
{
	bool front = d->digits[0] == 4, back = d->digits[2] == 4;

	if (way == FOREIGN_FIND)
		way = d->mark == '.' ? FOREIGN_DMY : FOREIGN_YMD;
	if (!front && !back)
		return _("a year of two digits");
	if (front == back || d->digits[1] > 2 ||
	    d->digits[front ? 2 : 0] > 2 || (back && way == FOREIGN_YMD))
		return _("not a date");
	t->year = d->value[front ? 0 : 2];
	t->month = d->value[front || way == FOREIGN_DMY ? 1 : 0];
	t->day = d->value[front ? 2 : way == FOREIGN_DMY ? 0 : 1];
	return date_exists(t->year, t->month, t->day) ? NULL :
	    _("not a date");
}

/* `--07-04`: a birthday without its year. */
static bool
take_yearless(struct place *p, struct foreign_time *t)
{
	t->year = 0;
	return take_digits(p, 2, &t->month) > 0 && take(p, "-") &&
	    take_digits(p, 2, &t->day) > 0 && p->at == p->end &&
	    date_exists(2000, t->month, t->day);
}

const char *
foreign_date(struct slice s, enum foreign_way way, struct foreign_time *t)
{
	struct three d;
	struct place p;
	const char *why;

	s = text_trim(s);
	p = (struct place){ s.at, s.at + s.len };
	t->second = t->offset = FOREIGN_NONE;
	if (take(&p, "--"))
		return take_yearless(&p, t) ? NULL : _("not a date");
	if (!take_three(&p, &d))
		return _("not a date");
	why = arrange(&d, way, t);
	return why != NULL || take_rest(&p, t) ? why : _("not a date");
}

/* Marks that may stand between groups of three digits, beside the point or
 * comma that is not the decimal one. */
static const char *
take_group_mark(struct place *p, enum foreign_way way)
{
	static const char *const marks[] = { " ", "'", "\xc2\xa0",
		"\xe2\x80\xaf", "\xe2\x80\x99" };
	const char *other = way == FOREIGN_COMMA ? "." : ",";

	if (take(p, other))
		return other;
	for (size_t i = 0; i < LEN(marks); i++)
		if (take(p, marks[i]))
			return marks[i];
	return NULL;
}

static int
add_digits(struct place *p, struct buf *to)
{
	const char *from = p->at;

	while (is_digit(p))
		p->at++;
	buf_add(to, from, (size_t)(p->at - from));
	return (int)(p->at - from);
}

/* The digits before the decimal mark; false where groups are not of three
 * or their marks differ. */
static bool
add_whole(struct place *p, enum foreign_way way, struct buf *to)
{
	size_t from = to->len;
	int n = add_digits(p, to);
	const char *mark = NULL, *next;
	struct place back = *p;

	while (n > 0 && (next = take_group_mark(p, way)) != NULL) {
		if (!is_digit(p)) {
			*p = back;
			break;
		}
		if (to->at[from] == '0' ||
		    (mark == NULL ? n > 3 : mark != next) ||
		    add_digits(p, to) != 3)
			return false;
		mark = next;
		back = *p;
	}
	return true;
}

/* Without zeros in front, but with one digit before the point. */
static void
strip_zeros(struct buf *to, size_t from)
{
	size_t n = 0;

	while (from + n + 1 < to->len && to->at[from + n] == '0' &&
	    to->at[from + n + 1] != '.')
		n++;
	memmove(to->at + from, to->at + from + n, to->len - from - n + 1);
	to->len -= n;
}

static bool
is_zero(const struct buf *b, size_t from)
{
	return strspn(b->at + from, "0.") == b->len - from;
}

static bool
add_number(struct place *p, enum foreign_way way, struct buf *to)
{
	size_t from = to->len;
	bool minus = take(p, "-"), whole;

	if (!minus)
		take(p, "+");
	buf_str(to, "");
	if (!add_whole(p, way, to))
		return false;
	whole = to->len > from;
	if (!whole)
		buf_byte(to, '0');
	if (take(p, way == FOREIGN_COMMA ? "," : ".")) {
		buf_byte(to, '.');
		whole = add_digits(p, to) > 0;
	}
	strip_zeros(to, from);
	if ((minus || take(p, "-")) && !is_zero(to, from)) {
		buf_byte(to, '-');
		memmove(to->at + from + 1, to->at + from, to->len - from - 1);
		to->at[from] = '-';
	}
	return whole && p->at == p->end;
}

const char *
foreign_number(struct slice s, enum foreign_way way, struct buf *to)
{
	size_t from = to->len;
	struct place p;

	s = text_trim(s);
	p = (struct place){ s.at, s.at + s.len };
	if (add_number(&p, way, to))
		return NULL;
	to->len = from;
	return way == FOREIGN_COMMA ?
	    _("not a number with a decimal comma") :
	    _("not a number with a decimal point");
}

static void
learn(struct foreign_doubt *d, bool first, bool second, bool differ,
    struct slice s, uint64_t line)
{
	if (first && !second && d->first == 0)
		d->first = line;
	if (second && !first && d->second == 0)
		d->second = line;
	if (first && second && differ && d->open == 0) {
		d->open = line;
		buf_clear(&d->text);
		buf_slice(&d->text, s);
	}
}

void
foreign_learn_date(struct foreign_doubt *d, struct slice s, uint64_t line)
{
	struct foreign_time dmy, mdy;
	bool first, second;

	if (foreign_date(s, FOREIGN_FIND, &dmy) == NULL)
		return;
	first = foreign_date(s, FOREIGN_DMY, &dmy) == NULL;
	second = foreign_date(s, FOREIGN_MDY, &mdy) == NULL;
	learn(d, first, second, first && second && dmy.day != mdy.day, s,
	    line);
}

void
foreign_learn_number(struct foreign_doubt *d, struct slice s, uint64_t line)
{
	struct buf comma = { 0 }, point = { 0 };
	bool first = foreign_number(s, FOREIGN_COMMA, &comma) == NULL;
	bool second = foreign_number(s, FOREIGN_POINT, &point) == NULL;

	learn(d, first, second, !slice_eq(buf_all(&comma), buf_all(&point)),
	    s, line);
	buf_free(&comma);
	buf_free(&point);
}

enum foreign_way
foreign_settle(const struct foreign_doubt *d, enum foreign_way first)
{
	if (d->first != 0)
		return d->second == 0 ? first : FOREIGN_FIND;
	if (d->second != 0)
		return (enum foreign_way)(first + 1);
	return d->open == 0 ? first : FOREIGN_FIND;
}
