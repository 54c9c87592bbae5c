/*
 * desk - how a service desk does: cases counted by group.
 *
 * Floor 4 (measure).  Uses: base, crm, cases, median.
 */
#ifndef CRM_DESK_H
#define CRM_DESK_H

#include "measure/cases.h"

#define DESK_NONE INT64_MIN /* cannot be said */

/* A time over several cases, in tenths of an hour. */
struct desk_time {
	int64_t n;
	int64_t median; /* DESK_NONE where n is 0 */
	int64_t high;   /* 90th percentile, nearest rank */
};

struct desk_group {
	struct slice key; /* of the opening: into the threads */
	int64_t cases;
	int64_t state[CASES_STATES];
	int64_t reopened;  /* cases that were, at least once */
	int64_t transfers; /* of all cases */
	int64_t late;      /* solved behind their deadline */
	int64_t owned;     /* solved, and it is known who had them first */
	int64_t own;       /* of these, solved by whoever that was */
	struct desk_time reply, solve;
};

/*
 * The cases opened inside the window by the group of their opening, in byte
 * order of the keys; malloc'd, *n of them.  Where the threads have no
 * groups it is one with an empty key, also without cases.
 */
struct desk_group *desk_groups(const struct cases *c,
    const struct threads *t, struct window w, size_t *n);

#endif
