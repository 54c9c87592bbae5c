/*
 * pipeline - the answers of crm-funnel about deals.
 *
 * Floor 5 (cli).  Uses: base, crm/stages, measure/funnel, measure/median,
 * cli, grouping.
 *
 * All write to c->out, in groups of c->group; a sum that is too large ends
 * the command with status 3.
 */
#ifndef CRM_PIPELINE_H
#define CRM_PIPELINE_H

#include "cli/cli.h"
#include "measure/funnel.h"

struct pipeline {
	struct cli *cli;
	const struct funnel *funnel;
	const struct stages *stages; /* of stages and forecast */
	bool observed; /* forecast by shares that were won, not by those of
	                  the table; warns where they rest on few deals */

	const struct score_part *chance; /* private: of each stage */
};

/* Write a row per stage, in the order of the table. */
void pipeline_stages(const struct pipeline *p);

/* Write one row. */
void pipeline_summary(const struct pipeline *p);

/* Write a row per month in which open deals are expected to close; `overdue`
 * before them, `none` of those without a day behind. */
void pipeline_forecast(const struct pipeline *p);

/* Write a row per reason for which deals were lost, the most frequent
 * first. */
void pipeline_lost(const struct pipeline *p);

/* Warn of the threads that are left out: the first ones by name. */
void pipeline_warn(const struct funnel *f);

#endif
