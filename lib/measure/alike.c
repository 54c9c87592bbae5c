#include "measure/alike.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define NO_REF UINT32_MAX /* bought whatever else there is */

/* Somebody bought something, if its ref is that of an order. */
struct bought {
	uint32_t who, topic, ref;
};

struct alike {
	const struct alike_how *how;
	struct map topics, refs;
	bool *ordered; /* by number of ref: has it an order? */
	size_t ordered_cap;
	struct bought *bought;
	size_t n, cap;

	/* made by alike_settle */
	size_t *from; /* by number of customer: his first in bought */
	uint32_t people;
};

static void
init(void *state, const void *how)
{
	*(struct alike *)state = (struct alike){ .how = how };
}

static uint32_t
ref_of(struct alike *s, struct slice ref)
{
	uint32_t had = s->refs.len, i = map_add(&s->refs, ref);

	s->ordered = mem_grow(s->ordered, &s->ordered_cap, s->refs.len,
	    sizeof *s->ordered);
	if (i == had)
		s->ordered[i] = false;
	return i;
}

static void
keep(struct alike *s, struct bought b)
{
	s->bought = mem_grow(s->bought, &s->cap, s->n + 1, sizeof b);
	s->bought[s->n++] = b;
}

static void
count(struct alike *s, const struct batch *b, const struct event *v)
{
	struct slice topic = event_field(b, v, EVENT_TOPIC);
	struct slice ref = event_field(b, v, EVENT_REF);
	bool order = v->kind == KIND_ORDER;
	uint32_t at = ref.len > 0 ? ref_of(s, ref) : NO_REF;

	if (order && at != NO_REF)
		s->ordered[at] = true;
	if (topic.len > 0 && (order || at != NO_REF))
		keep(s, (struct bought){ v->who, map_add(&s->topics, topic),
		    order ? NO_REF : at });
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	struct alike *s = state;

	(void)e;
	for (size_t i = 0; i < b->n; i++) {
		const struct event *v = &b->event[i];

		if ((v->kind == KIND_ORDER || v->kind == KIND_ITEM) &&
		    window_has(s->how->window, v->time))
			count(s, b, v);
	}
	return true;
}

static bool
merge(void *state, void *from, const uint32_t *who, struct err *e)
{
	struct alike *s = state;
	const struct alike *f = from;
	uint32_t *topic = map_join(&s->topics, &f->topics);
	uint32_t *ref = mem_zero(f->refs.len, sizeof *ref);

	(void)e;
	for (uint32_t i = 0; i < f->refs.len; i++) {
		ref[i] = ref_of(s, map_key(&f->refs, i));
		s->ordered[ref[i]] |= f->ordered[i];
	}
	for (size_t i = 0; i < f->n; i++) {
		const struct bought *b = &f->bought[i];

		keep(s, (struct bought){ who[b->who], topic[b->topic],
		    b->ref == NO_REF ? NO_REF : ref[b->ref] });
	}
	free(topic);
	free(ref);
	return true;
}

static void
end(void *state)
{
	struct alike *s = state;

	map_free(&s->topics);
	map_free(&s->refs);
	free(s->ordered);
	free(s->bought);
	free(s->from);
}

const struct measure alike_measure = { "alike", sizeof(struct alike),
	MEASURE_PEOPLE, init, add, merge, end };

static int
by_customer(const void *a, const void *b)
{
	const struct bought *x = a, *y = b;

	if (x->who != y->who)
		return x->who < y->who ? -1 : 1;
	return (x->topic > y->topic) - (x->topic < y->topic);
}

