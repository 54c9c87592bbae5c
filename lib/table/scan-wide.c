/*
 * The walk through a block where registers are wide; part of scan.h.
 */
#include "table/walk.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define NOINLINE __attribute__((noinline))
#define INLINE WALK_INLINE AVX2

INLINE __m256i
load(const char *p)
{
	return _mm256_loadu_si256((const __m256i *)p);
}

INLINE uint64_t
bits_of(__m256i a, __m256i b)
{
	return (uint32_t)_mm256_movemask_epi8(a) |
	    (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

/* A table of 16 bytes, to be looked up by the low nibbles of bytes. */
#define NIBBLES(...) \
	_mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))

/* Bytes that the table has for their low nibbles. */
INLINE __m256i
are_of(__m256i table, __m256i v)
{
	return _mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, v), v);
}

/*
 * What can be wrong with a byte and the one before it, a bit each.  Each of
 * three nibbles says what would still be possible; what all three allow is
 * wrong.
 */
enum {
	SHORT = 1,      /* a lead, and no continuation */
	LONG = 2,       /* ASCII, and a continuation */
	OVERLONG_2 = 4, /* C0, C1 */
	OVERLONG_3 = 8, /* E0, below A0 */
	SURROGATE = 16, /* ED, from A0 on */
	LARGE = 32,     /* F4, from 90 on; F5 to FF, from 90 on */
	LAST = 64,      /* F0, below 90, is overlong; F5 to FF, below 90 */
	PAIR = 128,     /* two continuations: right in the third place */
	ANY = SHORT | LONG | PAIR, /* wrong whatever the low nibble */
	BEYOND = ANY | LARGE | LAST,
};

/* Bytes that are wrong, not zero, of the 32 at p; 3 bytes before it can be
 * read. */
INLINE __m256i
wrong_at(const char *p)
{
	const __m256i lead = NIBBLES(LONG, LONG, LONG, LONG, LONG, LONG,
	    LONG, LONG, (char)PAIR, (char)PAIR, (char)PAIR, (char)PAIR,
	    SHORT | OVERLONG_2, SHORT, SHORT | OVERLONG_3 | SURROGATE,
	    SHORT | LARGE | LAST);
	const __m256i low = NIBBLES(
	    (char)(ANY | OVERLONG_2 | OVERLONG_3 | LAST),
	    (char)(ANY | OVERLONG_2), (char)ANY, (char)ANY,
	    (char)(ANY | LARGE), (char)BEYOND, (char)BEYOND, (char)BEYOND,
	    (char)BEYOND, (char)BEYOND, (char)BEYOND, (char)BEYOND,
	    (char)BEYOND, (char)(BEYOND | SURROGATE), (char)BEYOND,
	    (char)BEYOND);
	const __m256i next = NIBBLES(SHORT, SHORT, SHORT, SHORT, SHORT,
	    SHORT, SHORT, SHORT,
	    (char)(LONG | PAIR | OVERLONG_2 | OVERLONG_3 | LAST),
	    (char)(LONG | PAIR | OVERLONG_2 | OVERLONG_3 | LARGE),
	    (char)(LONG | PAIR | OVERLONG_2 | SURROGATE | LARGE),
	    (char)(LONG | PAIR | OVERLONG_2 | SURROGATE | LARGE),
	    SHORT, SHORT, SHORT, SHORT);
	const __m256i nibble = _mm256_set1_epi8(15);
	__m256i v = load(p), b1 = load(p - 1), b2 = load(p - 2);
	__m256i b3 = load(p - 3);
	__m256i pair = _mm256_and_si256(
	    _mm256_shuffle_epi8(lead,
		_mm256_and_si256(_mm256_srli_epi16(b1, 4), nibble)),
	    _mm256_and_si256(
		_mm256_shuffle_epi8(low, _mm256_and_si256(b1, nibble)),
		_mm256_shuffle_epi8(next,
		    _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble))));
	/* The top bit where a third or fourth byte must stand. */
	__m256i third = _mm256_or_si256(
	    _mm256_subs_epu8(b2, _mm256_set1_epi8(0xe0 - 0x80)),
	    _mm256_subs_epu8(b3, _mm256_set1_epi8(0xf0 - 0x80)));

	return _mm256_xor_si256(pair,
	    _mm256_and_si256(third, _mm256_set1_epi8((char)0x80)));
}

