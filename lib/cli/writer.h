/*
 * writer - what commands that change the store have in common: make it,
 * lock it, write, say what happened.
 *
 * Floor 5 (cli).  Uses: everything below, cli.
 *
 * Like cli, these functions end the command on failure.
 */
#ifndef CRM_WRITER_H
#define CRM_WRITER_H

#include "cli/cli.h"

/* Behind cli_ready: end with status 2 where nothing says which store. */
void writer_find(struct cli *c);

/*
 * Lock the store for writing, which is made if there is none; the first
 * writer records currency and time zone.  Everything that can be checked
 * without the store has been checked before.
 */
void writer_begin(struct cli *c);

/* Append rows (see store_append), or replace a file, whose torn tail is moved
 * aside in the same way. */
void writer_append(struct cli *c, const char *name, const char *header,
    struct slice rows);
void writer_replace(struct cli *c, const char *name, struct slice bytes);

/* Make a new file, remove one. */
void writer_make(struct cli *c, const char *name, struct slice bytes);
void writer_remove(struct cli *c, const char *name);

/* Unlock, and say so where bytes were moved aside.  What is printed comes
 * after this. */
void writer_end(struct cli *c);

#endif
