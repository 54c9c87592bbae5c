/*
 * goals - what is to be reached, and by when: goals.tsv.
 *
 * Floor 3 (crm).  Uses: base, table, figure.
 *
 * Columns metric, target and due, and, where they are there, since, base,
 * owner and why; in any order, others are passed over.  What a metric is,
 * is told by one table, which crm(5) lists.
 */
#ifndef CRM_GOALS_H
#define CRM_GOALS_H

#include "crm/figure.h"
#include "table/store.h"
#include "table/tsv.h"

enum goal_metric {
	GOAL_REVENUE, GOAL_NET, GOAL_ORDERS, GOAL_NEW, GOAL_ACTIVE,
	GOAL_NPS, GOAL_CSAT, GOAL_CES, GOAL_OPEN_CASES, GOAL_OVERDUE_CASES,
	GOAL_WON, GOAL_WON_DEALS,
	GOAL_METRICS,
};

/* How its value comes about. */
enum goal_sort {
	GOAL_FLOW,  /* adds up from `since` on, where it is 0 */
	GOAL_SCORE, /* of the answers from `since` on */
	GOAL_STATE, /* stands at a time, whatever `since` says */
};

struct goal_metric_info {
	const char *name;
	enum goal_sort sort;
	enum figure_unit unit;
	int better;       /* 1: more is better; -1: less is */
	const char *help; /* one line, translatable */
};

const struct goal_metric_info *goal_metric(enum goal_metric m);

#define GOAL_UNKNOWN FIGURE_NONE /* no base */

struct goal {
	enum goal_metric metric;
	int64_t target, base; /* in the unit of the metric */
	int32_t due, since;   /* days; since: its first */
	char *owner, *why;    /* as fields of a table; owned */
};

enum { GOALS_MAX = 64 }; /* that a table may have */

struct goals {
	struct goal at[GOALS_MAX]; /* in the order of the table */
	size_t n;
};

/*
 * goals.tsv of a store; none where there is none, or s is NULL.  Where
 * `since` is empty it is 1 January of the year of due.  Refused, with file,
 * line and column: an unknown metric (the nearest is named), a target or
 * base that its metric cannot have, no due, a since behind it.
 */
bool goals_load(struct goals *g, const struct store *s, struct err *e);

/* The same from an opened table; errors are in t->err. */
bool goals_read(struct goals *g, struct tsv *t);

void goals_free(struct goals *g);

#endif
