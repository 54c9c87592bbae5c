/*
 * tiers - the tiers of a loyalty programme: `silver:1000,gold:5000`.
 *
 * Floor 3 (crm).  Uses: base.
 */
#ifndef CRM_TIERS_H
#define CRM_TIERS_H

#include <stdint.h>

#include "base/slice.h"

enum { TIERS_MAX = 16 };

struct tiers {
	struct tier {
		struct slice name; /* into the words */
		int64_t from;      /* points */
	} at[TIERS_MAX];
	size_t n;
};

/* Names and the points from which each holds, in any order; no name and no
 * number twice.  NULL, or what is wrong with the words; empty is no tier. */
const char *tiers_parse(struct tiers *t, struct slice words);

/* The name of the highest tier that so many points reach; may be empty. */
struct slice tiers_of(const struct tiers *t, int64_t points);

#endif
