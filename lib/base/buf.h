/*
 * buf - growing bytes, always followed by a NUL.
 *
 * Floor 1 (base).  Uses: mem, slice.
 *
 * A zeroed struct is an empty buffer (its `at` is NULL until something is
 * added; buf_text gives "" then).
 */
#ifndef CRM_BUF_H
#define CRM_BUF_H

#include <stddef.h>

#include "base/slice.h"

struct buf {
	char *at;   /* the bytes; owned */
	size_t len; /* how many, the NUL not counted */
	size_t cap;
};

void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_byte(struct buf *b, char c);
void buf_str(struct buf *b, const char *s);
void buf_slice(struct buf *b, struct slice s);
void buf_fmt(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Room for n more bytes behind the content; the caller adds to len. */
char *buf_room(struct buf *b, size_t n);

/* The content as a C string, "" where there is none. */
const char *buf_text(const struct buf *b);

/* The content as a slice, good until the buffer changes. */
struct slice buf_all(const struct buf *b);

/* Empty it and keep the memory. */
void buf_clear(struct buf *b);

void buf_free(struct buf *b);

#endif
