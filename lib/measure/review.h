/*
 * review - the figures of the report: a period against the one before it.
 *
 * Floor 4 (measure).  Uses: base, crm, cases, score, section, segment,
 * service, trade.
 *
 * One run of the journal feeds the measures of all sections.  Sections and
 * figures, in this order:
 *
 *   period     NAME of the period: days in it, and in the one before
 *   health     orientation (of the cases opened whose time to reply is over,
 *              the share that was replied to or solved within it),
 *              satisfaction (share of csat 4 and 5), loyalty (of those who
 *              ordered in the period before, the share who did in this one),
 *              value (net revenue by customers who ordered)
 *   customers  new (first order ever), active (ordered), regular (stage at
 *              the end)
 *   sales      orders, revenue, refunds, basket (revenue / orders),
 *              repeat_rate (of the active, those with two order days or
 *              more up to the end)
 *   source     a list: new customers by source, up to the colon
 *   touch      a list: new customers by channel of their first touch
 *   referrals  ID: customers he brought (source `referral:ID`) who have
 *              ordered up to the end; at most REVIEW_TOP
 *   nps        score, low, high (95 %)
 *   WAY_channel, WAY_person (nps, csat, ces, tone)
 *              lists: score, shares of good answers, mean tone of those
 *              that were asked in the period
 *   unmet      a list: needs that could not be met, by topic
 *   loop       answers (that name a customer), taken_up, low_taken_up (shares
 *              of all and of the low ones, see loop.h)
 *   cases      opened, solved, open (at the end)
 *   best       ID: net of those who bought most, at most REVIEW_TOP
 *   falling    ID: net of those whose net fell most, at most REVIEW_TOP
 *
 * A list has at most REVIEW_LIST rows, those that count most; its figures are
 * names out of the data, empty where nothing is named.
 *
 * p is that of score_rate_p for counts, score_share_change for shares,
 * score_nps_change for scores.
 */
#ifndef CRM_REVIEW_H
#define CRM_REVIEW_H

#include "crm/customers.h"
#include "crm/figure.h"
#include "crm/journal.h"
#include "crm/period.h"
#include "crm/stages.h"
#include "measure/cases.h"
#include "measure/score.h"
#include "measure/segment.h"
#include "measure/service.h"
#include "measure/trade.h"

enum { REVIEW_BEFORE, REVIEW_NOW, REVIEW_SIDES };
enum { REVIEW_MOST = 64, REVIEW_ROOMS = 16 };
enum { REVIEW_TOP = 5, REVIEW_LIST = 10 };
enum { REVIEW_FEW = 30 }; /* orders or customers */

/* The columns of the customers that are looked at. */
#define REVIEW_COLUMNS \
	(CUSTOMER_NAMES | CUSTOMER_BIT(SOURCE) | CUSTOMER_BIT(TAGS))

struct review {
	/* set by the caller */
	struct period period[REVIEW_SIDES];
	struct window window[REVIEW_SIDES];
	struct window earlier;      /* the period before the one before */
	int32_t days[REVIEW_SIDES]; /* in it, or so far if it is not over */
	const struct zone *zone;
	struct segment_how stage;   /* thresholds of days; the rest unused */
	struct cases_terms terms;   /* of cases; now is the as-of, since for
	                               review_cases */
	const struct stages *stages; /* of deals; NULL: no forecast */
	const struct customers *customers; /* names, sources, tags; or NULL */
	const struct aliases *aliases;     /* or NULL */
	bool accounts; /* customers are accounts: no figures of what only a
	                  person can have */

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
	const struct section_totals *totals; /* added up; */
	const struct service *service; /* section voice; */
	struct threads *turns;       /* and section cases, by ref; */
	const struct cases *cases;   /* what they are; */
	const struct threads *deals; /* section funnel, by ref */
};

/* Make r->use and r->uses ready for a run of the journal. */
void review_begin(struct review *r);

/* After the run; people is that of the journal, and lives as long as the
 * figures are used.  False where a sum does not fit. */
bool review_figures(struct review *r, const struct map *people,
    struct err *e);

/* After that: the events of cases (CASES_KINDS, REF, TOPIC and BY), sorted
 * THREAD_AS_MET, until review_free. */
struct threads *review_turns(const struct review *r);

/* And the cases that they are, by r->terms, and some more. */
const struct cases *review_cases(const struct review *r);

/* The events of deals, with the same columns and order, as long. */
const struct threads *review_deals(const struct review *r);

void review_free(struct review *r);

#endif
