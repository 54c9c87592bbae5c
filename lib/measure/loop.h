/*
 * loop - is the loop closed: does somebody take up what customers answer?
 *
 * Floor 4 (measure).  Uses: base, crm, thread.
 *
 * Walks over answers to surveys (nps, csat, ces) that name a customer, kept
 * by thread_measure and sorted by customer; other kinds may be kept, too.
 * An answer is taken up where a thanks, a reply or a todo for this customer
 * came at the same time or later.
 */
#ifndef CRM_LOOP_H
#define CRM_LOOP_H

#include "measure/thread.h"

#define LOOP_ANSWERS (THREAD_KIND(KIND_NPS) | THREAD_KIND(KIND_CSAT) | \
	THREAD_KIND(KIND_CES))
#define LOOP_TAKES (THREAD_KIND(KIND_THANKS) | THREAD_KIND(KIND_REPLY) | \
	THREAD_KIND(KIND_TODO))
#define LOOP_KINDS (LOOP_ANSWERS | LOOP_TAKES) /* to be kept */

struct loop_sums {
	int64_t answers, taken; /* answers, and those that were taken up */
	int64_t low, low_taken; /* of those: nps 0-6, csat 1-3, ces 1-4 */
};

/* Answers inside the window, taken up before its end. */
struct loop_sums loop_count(const struct threads *t, struct window w);

#endif
