/*
 * near - the known word nearest to a mistyped one.
 *
 * Floor 1 (base).  Uses: slice, text.
 */
#ifndef CRM_NEAR_H
#define CRM_NEAR_H

#include <stddef.h>

#include "base/slice.h"

/*
 * Restricted Damerau-Levenshtein distance in bytes (insert, delete,
 * replace, swap neighbours), ASCII case not counted; more than `limit` is
 * limit + 1.  Words longer than NEAR_MAX bytes are never near.
 */
enum { NEAR_MAX = 64 };
int near_distance(struct slice a, struct slice b, int limit);

/*
 * Index of the word nearest to `word`, the first of equals; n if none is
 * within a third of its length, at least 1, at most 3 changes.
 */
size_t near_of(struct slice word, const struct slice *words, size_t n);

#endif
