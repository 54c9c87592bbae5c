/*
 * sort - numbers into the byte order of their keys.
 *
 * Floor 1 (base).  Uses: mem, slice.
 *
 * Radix sort on eight bytes of the keys at a time, so that a million ids
 * cost about as much as reading them.
 */
#ifndef CRM_SORT_H
#define CRM_SORT_H

#include <stdint.h>

#include "base/slice.h"

/*
 * Order n numbers so that their keys rise (slice_cmp); key(ctx, number)
 * must be free of NUL bytes.  Equal keys keep their order.
 */
void sort_keys(uint32_t *number, size_t n,
    struct slice (*key)(const void *ctx, uint32_t number), const void *ctx);

#endif
