#include "measure/consent.h"

#include <stdlib.h>

#include "base/mem.h"

const struct thread_how consent_how = {
	.kinds = THREAD_KIND(KIND_ASK) | THREAD_KIND(KIND_CONFIRM) |
	    THREAD_KIND(KIND_WITHDRAW),
	.columns = THREAD_COLUMN(EVENT_CHANNEL) | THREAD_COLUMN(EVENT_REF) |
	    THREAD_COLUMN(EVENT_TOPIC) | THREAD_COLUMN(EVENT_TEXT),
};

const char *const consent_state[] = {
	[CONSENT_NONE] = "none", [CONSENT_ASKED] = "asked",
	[CONSENT_CONFIRMED] = "confirmed",
	[CONSENT_WITHDRAWN] = "withdrawn",
};

static enum consent_state
said_by(const struct thread_event *v)
{
	return v->kind == KIND_ASK ? CONSENT_ASKED
	     : v->kind == KIND_CONFIRM ? CONSENT_CONFIRMED
				       : CONSENT_WITHDRAWN;
}

/* Is it a withdrawal that this part of it does not narrow? */
static bool
covers(const struct thread_event *v, struct slice part, struct slice of)
{
	return slice_eq(part, of) ||
	    (v->kind == KIND_WITHDRAW && part.len == 0);
}

static bool
concerns(const struct threads *t, const struct thread_event *v,
    const struct consent *c)
{
	return covers(v, thread_text(t, v, THREAD_CHANNEL), c->channel) &&
	    covers(v, thread_text(t, v, THREAD_TOPIC), c->purpose);
}

static void
take(struct consent *c, const struct threads *t,
    const struct thread_event *v)
{
	enum consent_state now = said_by(v);

	c->chosen = c->chosen || v->chosen;
	if (now == CONSENT_ASKED && c->state == CONSENT_CONFIRMED)
		return;
	if (now != c->state)
		c->since = v->time;
	c->state = now;
	c->version = thread_text(t, v, THREAD_REF);
	c->evidence = thread_text(t, v, THREAD_TEXT);
}

struct consent
consent_of(const struct threads *t, const struct thread_event *v, size_t n,
    struct slice channel, struct slice purpose)
{
	struct consent c = { .channel = channel, .purpose = purpose,
		.since = INT64_MIN, .version = SLICE_EMPTY,
		.evidence = SLICE_EMPTY };

	for (size_t i = 0; i < n; i++)
		if (concerns(t, &v[i], &c))
			take(&c, t, &v[i]);
	return c;
}

/* Does it only take back, and not one consent but all of a sort? */
static bool
sweeps(const struct thread_event *v, const struct consent *c)
{
	return v->kind == KIND_WITHDRAW &&
	    (c->channel.len == 0 || c->purpose.len == 0);
}

static struct consent
named_by(const struct threads *t, const struct thread_event *v)
{
	return (struct consent){ .channel = thread_text(t, v, THREAD_CHANNEL),
		.purpose = thread_text(t, v, THREAD_TOPIC) };
}

static int
in_order(const void *a, const void *b)
{
	const struct consent *x = a, *y = b;
	int c = slice_cmp(x->channel, y->channel);

	return c != 0 ? c : slice_cmp(x->purpose, y->purpose);
}

/* What the events name, each once; those that sweep, or the others. */
static void
add_names(struct consents *to, const struct threads *t,
    const struct thread_event *v, size_t n, bool sweeping)
{
	size_t had = to->n, kept = had;

	for (size_t i = 0; i < n; i++) {
		struct consent c = named_by(t, &v[i]);

		if (sweeps(&v[i], &c) != sweeping)
			continue;
		to->at = mem_grow(to->at, &to->cap, to->n + 1,
		    sizeof *to->at);
		to->at[to->n++] = c;
	}
	if (to->n > had)
		qsort(to->at + had, to->n - had, sizeof *to->at, in_order);
	for (size_t i = had; i < to->n; i++)
		if (kept == had ||
		    in_order(&to->at[kept - 1], &to->at[i]) != 0)
			to->at[kept++] = to->at[i];
	to->n = kept;
}

/* Has a sweep anything to sweep among the first n? */
static bool
has_target(const struct consents *all, size_t n, const struct consent *sweep)
{
	for (size_t i = 0; i < n; i++) {
		const struct consent *c = &all->at[i];

		if ((sweep->channel.len == 0 ||
			slice_eq(sweep->channel, c->channel)) &&
		    (sweep->purpose.len == 0 ||
			slice_eq(sweep->purpose, c->purpose)))
			return true;
	}
	return false;
}

void
consent_all(struct consents *to, const struct threads *t,
    const struct thread_event *v, size_t n)
{
	size_t named, kept;

	to->n = 0;
	add_names(to, t, v, n, false);
	named = kept = to->n;
	add_names(to, t, v, n, true);
	for (size_t i = named; i < to->n; i++)
		if (!has_target(to, named, &to->at[i]))
			to->at[kept++] = to->at[i];
	to->n = kept;
	if (to->n > 0)
		qsort(to->at, to->n, sizeof *to->at, in_order);
	for (size_t i = 0; i < to->n; i++)
		to->at[i] = consent_of(t, v, n, to->at[i].channel,
		    to->at[i].purpose);
}
