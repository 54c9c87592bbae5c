/*
 * event - one row of a journal: its columns, its checks, its types.
 *
 * Floor 3 (crm).  Uses: base, table, kinds, moment.  No clock.
 */
#ifndef CRM_EVENT_H
#define CRM_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/zone.h"
#include "crm/kinds.h"
#include "table/scan.h"

enum event_column { EVENT_TIME, EVENT_CUSTOMER, EVENT_KIND, EVENT_CHANNEL,
	EVENT_TONE, EVENT_VALUE, EVENT_DUE, EVENT_REF, EVENT_TOPIC, EVENT_BY,
	EVENT_TEXT, EVENT_CURRENCY, EVENT_COLUMNS };
extern const char *const event_column[EVENT_COLUMNS];

/* The header line of a new journal: the eleven columns of crm(5), with
 * LF. */
extern const char event_header[];

#define EVENT_NO_VALUE INT64_MIN /* value is empty */
enum { EVENT_NO_TONE = -128 };   /* tone is empty */

/* One event, checked.  Text columns are got with event_field (journal.h). */
struct event {
	int64_t time;          /* UTC seconds, within the calendar */
	int64_t value;         /* ten-thousandths, or EVENT_NO_VALUE */
	struct slice customer; /* id after aliases; empty if nobody */
	int32_t day;           /* local day of time, within it too */
	int32_t due;           /* day, or DATE_NONE */
	uint32_t who;          /* number of the customer in batch.people */
	uint32_t from;         /* private: where the row begins */
	uint32_t next;         /* private: of batch_next (journal.h) */
	uint8_t kind;          /* enum kind */
	int8_t tone;           /* -2..2, or EVENT_NO_TONE */
	bool aside;            /* -w does not hold for it: only where the
	                          journal marks (journal.h), else false */
	bool outside;          /* -c leaves its customer out: only where the
	                          journal is whole, else false */
};

enum { TYPER_KINDS = 256, TYPER_DAYS = 64 };

/* What typing remembers from row to row, as neighbours share their day. */
struct typer {
	/* set by the caller */
	const struct zone *zone;   /* NULL is UTC */
	const int *column;         /* where enum event_column are, or -1 */
	const char *currency;      /* of the store; NULL if unknown */

	/* private; zeroed */
	bool ready;
	struct typer_day {
		uint64_t late;     /* of `2026-11-21T`: `6-11-21T` ... */
		uint32_t early;    /* ... and `2026` */
		int32_t day;       /* local day as it begins in UTC */
		int64_t midnight;  /* when it begins */
		uint32_t turn;     /* second at which the next day begins */
	} day[TYPER_DAYS];         /* a hash table, one entry a place */
	struct typer_kind {
		uint64_t word;     /* the first eight bytes, shifted up */
		uint32_t span;     /* of the value's digits, from ... */
		uint8_t least;     /* ... this on */
		uint8_t len;       /* a longer value is for kind_value */
		uint8_t kind;
		bool needed : 1;   /* must there be a value? */
		bool customer : 1; /* must one be named? */
	} kind[TYPER_KINDS];       /* the same of kinds */
};

/* A field of a row, whose ends are those of scan_row; empty where the table
 * lacks the column. */
static inline struct slice
event_cell(const struct typer *t, enum event_column c, const char *base,
    const uint32_t *end)
{
	int col = t->column[c];
	uint32_t from;

	if (col < 0)
		return (struct slice){ base, 0 };
	from = end[col - 1] + 1;
	return (struct slice){ base + from, end[col] - from };
}

/*
 * Check and type such a row.  EVENT_COLUMNS if all is well, else the first
 * column that is wrong.  v->who is not set.
 */
enum event_column event_type(const struct typer *t, const char *base,
    const uint32_t *end, struct event *v);

/*
 * The same for n rows of a block from number `row` on, into v[0..n), with
 * readable bytes behind the block.  Returns how many were typed before the
 * first that is wrong, which *wrong then tells.  What is usual goes by ways
 * of its own, many times faster, which event_type is the twin of.
 */
size_t event_type_rows(struct typer *t, struct scan *s, size_t row, size_t n,
    struct event *v, enum event_column *wrong);

/*
 * What is wrong with such a column of a row, `what: "value"` for a message,
 * in *room: `unknown: "oder" (did you mean "order"?)`.
 */
const char *event_wrong(const struct typer *t, enum event_column c,
    const char *base, const uint32_t *end, struct buf *room);

/* The zone of t, which may be UTC. */
const struct zone *event_zone(const struct typer *t);

/* A tone from -2 to 2, or none. */
bool event_tone(struct slice field, int8_t *tone);

/* 1 to 64 bytes, no blanks and no control characters: an id as a field has
 * it. */
bool event_id_fits(struct slice field);

#endif
