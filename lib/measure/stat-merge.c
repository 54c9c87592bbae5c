/* Merging states, and rows of tables; part of stat.h. */
#include "base/mem.h"
#include "measure/slot.h"

enum { AHEAD = 16, MORE = 8 }; /* slots that are being fetched */

/* Weave the order days of two chains that both rise into one. */
static void
weave_days(struct stat *s, struct slot *c, const struct stat *from,
    uint32_t at)
{
	uint32_t later = 0, below = c->days;

	for (; at != 0; at = from->entry[at - 1].before) {
		uint32_t day = from->entry[at - 1].day, new;

		while (below != 0 && s->entry[below - 1].day > day) {
			later = below;
			below = s->entry[below - 1].before;
		}
		if (below != 0 && s->entry[below - 1].day == day)
			continue;
		new = slot_new_entry(s, day, below);
		*(later == 0 ? &c->days : &s->entry[later - 1].before) = new;
		later = new;
		slot_count_days(c, 1);
	}
}

/* Take over a chain of order days. */
static void
take_days(struct stat *s, struct slot *c, const struct stat *from,
    const struct slot *o)
{
	uint32_t at = o->days & ~UNSORTED, last = slot_below(o->first);

	if (last > slot_below(c->first))
		slot_set_below(&c->first, last);
	if (((c->days | o->days) & UNSORTED) == 0) {
		weave_days(s, c, from, at);
		return;
	}
	for (; at != 0; at = from->entry[at - 1].before)
		c->days = slot_new_entry(s, from->entry[at - 1].day,
		    c->days & ~UNSORTED);
	c->days |= UNSORTED;
	s->unsettled = true;
}

static void
take_extra(struct stat *s, struct slot *c, const struct stat *from,
    const struct extra *o)
{
	const struct rare *r = slot_rare(from, o);
	struct extra *x = slot_extra_of(s, c);

	for (int i = 0; i < COUNTS; i++)
		slot_add_count(s, x, i, slot_count(o, r, i));
	for (int i = 0; i < LATEST; i++)
		slot_larger(&x->latest[i], o->latest[i]);
	if (o->rare == 0)
		return;
	for (int i = 0; i < SPEND; i++)
		slot_add_high(s, c, i, r->high[i]);
	for (int i = 0; i < RARES; i++)
		slot_sum_up(s, &slot_rare_of(s, x)->sum[i], r->sum[i]);
}

void
slot_take(struct stat *s, struct slot *c, const struct stat *from,
    const struct slot *o)
{
	const struct extra *x = slot_extra(from, o);

	if (o->extra != 0)
		take_extra(s, c, from, x);
	for (int i = 0; i < SPEND; i++)
		slot_add_sum(s, c, i, o->sum[i]);
	slot_add_events(s, c, o->events);
	c->contacts += o->contacts;
	c->orders += o->orders;
	slot_larger(&c->last, o->last);
	slot_larger_above(&c->first, slot_above(o->first));
	slot_larger_above(&c->contact, slot_above(o->contact));
	slot_larger_above(&c->tone, slot_above(o->tone));
	if (o->orders != 0)
		slot_add_spend(s, c, slot_below(o->contact),
		    slot_whole(o, slot_rare(from, x), SPEND));
	take_days(s, c, from, o);
}

void
slot_add_span(struct stat *s, struct span p)
{
	s->span = mem_grow(s->span, &s->spans_cap, s->spans + 1,
	    sizeof *s->span);
	s->span[s->spans++] = p;
}

void
slot_take_spans(struct stat *s, uint32_t to, const struct stat *from,
    uint32_t who)
{
	size_t low = 0, high = from->spans;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (from->span[mid].who < who)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < from->spans && from->span[low].who == who; low++) {
		struct span p = from->span[low];

		p.who = to;
		slot_add_span(s, p);
	}
}

