/*
 * aliases - aliases.tsv: ids of customers that were merged, and what they
 * became.
 *
 * Floor 3 (crm).  Uses: base, table.
 */
#ifndef CRM_ALIASES_H
#define CRM_ALIASES_H

#include "base/map.h"
#include "table/store.h"

/* Old -> new, followed to the end.  A zeroed struct has none. */
struct aliases {
	struct map old;
	struct map now;  /* what they became, as ids */
	uint32_t *to;    /* by number of old: number in now */
	size_t to_cap;
};

/* Read DIR/aliases.tsv; none is empty.  An old id that is there twice and
 * a circle are errors: `aliases.tsv:4: old: leads back to itself: "C17"`. */
bool aliases_load(struct aliases *a, const struct store *s, struct err *e);

/* The id that counts for this one: itself, or what it was merged into. */
struct slice aliases_follow(const struct aliases *a, struct slice id);

static inline struct slice
aliases_of(const struct aliases *a, struct slice id)
{
	return a->old.len == 0 ? id : aliases_follow(a, id);
}

void aliases_free(struct aliases *a);

#endif
