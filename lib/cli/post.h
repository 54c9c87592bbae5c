/*
 * post - take events into the store: check them, lock, write, tell the refs
 * that were made.
 *
 * Floor 5 (cli).  Uses: everything below, cli, writer.
 *
 * Like cli, these functions end the command on failure.
 */
#ifndef CRM_POST_H
#define CRM_POST_H

#include "cli/cli.h"
#include "crm/book.h"

struct post {
	/* set by the caller */
	struct cli *cli;     /* ready; its operands are the event or table */
	const char *file;    /* of the journal */
	const char *name;    /* of the batch, for messages */
	const char *columns; /* that --once compares, or NULL for all */
	bool batch;          /* file is made, and has all columns */
	bool dry;            /* check only */
	bool only_once;      /* skip what is there */
	bool add;            /* make customers of unknown ids */

	/* private */
	struct sheet sheet;
	struct entries entries;
	struct book book;
	struct once once;
	int64_t last; /* time of the last event, where the clock was to be
	                 later; else INT64_MIN */
};

/* Append the event, or the table of events, of the operands. */
void post_events(struct post *p);

/* Remove the file of a batch; status 1 where there is none. */
void post_undo(struct post *p);

#endif
