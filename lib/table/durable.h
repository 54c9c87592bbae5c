/*
 * durable - change files so that they survive: append, replace, remove.
 *
 * Floor 2 (table).  Uses: base.
 *
 * The caller holds the lock of the store that the files belong to and has
 * blocked signals.  What is told to be done is on the disk: synced, with
 * its directory where a name changed.  On failure the old bytes are there,
 * and no temporary file is.  Nothing is allocated while a temporary file
 * exists, so that running out of memory leaves none behind either.
 * Symbolic links are followed; the file that they name is changed.
 */
#ifndef CRM_DURABLE_H
#define CRM_DURABLE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

/* Temporary files are DIR/.NAME DURABLE_MARK XXXXXX. */
#define DURABLE_MARK ".new-"

/* While several rows are appended PATH.undo says where the file ended. */
#define DURABLE_UNDO ".undo"

/*
 * Append whole rows to a file that exists.  Bytes after its last LF are
 * moved to PATH.torn first, *torn of them; `header`, without LF, is written
 * where the file is empty then.  Several rows are there all or, after a
 * writer was killed and the next has called durable_undo, none.  Where syncing fails PATH.suspect is made:
 * the kernel may have lost what it says it has.
 */
bool durable_append(const char *path, const char *header, struct slice rows,
    size_t *torn, struct err *e);

/*
 * PATH.undo is there: take back what a killed writer had appended, moving
 * it to PATH.torn, and add the number of bytes to *undone.
 */
bool durable_undo(const char *path, size_t *undone, struct err *e);

/*
 * Replace a file, or make it with this mode.  Mode, group and, as far as
 * may be, the owner of an old one are kept.
 */
bool durable_replace(const char *path, mode_t mode, struct slice bytes,
    struct err *e);

bool durable_remove(const char *path, struct err *e);

/* Copy a file by read and write into the place of itself and remove
 * PATH.suspect. */
bool durable_repair(const char *path, struct err *e);

/* Sync the directory that `path` is in. */
bool durable_sync_dir(const char *path, struct err *e);

#endif
