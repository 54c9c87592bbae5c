/* What was sold, and to whom; part of section.h. */
#include "base/num.h"
#include "base/tr.h"
#include "measure/score.h"
#include "measure/section.h"

#define MOST (INT64_MAX / 4) /* differences of such sums fit too */

struct room {
	struct trade_how how;
	struct section_totals totals[REVIEW_SIDES];
};

/* What one side is counted by. */
struct side {
	struct section_totals *sum;
	const struct period *period;
	struct segment_how stage; /* as of its end */
	int number;
};

/* Most have ordered on no or on one day: they are looked at no further. */
static bool
is_regular(const struct review *r, const struct trade_row *t,
    const struct segment_how *stage)
{
	struct segment_in in = { .first_ever = t->first_ever,
		.last_ever = t->last_ever, .state = t->state,
		.state_day = DATE_NONE };

	if (t->first_ever == t->last_ever)
		return false;
	if (t->state != KIND_NONE)
		in.state_day = zone_day(r->zone, t->state_time);
	return segment_stage_of(&in, stage) == SEGMENT_REGULAR;
}

static bool
add_sales(struct section_totals *sum, const struct trade_row *t)
{
	sum->active += t->orders > 0;
	sum->earlier += t->earlier;
	sum->again += t->earlier && t->orders > 0;
	sum->repeat += t->orders > 0 && t->first_ever < t->last_ever;
	sum->orders += t->orders;
	return num_add(&sum->revenue, t->revenue) &&
	    num_add(&sum->refunds, t->refunds) &&
	    sum->revenue <= MOST && sum->refunds <= MOST;
}

/* Of most customers only order days are known. */
static bool
add_customer(const struct side *s, const struct review *r, uint32_t who)
{
	const struct trade_days *d = trade_days(r->trade, who);
	struct trade_row t = { .first_ever = d->first[s->number],
		.last_ever = d->last[s->number], .state = KIND_NONE };
	bool moved = trade_moved(r->trade, who);

	if (moved)
		t = trade_row(r->trade, who, s->number);
	s->sum->fresh += t.first_ever != DATE_NONE &&
	    t.first_ever >= s->period->first &&
	    t.first_ever <= s->period->last;
	s->sum->regular += is_regular(r, &t, &s->stage);
	return !moved || add_sales(s->sum, &t);
}

static bool
add_up(struct section_totals sum[REVIEW_SIDES], const struct review *r,
    const struct map *people, struct err *e)
{
	for (int side = 0; side < REVIEW_SIDES; side++) {
		struct side s = { &sum[side], &r->period[side], r->stage,
			side };

		s.stage.today = s.period->first + r->days[side] - 1;
		for (uint32_t i = 0; i < people->len; i++)
			if (!add_customer(&s, r, i))
				return err_set(e, CRM_DATA,
				    _("the sum of all sales is too large"));
	}
	return true;
}

static void
add_totals(struct review *r, const struct section_totals *before,
    const struct section_totals *now)
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
	section_money(r, "sales", "basket",
	    (struct section_money){ before->revenue, before->orders },
	    (struct section_money){ now->revenue, now->orders });
	section_share(r, "sales", "repeat_rate",
	    (struct score_part){ before->repeat, before->active },
	    (struct score_part){ now->repeat, now->active });
}

static void
begin(void *room, const struct review *r, struct use *use)
{
	struct room *s = room;

	for (int side = 0; side < REVIEW_SIDES; side++)
		s->how.window[side] = r->window[side];
	s->how.earlier = r->earlier;
	use[0] = (struct use){ &trade_measure, &s->how, NULL };
}

static bool
ready(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	struct room *s = room;

	r->trade = use[0].state;
	r->totals = s->totals;
	return add_up(s->totals, r, people, e);
}

static bool
figures(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	(void)room;
	(void)use;
	(void)people;
	(void)e;
	add_totals(r, &r->totals[REVIEW_BEFORE], &r->totals[REVIEW_NOW]);
	return true;
}

const struct section section_sales = { sizeof(struct room), 1, begin, ready,
	figures, NULL, false };
