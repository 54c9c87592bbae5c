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

/* How many hands that is good for: twice as many, so that who has made a piece
 * before its turn lays it by and makes another; one for one thread. */
size_t turns_hands(void);

struct turns {
	size_t pieces;
	/* Make a piece, while others are made; then hand it over, once those
	 * before it have been: another thread may do that.  `hand` belongs to
	 * the piece from the one to the other. */
	void (*make)(void *hand, size_t piece);
	void (*give)(void *hand, size_t piece);
};

/* Do all pieces in threads, half as many as there are hands (at least one), of
 * `size` bytes each. */
void turns_run(const struct turns *t, void *hands, size_t n, size_t size);

#endif
