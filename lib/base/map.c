#include "base/map.h"

#include <stdlib.h>
#include <sys/random.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/mem.h"

enum {
	FIRST_KEYS = 4096,
	FIRST_SLOTS = 1024,
	FIRST_REACH = 512,
	AHEAD = 64,  /* keys whose cache lines are fetched at once */
	SHORT = 15,
	FILLED = 4,  /* one number in so many is there, or may be soon */
};

/* Two words to one: the halves of their product, folded. */
static inline uint64_t
mixed(uint64_t a, uint64_t b)
{
	XXH128_hash_t p = XXH_mult64to128(a, b);

	return p.low64 ^ p.high64;
}

/* What is looked for: the hash and the words that a short key has. */
struct wanted {
	uint64_t hash;
	struct map_key key;
};

/* A short key as it is kept; its bytes only are read. */
static inline struct map_key
words_of(struct slice s)
{
	size_t first = s.len < 8 ? s.len : 8;

	return (struct map_key){ { htole64(slice_word(s.at, first)),
	    htole64(slice_word(s.at + first, s.len - first) |
		(uint64_t)s.len << 56) } };
}

/* The same where more can be read behind them. */
static inline struct map_key
words_with_slack(struct slice s)
{
	struct map_key k = { { 0, htole64((uint64_t)s.len << 56) } };

	if (s.len - 1 >= 8)
		return words_of(s);
	memcpy(k.word, s.at, 8);
	k.word[0] &= htole64(~UINT64_C(0) >> (64 - 8 * s.len));
	return k;
}

static inline void
want_long(const struct map *m, struct slice s, struct wanted *w)
{
	w->hash = XXH3_64bits_withSeed(s.at, s.len, m->seed);
	w->key = (struct map_key){ { w->hash,
	    htole64((uint64_t)MAP_LONG << 56) } };
}

static inline void
want_short(const struct map *m, struct map_key words, struct wanted *w)
{
	const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);

	w->key = words;
	w->hash = mixed(words.word[0] ^ m->seed,
	    words.word[1] ^ (m->seed >> 32 | m->seed << 32) ^ odd);
}

static inline void
want(const struct map *m, struct slice s, struct wanted *w)
{
	if (s.len > SHORT)
		want_long(m, s, w);
	else
		want_short(m, words_of(s), w);
}

static inline bool
matches(const struct map *m, uint32_t i, struct slice s,
    const struct wanted *w)
{
	const struct map_key *k = &m->key[i];

	if (k->word[0] != w->key.word[0])
		return false;
	if (!map_is_long(&w->key))
		return k->word[1] == w->key.word[1];
	return map_is_long(k) && slice_eq(map_key(m, i), s);
}

/* A slot: the upper 32 bits of the hash, and the number + 1 (0 is free). */
static inline uint64_t
slot_make(uint64_t hash, uint32_t number)
{
	return (hash & ~(uint64_t)UINT32_MAX) | (number + 1u);
}

/* Where a key of this hash, or the slot that it has, is looked for first: the
 * order of the upper 32 bits, so that more slots need no hash again. */
static inline size_t
home(uint64_t hash, size_t slots)
{
	return (size_t)((hash >> 32) * slots >> 32);
}

/* The slot where a key is, or where it would go. */
static inline size_t
probe(const struct map *m, struct slice s, const struct wanted *w)
{
	size_t mask = m->slots - 1, i = home(w->hash, m->slots);

	for (; m->slot[i] != 0; i = (i + 1) & mask)
		if ((m->slot[i] ^ w->hash) >> 32 == 0 &&
		    matches(m, (uint32_t)m->slot[i] - 1, s, w))
			break;
	return i;
}

/* The number that a key of the form has. */
static inline uint32_t
number_of(const struct map *m, const struct map_key *k)
{
	if (map_is_long(k))
		return SERIAL_NONE;
	return serial_number(&m->form,
	    (struct slice){ (const char *)k->word, map_second(k) >> 56 });
}

/* All hashed keys into new slots, or to where their number leads, which it
 * does for some where the reach is new. */
static void
rehash(struct map *m, size_t slots, bool reached)
{
	uint64_t *old = m->slot;
	size_t n = m->slots;

	m->slot = mem_pages(slots, sizeof *m->slot);
	m->slots = slots;
	m->hashed = 0;
	for (size_t k = 0; k < n; k++) {
		uint32_t i = (uint32_t)old[k] - 1, number = SERIAL_NONE;
		size_t at = home(old[k], slots);

		if (old[k] == 0)
			continue;
		if (reached)
			number = number_of(m, &m->key[i]);
		if (number < m->reach) {
			m->serial[number] = i + 1;
			continue;
		}
		while (m->slot[at] != 0)
			at = (at + 1) & (slots - 1);
		m->slot[at] = old[k];
		m->hashed++;
	}
	mem_pages_free(old, n, sizeof *old);
}

