/*
 * The hash of a piece where registers are wide; part of seal.h.  A file of
 * its own, as none of its code may run on other machines.
 */
#if defined(__x86_64__) && !defined(__clang__)
#pragma GCC target("avx2")
#endif

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "table/seal.h"

struct seal_hash
seal_piece_wide(const void *at, size_t len)
{
	XXH128_hash_t h = XXH3_128bits(at, len);

	return (struct seal_hash){ { h.low64, h.high64 } };
}
