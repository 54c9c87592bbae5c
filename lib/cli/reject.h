/*
 * reject - the file that rows which cannot be used go to.
 *
 * Floor 5 (cli).  Uses: base.
 *
 * Like cli, these functions end the command on failure.
 */
#ifndef CRM_REJECT_H
#define CRM_REJECT_H

#include <stdio.h>

/* Make the file, or empty it; nobody else may read it, as customers' data
 * will be in it.  Status 2 where it is the input itself. */
FILE *reject_open(const char *path, const char *input);

/* Close it, checked.  NULL is fine for f. */
void reject_close(FILE *f, const char *path);

#endif
