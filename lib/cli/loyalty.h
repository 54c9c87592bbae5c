/*
 * loyalty - the table of crm-points: points, tier and vouchers of customers.
 *
 * Floor 5 (cli).  Uses: base, crm/tiers, measure/points, cli.
 */
#ifndef CRM_LOYALTY_H
#define CRM_LOYALTY_H

#include "cli/cli.h"
#include "measure/points.h"

enum { LOYALTY_SOON = 30 }; /* days, unless somebody says how many */

/* The rules of the settings; they look into *tiers. */
struct points_rules loyalty_rules(const struct cli *c, struct tiers *tiers,
    int32_t soon);

struct loyalty_ask {
	int soon;  /* days ahead that count as soon */
	bool only; /* only customers of whom something expires by then */
};

/* Read the operands or the store's journal, write a row per customer, in
 * byte order of ids; or end the command. */
void loyalty_write(struct cli *c, const struct loyalty_ask *ask);

#endif
