/*
 * persona - the answer of crm-profile: what sets of customers are like,
 * column by column, beside all customers of the store.
 *
 * Floor 5 (cli).  Uses: base, measure/profile, cli, grouping.
 */
#ifndef CRM_PERSONA_H
#define CRM_PERSONA_H

#include "cli/cli.h"

struct persona {
	/* set by the caller */
	const struct customers *set; /* the customers: any table with an id */
	bool all;   /* the set is the store's customers themselves */
	size_t top; /* at most so many values of a column */
};

/*
 * Write the profile of each group of --by, whose keys are columns of the
 * set or of the store's customers.  Ends the command with status 2 where
 * there is no such column.
 */
void persona_write(const struct persona *p, struct cli *c);

#endif
