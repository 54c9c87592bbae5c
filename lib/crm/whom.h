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

#include "crm/customers.h"
#include "table/file.h"

/* Is there a customer with this id (a value)?  False with an e->status
 * that is CRM_OK where there is none. */
bool whom_id(const struct store *s, struct slice id, struct err *e);

/* Customers by id and by e-mail address. */
struct whom {
	/* set by the caller */
	const struct customers *table;
	const struct aliases *aliases;

	/* private */
	struct map mail; /* address in lower case -> */
	uint32_t *row;   /* who has it first, or MAP_NONE if two have */
	size_t row_cap;
};

enum whom_answer { WHOM_FOUND, WHOM_UNKNOWN, WHOM_SEVERAL };

/*
 * Whom a field names: an id, else an address in the column `email` (ASCII
 * case not counted) that leads to one customer; merged ones are one.  *id
 * is as tables have it; an id that was merged is left as it is.  Unless
 * WHOM_FOUND, *told has the field as messages quote it:
 *
 *	WHOM_UNKNOWN  "C71" (did you mean "C17"?)
 *	WHOM_SEVERAL  "info@firm.example" (C2, C3)
 */
enum whom_answer whom_find(struct whom *w, struct slice field,
    struct slice *id, struct buf *told);

/*
 * Whom a user names on the command line: the same for a value, but a merged
 * id becomes what it was merged into.  False with CRM_NO: `unknown customer:
 * "C71" (did you mean "C17"?)`, `several customers have this e-mail address:
 * "info@firm.example" (C2, C3)`; *id is the value as a field then.  It lives
 * as long as the tables and *room.
 */
bool whom_named(struct whom *w, const char *words, struct slice *id,
    struct buf *room, struct err *e);

void whom_free(struct whom *w);

/* Which customers.tsv there is: for file_same.  Zeros where there is none, or
 * where it ends with a load, which may be none of its rows now and all of them
 * soon. */
struct file_mark whom_mark(const struct store *s);

#endif
