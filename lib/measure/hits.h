/*
 * hits - the events themselves: counted, and handed to whoever wants them.
 *
 * Floor 4 (measure).  Uses: base, crm.
 *
 * Which events a run lets through is the journal's to say (-c, -w, as-of);
 * this keeps those of a window.  They can be had in two ways: each as it is
 * met, which is the order of the files where the journal runs in one thread
 * (`take`); or all of them behind the run in that order, whatever the number
 * of threads, if they are not too many to be kept (`keep`, hits_sorted).
 */
#ifndef CRM_HITS_H
#define CRM_HITS_H

#include "base/buf.h"
#include "crm/journal.h"

struct hits_how {
	struct window window;
	/* Gets each event; NULL where only the number counts. */
	void (*take)(void *ctx, const struct batch *b, const struct event *v);
	void *ctx;
	/* Bytes of rows that each thread keeps at most; 0 keeps none. */
	size_t keep;
	const int *column; /* what is kept: handles of journal_columns */
	size_t columns;
};

struct hits {
	uint64_t n;
	bool full; /* there was more than could be kept */

	/* private */
	const struct hits_how *how;
	struct buf rows;   /* fields parted by TAB, LF behind each row */
	struct hits_piece {
		size_t file;
		uint64_t seq;
		size_t at, len; /* in rows */
	} *piece;          /* what came of each block */
	size_t pieces, cap;
};

extern const struct measure hits_measure; /* how: struct hits_how */

/* Give the rows that were kept to `row`, in the order of the files; none
 * where the hits are full. */
void hits_sorted(struct hits *h, void (*row)(void *ctx, struct slice line),
    void *ctx);

#endif
