/* Would they recommend us?  A part of section.h. */
#include "measure/score.h"
#include "measure/section.h"

static void
add_end(struct review *r, const char *name, int64_t before, int64_t value,
    const struct figure *score)
{
	struct figure *f = section_add(r, "nps", name, FIGURE_SCORE, before,
	    value);

	f->change = FIGURE_NONE;
	f->n = score->n;
}

static bool
figures(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	struct score_nps a[REVIEW_SIDES];
	struct score_range range[REVIEW_SIDES];
	struct score_change c;
	struct figure f;

	(void)room;
	(void)use;
	(void)people;
	(void)e;
	for (int side = 0; side < REVIEW_SIDES; side++) {
		struct service_sums s = service_total(r->service, side,
		    SERVICE_NPS);

		a[side] = service_nps(&s);
		range[side] = score_nps_range(&a[side]);
	}
	c = score_nps_change(&a[REVIEW_BEFORE], &a[REVIEW_NOW]);
	f = *section_add(r, "nps", "score", FIGURE_SCORE,
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
	return true;
}

const struct section section_nps = { .figures = figures };
