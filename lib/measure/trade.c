#include "measure/trade.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/tr.h"

struct days {
	struct trade_days on;
	uint32_t more; /* number of his struct more, from 1; 0 for none */
};

/* What only some customers have: sales in one of the periods, or a state. */
struct more {
	struct side {
		int64_t orders, revenue, refunds; /* inside the window */
		int64_t state_time;               /* up to its end */
		uint8_t state;
	} side[TRADE_SIDES];
	bool earlier; /* ordered in the period before both */
};

struct trade {
	const struct trade_how *how;
	int64_t since;     /* when the first of the three periods begins */
	struct days *days; /* by number of customer */
	size_t n, room;
	struct more *more;
	size_t mores, cap;
};

static const struct trade_days no_days = { { DATE_NONE, DATE_NONE },
	{ DATE_NONE, DATE_NONE } };

enum { SOME = 64 }; /* events whose customers are fetched at once */

#define ONE(kind) (UINT64_C(1) << (kind))

static const uint64_t money = ONE(KIND_ORDER) | ONE(KIND_REFUND);
static const uint64_t states = ONE(KIND_DEAL) | ONE(KIND_WON) |
    ONE(KIND_LOST) | ONE(KIND_LEAVE) | ONE(KIND_RETURN);

static void
init(void *state, const void *how)
{
	const struct trade_how *h = how;
	int64_t since = h->earlier.from;

	for (int side = 0; side < TRADE_SIDES; side++)
		if (h->window[side].from < since)
			since = h->window[side].from;
	*(struct trade *)state = (struct trade){ .how = h, .since = since };
}

/* Room for the customers 0 to n - 1. */
static void
make_room(struct trade *s, size_t n)
{
	size_t more = s->room < 512 ? 512 : s->room;

	while (more < n)
		more *= 2;
	if (more > s->room)
		s->days = mem_pages_grow(s->days, s->room, more,
		    sizeof *s->days);
	s->room = more;
	for (; s->n < n; s->n++)
		s->days[s->n] = (struct days){ no_days, 0 };
}

static struct more *
more_of(struct trade *s, struct days *d)
{
	const struct side none = { .state_time = INT64_MIN,
		.state = KIND_NONE };

	if (d->more == 0) {
		s->more = mem_grow(s->more, &s->cap, s->mores + 1,
		    sizeof *s->more);
		s->more[s->mores++] = (struct more){ { none, none }, false };
		d->more = (uint32_t)s->mores;
	}
	return &s->more[d->more - 1];
}

static void
keep_state(struct side *r, int64_t time, uint8_t kind)
{
	if (time > r->state_time ||
	    (time == r->state_time && kind > r->state)) {
		r->state_time = time;
		r->state = kind;
	}
}

static inline void
keep_days(struct trade_days *d, int side, int32_t first, int32_t last)
{
	if (d->first[side] == DATE_NONE || first < d->first[side])
		d->first[side] = first;
	if (last > d->last[side])
		d->last[side] = last;
}

static bool
keep_money(struct side *r, int64_t orders, int64_t revenue, int64_t refunds,
    struct err *e)
{
	r->orders += orders;
	if (num_add(&r->revenue, revenue) && num_add(&r->refunds, refunds))
		return true;
	return err_set(e, CRM_DATA, _("a customer's sales are too large"));
}

static bool
count_money(struct trade *s, struct days *d, const struct event *v,
    struct err *e)
{
	const struct trade_how *how = s->how;
	bool order = v->kind == KIND_ORDER, good = true;
	struct more *m;

	for (int side = 0; order && side < TRADE_SIDES; side++)
		if (v->time < how->window[side].to)
			keep_days(&d->on, side, v->day, v->day);
	if (v->time < s->since)
		return true;
	m = more_of(s, d);
	m->earlier |= order && window_has(how->earlier, v->time);
	for (int side = 0; good && side < TRADE_SIDES; side++)
		if (window_has(how->window[side], v->time))
			good = keep_money(&m->side[side], order,
			    order ? v->value : 0, order ? 0 : v->value, e);
	return good;
}

