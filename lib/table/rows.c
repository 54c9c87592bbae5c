#include "table/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* Numbers of their own for rows that are not next to each other. */
static void
number_each(struct rows *r)
{
	r->number = mem_resize(NULL, r->cap, sizeof *r->number);
	for (size_t i = 0; i < r->n; i++)
		r->number[i] = r->first + i;
}

static void
make_room(struct rows *r)
{
	r->at = mem_grow(r->at, &r->cap, r->n + 1, sizeof *r->at);
	r->end = mem_resize(r->end, r->cap, r->cols * sizeof *r->end);
	if (r->number != NULL)
		r->number = mem_resize(r->number, r->cap,
		    sizeof *r->number);
}

/* One more row, whose bytes and ends are for the caller. */
static uint32_t *
next(struct rows *r, uint64_t number)
{
	if (r->n == r->cap)
		make_room(r);
	if (r->n == 0)
		r->first = number;
	if (r->number == NULL && number != r->first + r->n)
		number_each(r);
	if (r->number != NULL)
		r->number[r->n] = number;
	r->at[r->n] = r->bytes.len;
	return r->end + r->n++ * r->cols;
}

/* The LF comes along: behind a line that t has in hand there is one. */
void
rows_take(struct rows *r, struct tsv *t)
{
	const uint32_t *ends = tsv_ends(t);
	struct slice line = tsv_line(t);
	uint32_t *end = next(r, t->line), from = ends[-1] + 1;

	buf_add(&r->bytes, line.at, line.len + 1);
	for (size_t i = 0; i < r->cols; i++)
		end[i] = ends[i] - from;
}

/* Behind a block more can be read, so that short fields go at once. */
void
rows_pick(struct rows *r, struct tsv *t, const int *col)
{
	enum { SHORT = 16 };
	const uint32_t *ends = tsv_ends(t);
	const char *base = t->scan.base;
	size_t most = ends[t->head.cols - 1] - ends[-1];
	char *line = buf_room(&r->bytes, most + r->cols + SHORT), *to = line;
	uint32_t *end = next(r, t->line);

	for (size_t i = 0; i < r->cols; i++) {
		uint32_t from = ends[col[i] - 1] + 1, len = ends[col[i]] - from;

		if (len <= SHORT)
			memcpy(to, base + from, SHORT);
		else
			memcpy(to, base + from, len);
		to += len;
		end[i] = (uint32_t)(to - line);
		*to++ = '\t';
	}
	to[-1] = '\n';
	*to = '\0';
	r->bytes.len += (size_t)(to - line);
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
	return (struct slice){ r->bytes.at + r->at[i],
		r->end[i * r->cols + r->cols - 1] };
}

uint64_t
rows_number(const struct rows *r, size_t i)
{
	return r->number != NULL ? r->number[i] : r->first + i;
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
	free(r->at);
	free(r->end);
	free(r->number);
	*r = (struct rows){ .cols = r->cols };
}
