/*
 * sheet - what a user wants to have stored: a table that he gives, or one
 * row of `field=value` words.
 *
 * Floor 3 (crm).  Uses: base, table.
 *
 * Both are a header and rows in memory, so that crm-add and crm-log check
 * them in one way.  Messages about a table begin with `file:line: `, those
 * about words with the name of the field.
 */
#ifndef CRM_SHEET_H
#define CRM_SHEET_H

#include "table/head.h"
#include "table/input.h"
#include "table/rows.h"

enum { SHEET_FIELD = 64 * 1024 }; /* longest field that is stored */

struct sheet {
	struct head head;
	struct rows rows;
	char *name; /* of the file, NULL for words; owned */

	/* private */
	struct buf names, line; /* while words are put */
};

/* Read a whole table; the input is closed.  Fields over 64 KiB and rows
 * over 1 MiB are refused. */
bool sheet_read(struct sheet *s, struct input *in, struct err *e);

/*
 * Is this operand `name=value`?  A name begins with a letter and has
 * letters, digits, `_`, `-` and bytes beyond ASCII.
 */
bool sheet_word(const char *operand, struct slice *name,
    struct slice *value);

/* Put one more field, its value without escapes, into the row of words.
 * Refused: a name twice, a value that is not UTF-8 or too long. */
bool sheet_put(struct sheet *s, struct slice name, struct slice value,
    struct err *e);

/* All words are put. */
bool sheet_done(struct sheet *s, struct err *e);

/* A field of row i as a value, by room where it has escapes. */
struct slice sheet_value(const struct sheet *s, size_t i, int col,
    struct buf *room);

/* Add `[file:line: ]column: what: "value"` to *e.  Returns false. */
bool sheet_bad(const struct sheet *s, size_t i, const char *column,
    const char *what, struct slice value, struct err *e);

/* The same with a value that is quoted already. */
bool sheet_told(const struct sheet *s, size_t i, const char *column,
    const char *what, const char *quoted, struct err *e);

/* The same, `unknown: "value"`, with the known word that is near, if any. */
bool sheet_unknown(const struct sheet *s, size_t i, const char *column,
    struct slice value, struct slice near, struct err *e);

/*
 * A column of the sheet is none of the n known ones: `unknown column:
 * "emial" (did you mean "email"?)`, with `file:1: ` before it; of words
 * `unknown field`.  Returns false.
 */
bool sheet_unknown_column(const struct sheet *s, size_t col,
    const struct slice *known, size_t n, struct err *e);

void sheet_free(struct sheet *s);

#endif
