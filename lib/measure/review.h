/*
 * review - the figures of the report: a period against the one before it.
 *
 * Floor 4 (measure).  Uses: base, crm, cases, score, section, segment,
 * trade.
 *
 * One run of the journal feeds the measures of all sections.  Sections and
 * figures, in this order:
 *
 *   period     NAME of the period: days in it, and in the one before
 *   customers  new (first order ever), active (ordered), regular (stage at
 *              the end)
 *   sales      orders, revenue, refunds, basket (revenue / orders),
 *              repeat_rate (of the active, those with two order days or
 *              more up to the end)
 *   nps        score, low, high (95 %)
 *   cases      opened, solved, open (at the end)
 *   best       ID: net of those who bought most, at most REVIEW_TOP
 *   falling    ID: net of those whose net fell most, at most REVIEW_TOP
 *
 * p is that of score_rate_p for counts, score_share_change for the repeat
 * rate, score_nps_change for the score.
 */
#ifndef CRM_REVIEW_H
#define CRM_REVIEW_H

#include "crm/customers.h"
#include "crm/figure.h"
#include "crm/journal.h"
#include "crm/period.h"
#include "measure/cases.h"
#include "measure/score.h"
#include "measure/segment.h"
#include "measure/trade.h"

enum { REVIEW_BEFORE, REVIEW_NOW, REVIEW_SIDES };
enum { REVIEW_MOST = 64, REVIEW_ROOMS = 16 };
enum { REVIEW_TOP = 5 };
enum { REVIEW_FEW = 30 }; /* orders or customers */

struct review {
	/* set by the caller */
	struct period period[REVIEW_SIDES];
	struct window window[REVIEW_SIDES];
	int32_t days[REVIEW_SIDES]; /* in it, or so far if it is not over */
	const struct zone *zone;
	struct segment_how stage;   /* thresholds of days; the rest unused */
	struct cases_terms terms;   /* of cases; now is the as-of */
	const struct customers *customers; /* names; or NULL */

	/* filled by review_figures */
	struct figure *figure;
	size_t figures, cap;
	char name[PERIOD_TEXT];

	/* for journal_run */
	struct use use[REVIEW_MOST];
	size_t uses;

	/* private */
	void *room[REVIEW_ROOMS]; /* of each section */
	const struct trade *trade;   /* what section sales has measured, */
	const struct threads *turns; /* and section cases, by ref; */
	const struct cases *cases;   /* all of them */
};

/* Make r->use and r->uses ready for a run of the journal. */
void review_begin(struct review *r);

/* After the run; people is that of the journal, and lives as long as the
 * figures are used.  False where a sum does not fit. */
bool review_figures(struct review *r, const struct map *people,
    struct err *e);

void review_free(struct review *r);

#endif
