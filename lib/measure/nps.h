/*
 * nps - answers to surveys, counted per group: for nps, csat and ces.
 *
 * Floor 4 (measure).  Uses: base, crm, score.
 *
 * A measure.  Each group keeps how often each score was given, from which
 * every figure of a survey follows (score.h has the arithmetic).
 */
#ifndef CRM_NPS_H
#define CRM_NPS_H

#include "crm/group.h"
#include "crm/journal.h"
#include "measure/score.h"

enum { NPS_SCORES = 11 }; /* 0 to 10 */

struct nps; /* a state; its size is in the measures */

/* `how` of both measures. */
struct nps_how {
	enum kind kind;            /* KIND_NPS, KIND_CSAT or KIND_CES */
	struct window window;
	const struct group *group; /* NULL is one group */
};

/* Every answer counts. */
extern const struct measure nps_measure;

/* Of a customer only the last answer in each group counts, at equal times
 * the lowest; answers without a customer all count. */
extern const struct measure nps_latest_measure;

/* What one group answered. */
struct nps_answers {
	struct slice key; /* of the group; into the state */
	int64_t n, sum;
	int64_t count[NPS_SCORES];
};

/*
 * The groups in byte order of their keys, malloc'd, *n of them.  A state
 * without keys has one group, also without answers.
 */
struct nps_answers *nps_groups(const struct nps *s, size_t *n);

/* Promoters 9 and 10, passives 7 and 8, detractors. */
struct score_nps nps_counts(const struct nps_answers *a);

/* Answers of at least `from`, of all. */
struct score_part nps_at_least(const struct nps_answers *a, int from);

#endif