static void
count_state(struct trade *s, struct days *d, const struct event *v)
{
	struct more *m = more_of(s, d);

	for (int side = 0; side < TRADE_SIDES; side++)
		if (v->time < s->how->window[side].to)
			keep_state(&m->side[side], v->time, v->kind);
}

static bool
count(struct trade *s, const struct event *const *v, size_t n, struct err *e)
{
	bool good = true;

	for (size_t i = 0; good && i < n; i++) {
		struct days *d = &s->days[v[i]->who];

		if ((money >> v[i]->kind & 1) != 0)
			good = count_money(s, d, v[i], e);
		else
			count_state(s, d, v[i]);
	}
	return good;
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	struct trade *s = state;
	struct batch_walk w = { money | states, 0 };
	const struct event *v[SOME];
	bool good = true;
	size_t n = 0;

	make_room(s, b->people);
	while (good && (v[n] = batch_next(b, &w)) != NULL) {
		__builtin_prefetch(&s->days[v[n++]->who], 1);
		if (n == SOME) {
			good = count(s, v, n, e);
			n = 0;
		}
	}
	return good && count(s, v, n, e);
}

static bool
merge_more(struct more *m, const struct more *f, struct err *e)
{
	bool good = true;

	m->earlier |= f->earlier;
	for (int i = 0; good && i < TRADE_SIDES; i++) {
		const struct side *from = &f->side[i];

		if (from->state != KIND_NONE)
			keep_state(&m->side[i], from->state_time,
			    from->state);
		good = keep_money(&m->side[i], from->orders, from->revenue,
		    from->refunds, e);
	}
	return good;
}

static bool
merge(void *state, void *from, const uint32_t *who, struct err *e)
{
	struct trade *s = state;
	const struct trade *f = from;

	for (size_t i = 0; i < f->n; i++) {
		const struct days *d = &f->days[i];

		make_room(s, (size_t)who[i] + 1);
		for (int side = 0; side < TRADE_SIDES; side++)
			if (d->on.last[side] != DATE_NONE)
				keep_days(&s->days[who[i]].on, side,
				    d->on.first[side], d->on.last[side]);
		if (d->more != 0 && !merge_more(more_of(s,
			&s->days[who[i]]), &f->more[d->more - 1], e))
			return false;
	}
	return true;
}

static void
end(void *state)
{
	struct trade *s = state;

	mem_pages_free(s->days, s->room, sizeof *s->days);
	free(s->more);
}

const struct measure trade_measure = { "trade", sizeof(struct trade),
	MEASURE_PEOPLE | MEASURE_KINDS, init, add, merge, end };

bool
trade_moved(const struct trade *s, uint32_t who)
{
	enum { AHEAD = 16 };
	uint32_t next = who + AHEAD;

	if (next < s->n && s->days[next].more != 0) {
		const struct more *m = &s->more[s->days[next].more - 1];

		__builtin_prefetch(m);
		__builtin_prefetch(&m->earlier);
	}
	return who < s->n && s->days[who].more != 0;
}

const struct trade_days *
trade_days(const struct trade *s, uint32_t who)
{
	return who < s->n ? &s->days[who].on : &no_days;
}

struct trade_row
trade_row(const struct trade *s, uint32_t who, int side)
{
	struct trade_row r = { .first_ever = DATE_NONE,
		.last_ever = DATE_NONE, .state_time = INT64_MIN,
		.state = KIND_NONE };
	const struct more *m;
	const struct side *in;

	if (who >= s->n)
		return r;
	r.first_ever = s->days[who].on.first[side];
	r.last_ever = s->days[who].on.last[side];
	if (s->days[who].more == 0)
		return r;
	m = &s->more[s->days[who].more - 1];
	in = &m->side[side];
	r.orders = in->orders;
	r.revenue = in->revenue;
	r.refunds = in->refunds;
	r.state_time = in->state_time;
	r.state = in->state;
	r.earlier = side == TRADE_NOW ? m->side[TRADE_BEFORE].orders > 0
				      : m->earlier;
	return r;
}
