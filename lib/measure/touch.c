#include "measure/touch.h"

#include <stdlib.h>

#include "base/few.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/tr.h"
#include "measure/median.h"

/* The first touch of a customer.  Zeros are nothing known: the earlier it
 * was the larger is `since`, seconds down from FAR. */
struct slot {
	int64_t since;
	uint32_t group;
	uint8_t kind;
	bool chosen;
};

enum { SOME = 64 }; /* events whose customers are fetched at once */

#define FAR ((DATE_LAST + 2) * DATE_DAY)

/* What he has bought, unless only touches are asked for. */
struct bought {
	int64_t order;   /* time of the first order, if `ordered` */
	int64_t revenue; /* stays at the top once it has reached it */
	bool ordered;
};

struct touch {
	const struct touch_how *how;
	struct slot *slot; /* by number of customer */
	struct bought *bought; /* the same */
	size_t slots;
	uint64_t *known; /* a bit for each who was met here, not later than */
	int64_t newest;  /* that: in order of time few are looked at again */
	struct map groups;
	struct few few;

	/* the group of the event before, which the next is mostly in too */
	bool by_day, warm;
	int32_t day;
	uint32_t group;
	struct buf key;
};

/* What the customer has no part in. */
static const bool ours[KINDS] = {
	[KIND_NOTE] = true, [KIND_ITEM] = true, [KIND_COST] = true,
	[KIND_ASSIGN] = true, [KIND_TODO] = true, [KIND_DONE] = true,
	[KIND_OWN] = true,
};

bool
touch_is(enum kind kind)
{
	return !ours[kind];
}

static void
init(void *state, const void *how)
{
	const struct touch_how *h = how;

	*(struct touch *)state = (struct touch){ .how = h,
		.newest = INT64_MIN, .by_day = group_by_day(h->group) };
}

static void
make_room(struct touch *s, size_t n)
{
	size_t more = s->slots < 512 ? 512 : s->slots;

	if (n <= s->slots)
		return;
	while (more < n)
		more *= 2;
	s->slot = mem_pages_grow(s->slot, s->slots, more, sizeof *s->slot);
	if (!s->how->alone)
		s->bought = mem_pages_grow(s->bought, s->slots, more,
		    sizeof *s->bought);
	s->known = mem_pages_grow(s->known, s->slots / 64, more / 64,
	    sizeof *s->known);
	s->slots = more;
}

static uint32_t
find_group(struct touch *s, const struct batch *b, const struct event *v)
{
	struct slice key = SLICE_EMPTY;

	if (s->warm && s->by_day && v->day == s->day)
		return s->group;
	if (s->how->group != NULL)
		key = group_slice(s->how->group, b, v, &s->key);
	s->group = few_add(&s->few, &s->groups, key);
	s->day = v->day;
	s->warm = true;
	return s->group;
}

/* Keep the earlier of two first touches; of equal ones that which -w chose,
 * so that each way of two on one day finds it. */
static void
keep_first(const struct touch *s, struct slot *c, const struct slot *o)
{
	int order = c->since != o->since ? (o->since > c->since ? 1 : -1)
	    : c->kind != o->kind         ? c->kind - o->kind
	    : c->chosen != o->chosen     ? (o->chosen ? 1 : -1)
	    : c->group == o->group       ? 0
	    : slice_cmp(map_key(&s->groups, c->group),
		  map_key(&s->groups, o->group));

	if (order > 0)
		*c = *o;
}

static void
keep_order(struct bought *c, int64_t time, int64_t value)
{
	if (!c->ordered || time < c->order)
		c->order = time;
	c->ordered = true;
	if (__builtin_add_overflow(c->revenue, value, &c->revenue))
		c->revenue = INT64_MAX;
}

static void
add_touch(struct touch *s, const struct batch *b, const struct event *v)
{
	struct slot *c = &s->slot[v->who];

	if (FAR - v->time < c->since || v->customer.len == 0 ||
	    ours[v->kind])
		return;
	keep_first(s, c, &(struct slot){ .since = FAR - v->time,
		.group = find_group(s, b, v), .kind = v->kind,
		.chosen = !v->aside });
	s->known[v->who / 64] |= UINT64_C(1) << v->who % 64;
	if (v->time > s->newest)
		s->newest = v->time;
}

static void
add_orders(struct touch *s, const struct batch *b)
{
	struct batch_walk w = { UINT64_C(1) << KIND_ORDER, 0 };
	const struct event *v;

	while ((v = batch_next(b, &w)) != NULL)
		keep_order(&s->bought[v->who], v->time, v->value);
}

/* Most events are later than what is known of their customers: only the
 * others are looked at. */
