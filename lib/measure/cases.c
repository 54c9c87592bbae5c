#include "measure/cases.h"

#include <stdlib.h>

#include "base/mem.h"

#define NEVER INT64_MAX

/* What is known of a thread. */
struct thread {
	int64_t opened; /* first complaint or request, or NEVER */
	int64_t turned; /* last event that opened or solved it */
	uint8_t turn;   /* its kind */
	bool solved;    /* inside the window */
};

struct cases {
	const struct cases_how *how;
	struct map refs;
	struct thread *thread; /* by number of ref */
	size_t cap;
	struct cases_sums loose; /* cases without a ref */
};

/* Which kinds open a case, and which say whether it is open. */
static const bool opens[KINDS] = {
	[KIND_COMPLAINT] = true, [KIND_REQUEST] = true,
};
static const bool turns[KINDS] = {
	[KIND_COMPLAINT] = true, [KIND_REQUEST] = true,
	[KIND_SOLVE] = true, [KIND_REOPEN] = true,
};

static void
init(void *state, const void *how)
{
	*(struct cases *)state = (struct cases){ .how = how };
}

static struct thread *
thread_of(struct cases *s, struct slice ref)
{
	uint32_t had = s->refs.len, i = map_add(&s->refs, ref);

	s->thread = mem_grow(s->thread, &s->cap, i + 1, sizeof *s->thread);
	if (i == had)
		s->thread[i] = (struct thread){ .opened = NEVER,
			.turned = INT64_MIN };
	return &s->thread[i];
}

/* Join what is known of one thread on two sides. */
static void
join(struct thread *t, const struct thread *u)
{
	if (u->opened < t->opened)
		t->opened = u->opened;
	if (u->turned > t->turned ||
	    (u->turned == t->turned && u->turn > t->turn)) {
		t->turned = u->turned;
		t->turn = u->turn;
	}
	t->solved = t->solved || u->solved;
}

static void
count(struct cases *s, const struct batch *b, const struct event *v)
{
	struct slice ref = event_field(b, v, EVENT_REF);
	bool inside = window_has(s->how->window, v->time);
	struct thread now = { opens[v->kind] ? v->time : NEVER, v->time,
		v->kind, inside && v->kind == KIND_SOLVE };

	if (ref.len > 0) {
		join(thread_of(s, ref), &now);
	} else if (opens[v->kind]) {
		s->loose.opened += inside;
		s->loose.open++;
	}
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	struct cases *s = state;

	(void)e;
	for (size_t i = 0; i < b->n; i++) {
		const struct event *v = &b->event[i];

		if (turns[v->kind] && v->time < s->how->window.to)
			count(s, b, v);
	}
	return true;
}

static bool
merge(void *state, void *from, const uint32_t *who, struct err *e)
{
	struct cases *s = state;
	const struct cases *f = from;

	(void)who;
	(void)e;
	for (uint32_t i = 0; i < f->refs.len; i++)
		join(thread_of(s, map_key(&f->refs, i)), &f->thread[i]);
	s->loose.opened += f->loose.opened;
	s->loose.open += f->loose.open;
	return true;
}

static void
end(void *state)
{
	struct cases *s = state;

	map_free(&s->refs);
	free(s->thread);
}

const struct measure cases_measure = { "cases", sizeof(struct cases), false,
	init, add, merge, end };

struct cases_sums
cases_sums(const struct cases *s)
{
	struct cases_sums sums = s->loose;

	for (uint32_t i = 0; i < s->refs.len; i++) {
		const struct thread *t = &s->thread[i];

		if (t->opened == NEVER)
			continue;
		sums.opened += t->opened >= s->how->window.from;
		sums.solved += t->solved;
		sums.open += t->turn != KIND_SOLVE;
	}
	return sums;
}
