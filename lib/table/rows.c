#include "table/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { SOME = 16, SMALL = 64 * 1024 }; /* up to so many bytes no pages */

/* Numbers of their own for rows that are not next to each other. */
static void
number_each(struct rows *r)
{
	r->number = mem_resize(NULL, r->cap, sizeof *r->number);
	for (size_t i = 0; i < r->n; i++)
		r->number[i] = r->first + i;
}

static bool
is_small(size_t cap, size_t size)
{
	return cap * size <= SMALL;
}

static void
free_room(void *p, size_t cap, size_t size)
{
	if (is_small(cap, size))
		free(p);
	else
		mem_pages_free(p, cap, size);
}

/* What has no room for so many becomes twice as large, or more. */
static void *
more_room(void *p, size_t *cap, size_t want, size_t size)
{
	size_t had = *cap, more = had < SOME ? SOME : had;
	void *pages;

	while (more < want)
		more *= 2;
	*cap = more;
	if (is_small(more, size))
		return mem_resize(p, more, size);
	if (!is_small(had, size))
		return mem_pages_grow(p, had, more, size);
	pages = mem_pages(more, size);
	if (had > 0)
		memcpy(pages, p, had * size);
	free(p);
	return pages;
}

static void
make_room(struct rows *r)
{
	r->place = more_room(r->place, &r->cap, r->n + 1,
	    (ROWS_AT + r->cols) * sizeof *r->place);
	if (r->number != NULL)
		r->number = mem_resize(r->number, r->cap,
		    sizeof *r->number);
}

/* Where n more bytes go. */
static inline char *
room_for(struct rows *r, size_t n)
{
	if (r->room - r->used < n)
		r->bytes = more_room(r->bytes, &r->room, r->used + n, 1);
	return r->bytes + r->used;
}

/* The number of the first row, or of one that does not follow it. */
static void
keep_number(struct rows *r, uint64_t number)
{
	if (r->n == 0)
		r->first = number;
	else if (r->number == NULL)
		number_each(r);
	if (r->number != NULL)
		r->number[r->n] = number;
}

/* One more row, whose bytes and ends are for the caller. */
static inline uint16_t *
next(struct rows *r, uint64_t number)
{
	uint16_t *place;

	if (r->n == r->cap)
		make_room(r);
	if (r->number != NULL || number != r->first + r->n)
		keep_number(r, number);
	place = rows_place(r, r->n++);
	memcpy(place, &r->used, sizeof r->used);
	return place + ROWS_AT;
}

/* Ends are not kept of a line that is too long for them. */
static inline void
vet_ends(const struct rows *r, uint16_t *end, size_t len)
{
	if (len >= ROWS_FAR)
		memset(end, 0xff, r->cols * sizeof *end);
}

/* The LF comes along: behind a line that t has in hand there is one. */
void
rows_take(struct rows *r, struct tsv *t)
{
	const uint32_t *ends = tsv_ends(t);
	struct slice line = tsv_line(t);
	uint32_t from = tsv_from(t);
	uint16_t *end = next(r, t->line);

	memcpy(room_for(r, line.len + 1), line.at, line.len + 1);
	r->used += line.len + 1;
	for (size_t i = 0; i < r->cols; i++)
		end[i] = (uint16_t)(ends[i] - from);
	vet_ends(r, end, line.len);
}

/* Behind a block more can be read, so that short fields take no call. */
void
rows_pick(struct rows *r, const struct tsv *t, const int *gap)
{
	enum { SHORT = 16 };
	struct slice all = tsv_line(t);
	struct scan_walk walk = scan_walk(&t->scan, tsv_from(t));
	char *line = room_for(r, all.len + SHORT);
	uint16_t *end = next(r, t->line);
	const char *from = all.at, *last;
	size_t len = 0;

	for (size_t i = 0, n = r->cols; i < n; i++, from = last + 1) {
		if (gap[i] > 0)
			from = scan_pass(&walk, gap[i]) + 1;
		last = scan_pass(&walk, 1);
		if (last < from + SHORT)
			memcpy(line + len, from, SHORT);
		else
			memcpy(line + len, from, (size_t)(last + 1 - from));
		len += (size_t)(last - from);
		end[i] = (uint16_t)len++;
	}
	line[len - 1] = '\n';
	vet_ends(r, end, len - 1);
	r->used += len;
}

void
rows_add(struct rows *r, struct slice line, uint64_t number)
{
	struct slice rest = line, f = { "", 0 };
	char *to = room_for(r, line.len + 1);
	uint16_t *end = next(r, number);

	if (line.len > 0)
		memcpy(to, line.at, line.len);
	to[line.len] = '\n';
	r->used += line.len + 1;
	for (size_t i = 0; i < r->cols && text_part(&rest, '\t', &f); i++)
		end[i] = (uint16_t)(f.at + f.len - line.at);
	vet_ends(r, end, line.len);
}

struct slice
rows_far_field(const struct rows *r, size_t i, int c)
{
	const char *start = rows_start(r, rows_place(r, i));
	struct slice rest = { start, (size_t)(r->bytes + r->used - start) };
	struct slice line, field = SLICE_EMPTY;

	text_part(&rest, '\n', &line);
	for (; c >= 0; c--)
		text_part(&line, '\t', &field);
	return field;
}

struct slice
rows_line(const struct rows *r, size_t i)
{
	struct slice last = rows_field(r, i, (int)r->cols - 1);
	const char *start = rows_start(r, rows_place(r, i));

	return (struct slice){ start, (size_t)(last.at + last.len - start) };
}

uint64_t
rows_number(const struct rows *r, size_t i)
{
	return r->number != NULL ? r->number[i] : r->first + i;
}

struct slice
rows_all(const struct rows *r)
{
	return r->used > 0 ? (struct slice){ r->bytes, r->used } : SLICE_EMPTY;
}

void
rows_free(struct rows *r)
{
	free_room(r->bytes, r->room, 1);
	free_room(r->place, r->cap, (ROWS_AT + r->cols) *
	    sizeof *r->place);
	free(r->number);
	*r = (struct rows){ .cols = r->cols };
}