/* Let the table of numbers reach one, unless that takes too much memory. */
static void
reach_for(struct map *m, uint32_t number)
{
	size_t reach = m->reach == 0 ? FIRST_REACH : m->reach;

	if (number == SERIAL_NONE || number / FILLED >= m->keys)
		return;
	while (reach <= number)
		reach *= 2;
	m->serial = mem_pages_grow(m->serial, m->reach + 1, reach + 1,
	    sizeof *m->serial);
	m->reach = reach;
	if (m->hashed > 0)
		rehash(m, m->slots, true);
}

void
map_room(struct map *m, size_t n)
{
	size_t keys = m->keys == 0 ? FIRST_KEYS : m->keys;

	if (m->keys == 0 &&
	    getrandom(&m->seed, sizeof m->seed, GRND_NONBLOCK) < 0)
		m->seed = (uint64_t)(uintptr_t)m;
	while (n > keys)
		keys *= 2;
	if (keys == m->keys)
		return;
	m->key = mem_pages_grow(m->key, m->keys, keys, sizeof *m->key);
	m->keys = keys;
}

/* Room for n more keys, at most half of the slots taken. */
static inline void
make_room(struct map *m, size_t n)
{
	size_t slots = m->slots == 0 ? FIRST_SLOTS : m->slots;

	if (m->len + n > m->keys)
		map_room(m, m->len + n);
	while (2 * (m->hashed + n) > slots)
		slots *= 2;
	if (slots > m->slots)
		rehash(m, slots, false);
}

static uint32_t
append(struct map *m, struct slice s, const struct wanted *w)
{
	struct map_key *k = &m->key[m->len];

	*k = w->key;
	if (map_is_long(k)) {
		m->bytes = mem_grow(m->bytes, &m->room,
		    m->used + s.len + MAP_SLACK, 1);
		memcpy(m->bytes + m->used, s.at, s.len);
		k->word[1] |= htole64((uint64_t)m->used << MAP_LEN_BITS |
		    s.len);
		m->used += s.len;
	}
	return m->len++;
}

/* A key of the form, whose number is in reach: what is there of it. */
static inline uint32_t
add_serial(struct map *m, uint32_t *at, struct map_key words)
{
	if (*at == 0) {
		m->key[m->len] = words;
		*at = ++m->len;
	}
	return *at - 1;
}

/* Where that is of a key, or NULL: it is to be looked for by hash. */
static inline uint32_t *
serial_of(const struct map *m, struct slice s, struct map_key *words)
{
	uint32_t number;

	if (s.len > SHORT || m->reach == 0)
		return NULL;
	*words = words_of(s);
	number = number_of(m, words);
	return number < m->reach ? &m->serial[number] : NULL;
}

/*
 * A key that is not among the hashed ones, where there is room for it.  Its
 * place is by number where that is in reach, else by hash: whatever extends
 * the reach moves the hashed keys that are in it then.
 */
static uint32_t
add_other(struct map *m, struct slice s, const struct wanted *w)
{
	uint32_t number;

	if (m->form.most == 0)
		m->form = serial_form(s);
	number = number_of(m, &w->key);
	if (number >= m->reach)
		reach_for(m, number);
	if (number >= m->reach) {
		m->slot[probe(m, s, w)] = slot_make(w->hash, m->len);
		m->hashed++;
		return append(m, s, w);
	}
	if (m->serial[number] == 0)
		m->serial[number] = append(m, s, w) + 1;
	return m->serial[number] - 1;
}

static inline uint32_t
add_wanted(struct map *m, struct slice s, const struct wanted *w)
{
	size_t at = probe(m, s, w);

	if (m->slot[at] != 0)
		return (uint32_t)m->slot[at] - 1;
	return add_other(m, s, w);
}

/* Out of the way of those that count up. */
static __attribute__((noinline)) uint32_t
add_hashed(struct map *m, struct slice key)
{
	struct wanted w;

	make_room(m, 1);
	want(m, key, &w);
	return add_wanted(m, key, &w);
}

uint32_t
map_add(struct map *m, struct slice key)
{
	struct map_key words;
	uint32_t *at = serial_of(m, key, &words);

	if (at == NULL)
		return add_hashed(m, key);
	if (m->len == m->keys)
		map_room(m, m->len + 1);
	return add_serial(m, at, words);
}

static __attribute__((noinline)) uint32_t
find_hashed(const struct map *m, struct slice key)
{
	struct wanted w;

	if (m->hashed == 0)
		return MAP_NONE;
	want(m, key, &w);
	return (uint32_t)m->slot[probe(m, key, &w)] - 1;
}

uint32_t
map_find(const struct map *m, struct slice key)
{
	struct map_key words;
	const uint32_t *at = serial_of(m, key, &words);

	return at != NULL ? *at - 1 : find_hashed(m, key);
}

/* Keys `stride` bytes apart. */
static inline const struct slice *
nth(const struct slice *key, size_t stride, size_t i)
{
	return (const struct slice *)((const char *)key + i * stride);
}

