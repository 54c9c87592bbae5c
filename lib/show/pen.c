#include "show/pen.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/turns.h"

enum { PIECE = 1024 }; /* rows that are written in a turn */

/* A hand, and the rows that are to be written. */
struct hand {
	struct pen pen;
	void (*write)(struct quick *q, const void *rows, size_t from,
	    size_t to);
	const void *rows;
	size_t n;
};

size_t
pen_hands(const struct show *to, size_t pieces)
{
	size_t most = quick_can(to) ? turns_hands() : 1;

	return most < pieces ? most : pieces;
}

void
pen_begin(struct pen *p, struct show *to, size_t i, size_t n)
{
	p->out = to;
	if (i > 0) {
		p->out = &p->part;
		show_part(p->out, to);
	}
	p->quick = quick_begin(p->out);
	if (n > 1)
		quick_keep(p->quick);
}

void
pen_give(struct pen *p)
{
	if (quick_is(p->quick))
		quick_flush(p->quick);
}

void
pen_end(struct pen *p, struct show *to)
{
	quick_end(p->quick);
	if (p->out != to)
		show_part_end(p->out, to);
}

static void
make_piece(void *hand, size_t piece)
{
	struct hand *h = hand;
	size_t from = piece * PIECE, rest = h->n - from;

	h->write(h->pen.quick, h->rows, from,
	    from + (rest < PIECE ? rest : PIECE));
}

static void
give_piece(void *hand, size_t piece)
{
	struct hand *h = hand;

	(void)piece;
	pen_give(&h->pen);
}

void
pen_rows(struct show *to, size_t n,
    void (*write)(struct quick *q, const void *rows, size_t from, size_t to),
    const void *rows)
{
	struct turns turns = { n / PIECE + (n % PIECE > 0), make_piece,
		give_piece };
	size_t hands = pen_hands(to, turns.pieces);
	struct hand *h = mem_zero(hands, sizeof *h);

	for (size_t i = 0; i < hands; i++) {
		h[i] = (struct hand){ .write = write, .rows = rows, .n = n };
		pen_begin(&h[i].pen, to, i, hands);
	}
	turns_run(&turns, h, hands, sizeof *h);
	for (size_t i = 0; i < hands; i++)
		pen_end(&h[i].pen, to);
	free(h);
}
