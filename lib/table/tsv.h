/*
 * tsv - read a table row by row: columns by name, fields by type.
 *
 * Floor 2 (table).  Uses: base, head, input, scan, wash.
 *
 * A line of nothing but TABs is a blank line: it is refused.
 *
 * For tables of customers, settings, ids and so on.  The journal goes
 * through crm/journal.h, many rows at a time, over the same scanner.
 *
 * Like a FILE, a struct tsv remembers its failures: loop until tsv_next
 * says false, then ask tsv_ok.  Bad rows (wrong shape, or a typed getter
 * that said false) are collected, up to ERR_LINES; tsv_next goes on behind
 * them, so that one run tells them all.
 */
#ifndef CRM_TSV_H
#define CRM_TSV_H

#include <stdbool.h>
#include <stdint.h>

#include "table/head.h"
#include "table/input.h"
#include "table/scan.h"

struct tsv {
	struct head head;
	uint64_t line;  /* number of the line in hand; the header is 1 */
	struct err err; /* what went wrong, if anything */

	/* private */
	struct input *in;
	struct block block;
	struct scan scan;
	size_t row;      /* next row of the block */
	uint64_t *lines; /* of a washed block, else NULL */
	size_t lines_cap;
	bool washed;
	uint64_t first; /* line number of the block's first row */
	struct slice text; /* the line in hand */
};

/*
 * Start reading; the input then belongs to t (NULL, from a failed
 * input_open with &t->err, is allowed).  On false the reason is in t->err;
 * tsv_close is due in either case.
 */
bool tsv_open(struct tsv *t, struct input *in);

/* Index of a column that must be there.  False where it is not, which is an
 * error of t. */
bool tsv_need(struct tsv *t, const char *column, int *at);

/* Read the next row.  False at the end and when no more errors fit. */
bool tsv_next(struct tsv *t);

/*
 * For who can tell that none of many rows matters: all rows of the next
 * block, as lines, unless tsv_next has begun with it or would not give all
 * of them as they are.  False then, and at the end: go on with tsv_next.
 * tsv_pass passes over them, and returns how many they are.
 */
bool tsv_block(struct tsv *t, struct slice *rows);
size_t tsv_pass(struct tsv *t);

/* Field c of the row in hand, with its escapes; good until tsv_next.
 * c < 0 (a column that the table lacks) gives an empty field. */
struct slice tsv_field(struct tsv *t, int c);

/* The whole line in hand without its LF, which stands behind it. */
static inline struct slice
tsv_line(const struct tsv *t)
{
	return t->text;
}

/* Where it begins in the block. */
static inline uint32_t
tsv_from(const struct tsv *t)
{
	return (uint32_t)(t->text.at - t->scan.base);
}

/* Where its fields end, as scan_row tells it; looked for when asked. */
static inline const uint32_t *
tsv_ends(struct tsv *t)
{
	return scan_kept(&t->scan, tsv_from(t));
}

/* tsv_field where hardly another field of the row is asked for so. */
static inline struct slice
tsv_alone(struct tsv *t, int c)
{
	return scan_alone(&t->scan, tsv_from(t), (size_t)c);
}

/* Add `file:line: column: what: "value"` for field c of the row in hand.
 * Returns false. */
bool tsv_bad(struct tsv *t, int c, const char *what);

/* The same, `unknown: "value"`, with the known word that is near, if any:
 * `(did you mean "near"?)`. */
bool tsv_unknown(struct tsv *t, int c, struct slice near);

/* True if nothing has gone wrong so far. */
bool tsv_ok(const struct tsv *t);

/* The end: what tsv_ok says, with the reason in *e if it is false.  Closes
 * t. */
bool tsv_done(struct tsv *t, struct err *e);

/* Free what t owns, the input too. */
void tsv_close(struct tsv *t);

#endif
