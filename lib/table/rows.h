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

#include "base/mem.h"
#include "table/tsv.h"

struct rows {
	size_t n, cols;

	/* private */
	char *bytes;       /* all lines, one behind the other, with LF */
	size_t used, room; /* of these */
	uint16_t *place;   /* of each row: where in bytes it begins, which takes
	                      ROWS_AT of these, and where its fields end from
	                      there; ROWS_FAR in a line that is as long */
	uint64_t first;    /* the number of the first in the file; those
	                      behind it are next to each other, or */
	uint64_t *number;  /* each has its own here, else NULL */
	size_t cap;        /* room for so many rows */
};

/* Add the row that t has in hand. */
void rows_take(struct rows *r, struct tsv *t);

/* The same of some of its columns: before each of those that r has, `gap` are
 * left out. */
void rows_pick(struct rows *r, const struct tsv *t, const int *gap);

/* Add a line of r->cols fields with their escapes; `number` is what
 * rows_number will say of it. */
void rows_add(struct rows *r, struct slice line, uint64_t number);

/* Private. */
enum { ROWS_AT = sizeof(size_t) / sizeof(uint16_t), ROWS_FAR = UINT16_MAX };

static inline uint16_t *
rows_place(const struct rows *r, size_t i)
{
	return r->place + i * (ROWS_AT + r->cols);
}

static inline const char *
rows_start(const struct rows *r, const uint16_t *place)
{
	size_t at;

	memcpy(&at, place, sizeof at);
	return r->bytes + at;
}

/* In such a line, which is looked through. */
struct slice rows_far_field(const struct rows *r, size_t i, int c);

/* Field c of row i, with its escapes; empty where c < 0. */
static inline struct slice
rows_field(const struct rows *r, size_t i, int c)
{
	const uint16_t *place, *end;
	size_t from;

	if (c < 0)
		return SLICE_EMPTY;
	place = rows_place(r, i);
	end = place + ROWS_AT + c;
	if (*end == ROWS_FAR)
		return rows_far_field(r, i, c);
	from = c > 0 ? end[-1] + 1u : 0;
	return (struct slice){ rows_start(r, place) + from, *end - from };
}

/* Begin to fetch what says where row i and its fields are; once that is
 * there, the beginning of its line. */
MEM_FETCH
rows_fetch(const struct rows *r, size_t i)
{
	__builtin_prefetch(rows_place(r, i));
}

MEM_FETCH
rows_fetch_line(const struct rows *r, size_t i)
{
	__builtin_prefetch(rows_start(r, rows_place(r, i)));
}

/* The whole row i without its LF. */
struct slice rows_line(const struct rows *r, size_t i);

/* The number of its line in the file. */
uint64_t rows_number(const struct rows *r, size_t i);

/* All rows, each with its LF, in their order. */
struct slice rows_all(const struct rows *r);

void rows_free(struct rows *r);

#endif
