/*
 * pen - what a hand writes rows of a table with, while other hands write those
 * that come behind them.
 *
 * Floor 4 (show).  Uses: base, quick.
 */
#ifndef CRM_PEN_H
#define CRM_PEN_H

#include "show/quick.h"

/*
 * Write n rows in their order, by threads that take some of them by turns
 * (base/turns): write(q, rows, from, to) writes those of them from `from` to
 * `to` - 1.  Where rows go through show, one thread writes all.
 */
void pen_rows(struct show *to, size_t n,
    void (*write)(struct quick *q, const void *rows, size_t from, size_t to),
    const void *rows);

/* For who runs the turns himself. */
struct pen {
	struct show *out; /* for rows that are not written quickly */
	struct quick *quick;

	/* private */
	struct show part;
};

/* How many hands so many pieces of a table are good for: one where rows go
 * through show. */
size_t pen_hands(const struct show *to, size_t pieces);

/* The pen of hand i of n, begun after show_begin; the first writes to the table
 * itself, the others to parts of it.  Where there are several, no row is
 * written before pen_give. */
void pen_begin(struct pen *p, struct show *to, size_t i, size_t n);

/* In its turn: write out the rows of a piece. */
void pen_give(struct pen *p);

void pen_end(struct pen *p, struct show *to);

#endif
