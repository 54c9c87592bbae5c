/*
 * turns - pieces of work that threads do side by side, and hand over one
 * after the other.
 *
 * Floor 1 (base).  Uses: mem.
 */
#ifndef CRM_TURNS_H
#define CRM_TURNS_H

#include <stddef.h>

/* How many threads a command works with: CRM_THREADS, or as many as there
 * are processors; at most TURNS_MOST. */
enum { TURNS_MOST = 256 };
size_t turns_threads(void);

struct turns {
	size_t pieces;
	/* Make a piece, while others are made; then hand it over, once those
	 * before it have been.  `hand` belongs to the thread. */
	void (*make)(void *hand, size_t piece);
	void (*give)(void *hand, size_t piece);
};

/* Do all pieces, in as many threads as there are hands (at least one), of
 * `size` bytes each. */
void turns_run(const struct turns *t, void *hands, size_t n, size_t size);

#endif
