#include "measure/consent.h"

#include <stdlib.h>

#include "base/mem.h"

enum { FEW = 16 }; /* events that are gone through once for each name */

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

static struct consent
none_of(struct slice channel, struct slice purpose)
{
	return (struct consent){ .channel = channel, .purpose = purpose,
		.since = INT64_MIN, .version = SLICE_EMPTY,
		.evidence = SLICE_EMPTY };
}

struct consent
consent_of(const struct threads *t, const struct thread_event *v, size_t n,
    struct slice channel, struct slice purpose)
{
	struct consent c = none_of(channel, purpose);

	for (size_t i = 0; i < n; i++)
		if (concerns(t, &v[i], &c))
			take(&c, t, &v[i]);
	return c;
}

/* Does it only take back, and not one consent but all of a sort? */
static bool
sweeps(const struct thread_event *v)
{
	return v->kind == KIND_WITHDRAW &&
	    (v->word[THREAD_CHANNEL] == 0 || v->word[THREAD_TOPIC] == 0);
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
		if (sweeps(&v[i]) != sweeping)
			continue;
		to->at = mem_grow(to->at, &to->cap, to->n + 1,
		    sizeof *to->at);
		to->at[to->n++] = named_by(t, &v[i]);
	}
	if (to->n > had + 1)
		qsort(to->at + had, to->n - had, sizeof *to->at, in_order);
	for (size_t i = had; i < to->n; i++)
		if (kept == had ||
		    in_order(&to->at[kept - 1], &to->at[i]) != 0)
			to->at[kept++] = to->at[i];
	to->n = kept;
}

/* --- what withdrawals of all of a sort take back ----------------------- */

static int
by_purpose(const void *a, const void *b)
{
	return slice_cmp(((const struct consent *)a)->purpose,
	    ((const struct consent *)b)->purpose);
}

/* The first of n that is not before c in that order. */
static size_t
first_from(const struct consent *at, size_t n, const struct consent *c,
    int (*order)(const void *, const void *))
{
	size_t from = 0;

	while (from < n) {
		size_t middle = from + (n - from) / 2;

		if (order(&at[middle], c) < 0)
			from = middle + 1;
		else
			n = middle;
	}
	return from;
}

/* Has a sweep anything to sweep among n, given in both orders? */
static bool
has_target(const struct consent *at, const struct consent *by, size_t n,
    const struct consent *sweep)
{
	size_t i;

	if (sweep->channel.len > 0) {
		i = first_from(at, n, sweep, in_order);
		return i < n && slice_eq(at[i].channel, sweep->channel);
	}
	if (sweep->purpose.len == 0)
		return n > 0;
	i = first_from(by, n, sweep, by_purpose);
	return i < n && slice_eq(by[i].purpose, sweep->purpose);
}

/* Those behind the first `named` that have nothing to sweep stay. */
static void
drop_sweeps(struct consents *to, size_t named)
{
	struct consent *by = mem_zero(named, sizeof *by);
	size_t kept = named;

	for (size_t i = 0; i < named; i++)
		by[i] = to->at[i];
	if (named > 0)
		qsort(by, named, sizeof *by, by_purpose);
	for (size_t i = named; i < to->n; i++)
		if (!has_target(to->at, by, named, &to->at[i]))
			to->at[kept++] = to->at[i];
	to->n = kept;
	free(by);
}

/* --- many events -------------------------------------------------------- */

/* Numbers of events, by channel, purpose and number. */
struct walk {
	const struct threads *t;
	const struct thread_event *v;
	size_t n;
	uint32_t *own, *sweep; /* all; those that sweep */
	size_t sweeps;
	uint32_t *chosen; /* of the sweeps before each, how many are */
};

static int
by_name(const void *a, const void *b, void *walk)
{
	const struct walk *w = walk;
	uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
	struct consent x = named_by(w->t, &w->v[i]);
	struct consent y = named_by(w->t, &w->v[k]);
	int c = in_order(&x, &y);

	return c != 0 ? c : (i > k) - (i < k);
}

