/*
 * stat - one row per customer: the fold that crm-segment, crm-value and the
 * report stand on.
 *
 * Floor 4 (measure).  Uses: base, table, crm.
 *
 * A measure over all events inside a window.  The state `state` (deal won
 * lost leave return) is taken from everything before the window's end, the
 * rest from inside.  Rows of earlier crm-stat tables merge into it.
 */
#ifndef CRM_STAT_H
#define CRM_STAT_H

#include "crm/journal.h"
#include "table/tsv.h"

#define STAT_NEVER INT64_MIN /* a time that is not there */

struct stat; /* a state; its size is in stat_measure */

/* `how` of stat_measure. */
struct stat_how {
	struct window window; /* flows inside; states up to its end */
};

extern const struct measure stat_measure;

/* What is known of one customer. */
struct stat_row {
	int64_t first, last;       /* UTC; STAT_NEVER without events */
	int64_t events, contacts;  /* counts */
	int64_t minutes;           /* ten-thousandths of a minute */
	int64_t last_contact;      /* UTC or STAT_NEVER */
	int64_t tone_time, nps_time, csat_time, state_time; /* same */
	int tone, nps, csat;       /* meaningless where the time is never */
	uint8_t state;             /* enum kind, or KIND_NONE */
	int64_t orders, order_days;
	int32_t first_order, last_order; /* local days, or DATE_NONE */
	int64_t first_spend, revenue, refunds, cost, service_cost;
	                           /* ten-thousandths of a currency unit */
	int64_t cases, solved;
};

/*
 * The row of customer number `who` of the run's people (of all tables and
 * journals read).  False where the window holds no event of his, *row then
 * has his state alone.
 */
bool stat_row(const struct stat *s, uint32_t who, struct stat_row *row);

/*
 * His order days, rising, into *days (grown as needed; *cap elements);
 * returns how many.  Not for rows that came from tables without days.
 */
size_t stat_days(const struct stat *s, uint32_t who, int32_t **days,
    size_t *cap);

/* Columns of crm-stat in their order. */
enum { STAT_COLUMNS = 28 };
extern const char *const stat_column[STAT_COLUMNS];

/*
 * Read a table of crm-stat (opened) into s; customers are added to
 * `people`, ids through aliases (or NULL).  False with t->err filled: not a
 * number, not a time ...; `order days overlap those read before: "C1"`
 * where the days of one customer cannot be told apart.
 */
bool stat_read(struct stat *s, struct tsv *t, struct map *people,
    const struct aliases *aliases);

#endif
