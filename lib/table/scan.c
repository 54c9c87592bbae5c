#include "table/scan.h"

#include <stdlib.h>

#include "base/cpu.h"
#include "base/mem.h"
#include "base/text.h"
#include "table/input.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* Where what is, among 64 bytes: one bit a byte. */
struct masks {
	uint64_t tab, lf, backslash, high;
	uint64_t never; /* NUL and CR */
};

typedef void masks_of(const char *p, struct masks *m);

/* What one chunk leaves for the next to know. */
struct carry {
	uint64_t vetted;  /* leading bytes that belong to a character before */
	uint64_t escaped; /* 1 if the first byte is that of an escape */
};

#define INLINE static inline __attribute__((always_inline))

/* The lowest bit that is set; anything where none is. */
#if defined(__x86_64__)
#define LOWEST(bits) lowest(bits)

INLINE uint32_t
lowest(uint64_t bits)
{
	uint64_t at;

	/* BSF, or TZCNT where there is one: both take a zero. */
	__asm__("rep bsfq %1, %0" : "=r"(at) : "r"(bits) : "cc");
	return (uint32_t)at;
}
#else
#define LOWEST(bits) ((uint32_t)__builtin_ctzll((bits) | UINT64_C(1) << 63))
#endif

/* Are the escapes that begin in this chunk known ones? */
static bool
escapes_fit(const char *p, uint64_t backslash, struct carry *c)
{
	uint64_t left = backslash & ~c->escaped;

	c->escaped = 0;
	while (left != 0) {
		int i = __builtin_ctzll(left);
		char next = p[i + 1];

		if (next != 't' && next != 'n' && next != 'r' && next != '\\')
			return false;
		left &= left - 1;
		if (i == 63)
			c->escaped = 1;
		else
			left &= ~(UINT64_C(2) << i);
	}
	return true;
}

/* Length of the character that begins at p with a byte beyond ASCII, 0 if
 * it is none; two bytes, as of umlauts, first. */
static inline size_t
character(const char *p)
{
	if ((unsigned char)p[0] - 0xc2u < 0x1e &&
	    ((unsigned char)p[1] & 0xc0) == 0x80)
		return 2;
	return text_char((struct slice){ p, 4 }, NULL);
}

/* Are the characters beyond ASCII that begin in this chunk well formed? */
static bool
characters_fit(const char *p, uint64_t high, struct carry *c)
{
	uint64_t left = high & ~c->vetted;

	c->vetted = 0;
	while (left != 0) {
		int i = __builtin_ctzll(left);
		size_t n = character(p + i);

		if (n < 2)
			return false;
		left &= ~(((UINT64_C(1) << n) - 1) << i);
		if ((size_t)i + n > 64)
			c->vetted = (UINT64_C(1) << ((size_t)i + n - 64)) - 1;
	}
	return true;
}

/* Write the places of all bits, four at a time without asking: what is
 * written too much is written over by the next chunk. */
INLINE uint32_t *
flatten(uint32_t *to, uint64_t bits, uint32_t at)
{
	uint32_t *end = to + __builtin_popcountll(bits);

	for (; to < end; to += 4) {
#pragma GCC unroll 4
		for (int i = 0; i < 4; i++) {
			to[i] = at + LOWEST(bits);
			bits &= bits - 1;
		}
	}
	return end;
}

/* What few chunks have, and what may have begun in the one before. */
static __attribute__((noinline)) bool
rest_fits(const char *p, const struct masks *m, uint64_t real,
    struct carry *c)
{
	if ((m->never & real) != 0)
		return false;
	if (((m->backslash & real) | c->escaped) != 0 &&
	    !escapes_fit(p, m->backslash & real, c))
		return false;
	return ((m->high & real) | c->vetted) == 0 ||
	    characters_fit(p, m->high & real, c);
}

/* One chunk of 64 bytes, of which `real` belong to the block. */
INLINE bool
chunk(struct scan *s, const char *block, uint32_t i, uint64_t real,
    masks_of *masks, struct carry *c, uint32_t **to)
{
	struct masks m;
	bool fit = true;

	masks(block + i, &m);
	if ((((m.backslash | m.high | m.never) & real) | c->escaped |
		c->vetted) != 0)
		fit = rest_fits(block + i, &m, real, c);
	*to = flatten(*to, (m.tab | m.lf) & real, i);
	s->rows += (size_t)__builtin_popcountll(m.lf & real);
	return fit;
}

/* The one pass: fills s->end, counts rows; false where not clean. */
INLINE bool
walk(struct scan *s, const char *block, size_t len, masks_of *masks)
{
	const uint32_t whole = (uint32_t)len & ~63u, tail = len & 63;
	struct carry c = { 0 };
	uint32_t *to = s->end;
	bool fit = true;

	s->rows = 0;
	for (uint32_t i = 0; fit && i < whole; i += 64)
		fit = chunk(s, block, i, ~UINT64_C(0), masks, &c, &to);
	if (fit && tail > 0)
		fit = chunk(s, block, whole, (UINT64_C(1) << tail) - 1, masks,
		    &c, &to);
	return fit && (size_t)(to - s->end) == s->rows * s->cols;
}

