/*
 * grouping - the first columns of a table whose rows are groups of --by.
 *
 * Floor 5 (cli).  Uses: base, crm/group, show.
 */
#ifndef CRM_GROUPING_H
#define CRM_GROUPING_H

#include "crm/group.h"
#include "show/show.h"

enum { GROUPING_COLUMNS = 24 }; /* behind the keys, at most */

/* Begin a table: `group`, the names of further keys, then n columns, whose
 * headings are N_() marked: translated here. */
void grouping_begin(struct show *out, const struct group *g,
    const struct show_column *column, size_t n);

/* The fields of a group's key, empty where it is; `all` without keys. */
void grouping_key(struct show *out, const struct group *g,
    struct slice key);

#endif
