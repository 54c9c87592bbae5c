/*
 * story - all that happened with one customer.
 *
 * Floor 4 (measure).  Uses: base, table, crm.
 *
 * A measure that keeps whole events: those of one customer and, where that
 * is asked for, those of others that may be in his threads (a case of his
 * that a colleague closes).  Which are, is known at the end of the run only:
 * story_table then is a journal that is small, and in which cases, deals,
 * tasks and all else that is measured by thread or customer comes to the
 * same for him as in the whole one.
 */
#ifndef CRM_STORY_H
#define CRM_STORY_H

#include "crm/journal.h"
#include "table/rows.h"

/* `how` of story_measure. */
struct story_how {
	struct slice customer; /* whose events */
	bool threads;          /* also what is needed for story_table */
	const int *column;     /* what is kept: journal_columns */
	size_t columns;
};

/* One event.  Its fields are rows_field(&story.rows, row, c). */
struct story_event {
	int64_t time;
	int64_t value; /* or EVENT_NO_VALUE */
	size_t row;
	int32_t due;   /* or DATE_NONE */
	uint8_t kind;
	int8_t tone;   /* or EVENT_NO_TONE */
};

struct story {
	struct story_event *event;
	size_t n;
	struct rows rows;

	/* private */
	const struct story_how *how;
	size_t cap;
	struct buf room;
	struct buf others; /* key of the thread, TAB, row, LF */
};

extern const struct measure story_measure;

/* Bring the events into their order: time, kind, bytes. */
void story_sort(struct story *s);

/* Field of event i by event column, with its escapes. */
struct slice story_field(const struct story *s, size_t i,
    enum event_column c);

/*
 * Add the rows of his events, each with LF, and behind them those of others
 * in his threads: cases, deals, tasks, contracts and vouchers of a ref that
 * an event of his has.  What others wrote as text is left out.
 */
void story_table(const struct story *s, struct buf *to);

/* The latest event of this kind with a value (at equal times the lowest),
 * or with a tone where kind is KIND_NONE; s->n if there is none. */
size_t story_latest(const struct story *s, enum kind kind);

void story_free(struct story *s);

#endif