/* Does a character go on behind the 64 bytes at p, where none does? */
static bool
breaks_off(const char *p)
{
	const unsigned char *end = (const unsigned char *)p + 64;

	return (end[-1] >= 0xc0 || end[-2] >= 0xe0 || end[-3] >= 0xf0) &&
	    (*end & 0xc0) != 0x80;
}

/* Any chunk: is all that may be in it clean? */
AVX2 bool
walk_fits_wide(struct walk *w, const char *p)
{
	const __m256i backslash = _mm256_set1_epi8('\\');
	const __m256i never = NIBBLES(0, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	    -1, -1, -1, '\r', -1, -1);
	__m256i a = load(p), b = load(p + 32);
	__m256i wrong = _mm256_or_si256(
	    _mm256_or_si256(are_of(never, a), are_of(never, b)),
	    _mm256_or_si256(wrong_at(p), wrong_at(p + 32)));

	return _mm256_testz_si256(wrong, wrong) && !breaks_off(p) &&
	    walk_escapes_fit(p, bits_of(_mm256_cmpeq_epi8(a, backslash),
		_mm256_cmpeq_epi8(b, backslash)), &w->escaped);
}

AVX2 bool
walk_chunk_wide(struct walk *w, const char *p)
{
	const __m256i tab = _mm256_set1_epi8('\t');
	const __m256i lf = _mm256_set1_epi8('\n');
	__m256i a = load(p), b = load(p + 32);
	__m256i lf_a = _mm256_cmpeq_epi8(a, lf);
	__m256i lf_b = _mm256_cmpeq_epi8(b, lf);

	if (!walk_fits_wide(w, p))
		return false;
	walk_note_rows(w,
	    bits_of(_mm256_or_si256(lf_a, _mm256_cmpeq_epi8(a, tab)),
		_mm256_or_si256(lf_b, _mm256_cmpeq_epi8(b, tab))),
	    bits_of(lf_a, lf_b));
	w->at += WALK_CHUNK;
	return true;
}

/* --- most chunks, quickly ------------------------------------------------ */

/* What bytes are compared with, 32 times. */
struct bytes {
	uint64_t above[4], lf[4], backslash[4];
	uint64_t shift[4], leads[4], continued[4];
};

#define ALL(byte) { WORD(byte), WORD(byte), WORD(byte), WORD(byte) }
#define WORD(byte) ((byte) * UINT64_C(0x0101010101010101))

static const _Alignas(32) struct bytes bytes = {
	.above = ALL('\n' + 1),
	.lf = ALL('\n'),
	.backslash = ALL('\\'),
	.shift = ALL(0x17f - 0xdf),       /* DF to the largest */
	.leads = ALL(0xc1 + 0x7f - 0xdf), /* above are C2 to DF then */
	.continued = ALL(0xc0),           /* 80 to BF are below */
};

INLINE __m256i
all(const uint64_t *word)
{
	return _mm256_load_si256((const __m256i *)word);
}

/* The 64 bytes of a chunk.  What is asked of a byte, its top bit answers. */
struct two {
	__m256i a, b;
};

/* By movemask: the test of a whole register takes longer. */
INLINE bool
has_top(__m256i a, __m256i b)
{
	return _mm256_movemask_epi8(_mm256_or_si256(a, b)) != 0;
}

/*
 * Odd bytes of the 32 at p that are neither those of characters of two bytes
 * - a lead C2 to DF stands before each continuation, and only there - nor
 * backslashes, before what may follow one or second of two.  Both are
 * asked in one go: a branch between them is often foretold wrongly.
 */
