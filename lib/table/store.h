/*
 * store - the directory of a store: find it, make it, lock it, append to
 * its journal, replace its files.
 *
 * Floor 2 (table).  Uses: base, append, crate, file, input, lock, replace,
 * swap.
 *
 * The rules of appending and replacing, and why each is there, are in
 * crm(5), DURABILITY.  In short: one lock file that is never renamed or
 * removed; files opened anew under the lock; a torn tail moved aside before
 * the next row; one write, fdatasync before unlocking; replacing by
 * writing beside, syncing, renaming and syncing the directory.  Signals
 * are blocked from lock to unlock.
 */
#ifndef CRM_STORE_H
#define CRM_STORE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "table/input.h"
#include "table/swap.h"

/* What of bytes at the end of a file that are no rows. */
enum store_tail {
	STORE_SEEN,   /* store_input has opened it */
	STORE_MOVED,  /* those behind the last LF are in NAME.torn now */
	STORE_UNDONE, /* those of a load that was cut short are */
};

struct store {
	char *dir; /* path of the directory; owned */
	bool here; /* does it exist, as a directory or out of reach? */
	int lock;  /* descriptor of the held lock, or -1; private */
	void *blocked; /* signals blocked meanwhile; private */

	/* set by who wants to be told of bytes that are no rows; or NULL */
	void (*tail)(void *ctx, enum store_tail what, const char *path,
	    size_t bytes);
	void *ctx;
};

/*
 * Name the store: `dir` if not NULL, else $CRM_DIR, else
 * $XDG_DATA_HOME/crm, else $HOME/.local/share/crm.  It need not exist.
 * False with CRM_USAGE where none of these is set.
 */
bool store_find(struct store *s, const char *dir, struct err *e);

/* Make the directory (0700, parents too) with its lock file if it is not
 * there. */
bool store_create(struct store *s, struct err *e);

/* DIR/name, malloc'd. */
char *store_path(const struct store *s, const char *name);

/* Is there such a file in the store?  True too where that may not be
 * looked at: opening it says why. */
bool store_has(const struct store *s, const char *name);

/*
 * Open file `name` for reading: *in, which is NULL where there is no such
 * file or no store (or s is NULL).  False where it cannot be opened.
 */
bool store_input(const struct store *s, const char *name, struct input **in,
    struct err *e);

/*
 * Paths of the journal: journal.tsv and all journal-*.tsv, .tsv.gz and
 * .tsv.zst, in byte order of their names, as a malloc'd array of *n
 * malloc'd strings.  None is no error; one that is there both packed and
 * not is, since it would count twice.  Free paths on failure too.
 */
bool store_journals(const struct store *s, char ***paths, size_t *n,
    struct err *e);

/* Is it the name of a file that belongs to the journal? */
bool store_is_journal(const char *name);

/* As what files journal-NAME.tsv is there: under this name, with .gz and with
 * .zst behind it; how many, malloc'd. */
enum { STORE_FORMS = 3 };
size_t store_journal_as(const struct store *s, const char *name,
    char *as[static STORE_FORMS]);

/*
 * Lock for writing (or, shared, for opening two files that must agree);
 * waits up to 30 s ($CRM_LOCK_WAIT seconds), then CRM_SYS naming the lock
 * file.  Signals are blocked while the lock is held.  A writer refuses
 * while DIR/NAME.suspect is there for any file, finishes a change of several
 * files whose writer was killed (swap.h), and removes temporary files of
 * such writers.  A reader makes no lock file: without one there is nobody
 * to wait for.
 */
bool store_lock(struct store *s, bool shared, struct err *e);
void store_unlock(struct store *s);

/*
 * Under the lock: append whole rows (each ending in LF) to file `name`,
 * durable when it returns true.  A missing file is made with `header` as
 * its first line.  On failure the file is as it was.  Bytes after the last
 * LF are moved to NAME.torn first.
 */
bool store_append(struct store *s, const char *name, const char *header,
    struct slice rows, struct err *e);

/* May rows be appended to file `name`, if it is there?  Not to a packed one:
 * append_packed says so. */
bool store_appends(const struct store *s, const char *name, struct err *e);

/* Under the lock: replace (or make) file `name` by these bytes.  A crate
 * .NAME.index, made of the old ones, goes first. */
bool store_replace(struct store *s, const char *name, struct slice bytes,
    struct err *e);

/* Under the lock: make a new file `name`, an error if it exists. */
bool store_make(struct store *s, const char *name, struct slice bytes,
    struct err *e);

/* Under the lock: remove file `name` and .NAME.index, durable when it
 * returns true. */
bool store_remove(struct store *s, const char *name, struct err *e);

/* Under the lock: begin to change several files at once. */
void store_swap(const struct store *s, struct swap *w);

/* Under the lock: bytes after the last LF of file `name` are moved to
 * NAME.torn, as store_append does it. */
bool store_clear(struct store *s, const char *name, struct err *e);

/* Unlocks if need be. */
void store_close(struct store *s);

#endif
