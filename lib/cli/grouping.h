/*
 * grouping - what tables have in common whose rows are groups of --by: the
 * first columns, and shares with their intervals.
 *
 * Floor 5 (cli).  Uses: base, crm/group, measure/score, show.
 */
#ifndef CRM_GROUPING_H
#define CRM_GROUPING_H

#include "crm/group.h"
#include "measure/score.h"
#include "show/show.h"

enum { GROUPING_COLUMNS = 24 }; /* behind the keys, at most */

/* Begin a table: `group`, the names of further keys, then n columns, whose
 * headings are N_() marked: translated here. */
void grouping_begin(struct show *out, const struct group *g,
    const struct show_column *column, size_t n);

/* The fields of a group's key, empty where it is; `all` without keys. */
void grouping_key(struct show *out, const struct group *g,
    struct slice key);

/* The key without its last part; empty where it has no other. */
struct slice grouping_parent(struct slice key);

/* One field: a part of a whole in per cent, empty of nothing. */
void grouping_part(struct show *out, int64_t part, int64_t whole);

/* Three fields: a share and the ends of its interval, in per cent. */
void grouping_share(struct show *out, struct score_part s);

#endif
