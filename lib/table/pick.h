/*
 * pick - the rows of a table for which a condition holds.
 *
 * Floor 2 (table).  Uses: base, expr, tsv.
 */
#ifndef CRM_PICK_H
#define CRM_PICK_H

#include "base/map.h"
#include "table/expr.h"
#include "table/tsv.h"

/* The columns of a table as names for expr_parse; h is borrowed. */
struct expr_names pick_names(struct head *h);

/*
 * Read on to the next row for which x holds.  Rows whose id is one of
 * `hidden` (or NULL) are passed over; a row that cannot be judged is a bad
 * row of t (tsv_bad).  False at the end: ask tsv_ok.
 */
bool pick_next(struct tsv *t, const struct expr *x, const struct map *hidden);

#endif
