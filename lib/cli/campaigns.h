/*
 * campaigns - the table of crm-campaign: what came of each campaign.
 *
 * Floor 5 (cli).  Uses: base, measure/campaign, cli, grouping.
 */
#ifndef CRM_CAMPAIGNS_H
#define CRM_CAMPAIGNS_H

#include "cli/cli.h"

enum { CAMPAIGNS_DAYS = 30 }; /* unless somebody says how many */

struct campaigns_ask {
	int days;            /* how long orders count */
	bool split;          /* new and regular customers apart */
	const char *control; /* tag of customers held out, or NULL */
};

/* Read the operands or the store's journal, write a row per campaign; or
 * end the command. */
void campaigns_write(struct cli *c, const struct campaigns_ask *ask);

#endif
