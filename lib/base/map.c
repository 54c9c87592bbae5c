#include "base/map.h"

#include <stdlib.h>
#include <sys/random.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/mem.h"
#include "base/sort.h"

enum {
	FIRST_SLOTS = 1024,
	AHEAD = 64, /* keys whose cache lines are fetched at once */
	LEN_BITS = 24, /* of a key's place: its length; the rest is where */
};

/* A slot: the upper 32 bits of the hash, and the number + 1 (0 is free). */
static inline uint64_t
slot_make(uint64_t hash, uint32_t number)
{
	return (hash & ~(uint64_t)UINT32_MAX) | (number + 1u);
}

static inline uint64_t
hash_of(const struct map *m, struct slice key)
{
	return XXH3_64bits_withSeed(key.at, key.len, m->seed);
}

struct slice
map_key(const struct map *m, uint32_t i)
{
	uint64_t k = m->key[i];

	return (struct slice){ m->bytes + (k >> LEN_BITS),
		k & ((1u << LEN_BITS) - 1) };
}

/* The slot where a hash is, or where it would go. */
static inline size_t
probe(const struct map *m, struct slice key, uint64_t hash)
{
	size_t mask = m->slots - 1, i = hash & mask;

	for (; m->slot[i] != 0; i = (i + 1) & mask)
		if ((m->slot[i] ^ hash) >> 32 == 0 &&
		    slice_eq(map_key(m, (uint32_t)m->slot[i] - 1), key))
			break;
	return i;
}

static void
rehash(struct map *m, size_t slots)
{
	uint64_t *old = m->slot;
	size_t n = m->slots;

	m->slot = mem_pages(slots, sizeof *m->slot);
	m->slots = slots;
	for (uint32_t i = 0; i < m->len; i++) {
		uint64_t hash = hash_of(m, map_key(m, i));
		size_t at = hash & (slots - 1);

		while (m->slot[at] != 0)
			at = (at + 1) & (slots - 1);
		m->slot[at] = slot_make(hash, i);
	}
	mem_pages_free(old, n, sizeof *old);
}

/* Room for n more keys: at most half of the slots are ever taken. */
static inline void
make_room(struct map *m, size_t n)
{
	if (m->slots == 0 &&
	    getrandom(&m->seed, sizeof m->seed, GRND_NONBLOCK) < 0)
		m->seed = (uint64_t)(uintptr_t)m;
	while (2 * (m->len + n) > m->slots)
		rehash(m, m->slots == 0 ? FIRST_SLOTS : 2 * m->slots);
}

static uint32_t
append(struct map *m, struct slice key, uint64_t hash, size_t at)
{
	m->bytes = mem_grow(m->bytes, &m->room, m->used + key.len, 1);
	m->key = mem_grow(m->key, &m->keys, (size_t)m->len + 1,
	    sizeof *m->key);
	m->key[m->len] = (uint64_t)m->used << LEN_BITS | key.len;
	if (key.len > 0)
		memcpy(m->bytes + m->used, key.at, key.len);
	m->used += key.len;
	m->slot[at] = slot_make(hash, m->len);
	return m->len++;
}

static inline uint32_t
add_hashed(struct map *m, struct slice key, uint64_t hash)
{
	size_t at = probe(m, key, hash);

	if (m->slot[at] != 0)
		return (uint32_t)m->slot[at] - 1;
	return append(m, key, hash, at);
}

uint32_t
map_add(struct map *m, struct slice key)
{
	make_room(m, 1);
	return add_hashed(m, key, hash_of(m, key));
}

uint32_t
map_find(const struct map *m, struct slice key)
{
	size_t at;

	if (m->len == 0)
		return MAP_NONE;
	at = probe(m, key, hash_of(m, key));
	return m->slot[at] == 0 ? MAP_NONE : (uint32_t)m->slot[at] - 1;
}

/*
 * Three walks over the same few keys, so that the misses of each overlap:
 * fetch the slots, fetch the key places and bytes they lead to, look up.
 */
static void
add_some(struct map *m, const struct slice *key, size_t stride, size_t n,
    uint32_t *out)
{
	uint64_t hash[AHEAD];
	const char *at = (const char *)key;

	for (size_t i = 0; i < n; i++) {
		hash[i] = hash_of(m, *(const struct slice *)(at + i * stride));
		__builtin_prefetch(&m->slot[hash[i] & (m->slots - 1)]);
	}
	for (size_t i = 0; i < n; i++) {
		uint32_t number =
		    (uint32_t)m->slot[hash[i] & (m->slots - 1)];

		if (number != 0)
			__builtin_prefetch(&m->key[number - 1]);
		out[i] = number;
	}
	for (size_t i = 0; i < n; i++)
		if (out[i] != 0)
			__builtin_prefetch(
			    m->bytes + (m->key[out[i] - 1] >> LEN_BITS));
	for (size_t i = 0; i < n; i++)
		out[i] = add_hashed(
		    m, *(const struct slice *)(at + i * stride), hash[i]);
}

void
map_add_many(struct map *m, const struct slice *key, size_t stride, size_t n,
    uint32_t *out)
{
	while (n > 0) {
		size_t some = n < AHEAD ? n : AHEAD;

		make_room(m, some);
		add_some(m, key, stride, some, out);
		key = (const struct slice *)((const char *)key +
		    some * stride);
		out += some;
		n -= some;
	}
}

static struct slice
key_of(const void *map, uint32_t i)
{
	return map_key(map, i);
}

uint32_t *
map_sorted(const struct map *m)
{
	uint32_t *order = mem_zero(m->len, sizeof *order);

	for (uint32_t i = 0; i < m->len; i++)
		order[i] = i;
	sort_keys(order, m->len, key_of, m);
	return order;
}

void
map_free(struct map *m)
{
	mem_pages_free(m->slot, m->slots, sizeof *m->slot);
	free(m->key);
	free(m->bytes);
	*m = (struct map){ 0 };
}
