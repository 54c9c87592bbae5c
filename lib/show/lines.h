/*
 * lines - the figures of a report as cells for people, not laid out yet.
 *
 * Floor 4 (show).  Uses: base, crm/figure, cell, report, wording.
 */
#ifndef CRM_LINES_H
#define CRM_LINES_H

#include "base/buf.h"
#include "show/report.h"
#include "show/wording.h"

enum { CELL_LABEL, CELL_NOW, CELL_BEFORE, CELL_CHANGE, CELL_P, CELL_REMARK,
	CELLS };

/* One line of a section, its cells already safe for the format. */
struct line {
	const struct wording *section; /* or NULL: not for people */
	struct buf cell[CELLS];
	bool moved; /* by more than chance */
};

/* One for each figure of the report, safe for a terminal or for Markdown;
 * malloc'd. */
struct line *lines_make(const struct report *r, bool md);
void lines_free(struct line *line, size_t n);

/* Is a section one of notes, which have no cells but labels? */
bool lines_notes(const struct wording *s);

/* Does a value stand on few answers or orders? */
bool lines_few(const struct figure *f);

#endif
