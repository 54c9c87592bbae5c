/* Who bought most, and who buys less than before; part of section.h. */
#include "measure/section.h"

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
		struct figure *f = section_new(r, section, top[i].id,
		    FIGURE_MONEY);

		f->before = top[i].before;
		f->value = top[i].now;
		f->change = top[i].now - top[i].before;
		f->who = r->customers == NULL ? SLICE_EMPTY :
		    customers_name(r->customers, top[i].id);
		f->n = top[i].orders;
	}
}

static bool
figures(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	struct ranked best[REVIEW_TOP], falling[REVIEW_TOP];
	size_t bests = 0, fallings = 0;

	(void)room;
	(void)use;
	(void)e;
	for (uint32_t i = 0; i < people->len; i++) {
		struct trade_row a = trade_row(r->trade, i, REVIEW_BEFORE);
		struct trade_row b = trade_row(r->trade, i, REVIEW_NOW);
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
	return true;
}

const struct section section_best = { .figures = figures };
