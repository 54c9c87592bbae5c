#include "cli/sources.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/grouping.h"

/* What a customer's source is counted under. */
static struct slice
source_of(const struct customers *all, int column, struct slice id,
    bool whole)
{
	uint32_t row = customers_find(all, id);
	struct slice rest, first;

	if (row == MAP_NONE)
		return SLICE_EMPTY;
	rest = customers_field(all, row, column);
	if (whole)
		return rest;
	text_part(&rest, ':', &first);
	return first;
}

/* The class of each customer: its group and source, joined by a TAB. */
static uint32_t *
classes(struct cli *c, const struct touch *s, const struct map *people,
    bool whole, struct map *keys)
{
	const struct customers *all = cli_customers(c);
	int column = head_find(&all->head, "source");
	uint32_t *class_of = mem_zero(people->len, sizeof *class_of);
	struct buf key = { 0 };

	for (uint32_t w = 0; w < people->len; w++) {
		struct slice group;

		class_of[w] = TOUCH_NONE;
		if (!touch_counts(s, w, &group))
			continue;
		buf_clear(&key);
		buf_slice(&key, group);
		buf_byte(&key, '\t');
		buf_slice(&key, source_of(all, column, map_key(people, w),
		    whole));
		class_of[w] = map_add(keys, buf_all(&key));
	}
	buf_free(&key);
	return class_of;
}

static const struct show_column columns[] = {
	{ "source", SHOW_TEXT, N_("source") },
	{ "customers", SHOW_NUMBER, N_("customers") },
	{ "ordered", SHOW_NUMBER, N_("ordered") },
	{ "conversion", SHOW_NUMBER, N_("conversion") },
	{ "low", SHOW_NUMBER, N_("at least") },
	{ "high", SHOW_NUMBER, N_("at most") },
	{ "days", SHOW_NUMBER, N_("days") },
	{ "revenue", SHOW_NUMBER, N_("revenue") },
};

/* A class: the source is the last part of its key. */
static void
show_class(struct cli *c, struct slice key, const struct touch_sums *s)
{
	struct slice group = grouping_parent(key);

	grouping_key(&c->out, &c->group, group);
	show_field(&c->out, (struct slice){ key.at + group.len + 1,
		key.len - group.len - 1 });
	show_int(&c->out, s->customers);
	show_int(&c->out, s->ordered);
	grouping_share(&c->out, (struct score_part){ s->ordered,
		s->customers });
	show_fixed(&c->out, s->days, 1);
	show_money(&c->out, s->revenue);
	show_row(&c->out);
}

void
sources_write(struct cli *c, const struct touch *s, const struct map *people,
    bool whole)
{
	struct map keys = { 0 };
	uint32_t *class_of = classes(c, s, people, whole, &keys), *order;
	struct touch_sums *sums = mem_zero(keys.len, sizeof *sums);
	struct err e = { 0 };

	if (!touch_count(s, class_of, people->len, sums, keys.len, &e))
		die_err(&e);
	order = map_sorted(&keys);
	grouping_begin(&c->out, &c->group, columns, LEN(columns));
	for (uint32_t i = 0; i < keys.len; i++)
		show_class(c, map_key(&keys, order[i]), &sums[order[i]]);
	show_end(&c->out);
	free(order);
	free(class_of);
	free(sums);
	map_free(&keys);
}
