/*
 * align - the aligned table, for people at a terminal.
 *
 * Floor 4 (show).  Uses: base, show; utf8proc.
 */
#ifndef CRM_ALIGN_H
#define CRM_ALIGN_H

#include "show/show.h"

/*
 * Write s->rows rows out of s->line (visible fields, each with a NUL
 * behind) under their headings to s->to, no wider than s->width where that
 * is possible without cutting a number.
 */
void align_write(struct show *s);

/* Bytes of the longest beginning of s, whole graphemes only, that takes at
 * most `width` columns. */
size_t align_cut(struct slice s, int width);

#endif
