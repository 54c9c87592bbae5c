/*
 * campaign - what came of each campaign: reached, responses, orders, money,
 * and how a control group did meanwhile.
 *
 * Floor 4 (measure).  Uses: base, crm, heldout, median, refunds,
 * score, thread.
 *
 * Walks over the events of each customer, kept by thread_measure and sorted
 * by customer.  A campaign is the ref of `sent`, `response`, `bounce` and
 * `cost`.  A customer is reached who has more `sent` than `bounce` of it.
 * His orders count that come after the first `sent` of it to him, until the
 * end of so many local days on; each once per campaign, in every campaign
 * that it fits.  A refund counts where its order (the first of its ref)
 * does, whenever it came.
 */
#ifndef CRM_CAMPAIGN_H
#define CRM_CAMPAIGN_H

#include "measure/score.h"
#include "measure/thread.h"

/* What is kept of a run.  `group` is that of the first `sent` to a
 * customer; NULL is none. */
struct thread_how campaign_how(const struct group *group);

/* What is asked. */
struct campaign_ask {
	int days;             /* how long orders count */
	bool split;           /* new and regular customers apart */
	struct window window; /* only campaigns that begin in it */
	/* Customers held out, by number in people; NULL if there is no
	 * control group.  Not together with a group. */
	const bool *held;
	int64_t members; /* how many there are, also without any event */
};

/* New are customers without an order before. */
enum campaign_whom { CAMPAIGN_ALL, CAMPAIGN_NEW, CAMPAIGN_REGULAR };

struct campaign {
	struct slice name, group;
	enum campaign_whom whom;
	int32_t first, last; /* days of the first and the last customer's
	                        first `sent`; DATE_NONE if there is none */
	int64_t sent, reached, bounced; /* customers */
	int64_t stray;     /* with a response or bounce, but no sent */
	int64_t responses; /* customers reached who responded */
	int64_t response_days; /* median from sent to response, in tenths;
	                          SCORE_NONE without responses */
	int64_t customers, orders; /* who ordered, and how often */
	int64_t revenue, refunds;
	int64_t cost; /* of the whole campaign: 0 where it is told apart by
	                 group or whom */
	/* Held out, and those of them who ordered in the days from the first
	 * `sent` to anybody on; not those whom it was sent to. */
	struct score_part control;
};

/*
 * All campaigns, by group, name and whom in order; *n of them, malloc'd.
 * NULL with *e where a sum is too large.  The threads have been sorted by
 * customer.
 */
struct campaign *campaign_all(const struct threads *t,
    const struct campaign_ask *ask, size_t *n, struct err *e);

#endif
