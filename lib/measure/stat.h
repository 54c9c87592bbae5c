/*
 * stat - one row per customer: the fold that crm-segment and the report
 * stand on.
 *
 * Floor 4 (measure).  Uses: base, table, crm, slot.
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
 * Settle what was counted, once, when all is read: false where a sum was
 * too large (`revenue: the sum is too large: "C1"`) or where order days that
 * came from a table without `days` cannot be told apart from others
 * (`order_days: tables overlap in more than one day: "C1"`).
 */
bool stat_settle(struct stat *s, const struct map *people, struct err *e);

/*
 * The row of customer number `who` of the run's people (of all tables and
 * journals read).  False where the window holds no event of his, *row then
 * has his state alone.
 */
bool stat_row(const struct stat *s, uint32_t who, struct stat_row *row);

/*
 * The same of what he has bought and of his state alone, which is faster for
 * one customer after the other: the next ones are fetched ahead.
 */
struct stat_sales {
	int64_t orders, revenue, refunds;
	int64_t state_time;
	int32_t first_order, last_order;
	uint8_t state;
};
bool stat_sales(const struct stat *s, uint32_t who, struct stat_sales *to);

/* The same of his last impressions alone. */
struct stat_felt {
	int64_t tone_time, nps_time; /* or STAT_NEVER */
	int tone, nps;
};
bool stat_felt(const struct stat *s, uint32_t who, struct stat_felt *to);

/* The same of when he was there alone. */
struct stat_met {
	int64_t last_contact;            /* or STAT_NEVER */
	int32_t first_order, last_order; /* or DATE_NONE */
};
bool stat_met(const struct stat *s, uint32_t who, struct stat_met *to);

/*
 * His order days, rising; returns how many and points *days to them, good
 * until the next call.  After stat_settle; not those of tables that came
 * without days.
 */
size_t stat_days(const struct stat *s, uint32_t who, const int32_t **days);

/* Columns of crm-stat in their order: what is in each, and where in
 * struct stat_row.  The id (STAT_ID) is not in there. */
enum stat_type { STAT_ID, STAT_TIME, STAT_COUNT, STAT_MONEY, STAT_DAY,
	STAT_SCORE, STAT_STATE };
enum { STAT_COLUMNS = 26 };
extern const struct stat_field {
	const char *name;
	enum stat_type type;
	size_t at;        /* offset of the member */
	size_t time_at;   /* of a score or state: offset of its time */
	int8_t least, most; /* of a score */
} stat_field[STAT_COLUMNS];

/* The column that crm-stat --partial adds: the order days, by blanks. */
#define STAT_DAYS "days"

/*
 * Merge a row into customer `who`; his order days, rising, where they are
 * known, else n is 0.
 */
void stat_add_row(struct stat *s, uint32_t who, const struct stat_row *row,
    const int32_t *days, size_t n);

/* Which rows of tables count. */
struct stat_choice {
	const struct aliases *aliases;
	const struct customers *accounts; /* to count by account, or NULL */
	const struct map *only;        /* ids, or NULL for all */
	int64_t until;                 /* a row's `last` must be before it */
};

/*
 * Read a table of crm-stat (opened) into s; customers are added to
 * `people`.  False with t->err filled: not a number, not a time ..., after
 * the as-of.  A column `days` is used where it is there.
 */
bool stat_read(struct stat *s, struct tsv *t, struct map *people,
    const struct stat_choice *choice);

/*
 * Type a row of a table as crm-stat writes it: its columns in their order, with
 * the end of line, and STAT_SLACK bytes that can be read behind it.  False
 * where it is none.
 */
enum { STAT_SLACK = 32 };
bool stat_parse(struct slice text, struct stat_row *row);

#endif
