/*
 * story - all that happened with one customer, and what is open of it.
 *
 * Floor 4 (measure).  Uses: base, table, crm.
 *
 * A measure that keeps whole events: those of one customer, and those of
 * some threads whoever they are of.  A thread is known by the family of its
 * kinds and its ref; events of one without a ref are each a thread of its
 * own, which nothing can end.
 */
#ifndef CRM_STORY_H
#define CRM_STORY_H

#include "base/map.h"
#include "crm/journal.h"
#include "table/rows.h"

/* `how` of story_measure. */
struct story_how {
	struct slice customer;    /* events of this one, unless it is empty */
	const struct map *thread; /* and of these threads; may be NULL */
	const int *column;        /* what is kept: journal_columns */
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
};

extern const struct measure story_measure;

/* Bring the events into their order: time, kind, bytes. */
void story_sort(struct story *s);

/* Field of event i by event column, with its escapes. */
struct slice story_field(const struct story *s, size_t i,
    enum event_column c);

/* What a customer may have open. */
enum story_family { STORY_CASE, STORY_DEAL, STORY_TASK, STORY_FAMILIES };

/* An open thread. */
struct story_thread {
	enum story_family family;
	struct slice ref; /* may be empty */
	size_t opened;    /* the event that opened it */
	size_t latest;    /* the last one that opens or moves it */
};

/*
 * The open threads of a sorted story, by family, then by time of opening:
 * cases whose last complaint, request, reopen or solve is no solve, deals
 * whose last deal, won or lost is a deal, tasks that are not done.
 * malloc'd; *n of them.
 */
struct story_thread *story_open(const struct story *s, size_t *n);

/* Add the threads to a map as story_how.thread wants them. */
void story_watch(const struct story_thread *t, size_t n, struct map *to);

/* The latest event of this kind with a value (at equal times the lowest),
 * or with a tone where kind is KIND_NONE; s->n if there is none. */
size_t story_latest(const struct story *s, enum kind kind);

void story_free(struct story *s);

#endif
