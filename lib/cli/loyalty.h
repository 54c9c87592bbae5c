/*
 * loyalty - the table of crm-points: points, tier and vouchers of customers.
 *
 * Floor 5 (cli).  Uses: base, measure/points, cli.
 */
#ifndef CRM_LOYALTY_H
#define CRM_LOYALTY_H

#include "cli/cli.h"

struct loyalty_ask {
	int soon;  /* days ahead that count as soon */
	bool only; /* only customers of whom something expires by then */
};

/* Read the operands or the store's journal, write a row per customer, in
 * byte order of ids; or end the command. */
void loyalty_write(struct cli *c, const struct loyalty_ask *ask);

#endif
