/*
 * whom - which customer is meant: an id, or an e-mail address that only one
 * has.
 *
 * Floor 3 (crm).  Uses: base, table, customers.
 *
 * One customer is looked up by one pass over customers.tsv in blocks, at
 * the speed of memory, without loading the table; that pass checks nothing
 * but what it looks for.  Many are looked up in the loaded table.
 */
#ifndef CRM_WHOM_H
#define CRM_WHOM_H

#include <sys/types.h>
#include <time.h>

#include "crm/customers.h"

/* Is there a customer with this id (a value)?  False with an e->status
 * that is CRM_OK where there is none. */
bool whom_id(const struct store *s, struct slice id, struct err *e);

/* Customers by id and by e-mail address. */
struct whom {
	struct customers table;
	struct aliases aliases;

	/* private */
	struct map mail; /* address in lower case -> */
	uint32_t *row;   /* who has it first, or MAP_NONE if two have */
	size_t row_cap;
};

bool whom_load(struct whom *w, const struct store *s, struct err *e);

/*
 * The id, as a field has it, of whom a field names: *id.  NULL, or what is
 * wrong, for a message, in *words: `unknown (did you mean "C17"?)`, `more
 * than one customer has this address`.
 */
const char *whom_find(struct whom *w, struct slice field, struct slice *id,
    struct buf *words);

void whom_free(struct whom *w);

/* Whether customers.tsv is the same file that it was. */
struct whom_mark {
	dev_t dev;
	ino_t ino;
	off_t size;
	struct timespec changed;
};
struct whom_mark whom_mark(const struct store *s);
bool whom_same(struct whom_mark a, struct whom_mark b);

#endif