INLINE __m256i
misfits(const struct bytes *k, const char *p, __m256i odd)
{
	const __m256i named = NIBBLES(-1, -1, 'r', -1, 't', -1, -1, -1, -1,
	    -1, -1, -1, '\\', -1, 'n', -1);
	__m256i v = load(p), next = load(p + 1);
	__m256i lead = _mm256_cmpgt_epi8(
	    _mm256_add_epi8(v, all(k->shift)), all(k->leads));
	__m256i here = _mm256_cmpeq_epi8(v, all(k->backslash));
	__m256i before = _mm256_cmpeq_epi8(load(p - 1), all(k->backslash));
	__m256i third = _mm256_cmpeq_epi8(load(p - 2), all(k->backslash));
	__m256i second = _mm256_andnot_si256(third, before);
	__m256i fits = _mm256_or_si256(
	    _mm256_or_si256(lead, _mm256_cmpgt_epi8(all(k->continued), v)),
	    _mm256_and_si256(here,
		_mm256_or_si256(second, are_of(named, next))));

	return _mm256_or_si256(
	    _mm256_xor_si256(lead, _mm256_cmpgt_epi8(all(k->continued), next)),
	    _mm256_xor_si256(odd, fits));
}

/* False also where it is not sure. */
INLINE bool
odd_fit(const struct bytes *k, const char *p, struct two odd)
{
	return !has_top(misfits(k, p, odd.a), misfits(k, p + 32, odd.b)) &&
	    ((signed char)p[0] >= -64 || walk_is_lead_of_2(p[-1]));
}

INLINE bool
chunk_fits(const struct bytes *k, struct walk *w, const char *p)
{
	const __m256i plain = NIBBLES(-1, -1, -1, -1, -1, -1, -1, -1, -1,
	    '\t', '\n', -1, '\\', '\r', -1, -1);
	__m256i a = load(p), b = load(p + 32);
	/* NUL to LF, and beyond ASCII: as signed bytes those are below, too. */
	struct two end = { _mm256_subs_epi8(a, all(k->above)),
		_mm256_subs_epi8(b, all(k->above)) };
	/* What of these is neither TAB nor LF; and backslash and CR. */
	struct two odd = { _mm256_xor_si256(end.a, are_of(plain, a)),
		_mm256_xor_si256(end.b, are_of(plain, b)) };

	if (has_top(odd.a, odd.b)) {
		if (!odd_fit(k, p, odd))
			return false;
		end.a = _mm256_andnot_si256(odd.a, end.a);
		end.b = _mm256_andnot_si256(odd.b, end.b);
	}
	walk_note_rows(w, bits_of(end.a, end.b),
	    bits_of(_mm256_cmpeq_epi8(a, all(k->lf)),
		_mm256_cmpeq_epi8(b, all(k->lf))));
	return true;
}

static NOINLINE AVX2 void
walk_quickly(struct walk *walk, const struct bytes *k, const char *block,
    size_t to)
{
	struct walk w = *walk;

	while (w.at < to && chunk_fits(k, &w, block + w.at))
		w.at += WALK_CHUNK;
	walk_take(walk, &w);
}

/* Is the byte at p the second of an escape?  That at `from` is, or not. */
static uint64_t
escaped_at(const char *p, const char *from, uint64_t escaped)
{
	const char *run = p;

	while (run > from && run[-1] == '\\')
		run--;
	return ((uint64_t)(p - run) + (run == from ? escaped : 0)) % 2;
}

AVX2 bool
walk_wide(struct walk *w, const char *block, size_t to)
{
	const char *from = block + w->at;

	walk_quickly(w, &bytes, block, to);
	w->escaped = escaped_at(block + w->at, from, w->escaped);
	return w->at == to || walk_chunk_wide(w, block + w->at);
}
#endif
