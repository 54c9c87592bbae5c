/*
 * surge - more cases than usual: counts of a topic per week against the
 * weeks before.
 *
 * Floor 4 (measure).  Uses: base, crm, cases, score.
 *
 * The weeks before are up to SURGE_WEEKS, but none from before the day of
 * the first case of all.  If cases of a topic come independently at one
 * rate (Poisson), then of `before + n` of them each falls into the week in
 * hand with the chance that is its part of the whole time, so n is
 * binomial: the exact test of two Poisson rates, two-sided (twice the
 * smaller tail), score_rate_p; J. Przyborowski and H. Wilenski, Biometrika
 * 31, 1940, 313-323.  Unlike a test against the expected count as if it
 * were known, it stays honest where the weeks before saw few or none.  A
 * week that is not over counts as the part of it that has passed.
 */
#ifndef CRM_SURGE_H
#define CRM_SURGE_H

#include "measure/cases.h"

#define SURGE_NONE INT64_MIN /* cannot be said */

enum { SURGE_WEEKS = 12 };

struct surge_how {
	enum thread_word key; /* THREAD_TOPIC or THREAD_GROUP */
	const struct zone *zone;
	int64_t now;
};

struct surge {
	struct slice key;
	int32_t week;     /* its Monday */
	int64_t n;
	int64_t before;   /* cases in the weeks before */
	int64_t expected; /* hundredths; SURGE_NONE without weeks before */
	int64_t p;        /* thousandths; SURGE_NONE also where both are 0 */
};

/*
 * By key in byte order, then by week: each week from the first with a case
 * of the key to the last with any case, without those in which nothing was
 * and nothing was to be expected.  malloc'd, *n of them.
 */
struct surge *surge_weeks(const struct cases *c, const struct threads *t,
    const struct surge_how *how, size_t *n);

/* A key in the last days, against the weeks before them. */
struct surge_now {
	struct slice key;
	int64_t n, before;
	int64_t days_before; /* in how many days these were */
	int64_t expected; /* hundredths */
	int64_t p;        /* millionths, for score_holm */
};

/* What is over since before is not looked at by surge_lately. */
int64_t surge_since(const struct zone *z, int32_t today, int32_t days);

/*
 * The complaints of the last `days` days up to how->now, of which the last
 * is today, against up to SURGE_WEEKS before them: each key with any, in
 * byte order; malloc'd, *n of them.  None where there are no days before.
 */
struct surge_now *surge_lately(const struct cases *c,
    const struct threads *t, const struct surge_how *how, int32_t today,
    int32_t days, size_t *n);

#endif
