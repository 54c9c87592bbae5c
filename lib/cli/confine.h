/*
 * confine - narrow for good what this process may do, by Landlock.
 *
 * Floor 5 (cli).  Uses: base.
 *
 * From confine_end on the process, and threads it starts later, can write,
 * make, remove and rename files only where that was allowed, start no
 * program, open no TCP connection, and neither signal another process nor
 * reach its abstract sockets; reading, and files that are open already, stay
 * as they were.  Each is done as far as the kernel knows it (Landlock ABI 1
 * is Linux 5.13, TCP came with ABI 4, Linux 6.7, signals with ABI 6, 6.12),
 * and without a word where it does not: nothing depends on it.
 */
#ifndef CRM_CONFINE_H
#define CRM_CONFINE_H

#include <stdbool.h>
#include <stdint.h>

struct confine {
	int rules;       /* descriptor of the rules, or -1: no confinement */
	uint64_t narrow; /* rights to files that are taken away */
};

/* Begin with nothing allowed. */
void confine_begin(struct confine *c);

/*
 * A directory in which files and directories may be made, written and
 * removed; where symbolic links in it lead, too.  Of one that is yet to be
 * made: the nearest above that is there.
 */
void confine_dir(struct confine *c, const char *path);

/* One file that may be written; made, if it is not there. */
void confine_file(struct confine *c, const char *path);

/* One file that may be replaced by another made beside it: this takes rights
 * to all files of its directory, or of the one where a link leads. */
void confine_replaced(struct confine *c, const char *path);

/* From now on.  False where the kernel does not do it, or could not. */
bool confine_end(struct confine *c);

#endif
