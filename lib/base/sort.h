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
 * Bring record number[i] of n to place i, round after round, without a
 * second list: records of `size` bytes, at most SORT_LARGEST.  The numbers
 * are used up.  Inline, for a size that the compiler knows.
 */
enum { SORT_LARGEST = 128 };

static inline void
sort_lay_out(void *record, size_t size, uint32_t *number, size_t n)
{
	char *at = record, first[SORT_LARGEST];

	for (uint32_t i = 0; i < n; i++) {
		uint32_t to = i, from = number[i];

		if (from == i)
			continue;
		memcpy(first, at + i * size, size);
		for (; from != i; from = number[to]) {
			memcpy(at + to * size, at + from * size, size);
			number[to] = to;
			to = from;
		}
		memcpy(at + to * size, first, size);
		number[to] = to;
	}
}

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

/* The first of n records whose number is `least` or more, or n.  A record is
 * `size` bytes and begins with its number, an int64_t; the numbers rise. */
size_t sort_first(const void *record, size_t n, size_t size, int64_t least);

#endif
