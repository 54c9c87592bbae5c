/*
 * scraps - files of a store that are none of its tables: torn tails,
 * rejects, copies; line by line, and whom each line names.
 *
 * Floor 3 (crm).  Uses: base, table, persons.
 *
 * A line names a person where mention.h finds one in it, or where one of its
 * fields, parted by TABs, is an id.  A record of a reject file of crm-import
 * is one line, however many its quoted fields take.
 */
#ifndef CRM_SCRAPS_H
#define CRM_SCRAPS_H

#include "crm/persons.h"
#include "table/input.h"

struct scraps {
	const struct persons *persons; /* set by the caller */

	enum unpack_kind kind; /* the form of the file */

	/* private */
	struct buf bytes;
	size_t at;
	uint64_t line;
	bool quoted; /* is it a reject file? */
	struct buf room;
};

struct scrap {
	struct slice text; /* with its LF */
	uint64_t line;     /* number of its first line */
	uint32_t who;      /* the first person it names, or MAP_NONE */
};

/*
 * Read a file, which is closed.  CRM_DATA where it is no text.  scraps_free
 * is due in either case; without the bytes scraps_next says false.
 */
bool scraps_read(struct scraps *s, struct input *in, struct err *e);

/* The same from the last n bytes of a file; nothing where they cannot be
 * read. */
void scraps_tail(struct scraps *s, const char *path, size_t n);

bool scraps_next(struct scraps *s, struct scrap *one);

/* The line as a field, without its LF. */
void scraps_show(const struct scrap *one, struct buf *to);

void scraps_free(struct scraps *s);

/* Is one of the ids anywhere in a file of any bytes?  True too where it
 * could not be read. */
bool scraps_has(const struct persons *p, const char *path);

#endif
