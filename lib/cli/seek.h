/*
 * seek - the events, or the rows of tables, for which a condition holds.
 *
 * Floor 5 (cli).  Uses: base, table/pick, measure/hits, show/named, cli.
 *
 * Rows go out as they come in, with all of their columns.  A table is read
 * row by row; the journal is run, so that its rows are checked, aliases
 * count and columns of the customer are at hand.  The first operand is the
 * condition, files are those behind it.
 */
#ifndef CRM_SEEK_H
#define CRM_SEEK_H

#include "cli/cli.h"

struct seek {
	const char *text; /* of the condition, or words to be searched */
	bool invert;      /* those for which it does not hold */
	bool silent;      /* only count them */
	bool once;        /* of tables: one is enough */
};

/*
 * Write the events of the journal (the files, else the store's) in the order
 * of the files, -c, -p and --as-of applied.  Returns how many there are.
 */
uint64_t seek_events(struct cli *c, const struct seek *s);

/*
 * Write the rows of the files, which must have the same columns, or of the
 * customers of the store, merged ones left out.  Returns how many there are.
 */
uint64_t seek_rows(struct cli *c, const struct seek *s);

/* Parse a condition or a search, or end the command. */
struct expr *seek_parse(struct cli *c, const struct seek *s,
    struct expr_names names);

#endif
