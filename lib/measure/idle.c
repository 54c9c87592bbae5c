#include "measure/idle.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* What is known of a thread, or of one's part in it: its last event that
 * opens or ends it. */
struct thread {
	int64_t time;
	uint8_t kind;
	int32_t due;
};

/* A customer in a thread. */
struct part {
	uint32_t thread, who;
};

/* What he did there. */
struct own {
	struct thread last;
	bool opened;
};

struct idle {
	struct map threads; /* family and ref */
	struct thread *thread;
	size_t threads_cap;
	struct map parts; /* bytes of struct part */
	struct own *own;  /* of each part */
	size_t owns_cap;
	int64_t *last; /* by number of customer */
	size_t n, cap;
};

enum turn { TURN_NOT, TURN_OPENS, TURN_ENDS };

static const uint8_t turns[KINDS] = {
	[KIND_COMPLAINT] = TURN_OPENS, [KIND_REQUEST] = TURN_OPENS,
	[KIND_REOPEN] = TURN_OPENS, [KIND_SOLVE] = TURN_ENDS,
	[KIND_DEAL] = TURN_OPENS, [KIND_WON] = TURN_ENDS,
	[KIND_LOST] = TURN_ENDS, [KIND_TODO] = TURN_OPENS,
	[KIND_DONE] = TURN_ENDS, [KIND_CONTRACT] = TURN_OPENS,
};

static void
init(void *state, const void *how)
{
	(void)how;
	*(struct idle *)state = (struct idle){ .n = 0 };
}

static void
heard(struct idle *s, uint32_t who, int64_t time)
{
	if (who >= s->n) {
		s->last = mem_grow(s->last, &s->cap, who + 1,
		    sizeof *s->last);
		while (s->n <= who)
			s->last[s->n++] = IDLE_NEVER;
	}
	if (time > s->last[who])
		s->last[who] = time;
}

/* The later of two looks at a thread: by time, kind and day. */
static bool
is_later(const struct thread *a, const struct thread *b)
{
	if (a->time != b->time)
		return a->time > b->time;
	return a->kind != b->kind ? a->kind > b->kind : a->due > b->due;
}

static uint32_t
join(struct idle *s, struct slice key, const struct thread *t)
{
	uint32_t had = s->threads.len, i = map_add(&s->threads, key);

	s->thread = mem_grow(s->thread, &s->threads_cap, i + 1,
	    sizeof *s->thread);
	if (i == had || is_later(t, &s->thread[i]))
		s->thread[i] = *t;
	return i;
}

static void
take_part(struct idle *s, struct part part, const struct own *own)
{
	uint32_t had = s->parts.len, i = map_add(&s->parts,
	    (struct slice){ (const char *)&part, sizeof part });

	s->own = mem_grow(s->own, &s->owns_cap, i + 1, sizeof *s->own);
	if (i == had) {
		s->own[i] = *own;
		return;
	}
	if (is_later(&own->last, &s->own[i].last))
		s->own[i].last = own->last;
	s->own[i].opened |= own->opened;
}

static struct part
part_of(const struct idle *s, uint32_t i)
{
	struct part part;

	memcpy(&part, map_key(&s->parts, i).at, sizeof part);
	return part;
}

static void
turn(struct idle *s, const struct event *v, struct slice ref, struct buf *key)
{
	struct thread now = { v->time, v->kind, v->due };
	uint32_t thread;

	buf_clear(key);
	buf_byte(key, (char)('a' + kind_info(v->kind)->family));
	buf_slice(key, ref);
	thread = join(s, buf_all(key), &now);
	take_part(s, (struct part){ thread, v->who },
	    &(struct own){ now, turns[v->kind] == TURN_OPENS });
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	struct idle *s = state;
	struct buf key = { 0 };

	(void)e;
	for (size_t i = 0; i < b->n; i++) {
		const struct event *v = &b->event[i];
		struct slice ref = event_field(b, v, EVENT_REF);

		heard(s, v->who, v->time);
		if (turns[v->kind] != TURN_NOT && ref.len > 0)
			turn(s, v, ref, &key);
	}
	buf_free(&key);
	return true;
}

static bool
merge(void *state, void *from, const uint32_t *who, struct err *e)
{
	struct idle *s = state;
	const struct idle *f = from;
	uint32_t *number = mem_zero(f->threads.len, sizeof *number);

	(void)e;
	for (uint32_t i = 0; i < f->n; i++)
		if (f->last[i] != IDLE_NEVER)
			heard(s, who[i], f->last[i]);
	for (uint32_t i = 0; i < f->threads.len; i++)
		number[i] = join(s, map_key(&f->threads, i), &f->thread[i]);
	for (uint32_t i = 0; i < f->parts.len; i++) {
		struct part p = part_of(f, i);

		take_part(s, (struct part){ number[p.thread], who[p.who] },
		    &f->own[i]);
	}
	free(number);
	return true;
}

static void
end(void *state)
{
	struct idle *s = state;

	map_free(&s->threads);
	map_free(&s->parts);
	free(s->thread);
	free(s->own);
	free(s->last);
}

const struct measure idle_measure = { "idle", sizeof(struct idle),
	MEASURE_PEOPLE, init, add, merge, end };

int64_t
idle_last(const struct idle *s, uint32_t who)
{
	return who < s->n ? s->last[who] : IDLE_NEVER;
}

/* A contract without an end has not ended. */
static bool
is_open(const struct thread *t, int32_t today)
{
	return turns[t->kind] == TURN_OPENS && (t->kind != KIND_CONTRACT ||
	    t->due == DATE_NONE || t->due >= today);
}

/* How many have opened each thread. */
static uint32_t *
count_openings(const struct idle *s)
{
	uint32_t *n = mem_zero(s->threads.len, sizeof *n);

	for (uint32_t i = 0; i < s->parts.len; i++)
		n[part_of(s, i).thread] += s->own[i].opened;
	return n;
}

bool *
idle_open(const struct idle *s, int32_t today, uint32_t n)
{
	bool *open = mem_zero(n, sizeof *open);
	uint32_t *openings = count_openings(s);

	for (uint32_t i = 0; i < s->parts.len; i++) {
		struct part p = part_of(s, i);
		const struct thread *t = &s->thread[p.thread];

		if (p.who >= n || !s->own[i].opened)
			continue;
		if (openings[p.thread] > 1 &&
		    kind_info((enum kind)t->kind)->family != FAMILY_CASE)
			t = &s->own[i].last;
		open[p.who] |= is_open(t, today);
	}
	free(openings);
	return open;
}
