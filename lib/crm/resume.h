/*
 * resume - how far the files of a journal were read, and going on from
 * there another day.
 *
 * Floor 3 (crm).  Uses: base, journal, opened.
 *
 * What was read of a file is the same as long as its bytes up to there have
 * the hash that they had; its name, its place and its times prove nothing.
 * There are two exceptions.  Bytes of a file that the kernel says nobody has
 * changed (same device, inode, size and ctime, which no program can set)
 * are not read again, if its last change was RESUME_OLD seconds ago when
 * it was read, so that clocks that are not quite right do no harm.  Nor are
 * those of a file that grown.h proves to have only grown.
 */
#ifndef CRM_RESUME_H
#define CRM_RESUME_H

#include "base/buf.h"
#include "crm/journal.h"

enum { RESUME_OLD = 3600 };

/*
 * Between journal_open and journal_run: what is read is to be resumed some
 * day.  False where a file cannot be read a second time; *name is which.
 */
bool resume_watch(struct journal *j, const char **name);

/* Then: how many bytes do the files have more than were noted?  UINT64_MAX
 * where they have fewer. */
uint64_t resume_new(const struct journal *j, struct slice noted);

/*
 * Then: have all files that were noted the bytes they had?  If so the run
 * begins behind these; files that were not noted are read from their
 * beginning.  False changes nothing; *e is filled where the system failed.
 * Where `last` says that nothing will be noted of this run less is read.
 */
bool resume_from(struct journal *j, struct slice noted, bool last,
    struct err *e);

/* After the run: what it has passed over after all, for another run; *n inputs,
 * malloc'd.  Less than all where *e is filled. */
struct input **resume_passed(const struct journal *j, size_t *n,
    struct err *e);

/* Then: would it spare reading to note where the files are now? */
bool resume_gains(const struct journal *j);

/*
 * After a run: note in *to how far all files have been read.  `began` is
 * the time (of the clock of the files) when they had not yet been opened.
 * False where that cannot be said.
 */
bool resume_note(const struct journal *j, int64_t began, struct buf *to);

/* How many bytes had been read when this was noted. */
uint64_t resume_bytes(struct slice noted);

#endif
