#include "measure/points.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/sort.h"
#include "base/tr.h"

__extension__ typedef __int128 wide; /* an amount times a rate */

enum { YEAR = 12 }; /* months that a tier looks back */

/* A customer in the making. */
struct making {
	struct points_walk *w;
	struct points *to;
	const struct thread_event *v;
	int32_t year; /* the day before the year that counts */
	bool fits;    /* do all sums? */
};

struct thread_how
points_how(const struct points_rules *r)
{
	return (struct thread_how){
		.kinds = THREAD_KIND(KIND_EARN) | THREAD_KIND(KIND_REDEEM) |
		    THREAD_KIND(KIND_VOUCHER) |
		    (r->per_unit == 0 ? 0 : THREAD_KIND(KIND_ORDER) |
		    THREAD_KIND(KIND_REFUND)),
		.columns = THREAD_COLUMN(EVENT_REF),
	};
}

static void
sum(struct making *m, int64_t *to, int64_t points)
{
	m->fits = num_add(to, points) && *to <= NUM_MAX && m->fits;
}

/* The same of a flow: only what happens in the period. */
static void
flow(struct making *m, int64_t *to, int32_t day, int64_t points)
{
	if (day >= m->w->rules->first)
		sum(m, to, points);
}

/* --- lots of points ----------------- */

static void
add_lot(struct making *m, uint32_t event, int64_t points, int64_t amount,
    int64_t refunded)
{
	struct points_walk *w = m->w;
	int64_t paid = points < w->debt ? points : w->debt;
	int32_t day = m->v[event].day;

	w->lot = mem_grow(w->lot, &w->lot_cap, w->lots + 1, sizeof *w->lot);
	w->lot[w->lots++] = (struct points_lot){ event, day, points,
		points - paid, 0, amount, refunded };
	w->debt -= paid;
	m->to->any = m->to->any || points > 0;
	flow(m, &m->to->earned, day, points);
	if (day > m->year)
		sum(m, &m->to->year, points);
}

/* The last day on which it is good. */
static int64_t
last_of(const struct points_walk *w, const struct points_lot *l)
{
	return w->rules->expiry_days > 0
	    ? (int64_t)l->day + w->rules->expiry_days : INT64_MAX;
}

/* Lots that are no longer good on this day. */
static void
expire(struct making *m, int32_t day)
{
	struct points_walk *w = m->w;

	for (; w->expired < w->lots; w->expired++) {
		struct points_lot *l = &w->lot[w->expired];
		int64_t last = last_of(w, l);

		if (last >= day)
			return;
		if (l->left > 0)
			flow(m, &m->to->expired, (int32_t)(last + 1),
			    l->left);
		l->gone = l->left;
		l->left = 0;
	}
}

static int64_t
take_from(struct points_lot *l, int64_t points)
{
	int64_t n = points < l->left ? points : l->left;

	l->left -= n;
	return points - n;
}

/* Take points from the oldest lots on that are good on this day, which may
 * lie ahead of today; what is not there is owed. */
static void
take_oldest(struct making *m, int64_t points, int32_t day)
{
	struct points_walk *w = m->w;

	for (; w->oldest < w->lots; w->oldest++) {
		if (last_of(w, &w->lot[w->oldest]) < day)
			continue;
		points = take_from(&w->lot[w->oldest], points);
		if (points == 0)
			return;
	}
	sum(m, &w->debt, points);
	flow(m, &m->to->shortfall, day, points);
}

/* --- what events do ----------------- */

/* The points of an amount, rounded down; more than NUM_MAX, which no sum
 * takes, where they are too many. */
static int64_t
points_for(const struct points_walk *w, int64_t amount)
{
	wide points = (wide)amount * w->rules->per_unit / NUM_ONE / NUM_ONE;

	return points > NUM_MAX ? INT64_MAX : (int64_t)points;
}

/* The same of an order, which has a minimum. */
static int64_t
order_points(const struct points_walk *w, int64_t amount)
{
	return amount < w->rules->minimum ? 0 : points_for(w, amount);
}

static int64_t
smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Are there refunds that were written down with a time before their
 * order's?  Hardly ever. */
static bool
has_early(const struct refunds *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->at[i].order != REFUND_LOOSE &&
		    r->at[i].event < r->at[i].order)
			return true;
	return false;
}

/* What of an order they gave back. */
static int64_t
refunded_before(const struct points_walk *w, const struct thread_event *v,
    uint32_t order)
{
	int64_t amount = 0;

	for (size_t i = 0; w->early && i < w->refunds.n &&
	    w->refunds.at[i].event < order; i++)
		if (w->refunds.at[i].order == order)
			amount = smaller(NUM_MAX,
			    amount + v[w->refunds.at[i].event].value);
	return smaller(amount, v[order].value);
}

static void
take_order(struct making *m, uint32_t i)
{
	int64_t amount = m->v[i].value;
	int64_t refunded = refunded_before(m->w, m->v, i);

	add_lot(m, i, order_points(m->w, amount - refunded), amount,
	    refunded);
}

static struct points_lot *
lot_of(struct points_walk *w, uint32_t event)
{
	size_t i = sort_first(w->lot, w->lots, sizeof *w->lot, event);

	return i < w->lots && w->lot[i].event == event ? &w->lot[i] : NULL;
}

