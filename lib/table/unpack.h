/*
 * unpack - gzip and zstd data as a stream of plain bytes.
 *
 * Floor 2 (table).  Uses: base; zlib, libzstd.
 *
 * Several gzip members or zstd frames one behind the other are one stream,
 * as with zcat and zstdcat.  Data that ends inside of one is an error.
 */
#ifndef CRM_UNPACK_H
#define CRM_UNPACK_H

#include <sys/types.h>

#include "base/err.h"

enum { UNPACK_MAGIC = 4 }; /* first bytes that tell what it is */
enum unpack_kind { UNPACK_PLAIN, UNPACK_GZIP, UNPACK_ZSTD };

struct unpack;

/* Where packed bytes come from: how many, 0 at the end, -1 with *e. */
typedef ssize_t unpack_source(void *ctx, char *to, size_t n, struct err *e);

enum unpack_kind unpack_kind(const char *first, size_t len);

/*
 * Start a stream whose first packed bytes have been read already.  `name`
 * is for messages and borrowed.  NULL with *e filled on failure.
 */
struct unpack *unpack_open(enum unpack_kind kind, const char *name,
    struct slice first, unpack_source *source, void *ctx, struct err *e);

/*
 * The next plain bytes, up to n of them: 0 at the end, -1 on failure:
 * `name: the compressed data ends too early`, `name: the compressed data is
 * damaged`.
 */
ssize_t unpack_read(struct unpack *u, char *to, size_t n, struct err *e);

/* NULL is allowed. */
void unpack_close(struct unpack *u);

#endif
