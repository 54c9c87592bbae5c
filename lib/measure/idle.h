/*
 * idle - when each customer was heard of last, and who has something open.
 *
 * Floor 4 (measure).  Uses: base, crm.
 *
 * A measure, for rules of retention.  Open is a case whose last complaint,
 * request, reopen or solve is no solve, a deal that is neither won nor lost,
 * a task that is not done, a contract that has not ended; threads are
 * ended by any event with their ref, whoever it names.  But of a task, deal
 * or contract of the same ref that several customers were given each has his
 * own, as in outcome.h.  What has no ref cannot be ended and holds nobody.
 */
#ifndef CRM_IDLE_H
#define CRM_IDLE_H

#include "crm/journal.h"

struct idle; /* a state; its size is in idle_measure; how is NULL */

extern const struct measure idle_measure;

#define IDLE_NEVER INT64_MIN

/* Time of the last event of customer number `who`, or IDLE_NEVER. */
int64_t idle_last(const struct idle *s, uint32_t who);

/* Which of `n` customers have something open on this day, by number;
 * malloc'd. */
bool *idle_open(const struct idle *s, int32_t today, uint32_t n);

#endif
