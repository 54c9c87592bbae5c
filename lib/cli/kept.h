/*
 * kept - the customers that a state file keeps: in byte order of their ids,
 * in pieces that are read, checked and looked at one by one.
 *
 * Floor 5 (cli).  Uses: base, table/crate, measure/slot, show/quick.
 *
 * A piece is one stretch of bytes: the customers as slot.h packs them, and
 * behind these their ids.  An index says where each piece is, what its hash
 * is and how large the sums in it are; the first ids of all pieces tell
 * where a customer would be.
 */
#ifndef CRM_KEPT_H
#define CRM_KEPT_H

#include "measure/slot.h"
#include "table/crate.h"

/* The parts of a crate that it takes, from some part on. */
enum { KEPT_PIECES, KEPT_INDEX, KEPT_FIRSTS, KEPT_PARTS };

/* A piece, as it is in the index. */
struct kept_piece {
	uint64_t at, len; /* its bytes */
	struct slot_size size;
	uint64_t most;    /* the largest sum of a customer */
	uint64_t first;   /* bytes of its first id */
	struct seal_hash hash;
};

/* Zeroed, it keeps nothing. */
struct kept {
	size_t pieces;
	uint64_t customers;  /* in all */
	uint64_t most;       /* the largest sum of all */
	struct slice *first; /* the first id of each piece */

	/* private */
	const struct crate *crate;
	size_t part;
	struct kept_piece *piece;
	struct buf index, firsts;
};

/* Take up what the parts from `part` on keep.  False where the index is
 * damaged: then it keeps nothing. */
bool kept_open(struct kept *k, const struct crate *c, size_t part);
void kept_close(struct kept *k);

/* A piece that has been read.  A zeroed struct is none; who reads one after
 * the other with the same struct needs no new memory for each. */
struct kept_view {
	struct stat stat;  /* its customers: 0, 1, 2 ... */
	struct slice *id;  /* theirs; QUICK_SLACK bytes can be read of each */
	uint32_t n;

	/* private */
	size_t ids;
	struct buf bytes;
};

/* False where it is damaged. */
bool kept_read(const struct kept *k, size_t piece, struct kept_view *v);
void kept_view_free(struct kept_view *v);

/* A piece being made: customers in their order, then the bytes. */
struct kept_made {
	/* private */
	struct slot_pack pack;
	struct buf ids, bytes;
	struct kept_piece about;
};

void kept_put(struct kept_made *m, struct slice id, const struct stat *s,
    uint32_t who);
void kept_pack(struct kept_made *m);
void kept_made_free(struct kept_made *m);

/* Pieces on their way into a crate, which has been begun: begin, each piece
 * in its turn, end.  A piece of no customers is none. */
struct kept_writer {
	struct crate_writer *to;
	struct buf index, firsts;
	uint64_t at;
};

void kept_begin(struct kept_writer *w, struct crate_writer *to);
void kept_add(struct kept_writer *w, const struct kept_made *m);
void kept_end(struct kept_writer *w);

#endif
