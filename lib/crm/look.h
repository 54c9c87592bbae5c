/*
 * look - a row of a table: what of it is about certain persons, and how it
 * reads when they are forgotten.
 *
 * Floor 3 (crm).  Uses: base, table, personal, persons.
 */
#ifndef CRM_LOOK_H
#define CRM_LOOK_H

#include "crm/personal.h"
#include "crm/persons.h"
#include "table/tsv.h"

#define LOOK_TAG "blocked" /* nobody is to address one who was erased */

enum look_mark {
	LOOK_NONE,  /* about none of them, or empty */
	LOOK_STAYS, /* of a person's row, and stays */
	LOOK_GOES,  /* of a person's row, and goes */
	LOOK_ID,    /* an id in it becomes a pseudonym */
	LOOK_NAMED, /* of somebody else's row, but it names a person: for
	               somebody to look at */
};

struct look {
	/* answers of look_row */
	struct look_cell {
		enum look_mark mark;
		uint32_t who; /* the person */
	} *cell;      /* one per column */
	uint32_t own; /* the person whose row it is, or MAP_NONE */
	bool changes; /* does erasure change it? */

	/* private */
	const struct persons *persons;
	const struct head *head;
	enum personal_file file;
	enum personal_fate *fate; /* by kind, then by column */
	size_t *link, links; /* columns of ids, in tables but the journal */
	int who, kind, tags; /* columns, or -1 */
	bool tagless;        /* customers that have no column for tags */
	struct buf room, value;
};

/* Begin a table; all arguments are borrowed.  look_end frees. */
void look_begin(struct look *l, const struct persons *p,
    const struct head *head, enum personal_file file);

/* Look at the row in hand.  False where none of it is about them. */
bool look_row(struct look *l, struct tsv *t);

/*
 * Then: add the row as erasure leaves it, with its LF, to *to; nothing where
 * the row goes: that of a merged customer, of one whom no other row needs,
 * an alias.  What is left of a customer has the tag LOOK_TAG.  Needs
 * persons_veil, and every person's `uses`.
 */
void look_write(struct look *l, struct tsv *t, struct buf *to);

/* The same of a row that does not change, and of the header: customers that
 * have no column `tags` get one, the last. */
void look_copy(const struct look *l, struct slice line, struct buf *to);
void look_header(const struct look *l, struct buf *to);

/* Add a row of customers.tsv, whose header this is, for a person who had
 * none: pseudonym and tag. */
void look_add(const struct look *l, uint32_t who, struct buf *to);

void look_end(struct look *l);

#endif