/* Each customer's topics, once each, one customer behind the other. */
void
alike_settle(struct alike *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		if (s->bought[i].ref == NO_REF ||
		    s->ordered[s->bought[i].ref])
			s->bought[n++] = s->bought[i];
	if (n > 0)
		qsort(s->bought, n, sizeof *s->bought, by_customer);
	s->n = 0;
	for (size_t i = 0; i < n; i++)
		if (s->n == 0 ||
		    by_customer(&s->bought[s->n - 1], &s->bought[i]) != 0)
			s->bought[s->n++] = s->bought[i];
	s->people = s->n == 0 ? 0 : s->bought[s->n - 1].who + 1;
	s->from = mem_zero((size_t)s->people + 1, sizeof *s->from);
	for (size_t i = 0; i < s->n; i++)
		s->from[s->bought[i].who + 1]++;
	for (uint32_t i = 0; i < s->people; i++)
		s->from[i + 1] += s->from[i];
}

uint32_t
alike_topics(const struct alike *s, uint32_t who)
{
	return who < s->people ? (uint32_t)(s->from[who + 1] - s->from[who])
			       : 0;
}

/* Which topics a customer bought, by their number. */
static bool *
set_of(const struct alike *s, uint32_t who)
{
	bool *has = mem_zero(s->topics.len, sizeof *has);

	for (uint32_t i = 0, n = alike_topics(s, who); i < n; i++)
		has[s->bought[s->from[who] + i].topic] = true;
	return has;
}

/* A customer with the place of his id among all. */
struct ranked {
	struct alike_customer one;
	uint32_t place;
};

static int
by_likeness(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	uint64_t p = (uint64_t)x->one.common * y->one.either;
	uint64_t q = (uint64_t)y->one.common * x->one.either;

	if (p != q)
		return p > q ? -1 : 1;
	if (x->one.common != y->one.common)
		return x->one.common > y->one.common ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

/* Those who have something in common with `who`, as their ids are ordered. */
static struct ranked *
candidates(const struct alike *s, const struct map *people, uint32_t who,
    size_t *n)
{
	uint32_t *order = map_sorted(people), all = alike_topics(s, who);
	bool *has = set_of(s, who);
	struct ranked *to = mem_zero(s->people, sizeof *to);

	*n = 0;
	for (uint32_t i = 0; i < people->len; i++) {
		uint32_t c = order[i], topics = alike_topics(s, c), both = 0;

		for (uint32_t k = 0; k < topics; k++)
			both += has[s->bought[s->from[c] + k].topic];
		if (c != who && both > 0)
			to[(*n)++] = (struct ranked){ { c, both,
			    all + topics - both }, i };
	}
	free(has);
	free(order);
	return to;
}

struct alike_customer *
alike_customers(const struct alike *s, const struct map *people,
    uint32_t who, size_t *n)
{
	struct ranked *all = candidates(s, people, who, n);
	struct alike_customer *to = mem_zero(*n, sizeof *to);

	if (*n > 0)
		qsort(all, *n, sizeof *all, by_likeness);
	for (size_t i = 0; i < *n; i++)
		to[i] = all[i].one;
	free(all);
	return to;
}

static int
by_customers(const void *a, const void *b)
{
	const struct alike_topic *x = a, *y = b;

	if (x->customers != y->customers)
		return x->customers > y->customers ? -1 : 1;
	return slice_cmp(x->name, y->name);
}

struct alike_topic *
alike_besides(const struct alike *s, uint32_t who,
    const struct alike_customer *others, size_t n, size_t *topics)
{
	struct alike_topic *to = mem_zero(s->topics.len, sizeof *to);
	uint32_t *times = mem_zero(s->topics.len, sizeof *times);
	bool *has = set_of(s, who);

	for (size_t i = 0; i < n; i++)
		for (size_t k = s->from[others[i].who];
		    k < s->from[others[i].who + 1]; k++)
			times[s->bought[k].topic]++;
	*topics = 0;
	for (uint32_t i = 0; i < s->topics.len; i++)
		if (times[i] > 0 && !has[i])
			to[(*topics)++] = (struct alike_topic){
			    map_key(&s->topics, i), times[i] };
	if (*topics > 0)
		qsort(to, *topics, sizeof *to, by_customers);
	free(times);
	free(has);
	return to;
}
