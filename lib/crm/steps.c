#include "crm/steps.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/num.h"
#include "base/text.h"
#include "base/tr.h"

enum { NO_END = 1000000 };

struct step_kind {
	const char *name;
	size_t least, most;      /* arguments */
	bool pairs;              /* they may be key=text */
	enum foreign_way doubts; /* first of two ways to read a value */
	/* Add the converted part to *to; false with p->why. */
	bool (*each)(struct step *s, struct parts *p, struct slice part,
	    struct buf *to);
	bool (*all)(struct step *s, struct parts *p);
};

static bool
trim(struct step *s, struct parts *p, struct slice part, struct buf *to)
{
	(void)s;
	(void)p;
	while (part.len >= 2 && memcmp(part.at, "\xc2\xa0", 2) == 0)
		part = text_trim(
		    (struct slice){ part.at + 2, part.len - 2 });
	part = text_trim(part);
	while (part.len >= 2 &&
	    memcmp(part.at + part.len - 2, "\xc2\xa0", 2) == 0)
		part = text_trim((struct slice){ part.at, part.len - 2 });
	buf_slice(to, part);
	return true;
}

static bool
lower(struct step *s, struct parts *p, struct slice part, struct buf *to)
{
	(void)s;
	(void)p;
	for (size_t i = 0; i < part.len; i++)
		buf_byte(to, text_lower(part.at[i]));
	return true;
}

/* Length of a blank or control character at s.at, else 0. */
static size_t
blank(struct slice s)
{
	unsigned char c = (unsigned char)*s.at;

	if (c <= 0x20 || c == 0x7f)
		return 1;
	return c == 0xc2 && s.len > 1 && (unsigned char)s.at[1] <= 0xa0 ? 2 :
	    0;
}

/* Outer blanks go, a run of blanks and controls within becomes `mark`. */
static void
squeeze(struct slice part, char mark, struct buf *to)
{
	bool gap = false;

	while (part.len > 0) {
		size_t n = blank(part);

		if (n == 0 && gap && to->len > 0)
			buf_byte(to, mark);
		if (n == 0)
			buf_byte(to, *part.at);
		gap = n > 0;
		n += n == 0;
		part = (struct slice){ part.at + n, part.len - n };
	}
}

static bool
clean(struct step *s, struct parts *p, struct slice part, struct buf *to)
{
	(void)s;
	(void)p;
	squeeze(part, ' ', to);
	return true;
}

/* Two values that differ by more than outer blanks must not become one
 * customer. */
static bool
id(struct step *s, struct parts *p, struct slice part, struct buf *to)
{
	uint32_t n, known = s->ids.len;
	struct buf plain = { 0 };
	bool same;

	squeeze(part, '-', to);
	if (p->learn || to->len == 0)
		return true;
	trim(s, p, part, &plain);
	n = map_add(&s->ids, buf_all(to));
	if (n == known) {
		s->from = mem_grow(s->from, &s->cap, (size_t)n + 1,
		    sizeof *s->from);
		s->from[n] = mem_text(plain.at, plain.len);
	}
	same = strcmp(s->from[n], buf_text(&plain)) == 0;
	buf_free(&plain);
	return same || parts_wrong(p, _("another value becomes the same id"));
}

static bool
unquote(struct step *s, struct parts *p, struct slice part, struct buf *to)
{
	size_t n = part.len > 0 && *part.at == '\'';

	(void)s;
	(void)p;
	buf_slice(to, (struct slice){ part.at + n, part.len - n });
	return true;
}

static bool
prefix(struct step *s, struct parts *p, struct slice part, struct buf *to)
{
	(void)p;
	if (part.len > 0)
		buf_str(to, s->arg[0].text);
	buf_slice(to, part);
	return true;
}

static bool
instead(struct step *s, struct parts *p, struct slice part, struct buf *to)
{
	(void)p;
	if (part.len > 0)
		buf_slice(to, part);
	else
		buf_str(to, s->arg[0].text);
	return true;
}

/* Length up to the next `word` in s, or s.len. */
static size_t
find(struct slice s, const char *word)
{
	const char *at = s.len == 0 ? NULL :
	    memmem(s.at, s.len, word, strlen(word));

	return at == NULL ? s.len : (size_t)(at - s.at);
}

