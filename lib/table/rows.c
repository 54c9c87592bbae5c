#include "table/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* Room for one more row, whose bytes and ends are for the caller; the first
 * byte of its line is byte `from` of what its ends count. */
static uint32_t *
next(struct rows *r, uint32_t from, uint64_t number)
{
	size_t want = (r->n + 1) * (r->cols + 1);

	if (r->n == r->row_cap)
		r->row = mem_grow(r->row, &r->row_cap, r->n + 1,
		    sizeof *r->row);
	if (want > r->end_cap)
		r->end = mem_grow(r->end, &r->end_cap, want, sizeof *r->end);
	r->row[r->n++] = (struct row){ r->bytes.len - from, number };
	return r->end + want - (r->cols + 1);
}

/* The LF comes along: behind a line that t has in hand there is one. */
void
rows_take(struct rows *r, const struct tsv *t)
{
	const uint32_t *ends = tsv_ends(t) - 1;
	struct slice line = tsv_line(t);
	uint32_t *end = next(r, ends[0] + 1, t->line);

	buf_add(&r->bytes, line.at, line.len + 1);
	memcpy(end, ends, (r->cols + 1) * sizeof *end);
}

void
rows_add(struct rows *r, struct slice line, uint64_t number)
{
	struct slice rest = line, f = { "", 0 };
	uint32_t *end = next(r, 0, number);

	buf_slice(&r->bytes, line);
	buf_byte(&r->bytes, '\n');
	end[0] = UINT32_MAX;
	for (size_t i = 0; i < r->cols && text_part(&rest, '\t', &f); i++)
		end[i + 1] = (uint32_t)(f.at + f.len - line.at);
}

struct slice
rows_line(const struct rows *r, size_t i)
{
	const uint32_t *end = r->end + i * (r->cols + 1);
	uint32_t from = end[0] + 1;

	return (struct slice){ r->bytes.at + (r->row[i].at + from),
		end[r->cols] - from };
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
