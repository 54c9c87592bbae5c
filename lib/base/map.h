/*
 * map - numbers for names: each key gets 0, 1, 2 ... as it is first seen.
 *
 * Floor 1 (base).  Uses: mem, serial, slice, sort; xxHash.
 *
 * What belongs to a key is kept by the caller in arrays indexed by its
 * number: dense rows beside a small index.  Keys that count up (serial.h) in
 * the form of the first that does are found by their number, in a table that
 * is never larger than a hash table of the keys, all others by a hash: it is
 * keyed with random bytes, so made-up collisions do not slow it down; nothing
 * that is written depends on it.  A zeroed struct is an empty map.
 */
#ifndef CRM_MAP_H
#define CRM_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/serial.h"
#include "base/slice.h"

#define MAP_NONE UINT32_MAX /* no such key */

struct map {
	uint32_t len; /* number of keys */

	/* private */
	uint64_t *slot;   /* hash tag and number + 1 */
	size_t slots;     /* a power of two */
	size_t hashed;    /* slots that are taken */
	struct serial form;
	uint32_t *serial; /* number + 1 by number of the form, and a 0 */
	size_t reach;     /* how many those are; a power of two */
	/*
	 * A key of up to 15 bytes stands here itself, zeros behind it and its
	 * length in the last byte, on every machine, so that finding it costs
	 * one cache line and comparing it two words.  Of a longer one there
	 * is the hash and where it is in `bytes`; its last byte is MAP_LONG.
	 */
	struct map_key {
		uint64_t word[2];
	} *key;
	size_t keys;      /* room for so many */
	char *bytes;      /* of long keys, one behind the other */
	size_t used, room;
	uint64_t seed;
};

/* The number of a key, which is added if it is new. */
uint32_t map_add(struct map *m, struct slice key);

/* Make room for n keys in all, so that adding them need not. */
void map_room(struct map *m, size_t n);

/* The number of a key, or MAP_NONE. */
uint32_t map_find(const struct map *m, struct slice key);

/*
 * map_add for n keys at once, `stride` bytes apart from one struct slice
 * to the next; numbers go to *out and on, `step` bytes apart.  Cache misses
 * overlap, which is what makes a fold over millions of keys fast.  The bytes
 * of every key are followed by MAP_SLACK more that can be read.
 */
enum { MAP_SLACK = 16 };
void map_add_many(struct map *m, const struct slice *key, size_t stride,
    size_t n, uint32_t *out, size_t step);

/* Add all keys of another map.  Returns their numbers here, by their numbers
 * there; malloc'd. */
uint32_t *map_join(struct map *m, const struct map *from);

/* Private: the last byte of a long key; bits of its place that are its
 * length. */
enum { MAP_LONG = 0xff, MAP_LEN_BITS = 22 };

/* The second word: the last byte is highest. */
static inline uint64_t
map_second(const struct map_key *k)
{
	return le64toh(k->word[1]);
}

static inline bool
map_is_long(const struct map_key *k)
{
	return map_second(k) >> 56 == MAP_LONG;
}

/* The bytes of key number i, good until the next key is added. */
static inline struct slice
map_key(const struct map *m, uint32_t i)
{
	const struct map_key *k = &m->key[i];
	uint64_t place = map_second(k) & ~(UINT64_C(0xff) << 56);

	if (!map_is_long(k))
		return (struct slice){ (const char *)k->word,
			map_second(k) >> 56 };
	return (struct slice){ m->bytes + (place >> MAP_LEN_BITS),
		place & ((1u << MAP_LEN_BITS) - 1) };
}

/* Begin to fetch key number i, which is going to be asked for. */
MEM_FETCH
map_fetch(const struct map *m, uint32_t i)
{
	__builtin_prefetch(&m->key[i]);
}

/* All numbers in byte order of their keys; malloc'd, m->len of them. */
uint32_t *map_sorted(const struct map *m);

void map_free(struct map *m);

#endif
