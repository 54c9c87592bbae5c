/*
 * err - failures, worded once, at the place that knows why.
 *
 * Floor 1 (base).  Uses: slice, text.
 *
 * A library function that can fail returns bool: true is success.  On
 * false it has filled the struct err it was given (or the one inside the
 * object it works on).  Library code never prints and never exits; a
 * command decides what to do with the text.
 *
 * An err holds one failure, or up to ERR_LINES bad rows of a table, one a
 * line in the order of the file.  A zeroed struct is no error.
 */
#ifndef CRM_ERR_H
#define CRM_ERR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/* Exit statuses of every command.  Documented in crm(7). */
enum {
	CRM_OK = 0,    /* yes; done */
	CRM_NO = 1,    /* a question was asked and the answer is no */
	CRM_USAGE = 2, /* the caller's fault: bad options or arguments */
	CRM_DATA = 3,  /* the file's fault: bad header, row or value */
	CRM_SYS = 4,   /* the machine's fault: open, read, write, memory */
};

enum {
	ERR_LINES = 10,  /* bad rows told at once */
	ERR_QUOTE = 80,  /* bytes of a value that a message repeats */
	ERR_TEXT = 6000, /* room for all lines */
};

struct err {
	int status;          /* CRM_OK, or what went wrong first */
	int lines;           /* how many lines text has */
	uint64_t at[ERR_LINES]; /* where the row of each line stands */
	char text[ERR_TEXT]; /* lowercase, no final stop; lines parted by \n */
};

/*
 * Record a failure.  The first one wins: a later call on an err that is
 * already set changes nothing, so the cause is never overwritten by its
 * consequences.  Control bytes in the words, characters that turn the
 * direction of text or are not seen, and bytes that are not UTF-8 are shown
 * as \xNN.  Always returns false, so that callers can `return err_set(...)`.
 */
bool err_set(struct err *e, int status, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Add the failure of a row that stands at `at` (a line number) in its
 * place among those already there; of more than ERR_LINES the last is
 * dropped.  Sets the status CRM_DATA if none is set; changes nothing where
 * there is a failure of another kind.  Always returns false.
 */
bool err_row(struct err *e, uint64_t at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Record `what: strerror(errno)` with CRM_SYS. */
bool err_sys(struct err *e, const char *what);

/* True where no more rows need be looked at for their errors. */
static inline bool
err_full(const struct err *e)
{
	return e->status != CRM_OK &&
	    (e->lines >= ERR_LINES || e->status != CRM_DATA);
}

/*
 * A value as messages quote it: hidden bytes as \xNN, cut after ERR_QUOTE
 * bytes at a character boundary with "..." behind.  Writes at most
 * ERR_SHOWN bytes with the NUL and returns `to`.
 */
enum { ERR_SHOWN = 4 * ERR_QUOTE + 4 };
const char *err_shown(char to[static ERR_SHOWN], struct slice value);

#endif
