/*
 * top - the first few of many, in order.
 *
 * Floor 4 (measure).  Uses: base.
 */
#ifndef CRM_TOP_H
#define CRM_TOP_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

enum { TOP_MOST = 10 };

/* Ordered by `by`, then by `then`, both falling, then by name, rising. */
struct top_place {
	int64_t by, then;
	struct slice name;
	size_t at; /* the caller's */
};

struct top {
	size_t most; /* set by the caller: how many are kept, to TOP_MOST */
	size_t n;
	struct top_place place[TOP_MOST];
};

/* Put it among those that are kept, if it belongs there. */
void top_put(struct top *t, struct top_place p);

#endif
