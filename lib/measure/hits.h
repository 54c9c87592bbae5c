/*
 * hits - the events themselves: counted, and handed to whoever wants them.
 *
 * Floor 4 (measure).  Uses: crm.
 *
 * Which events a run lets through is the journal's to say (-c, -w, as-of);
 * this keeps those of a window.  They are handed on as they are met: in the
 * order of the files where the journal runs in one thread, from several
 * threads at once otherwise.
 */
#ifndef CRM_HITS_H
#define CRM_HITS_H

#include "crm/journal.h"

struct hits_how {
	struct window window;
	/* Gets each event; NULL where only the number counts. */
	void (*take)(void *ctx, const struct batch *b, const struct event *v);
	void *ctx;
};

struct hits {
	uint64_t n;
	const struct hits_how *how; /* private */
};

extern const struct measure hits_measure; /* how: struct hits_how */

#endif
