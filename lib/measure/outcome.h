/*
 * outcome - what a thread comes to that some kind of event opens and keeps
 * open: a task, a deal, a contract.
 *
 * Floor 4 (measure).  Uses: base, crm, thread.
 *
 * It is open while its last event is of that kind; what the events of that
 * kind have said last counts.  It is ended by whomever the ending event is
 * of.  But where several customers were given one of the same ref each has
 * his own: of those of others he hears nothing, and nothing of theirs ends
 * it.
 */
#ifndef CRM_OUTCOME_H
#define CRM_OUTCOME_H

#include "measure/thread.h"

struct outcome {
	const struct thread_event *first, *last; /* of that kind, or NULL */
	bool open;       /* and the first is chosen (thread.h) */
	uint32_t by, topic, text; /* words; 0 where none has said it */
	int32_t due;     /* or DATE_NONE */
};

/* Of a sorted thread of n events, whosever they are. */
struct outcome outcome_of(const struct thread_event *v, size_t n,
    enum kind opens);

/* Hand over those of each customer that are open. */
void outcome_each(const struct thread_event *v, size_t n, enum kind opens,
    void (*put)(void *ctx, const struct outcome *c), void *ctx);

#endif
