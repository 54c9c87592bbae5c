#include "measure/stat.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "measure/slot.h"

#define NOINLINE __attribute__((noinline))

/* What kinds do to a slot, and whether they go beyond it. */
enum { CONTACT = 1, MINUTE = 2, BUYS = 4, BEYOND = 8 };

static const uint8_t touches[KINDS] = {
	[KIND_ORDER] = BUYS,
	[KIND_IN] = CONTACT | MINUTE,
	[KIND_OUT] = CONTACT | MINUTE,
	[KIND_VISIT] = CONTACT | MINUTE,
	[KIND_REPLY] = CONTACT,
	[KIND_COMPLAINT] = CONTACT | BEYOND,
	[KIND_REQUEST] = CONTACT | BEYOND,
	[KIND_SOLVE] = BEYOND,
	[KIND_REFUND] = BEYOND,
	[KIND_COST] = BEYOND,
	[KIND_NPS] = BEYOND,
	[KIND_CSAT] = BEYOND,
	[KIND_DEAL] = BEYOND,
	[KIND_WON] = BEYOND,
	[KIND_LOST] = BEYOND,
	[KIND_LEAVE] = BEYOND,
	[KIND_RETURN] = BEYOND,
};

/* What those do that go beyond it. */
static const struct effect {
	_Alignas(8) uint8_t count;
	uint8_t counted;        /* 1 to count[count] */
	uint8_t latest, answer; /* value to latest[latest] */
	uint8_t state;          /* kind to latest[STATE] */
	uint8_t rare, seldom;   /* value to sum[rare] of struct rare */
} effect[KINDS] = {
	[KIND_COMPLAINT] = { .count = CASES, .counted = 1 },
	[KIND_REQUEST] = { .count = CASES, .counted = 1 },
	[KIND_SOLVE] = { .count = SOLVED, .counted = 1 },
	[KIND_REFUND] = { .rare = REFUNDS, .seldom = 1 },
	[KIND_COST] = { .rare = COST, .seldom = 1 },
	[KIND_NPS] = { .latest = NPS, .answer = 1 },
	[KIND_CSAT] = { .latest = CSAT, .answer = 1 },
	[KIND_DEAL] = { .state = 1 },
	[KIND_WON] = { .state = 1 },
	[KIND_LOST] = { .state = 1 },
	[KIND_LEAVE] = { .state = 1 },
	[KIND_RETURN] = { .state = 1 },
};

static void
init(void *state, const void *how)
{
	struct stat *s = state;
	const struct stat_how *h = how;

	s->window = h != NULL ? h->window : WINDOW_ALL;
}

static inline void
add_order(struct stat *s, struct slot *c, const struct event *v)
{
	int64_t value = v->value == EVENT_NO_VALUE ? 0 : v->value;
	uint32_t day = slot_day(v->day);

	c->orders++;
	slot_add_sum(s, c, REVENUE, value);
	slot_add_spend(s, c, day, value);
	slot_add_day(s, c, day);
}

/* A contact, or what else has a tone. */
static inline void
add_contact(struct stat *s, struct slot *c, const struct event *v,
    unsigned touch)
{
	if (touch & CONTACT) {
		c->contacts++;
		slot_larger_above(&c->contact, slot_time(v->time));
	}
	if (v->tone != EVENT_NO_TONE)
		slot_larger_above(&c->tone, slot_tone_of(v->time, v->tone));
	if (touch & MINUTE && v->value != EVENT_NO_VALUE)
		slot_add_sum(s, c, MINUTES, v->value);
}

/* What an event of the window does to its customer's slot. */
static inline void
add_event(struct stat *s, struct slot *c, const struct event *v,
    unsigned touch)
{
	if (c->events < UINT32_MAX - 1)
		c->events++;
	else
		slot_add_events(s, c, 1);
	slot_add_time(c, v->time);
	if (touch & BUYS)
		add_order(s, c, v);
	if (touch & CONTACT || v->tone != EVENT_NO_TONE)
		add_contact(s, c, v, touch);
}

static void
add_rare(struct stat *s, struct extra *x, const struct batch *b,
    const struct event *v, int64_t value)
{
	int64_t *sum = slot_rare_of(s, x)->sum;

	slot_sum_up(s, &sum[effect[v->kind].rare], value);
	if (v->kind == KIND_COST &&
	    slice_is(event_field(b, v, EVENT_TOPIC), "service"))
		slot_sum_up(s, &sum[SERVICE], value);
}

/* What it does beyond that; a state may be from before the window. */
static void
add_extra(struct stat *s, struct slot *c, const struct batch *b,
    const struct event *v)
{
	const struct effect *f = &effect[v->kind];
	int64_t value = v->value == EVENT_NO_VALUE ? 0 : v->value;
	struct extra *x = slot_extra_of(s, c);

	if (f->state)
		slot_larger(&x->latest[STATE],
		    slot_latest_of(v->time, v->kind));
	if (v->time < s->window.from)
		return;
	slot_add_count(s, x, f->count, f->counted);
	if (f->answer)
		slot_larger(&x->latest[f->latest],
		    slot_latest_of(v->time, SCORE_TOP - value / NUM_ONE));
	if (f->seldom)
		add_rare(s, x, b, v, value);
}

enum {
	AHEAD = 16, /* events whose slots are being fetched */
	SOME = 128, /* events whose extras wait for one another */
};

/* Events that go beyond the slot, one after the other once what they add to
 * has been fetched. */
static NOINLINE void
add_extras(struct stat *s, const struct batch *b,
    const struct event *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		slot_fetch_extra(s, v[i]->who);
	for (size_t i = 0; i < n; i++)
		if (effect[v[i]->kind].seldom)
			slot_fetch_rare(s, v[i]->who);
	for (size_t i = 0; i < n; i++)
		add_extra(s, &s->slot[v[i]->who], b, v[i]);
}

/* Events v .. end-1, behind which there are more up to `last`. */
static void
add_some(struct stat *s, const struct batch *b, const struct event *v,
    const struct event *end, const struct event *last)
{
	const struct window in = s->window;
	const bool all = in.from == INT64_MIN && in.to == INT64_MAX;
	struct slot *slot = s->slot;
	const struct event *beyond[SOME];
	const struct event *near = last - v > AHEAD ? last - AHEAD : v;
	size_t n = 0;

	for (; v < end; v++) {
		unsigned touch = touches[v->kind];

		if (v < near)
			__builtin_prefetch(&slot[v[AHEAD].who], 1);
		if (!all && v->time >= in.to)
			continue;
		if (all || v->time >= in.from)
			add_event(s, &slot[v->who], v, touch);
		if (touch & BEYOND)
			beyond[n++] = v;
	}
	add_extras(s, b, beyond, n);
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	struct stat *s = state;
	const struct event *v = b->event, *last = v + b->n, *end;

	(void)e;
	slot_make_room(s, b->people);
	s->people = s->people > b->people ? s->people : b->people;
	for (; v < last; v = end) {
		end = last - v < SOME ? last : v + SOME;
		add_some(s, b, v, end, last);
	}
	return true;
}

static void
free_state(void *state)
{
	struct stat *s = state;

	mem_pages_free(s->slot, s->slots, sizeof *s->slot);
	mem_pages_free(s->entry, s->entries_cap, sizeof *s->entry);
	mem_pages_free(s->extra, s->extras_cap, sizeof *s->extra);
	free(s->rare);
	free(s->span);
	free(s->list.day);
	*s = (struct stat){ 0 };
}

const struct measure stat_measure = { "stat", sizeof(struct stat),
	MEASURE_PEOPLE, init, add, slot_merge, free_state };
