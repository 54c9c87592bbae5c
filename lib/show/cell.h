/*
 * cell - a value made safe for where it is going.
 *
 * Floor 4 (show).  Uses: base; libcsv.
 *
 * Each function adds the writing of one plain value (no escapes of tables)
 * that is valid UTF-8 without NUL.  Hidden characters are the controls (C0,
 * DEL, C1), those that turn the direction of text (U+061C, U+200E, U+200F,
 * U+202A to U+202E, U+2066 to U+2069), the line and paragraph separators
 * and the byte order mark: none of them reaches a terminal or a page.
 */
#ifndef CRM_CELL_H
#define CRM_CELL_H

#include <stdbool.h>

#include "base/buf.h"

/* Hidden characters as \t \n \r, \x1b, \u202e. */
void cell_visible(struct buf *to, struct slice value);

/* A cell of a Markdown table: visible, and no markup. */
void cell_md(struct buf *to, struct slice value);

/* Within a JSON string, without its quotes; hidden characters as \u001b,
 * so that nothing is lost. */
void cell_json(struct buf *to, struct slice value);

/* Is it a number as JSON has them? */
bool cell_json_number(struct slice value);

/* A CSV field in its quotes, a formula guarded by a ' in front. */
void cell_csv(struct buf *to, struct slice value);

#endif
