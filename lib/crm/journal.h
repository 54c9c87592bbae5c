/*
 * journal - run journal files through measures, once, in threads.
 *
 * Floor 3 (crm).  Uses: base, table, badrows, customers, event, opened,
 * stages, states.  No clock.
 *
 * Every figure is a measure: an empty state, add(state, batch of events),
 * merge(state, other state), and in its own room a write of the answer.
 * The journal is cut into blocks at line ends; each thread takes the next
 * block, has it split, checked and typed, and gives the events to states
 * that it shares with one other thread (states.h); at the end the states
 * are merged.  What must hold of every measure: rows in any order, split
 * anywhere, merged in any grouping, the answer is the same byte for byte.
 */
#ifndef CRM_JOURNAL_H
#define CRM_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/map.h"
#include "crm/customers.h"
#include "crm/event.h"
#include "crm/stages.h"
#include "table/expr.h"
#include "table/head.h"
#include "table/input.h"
#include "table/scan.h"

/* Events of one block. */
struct journal;
struct batch {
	const struct event *event;
	size_t n;
	uint32_t people;          /* customers met so far; 0 if no measure of
	                             the run asks for them */
	const struct head *head;  /* columns of the file */
	const int *column;        /* where enum event_column are, or -1 */
	const int *handle;        /* private: columns by handle */
	const char *file;         /* name of the file, for messages */
	const struct journal *journal;
	const uint32_t *first;    /* private: of each kind, for batch_next */
	struct scan *scan;        /* private: of the block */
	size_t number;            /* of the file, from 0 */
	uint64_t seq;             /* of the block within the file, from 0 */
};

/* A text column of an event, with its escapes; empty if the table lacks
 * the column. */
static inline struct slice
batch_column(const struct batch *b, const struct event *v, int col)
{
	return col < 0 ? SLICE_EMPTY
		       : scan_cell(b->scan, v->from, (size_t)col);
}

/* The same of a column that events have. */
static inline struct slice
event_field(const struct batch *b, const struct event *v,
    enum event_column c)
{
	return batch_column(b, v, b->column[c]);
}

/*
 * The events of some kinds, kind by kind, those of each in the order of the
 * batch; all others cost nothing.  For measures that need MEASURE_KINDS.
 *
 *	struct batch_walk w = { kinds, 0 };
 *
 *	while ((v = batch_next(b, &w)) != NULL)
 */
struct batch_walk {
	uint64_t kinds; /* a bit for each that is still to be walked */
	uint32_t next;  /* private: number of the next event, from 1 */
};

static inline const struct event *
batch_next(const struct batch *b, struct batch_walk *w)
{
	const struct event *v;

	while (w->next == 0) {
		if (w->kinds == 0)
			return NULL;
		w->next = b->first[__builtin_ctzll(w->kinds)];
		w->kinds &= w->kinds - 1;
	}
	v = &b->event[w->next - 1];
	w->next = v->next;
	return v;
}

/* Times from `from` on, before `to`: a period as UTC seconds.  INT64_MIN
 * and INT64_MAX leave a side open. */
struct window {
	int64_t from, to;
};
#define WINDOW_ALL ((struct window){ INT64_MIN, INT64_MAX })

static inline bool
window_has(struct window w, int64_t time)
{
	return time >= w.from && time < w.to;
}

/*
 * A measure as the journal sees it.  `how` is the caller's, read only by
 * all threads (windows, options).  A state is made by init, which must be
 * the empty value, and only one thread at a time has it.
 */
enum {
	MEASURE_PEOPLE = 1, /* it uses event.who, which is below batch.people */
	MEASURE_KINDS = 2,  /* and batch_next */
};

struct measure {
	const char *name;
	size_t size;    /* of a state */
	unsigned needs; /* some of the above */
	void (*init)(void *state, const void *how);
	/* False: *e has why (a sum too large, a bad column); the run stops. */
	bool (*add)(void *state, const struct batch *b, struct err *e);
	/*
	 * Take over what `from` counted.  who[i] is the number in the
	 * receiving people of customer i of from's people.
	 */
	bool (*merge)(void *state, void *from, const uint32_t *who,
	    struct err *e);
	void (*free)(void *state);
};

