#include "measure/stat.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "measure/slot.h"

/* What each kind adds to. */
static const struct effect {
	uint8_t sum, summed;    /* value to sum[sum] */
	uint8_t contact;
	uint8_t second;         /* anything of the following, so the second
	                           cache line is touched */
	uint8_t count, counted; /* 1 to count[count] */
	uint8_t latest, answer; /* value to latest[latest] */
	uint8_t state;          /* kind to latest[STATE] */
	uint8_t rare, seldom;   /* value to sum[rare] of struct rare */
} effect[KINDS] = {
	[KIND_IN] = { .sum = MINUTES, .summed = 1, .contact = 1 },
	[KIND_OUT] = { .sum = MINUTES, .summed = 1, .contact = 1 },
	[KIND_VISIT] = { .sum = MINUTES, .summed = 1, .contact = 1 },
	[KIND_ORDER] = { .sum = REVENUE, .summed = 1, .second = 1,
	    .count = ORDERS, .counted = 1 },
	[KIND_REFUND] = { .second = 1, .rare = REFUNDS, .seldom = 1 },
	[KIND_COST] = { .second = 1, .rare = COST, .seldom = 1 },
	[KIND_NPS] = { .second = 1, .latest = NPS, .answer = 1 },
	[KIND_CSAT] = { .second = 1, .latest = CSAT, .answer = 1 },
	[KIND_COMPLAINT] = { .contact = 1, .second = 1, .count = CASES,
	    .counted = 1 },
	[KIND_REQUEST] = { .contact = 1, .second = 1, .count = CASES,
	    .counted = 1 },
	[KIND_REPLY] = { .contact = 1 },
	[KIND_SOLVE] = { .second = 1, .count = SOLVED, .counted = 1 },
	[KIND_DEAL] = { .second = 1, .state = 1 },
	[KIND_WON] = { .second = 1, .state = 1 },
	[KIND_LOST] = { .second = 1, .state = 1 },
	[KIND_LEAVE] = { .second = 1, .state = 1 },
	[KIND_RETURN] = { .second = 1, .state = 1 },
};

static inline void
larger(uint64_t *a, uint64_t b)
{
	*a = *a > b ? *a : b;
}

/* Sums stay at the top once they have reached it: too large is too large
 * in any order. */
static inline void
sum_up(int64_t *sum, int64_t add)
{
	if (__builtin_add_overflow(*sum, add, sum))
		*sum = INT64_MAX;
}

static inline uint64_t
latest_of(int64_t time, int64_t value)
{
	return slot_time(time) << VALUE_BITS | (uint64_t)value;
}

static void
init(void *state, const void *how)
{
	struct stat *s = state;
	const struct stat_how *h = how;

	s->window = h != NULL ? h->window : WINDOW_ALL;
}

static inline void
make_room(struct stat *s, size_t n)
{
	size_t more = s->slots < 512 ? 512 : s->slots;

	if (n <= s->slots)
		return;
	while (more < n)
		more *= 2;
	s->slot = mem_pages_grow(s->slot, s->slots, more, sizeof *s->slot);
	s->slots = more;
}

static uint32_t
new_entry(struct stat *s, uint32_t day, uint32_t before)
{
	if (s->entries == s->entries_cap) {
		size_t more = s->entries_cap < 512 ? 512 : 2 * s->entries_cap;

		s->entry = mem_pages_grow(s->entry, s->entries_cap, more,
		    sizeof *s->entry);
		s->entries_cap = more;
	}
	s->entry[s->entries] = (struct entry){ day, before };
	return (uint32_t)++s->entries;
}

/* An order day: appended where it is later than all before it, passed over
 * where it is the last again, else put on top and left for stat_settle. */
static inline void
add_day(struct stat *s, struct slot *c, uint32_t day)
{
	uint32_t flag = c->days & UNSORTED;

	if (day == c->last_day)
		return;
	if (day < c->last_day)
		flag = UNSORTED;
	else
		c->last_day = day;
	c->days = new_entry(s, day, c->days & ~UNSORTED) | flag;
	c->order_days++;
}

static inline void
add_spend(struct slot *c, uint32_t day, int64_t value)
{
	if (c->first_day == 0 || day < c->first_day) {
		c->first_day = day;
		c->first_spend = value;
	} else if (day == c->first_day) {
		sum_up(&c->first_spend, value);
	}
}

static void
add_order(struct stat *s, struct slot *c, int32_t day, int64_t value)
{
	uint32_t d = slot_day(day);

	add_spend(c, d, value);
	add_day(s, c, d);
}

