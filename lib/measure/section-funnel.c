/* Sales chances; part of section.h. */
#include <stdlib.h>

#include "base/num.h"
#include "measure/funnel.h"
#include "measure/section.h"

static const struct thread_how how = { .kinds = FUNNEL_KINDS,
	.columns = FUNNEL_COLUMNS | THREAD_COLUMN(EVENT_BY) };

/* The deals as they stood at the end of a period, and what of that the
 * figures are made of. */
struct side {
	struct funnel deals;     /* while they are looked at */
	struct funnel_sums sums; /* of all */
	int64_t opened;          /* in the period */
	int64_t won, lost, won_value, lost_value;
	int64_t overdue;
	int64_t forecast[2];     /* this month and the next */
};

static void
begin(void *room, const struct review *r, struct use *use)
{
	(void)room;
	(void)r;
	*use = (struct use){ &thread_measure, &how, NULL };
}

static bool
ready(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	(void)room;
	(void)e;
	thread_sort(use->state, people, THREAD_AS_MET);
	r->deals = use->state;
	return true;
}

/* The first day of this month and of the next, seen from the day behind the
 * period. */
static void
months(const struct review *r, int32_t month[2])
{
	struct date d = date_of(r->period[REVIEW_NOW].first +
	    r->days[REVIEW_NOW]);

	month[0] = date_days(d.year, d.month, 1);
	d = date_of(month[0] + 31);
	month[1] = date_days(d.year, d.month, 1);
}

static int64_t
weighted(const struct review *r, const struct funnel_month *m)
{
	struct score_part chance[STAGES_MAX];

	for (uint32_t s = 0; s < r->stages->names.len; s++) {
		int64_t p = r->stages->probability[s];

		chance[s] = (struct score_part){ p,
			p == STAGES_UNKNOWN ? 0 : 100 * NUM_ONE };
	}
	return section_cents(funnel_weighted(m, chance));
}

static void
forecast(struct side *s, const struct review *r, int side)
{
	int32_t month[2], today = r->period[side].first + r->days[side] - 1;
	struct funnel_month *m;
	size_t n;

	months(r, month);
	m = funnel_months(&s->deals, 0, s->deals.n, today, &n);
	for (int i = 0; i < 2; i++)
		s->forecast[i] = 0;
	for (size_t i = 0; i < n; i++) {
		if (m[i].first == FUNNEL_OVERDUE)
			s->overdue = m[i].sum.n;
		for (int k = 0; k < 2; k++)
			if (m[i].first == month[k])
				s->forecast[k] = weighted(r, &m[i]);
	}
	free(m);
}

static void
count(struct side *s, const struct funnel_deal *d, struct window w)
{
	int64_t value = d->value == EVENT_NO_VALUE ? 0 : d->value;

	s->opened += window_has(w, d->opened);
	if (d->state == FUNNEL_OPEN || !window_has(w, d->ended))
		return;
	s->won += d->state == FUNNEL_WON;
	s->lost += d->state == FUNNEL_LOST;
	*(d->state == FUNNEL_WON ? &s->won_value : &s->lost_value) += value;
}

/* The deals are gone behind it: those of the other side need room, too. */
static bool
look(struct side *s, struct threads *t, const struct review *r,
    int side, struct err *e)
{
	const struct funnel_how as_of = { r->stages, WINDOW_ALL,
		r->window[side].to };
	bool ok;

	*s = (struct side){ .opened = 0 };
	ok = funnel_read(&s->deals, t, &as_of, e);
	for (size_t i = 0; ok && i < s->deals.n; i++)
		count(s, &s->deals.deal[i], r->window[side]);
	if (ok)
		s->sums = funnel_sums(&s->deals, 0, s->deals.n);
	if (ok && r->stages != NULL)
		forecast(s, r, side);
	funnel_free(&s->deals);
	return ok;
}

/* In the period, as far as it goes. */
static void
add_flows(struct review *r, const struct side *a, const struct side *b)
{
	section_count(r, "funnel", "opened", a->opened, b->opened);
	section_count(r, "funnel", "won", a->won, b->won);
	section_count(r, "funnel", "lost", a->lost, b->lost);
	section_add(r, "funnel", "won_value", FIGURE_MONEY, a->won_value,
	    b->won_value);
	section_add(r, "funnel", "lost_value", FIGURE_MONEY, a->lost_value,
	    b->lost_value);
	section_share(r, "funnel", "win_rate",
	    (struct score_part){ a->won, a->won + a->lost },
	    (struct score_part){ b->won, b->won + b->lost });
}

static void
add_forecast(struct review *r, const char *name, int month,
    const struct side *a, const struct side *b)
{
	if (r->stages != NULL)
		section_add(r, "funnel", name, FIGURE_MONEY,
		    a->forecast[month], b->forecast[month]);
}

/* As it stands at the end. */
static void
add_states(struct review *r, const struct side *a, const struct side *b)
{
	const struct funnel_sum *was = &a->sums.of[FUNNEL_OPEN];
	const struct funnel_sum *is = &b->sums.of[FUNNEL_OPEN];
	struct figure *f;

	section_add(r, "funnel", "open", FIGURE_COUNT, was->n, is->n);
	section_add(r, "funnel", "open_value", FIGURE_MONEY, was->value,
	    is->value);
	section_add(r, "funnel", "overdue", FIGURE_COUNT, a->overdue,
	    b->overdue);
	add_forecast(r, "forecast_this_month", 0, a, b);
	add_forecast(r, "forecast_next_month", 1, a, b);
	f = section_add(r, "funnel", "velocity", FIGURE_MONEY,
	    section_cents(a->sums.velocity), section_cents(b->sums.velocity));
	f->n = b->sums.of[FUNNEL_WON].n + b->sums.of[FUNNEL_LOST].n;
	f->few = f->n < REVIEW_FEW;
}

static bool
figures(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	struct threads *t = use->state;
	struct side a, b;

	(void)room;
	(void)people;
	if (!look(&a, t, r, REVIEW_BEFORE, e) ||
	    !look(&b, t, r, REVIEW_NOW, e))
		return false;
	add_flows(r, &a, &b);
	add_states(r, &a, &b);
	return true;
}

const struct section section_funnel = { 1, 1, begin, ready, figures, NULL,
	true };
