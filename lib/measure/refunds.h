/*
 * refunds - the refunds of a customer, with the orders that they are of.
 *
 * Floor 4 (measure).  Uses: base, thread.
 */
#ifndef CRM_REFUNDS_H
#define CRM_REFUNDS_H

#include "measure/thread.h"

/* Filled again for each customer; a zeroed struct is empty. */
struct refunds {
	struct refund {
		uint32_t event; /* the refund among the customer's events */
		uint32_t order; /* the first order of its ref among them;
		                   REFUND_LOOSE if there is none */
	} *at;
	size_t n;

	/* private */
	size_t cap;
	struct refund_ref {
		int64_t word; /* first, for sort_first */
		uint32_t order;
	} *ref; /* of the orders, sorted */
	size_t refs, ref_cap;
};
#define REFUND_LOOSE UINT32_MAX

/* Those among n events of a customer, in their order.  The ref is kept. */
void refunds_find(struct refunds *r, const struct thread_event *v, size_t n);

void refunds_free(struct refunds *r);

#endif
