#include "crm/aliases.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/tr.h"
#include "table/tsv.h"

/* Does the way from this id lead to `end`?  No circle is on it yet. */
static bool
leads_to(const struct aliases *a, struct slice id, struct slice end)
{
	while (!slice_eq(id, end)) {
		uint32_t at = map_find(&a->old, id);

		if (at == MAP_NONE)
			return false;
		id = map_key(&a->now, a->to[at]);
	}
	return true;
}

static bool
add_alias(struct aliases *a, struct tsv *t, int old, int now)
{
	struct slice from = tsv_field(t, old), to = tsv_field(t, now);

	if (map_find(&a->old, from) != MAP_NONE)
		return tsv_bad(t, old, _("given twice"));
	if (leads_to(a, to, from))
		return tsv_bad(t, old, _("leads back to itself"));
	map_add(&a->old, from);
	a->to = mem_grow(a->to, &a->to_cap, a->old.len, sizeof *a->to);
	a->to[a->old.len - 1] = map_add(&a->now, to);
	return true;
}

static void
read_aliases(struct aliases *a, struct tsv *t)
{
	int old, now;

	if (tsv_need(t, "old", &old) && tsv_need(t, "new", &now))
		while (tsv_next(t) && add_alias(a, t, old, now))
			;
}

bool
aliases_load(struct aliases *a, const struct store *s, struct err *e)
{
	struct tsv t = { 0 };
	struct input *in;

	*a = (struct aliases){ 0 };
	if (!store_input(s, "aliases.tsv", &in, e))
		return false;
	if (in == NULL)
		return true;
	if (tsv_open(&t, in))
		read_aliases(a, &t);
	return tsv_done(&t, e);
}

struct slice
aliases_follow(const struct aliases *a, struct slice id)
{
	uint32_t at;

	while ((at = map_find(&a->old, id)) != MAP_NONE)
		id = map_key(&a->now, a->to[at]);
	return id;
}

void
aliases_free(struct aliases *a)
{
	map_free(&a->old);
	map_free(&a->now);
	free(a->to);
	*a = (struct aliases){ 0 };
}
