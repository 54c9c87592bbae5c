/*
 * intake - journals and tables of crm-stat, mixed, as states of measure stat.
 *
 * Floor 5 (cli).  Uses: base, measure/stat, cli, state.
 *
 * What crm-stat and crm-segment begin with.
 */
#ifndef CRM_INTAKE_H
#define CRM_INTAKE_H

#include "cli/cli.h"
#include "measure/stat.h"

/*
 * Fold the operands (or the journal of the store) into n states of
 * stat_measure, which uses[i].how tells the windows of, and settle them.
 * Rows of crm-stat tables go into the first (with tables there is no -p, so
 * one is enough).  The states are the caller's, for use_free; *people gets
 * the customers, for map_free.  With tables among the operands -p and -w end
 * the command with status 2, an as-of before a row's `last` with status 3.
 */
void intake_fold(struct cli *c, struct use *uses, size_t n,
    struct map *people);

/*
 * The same for one state, of the journals in which FILE keeps what was read
 * of them before (state.h).  False after a warning where it could not be
 * kept; the state is right nevertheless.
 */
bool intake_kept(struct cli *c, const char *file, struct use *use,
    struct map *people);

#endif