static bool
replace(struct step *s, struct parts *p, struct slice part, struct buf *to)
{
	const char *word = s->arg[0].text;

	(void)p;
	while (part.len > 0) {
		size_t n = find(part, word);

		buf_add(to, part.at, n);
		if (n < part.len) {
			buf_str(to, s->args > 1 ? s->arg[1].text : "");
			n += strlen(word);
		}
		part = (struct slice){ part.at + n, part.len - n };
	}
	return true;
}

static bool
map(struct step *s, struct parts *p, struct slice part, struct buf *to)
{
	(void)p;
	for (size_t i = 0; i < s->args; i++)
		if (slice_is(part, s->arg[i].key) ||
		    strcmp(s->arg[i].key, "*") == 0) {
			buf_str(to, s->arg[i].text);
			return true;
		}
	buf_slice(to, part);
	return true;
}

static bool
number(struct step *s, struct parts *p, struct slice part, struct buf *to)
{
	size_t from = to->len;
	const char *why;
	int64_t v;

	if (p->learn && !s->given)
		foreign_learn_number(&s->doubt, part, p->line);
	if (p->learn)
		return parts_wrong(p, NULL);
	why = foreign_number(part, s->way, to);
	if (why == NULL)
		why = num_signed((struct slice){ to->at + from,
		    to->len - from }, &v);
	return why == NULL || parts_wrong(p, why);
}

/* A date in the one way that is left; what says its order by its form is
 * not turned round by the others. */
static bool
read_date(struct step *s, struct parts *p, struct slice part,
    struct foreign_time *t)
{
	const char *why;

	if (p->learn && !s->given)
		foreign_learn_date(&s->doubt, part, p->line);
	if (p->learn)
		return parts_wrong(p, NULL);
	if (!s->given && foreign_date(part, FOREIGN_FIND, t) == NULL)
		return true;
	why = foreign_date(part, s->way, t);
	return why == NULL || parts_wrong(p, why);
}

static bool
date(struct step *s, struct parts *p, struct slice part, struct buf *to)
{
	struct foreign_time t;

	if (!read_date(s, p, part, &t))
		return false;
	if (t.year > 0)
		buf_fmt(to, "%04d-%02d-%02d", t.year, t.month, t.day);
	else
		buf_fmt(to, "--%02d-%02d", t.month, t.day);
	return true;
}

static bool
local(struct parts *p, int32_t day, const struct foreign_time *t,
    int64_t *time)
{
	switch (zone_utc(p->zone, day, t->second, time)) {
	case ZONE_GAP:
		return parts_wrong(p, _("a time that the clock leaves out"));
	case ZONE_TWICE:
		p->twice++;
		return true;
	default:
		return true;
	}
}

static bool
clock_time(struct step *s, struct parts *p, struct slice part, struct buf *to)
{
	char text[DATE_TEXT];
	struct foreign_time t;
	int64_t time;
	int32_t day;

	if (!read_date(s, p, part, &t))
		return false;
	if (t.year == 0)
		return parts_wrong(p, _("not a date"));
	if (t.second == FOREIGN_NONE)
		return date(s, p, part, to);
	day = date_days(t.year, t.month, t.day);
	time = day * DATE_DAY + t.second - t.offset;
	if (t.offset == FOREIGN_NONE && !local(p, day, &t, &time))
		return false;
	buf_str(to, date_time_text(text, time));
	return true;
}

static bool
split(struct step *s, struct parts *p)
{
	struct buf all = { 0 };
	struct slice rest;
	const char *mark = s->arg[0].text;
	size_t n;

	parts_join(p, mark);
	buf_slice(&all, buf_all(&p->part[0]));
	rest = buf_all(&all);
	p->n = 0;
	for (;;) {
		n = find(rest, mark);
		if (!parts_add(p, (struct slice){ rest.at, n }) ||
		    n == rest.len)
			break;
		n += strlen(mark);
		rest = (struct slice){ rest.at + n, rest.len - n };
	}
	buf_free(&all);
	return p->why == NULL;
}

static bool
join(struct step *s, struct parts *p)
{
	parts_join(p, s->arg[0].text);
	return true;
}

/* Part N, the last where N is `last`. */
static bool
part(struct step *s, struct parts *p)
{
	int64_t n = (int64_t)p->n;

	if (strcmp(s->arg[0].text, "last") != 0)
		num_int(slice_of(s->arg[0].text), 1, PARTS, &n);
	parts_keep(p, (size_t)(n - 1));
	return true;
}

static bool
first(struct step *s, struct parts *p)
{
	size_t i = 0;

	(void)s;
	while (i < p->n && p->part[i].len == 0)
		i++;
	parts_keep(p, i);
	return true;
}

