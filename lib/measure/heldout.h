/*
 * heldout - how customers who were left out of campaigns bought meanwhile.
 *
 * Floor 4 (measure).  Uses: base, score, thread.
 *
 * A control group is compared with those whom a campaign reached.  Its
 * members have no `sent` from which days could be counted, so theirs are
 * counted from the first `sent` of the campaign to anybody.  One to whom a
 * campaign was sent all the same is no control for it.
 */
#ifndef CRM_HELDOUT_H
#define CRM_HELDOUT_H

#include "measure/score.h"
#include "measure/thread.h"

/* A campaign, known by its place in the list. */
struct heldout_campaign {
	int64_t begun; /* time of the first sent, and its local day */
	int32_t day;

	/* private; zeroed */
	struct heldout_side {
		int64_t bought, sent_to;
	} side[2]; /* of those who had not ordered before, and had */
	uint64_t seen, sent; /* the last member who bought, was sent to */
};

struct heldout {
	int64_t members; /* heldout_add counts them; the caller adds those
	                    without events once all are added */

	/* private */
	struct heldout_campaign *campaign;
	struct heldout_begun {
		int64_t time;   /* first, for sort_first */
		uint32_t campaign;
	} *begun; /* of the campaigns; rising */
	size_t n;
	int days;
	int64_t *first; /* first order of each member who has one */
	size_t firsts, cap;
	bool sorted;
};

/* Begin with n campaigns, which are the caller's and outlive h, and no
 * members. */
void heldout_begin(struct heldout *h, struct heldout_campaign *campaign,
    size_t n, int days);

/* A member: his n events in their order, and the campaigns that were sent
 * to him. */
void heldout_add(struct heldout *h, const struct thread_event *v, size_t n,
    const uint32_t *sent, size_t sents);

/* How many were held out of a campaign, and how many of them ordered in its
 * days: of those who had ordered before it began, or not. */
struct score_part heldout_part(struct heldout *h, uint32_t campaign,
    bool before);

void heldout_free(struct heldout *h);

#endif
