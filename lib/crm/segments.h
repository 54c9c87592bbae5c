/*
 * segments - names of RFM cells: segments.tsv.
 *
 * Floor 3 (crm).  Uses: base, table.
 *
 * Columns segment, r, f, m; a score is one number from 1 to 5 or a range
 * such as 4-5.  The first row that fits names the cell; a cell that no row
 * fits is `Others`.
 */
#ifndef CRM_SEGMENTS_H
#define CRM_SEGMENTS_H

#include "base/buf.h"
#include "table/store.h"
#include "table/tsv.h"

struct segments {
	struct segments_row {
		uint32_t name, len;     /* where in names */
		uint8_t low[3], high[3]; /* of r, f, m */
	} *row;
	size_t rows, cap;
	struct buf names; /* as fields of a table */
};

/* segments.tsv of a store; the preset table where there is none, or s is
 * NULL.  Refused: `segments.tsv:3: f: not a score or a range from 1 to 5:
 * "6"`. */
bool segments_load(struct segments *g, const struct store *s, struct err *e);

/* The same from an opened table; errors are in t->err. */
bool segments_read(struct segments *g, struct tsv *t);

/* Name of a cell as a field of a table; scores from 1 to 5, or 0 where there
 * are none: then it is empty. */
struct slice segments_name(const struct segments *g, const uint8_t rfm[3]);

void segments_free(struct segments *g);

#endif