static void
begin(struct walk *w)
{
	w->own = mem_zero(w->n, sizeof *w->own);
	w->sweep = mem_zero(w->n, sizeof *w->sweep);
	w->chosen = mem_zero(w->n + 1, sizeof *w->chosen);
	for (uint32_t i = 0; i < w->n; i++) {
		w->own[i] = i;
		if (sweeps(&w->v[i]))
			w->sweep[w->sweeps++] = i;
	}
	qsort_r(w->own, w->n, sizeof *w->own, by_name, w);
	qsort_r(w->sweep, w->sweeps, sizeof *w->sweep, by_name, w);
	for (size_t i = 0; i < w->sweeps; i++)
		w->chosen[i + 1] = w->chosen[i] + w->v[w->sweep[i]].chosen;
}

static void
end(struct walk *w)
{
	free(w->own);
	free(w->sweep);
	free(w->chosen);
}

/* The first of the sweeps that is not before event `number` of this name. */
static size_t
sweep_from(const struct walk *w, const struct consent *name, size_t number)
{
	size_t from = 0, n = w->sweeps;

	while (from < n) {
		size_t middle = from + (n - from) / 2;
		uint32_t i = w->sweep[middle];
		struct consent c = named_by(w->t, &w->v[i]);
		int order = in_order(&c, name);

		if (order < 0 || (order == 0 && i < number))
			from = middle + 1;
		else
			n = middle;
	}
	return from;
}

/* What the sweeps from one event on and before another take back: the first
 * says since when, the last has the evidence. */
static void
take_sweeps(const struct walk *w, struct consent *c, size_t from, size_t to)
{
	const struct consent name[] = {
		{ .channel = c->channel, .purpose = SLICE_EMPTY },
		{ .channel = SLICE_EMPTY, .purpose = c->purpose },
		{ .channel = SLICE_EMPTY, .purpose = SLICE_EMPTY } };
	bool channel = c->channel.len > 0, purpose = c->purpose.len > 0;
	size_t first = to, last = from;

	if (!channel && !purpose)
		return;
	for (int i = channel && purpose ? 0 : 2; i < 3; i++) {
		size_t a = sweep_from(w, &name[i], from);
		size_t b = sweep_from(w, &name[i], to);

		if (a == b)
			continue;
		first = w->sweep[a] < first ? w->sweep[a] : first;
		last = w->sweep[b - 1] > last ? w->sweep[b - 1] : last;
		c->chosen |= w->chosen[b] > w->chosen[a];
	}
	if (first < to) {
		take(c, w->t, &w->v[first]);
		take(c, w->t, &w->v[last]);
	}
}

/* The events from own[at] on that name it, and the sweeps between them.
 * Returns how many own ones there were. */
static size_t
walk(const struct walk *w, struct consent *c, size_t at)
{
	size_t from = 0, i = at;

	for (; i < w->n; i++) {
		uint32_t own = w->own[i];
		struct consent name = named_by(w->t, &w->v[own]);

		if (in_order(&name, c) != 0)
			break;
		take_sweeps(w, c, from, own);
		take(c, w->t, &w->v[own]);
		from = own + 1;
	}
	take_sweeps(w, c, from, w->n);
	return i - at;
}

/* As consent_of, each event once and not once for each name. */
static void
walk_all(struct consents *to, struct walk *w)
{
	size_t at = 0;

	begin(w);
	for (size_t i = 0; i < to->n; i++) {
		struct consent *c = &to->at[i];

		*c = none_of(c->channel, c->purpose);
		while (at < w->n) {
			struct consent name = named_by(w->t,
			    &w->v[w->own[at]]);

			if (in_order(&name, c) >= 0)
				break;
			at++;
		}
		at += walk(w, c, at);
	}
	end(w);
}

void
consent_all(struct consents *to, const struct threads *t,
    const struct thread_event *v, size_t n)
{
	size_t named;

	to->n = 0;
	add_names(to, t, v, n, false);
	named = to->n;
	add_names(to, t, v, n, true);
	if (to->n > named)
		drop_sweeps(to, named);
	if (to->n > named)
		qsort(to->at, to->n, sizeof *to->at, in_order);
	if (n > FEW)
		walk_all(to, &(struct walk){ .t = t, .v = v, .n = n });
	for (size_t i = 0; n <= FEW && i < to->n; i++)
		to->at[i] = consent_of(t, v, n, to->at[i].channel,
		    to->at[i].purpose);
}
