/*
 * vouchers - which voucher a redemption redeems.
 *
 * Floor 4 (measure).  Uses: base, thread.
 *
 * Of those with the key of the redemption, given before it or at the same
 * time: the oldest that is left and good on that day, else the oldest that
 * is left.  The key is what the caller parts vouchers by: the code, of one
 * customer's; the customer, of those with one code.
 */
#ifndef CRM_VOUCHERS_H
#define CRM_VOUCHERS_H

#include "measure/thread.h"

/* Filled again for each customer or code; a zeroed struct is empty. */
struct vouchers {
	struct voucher {
		int64_t key; /* first, for sort_first */
		const struct thread_event *event;
		bool used;
		size_t good, left; /* of the first of a key: before these of
		                      it none is good, none is left */
	} *at;
	size_t n;

	/* private */
	size_t cap;
};

/* Add the voucher that an event gives; behind the last, sort. */
void vouchers_add(struct vouchers *a, int64_t key,
    const struct thread_event *v);
void vouchers_sort(struct vouchers *a);

/* Redeem one, which is marked as used; NULL if none is left.  Redemptions
 * come in their order. */
const struct voucher *vouchers_use(struct vouchers *a, int64_t key,
    const struct thread_event *redeem);

/* Is it good on this day? */
bool voucher_is_good(const struct voucher *o, int32_t day);

void vouchers_free(struct vouchers *a);

#endif
