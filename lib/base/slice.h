/*
 * slice - a stretch of bytes that somebody else owns.
 *
 * Floor 1 (base).  Uses: libc only.
 *
 * Fields of a table are slices into the block they were read with; they
 * are not NUL-terminated and live as long as the block does.  Fields are
 * kept as they stand in the file, that is with their escapes: the writing
 * of a value is unique (text.h), so equal slices are equal values.
 */
#ifndef CRM_SLICE_H
#define CRM_SLICE_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

_Static_assert(sizeof(size_t) == 8, "crm is for machines of 64 bits");

/* How many members an array has. */
#define LEN(a) (sizeof(a) / sizeof *(a))

struct slice {
	const char *at; /* first byte; may be anything where len is 0 */
	size_t len;     /* bytes */
};

#define SLICE_EMPTY ((struct slice){ "", 0 })

/* The bytes of a C string. */
static inline struct slice
slice_of(const char *s)
{
	return (struct slice){ s, strlen(s) };
}

/* Same bytes? */
static inline bool
slice_eq(struct slice a, struct slice b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

/* Same bytes as a C string? */
static inline bool
slice_is(struct slice a, const char *s)
{
	return slice_eq(a, slice_of(s));
}

/* Byte order, as strcmp: below, at or above 0.  A prefix comes first. */
static inline int
slice_cmp(struct slice a, struct slice b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n == 0 ? 0 : memcmp(a.at, b.at, n);

	return c != 0 ? c : (a.len > b.len) - (a.len < b.len);
}

/* The n bytes at p, at most 8, as a word: the first lowest, zeros behind
 * them.  Reads nothing beyond them. */
static inline uint64_t
slice_word(const char *p, size_t n)
{
	uint64_t w = 0;
	uint32_t a, b;

	if (n == 8) {
		memcpy(&w, p, 8);
		w = le64toh(w);
	} else if (n >= 4) {
		memcpy(&a, p, 4);
		memcpy(&b, p + n - 4, 4);
		w = le32toh(a) | (uint64_t)le32toh(b) << 8 * (n - 4);
	} else if (n > 0) {
		w = (uint64_t)(unsigned char)p[0] |
		    (uint64_t)(unsigned char)p[n / 2] << 8 * (n / 2) |
		    (uint64_t)(unsigned char)p[n - 1] << 8 * (n - 1);
	}
	return w;
}

/* The first eight bytes, zeros behind them, as a number: numbers are ordered
 * as the bytes are. */
static inline uint64_t
slice_start(struct slice s)
{
	return __builtin_bswap64(slice_word(s.at, s.len < 8 ? s.len : 8));
}

#endif
