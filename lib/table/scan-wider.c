/*
 * The walk through a block where one register holds a chunk; part of scan.h.
 * A file of its own, as none of its code may run on other machines.
 */
#include "table/walk.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX512 \
	__attribute__((target("avx512bw,avx512vbmi,avx2,bmi,bmi2,popcnt")))
#define INLINE WALK_INLINE AVX512

/*
 * NUL, CR, backslash and all that is neither ASCII nor part of characters of
 * two bytes: each at the place of its lower seven bits, which no two of them
 * share.  At the other places are zeros, whose own place is the first.
 */
#define IS(byte) [(byte) % 128] = (char)(byte)
#define ARE(from) IS(from), IS(from + 1), IS(from + 2), IS(from + 3), \
	IS(from + 4), IS(from + 5), IS(from + 6), IS(from + 7)

static const _Alignas(64) char rare[128] = {
	IS(0), IS('\r'), IS('\\'), IS(0xc0), IS(0xc1),
	ARE(0xe0), ARE(0xe8), ARE(0xf0), ARE(0xf8),
};

INLINE __m512i
load(const char *p)
{
	return _mm512_loadu_si512(p);
}

INLINE __m512i
all(int byte)
{
	return _mm512_set1_epi8((char)byte);
}

/* What has to be looked at in a chunk. */
struct odd {
	__mmask64 rare;
	__mmask64 stray; /* a continuation without a lead of two before it, or
	                    not one behind such a lead */
};

INLINE struct odd
odd_of(const char *p, __m512i v)
{
	__m512i here = _mm512_permutex2var_epi8(load(rare), v,
	    load(rare + 64));
	__m512i before = _mm512_sub_epi8(load(p - 1), all(0xc2));

	return (struct odd){ _mm512_cmpeq_epi8_mask(v, here),
		_kxor_mask64(_mm512_cmplt_epi8_mask(v, all(0xc0)),
		    _mm512_cmplt_epu8_mask(before, all(0x1e))) };
}

/* The backslashes that begin an escape: each first of two, counted from the
 * start of their run on.  A carry runs through them to its end. */
INLINE uint64_t
starts_of(uint64_t backslash)
{
	const uint64_t seconds = UINT64_C(0xaaaaaaaaaaaaaaaa);

	return backslash &
	    (((backslash << 1 | seconds) - backslash) ^ seconds);
}

/* Is a chunk clean in which something is odd?  Most often that is known
 * escapes. */
INLINE bool
odd_fits(struct walk *w, const char *p)
{
	const __m512i names = _mm512_broadcast_i32x4(_mm_setr_epi8(-1, -1,
	    'r', -1, 't', -1, -1, -1, -1, -1, -1, -1, '\\', -1, 'n', -1));
	__m512i v = load(p), next = load(p + 1);
	uint64_t backslash = _mm512_cmpeq_epi8_mask(v, all('\\'));
	uint64_t named = _mm512_cmpeq_epi8_mask(next,
	    _mm512_shuffle_epi8(names, next));
	uint64_t start = starts_of(backslash & ~w->escaped);
	struct odd odd = odd_of(p, v);

	if (((odd.rare ^ backslash) | odd.stray | (start & ~named)) != 0)
		return walk_fits_wide(w, p);
	w->escaped = start >> 63 & (p[64] == '\\');
	return true;
}

/* What up to 64 chunks have is noted.  Those in which something is odd, a bit
 * each: a branch on that would often be foretold wrongly. */
static AVX512 uint64_t
note_chunks(struct walk *walk, const char *block, size_t to)
{
	struct walk w = *walk;
	uint64_t look = 0;

	for (int i = 0; w.at < to; i++, w.at += WALK_CHUNK) {
		const char *p = block + w.at;
		__m512i v = load(p);
		__mmask64 lf = _mm512_cmpeq_epi8_mask(v, all('\n'));
		struct odd odd = odd_of(p, v);
		bool any = !_kortestz_mask64_u8(odd.rare, odd.stray);

		look |= (uint64_t)any << i;
		walk_note_rows(&w,
		    _mm512_cmpeq_epi8_mask(v, all('\t')) | lf, lf);
	}
	walk_take(walk, &w);
	return look;
}

AVX512 bool
walk_wider(struct walk *w, const char *block, size_t to)
{
	while (w->at < to) {
		const char *from = block + w->at;
		size_t end = w->at + 64 * WALK_CHUNK;
		uint64_t look = note_chunks(w, block, end < to ? end : to);

		for (; look != 0; look &= look - 1)
			if (!odd_fits(w, from + scan_lowest(look) * WALK_CHUNK))
				return false;
	}
	return true;
}
#endif
