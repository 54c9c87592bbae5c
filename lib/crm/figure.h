/*
 * figure - one figure of a report: what measures find and show lays out.
 *
 * Floor 3 (crm).  Uses: base.
 */
#ifndef CRM_FIGURE_H
#define CRM_FIGURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

#define FIGURE_NONE INT64_MIN /* cannot be said */

enum figure_unit {
	FIGURE_COUNT,
	FIGURE_MONEY, /* ten-thousandths */
	FIGURE_SHARE, /* hundredths of a per cent */
	FIGURE_SCORE, /* tenths */
	FIGURE_MEAN,  /* hundredths */
};

struct figure {
	const char *section; /* key, never translated */
	struct slice name;   /* key within the section, or in a list what
	                        the row is of, an id, a channel, empty where
	                        nothing is named; as a field of a table */
	struct slice who;    /* name of the customer, as a field; or empty */
	enum figure_unit unit;
	int64_t value, before, change; /* FIGURE_NONE is empty */
	int64_t n;  /* from how many orders, customers, answers */
	int64_t p;  /* of the change, thousandths */
	bool few;   /* n is so small that the value is unsure */
	bool alarm; /* a value above 0 is told first of all */
	const char *note; /* all that people read of it, or NULL; plain */
};

/* Does an earlier one say the same, of as many?  So does the row of a list
 * that has one row: it is the total again. */
static inline bool
figure_repeats(const struct figure *all, size_t at)
{
	const struct figure *f = &all[at];

	for (const struct figure *g = all; f->n > 0 && g < f; g++)
		if (g->unit == f->unit && g->n == f->n && g->p == f->p &&
		    g->value == f->value && g->before == f->before)
			return true;
	return false;
}

#endif
