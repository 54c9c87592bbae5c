/*
 * wrap - text in lines of so many columns at most.
 *
 * Floor 4 (show).  Uses: base.
 */
#ifndef CRM_WRAP_H
#define CRM_WRAP_H

#include "base/buf.h"

/*
 * Add a text from column `at` on.  A word that has no room in its line
 * begins the next, behind `indent` blanks, in the place of the blank before
 * it; one longer than a line goes over several, a letter in each at least.
 * Columns are those of a terminal (fold.h).
 */
void wrap_text(struct buf *to, struct slice text, int at, int indent,
    int columns);

#endif