/*
 * One measure of a run.  journal_run allocates and fills the state, which
 * is the caller's then (also after a failure): use_free.  Where the uses
 * have states already it goes on from these and from journal.people, the
 * customers that these have met.
 */
struct use {
	const struct measure *measure;
	const void *how;
	void *state;
};

void use_free(struct use *u);

/* A journal to be run: its files, and which of their rows count. */
struct journal {
	/* set by the caller between journal_open and journal_run */
	const struct zone *zone;      /* of dates and days; NULL is UTC */
	const char *currency;         /* of the store; NULL if unknown */
	const struct aliases *aliases; /* or NULL */
	const struct customers *customers; /* for customer.NAME, or NULL */
	const struct map *only;       /* -c: ids, or NULL for all */
	bool accounts;                /* -a: the account counts, not the
	                                 person; needs both of the above */
	const struct expr *where;     /* -w, over journal_names; or NULL */
	bool marks;                   /* events for which -w does not hold
	                                 are not left out but marked, with
	                                 event.aside: for measures of
	                                 threads, of which -w chooses whole
	                                 ones */
	bool whole;                   /* events of customers whom -c leaves
	                                 out are kept, with event.outside:
	                                 for threads that customers share */
	int64_t until;                /* only events before it */
	const struct stages *stages;  /* what topics of deals must be, or
	                                 NULL: anything */
	int64_t staged;               /* ... of those from this time on */
	int threads;                  /* 0: $CRM_THREADS, else all cores */

	/* answers */
	struct map people; /* customers met, where a measure uses them */
	uint64_t rows;     /* events read */

	/* private */
	struct journal_file *file;
	size_t files;
	struct map names; /* of all columns of all files; event columns first */
	struct slice *known; /* names and customer.NAMEs, for expr_names */
	struct buf words; /* what the latter point into */
};

/*
 * Take over n inputs (owned and closed from now on, also on failure) and
 * read their headers.  Sets the caller's members to their neutral values.
 * Refused: a file without the columns time, customer and kind.
 */
bool journal_open(struct journal *j, struct input **inputs, size_t n,
    struct err *e);

/*
 * Handle of a column for journal_field: a column of any of the files, or
 * `customer.NAME`, a column of j->customers for the event's customer; -1 if
 * there is none.  Handles of event columns are enum event_column.
 */
int journal_find(const struct journal *j, struct slice name);

/* The name of a column by its handle below that of any customer.NAME. */
struct slice journal_column(const struct journal *j, int handle);

/*
 * Handles of all columns, in the order of the first file, behind them what
 * others add; without a file the columns of a new journal.  malloc'd, *n
 * of them.
 */
int *journal_columns(const struct journal *j, size_t *n);

/* The same as names for expr_parse.  Set j->customers before. */
struct expr_names journal_names(struct journal *j);

/* The field of an event by handle, with its escapes; empty if its file
 * lacks the column.  The customer is the one after aliases. */
struct slice journal_field(const struct batch *b, const struct event *v,
    int handle);

/*
 * Run all files through all measures.  Every row is checked: number of
 * fields, escapes, UTF-8, time, kind, tone, value by kind, due, currency,
 * and the stages of deals before `until` if they are wanted.
 * False with *e: bad rows in the order of files and lines, whatever the
 * number of threads, at most ERR_LINES of them.  With threads = 1 batches
 * come in the order of the files.
 */
bool journal_run(struct journal *j, struct use *uses, size_t n,
    struct err *e);

/* How many threads a run will have. */
size_t journal_threads(const struct journal *j);

/*
 * After a run: the next file from number *i on (which begins as 0) that
 * ended with bytes that are no whole row, its name and how many; false when
 * there is no more.  A writer may just have been at work on it.
 */
bool journal_torn(const struct journal *j, size_t *i, const char **name,
    size_t *bytes);

void journal_close(struct journal *j);

#endif
