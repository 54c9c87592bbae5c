/*
 * pack - write a stream of bytes to a file, plain or as gzip or zstd.
 *
 * Floor 2 (table).  Uses: base, file, unpack; zlib, libzstd.
 *
 * The way back from unpack.h: what it reads is written in the same form.
 */
#ifndef CRM_PACK_H
#define CRM_PACK_H

#include <stdbool.h>

#include "base/slice.h"
#include "table/unpack.h"

struct pack;

/* Begin to write to a descriptor, which stays the caller's.  NULL with
 * errno where there is no memory. */
struct pack *pack_open(enum unpack_kind kind, int fd);

/* Add bytes; false with errno.  They are kept for a while. */
bool pack_add(struct pack *p, struct slice bytes);

/* Write what is left, and the end of the form; false with errno.  Frees p;
 * NULL is allowed, and a failure. */
bool pack_close(struct pack *p);

/* Free p and write nothing more.  NULL is allowed. */
void pack_drop(struct pack *p);

#endif
