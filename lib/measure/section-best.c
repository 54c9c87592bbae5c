/* Who bought most, and who buys less than before; part of section.h. */
#include "measure/section.h"
#include "measure/top.h"

static int64_t
net(const struct trade_row *t)
{
	return t->revenue - t->refunds;
}

static void
add_ranking(struct review *r, const char *section, const struct top *top)
{
	for (size_t i = 0; i < top->n; i++) {
		uint32_t who = (uint32_t)top->place[i].at;
		struct trade_row a = trade_row(r->trade, who, REVIEW_BEFORE);
		struct trade_row b = trade_row(r->trade, who, REVIEW_NOW);
		struct figure *f = section_row(r, section, top->place[i].name,
		    FIGURE_MONEY, net(&a), net(&b));

		f->who = section_who(r, f->name);
		f->n = b.orders;
	}
}

static bool
figures(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	struct top best = { .most = REVIEW_TOP };
	struct top falling = { .most = REVIEW_TOP };

	(void)room;
	(void)use;
	(void)e;
	for (uint32_t i = 0; i < people->len; i++) {
		struct top_place p = { 0, 0, map_key(people, i), i };
		struct trade_row a, b;

		if (!trade_moved(r->trade, i))
			continue;
		a = trade_row(r->trade, i, REVIEW_BEFORE);
		b = trade_row(r->trade, i, REVIEW_NOW);
		p.by = net(&b);
		if (p.by > 0)
			top_put(&best, p);
		p.by = net(&a) - net(&b);
		if (p.by > 0)
			top_put(&falling, p);
	}
	add_ranking(r, "best", &best);
	add_ranking(r, "falling", &falling);
	return true;
}

const struct section section_best = { .figures = figures };
