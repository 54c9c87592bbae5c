/*
 * crowd - all customers with what crm-stat knows of them and what the store
 * knows besides: names, accounts, tags, and those without any event.
 *
 * Floor 5 (cli).  Uses: base, measure/segment, measure/stat, cli.
 */
#ifndef CRM_CROWD_H
#define CRM_CROWD_H

#include "cli/cli.h"
#include "measure/segment.h"
#include "measure/stat.h"

/* The columns of the customers that are looked at. */
#define CROWD_COLUMNS CUSTOMER_BIT(TAGS)

struct crowd {
	struct segment_in *in; /* one per customer, in no order */
	uint32_t *who;         /* of each: his number in the people of the
	                          run, or MAP_NONE */
	uint32_t *row;         /* of each: his own in the customers, or
	                          MAP_NONE */
	size_t n;
	uint32_t *row_who;     /* of each row of those: as `who` */

	/* private, while they are gathered */
	const struct map *people;
	struct map more; /* ids that are not among the people */
	uint32_t *at;    /* number + 1 in `in`, of people and then more */
};

/* What to gather from. */
struct crowd_source {
	const struct map *people;
	const struct stat *flows; /* orders and net */
	const struct stat *ever;  /* first and last order, state */
};

/*
 * Gather the customers of the run and those of the store, which -c may
 * narrow.  Merged customers are one; with -a the people of the run are
 * accounts, and rows of the store count for theirs.  Events of nobody are
 * left out.  Ends the command with status 3 where net sales do not fit.  The
 * ids are those of the people and of the tables of c, which live as long.
 */
void crowd_gather(struct crowd *w, struct cli *c,
    const struct crowd_source *from);

/* Class and stage of each by the settings, without scores; malloc'd. */
struct segment_out *crowd_segments(const struct crowd *w,
    const struct cli *c);

/* What a customer is judged by: the settings. */
struct segment_how crowd_how(const struct cli *c);

void crowd_free(struct crowd *w);

#endif
