#include "measure/story.h"

#include <stdlib.h>

#include "base/mem.h"

/* What a kind does to a thread. */
enum deed { NOTHING, OPENS, MOVES, ENDS };

static const struct {
	enum story_family family;
	enum deed deed;
} deeds[KINDS] = {
	[KIND_COMPLAINT] = { STORY_CASE, OPENS },
	[KIND_REQUEST] = { STORY_CASE, OPENS },
	[KIND_REOPEN] = { STORY_CASE, MOVES },
	[KIND_SOLVE] = { STORY_CASE, ENDS },
	[KIND_DEAL] = { STORY_DEAL, OPENS },
	[KIND_WON] = { STORY_DEAL, ENDS },
	[KIND_LOST] = { STORY_DEAL, ENDS },
	[KIND_TODO] = { STORY_TASK, OPENS },
	[KIND_DONE] = { STORY_TASK, ENDS },
};

/* The name of a thread in a map: its family as a letter, its ref. */
static struct slice
thread_key(struct buf *to, enum story_family family, struct slice ref)
{
	buf_clear(to);
	buf_byte(to, (char)('a' + family));
	buf_slice(to, ref);
	return buf_all(to);
}

static void
init(void *state, const void *how)
{
	struct story *s = state;

	*s = (struct story){ .how = how };
	s->rows.cols = s->how->columns;
}

/* Is it an event to keep? */
static bool
wanted(struct story *s, const struct batch *b, const struct event *v)
{
	const struct story_how *how = s->how;
	struct slice ref;

	if (how->customer.len > 0 && slice_eq(v->customer, how->customer))
		return true;
	if (how->thread == NULL || deeds[v->kind].deed == NOTHING)
		return false;
	ref = event_field(b, v, EVENT_REF);
	return map_find(how->thread, thread_key(&s->room,
		   deeds[v->kind].family, ref)) != MAP_NONE;
}

static struct story_event *
event_new(struct story *s)
{
	s->event = mem_grow(s->event, &s->cap, s->n + 1, sizeof *s->event);
	s->event[s->n].row = s->rows.n;
	return &s->event[s->n++];
}

static void
keep(struct story *s, const struct batch *b, const struct event *v)
{
	*event_new(s) = (struct story_event){ v->time, v->value, s->rows.n,
		v->due, v->kind, v->tone };
	buf_clear(&s->room);
	for (size_t c = 0; c < s->how->columns; c++) {
		if (c > 0)
			buf_byte(&s->room, '\t');
		buf_slice(&s->room, journal_field(b, v, s->how->column[c]));
	}
	rows_add(&s->rows, buf_all(&s->room), 0);
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	(void)e;
	for (size_t i = 0; i < b->n; i++)
		if (wanted(state, b, &b->event[i]))
			keep(state, b, &b->event[i]);
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
	return true;
}

void
story_free(struct story *s)
{
	free(s->event);
	rows_free(&s->rows);
	buf_free(&s->room);
	*s = (struct story){ 0 };
}

static void
free_state(void *state)
{
	story_free(state);
}

const struct measure story_measure = { "story", sizeof(struct story), false,
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

/* A thread in the making. */
struct making {
	struct story_thread thread;
	bool begun, open;
};

static void
follow(struct making *m, const struct story *s, size_t i, struct slice ref)
{
	uint8_t kind = s->event[i].kind;

	if (deeds[kind].deed == OPENS && !m->begun) {
		m->begun = true;
		m->thread = (struct story_thread){ deeds[kind].family, ref, i,
			i };
	}
	m->open = deeds[kind].deed != ENDS;
	if (m->open)
		m->thread.latest = i;
}

static int
by_family(const void *a, const void *b)
{
	const struct making *m = a, *n = b;

	if (m->thread.family != n->thread.family)
		return m->thread.family < n->thread.family ? -1 : 1;
	return (m->thread.opened > n->thread.opened) -
	    (m->thread.opened < n->thread.opened);
}

/* All threads; without a ref each event is one. */
static struct making *
threads(const struct story *s, size_t *n)
{
	struct making *all = NULL;
	struct map keys = { 0 };
	struct buf key = { 0 };
	size_t cap = 0;

	*n = 0;
	for (size_t i = 0; i < s->n; i++) {
		struct slice ref = story_field(s, i, EVENT_REF);
		uint8_t kind = s->event[i].kind;
		uint32_t at;

		if (deeds[kind].deed == NOTHING)
			continue;
		thread_key(&key, deeds[kind].family, ref);
		if (ref.len == 0)
			buf_fmt(&key, "\t%zu", i);
		at = map_add(&keys, buf_all(&key));
		all = mem_grow(all, &cap, at + 1, sizeof *all);
		if (at == *n)
			all[(*n)++] = (struct making){ 0 };
		follow(&all[at], s, i, ref);
	}
	map_free(&keys);
	buf_free(&key);
	return all;
}

struct story_thread *
story_open(const struct story *s, size_t *n)
{
	size_t made;
	struct making *all = threads(s, &made);
	struct story_thread *open = mem_zero(made, sizeof *open);

	if (made > 0)
		qsort(all, made, sizeof *all, by_family);
	*n = 0;
	for (size_t i = 0; i < made; i++)
		if (all[i].begun && all[i].open)
			open[(*n)++] = all[i].thread;
	free(all);
	return open;
}

void
story_watch(const struct story_thread *t, size_t n, struct map *to)
{
	struct buf key = { 0 };

	for (size_t i = 0; i < n; i++)
		if (t[i].ref.len > 0)
			map_add(to, thread_key(&key, t[i].family, t[i].ref));
	buf_free(&key);
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
