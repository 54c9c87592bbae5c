/*
 * traced - walking a table of a store for traces: what traces.c and
 * traces-erase.c share and nobody else needs.
 *
 * Floor 3 (crm).  Uses: base, table, traces.
 */
#ifndef CRM_TRACED_H
#define CRM_TRACED_H

#include "crm/traces.h"

/* All rows of the next block, where none of them is about the persons:
 * tsv_pass passes over them.  False: go on with tsv_next. */
bool traced_others(struct traces *t, struct tsv *tsv, struct slice *rows);

/* Tell of the cells of the row in hand that have this mark (LOOK_NONE: any),
 * as standing in this line. */
void traced_tell(const struct traces *t, const struct traces_file *f,
    const struct look *l, struct tsv *tsv, enum look_mark mark,
    uint64_t line);

#endif
