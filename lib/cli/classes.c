#include "cli/classes.h"

#include <stdlib.h>

#include "base/mem.h"

/* The tag `key` makes key accounts, whatever their sales are. */
static void
mark_tagged(struct classes *k, struct cli *c, const struct map *people)
{
	const struct customers *all = &c->customers;
	const int tags = head_find(&all->head, "tags");

	for (uint32_t r = 0; r < all->rows; r++) {
		struct slice id;
		uint32_t who;

		if (!crowd_tagged(all, r, tags) || !crowd_row(c, r, &id))
			continue;
		who = map_find(people, id);
		if (who == MAP_NONE)
			map_add(&k->leads, id);
		else
			k->of[who].key = true;
	}
}

/* Stage, mark by tag, and net of each; a key account without events counts,
 * too. */
static void
meet(struct classes *k, int64_t *net, const struct cli *c,
    const struct crowd_source *from, const struct segment_how *how)
{
	for (uint32_t i = 0; i < k->n; i++) {
		struct segment_in in;
		bool here = crowd_person(&in, c, from, i);

		net[i] = in.net;
		in.tagged = k->of[i].key;
		if (here || in.tagged)
			k->of[i] = segment_class(&in, how);
	}
}

void
classes_find(struct classes *k, struct cli *c, const struct map *people,
    const struct stat *ever)
{
	const struct crowd_source from = { people, ever, ever };
	const struct segment_how how = crowd_how(c);
	int64_t *net = mem_resize(NULL, people->len, sizeof *net);
	struct segment_limits limits;
	struct err e = { 0 };

	cli_customers(c);
	cli_aliases(c);
	*k = (struct classes){ .n = people->len,
		.of = mem_zero(people->len, sizeof *k->of) };
	mark_tagged(k, c, people);
	meet(k, net, c, &from, &how);
	die_unless(segment_limits(&limits, net, k->n, &how, &e), &e);
	for (size_t i = 0; i < k->n; i++)
		if (k->of[i].abc != 0)
			segment_judge(&k->of[i], net[i], &limits);
	free(net);
}

void
classes_free(struct classes *k)
{
	free(k->of);
	map_free(&k->leads);
	*k = (struct classes){ 0 };
}
