/*
 * found - traces of persons as a table: gathered, then written.
 *
 * Floor 5 (cli).  Uses: base, crm/traces, cli.
 *
 * Columns: file, line, column, value, and whose row it is (`own`, `other`).
 * They are kept until all files have been read without an error, so that
 * nothing is written that looks whole and is not.
 */
#ifndef CRM_FOUND_H
#define CRM_FOUND_H

#include "cli/cli.h"
#include "crm/traces.h"

struct found {
	size_t n;

	/* private */
	struct buf rows;
};

/* A traces_take; ctx is a struct found. */
void found_take(void *ctx, const struct trace *t);

/* Write them all. */
void found_write(const struct found *f, struct cli *c);

void found_free(struct found *f);

/*
 * All that the store has of the customer whom the words name, an id or an
 * address, for crm-show --access.  Ends the command with status 1 where
 * nothing is found.  Returns the status: CRM_NO where a file could not be
 * looked into.
 */
int found_of(struct cli *c, const char *words);

#endif
