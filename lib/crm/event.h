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
#include "base/num.h"
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

enum { TYPER_KINDS = 64, TYPER_DAYS = 64, TYPER_MONTHS = 64 };

/*
 * What typing remembers from row to row, as neighbours share their day, and
 * what it has at hand.  Tables have one entry a place, by a hash.
 */
struct typer {
	/* set by the caller */
	const struct zone *zone;   /* NULL is UTC */
	const int *column;         /* where enum event_column are, or -1 */
	const char *currency;      /* of the store; NULL if unknown */

	/* private; zeroed */
	struct typer_day {         /* that rows have had */
		char text[24];     /* `2026-11-21T00:00:00Z` and a TAB */
		int64_t midnight;  /* when it begins in UTC */
		int32_t day;       /* local day as it begins in UTC */
		uint32_t turn;     /* second when the next day begins */
	} day[TYPER_DAYS];
	const struct typer_day *last; /* of the row before; NULL at first */
	struct typer_month {       /* met before */
		uint64_t text;     /* `2026-11-` */
		int32_t first;     /* its first day */
		uint32_t days;
	} month[TYPER_MONTHS];
	uint64_t name[TYPER_KINDS]; /* the first eight bytes, of ... */
	struct typer_kind {
		uint8_t kind;
		int8_t tone;       /* none */
		uint8_t ninth;     /* byte of the name, or 0 */
		uint8_t len;       /* of a plain value; 0 for scores */
		uint8_t least;     /* score */
		uint8_t scores;    /* how many there are */
		bool needed;       /* must there be a value? */
		bool customer;     /* must one be named? */
	} kind[TYPER_KINDS];
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

/* --- private: what the ways of event_type_rows share ------------------ */

/*
 * The same for a machine with at least AVX2 (scan_form) and rows with the
 * columns of a new journal up to due.  It ends before the first row that is
 * not usual, or whose day is not that of the row before.
 */
size_t event_type_wide(const struct typer *t, const struct scan *s, size_t row,
    size_t n, struct event *v);

static inline uint64_t
typer_word(const char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof w);
	return w;
}

/* The place of a kind.  The factor was searched for: no two names meet. */
static inline size_t
typer_place(uint64_t word)
{
	return (uint32_t)word * UINT32_C(0x85e7d7) >> 26;
}

/* The kind of this name, the first bytes of which are in a word, or
 * NULL. */
static inline const struct typer_kind *
typer_kind(const struct typer *t, struct slice name, uint64_t word)
{
	size_t k = typer_place(word);

	if (t->name[k] != word ||
	    (name.len > 8 &&
		(name.len > 9 || (uint8_t)name.at[8] != t->kind[k].ninth)))
		return NULL;
	return &t->kind[k];
}

/* A tone that is not empty. */
static inline bool
typer_tone(struct slice s, int8_t *tone)
{
	unsigned n = (unsigned char)s.at[s.len - 1] - '0';

	*tone = (int8_t)(s.len == 1 ? n : 0 - n);
	return s.len == 1 ? n <= 2
			  : s.len == 2 && s.at[0] == '-' && n - 1 <= 1;
}

/* A score of one digit or 10. */
static inline bool
typer_score(const struct typer_kind *k, struct slice s, int64_t *value)
{
	unsigned n = (unsigned char)s.at[0] - '0';

	if (s.len == 2 && n == 1 && s.at[1] == '0')
		n = 10;
	else if (s.len != 1 || n > 9)
		return false;
	*value = n * (int64_t)NUM_ONE;
	return n - k->least < k->scores;
}

/* The place of a month. */
static inline size_t
typer_month(uint64_t text)
{
	return text * UINT64_C(0x9e3779b97f4a7c15) >> 58;
}

/* A day of a month met before. */
static inline bool
typer_due(const struct typer *t, struct slice s, int32_t *due)
{
	const struct typer_month *m = &t->month[typer_month(typer_word(s.at))];
	uint32_t ones = (unsigned char)s.at[9] - UINT32_C(48);
	uint32_t before = ((unsigned char)s.at[8] - UINT32_C(48)) * 10 + ones
	    - 1;

	*due = m->first + (int32_t)before;
	return s.len == 10 && m->text == typer_word(s.at) && ones <= 9 &&
	    before < m->days;
}

#endif
