#include "measure/hits.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"

static void
init(void *state, const void *how)
{
	*(struct hits *)state = (struct hits){ .how = how };
}

static void
empty(struct hits *h)
{
	free(h->piece);
	buf_free(&h->rows);
	h->piece = NULL;
	h->pieces = h->cap = 0;
}

static void
free_state(void *state)
{
	empty(state);
}

/* The piece for rows of this batch: the last one, or a new one. */
static struct hits_piece *
piece_of(struct hits *h, const struct batch *b)
{
	struct hits_piece *p = h->pieces > 0 ? &h->piece[h->pieces - 1] : NULL;

	if (p != NULL && p->file == b->number && p->seq == b->seq)
		return p;
	h->piece = mem_grow(h->piece, &h->cap, h->pieces + 1,
	    sizeof *h->piece);
	p = &h->piece[h->pieces++];
	*p = (struct hits_piece){ b->number, b->seq, h->rows.len, 0 };
	return p;
}

static void
keep(struct hits *h, const struct batch *b, const struct event *v)
{
	struct hits_piece *p = piece_of(h, b);

	for (size_t c = 0; c < h->how->columns; c++) {
		if (c > 0)
			buf_byte(&h->rows, '\t');
		buf_slice(&h->rows, journal_field(b, v, h->how->column[c]));
	}
	buf_byte(&h->rows, '\n');
	p->len = h->rows.len - p->at;
	if (h->rows.len > h->how->keep) {
		h->full = true;
		empty(h);
	}
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	struct hits *h = state;

	(void)e;
	for (size_t i = 0; i < b->n; i++) {
		if (!window_has(h->how->window, b->event[i].time))
			continue;
		h->n++;
		if (h->how->take != NULL)
			h->how->take(h->how->ctx, b, &b->event[i]);
		if (h->how->keep > 0 && !h->full)
			keep(h, b, &b->event[i]);
	}
	return true;
}

static bool
merge(void *state, void *from, const uint32_t *who, struct err *e)
{
	struct hits *h = state, *f = from;

	(void)who;
	(void)e;
	h->n += f->n;
	h->full = h->full || f->full;
	if (h->full)
		empty(h);
	for (size_t i = 0; !h->full && i < f->pieces; i++) {
		struct hits_piece p = f->piece[i];

		h->piece = mem_grow(h->piece, &h->cap, h->pieces + 1,
		    sizeof *h->piece);
		p.at += h->rows.len;
		h->piece[h->pieces++] = p;
	}
	if (!h->full)
		buf_slice(&h->rows, buf_all(&f->rows));
	return true;
}

const struct measure hits_measure = { "hits", sizeof(struct hits), 0,
	init, add, merge, free_state };

static int
by_place(const void *a, const void *b)
{
	const struct hits_piece *p = a, *q = b;

	if (p->file != q->file)
		return p->file < q->file ? -1 : 1;
	return (p->seq > q->seq) - (p->seq < q->seq);
}

void
hits_sorted(struct hits *h, void (*row)(void *ctx, struct slice line),
    void *ctx)
{
	if (h->pieces > 0)
		qsort(h->piece, h->pieces, sizeof *h->piece, by_place);
	for (size_t i = 0; i < h->pieces; i++) {
		struct slice rest = { h->rows.at + h->piece[i].at,
			h->piece[i].len - 1 }, line;

		while (text_part(&rest, '\n', &line))
			row(ctx, line);
	}
}
