/*
 * named - tables whose columns are known by their names only.
 *
 * Floor 4 (show).  Uses: base, table/rows, show.
 */
#ifndef CRM_NAMED_H
#define CRM_NAMED_H

#include "show/show.h"
#include "table/rows.h"

/* Columns of these names: numbers where the toolkit has figures of that
 * name, else text; malloc'd, and so is *names, which they point into. */
struct show_column *named_columns(const struct slice *name, size_t n,
    char **names);

/* show_begin with such columns.  Returns the names, to be freed behind
 * show_end. */
char *named_begin(struct show *s, const struct slice *name, size_t n);

/* A whole table: the rows with their columns of these names. */
void named_write(struct show *s, char *const *column,
    const struct rows *rows);

#endif
