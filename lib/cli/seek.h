/*
 * seek - the events of the journal for which a condition holds.
 *
 * Floor 5 (cli).  Uses: cli, measure/hits, show/named.
 */
#ifndef CRM_SEEK_H
#define CRM_SEEK_H

#include "cli/cli.h"

struct seek {
	const char *text; /* of the condition, or words to be searched */
	bool invert;      /* events for which it does not hold */
	bool silent;      /* only count them */
};

/*
 * Write the events of the journal (the operands behind the first, else the
 * store's) in the order of the files, -c, -p and --as-of applied.  Returns
 * how many there are.
 */
uint64_t seek_events(struct cli *c, const struct seek *s);

/* Parse a condition or a search, or end the command. */
struct expr *seek_parse(struct cli *c, const struct seek *s,
    struct expr_names names);

#endif
