/*
 * reject - the file that rows which cannot be used go to.
 *
 * Floor 5 (cli).  Uses: base, table/file.
 *
 * Like cli, these functions end the command on failure.
 */
#ifndef CRM_REJECT_H
#define CRM_REJECT_H

#include <stdbool.h>
#include <stdio.h>

struct reject {
	const char *path;
	FILE *rows; /* in memory, until all is well */
	char *text;
	size_t len;
};

/* Where rejects are to be written, or NULL if the path is NULL.  Status 2
 * where it is the input itself, or where standard output goes. */
FILE *reject_begin(struct reject *r, const char *path, const char *input);

/* Make the file of them, or replace what is in it, if all is well; else it
 * stays as it is.  Nobody else may read it, as customers' data are in it. */
void reject_end(struct reject *r, bool good);

#endif