static int64_t *
rare_of(struct stat *s, struct slot *c)
{
	if (c->rare == 0) {
		s->rare = mem_grow(s->rare, &s->rares_cap, s->rares + 1,
		    sizeof *s->rare);
		s->rare[s->rares] = (struct rare){ { 0 } };
		c->rare = (uint32_t)++s->rares;
	}
	return s->rare[c->rare - 1].sum;
}

static void
add_rare(struct stat *s, struct slot *c, const struct batch *b,
    const struct event *v, int64_t value)
{
	int64_t *sum = rare_of(s, c);

	sum_up(&sum[effect[v->kind].rare], value);
	if (v->kind == KIND_COST &&
	    slice_is(event_field(b, v, EVENT_TOPIC), "service"))
		sum_up(&sum[SERVICE], value);
}

/* What a kind does beyond the first cache line. */
static void
add_second(struct stat *s, struct slot *c, const struct batch *b,
    const struct event *v, int64_t value)
{
	const struct effect *f = &effect[v->kind];

	c->count[f->count] += f->counted;
	if (f->answer)
		larger(&c->latest[f->latest],
		    latest_of(v->time, SCORE_TOP - value / NUM_ONE));
	if (v->kind == KIND_ORDER)
		add_order(s, c, v->day, value);
	if (f->seldom)
		add_rare(s, c, b, v, value);
}

static inline void
add_event(struct stat *s, struct slot *c, const struct batch *b,
    const struct event *v)
{
	const struct effect *f = &effect[v->kind];
	int64_t value = v->value == EVENT_NO_VALUE ? 0 : v->value;
	uint64_t at = slot_time(v->time);

	if (f->state)
		larger(&c->latest[STATE], latest_of(v->time, v->kind));
	if (v->time < s->window.from)
		return;
	c->events++;
	larger(&c->first, (uint64_t)(FAR - v->time));
	larger(&c->last, at);
	c->contacts += f->contact;
	larger(&c->last_contact, f->contact ? at : 0);
	sum_up(&c->sum[f->sum], f->summed ? value : 0);
	if (v->tone != EVENT_NO_TONE)
		larger(&c->latest[TONE],
		    latest_of(v->time, TONE_TOP - v->tone));
	if (f->second)
		add_second(s, c, b, v, value);
}

/* Fetch what an event some rows on will touch. */
static inline void
fetch(const struct stat *s, const struct event *v)
{
	struct slot *c = &s->slot[v->who];

	__builtin_prefetch(c, 1);
	if (effect[v->kind].second || v->tone != EVENT_NO_TONE)
		__builtin_prefetch(&c->latest, 1);
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	enum { AHEAD = 16 };
	struct stat *s = state;

	(void)e;
	make_room(s, b->people->len);
	s->people = b->people->len;
	for (size_t i = 0; i < b->n; i++) {
		const struct event *v = &b->event[i];

		if (i + AHEAD < b->n)
			fetch(s, v + AHEAD);
		if (v->time < s->window.to)
			add_event(s, &s->slot[v->who], b, v);
	}
	return true;
}

/* Take over a rising chain of days that are not before the last one. */
static void
take_later_days(struct stat *s, struct slot *c, const struct stat *from,
    const struct slot *o)
{
	bool same = o->first_day == c->last_day;
	uint32_t n = o->order_days - same, at = o->days;

	for (uint32_t i = 0; i < n; i++)
		c->days = new_entry(s, 0, c->days);
	for (uint32_t i = 0; i < n; i++) {
		s->entry[s->entries - 1 - i].day = from->entry[at - 1].day;
		at = from->entry[at - 1].before;
	}
	c->order_days += n;
	c->last_day = o->last_day;
}

/* Take over a chain of order days. */
static void
take_days(struct stat *s, struct slot *c, const struct stat *from,
    const struct slot *o)
{
	uint32_t at = o->days & ~UNSORTED;

	if (at != 0 && o->first_day >= c->last_day &&
	    ((c->days | o->days) & UNSORTED) == 0) {
		take_later_days(s, c, from, o);
		return;
	}

	for (; at != 0; at = from->entry[at - 1].before) {
		uint32_t day = from->entry[at - 1].day;

		c->days = new_entry(s, day, c->days & ~UNSORTED) | UNSORTED;
		c->order_days++;
		c->last_day = c->last_day > day ? c->last_day : day;
	}
}

