/*
 * die - the one voice on standard error, and the one exit.
 *
 * Floor 1 (base).  Uses: err.
 *
 * Only commands, cli and mem call this room; other library code returns.
 */
#ifndef CRM_DIE_H
#define CRM_DIE_H

#include "base/err.h"

/* The name that messages begin with: a constant, not argv[0]. */
void die_name(const char *name);

/* What is done once before the words that a command ends with; NULL for
 * nothing. */
void die_behind(void (*last)(void *ctx), void *ctx);

/* Print `name: words` as one line; control bytes are shown as \xNN. */
void warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Print `name: words` and exit with status. */
_Noreturn void die(int status, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Print each line of e as `name: line` and exit with its status. */
_Noreturn void die_err(const struct err *e);

/* The same, unless all went well. */
void die_unless(bool good, const struct err *e);

/* Print each line of e as `name: line` and go on. */
void warn_err(const struct err *e);

#endif
