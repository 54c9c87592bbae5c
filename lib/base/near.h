/*
 * near - the known word nearest to a mistyped one.
 *
 * Floor 1 (base).  Uses: buf, err, text, tr.
 */
#ifndef CRM_NEAR_H
#define CRM_NEAR_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/*
 * Restricted Damerau-Levenshtein distance in bytes (insert, delete,
 * replace, swap neighbours), ASCII case not counted; more than `limit` is
 * limit + 1.  Words longer than NEAR_MAX bytes are never near.
 */
enum { NEAR_MAX = 64 };
int near_distance(struct slice a, struct slice b, int limit);

/*
 * The word nearest to `word`, the first of equals; empty if none is within a
 * third of its length, at least 1, at most 3 changes.
 */
struct slice near_word(struct slice word, const struct slice *words,
    size_t n);

/*
 * A value as messages quote it (err_shown), and the word that was perhaps
 * meant unless it is empty: `"emial" (did you mean "email"?)`.  Returns `to`.
 */
enum { NEAR_TOLD = 2 * ERR_SHOWN + 64 };
const char *near_told(char to[static NEAR_TOLD], struct slice value,
    struct slice near);

/*
 * The same where there are few words: if none is near all are named, `"foo"
 * (one of: task, reply)`.  The text is in *to, which is cleared first.
 */
const char *near_choice(struct buf *to, struct slice value,
    const struct slice *words, size_t n);

#endif
