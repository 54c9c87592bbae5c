#include <stdlib.h>

#include "base/cpu.h"
#include "base/mem.h"
#include "base/text.h"
#include "table/input.h"
#include "table/walk.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* Where what is, among the 64 bytes of a chunk: one bit a byte. */
struct masks {
	uint64_t end, lf; /* TAB or LF; LF */
	uint64_t backslash, high;
	uint64_t never; /* NUL and CR */
};

/* How this machine walks. */
struct form {
	bool (*chunk)(struct walk *w, const char *p);
	/* several, as walk.h tells it; or NULL */
	bool (*chunks)(struct walk *w, const char *block, size_t to);
};

/* So many bytes are walked, and rows at most noted, before it is asked
 * whether there are too many. */
enum { STRETCH = 8192 };

/* Length of the character that begins at p with a byte beyond ASCII, 0 if
 * it is none; two bytes, as of umlauts, first. */
static inline size_t
character(const char *p)
{
	if (walk_is_lead_of_2(p[0]) && (p[1] & 0xc0) == 0x80)
		return 2;
	return text_char((struct slice){ p, 4 }, NULL);
}

/* Are the characters beyond ASCII that begin in this chunk well formed? */
static bool
characters_fit(const char *p, uint64_t high, uint64_t *vetted)
{
	uint64_t left = high & ~*vetted;

	*vetted = 0;
	while (left != 0) {
		int i = __builtin_ctzll(left);
		size_t n = character(p + i);

		if (n < 2)
			return false;
		left &= ~(((UINT64_C(1) << n) - 1) << i);
		if ((size_t)i + n > 64)
			*vetted = (UINT64_C(1) << ((size_t)i + n - 64)) - 1;
	}
	return true;
}

/* What few chunks have, and what may have begun in the one before. */
static bool
rare_fits(struct walk *w, const char *p, const struct masks *m)
{
	return m->never == 0 &&
	    ((m->backslash | w->escaped) == 0 ||
		walk_escapes_fit(p, m->backslash, &w->escaped)) &&
	    ((m->high | w->vetted) == 0 ||
		characters_fit(p, m->high, &w->vetted));
}

static bool
note_chunk(struct walk *w, const char *p, const struct masks *m)
{
	if (!rare_fits(w, p, m))
		return false;
	for (uint64_t lf = m->lf; lf != 0; lf = walk_above(lf))
		walk_note_row(w, w->rows++, m->end, lf);
	walk_on(w, m->end);
	w->at += WALK_CHUNK;
	return true;
}

static bool
chunk_portable(struct walk *w, const char *p)
{
	struct masks m = { 0 };

	for (int i = 0; i < 64; i++) {
		uint64_t bit = UINT64_C(1) << i;
		unsigned char c = (unsigned char)p[i];

		m.end |= c == '\t' || c == '\n' ? bit : 0;
		m.lf |= c == '\n' ? bit : 0;
		m.backslash |= c == '\\' ? bit : 0;
		m.high |= c >= 0x80 ? bit : 0;
		m.never |= c == '\0' || c == '\r' ? bit : 0;
	}
	return note_chunk(w, p, &m);
}

#if defined(__x86_64__)

static inline uint64_t
bits_sse2(__m128i v, char c)
{
	return (uint16_t)_mm_movemask_epi8(
	    _mm_cmpeq_epi8(v, _mm_set1_epi8(c)));
}

static bool
chunk_sse2(struct walk *w, const char *p)
{
	struct masks m = { 0 };

	for (int i = 0; i < 64; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(p + i));
		uint64_t lf = bits_sse2(v, '\n');

		m.lf |= lf << i;
		m.end |= (bits_sse2(v, '\t') | lf) << i;
		m.backslash |= bits_sse2(v, '\\') << i;
		m.never |= (bits_sse2(v, '\0') | bits_sse2(v, '\r')) << i;
		m.high |= (uint64_t)(uint16_t)_mm_movemask_epi8(v) << i;
	}
	return note_chunk(w, p, &m);
}

