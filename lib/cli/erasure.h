/*
 * erasure - forget persons: find all of them, write the store without them,
 * and a record of having done so.
 *
 * Floor 5 (cli).  Uses: everything below, cli, found, stale, writer.
 *
 * Like cli, these functions end the command on failure.
 */
#ifndef CRM_ERASURE_H
#define CRM_ERASURE_H

#include "cli/cli.h"
#include "cli/found.h"
#include "cli/stale.h"

struct erasure {
	/* set by the caller */
	struct cli *cli;    /* ready; its operands are ids and addresses */
	const char *before; /* or everyone not heard of since this day */
	bool dry;           /* change nothing, print who it would be */

	/* private */
	struct persons persons;
	struct traces traces;
	struct found left; /* what is left, in rows of others */
	struct stale stale;
	struct whom whom;
	struct err unknown; /* the first who is not in customers.tsv */
	uint32_t unknown_at;
};

/* Do it.  The status: CRM_NO where something is left to be looked at, which
 * has been printed then. */
int erasure_run(struct erasure *x);

#endif
