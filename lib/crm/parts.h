/*
 * parts - a value on its way through the conversions of import rules: a
 * list of texts, and what conversions know of the world.
 *
 * Floor 3 (crm).  Uses: base.
 */
#ifndef CRM_PARTS_H
#define CRM_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/zone.h"

enum { PARTS = 64 }; /* most parts of a value */

/* The value in hand, and what conversions know of the world. */
struct parts {
	struct buf part[PARTS];
	size_t n;
	uint64_t line;           /* where the value stands */
	bool learn;              /* learn ways, convert nothing by them */
	const struct zone *zone; /* of clock times without one */
	uint64_t twice;          /* times in an hour that the clock repeats */
	const char *why;         /* what is wrong, after a false */

	struct buf room; /* private */
};

void parts_clear(struct parts *p);
/* Add a part with this text; more than PARTS are refused. */
bool parts_add(struct parts *p, struct slice text);
/* Only part i is left; an empty one where there is none. */
void parts_keep(struct parts *p, size_t i);
/* Make one part of all that are not empty, with `mark` between them. */
void parts_join(struct parts *p, const char *mark);
/* Set why and return false. */
bool parts_wrong(struct parts *p, const char *why);
void parts_free(struct parts *p);

#endif
