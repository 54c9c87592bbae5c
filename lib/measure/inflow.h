/*
 * inflow - what came in, in a period and in the one before it: contacts by
 * customers, those when nobody was there, refunds.
 *
 * Floor 4 (measure).  Uses: base, crm.
 *
 * A measure.  A contact by a customer is an `in`, a complaint or a request.
 */
#ifndef CRM_INFLOW_H
#define CRM_INFLOW_H

#include "crm/hours.h"
#include "crm/journal.h"

enum { INFLOW_BEFORE, INFLOW_NOW, INFLOW_SIDES };

/* `how`: the two periods, one after the other or overlapping. */
struct inflow_how {
	struct window window[INFLOW_SIDES];
	const struct hours *hours; /* NULL: those when nobody was there are
	                              not counted */
};

struct inflow_sums {
	int64_t contacts, outside; /* outside of the hours */
	int64_t refunds;
};

/* A state of inflow_measure. */
struct inflow {
	struct inflow_sums of[INFLOW_SIDES];

	/* private */
	const struct inflow_how *how;
};

extern const struct measure inflow_measure;

#endif
