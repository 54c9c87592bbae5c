/*
 * wash - make a block clean that is not, and say what was wrong with it.
 *
 * Floor 2 (table).  Uses: base.
 *
 * The slow and obviously right twin of scan_block: line by line, with the
 * words that a user must see.
 */
#ifndef CRM_WASH_H
#define CRM_WASH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* What wash_block needs to know to word its messages. */
struct wash_words {
	const char *name; /* of the file; NULL: without `name:line: ` */
	uint64_t line;    /* number of the block's first line */
	size_t cols;
	const struct slice *column; /* names of the columns */
};

/*
 * Rewrite a block in place so that it is clean: rows that are wrong are
 * taken out after a line about each was added to *e, and so are the CRs of
 * CRLF line ends.  *len becomes the new length; (*line)[i], grown as
 * needed, is the line number of row i.  Returns the number of lines that
 * the block had.
 */
uint64_t wash_block(char *block, size_t *len, const struct wash_words *w,
    uint64_t **line, size_t *cap, struct err *e);

/* Is it a line that version control leaves where two sides disagree? */
bool wash_conflict(struct slice line);

#endif