static void
add_some(struct touch *s, const struct batch *b, size_t from, size_t to)
{
	const struct event *v = &b->event[from];
	const uint64_t *known = s->known;
	const int64_t newest = s->newest;
	uint8_t look[SOME];
	size_t n = 0;

	for (size_t i = 0; i < to - from; i++) {
		uint32_t who = v[i].who;

		look[n] = (uint8_t)i;
		if (v[i].time > newest && (known[who / 64] >> who % 64 & 1))
			continue;
		__builtin_prefetch(&s->slot[who], 1);
		n++;
	}
	for (size_t i = 0; i < n; i++)
		add_touch(s, b, &v[look[i]]);
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	struct touch *s = state;

	(void)e;
	make_room(s, b->people);
	for (size_t i = 0; i < b->n; i += SOME)
		add_some(s, b, i, i + SOME < b->n ? i + SOME : b->n);
	if (!s->how->alone)
		add_orders(s, b);
	return true;
}

static bool
merge(void *state, void *other, const uint32_t *who, struct err *e)
{
	struct touch *s = state;
	const struct touch *from = other;
	uint32_t *group = map_join(&s->groups, &from->groups);

	(void)e;
	for (uint32_t i = 0; i < from->slots; i++) {
		struct slot o = from->slot[i];

		if (o.since == 0)
			continue;
		make_room(s, (size_t)who[i] + 1);
		o.group = group[o.group];
		keep_first(s, &s->slot[who[i]], &o);
		if (!s->how->alone && from->bought[i].ordered)
			keep_order(&s->bought[who[i]], from->bought[i].order,
			    from->bought[i].revenue);
	}
	free(group);
	return true;
}

static void
end(void *state)
{
	struct touch *s = state;

	mem_pages_free(s->slot, s->slots, sizeof *s->slot);
	mem_pages_free(s->known, s->slots / 64, sizeof *s->known);
	mem_pages_free(s->bought, s->slots, sizeof *s->bought);
	map_free(&s->groups);
	buf_free(&s->key);
}

const struct measure touch_measure = { "touch", sizeof(struct touch),
	MEASURE_PEOPLE | MEASURE_KINDS, init, add, merge, end };

/* --- the answer ------------------------------------------------------- */

bool
touch_first(const struct touch *s, uint32_t who, int64_t *time,
    struct slice *group)
{
	const struct slot *c = &s->slot[who];

	if (who >= s->slots || !c->chosen)
		return false;
	*time = FAR - c->since;
	*group = map_key(&s->groups, c->group);
	return true;
}

bool
touch_counts(const struct touch *s, uint32_t who, struct slice *group)
{
	int64_t time;

	return touch_first(s, who, &time, group) &&
	    window_has(s->how->first, time);
}

/* Times from first touch to first order, class by class: where each class
 * begins is in start[]. */
static int64_t *
class_times(const struct touch *s, const uint32_t *class_of, uint32_t people,
    const struct touch_sums *sums, size_t n, size_t *start)
{
	size_t all = 0, *at = mem_zero(n, sizeof *at);
	int64_t *time;

	for (size_t i = 0; i < n; i++) {
		start[i] = at[i] = all;
		all += (size_t)sums[i].ordered;
	}
	time = mem_zero(all, sizeof *time);
	for (uint32_t w = 0; w < people; w++)
		if (class_of[w] != TOUCH_NONE && s->bought[w].ordered)
			time[at[class_of[w]]++] =
			    s->bought[w].order -
			    (FAR - s->slot[w].since);
	free(at);
	return time;
}

bool
touch_count(const struct touch *s, const uint32_t *class_of, uint32_t people,
    struct touch_sums *sums, size_t n, struct err *e)
{
	size_t *start = mem_zero(n, sizeof *start);
	int64_t *time;
	bool ok = true;

	memset(sums, 0, n * sizeof *sums);
	for (uint32_t w = 0; w < people; w++) {
		struct touch_sums *c;

		if (class_of[w] == TOUCH_NONE)
			continue;
		c = &sums[class_of[w]];
		c->customers++;
		c->ordered += s->bought[w].ordered;
		ok = ok && s->bought[w].revenue < INT64_MAX &&
		    num_add(&c->revenue, s->bought[w].revenue);
	}
	time = class_times(s, class_of, people, sums, n, start);
	for (size_t i = 0; i < n; i++)
		sums[i].days = sums[i].ordered == 0 ? SCORE_NONE :
		    median_days(median_twice(time + start[i],
			(size_t)sums[i].ordered));
	free(time);
	free(start);
	return ok || err_set(e, CRM_DATA, "revenue: %s",
	    _("the sum is too large"));
}