static const struct step_kind kinds[] = {
	{ "trim", 0, 0, false, FOREIGN_FIND, trim, NULL },
	{ "clean", 0, 0, false, FOREIGN_FIND, clean, NULL },
	{ "id", 0, 0, false, FOREIGN_FIND, id, NULL },
	{ "lower", 0, 0, false, FOREIGN_FIND, lower, NULL },
	{ "unquote", 0, 0, false, FOREIGN_FIND, unquote, NULL },
	{ "prefix", 1, 1, false, FOREIGN_FIND, prefix, NULL },
	{ "default", 1, 1, false, FOREIGN_FIND, instead, NULL },
	{ "replace", 1, 2, false, FOREIGN_FIND, replace, NULL },
	{ "map", 1, NO_END, true, FOREIGN_FIND, map, NULL },
	{ "number", 0, 1, false, FOREIGN_COMMA, number, NULL },
	{ "date", 0, 1, false, FOREIGN_DMY, date, NULL },
	{ "time", 0, 1, false, FOREIGN_DMY, clock_time, NULL },
	{ "split", 1, 1, false, FOREIGN_FIND, NULL, split },
	{ "join", 1, 1, false, FOREIGN_FIND, NULL, join },
	{ "part", 1, 1, false, FOREIGN_FIND, NULL, part },
	{ "first", 0, 0, false, FOREIGN_FIND, NULL, first },
};

enum { KIND_COUNT = LEN(kinds) };

const struct step_kind *
step_kind_of(struct slice name, struct slice *near)
{
	struct slice names[KIND_COUNT];

	for (size_t i = 0; i < KIND_COUNT; i++) {
		names[i] = slice_of(kinds[i].name);
		if (slice_eq(name, names[i]))
			return &kinds[i];
	}
	*near = near_word(name, names, KIND_COUNT);
	return NULL;
}

bool
step_pairs(const struct step_kind *k)
{
	return k->pairs;
}

/* A way said in the rules: it must be one of this conversion's. */
static const char *
check_way(struct step *s)
{
	s->given = true;
	return foreign_way_of(slice_of(s->arg[0].text), s->kind->doubts,
	    &s->way);
}

const char *
step_check(struct step *s)
{
	const struct step_kind *k = s->kind;
	int64_t n;

	if (s->args < k->least)
		return _("an argument is missing");
	if (s->args > k->most)
		return _("too many arguments");
	for (size_t i = 0; k->pairs && i < s->args; i++)
		if (s->arg[i].key == NULL)
			return _("not a pair like A=B");
	if (k->doubts != FOREIGN_FIND && s->args > 0)
		return check_way(s);
	if (k->all == part && strcmp(s->arg[0].text, "last") != 0 &&
	    num_int(slice_of(s->arg[0].text), 1, PARTS, &n) != NULL)
		return _("not a number from 1 to 64 or last");
	if ((k->all == split || k->each == replace) && *s->arg[0].text == '\0')
		return _("an empty text");
	return NULL;
}

enum foreign_way
step_doubts(const struct step *s)
{
	return s->kind->doubts;
}

bool
step_fills(const struct step *s)
{
	return s->kind->each == instead || s->kind->each == map;
}

/* Empty parts stay empty: dates and numbers that are not known. */
static bool
skips(const struct step_kind *k, const struct buf *part)
{
	return part->len == 0 && k->doubts != FOREIGN_FIND;
}

bool
step_do(struct step *s, struct parts *p)
{
	bool known = true;

	if (s->kind->all != NULL)
		return s->kind->all(s, p);
	for (size_t i = 0; i < p->n; i++) {
		struct buf b = p->part[i];

		if (skips(s->kind, &b))
			continue;
		buf_clear(&p->room);
		if (!s->kind->each(s, p, buf_all(&b), &p->room)) {
			known = false;
			if (p->why == NULL)
				continue;
			parts_keep(p, i);
			return false;
		}
		p->part[i] = p->room;
		p->room = b;
	}
	return known;
}

void
step_free(struct step *s)
{
	for (size_t i = 0; i < s->args; i++) {
		free(s->arg[i].key);
		free(s->arg[i].text);
	}
	free(s->arg);
	for (uint32_t i = 0; i < s->ids.len; i++)
		free(s->from[i]);
	free(s->from);
	map_free(&s->ids);
	buf_free(&s->doubt.text);
}
