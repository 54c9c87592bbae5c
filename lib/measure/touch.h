/*
 * touch - how customers first met us, and what became of it.
 *
 * Floor 4 (measure).  Uses: base, crm, median, score.
 *
 * A measure.  The first touch of a customer is his earliest event that he
 * has a part in: of any kind but note, item, cost, assign, todo, done and
 * those of the user's own.  Of two at the same time it is that of the
 * earlier kind, then of the lower group.
 */
#ifndef CRM_TOUCH_H
#define CRM_TOUCH_H

#include "crm/group.h"
#include "crm/journal.h"
#include "measure/score.h"

/* Is it a kind that the customer has a part in? */
bool touch_is(enum kind kind);

struct touch; /* a state; its size is in touch_measure */

/* `how`: customers are counted whose first touch is inside the window, by
 * an event that -w holds for where the journal marks. */
struct touch_how {
	struct window first;
	const struct group *group; /* of the first touch; NULL is one group */
	bool alone; /* orders do not matter: no touch_count */
};

extern const struct measure touch_measure;

/* The same whatever the window: when was it?  False where he was never
 * met, or by an event that -w does not hold for. */
bool touch_first(const struct touch *s, uint32_t who, int64_t *time,
    struct slice *group);

/* Customers are counted by classes, which the caller numbers from 0. */
#define TOUCH_NONE UINT32_MAX /* of the class: not counted */

/* Does customer `who` of the run's people count?  Then *group is the group
 * of his first touch. */
bool touch_counts(const struct touch *s, uint32_t who, struct slice *group);

/* A class. */
struct touch_sums {
	int64_t customers, ordered; /* those who have ordered since */
	int64_t days;    /* median from first touch to first order, tenths;
	                    SCORE_NONE without */
	int64_t revenue; /* of their orders, refunds not taken off */
};

/*
 * Sums of n classes into sums[]; class_of[who] of each of `people`
 * customers.  False with CRM_DATA where the revenue is too large.
 */
bool touch_count(const struct touch *s, const uint32_t *class_of,
    uint32_t people, struct touch_sums *sums, size_t n, struct err *e);

#endif