#endif

enum scan_form
scan_best(void)
{
#if defined(__x86_64__)
	return cpu_is_wider() ? SCAN_AVX512 :
	    cpu_is_wide() ? SCAN_AVX2 : SCAN_SSE2;
#else
	return SCAN_PORTABLE;
#endif
}

/*
 * The chunk that comes next, if it is the first of the block, for nothing
 * before it can be read, or the last: in a copy with blanks around.
 */
static bool
walk_edge(const struct form *f, struct walk *w, struct slice block)
{
	char room[WALK_EDGE + WALK_CHUNK + WALK_EDGE];
	size_t before = w->at == 0 ? 0 : WALK_EDGE;
	size_t n = before + block.len - w->at;

	memset(room, ' ', sizeof room);
	memcpy(room + WALK_EDGE - before, block.at + w->at - before,
	    n < before + WALK_CHUNK + WALK_EDGE
		? n : before + WALK_CHUNK + WALK_EDGE);
	return f->chunk(w, room + WALK_EDGE);
}

/* The whole chunks behind the first; more rows than `most` are not clean. */
static bool
walk_middle(const struct form *f, struct walk *w, struct slice block,
    size_t most)
{
	size_t whole = block.len / WALK_CHUNK * WALK_CHUNK;

	while (w->at < whole) {
		size_t left = whole - w->at;
		size_t to = w->at + (left < STRETCH ? left : STRETCH);

		if (!(f->chunks != NULL ? f->chunks(w, block.at, to)
					: f->chunk(w, block.at + w->at)) ||
		    w->rows > most)
			return false;
	}
	return true;
}

/* The one pass: fills s->mask, s->row and s->ends; false where not clean. */
static bool
walk_block(struct scan *s, struct slice block)
{
	static const struct form forms[] = {
		[SCAN_PORTABLE] = { chunk_portable, NULL },
#if defined(__x86_64__)
		[SCAN_SSE2] = { chunk_sse2, NULL },
		[SCAN_AVX2] = { walk_chunk_wide, walk_wide },
		[SCAN_AVX512] = { walk_chunk_wide, walk_wider },
#endif
	};
	const struct form *f = &forms[s->form];
	struct walk w = { .mask = s->mask, .row = s->row + 1,
		.ends = s->ends };
	bool fit = block.len == 0 || (walk_edge(f, &w, block) &&
	    walk_middle(f, &w, block, block.len / s->cols));

	if (fit && w.at < block.len)
		fit = walk_edge(f, &w, block);
	s->rows = w.rows;
	return fit;
}

/* Each row must have as many ends as there are columns.  Some at a time,
 * for the compiler to do it by vectors. */
static bool
rows_fit(const struct scan *s)
{
	enum { SOME = 8 };
	uint32_t cols = (uint32_t)s->cols, want = 0, wrong = 0;
	size_t r = 0;

	for (; r + SOME <= s->rows; r += SOME, want += SOME * cols)
		for (uint32_t i = 0; i < SOME; i++)
			wrong |= s->ends[r + i] ^ (want + (i + 1) * cols);
	for (; r < s->rows; r++)
		wrong |= s->ends[r] ^ (want += cols);
	return wrong == 0;
}

bool
scan_block(struct scan *s, const char *block, size_t len, size_t cols)
{
	size_t rows = len / cols + STRETCH + 66;

	s->mask = mem_grow(s->mask, &s->mask_cap, len / 64 + 2,
	    sizeof *s->mask);
	s->row = mem_grow(s->row, &s->row_cap, rows, sizeof *s->row);
	s->ends = mem_grow(s->ends, &s->ends_cap, rows, sizeof *s->ends);
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
	free(s->ends);
	free(s->room);
	*s = (struct scan){ 0 };
}
