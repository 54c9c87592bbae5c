/*
 * scan - find every TAB and LF of a block in one pass, and prove that the
 * block is a clean part of a table.
 *
 * Floor 2 (table).  Uses: base, input.
 *
 * Vector compares (AVX2 chosen when the program runs, SSE2, or portable C)
 * turn 64 bytes at a time into bit masks.  A clean block is well-formed
 * UTF-8, has only known escapes, no NUL and no CR, and every line has the
 * same number of fields.  What is not clean goes line by line through
 * wash_block (wash.h), which names what is wrong and leaves a clean block.
 */
#ifndef CRM_SCAN_H
#define CRM_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/*
 * Ends of fields: row r, field c ends before byte end[r * cols + c] of the
 * block (that byte is TAB or, at the last field, LF) and begins behind the
 * end before it; end[-1] is -1, so that holds for the first field too.
 */
enum scan_form { SCAN_UNSET, SCAN_PORTABLE, SCAN_SSE2, SCAN_AVX2 };

struct scan {
	enum scan_form form; /* unset: the best that this machine has */
	const char *base;    /* the block */
	uint32_t *end;       /* see above; into room */
	size_t rows, cols;

	/* private */
	uint32_t *room; /* owned */
	size_t cap;
};

/* The fastest form that this machine can run. */
enum scan_form scan_best(void);

/*
 * Scan a block of len bytes with INPUT_SLACK readable bytes behind it.
 * False where it is not clean for a table of `cols` columns.
 */
bool scan_block(struct scan *s, const char *block, size_t len, size_t cols);

/* Field c of row r. */
static inline struct slice
scan_field(const struct scan *s, const uint32_t *row, size_t c)
{
	uint32_t from = row[(ptrdiff_t)c - 1] + 1;

	return (struct slice){ s->base + from, row[c] - from };
}

/* The ends of row r, for scan_field. */
static inline const uint32_t *
scan_row(const struct scan *s, size_t r)
{
	return s->end + r * s->cols;
}

void scan_free(struct scan *s);

#endif