/* Few keys: where they are, where their numbers go, and what those that
 * count up have, which others have from `reach` on. */
struct some {
	const struct slice *key;
	uint32_t *out;
	size_t stride, step, n;
	uint32_t serial[AHEAD], reach;
};

static inline uint32_t *
out_of(const struct some *b, size_t i)
{
	return (uint32_t *)((char *)b->out + i * b->step);
}

/* What those have that count up, and begin to fetch what is known of that. */
static void
fetch_serial(const struct map *m, struct some *b)
{
	const struct serial form = m->form;
	const uint32_t *serial = m->serial;
	const struct slice *key = b->key;
	uint64_t digits[AHEAD + 3];

#pragma GCC unroll 4
	for (size_t i = 0; i < b->n; i++, key = nth(key, b->stride, 1))
		digits[i] = serial_digits(&form, *key);
	memset(digits + b->n, 0xff, 3 * sizeof *digits);
	for (size_t i = 0; i < b->n; i += 4) {
		uint32_t *number = &b->serial[i];

		serial_sums(&digits[i], b->reach, number);
#pragma GCC unroll 4
		for (int k = 0; k < 4; k++)
			__builtin_prefetch(&serial[number[k]]);
	}
}

/* Those that are known by it; returns how many, rest[], are not. */
static size_t
find_serial(const struct map *m, const struct some *b, uint8_t rest[AHEAD])
{
	const uint32_t *serial = m->serial;
	char *out = (char *)b->out;
	size_t k = 0;

#pragma GCC unroll 4
	for (size_t i = 0; i < b->n; i++, out += b->step) {
		uint32_t known = serial[b->serial[i]];

		*(uint32_t *)out = known - 1;
		rest[k] = (uint8_t)i;
		k += known == 0;
	}
	return k;
}

/* Which are to be looked for one by one: all where most keys are hashed. */
static size_t
look_for_serial(const struct map *m, struct some *b, uint8_t rest[AHEAD])
{
	b->reach = (uint32_t)m->reach;
	if (m->reach > 0 && m->len >= 2 * m->hashed) {
		fetch_serial(m, b);
		return find_serial(m, b, rest);
	}
	for (size_t i = 0; i < b->n; i++) {
		b->serial[i] = b->reach;
		rest[i] = (uint8_t)i;
	}
	return b->n;
}

/* Hash what is not found by number and begin to fetch its slot; then, the
 * key it leads to. */
static void
fetch_hashed(const struct map *m, const struct some *b, const uint8_t *rest,
    size_t n, struct wanted *w)
{
	for (size_t i = 0; i < n; i++) {
		struct slice s = *nth(b->key, b->stride, rest[i]);

		w[i].hash = 0;
		if (b->serial[rest[i]] < b->reach)
			continue;
		if (s.len > SHORT)
			want_long(m, s, &w[i]);
		else
			want_short(m, words_with_slack(s), &w[i]);
		__builtin_prefetch(&m->slot[home(w[i].hash, m->slots)]);
	}
	for (size_t i = 0; i < n; i++) {
		uint32_t number =
		    (uint32_t)m->slot[home(w[i].hash, m->slots)];

		if (number != 0)
			__builtin_prefetch(&m->key[number - 1]);
	}
}

/* In walks, so that the misses of each overlap.  New keys that count up need
 * none of those that hashing takes. */
static void
add_some(struct map *m, struct some *b)
{
	struct wanted w[AHEAD];
	uint8_t rest[AHEAD];
	size_t n = look_for_serial(m, b, rest), hashed = n;

	for (size_t i = 0; i < n; i++) {
		struct slice s = *nth(b->key, b->stride, rest[i]);
		uint32_t number = b->serial[rest[i]];

		if (number >= b->reach && hashed == n) {
			fetch_hashed(m, b, rest + i, n - i, w + i);
			hashed = i;
		}
		*out_of(b, rest[i]) = number >= b->reach
		    ? add_wanted(m, s, &w[i]) : add_serial(m,
		    &m->serial[number], words_with_slack(s));
	}
}

void
map_add_many(struct map *m, const struct slice *key, size_t stride, size_t n,
    uint32_t *out, size_t step)
{
	struct some b = { .key = key, .out = out, .stride = stride,
		.step = step };

	for (; n > 0; n -= b.n) {
		b.n = n < AHEAD ? n : AHEAD;
		make_room(m, b.n);
		add_some(m, &b);
		b.key = nth(b.key, stride, b.n);
		b.out = out_of(&b, b.n);
	}
}

void
map_free(struct map *m)
{
	mem_pages_free(m->slot, m->slots, sizeof *m->slot);
	mem_pages_free(m->serial, m->reach + 1, sizeof *m->serial);
	mem_pages_free(m->key, m->keys, sizeof *m->key);
	free(m->bytes);
	*m = (struct map){ 0 };
}
