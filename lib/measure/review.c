#include "measure/review.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/tr.h"
#include "measure/score.h"

#define MOST (INT64_MAX / 4) /* differences of such sums fit too */

enum { USE_TRADE, USE_NPS, USE_CASES = USE_NPS + REVIEW_SIDES };

/* Sums over all customers of one side. */
struct totals {
	int64_t fresh, active, repeat, regular;
	int64_t orders, revenue, refunds;
};

static void
use(struct review *r, int at, const struct measure *m, const void *how)
{
	r->use[at] = (struct use){ m, how, NULL };
}

void
review_begin(struct review *r)
{
	for (int side = 0; side < REVIEW_SIDES; side++) {
		r->trade.window[side] = r->window[side];
		r->nps[side] = (struct nps_how){ KIND_NPS, r->window[side],
			NULL };
		r->cases[side] = (struct cases_how){ r->window[side] };
		use(r, USE_NPS + side, &nps_measure, &r->nps[side]);
		use(r, USE_CASES + side, &cases_measure, &r->cases[side]);
	}
	use(r, USE_TRADE, &trade_measure, &r->trade);
}

void
review_free(struct review *r)
{
	for (int i = 0; i < REVIEW_USES; i++)
		use_free(&r->use[i]);
	free(r->figure);
}

static struct figure *
new_figure(struct review *r, const char *section, struct slice name,
    enum figure_unit unit)
{
	struct figure *f;

	r->figure = mem_grow(r->figure, &r->cap, r->figures + 1,
	    sizeof *r->figure);
	f = &r->figure[r->figures++];
	*f = (struct figure){ .section = section, .name = name,
		.who = slice_of(""), .unit = unit, .value = FIGURE_NONE,
		.before = FIGURE_NONE, .change = FIGURE_NONE,
		.n = FIGURE_NONE, .p = FIGURE_NONE };
	return f;
}

/* A figure with both values; what they differ by follows. */
static struct figure *
set(struct figure *f, int64_t before, int64_t value)
{
	f->before = before;
	f->value = value;
	if (before != FIGURE_NONE && value != FIGURE_NONE)
		f->change = value - before;
	return f;
}

static struct figure *
add_figure(struct review *r, const char *section, const char *name,
    enum figure_unit unit, int64_t before, int64_t value)
{
	return set(new_figure(r, section, slice_of(name), unit), before,
	    value);
}

/* A count of independent events. */
static void
add_count(struct review *r, const char *section, const char *name,
    int64_t before, int64_t value)
{
	struct figure *f = add_figure(r, section, name, FIGURE_COUNT, before,
	    value);

	f->p = score_rate_p(before, r->days[REVIEW_BEFORE], value,
	    r->days[REVIEW_NOW]);
}

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
			    r->use[USE_TRADE].state, i, side);

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
	struct figure *f = add_figure(r, "sales", "basket", FIGURE_MONEY,
	    cents(score_mean(before->revenue, n)),
	    cents(score_mean(now->revenue, m)));

	f->change = cents(score_mean_change(before->revenue, n, now->revenue,
	    m));
	f->n = now->orders;
	f->few = f->n < REVIEW_FEW;
}

static void
add_repeat_rate(struct review *r, const struct totals *before,
    const struct totals *now)
{
	struct score_part a = { before->repeat, before->active };
	struct score_part b = { now->repeat, now->active };
	struct score_change c = score_share_change(a, b);
	struct figure *f = add_figure(r, "sales", "repeat_rate", FIGURE_SHARE,
	    score_share(a), score_share(b));

	f->change = c.change;
	f->p = c.p;
	f->n = now->active;
	f->few = f->n < REVIEW_FEW;
}

static void
add_totals(struct review *r, const struct totals *before,
    const struct totals *now)
{
	add_count(r, "customers", "new", before->fresh, now->fresh);
	add_count(r, "customers", "active", before->active, now->active);
	add_figure(r, "customers", "regular", FIGURE_COUNT, before->regular,
	    now->regular);
	add_count(r, "sales", "orders", before->orders, now->orders);
	add_figure(r, "sales", "revenue", FIGURE_MONEY, before->revenue,
	    now->revenue);
	add_figure(r, "sales", "refunds", FIGURE_MONEY, before->refunds,
	    now->refunds);
	add_basket(r, before, now);
	add_repeat_rate(r, before, now);
}

static void
add_end(struct review *r, const char *name, int64_t before, int64_t value,
    const struct figure *score)
{
	struct figure *f = add_figure(r, "nps", name, FIGURE_SCORE, before,
	    value);

	f->change = FIGURE_NONE;
	f->n = score->n;
}

