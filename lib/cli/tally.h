/*
 * tally - the table of crm-stat: a row per customer, in byte order of ids.
 *
 * Floor 5 (cli).  Uses: base, measure/stat, measure/slot, show.
 */
#ifndef CRM_TALLY_H
#define CRM_TALLY_H

#include "measure/stat.h"
#include "show/show.h"

/* Write it, with the order days if the table is to be `partial`: one that
 * merges with any other. */
void tally_write(const struct stat *s, const struct map *people, bool partial,
    struct show *out);

#endif
