/*
 * seal - a hash of many bytes, carried on as bytes are added or made from a
 * file by several threads at once.
 *
 * Floor 2 (table).  Uses: base; xxHash.
 *
 * 128 bits (XXH3) over the hashes of pieces of SEAL_PIECE bytes.  Bytes
 * that were changed, moved or lost have another hash; it is no signature
 * against somebody who forges bytes on purpose.
 */
#ifndef CRM_SEAL_H
#define CRM_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEAL_PIECE = 256 * 1024 };

struct seal_hash {
	uint64_t word[2];
};

struct seal;

/* The seal of no bytes. */
struct seal *seal_new(void);

void seal_add(struct seal *s, const void *at, size_t len);

/*
 * Add the bytes at..at+len of a file to a seal that has none yet, read by
 * so many threads.  False where they cannot be read or are not there.
 */
bool seal_file(struct seal *s, int fd, uint64_t at, uint64_t len,
    size_t threads);

/* How many bytes, and their hash; more may be added. */
uint64_t seal_bytes(const struct seal *s);
struct seal_hash seal_of(const struct seal *s);

/* The hash of these bytes. */
struct seal_hash seal_at(const void *at, size_t len);

static inline bool
seal_eq(struct seal_hash a, struct seal_hash b)
{
	return a.word[0] == b.word[0] && a.word[1] == b.word[1];
}

/* Private: of a piece or less, for machines with AVX2. */
struct seal_hash seal_piece_wide(const void *at, size_t len);

/* NULL is allowed. */
void seal_free(struct seal *s);

#endif