static void
add_nps(struct review *r)
{
	struct score_nps a[REVIEW_SIDES];
	struct score_range range[REVIEW_SIDES];
	struct score_change c;
	struct figure f;

	for (int side = 0; side < REVIEW_SIDES; side++) {
		size_t n;
		struct nps_answers *g = nps_groups(
		    r->use[USE_NPS + side].state, &n);

		a[side] = nps_counts(g);
		range[side] = score_nps_range(&a[side]);
		free(g);
	}
	c = score_nps_change(&a[REVIEW_BEFORE], &a[REVIEW_NOW]);
	f = *add_figure(r, "nps", "score", FIGURE_SCORE,
	    score_nps(&a[REVIEW_BEFORE]), score_nps(&a[REVIEW_NOW]));
	f.change = c.change;
	f.p = c.p;
	f.n = a[REVIEW_NOW].promoters + a[REVIEW_NOW].passives +
	    a[REVIEW_NOW].detractors;
	f.few = f.n < SCORE_FEW;
	r->figure[r->figures - 1] = f;
	add_end(r, "low", range[REVIEW_BEFORE].low, range[REVIEW_NOW].low,
	    &f);
	add_end(r, "high", range[REVIEW_BEFORE].high, range[REVIEW_NOW].high,
	    &f);
}

static void
add_cases(struct review *r)
{
	struct cases_sums a = cases_sums(r->use[USE_CASES +
	    REVIEW_BEFORE].state);
	struct cases_sums b = cases_sums(r->use[USE_CASES +
	    REVIEW_NOW].state);

	add_count(r, "cases", "opened", a.opened, b.opened);
	add_count(r, "cases", "solved", a.solved, b.solved);
	add_figure(r, "cases", "open", FIGURE_COUNT, a.open, b.open);
}

/* One customer on his way into a ranking. */
struct ranked {
	struct slice id;
	int64_t order; /* by this, falling; ties by id */
	int64_t now, before, orders;
};

static bool
goes_before(const struct ranked *a, const struct ranked *b)
{
	return a->order > b->order || (a->order == b->order &&
	    slice_cmp(a->id, b->id) < 0);
}

/* Put c into a list of at most REVIEW_TOP that is in order. */
static void
insert(struct ranked *top, size_t *n, const struct ranked *c)
{
	size_t i = *n;

	if (i == REVIEW_TOP) {
		if (!goes_before(c, &top[i - 1]))
			return;
		i--;
	} else {
		++*n;
	}
	for (; i > 0 && goes_before(c, &top[i - 1]); i--)
		top[i] = top[i - 1];
	top[i] = *c;
}

static void
add_ranking(struct review *r, const char *section, const struct ranked *top,
    size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct figure *f = set(new_figure(r, section, top[i].id,
		    FIGURE_MONEY), top[i].before, top[i].now);

		f->who = r->customers == NULL ? SLICE_EMPTY :
		    customers_name(r->customers, top[i].id);
		f->n = top[i].orders;
	}
}

static void
add_rankings(struct review *r, const struct map *people)
{
	struct ranked best[REVIEW_TOP], falling[REVIEW_TOP];
	size_t bests = 0, fallings = 0;

	for (uint32_t i = 0; i < people->len; i++) {
		struct trade_row a = trade_row(r->use[USE_TRADE].state, i,
		    REVIEW_BEFORE);
		struct trade_row b = trade_row(r->use[USE_TRADE].state, i,
		    REVIEW_NOW);
		struct ranked c = { map_key(people, i), b.revenue - b.refunds,
			b.revenue - b.refunds, a.revenue - a.refunds,
			b.orders };

		if (c.now > 0)
			insert(best, &bests, &c);
		c.order = c.before - c.now;
		if (c.order > 0)
			insert(falling, &fallings, &c);
	}
	add_ranking(r, "best", best, bests);
	add_ranking(r, "falling", falling, fallings);
}

static int32_t
length(struct period p)
{
	return p.last - p.first + 1;
}

bool
review_figures(struct review *r, const struct map *people, struct err *e)
{
	struct totals sum[REVIEW_SIDES] = { 0 };

	if (!add_up(sum, r, people, e))
		return false;
	add_figure(r, "period", period_name(r->name, r->period[REVIEW_NOW]),
	    FIGURE_COUNT, length(r->period[REVIEW_BEFORE]),
	    length(r->period[REVIEW_NOW]));
	add_totals(r, &sum[REVIEW_BEFORE], &sum[REVIEW_NOW]);
	add_nps(r);
	add_cases(r);
	add_rankings(r, people);
	return true;
}
