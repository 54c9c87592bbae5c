/*
 * entry - events to be appended: from a sheet to checked rows of the
 * journal.
 *
 * Floor 3 (crm).  Uses: base, customers, event, moment, sheet.  The clock is
 * the caller's.
 *
 * entry_check looks at everything that needs no store and writes each row
 * anew: times in UTC, refs made where the kind wants one.  A made ref is the
 * first letter of its thread (c case, d deal, t task, v contract), the day,
 * and eight random characters, as `c20261121-7f3ak2m9`: none is made
 * twice in 10^12 of a day, without a look at the journal.
 */
#ifndef CRM_ENTRY_H
#define CRM_ENTRY_H

#include "base/zone.h"
#include "crm/event.h"
#include "crm/sheet.h"

struct entries {
	/* set by the caller */
	const struct sheet *sheet;
	const struct zone *zone;
	const char *currency; /* of the store */
	int64_t now;

	/* answers */
	struct rows rows; /* EVENT_COLUMNS columns, then those of the sheet
	                     that are none of them */
	size_t more;      /* how many those are */
	bool *made;       /* has the row a made ref? */
	struct err notes; /* warnings */

	/* private */
	int column[EVENT_COLUMNS]; /* of the sheet, or -1 */
	struct buf line, room;
};

/* Check and write anew.  Up to ERR_LINES things that are wrong are told. */
bool entry_check(struct entries *n, struct err *e);

/* Name of column c of the rows. */
struct slice entry_column(const struct entries *n, size_t c);

/* The header of a new journal with all that the rows have, without LF. */
void entry_header(const struct entries *n, struct buf *to);

/*
 * Add to *to the rows, with customer[i] in the place of what the sheet says
 * and without those that skip[i] (unless NULL), as lines of a journal with
 * this header.  Refused: a column that the journal lacks and that is not
 * empty.
 */
bool entry_write(const struct entries *n, const struct head *journal,
    const char *name, const struct slice *customer, const bool *skip,
    struct buf *to, struct err *e);

void entry_free(struct entries *n);

#endif
