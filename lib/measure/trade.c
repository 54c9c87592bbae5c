#include "measure/trade.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/tr.h"

struct trade {
	const struct trade_how *how;
	struct trade_row (*row)[TRADE_SIDES]; /* by number of customer */
	size_t rows, cap;
};

static const struct trade_row nothing = {
	.first_ever = DATE_NONE, .last_ever = DATE_NONE,
	.state_time = INT64_MIN, .state = KIND_NONE,
};

enum duty { DUTY_NONE, DUTY_MONEY, DUTY_STATE };

static const uint8_t duty[KINDS] = {
	[KIND_ORDER] = DUTY_MONEY, [KIND_REFUND] = DUTY_MONEY,
	[KIND_DEAL] = DUTY_STATE, [KIND_WON] = DUTY_STATE,
	[KIND_LOST] = DUTY_STATE, [KIND_LEAVE] = DUTY_STATE,
	[KIND_RETURN] = DUTY_STATE,
};

static void
init(void *state, const void *how)
{
	*(struct trade *)state = (struct trade){ .how = how };
}

static struct trade_row *
rows_of(struct trade *s, uint32_t who)
{
	s->row = mem_grow(s->row, &s->cap, (size_t)who + 1, sizeof *s->row);
	for (; s->rows <= who; s->rows++)
		for (int side = 0; side < TRADE_SIDES; side++)
			s->row[s->rows][side] = nothing;
	return s->row[who];
}

static void
keep_state(struct trade_row *r, int64_t time, uint8_t kind)
{
	if (time > r->state_time ||
	    (time == r->state_time && kind > r->state)) {
		r->state_time = time;
		r->state = kind;
	}
}

static void
keep_days(struct trade_row *r, int32_t first, int32_t last)
{
	if (last == DATE_NONE)
		return;
	if (r->first_ever == DATE_NONE || first < r->first_ever)
		r->first_ever = first;
	if (last > r->last_ever)
		r->last_ever = last;
}

static bool
keep_money(struct trade_row *r, int64_t orders, int64_t revenue,
    int64_t refunds, struct err *e)
{
	r->orders += orders;
	if (num_add(&r->revenue, revenue) && num_add(&r->refunds, refunds))
		return true;
	return err_set(e, CRM_DATA, _("a customer's sales are too large"));
}

/* One event for one side; it lies before the side's end. */
static bool
count(struct trade_row *r, const struct event *v, struct window w,
    struct err *e)
{
	bool order = v->kind == KIND_ORDER;

	if (duty[v->kind] == DUTY_STATE) {
		keep_state(r, v->time, v->kind);
		return true;
	}
	if (order)
		keep_days(r, v->day, v->day);
	if (v->time < w.from)
		return true;
	return keep_money(r, order, order ? v->value : 0,
	    order ? 0 : v->value, e);
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	struct trade *s = state;

	for (size_t i = 0; i < b->n; i++) {
		const struct event *v = &b->event[i];
		struct trade_row *r;

		if (duty[v->kind] == DUTY_NONE)
			continue;
		r = rows_of(s, v->who);
		if (v->kind == KIND_ORDER &&
		    window_has(s->how->earlier, v->time))
			r[TRADE_BEFORE].earlier = true;
		for (int side = 0; side < TRADE_SIDES; side++)
			if (v->time < s->how->window[side].to &&
			    !count(&r[side], v, s->how->window[side], e))
				return false;
	}
	return true;
}

static bool
merge_row(struct trade_row *r, const struct trade_row *f, struct err *e)
{
	keep_days(r, f->first_ever, f->last_ever);
	r->earlier |= f->earlier;
	if (f->state != KIND_NONE)
		keep_state(r, f->state_time, f->state);
	return keep_money(r, f->orders, f->revenue, f->refunds, e);
}

static bool
merge(void *state, void *from, const uint32_t *who, struct err *e)
{
	struct trade *s = state;
	const struct trade *f = from;

	for (size_t i = 0; i < f->rows; i++) {
		struct trade_row *r = rows_of(s, who[i]);

		for (int side = 0; side < TRADE_SIDES; side++)
			if (!merge_row(&r[side], &f->row[i][side], e))
				return false;
	}
	return true;
}

static void
end(void *state)
{
	free(((struct trade *)state)->row);
}

const struct measure trade_measure = { "trade", sizeof(struct trade), true,
	init, add, merge, end };

struct trade_row
trade_row(const struct trade *s, uint32_t who, int side)
{
	struct trade_row r = who < s->rows ? s->row[who][side] : nothing;

	if (side == TRADE_NOW && who < s->rows)
		r.earlier = s->row[who][TRADE_BEFORE].orders > 0;
	return r;
}
