/*
 * sort - numbers into the order of their keys, and found there.
 *
 * Floor 1 (base).  Uses: mem, slice.
 *
 * Radix sort on eight bytes of the keys at a time, so that a million ids
 * cost about as much as reading them, and so do numbers.
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

/* Order n numbers so that their values rise; equal ones keep their order. */
void sort_values(uint32_t *number, size_t n,
    int64_t (*value)(const void *ctx, uint32_t number), const void *ctx);

/* The same, then whatever order run() brings those of one value into. */
void sort_twice(uint32_t *number, size_t n,
    int64_t (*value)(const void *ctx, uint32_t number), const void *ctx,
    void (*run)(void *arg, uint32_t *number, size_t n), void *arg);

/*
 * Bring record number[i] of n to place i; a record is `size` bytes, 4 or
 * more.  The numbers are used up.  There is no second list: only what must
 * leave its place before its own is free is put aside meanwhile.
 */
void sort_lay_out(void *record, size_t size, uint32_t *number, size_t n);

/* The first of n records whose number is `least` or more, or n.  A record is
 * `size` bytes and begins with its number, an int64_t; the numbers rise. */
size_t sort_first(const void *record, size_t n, size_t size, int64_t least);

#endif
