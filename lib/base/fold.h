/*
 * fold - case folding for search, by utf8proc.
 *
 * Floor 1 (base).  Uses: buf, mem, text; utf8proc.  A room of its own so that
 * only commands that search link the library.
 */
#ifndef CRM_FOLD_H
#define CRM_FOLD_H

#include <stdbool.h>

#include "base/buf.h"

/*
 * Add s case-folded and composed (NFC): "Straße" and "STRASSE" give the
 * same bytes.  ASCII takes a short way.  False where s is not UTF-8.
 */
bool fold_case(struct buf *to, struct slice s);

/*
 * Cut the next word off *rest: letters, digits and marks, whatever parts
 * them.  False when none is left.
 */
bool fold_word(struct slice *rest, struct slice *word);

/* Columns that s takes on a terminal, combining 0, wide 2. */
int fold_width(struct slice s);

#endif
