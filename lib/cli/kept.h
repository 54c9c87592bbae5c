/*
 * kept - the customers that a state file keeps: in byte order of their ids,
 * in pieces that are read, checked and looked at one by one.
 *
 * Floor 5 (cli).  Uses: base, table/crate, measure/slot, show/quick.
 *
 * A customer is kept as his row of crm-stat, which most runs write out again
 * as it is; what few need, his order days, is behind the rows of his piece.
 * An index says where each piece is, what its hashes are and how large the
 * sums in it may be; the first ids of all pieces tell where a customer would
 * be.
 */
#ifndef CRM_KEPT_H
#define CRM_KEPT_H

#include "measure/slot.h"
#include "table/crate.h"

/* To be raised by whoever gives the bytes of a piece another meaning. */
enum { KEPT_FORMAT = 5 };

/* The parts of a crate that it takes, from some part on. */
enum { KEPT_PIECES, KEPT_INDEX, KEPT_FIRSTS, KEPT_PARTS };

/* A piece, as it is in the index. */
struct kept_piece {
	uint64_t at;         /* its bytes: */
	uint64_t rows, days; /* so many of rows, then so many of order days */
	uint64_t customers;
	uint64_t most;       /* no sum of a customer is larger */
	uint64_t first;      /* bytes of its first id */
	struct seal_hash hash, days_hash;
};

/* Zeroed, it keeps nothing. */
struct kept {
	size_t pieces;
	uint64_t customers;  /* in all */
	uint64_t most;       /* no sum is larger */
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
	struct slice *id; /* of its customers; their rows begin with them, and
	                     QUICK_SLACK bytes can be read of each */
	uint32_t n;
	bool dated;       /* their order days have been read, too */

	/* private */
	size_t ids, ends;
	const char *end;   /* of the last row */
	uint32_t *day_end; /* of the days of each */
	struct buf bytes, days;
};

/* False where it is damaged. */
bool kept_read(const struct kept *k, size_t piece, struct kept_view *v);
bool kept_read_days(const struct kept *k, size_t piece, struct kept_view *v);
void kept_view_free(struct kept_view *v);

/* The rows from..to-1, at least one, with their ends of line. */
struct slice kept_rows(const struct kept_view *v, uint32_t from, uint32_t to);

/* The order days of one, rising, where they have been read. */
size_t kept_days(const struct kept_view *v, uint32_t i, const int32_t **day);

/* A piece being made: customers in their order, then the bytes.  Zeros at
 * first. */
struct kept_made {
	/* private */
	struct buf ends, rows, counts, days, bytes;
	struct kept_piece about;
};

/* A customer: his row, with its end of line, the first bytes of which are his
 * id, and n order days, rising. */
void kept_put(struct kept_made *m, struct slice row, size_t id,
    const int32_t *day, size_t n);
void kept_pack(struct kept_made *m);
void kept_made_free(struct kept_made *m);

/* Pieces on their way into a crate, which has been begun: begin, each piece
 * in its turn, end.  A piece of no customers is none. */
struct kept_writer {
	/* private */
	struct crate_writer *to;
	uint64_t most;
	struct buf index, firsts;
	uint64_t at;
};

/* No sum of theirs is larger than `most`. */
void kept_begin(struct kept_writer *w, struct crate_writer *to, uint64_t most);
void kept_add(struct kept_writer *w, struct kept_made *m);
void kept_end(struct kept_writer *w);

#endif
