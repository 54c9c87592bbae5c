/*
 * show - write a table: aligned, TSV, CSV, JSON or Markdown.
 *
 * Floor 4 (show).  Uses: base, align, cell, digits.
 *
 * A command says its columns once and then gives each row field by field;
 * what the format needs (escaping, guarding against formulas, control
 * bytes made visible, alignment) happens here and nowhere else.
 *
 * All formats but the aligned table, which must know its widths and is kept
 * until show_end, stream: the header goes out at once, rows in blocks.
 * Fields are valid UTF-8 without NUL.  Formats:
 *
 *   tsv    fields with the escapes of crm(5)
 *   csv    RFC 4180 by libcsv's csv_write, LF line ends, every field in
 *          quotes; one that begins with = + - @ TAB CR or LF gets a ' in
 *          front, except numbers and telephone numbers (+49 ...)
 *   json   an array of objects, one per line; numbers bare in number
 *          columns, empty ones null, all else strings
 *   md     a Markdown table; | \ ` * _ < > [ ] & ~ and a leading . or #
 *          escaped
 *   table  for people: bold header (with colour), numbers to the right,
 *          hidden characters (cell.h) as \x1b, at most the terminal's
 *          width: the widest text column is cut with an ellipsis at a
 *          grapheme boundary, until the text columns have SHOW_LEAST each;
 *          where that is not enough, only what is wider than half of the
 *          terminal is cut, and the rest is found to the right
 */
#ifndef CRM_SHOW_H
#define CRM_SHOW_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"

enum show_format { SHOW_TSV, SHOW_TABLE, SHOW_CSV, SHOW_JSON, SHOW_MD };

enum show_type {
	SHOW_TEXT,   /* any text, days and times too */
	SHOW_NUMBER, /* a decimal number or empty */
};

enum {
	SHOW_LEAST = 20,        /* columns that a text column keeps anyway: a
	                           time, an id, a telephone number is whole */
	SHOW_BLOCK = 64 * 1024, /* rows are written when there is so much */
};

struct show_column {
	const char *name;    /* as TSV has it */
	enum show_type type;
	const char *heading; /* N_("..."), for table and md; NULL is name */
};

struct show {
	/* set by the caller (cli does) */
	FILE *to;
	enum show_format format;
	bool color; /* bold headings and so on */
	int width;  /* terminal columns; 0 is no limit */
	bool terminal; /* tsv and csv too make hidden characters visible */
	bool file;     /* nobody waits for the header */

	/* answer */
	int broken; /* why the first write to `to` failed: an errno, or 0 */

	/* private */
	struct show_column *column;
	struct show_joint *joint; /* of each column: what goes around it */
	struct buf joints;        /* the bytes of the joints */
	size_t cols, at, rows;
	struct buf line; /* rows on their way out; of a table, all cells, each
	                    with a NUL behind */
	struct buf value, safe;
};

/* The format of a name, or -1. */
int show_format_of(const char *name);

/* Is it for people, who read sentences in their language and no empty
 * columns, not for machines? */
static inline bool
show_people(const struct show *s)
{
	return s->format == SHOW_TABLE || s->format == SHOW_MD;
}

/* Begin a table of n columns: the header is written now, and flushed, but to a
 * file; a table keeps the words.  Headings are translated here. */
void show_begin(struct show *s, const struct show_column *column, size_t n);

/* The fields of a row, from left to right, exactly n of them, then
 * show_row.  show_field takes a field as tables have it (with escapes),
 * show_value a plain value; numbers are written as num_text and num_money
 * write them. */
void show_field(struct show *s, struct slice field);
void show_value(struct show *s, struct slice value);
void show_text(struct show *s, const char *value);
void show_empty(struct show *s);
void show_int(struct show *s, int64_t v);
void show_fixed(struct show *s, int64_t v, int places); /* INT64_MIN empty */
void show_money(struct show *s, int64_t v);
void show_day(struct show *s, int32_t day);             /* DATE_NONE empty */
void show_time(struct show *s, int64_t time);           /* INT64_MIN empty */
void show_row(struct show *s);

/* Write to s->to; why it failed is kept in s->broken. */
void show_write(struct show *s, const char *at, size_t n);

/* Write out the rows that there are. */
void show_flush(struct show *s);

/* A part of a table that was begun, for a thread of its own: show_flush writes
 * its rows.  At the end what was not is lost, but not that writing failed. */
void show_part(struct show *part, const struct show *s);
void show_part_end(struct show *part, struct show *s);

/* Finish the table and free; several tables may follow one another on one
 * struct.  Write errors are told by cli_end, which closes the stream. */
void show_end(struct show *s);

#endif