static void
take_slot(struct stat *s, struct slot *c, const struct stat *from,
    const struct slot *o)
{
	for (int i = 0; i < SUMS; i++)
		sum_up(&c->sum[i], o->sum[i]);
	for (int i = 0; o->rare != 0 && i < RARES; i++)
		sum_up(&rare_of(s, c)[i], from->rare[o->rare - 1].sum[i]);
	for (int i = 0; i < COUNTS; i++)
		c->count[i] += o->count[i];
	for (int i = 0; i < LATEST; i++)
		larger(&c->latest[i], o->latest[i]);
	larger(&c->first, o->first);
	larger(&c->last, o->last);
	larger(&c->last_contact, o->last_contact);
	c->events += o->events;
	c->contacts += o->contacts;
	if (o->first_day != 0)
		add_spend(c, o->first_day, o->first_spend);
	take_days(s, c, from, o);
}

void
slot_add_span(struct stat *s, struct span p)
{
	s->span = mem_grow(s->span, &s->spans_cap, s->spans + 1,
	    sizeof *s->span);
	s->span[s->spans++] = p;
}

static bool
merge(void *state, void *other, const uint32_t *who, struct err *e)
{
	struct stat *s = state, *from = other;

	(void)e;
	for (uint32_t i = 0; i < from->people; i++) {
		make_room(s, (size_t)who[i] + 1);
		s->people = s->people > who[i] ? s->people : who[i] + 1;
		take_slot(s, &s->slot[who[i]], from, &from->slot[i]);
	}
	for (size_t i = 0; i < from->spans; i++) {
		struct span p = from->span[i];

		p.who = who[p.who];
		slot_add_span(s, p);
	}
	return true;
}

/* A word of latest from a row; nothing where there is none. */
static uint64_t
latest_word(int64_t time, int64_t value)
{
	return time == STAT_NEVER ? 0 : latest_of(time, value);
}

static void
take_row(struct stat *s, struct slot *c, const struct stat_row *r)
{
	const int64_t rare[RARES] = { r->refunds, r->cost, r->service_cost };

	sum_up(&c->sum[MINUTES], r->minutes);
	sum_up(&c->sum[REVENUE], r->revenue);
	for (int i = 0; i < RARES; i++)
		if (rare[i] != 0)
			sum_up(&rare_of(s, c)[i], rare[i]);
	c->events += (uint32_t)r->events;
	c->contacts += (uint32_t)r->contacts;
	c->count[ORDERS] += (uint32_t)r->orders;
	c->count[CASES] += (uint32_t)r->cases;
	c->count[SOLVED] += (uint32_t)r->solved;
	if (r->first != STAT_NEVER)
		larger(&c->first, (uint64_t)(FAR - r->first));
	if (r->last != STAT_NEVER)
		larger(&c->last, slot_time(r->last));
	if (r->last_contact != STAT_NEVER)
		larger(&c->last_contact, slot_time(r->last_contact));
	larger(&c->latest[TONE], latest_word(r->tone_time, TONE_TOP - r->tone));
	larger(&c->latest[NPS], latest_word(r->nps_time, SCORE_TOP - r->nps));
	larger(&c->latest[CSAT],
	    latest_word(r->csat_time, SCORE_TOP - r->csat));
	larger(&c->latest[STATE], latest_word(r->state_time, r->state));
}

void
stat_add_row(struct stat *s, uint32_t who, const struct stat_row *r,
    const int32_t *days, size_t n)
{
	uint32_t first = slot_day(r->first_order);
	uint32_t last = slot_day(r->last_order);
	struct slot *c;

	make_room(s, (size_t)who + 1);
	s->people = s->people > who ? s->people : who + 1;
	c = &s->slot[who];
	take_row(s, c, r);
	if (r->orders == 0)
		return;
	add_spend(c, first, r->first_spend);
	if (n == 0) {
		slot_add_span(s, (struct span){ who, first, last,
		    (uint32_t)r->order_days });
		c->last_day = c->last_day > last ? c->last_day : last;
	}
	for (size_t i = 0; i < n; i++)
		add_day(s, c, slot_day(days[i]));
}

static void
free_state(void *state)
{
	struct stat *s = state;

	mem_pages_free(s->slot, s->slots, sizeof *s->slot);
	mem_pages_free(s->entry, s->entries_cap, sizeof *s->entry);
	free(s->rare);
	free(s->span);
	free(s->list);
	*s = (struct stat){ 0 };
}

const struct measure stat_measure = { "stat", sizeof(struct stat), true,
	init, add, merge, free_state };