/* What has expired cannot be taken back any more, and need not be. */
static void
take_back(struct making *m, struct points_lot *l, int64_t amount, int32_t day)
{
	struct points_walk *w = m->w;
	int64_t had = order_points(w, l->amount - l->refunded), points, spared;

	l->refunded = smaller(l->amount, l->refunded + amount);
	points = had - order_points(w, l->amount - l->refunded);
	if (l->day > m->year)
		sum(m, &m->to->year, -points);
	spared = smaller(l->gone, points - smaller(points, l->left));
	l->gone -= spared;
	points -= spared;
	flow(m, &m->to->returned, day, points);
	take_oldest(m, take_from(l, points), day);
}

static void
take_refund(struct making *m, uint32_t event, uint32_t order)
{
	const struct thread_event *v = &m->v[event];
	struct points_lot *l;
	int64_t points;

	if (order != REFUND_LOOSE) {
		l = lot_of(m->w, order);
		if (l != NULL)
			take_back(m, l, v->value, v->day);
		return;
	}
	points = points_for(m->w, v->value);
	flow(m, &m->to->returned, v->day, points);
	if (v->day > m->year)
		sum(m, &m->to->year, -points);
	take_oldest(m, points, v->day);
}

/* --- vouchers ----------------------- */

static void
find_vouchers(struct vouchers *a, const struct thread_event *v, size_t n)
{
	a->n = 0;
	for (size_t i = 0; i < n; i++)
		if (v[i].kind == KIND_VOUCHER)
			vouchers_add(a, v[i].word[THREAD_REF], &v[i]);
	vouchers_sort(a);
}

static void
use_voucher(struct making *m, const struct thread_event *v)
{
	const struct voucher *o = vouchers_use(&m->w->vouchers,
	    v->word[THREAD_REF], v);

	if (o == NULL || !voucher_is_good(o, v->day))
		flow(m, &m->to->stray, v->day, 1);
}

static void
count_vouchers(struct making *m)
{
	const struct vouchers *all = &m->w->vouchers;
	int32_t today = m->w->rules->today;
	struct points *to = m->to;

	for (size_t i = 0; i < all->n; i++) {
		const struct voucher *o = &all->at[i];
		int32_t due = o->event->due;

		to->given++;
		if (o->used) {
			to->used++;
			continue;
		}
		if (!voucher_is_good(o, today)) {
			to->lapsed++;
			continue;
		}
		sum(m, &to->open_value, o->event->value);
		if (due != DATE_NONE &&
		    (to->open_due == DATE_NONE || due < to->open_due))
			to->open_due = due;
	}
	to->any = to->any || to->given > 0;
}

/* --- the walk ----------------------- */

static void
take_event(struct making *m, uint32_t i, size_t *refund)
{
	const struct thread_event *v = &m->v[i];

	switch (v->kind) {
	case KIND_EARN:
		add_lot(m, i, v->value / NUM_ONE, 0, 0);
		break;
	case KIND_ORDER:
		take_order(m, i);
		break;
	case KIND_REFUND:
		take_refund(m, i, m->w->refunds.at[(*refund)++].order);
		break;
	case KIND_REDEEM:
		m->to->any = true;
		if (v->word[THREAD_REF] != 0) {
			use_voucher(m, v);
			break;
		}
		flow(m, &m->to->redeemed, v->day, v->value / NUM_ONE);
		take_oldest(m, v->value / NUM_ONE, v->day);
		break;
	}
}

/* What is left, and what of it expires soon. */
static void
settle(struct making *m)
{
	const struct points_walk *w = m->w;
	const struct points_rules *r = w->rules;
	struct points *to = m->to;

	expire(m, r->today);
	for (size_t i = 0; i < w->lots; i++) {
		const struct points_lot *l = &w->lot[i];
		int64_t last = last_of(w, l);

		sum(m, &to->balance, l->left);
		if (l->left == 0 || r->expiry_days == 0)
			continue;
		if (to->expires == DATE_NONE)
			to->expires = (int32_t)smaller(last, DATE_LAST);
		if (last <= (int64_t)r->today + r->soon)
			sum(m, &to->expiring, l->left);
	}
	sum(m, &to->balance, -w->debt);
	to->tier = to->any ? tiers_of(r->tiers, to->year) : SLICE_EMPTY;
	count_vouchers(m);
}

bool
points_of(struct points_walk *w, const struct thread_event *v, size_t n,
    struct points *to, struct err *e)
{
	struct making m = { w, to, v,
		date_add_months(w->rules->today, -YEAR), true };
	char shown[ERR_SHOWN];
	size_t refund = 0;

	*to = (struct points){ .expires = DATE_NONE, .open_due = DATE_NONE,
		.tier = SLICE_EMPTY };
	w->lots = w->expired = w->oldest = 0;
	w->debt = 0;
	refunds_find(&w->refunds, v, n);
	w->early = has_early(&w->refunds);
	find_vouchers(&w->vouchers, v, n);
	for (uint32_t i = 0; i < n; i++) {
		to->chosen = to->chosen || v[i].chosen;
		expire(&m, v[i].day < w->rules->today ? v[i].day
						      : w->rules->today);
		take_event(&m, i, &refund);
	}
	settle(&m);
	return m.fits || err_set(e, CRM_DATA, "%s: \"%s\"",
	    _("the sum is too large"),
	    err_shown(shown, thread_customer(w->t, v)));
}

void
points_free(struct points_walk *w)
{
	refunds_free(&w->refunds);
	free(w->lot);
	vouchers_free(&w->vouchers);
}
