/*
 * aim - how goals stand: value, progress, pace, and whether they are on
 * track.
 *
 * Floor 4 (measure).  Uses: base, crm, cases, funnel, score.
 *
 * The last day that counts is today, or due where that is past; the moment
 * is the as-of, or the end of due where that is past; events from then on
 * do not count.  A flow adds up from the beginning of the day `since` on; a
 * score is that of the answers from then on; a state stands at the moment.
 *
 *   direction  up where base is below target, down where it is above; by
 *              the metric where base is not known, is the target, or the
 *              metric is a flow
 *   reached    the value, as it is shown, is the target or beyond it
 *   progress   of a flow value / target, since it begins at 0; else
 *              (value - base) / (target - base)
 *   pace       change a day over the AIM_DAYS days up to the moment; where
 *              that goes back behind `since`, or behind the first answer,
 *              over the days from since on (both ends counted), of a flow
 *              from 0, of a score from base
 *   needed     (target - value) / days from today to due
 *   state      reached; else missed if due is past; else on if at this pace
 *              the target is reached by the end of due; else off.  Unknown
 *              if there is no value or no pace
 *
 * All exact; on or off is decided before anything is rounded.
 */
#ifndef CRM_AIM_H
#define CRM_AIM_H

#include "crm/goals.h"
#include "crm/journal.h"
#include "measure/cases.h"

enum { AIM_DAYS = 28 }; /* over which pace is taken */

enum aim_state { AIM_UNKNOWN, AIM_REACHED, AIM_ON, AIM_OFF, AIM_MISSED,
	AIM_STATES };
/* `reached`, `on` ...; data, never translated; unknown is empty. */
extern const char *const aim_state[AIM_STATES];

/* How one goal stands.  FIGURE_NONE is what cannot be said. */
struct goal_standing {
	const struct goal *goal;
	int64_t value;     /* in the unit of the metric */
	int64_t n;         /* answers, orders or deals that a score or a sum
	                      is made of */
	int64_t progress;  /* hundredths of a per cent */
	int64_t days_left; /* from today to due; below 0 where it is past */
	int64_t pace, needed; /* ten-thousandths of a point, per cent,
	                         customer, currency unit .. a day; needed
	                         until it is reached or due */
	enum aim_state state;
};

/* What is measured: value, the one before, and the days in between, 0 where
 * there is none before. */
struct aim_seen {
	int64_t value, before, n;
	int32_t days, today;
};

/* Pure: what that means for a goal. */
struct goal_standing aim_judge(const struct goal *g,
    const struct aim_seen *seen);

enum { AIM_NOW, AIM_BEFORE, AIM_SIDES };
enum { AIM_USES = 3 };

struct aim {
	/* set by the caller */
	const struct goals *goals;
	const struct zone *zone;
	struct cases_terms terms; /* now is the as-of */
	int32_t today;
	bool has_cases;        /* the caller keeps the events of cases ... */
	struct threads *cases; /* ... and after the run they are here: as of
	                          cases_make */

	/* private */
	struct aim_window { int64_t from, end[AIM_SIDES]; } window[GOALS_MAX];
	uint64_t of_kind[KINDS]; /* goals that a kind counts for, a bit each */
	struct use *use;
	size_t cases_use, deals_use; /* or AIM_USES */
};

/* Fill at most AIM_USES uses, which stay where they are until the run is
 * over, as does *a; how many. */
size_t aim_begin(struct aim *a, struct use *use);

/* After the run: how each goal stands, in their order.  False where a sum
 * does not fit.  The uses are the caller's to free. */
bool aim_standings(struct aim *a, const struct map *people,
    struct goal_standing *to, struct err *e);

#endif
