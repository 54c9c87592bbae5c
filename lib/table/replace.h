/*
 * replace - put a new file in the place of an old one, whole or not at all.
 *
 * Floor 2 (table).  Uses: base, file.
 *
 * The caller holds the lock of the store and has blocked signals.  The new
 * bytes are written beside the old file, synced, and renamed.  Nothing is
 * allocated while the temporary file exists, so that running out of memory
 * leaves none behind.  Symbolic links are followed; the file that they name
 * is replaced.
 */
#ifndef CRM_REPLACE_H
#define CRM_REPLACE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

/* Temporary files are DIR/.NAME REPLACE_MARK XXXXXX. */
#define REPLACE_MARK ".new-"

/*
 * Replace a file, or make it with this mode.  Mode, group and, as far as
 * may be, the owner of an old one are kept.  Where only the last step, the
 * syncing of the directory, fails, the words say that it is written.
 */
bool replace_bytes(const char *path, mode_t mode, struct slice bytes,
    struct err *e);

/* Remove a file. */
bool replace_remove(const char *path, struct err *e);

#endif
