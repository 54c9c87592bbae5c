/*
 * points - the bonus points and vouchers of a customer.
 *
 * Floor 4 (measure).  Uses: base, crm, refunds, thread, vouchers.
 *
 * A walk over the events of one customer, kept by thread_measure with
 * points_how and sorted by customer.  Points are whole numbers, rounded
 * down.  They are earned by `earn` and, by the rules, by orders; they
 * expire; a redemption without a ref takes the oldest first.  A refund takes
 * back what its order (the first of its ref) earned for that amount, first
 * what is left of that, then the oldest; one whose order is not known takes
 * back the points of its amount.  What is taken beyond what is there makes
 * the balance negative, and later points pay it first.
 *
 *	balance = earned - returned - redeemed - expired
 *
 * where they are counted over all time.  A redemption with a ref is that of
 * a voucher of this code given to the same customer.
 */
#ifndef CRM_POINTS_H
#define CRM_POINTS_H

#include "crm/tiers.h"
#include "measure/refunds.h"
#include "measure/thread.h"
#include "measure/vouchers.h"

struct points_rules {
	int64_t per_unit; /* points per unit of currency ... */
	int64_t minimum;  /* ... of orders from this amount on; both in
	                     ten-thousandths */
	int32_t expiry_days; /* good on so many days after; 0: for ever */
	const struct tiers *tiers;
	int32_t first;  /* flows count from this day on; DATE_NONE: all */
	int32_t today;  /* the day as of which it stands */
	int32_t soon;   /* days ahead that `expiring` looks */
};

struct thread_how points_how(const struct points_rules *r);

struct points {
	bool any;    /* has the customer ever had points or a voucher? */
	bool chosen; /* is one of the events? (thread.h) */
	/* flows */
	int64_t earned, redeemed, expired;
	int64_t returned;  /* taken back by refunds */
	int64_t shortfall; /* of redeemed and returned: was not there */
	int64_t stray;     /* vouchers redeemed that were not given to him,
	                      redeemed before, or past their day */
	/* as of today */
	int64_t balance;
	int64_t year;       /* earned, less taken back, in 12 months ... */
	struct slice tier;  /* ... and the tier that this reaches */
	int64_t expiring;   /* points that expire soon */
	int32_t expires;    /* last day on which the next are good, or
	                       DATE_NONE */
	int64_t given, used, lapsed; /* vouchers; the rest is open */
	int64_t open_value; /* of these */
	int32_t open_due;   /* first day on which one ends, or DATE_NONE */
};

/* What a walk needs; a zeroed struct with `t` and `rules` set. */
struct points_walk {
	const struct threads *t;
	const struct points_rules *rules;

	/* private */
	struct refunds refunds;
	bool early; /* is one of them before its order? */
	struct points_lot {
		int64_t event; /* that earned it; first, for sort_first */
		int32_t day;
		int64_t points, left;
		int64_t gone;   /* of them expired */
		int64_t amount, refunded; /* of the order */
	} *lot;
	size_t lots, lot_cap;
	size_t expired, oldest; /* lots before these: gone, used up */
	int64_t debt;
	struct vouchers vouchers; /* by code */
};

/* What the n events of a customer come to.  False with *e where a sum is too
 * large. */
bool points_of(struct points_walk *w, const struct thread_event *v, size_t n,
    struct points *to, struct err *e);

void points_free(struct points_walk *w);

#endif
