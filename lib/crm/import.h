/*
 * import - a CSV file through rules into rows of our tables.
 *
 * Floor 3 (crm).  Uses: base, table, rules.
 */
#ifndef CRM_IMPORT_H
#define CRM_IMPORT_H

#include <stdio.h>

#include "crm/rules.h"
#include "table/csv.h"
#include "table/rows.h"

struct import {
	/* answers */
	const char *name;           /* of the file; borrowed */
	char delimiter;             /* given or found */
	struct rules_record header; /* the first record */
	struct rows rows;         /* what came out */
	uint64_t records;         /* read; blank ones not counted */
	uint64_t skipped, bad;    /* ... made no row, could not be made one */
	struct err err;

	/* private */
	struct slice text;
	struct rules *rules;
	FILE *reject;
	struct buf names;
	struct slice *name_list;
};

/*
 * Begin with the text of a file (UTF-8; it and its name are borrowed): find
 * the delimiter (0) and read the first record as the header.  False
 * with im->err: `f.csv: empty: the header line is missing`, or what csv
 * says.  import_close is due in either case.
 */
bool import_open(struct import *im, struct slice text, const char *name,
    char delimiter);

/*
 * Convert all records with rules (borrowed).  Bad ones are written to
 * `reject` with their line and reason; without it they are told in im->err
 * and false is returned.
 */
bool import_run(struct import *im, struct rules *rules,
    const struct zone *zone, FILE *reject);

void import_close(struct import *im);

#endif
