/* How it stands between customers and us; part of section.h. */
#include "measure/cases.h"
#include "measure/section.h"

/* Cases that were answered or solved in time, of those opened inside the
 * period whose time to reply is over: the others could still be either. */
static struct score_part
orientation(const struct review *r, int side)
{
	const struct hours *h = &r->cases->ground.hours; /* counted */
	struct score_part s = { 0, 0 };

	for (size_t i = 0; i < r->cases->n; i++) {
		const struct cases_case *c = &r->cases->at[i];
		int64_t due;

		if (!window_has(r->window[side], c->opened))
			continue;
		due = hours_after(h, c->opened, r->terms.reply);
		if (due > r->terms.now)
			continue;
		s.whole++;
		s.part += c->helped != CASES_NEVER && c->helped <= due;
	}
	return s;
}

static struct score_part
satisfaction(const struct review *r, int side)
{
	struct service_sums s = service_total(r->service, side, SERVICE_CSAT);

	return service_good(&s);
}

static struct score_part
loyalty(const struct review *r, int side)
{
	return (struct score_part){ r->totals[side].again,
		r->totals[side].earlier };
}

static struct section_money
value(const struct review *r, int side)
{
	const struct section_totals *t = &r->totals[side];

	return (struct section_money){ t->revenue - t->refunds, t->active };
}

static bool
figures(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	(void)room;
	(void)use;
	(void)people;
	(void)e;
	section_share(r, "health", "orientation",
	    orientation(r, REVIEW_BEFORE), orientation(r, REVIEW_NOW));
	section_share(r, "health", "satisfaction",
	    satisfaction(r, REVIEW_BEFORE), satisfaction(r, REVIEW_NOW))->few =
	    satisfaction(r, REVIEW_NOW).whole < SCORE_FEW;
	section_share(r, "health", "loyalty", loyalty(r, REVIEW_BEFORE),
	    loyalty(r, REVIEW_NOW));
	section_money(r, "health", "value", value(r, REVIEW_BEFORE),
	    value(r, REVIEW_NOW));
	return true;
}

const struct section section_health = { .figures = figures };
