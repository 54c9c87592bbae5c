/*
 * grown - proof that a file has only grown, without reading it.
 *
 * Floor 2 (table).  Uses: base, file, seal.
 *
 * Who appends notes beside the file, in .NAME.grown, what the kernel says of
 * it behind each append: a list of marks.  From one to the next nothing but
 * the append has happened: while it was written nobody else had the file open
 * or mapped (a lease of the kernel), and before it the file was as the mark
 * before says.  Every other change has another ctime: since Linux 6.13 also
 * one in the same moment, once somebody has looked.
 *
 * Where one of these is not known to be so nothing is noted, and where the
 * last mark is not that of the file the next append begins a new list behind
 * it.  So a note that is missing, old, damaged or of another file proves
 * nothing.
 */
#ifndef CRM_GROWN_H
#define CRM_GROWN_H

#include <stdbool.h>

#include "table/file.h"

#define GROWN_NAME ".grown"

enum { GROWN_LEAST = 1024 * 1024 }; /* bytes of a file that is worth one */

/* An append. */
struct grown {
	/* private */
	int fd;
	const char *note;
	bool alone; /* nobody else has, or has had, the file open */
	struct file_mark before, after;
};

/*
 * Around the write, under the lock of the store, with signals blocked; `note`
 * is .NAME.grown, or NULL for none.  Between the first two another program
 * that opens the file waits.
 */
void grown_begin(struct grown *g, int fd, const char *note);
void grown_wrote(struct grown *g);

/* Once the bytes are on the disk. */
void grown_note(const struct grown *g);

/* Has the file at this path only been appended to between two marks? */
bool grown_since(const char *path, struct file_mark then,
    struct file_mark now);

/* Has a file here, once somebody has looked at it, another ctime after each
 * change? */
bool grown_can(int fd);

/* Is it the name of a note? */
bool grown_is(const char *name);

#endif
