/*
 * csv - read comma-separated values, record by record, through libcsv.
 *
 * Floor 2 (table).  Uses: base; libcsv.
 *
 * Strict RFC 4180 with any delimiter of one byte: a quote within a field
 * that does not begin with one, text behind a closing quote, and a quote
 * that is never closed are errors that name the line; nothing is repaired.
 * Blanks around a field belong to it.  CR, LF and CRLF end a record, and
 * within quotes belong to the field; blank lines are passed over.  A first
 * line `sep=;` (Excel) names the delimiter and is no record.  A record has
 * at most CSV_ROW bytes: one that is longer is most likely a quote that was
 * never closed.
 *
 * Loop until csv_next says false, then ask csv_ok.  After an error nothing
 * more can be read: where records begin is no longer known.
 */
#ifndef CRM_CSV_H
#define CRM_CSV_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"

enum { CSV_ROW = 1024 * 1024 }; /* longest record, as it stands there */

struct csv {
	char delimiter;
	uint64_t line;       /* physical line at which the record begins */
	struct slice *field; /* values; good until csv_next */
	size_t fields;
	struct err err;      /* what went wrong, if anything */

	/* private */
	const char *name;
	struct slice text;
	size_t at, from; /* from: where the record begins */
	size_t chunk; /* bytes that libcsv gets at a time; tests change it */
	uint64_t here;    /* line of text.at[at] */
	bool begun, whole; /* of the record in hand */
	struct buf bytes;
	size_t *end;      /* of each field in bytes */
	size_t ends, cap;
	void *parser;
};

/* The delimiter that a word names: one byte, or `tab`.  False where it may
 * be none: more bytes, a quote, a line end. */
bool csv_delimiter(const char *word, char *delimiter);

/*
 * Start reading text (borrowed): UTF-8 without a byte order mark.  `name`
 * is for messages.  delimiter is 0 where it is to be found: one of ; , TAB
 * | that cuts the first records into equally many fields, the most of all.
 * False with CRM_DATA where two would do: `name:1: the delimiter may be ";"
 * or ",": give it`.  csv_close is due in either case.
 */
bool csv_open(struct csv *c, struct slice text, const char *name,
    char delimiter);

/* Read the next record. */
bool csv_next(struct csv *c);

/* True if nothing has gone wrong so far. */
bool csv_ok(const struct csv *c);

void csv_close(struct csv *c);

/* Write a field, in quotes, behind a comma unless it is the first of its
 * record.  The bytes are not guarded: this is for files that come back. */
void csv_put(FILE *to, struct slice value, bool first);

#endif
