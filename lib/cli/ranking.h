/*
 * ranking - the answers of crm-segment: a row per customer, or how unevenly
 * sales are spread.
 *
 * Floor 5 (cli).  Uses: base, crm/segments, show/pen, crowd.
 */
#ifndef CRM_RANKING_H
#define CRM_RANKING_H

#include "cli/crowd.h"

/* The columns of the customers that are looked at. */
#define RANKING_COLUMNS (CROWD_COLUMNS | CUSTOMER_NAMES)

/* Write the customers in the order of `rank` (segment_rank), with the
 * thresholds of the settings and the names of segments.tsv; or end the
 * command. */
void ranking_segments(struct cli *c, const struct crowd *w,
    const uint32_t *rank);

/* Write the one row of --pareto, or end the command. */
void ranking_pareto(struct cli *c, const struct crowd *w,
    const uint32_t *rank);

#endif
