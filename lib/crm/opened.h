/*
 * opened - a journal file that has been opened: what journal.c and run.c
 * share and nobody else needs.
 *
 * Floor 3 (crm).  Uses: table, event.
 */
#ifndef CRM_OPENED_H
#define CRM_OPENED_H

#include "crm/event.h"
#include "table/head.h"
#include "table/input.h"

/* Handles of columns from here on mean customer.NAME. */
enum { OPENED_OF_CUSTOMER = 1 << 20 };

struct journal_file {
	struct input *in;
	struct head head;
	int column[EVENT_COLUMNS];
	int *handle;      /* columns by handle, -1 where not in this file */
	uint64_t *lines;  /* of each block, for line numbers */
	size_t lines_cap;
	uint64_t read;    /* lines of all blocks */
	bool resumed;     /* by resume.h, which has passed over */
	uint64_t passed;  /* so many lines, the header not counted */
};

#endif
