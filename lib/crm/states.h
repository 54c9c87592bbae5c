/*
 * states - what the measures of a run have counted so far, and whom they
 * have met: what run.c's threads add to.
 *
 * Floor 3 (crm).  Uses: base, journal.
 *
 * Reading and typing events takes longer than finding their customers, and
 * longer than adding them: two threads that share their states seldom wait
 * for one another, and what two states would hold twice and then have to
 * merge is there once.
 */
#ifndef CRM_STATES_H
#define CRM_STATES_H

#include <pthread.h>

#include "crm/journal.h"

struct states {
	const struct use *uses;
	size_t n;
	unsigned needs;   /* of all measures */
	pthread_mutex_t naming, adding;
	struct map people; /* naming */
	void **state;      /* adding; one for each use */
};

void states_init(struct states *s, const struct use *uses, size_t n);

/* Then: go on from the states that the uses have, and from whom these have
 * met. */
void states_go_on(struct states *s, const struct map *people);

/*
 * Add the events of a batch, whose numbers of customers are filled in: one
 * thread at a time does that, and one adds.  *e has a measure's failure.
 */
void states_add(struct states *s, const struct batch *b,
    struct event *event, struct err *e);

/* Take over what other states have counted, and free them. */
void states_merge(struct states *s, struct states *from, struct err *e);

#endif
