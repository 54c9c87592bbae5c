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
	uint32_t *row;         /* of each: his own in the customers, or
	                          MAP_NONE */
	size_t n;

	/* private, while they are gathered */
	const struct map *people;
	struct map more; /* ids that are not among the people */
	uint32_t *at;    /* number + 1 in `in`, of people and then more */
	uint32_t *who;   /* of each row: his number in the people, or
	                    MAP_NONE */
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

void crowd_free(struct crowd *w);

/* --- one by one ---------------------------------------------------------- */

/* What the run knows of number `who` of its people.  False, and *in that of
 * a lead, where that is no customer: nobody, or who has had no event. */
bool crowd_person(struct segment_in *in, const struct cli *c,
    const struct crowd_source *from, uint32_t who);

/* Whom row r of the customers counts for; false where it is for nobody. */
bool crowd_row(const struct cli *c, uint32_t r, struct slice *id);

/* Is that row one with the tag `key`?  `tags` is the number of its column. */
static inline bool
crowd_tagged(const struct customers *all, uint32_t r, int tags)
{
	struct slice tagged = customers_field(all, r, tags);

	return tagged.len > 0 && customer_tagged(tagged, slice_of("key"));
}

/* What a customer is judged by: the settings. */
struct segment_how crowd_how(const struct cli *c);

#endif
