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
	uint64_t end, lf; /* TAB or LF; LF */
};

struct rare {
	uint64_t backslash, high;
	uint64_t never; /* NUL and CR */
};

/* A walk through a block, chunk by chunk. */
struct walk {
	uint64_t *mask;      /* of the chunk in hand */
	uint32_t at;         /* where in the block it begins */
	struct scan_line *to; /* of the next row */
	const struct scan_line *most; /* more cannot be clean */
	uint32_t seen;       /* ends so far */
	/* what one chunk leaves for the next to know */
	uint64_t vetted;     /* leading bytes of a character before */
	uint64_t escaped;    /* 1 if the first byte is that of an escape */
};

/*
 * Look at the 64 bytes at p; around them EDGE more can be read.  False
 * where they are not clean.
 */
typedef bool look_of(const char *p, struct masks *m, struct walk *w);
typedef bool walk_of(struct walk *w, const char *p, size_t bytes);
enum { EDGE = 16 };

#define INLINE static inline __attribute__((always_inline))
#define NOINLINE __attribute__((noinline))

#define COUNT(bits) ((uint32_t)__builtin_popcountll(bits))

/* Are the escapes that begin in this chunk known ones? */
INLINE bool
escapes_fit(const char *p, uint64_t backslash, uint64_t *escaped)
{
	uint64_t left = backslash & ~*escaped;

	*escaped = 0;
	while (left != 0) {
		int i = __builtin_ctzll(left);
		char next = p[i + 1];

		if (next != 't' && next != 'n' && next != 'r' && next != '\\')
			return false;
		left &= left - 1;
		if (i == 63)
			*escaped = 1;
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
characters_fit(const char *p, uint64_t high, struct walk *w)
{
	uint64_t left = high & ~w->vetted;

	w->vetted = 0;
	while (left != 0) {
		int i = __builtin_ctzll(left);
		size_t n = character(p + i);

		if (n < 2)
			return false;
		left &= ~(((UINT64_C(1) << n) - 1) << i);
		if ((size_t)i + n > 64)
			w->vetted = (UINT64_C(1) << ((size_t)i + n - 64)) - 1;
	}
	return true;
}

/* What few chunks have, and what may have begun in the one before. */
static bool
rare_fits(const char *p, const struct rare *r, struct walk *w)
{
	return r->never == 0 &&
	    ((r->backslash | w->escaped) == 0 ||
		escapes_fit(p, r->backslash, &w->escaped)) &&
	    ((r->high | w->vetted) == 0 || characters_fit(p, r->high, w));
}

INLINE struct scan_line *
note_row(struct scan_line *to, const struct walk *w, uint64_t end, uint64_t lf)
{
	to->from = w->at + (uint32_t)scan_lowest(lf) + 1;
	to->ends = w->seen + COUNT(end & (lf ^ (lf - 1)));
	return to + 1;
}

/* Note the rows that end in a chunk.  Most often it is one or none, so one
 * is written without asking. */
INLINE void
note_rows(struct walk *w, const struct masks *m)
{
	uint64_t left = m->lf & (m->lf - 1);
	struct scan_line *to = note_row(w->to, w, m->end, m->lf);

	for (; __builtin_expect(left != 0, 0); left &= left - 1)
		to = note_row(to, w, m->end, left);
	w->to += COUNT(m->lf);
	w->seen += COUNT(m->end);
}

/* Walk on through the bytes at p, whole chunks; false where they are not
 * clean. */
INLINE bool
walk_on(struct walk *walk, const char *p, size_t bytes, look_of *look)
{
	const char *end = p + bytes;
	struct walk w = *walk;

	for (; p < end; p += 64) {
		struct masks m;

		if (!look(p, &m, &w))
			return false;
		*w.mask++ = m.end;
		note_rows(&w, &m);
		if (w.to > w.most)
			return false;
		w.at += 64;
	}
	*walk = w;
	return true;
}

INLINE bool
look_portable(const char *p, struct masks *m, struct walk *w)
{
	struct rare r = { 0 };

	*m = (struct masks){ 0 };
	for (int i = 0; i < 64; i++) {
		uint64_t bit = UINT64_C(1) << i;
		unsigned char c = (unsigned char)p[i];

		m->end |= c == '\t' || c == '\n' ? bit : 0;
		m->lf |= c == '\n' ? bit : 0;
		r.backslash |= c == '\\' ? bit : 0;
		r.high |= c >= 0x80 ? bit : 0;
		r.never |= c == '\0' || c == '\r' ? bit : 0;
	}
	return rare_fits(p, &r, w);
}

static bool
walk_portable(struct walk *w, const char *p, size_t bytes)
{
	return walk_on(w, p, bytes, look_portable);
}

#if defined(__x86_64__)

INLINE uint64_t
bits_sse2(__m128i v, char c)
{
	return (uint16_t)_mm_movemask_epi8(
	    _mm_cmpeq_epi8(v, _mm_set1_epi8(c)));
}

INLINE bool
look_sse2(const char *p, struct masks *m, struct walk *w)
{
	struct rare r = { 0 };

	*m = (struct masks){ 0 };
	for (int i = 0; i < 64; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(p + i));
		uint64_t lf = bits_sse2(v, '\n');

		m->lf |= lf << i;
		m->end |= (bits_sse2(v, '\t') | lf) << i;
		r.backslash |= bits_sse2(v, '\\') << i;
		r.never |= (bits_sse2(v, '\0') | bits_sse2(v, '\r')) << i;
		r.high |= (uint64_t)(uint16_t)_mm_movemask_epi8(v) << i;
	}
	return rare_fits(p, &r, w);
}

static bool
walk_sse2(struct walk *w, const char *p, size_t bytes)
{
	return walk_on(w, p, bytes, look_sse2);
}

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

INLINE AVX2 uint64_t
bits_avx2(__m256i a, __m256i b)
{
	return (uint32_t)_mm256_movemask_epi8(a) |
	    (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

/* A table of 16 bytes, to be looked up by the low nibbles of bytes. */
#define NIBBLES(...) \
	_mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))

/* NUL, backslash and CR: a byte that the table has for its low nibble. */
INLINE AVX2 __m256i
are_rare(__m256i v)
{
	const __m256i table = NIBBLES(0, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	    -1, -1, '\\', '\r', -1, 0);

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
INLINE AVX2 __m256i
wrong_avx2(const char *p)
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
	__m256i v = _mm256_loadu_si256((const __m256i *)p);
	__m256i b1 = _mm256_loadu_si256((const __m256i *)(p - 1));
	__m256i b2 = _mm256_loadu_si256((const __m256i *)(p - 2));
	__m256i b3 = _mm256_loadu_si256((const __m256i *)(p - 3));
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

/* Backslashes, and what is never clean. */
INLINE AVX2 bool
rare_fits_avx2(const char *p, uint64_t *escaped)
{
	const __m256i backslash = _mm256_set1_epi8('\\');
	__m256i a = _mm256_loadu_si256((const __m256i *)p);
	__m256i b = _mm256_loadu_si256((const __m256i *)(p + 32));
	struct rare r = { .backslash = bits_avx2(
		_mm256_cmpeq_epi8(a, backslash),
		_mm256_cmpeq_epi8(b, backslash)) };

	r.never = bits_avx2(are_rare(a), are_rare(b)) & ~r.backslash;
	return r.never == 0 && escapes_fit(p, r.backslash, escaped);
}

INLINE AVX2 bool
look_avx2(const char *p, struct masks *m, struct walk *w)
{
	const __m256i tab = _mm256_set1_epi8('\t');
	const __m256i lf = _mm256_set1_epi8('\n');
	__m256i a = _mm256_loadu_si256((const __m256i *)p);
	__m256i b = _mm256_loadu_si256((const __m256i *)(p + 32));
	__m256i lf_a = _mm256_cmpeq_epi8(a, lf);
	__m256i lf_b = _mm256_cmpeq_epi8(b, lf);
	__m256i rare = _mm256_or_si256(are_rare(a), are_rare(b));
	int high = _mm256_movemask_epi8(_mm256_or_si256(a, b));

	m->lf = bits_avx2(lf_a, lf_b);
	m->end = bits_avx2(
	    _mm256_or_si256(lf_a, _mm256_cmpeq_epi8(a, tab)),
	    _mm256_or_si256(lf_b, _mm256_cmpeq_epi8(b, tab)));
	if ((_mm256_movemask_epi8(rare) | (int)w->escaped) != 0 &&
	    !rare_fits_avx2(p, &w->escaped))
		return false;
	if ((high | (int)w->vetted) != 0) {
		__m256i wrong = _mm256_or_si256(wrong_avx2(p),
		    wrong_avx2(p + 32));

		/* Not how many, but whether there may be any. */
		w->vetted = (uint32_t)_mm256_movemask_epi8(b) >> 31;
		return _mm256_testz_si256(wrong, wrong);
	}
	return true;
}

static AVX2 bool
walk_avx2(struct walk *w, const char *p, size_t bytes)
{
	return walk_on(w, p, bytes, look_avx2);
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

/*
 * The chunk that comes next, if it is the first of the block, for nothing
 * before it can be read, or the last: in a copy with blanks around.
 */
static bool
walk_edge(walk_of *walk, struct walk *w, struct slice block)
{
	char room[EDGE + 64 + EDGE];
	size_t before = w->at == 0 ? 0 : EDGE;
	size_t n = before + block.len - w->at;

	memset(room, ' ', sizeof room);
	memcpy(room + EDGE - before, block.at + w->at - before,
	    n < before + 64 + EDGE ? n : before + 64 + EDGE);
	return walk(w, room + EDGE, 64);
}

/* The one pass: fills s->mask and s->row; false where not clean. */
static bool
walk_block(struct scan *s, struct slice block)
{
	static walk_of *const walks[] = {
		[SCAN_PORTABLE] = walk_portable,
#if defined(__x86_64__)
		[SCAN_SSE2] = walk_sse2,
		[SCAN_AVX2] = walk_avx2,
#endif
	};
	walk_of *walk = walks[s->form];
	struct walk w = { .mask = s->mask, .to = s->row + 1,
		.most = s->row + 1 + block.len / s->cols };
	bool fit = block.len == 0 || walk_edge(walk, &w, block);

	if (fit && block.len > 64)
		fit = walk(&w, block.at + 64, block.len / 64 * 64 - 64);
	if (fit && w.at < block.len)
		fit = walk_edge(walk, &w, block);
	s->rows = (size_t)(w.to - s->row) - 1;
	return fit;
}

/* Each row must have as many ends as there are columns. */
static bool
rows_fit(const struct scan *s)
{
	uint32_t want = 0, wrong = 0;

	for (size_t r = 1; r <= s->rows; r++)
		wrong |= s->row[r].ends ^ (want += (uint32_t)s->cols);
	return wrong == 0;
}

bool
scan_block(struct scan *s, const char *block, size_t len, size_t cols)
{
	s->mask = mem_grow(s->mask, &s->mask_cap, len / 64 + 2,
	    sizeof *s->mask);
	s->row = mem_grow(s->row, &s->row_cap, len / cols + 66,
	    sizeof *s->row);
	s->room = mem_grow(s->room, &s->room_cap, cols + 64, sizeof *s->room);
	s->mask[(len + 63) / 64] = 0;
	s->kept = UINT32_MAX;
	s->row[0] = (struct scan_line){ 0 };
	s->base = block;
	s->cols = cols;
	if (s->form == SCAN_UNSET)
		s->form = scan_best();
	return walk_block(s, (struct slice){ block, len }) && rows_fit(s);
}

const uint32_t *
scan_ends(struct scan *s, uint32_t from)
{
	const uint64_t *m = s->mask + from / 64;
	uint64_t left = *m & ~UINT64_C(0) << from % 64;
	uint32_t at = from / 64 * 64, *to = s->room;
	const uint32_t *last = to + s->cols;

	s->kept = from;
	*to = from - 1;
	for (; to < last; left = *++m, at += 64)
		for (; left != 0; left &= left - 1)
			*++to = at + (uint32_t)scan_lowest(left);
	return s->room + 1;
}

void
scan_free(struct scan *s)
{
	free(s->mask);
	free(s->row);
	free(s->room);
	*s = (struct scan){ 0 };
}
