#include "measure/story.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"

/* What threads are made of that others may have a part in. */
static const bool shared[KINDS] = {
	[KIND_APOLOGY] = true, [KIND_COMPLAINT] = true,
	[KIND_REQUEST] = true, [KIND_ASSIGN] = true, [KIND_REPLY] = true,
	[KIND_SOLVE] = true, [KIND_REOPEN] = true, [KIND_DEAL] = true,
	[KIND_WON] = true, [KIND_LOST] = true, [KIND_REDEEM] = true,
	[KIND_VOUCHER] = true, [KIND_TODO] = true, [KIND_DONE] = true,
	[KIND_CONTRACT] = true,
};

/* The name of a thread begins with its family, its ref is behind it. */
static char
family_letter(enum kind kind)
{
	return (char)('a' + kind_info(kind)->family);
}

static void
init(void *state, const void *how)
{
	struct story *s = state;

	*s = (struct story){ .how = how };
	s->rows.cols = s->how->columns;
}

static struct story_event *
event_new(struct story *s)
{
	s->event = mem_grow(s->event, &s->cap, s->n + 1, sizeof *s->event);
	s->event[s->n].row = s->rows.n;
	return &s->event[s->n++];
}

static void
add_row(struct buf *to, const struct story_how *how, const struct batch *b,
    const struct event *v)
{
	for (size_t c = 0; c < how->columns; c++) {
		if (c > 0)
			buf_byte(to, '\t');
		buf_slice(to, journal_field(b, v, how->column[c]));
	}
}

static void
keep(struct story *s, const struct batch *b, const struct event *v)
{
	*event_new(s) = (struct story_event){ v->time, v->value, s->rows.n,
		v->due, v->kind, v->tone };
	buf_clear(&s->room);
	add_row(&s->room, s->how, b, v);
	rows_add(&s->rows, buf_all(&s->room), 0);
}

/* What of an event of another counts. */
static struct slice
other_field(const struct batch *b, const struct event *v, int handle)
{
	if (handle == EVENT_CUSTOMER)
		return v->customer;
	return handle < EVENT_COLUMNS && handle != EVENT_TEXT
	    ? batch_column(b, v, b->column[handle])
	    : SLICE_EMPTY;
}

/* There are many of these: their bytes are copied without a call. */
static void
add_field(struct buf *to, struct slice field, char behind)
{
	char *at = to->cap - to->len > field.len + 1
	    ? to->at + to->len
	    : buf_room(to, field.len + 1);

	for (size_t i = 0; i < field.len; i++)
		at[i] = field.at[i];
	at[field.len] = behind;
	at[field.len + 1] = '\0';
	to->len += field.len + 1;
}

static void
keep_other(struct story *s, const struct batch *b, const struct event *v)
{
	const struct story_how *how = s->how;
	struct slice ref = event_field(b, v, EVENT_REF);

	if (ref.len == 0)
		return;
	buf_byte(&s->others, family_letter((enum kind)v->kind));
	add_field(&s->others, ref, '\t');
	for (size_t c = 0; c < how->columns; c++)
		add_field(&s->others, other_field(b, v, how->column[c]),
		    c + 1 < how->columns ? '\t' : '\n');
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	struct story *s = state;

	(void)e;
	for (size_t i = 0; i < b->n; i++) {
		const struct event *v = &b->event[i];

		if (slice_eq(v->customer, s->how->customer))
			keep(s, b, v);
		else if (s->how->threads && shared[v->kind])
			keep_other(s, b, v);
	}
	return true;
}

static bool
merge(void *state, void *from, const uint32_t *who, struct err *e)
{
	struct story *s = state, *f = from;

	(void)who;
	(void)e;
	for (size_t i = 0; i < f->n; i++) {
		struct story_event v = f->event[i];
		struct slice line = rows_line(&f->rows, v.row);

		v.row = s->rows.n;
		*event_new(s) = v;
		rows_add(&s->rows, line, 0);
	}
	buf_slice(&s->others, buf_all(&f->others));
	return true;
}

void
story_free(struct story *s)
{
	free(s->event);
	rows_free(&s->rows);
	buf_free(&s->room);
	buf_free(&s->others);
	*s = (struct story){ 0 };
}

static void
free_state(void *state)
{
	story_free(state);
}

const struct measure story_measure = { "story", sizeof(struct story), 0,
	init, add, merge, free_state };

static int
in_order(const void *a, const void *b, void *story)
{
	const struct story_event *v = a, *w = b;
	const struct story *s = story;

	if (v->time != w->time)
		return v->time < w->time ? -1 : 1;
	if (v->kind != w->kind)
		return v->kind < w->kind ? -1 : 1;
	return slice_cmp(rows_line(&s->rows, v->row),
	    rows_line(&s->rows, w->row));
}

void
story_sort(struct story *s)
{
	if (s->n > 0)
		qsort_r(s->event, s->n, sizeof *s->event, in_order, s);
}

struct slice
story_field(const struct story *s, size_t i, enum event_column c)
{
	for (size_t k = 0; k < s->how->columns; k++)
		if (s->how->column[k] == (int)c)
			return rows_field(&s->rows, s->event[i].row, (int)k);
	return SLICE_EMPTY;
}

/* The threads that he has a part in. */
static void
find_threads(const struct story *s, struct map *threads)
{
	struct buf key = { 0 };

	for (size_t i = 0; i < s->n; i++) {
		struct slice ref = story_field(s, i, EVENT_REF);

		buf_clear(&key);
		if (!shared[s->event[i].kind] || ref.len == 0)
			continue;
		buf_byte(&key, family_letter((enum kind)s->event[i].kind));
		buf_slice(&key, ref);
		map_add(threads, buf_all(&key));
	}
	buf_free(&key);
}

void
story_table(const struct story *s, struct buf *to)
{
	struct slice rest = buf_all(&s->others), line, key;
	struct map threads = { 0 };

	find_threads(s, &threads);
	buf_slice(to, rows_all(&s->rows));
	while (threads.len > 0 && rest.len > 0 &&
	    text_part(&rest, '\n', &line)) {
		text_part(&line, '\t', &key);
		if (map_find(&threads, key) == MAP_NONE)
			continue;
		buf_slice(to, line);
		buf_byte(to, '\n');
	}
	map_free(&threads);
}

/* What counts of an event: its value, or its tone. */
static int64_t
weight(const struct story_event *v, bool tone)
{
	return tone ? v->tone : v->value;
}

size_t
story_latest(const struct story *s, enum kind kind)
{
	const bool tone = kind == KIND_NONE;
	size_t best = s->n;

	for (size_t i = 0; i < s->n; i++) {
		const struct story_event *v = &s->event[i];

		if (tone ? v->tone == EVENT_NO_TONE
			 : v->kind != kind || v->value == EVENT_NO_VALUE)
			continue;
		if (best == s->n || v->time > s->event[best].time ||
		    weight(v, tone) < weight(&s->event[best], tone))
			best = i;
	}
	return best;
}
