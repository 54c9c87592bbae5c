/*
 * badrows - bad rows of a journal that is read in blocks by threads, until
 * it is known at which line each block begins.
 *
 * Floor 3 (crm).  Uses: base, opened.
 */
#ifndef CRM_BADROWS_H
#define CRM_BADROWS_H

#include <stdint.h>

#include "base/err.h"
#include "crm/opened.h"

/* In the order of files, blocks and lines; a zeroed struct is none. */
struct badrows {
	struct badrow {
		size_t file;    /* number of the file */
		uint64_t block; /* number of the block in it */
		uint64_t line;  /* line in the block, from 0 on */
		char *words;    /* what is wrong; owned */
	} *row;
	size_t n, cap;
};

/* Put the lines of e, which stand at lines of this block, in their place. */
void badrows_add(struct badrows *b, size_t file, uint64_t block,
    const struct err *e);

/*
 * Add the first ERR_LINES to *e as `name:line: words`.  The lines of all
 * blocks before them must be known.
 */
void badrows_tell(const struct badrows *b, const struct journal_file *files,
    struct err *e);

void badrows_free(struct badrows *b);

#endif
