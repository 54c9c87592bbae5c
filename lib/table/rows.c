#include "table/rows.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"

/* Room for one more row, whose bytes and ends are for the caller. */
static uint32_t *
next(struct rows *r, uint64_t number)
{
	size_t want = (r->n + 1) * r->cols;

	if (r->n == r->row_cap)
		r->row = mem_grow(r->row, &r->row_cap, r->n + 1,
		    sizeof *r->row);
	if (want > r->end_cap)
		r->end = mem_grow(r->end, &r->end_cap, want, sizeof *r->end);
	r->row[r->n++] = (struct row){ r->bytes.len, number };
	return r->end + want - r->cols;
}

/* The LF comes along: behind a line that t has in hand there is one. */
void
rows_take(struct rows *r, const struct tsv *t)
{
	const uint32_t *ends = tsv_ends(t), from = ends[-1] + 1;
	struct slice line = tsv_line(t);
	uint32_t *end = next(r, t->line);

	buf_add(&r->bytes, line.at, line.len + 1);
	for (size_t i = 0; i < r->cols; i++)
		end[i] = ends[i] - from;
}

void
rows_add(struct rows *r, struct slice line, uint64_t number)
{
	struct slice rest = line, f = { "", 0 };
	uint32_t *end = next(r, number);

	buf_slice(&r->bytes, line);
	buf_byte(&r->bytes, '\n');
	for (size_t i = 0; i < r->cols && text_part(&rest, '\t', &f); i++)
		end[i] = (uint32_t)(f.at + f.len - line.at);
}

struct slice
rows_line(const struct rows *r, size_t i)
{
	return (struct slice){ r->bytes.at + r->row[i].at,
		r->end[(i + 1) * r->cols - 1] };
}

uint64_t
rows_number(const struct rows *r, size_t i)
{
	return r->row[i].line;
}

struct slice
rows_all(const struct rows *r)
{
	return buf_all(&r->bytes);
}

void
rows_free(struct rows *r)
{
	buf_free(&r->bytes);
	free(r->row);
	free(r->end);
	*r = (struct rows){ .cols = r->cols };
}