bool
slot_merge(void *state, void *other, const uint32_t *who, struct err *e)
{
	struct stat *s = state, *from = other;

	(void)e;
	s->unsettled |= from->unsettled;
	for (uint32_t i = 0; i < from->people; i++) {
		slot_make_room(s, (size_t)who[i] + 1);
		s->people = s->people > who[i] ? s->people : who[i] + 1;
		if (i + AHEAD < from->people) {
			slot_fetch(s, who[i + AHEAD]);
			slot_fetch_extra(s, who[i + MORE]);
			slot_fetch_extra(from, i + MORE);
		}
		slot_take(s, &s->slot[who[i]], from, &from->slot[i]);
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
	return time == STAT_NEVER ? 0 : slot_latest_of(time, value);
}

/* Has a row what slots do not have? */
static bool
has_extra(const struct stat_row *r)
{
	return (r->refunds | r->cost | r->service_cost | r->cases |
		   r->solved) != 0 ||
	    r->nps_time != STAT_NEVER || r->csat_time != STAT_NEVER ||
	    r->state_time != STAT_NEVER;
}

static void
take_row_extra(struct stat *s, struct slot *c, const struct stat_row *r)
{
	const int64_t rare[RARES] = { r->refunds, r->cost, r->service_cost };
	struct extra *x = slot_extra_of(s, c);

	slot_add_count(s, x, CASES, (uint32_t)r->cases);
	slot_add_count(s, x, SOLVED, (uint32_t)r->solved);
	slot_larger(&x->latest[NPS],
	    latest_word(r->nps_time, SCORE_TOP - r->nps));
	slot_larger(&x->latest[CSAT],
	    latest_word(r->csat_time, SCORE_TOP - r->csat));
	slot_larger(&x->latest[STATE], latest_word(r->state_time, r->state));
	for (int i = 0; i < RARES; i++)
		if (rare[i] != 0)
			slot_sum_up(s, &slot_rare_of(s, x)->sum[i], rare[i]);
}

/* All but what its orders tell. */
static void
take_row(struct stat *s, struct slot *c, const struct stat_row *r)
{
	if (has_extra(r))
		take_row_extra(s, c, r);
	slot_add_sum(s, c, MINUTES, r->minutes);
	slot_add_sum(s, c, REVENUE, r->revenue);
	slot_add_events(s, c, (uint32_t)r->events);
	c->contacts += (uint32_t)r->contacts;
	c->orders += (uint32_t)r->orders;
	if (r->first != STAT_NEVER)
		slot_larger_above(&c->first, (uint64_t)(FAR - r->first));
	if (r->last != STAT_NEVER)
		slot_larger(&c->last, slot_time(r->last));
	if (r->last_contact != STAT_NEVER)
		slot_larger_above(&c->contact, slot_time(r->last_contact));
	if (r->tone_time != STAT_NEVER)
		slot_larger_above(&c->tone,
		    slot_tone_of(r->tone_time, r->tone));
}

bool
slot_follows(const struct slot *o, const struct stat_row *r)
{
	return o->days == 0 || r->orders == 0 ||
	    (o->days < UNSORTED &&
		slot_below(o->contact) >= slot_day(r->last_order));
}

void
slot_take_row(struct stat *s, struct slot *c, const struct stat_row *r,
    const struct slot *o)
{
	uint32_t last = slot_day(r->last_order);
	bool shared = slot_below(o->contact) == last;

	take_row(s, c, r);
	if (r->orders == 0)
		return;
	slot_add_spend(s, c, slot_day(r->first_order), r->first_spend);
	slot_set_below(&c->first, last);
	slot_count_days(c, (uint32_t)r->order_days - shared);
}

void
stat_add_row(struct stat *s, uint32_t who, const struct stat_row *r,
    const int32_t *days, size_t n)
{
	uint32_t first = slot_day(r->first_order);
	uint32_t last = slot_day(r->last_order);
	struct slot *c;

	slot_make_room(s, (size_t)who + 1);
	s->people = s->people > who ? s->people : who + 1;
	c = &s->slot[who];
	take_row(s, c, r);
	if (r->orders == 0)
		return;
	slot_add_spend(s, c, first, r->first_spend);
	if (n == 0) {
		slot_add_span(s, (struct span){ who, first, last,
		    (uint32_t)r->order_days });
		if (last > slot_below(c->first))
			slot_set_below(&c->first, last);
	}
	for (size_t i = 0; i < n; i++)
		slot_add_day(s, c, slot_day(days[i]));
}
