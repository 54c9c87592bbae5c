/*
 * source - a file of another program: read, its rules found, converted.
 *
 * Floor 3 (crm).  Uses: base, table, import, ready.
 *
 * What the user says of a file comes before what its rules say of it, and
 * that before what can be found by looking at it.  Rules that are named are
 * read first, as they may say how the file is to be read; others are chosen
 * by its header.
 */
#ifndef CRM_SOURCE_H
#define CRM_SOURCE_H

#include "base/zone.h"
#include "crm/import.h"

struct source {
	/* set by the caller; zeros say nothing */
	const char *named;      /* rules: a file, or the name of ready ones */
	const char *encoding;   /* as iconv calls it */
	const char *zone;       /* of clock times */
	char delimiter;
	enum foreign_way decimal, order;

	/* answers */
	const char *found;    /* the encoding that it has */
	struct rules rules;
	struct import import; /* rows and counts */

	/* private */
	struct buf text;
	struct zone own; /* if one was named */
};

/* Read a file ("-" is standard input) and find its rules.  False with what
 * decode, csv, rulefile or ready say; source_free is due in either case. */
bool source_open(struct source *s, const char *path, struct err *e);

/* Convert it, clock times in `zone` where nothing says otherwise: what
 * import_run says. */
bool source_convert(struct source *s, const struct zone *zone, FILE *reject,
    struct err *e);

void source_free(struct source *s);

#endif
