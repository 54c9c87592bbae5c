/*
 * rows - the rows of a whole table in memory, field by field.
 *
 * Floor 2 (table).  Uses: base, tsv.
 *
 * For tables that must be looked at more than once; what can be done row
 * by row goes over tsv alone.  A zeroed struct with cols set is empty.
 */
#ifndef CRM_ROWS_H
#define CRM_ROWS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"
#include "table/tsv.h"

struct rows {
	size_t n, cols;

	/* private */
	struct buf bytes;  /* all lines, one behind the other, with LF */
	size_t *at;        /* where in bytes each begins */
	uint32_t *end;     /* of each field, from there: n * cols */
	uint64_t first;    /* the number of the first in the file; those
	                      behind it are next to each other, or */
	uint64_t *number;  /* each has its own here, else NULL */
	size_t cap;        /* room for so many rows */
};

/* Add the row that t has in hand. */
void rows_take(struct rows *r, struct tsv *t);

/* The same of columns col[0] to col[r->cols - 1] of it, and no others. */
void rows_pick(struct rows *r, struct tsv *t, const int *col);

/* Add a line of r->cols fields with their escapes; `number` is what
 * rows_number will say of it. */
void rows_add(struct rows *r, struct slice line, uint64_t number);

/* Field c of row i, with its escapes; empty where c < 0. */
static inline struct slice
rows_field(const struct rows *r, size_t i, int c)
{
	const uint32_t *end;
	uint32_t from;

	if (c < 0)
		return SLICE_EMPTY;
	end = r->end + i * r->cols + (size_t)c;
	from = c > 0 ? end[-1] + 1 : 0;
	return (struct slice){ r->bytes.at + r->at[i] + from, *end - from };
}

/* Begin to fetch what says where row i and its fields are; once that is
 * there, the beginning of its line. */
MEM_FETCH
rows_fetch(const struct rows *r, size_t i)
{
	__builtin_prefetch(&r->at[i]);
	__builtin_prefetch(&r->end[i * r->cols]);
}

MEM_FETCH
rows_fetch_line(const struct rows *r, size_t i)
{
	__builtin_prefetch(r->bytes.at + r->at[i]);
}

/* The whole row i without its LF. */
struct slice rows_line(const struct rows *r, size_t i);

/* The number of its line in the file. */
uint64_t rows_number(const struct rows *r, size_t i);

/* All rows, each with its LF, in their order. */
struct slice rows_all(const struct rows *r);

void rows_free(struct rows *r);

#endif
