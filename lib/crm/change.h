/*
 * change - customers to be added or changed: from a sheet and the table as
 * it is to what is to be written.
 *
 * Floor 3 (crm).  Uses: base, customers, sheet.  No clock, no file.
 *
 * Ids that are not given are made: C1, C2 ... behind the highest number
 * of up to 18 digits there is; where none is left that is refused.  A second
 * customer with the same id is refused, one with the same e-mail address
 * (ASCII case not counted, all addresses looked at) unless `force`; customers
 * that were merged are one.
 */
#ifndef CRM_CHANGE_H
#define CRM_CHANGE_H

#include "crm/customers.h"
#include "crm/sheet.h"

struct change {
	/* set by the caller */
	const struct sheet *sheet;
	const struct customers *now;
	const struct aliases *aliases;
	bool update;           /* change customers, do not add them */
	bool force;            /* an e-mail address may be there twice */
	const char *created;   /* the day of today */

	/* answers */
	bool whole;        /* bytes is the new table, not rows behind it */
	struct buf bytes;  /* what is to be written */
	struct buf header; /* of the table, without LF */
	struct buf ids;    /* of the added customers, with LF */
	struct err notes;  /* warnings, as rows */

	/* private */
	struct slice *own; /* columns that are made if missing */
	size_t owns, own_cap;
	int *target;     /* column of the table for each of the sheet */
	size_t cols;     /* of the table as it will be */
	struct map seen; /* ids of the sheet */
	uint32_t *row;   /* on changing: row of the table for each of the
	                    sheet; on adding: row of the sheet for each id
	                    of seen */
	int64_t last;    /* highest number of a made id */
};

/*
 * Check values and columns that need no store: what is wrong with them is
 * added to *e.  To be called before the lock is taken.
 */
bool change_check(const struct sheet *s, struct err *e);

/* A column that is made if the table lacks it; the name is borrowed.
 * CRM_USAGE: `not a column name: "a b"`. */
bool change_column(struct change *c, const char *name, struct err *e);

/* Make the answers.  Up to ERR_LINES things that are wrong are told. */
bool change_make(struct change *c, struct err *e);

void change_free(struct change *c);

#endif
