/*
 * sources - the answer of crm-funnel --sources: how customers found us, and
 * what became of it.
 *
 * Floor 5 (cli).  Uses: base, crm/customers, measure/touch, cli, grouping.
 */
#ifndef CRM_SOURCES_H
#define CRM_SOURCES_H

#include "cli/cli.h"
#include "measure/touch.h"

/*
 * Write a row per group of the first touch and source of the customer: the
 * part of the column `source` before its first colon, or all of it where
 * `whole`.  Ends the command with status 3 where the revenue is too large.
 */
void sources_write(struct cli *c, const struct touch *s,
    const struct map *people, bool whole);

#endif
