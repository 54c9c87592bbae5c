/*
 * book - put entries into the journal: their customers looked up, the
 * columns matched, those that are there already left out.
 *
 * Floor 3 (crm).  Uses: base, table, entry, index, moment, once, stages,
 * whom.
 */
#ifndef CRM_BOOK_H
#define CRM_BOOK_H

#include "crm/entry.h"
#include "crm/index.h"
#include "crm/once.h"
#include "crm/whom.h"

struct book {
	/* set by the caller */
	struct entries *entries;
	const struct store *store;
	bool add; /* unknown ids become customers */

	/* answers */
	struct slice *customer; /* the id of each entry, as a field has it */
	struct sheet bare;      /* column id: customers to be added */
	struct customers table; /* of the store, if there are such */
	struct aliases aliases;

	/* private */
	struct whom whom;
	struct file_mark mark; /* of the customers that were looked at */
	struct buf one;        /* the id that an address led to */
	struct buf tail;       /* of the file: what it ends with, and in it */
	struct slice last;     /* the last row */
	bool looked, to_index;
};

/*
 * Look the customers up.  To be called before the lock is taken, and again
 * under it: it looks again only if customers.tsv has changed meanwhile.
 */
bool book_customers(struct book *b, struct err *e);

/*
 * Is every stage of a deal in the stages.tsv of the store, if there is one?
 * `topic: unknown: "ofer" (did you mean "offer"?)`, as the sheet tells it;
 * where there is none, the names are whatever the user likes.
 */
bool book_stages(const struct book *b, struct err *e);

/* Under the lock, with the time of the system: make an index where one would
 * have helped (index.h).  False where customers.tsv has an id twice. */
bool book_index(const struct book *b, int64_t clock, struct err *e);

/* The header of file `name` of the journal, or of a new one. */
bool book_head(struct book *b, const char *name, struct head *h,
    struct err *e);

/* Then: when the last event of the file was.  False where that cannot be
 * told. */
bool book_last(const struct book *b, const struct head *h, int64_t *time);

/* A name for --batch: letters, digits, `.`, `_`, `-`, up to 64 bytes, a
 * letter or digit first.  The file's name goes to *file. */
bool book_batch(const char *name, struct buf *file, struct err *e);

void book_free(struct book *b);

#endif
