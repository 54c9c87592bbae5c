/*
 * event - one row of a journal: its columns, its checks, its types.
 *
 * Floor 3 (crm).  Uses: base, kinds.  No clock.
 */
#ifndef CRM_EVENT_H
#define CRM_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/zone.h"
#include "crm/kinds.h"

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
	int64_t time;          /* UTC seconds */
	int64_t value;         /* ten-thousandths, or EVENT_NO_VALUE */
	struct slice customer; /* id after aliases; empty if nobody */
	const uint32_t *end;   /* private: ends of the row's fields */
	int32_t day;           /* local day of time */
	int32_t due;           /* day, or DATE_NONE */
	uint32_t who;          /* number of the customer in batch.people */
	uint8_t kind;          /* enum kind */
	int8_t tone;           /* -2..2, or EVENT_NO_TONE */
	bool aside;            /* -w does not hold for it: only where the
	                          journal marks (journal.h), else false */
};

enum { TYPER_KINDS = 128 };

/* What typing remembers from row to row, as neighbours share their day. */
struct typer {
	/* set by the caller */
	const struct zone *zone;   /* NULL is UTC */
	const int *column;         /* where enum event_column are, or -1 */
	const char *currency;      /* of the store; NULL if unknown */

	/* private; zeroed */
	bool ready;
	uint64_t customer, value, score; /* kinds that need one; a bit each */
	struct typer_kind {
		uint64_t word;     /* a name of up to eight bytes, or 0 */
		uint8_t kind;
	} kind[TYPER_KINDS];       /* a hash table of them */
	char date[10];             /* the day written last ... */
	int64_t midnight;          /* ... and its start in UTC */
	int64_t day_from, day_to;  /* a local day as UTC times ... */
	int32_t day;               /* ... and which it is */
};

/*
 * Check and type a row: base and end as in table/scan.h, with readable
 * bytes behind the row.  EVENT_COLUMNS if all is well, else the first
 * column that is wrong.  v->who is not set.
 */
enum event_column event_type(struct typer *t, const char *base,
    const uint32_t *end, struct event *v);

/*
 * The same for n rows of `cols` fields, one behind the other, into v[0..n).
 * Returns how many were typed before the first that is wrong, which *wrong
 * then tells.
 */
size_t event_type_rows(struct typer *t, const char *base,
    const uint32_t *end, size_t cols, size_t n, struct event *v,
    enum event_column *wrong);

/*
 * What is wrong with such a column of a row, `what: "value"` for a message,
 * in *room: `unknown: "oder" (did you mean "order"?)`.
 */
const char *event_wrong(const struct typer *t, enum event_column c,
    const char *base, const uint32_t *end, struct buf *room);

/* 1 to 64 bytes, no blanks and no control characters: an id as a field has
 * it. */
bool event_id_fits(struct slice field);

#endif
