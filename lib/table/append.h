/*
 * append - put rows behind a file so that they stay.
 *
 * Floor 2 (table).  Uses: base, file, grown, unpack.
 *
 * The caller holds the lock of the store and has blocked signals.  What is
 * told to be done is on the disk.  On failure the file is as it was.
 */
#ifndef CRM_APPEND_H
#define CRM_APPEND_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

struct stat; /* of <sys/stat.h> */

/* While several rows are appended PATH.undo says where the file ended. */
#define APPEND_UNDO ".undo"

/*
 * Append whole rows to a file that exists.  Bytes after its last LF are
 * moved to PATH.torn first, *torn of them; `header`, without LF, is written
 * where the file is empty then.  Several rows are there all or, after a
 * writer was killed and the next has called append_undo, none.  Where
 * syncing fails PATH.suspect is made: the kernel may have lost what it says
 * it has.  `note` asks for the note of grown.h.  A packed file, whatever its
 * name, is refused as append_packed words it.
 */
bool append_rows(const char *path, const char *header, struct slice rows,
    bool note, size_t *torn, struct err *e);

/* Bytes after the last LF of a file that exists are moved to PATH.torn,
 * *torn of them, as append_rows does it first.  A packed file has none. */
bool append_clear(const char *path, size_t *torn, struct err *e);

/* Where the last whole row of an open file of `size` bytes ends; of a packed
 * one all belongs to it.  False with errno. */
bool append_end(int fd, off_t size, bool *packed, off_t *end);

/* Say that a file is packed, so that nothing can be appended.  False. */
bool append_packed(const char *path, struct err *e);

/*
 * PATH.undo is there: take back what a killed writer had appended, moving
 * it to PATH.torn, and add the number of bytes to *undone.
 */
bool append_undo(const char *path, size_t *undone, struct err *e);

/* Is a load being written there, or was it cut short? */
bool append_loads(const char *path);

/*
 * What may be read of a file that has been opened, whose st.st_size is where
 * the rows end then: not a load that is being written, or was cut short, *cut
 * bytes.  False where that cannot be known, or it is no regular file.
 */
bool append_seen(const char *path, int fd, struct stat *st, size_t *cut,
    struct err *e);

#endif
