/*
 * tally - the table of crm-stat: a row per customer, in byte order of ids.
 *
 * Floor 5 (cli).  Uses: base, measure/slot, show, roll.
 */
#ifndef CRM_TALLY_H
#define CRM_TALLY_H

#include "cli/roll.h"
#include "show/quick.h"

/* Begin it, with the order days if it is to be `partial`: one that merges
 * with any other. */
void tally_begin(struct show *out, bool partial);

/* The row of a customer who was counted, without order days. */
void tally_row(struct quick *q, const struct roll_item *it);

/* Write all rows; false where r->lost says that there are more. */
bool tally_rows(struct roll *r, bool partial, struct show *out);

#endif
