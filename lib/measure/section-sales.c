/* What was sold, and to whom; part of section.h. */
#include <string.h>

#include "base/num.h"
#include "base/tr.h"
#include "measure/score.h"
#include "measure/section.h"

#define MOST (INT64_MAX / 4) /* differences of such sums fit too */

/* Sums over all customers of one side. */
struct totals {
	int64_t fresh, active, repeat, regular;
	int64_t orders, revenue, refunds;
};

static bool
is_regular(const struct review *r, const struct trade_row *t, int side)
{
	struct segment_how how = r->stage;
	struct segment_in in = { .first_ever = t->first_ever,
		.last_ever = t->last_ever, .state = t->state,
		.state_day = DATE_NONE };

	how.today = r->period[side].first + r->days[side] - 1;
	if (t->state != KIND_NONE)
		in.state_day = zone_day(r->zone, t->state_time);
	return strcmp(segment_stage(&in, &how), "regular") == 0;
}

static bool
add_customer(struct totals *sum, const struct review *r,
    const struct trade_row *t, int side)
{
	const struct period *p = &r->period[side];

	sum->fresh += t->first_ever != DATE_NONE &&
	    t->first_ever >= p->first && t->first_ever <= p->last;
	sum->active += t->orders > 0;
	sum->repeat += t->orders > 0 && t->first_ever < t->last_ever;
	sum->regular += is_regular(r, t, side);
	sum->orders += t->orders;
	return num_add(&sum->revenue, t->revenue) &&
	    num_add(&sum->refunds, t->refunds) &&
	    sum->revenue <= MOST && sum->refunds <= MOST;
}

static bool
add_up(struct totals sum[REVIEW_SIDES], const struct review *r,
    const struct map *people, struct err *e)
{
	for (uint32_t i = 0; i < people->len; i++)
		for (int side = 0; side < REVIEW_SIDES; side++) {
			struct trade_row t = trade_row(
			    r->trade, i, side);

			if (!add_customer(&sum[side], r, &t, side))
				return err_set(e, CRM_DATA,
				    _("the sum of all sales is too large"));
		}
	return true;
}

/* Hundredths of a currency unit as money. */
static int64_t
cents(int64_t v)
{
	return v == SCORE_NONE ? FIGURE_NONE : v * (NUM_ONE / 100);
}

static void
add_basket(struct review *r, const struct totals *before,
    const struct totals *now)
{
	int64_t n = before->orders * NUM_ONE, m = now->orders * NUM_ONE;
	struct figure *f = section_add(r, "sales", "basket", FIGURE_MONEY,
	    cents(score_mean(before->revenue, n)),
	    cents(score_mean(now->revenue, m)));

	f->change = cents(score_mean_change(before->revenue, n, now->revenue,
	    m));
	f->n = now->orders;
	f->few = f->n < REVIEW_FEW;
}

static void
add_totals(struct review *r, const struct totals *before,
    const struct totals *now)
{
	section_count(r, "customers", "new", before->fresh, now->fresh);
	section_count(r, "customers", "active", before->active, now->active);
	section_add(r, "customers", "regular", FIGURE_COUNT, before->regular,
	    now->regular);
	section_count(r, "sales", "orders", before->orders, now->orders);
	section_add(r, "sales", "revenue", FIGURE_MONEY, before->revenue,
	    now->revenue);
	section_add(r, "sales", "refunds", FIGURE_MONEY, before->refunds,
	    now->refunds);
	add_basket(r, before, now);
	section_share(r, "sales", "repeat_rate",
	    (struct score_part){ before->repeat, before->active },
	    (struct score_part){ now->repeat, now->active });
}

static void
begin(void *room, const struct review *r, struct use *use)
{
	struct trade_how *how = room;

	for (int side = 0; side < REVIEW_SIDES; side++)
		how->window[side] = r->window[side];
	use[0] = (struct use){ &trade_measure, how, NULL };
}

static bool
ready(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	(void)room;
	(void)people;
	(void)e;
	r->trade = use[0].state;
	return true;
}

static bool
figures(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	struct totals sum[REVIEW_SIDES] = { 0 };

	(void)room;
	(void)use;
	if (!add_up(sum, r, people, e))
		return false;
	add_totals(r, &sum[REVIEW_BEFORE], &sum[REVIEW_NOW]);
	return true;
}

const struct section section_sales = { sizeof(struct trade_how), 1, begin,
	ready, figures, NULL };