static void
masks_portable(const char *p, struct masks *m)
{
	*m = (struct masks){ 0 };
	for (int i = 0; i < 64; i++) {
		uint64_t bit = UINT64_C(1) << i;
		unsigned char c = (unsigned char)p[i];

		m->tab |= c == '\t' ? bit : 0;
		m->lf |= c == '\n' ? bit : 0;
		m->backslash |= c == '\\' ? bit : 0;
		m->high |= c >= 0x80 ? bit : 0;
		m->never |= c == '\0' || c == '\r' ? bit : 0;
	}
}

static bool
walk_portable(struct scan *s, const char *block, size_t len)
{
	return walk(s, block, len, masks_portable);
}

#if defined(__x86_64__)

INLINE uint64_t
bits_sse2(__m128i v, char c)
{
	return (uint16_t)_mm_movemask_epi8(
	    _mm_cmpeq_epi8(v, _mm_set1_epi8(c)));
}

INLINE void
masks_sse2(const char *p, struct masks *m)
{
	*m = (struct masks){ 0 };
	for (int i = 0; i < 64; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(p + i));

		m->tab |= bits_sse2(v, '\t') << i;
		m->lf |= bits_sse2(v, '\n') << i;
		m->backslash |= bits_sse2(v, '\\') << i;
		m->never |= (bits_sse2(v, '\0') | bits_sse2(v, '\r')) << i;
		m->high |= (uint64_t)(uint16_t)_mm_movemask_epi8(v) << i;
	}
}

static bool
walk_sse2(struct scan *s, const char *block, size_t len)
{
	return walk(s, block, len, masks_sse2);
}

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

INLINE AVX2 uint64_t
bits_avx2(__m256i a, __m256i b)
{
	return (uint32_t)_mm256_movemask_epi8(a) |
	    (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

/*
 * One shuffle finds all five bytes that matter: each has a low nibble of
 * its own, so a byte is one of them if the table gives it back.  Most
 * chunks have TABs and LFs only, which two compares then tell.
 */
INLINE AVX2 void
masks_avx2(const char *p, struct masks *m)
{
	const __m256i table = _mm256_broadcastsi128_si256(
	    _mm_setr_epi8(0, -1, -1, -1, -1, -1, -1, -1, -1, '\t', '\n', -1,
		'\\', '\r', -1, -1));
	__m256i a = _mm256_loadu_si256((const __m256i *)p);
	__m256i b = _mm256_loadu_si256((const __m256i *)(p + 32));
	__m256i lf = _mm256_set1_epi8('\n'), tab = _mm256_set1_epi8('\t');
	uint64_t any = bits_avx2(
	    _mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, a), a),
	    _mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, b), b));

	m->high = bits_avx2(a, b);
	m->lf = bits_avx2(_mm256_cmpeq_epi8(a, lf), _mm256_cmpeq_epi8(b, lf));
	m->tab =
	    bits_avx2(_mm256_cmpeq_epi8(a, tab), _mm256_cmpeq_epi8(b, tab));
	m->backslash = m->never = 0;
	if (__builtin_expect((any & ~(m->lf | m->tab)) != 0, 0)) {
		__m256i bs = _mm256_set1_epi8('\\');

		m->backslash = bits_avx2(_mm256_cmpeq_epi8(a, bs),
		    _mm256_cmpeq_epi8(b, bs));
		m->never = any & ~(m->lf | m->tab | m->backslash);
	}
}

static AVX2 bool
walk_avx2(struct scan *s, const char *block, size_t len)
{
	return walk(s, block, len, masks_avx2);
}

#endif

enum scan_form
scan_best(void)
{
#if defined(__x86_64__)
	return cpu_is_wide() ? SCAN_AVX2 : SCAN_SSE2;
#else
	return SCAN_PORTABLE;
#endif
}

static bool
walk_as(enum scan_form form, struct scan *s, const char *block, size_t len)
{
	static bool (*const walks[])(struct scan *, const char *, size_t) = {
		[SCAN_PORTABLE] = walk_portable,
#if defined(__x86_64__)
		[SCAN_SSE2] = walk_sse2,
		[SCAN_AVX2] = walk_avx2,
#endif
	};

	return walks[form](s, block, len);
}

/* Every cols-th end must be an LF: then, as there are rows * cols ends of
 * which `rows` are LF, all others are TABs. */
static bool
rows_fit(const struct scan *s, const char *block)
{
	const uint32_t *last = s->end + s->cols - 1;
	int wrong = 0;

	for (size_t r = 0; r < s->rows; r++, last += s->cols)
		wrong |= block[*last] ^ '\n';
	return wrong == 0;
}

bool
scan_block(struct scan *s, const char *block, size_t len, size_t cols)
{
	s->room = mem_grow(s->room, &s->cap, len + 16, sizeof *s->room);
	s->room[0] = UINT32_MAX;
	s->end = s->room + 1;
	s->base = block;
	s->cols = cols;
	if (s->form == SCAN_UNSET)
		s->form = scan_best();
	return walk_as(s->form, s, block, len) && rows_fit(s, block);
}

void
scan_free(struct scan *s)
{
	free(s->room);
	*s = (struct scan){ 0 };
}
