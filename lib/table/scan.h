/*
 * scan - find every TAB and LF of a block in one pass, and prove that the
 * block is a clean part of a table.
 *
 * Floor 2 (table).  Uses: base, input, walk.
 *
 * Vector compares (AVX-512 or AVX2, chosen when the program runs, SSE2, or
 * portable C) turn 64 bytes at a time into bit masks, which are kept as they
 * are: who reads a row takes the ends of its fields from them, bit by bit, and
 * only those that are asked for.  A clean block is well-formed UTF-8, has only
 * known escapes, no NUL and no CR, and every line has the same number of
 * fields.  What is not clean goes line by line through wash_block (wash.h),
 * which names what is wrong and leaves a clean block.
 */
#ifndef CRM_SCAN_H
#define CRM_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum scan_form { SCAN_UNSET, SCAN_PORTABLE, SCAN_SSE2, SCAN_AVX2,
	SCAN_AVX512, SCAN_FORMS };

struct scan {
	enum scan_form form; /* unset: the best that this machine has */
	const char *base;    /* the block */
	size_t rows, cols;
	uint64_t *mask;      /* bit i % 64 of mask[i / 64]: byte i is the end
	                        of a field, TAB or LF; a zero word behind */
	struct scan_line {
		uint32_t from; /* where the row begins in the block */
	} *row;              /* rows, and one behind the last */

	/* private */
	uint32_t *ends;      /* how many there are up to that of a row */
	uint32_t *room;      /* of scan_ends */
	uint32_t kept;       /* the row whose ends are in it */
	size_t mask_cap, row_cap, ends_cap, room_cap;
};

/* The fastest form that this machine can run. */
enum scan_form scan_best(void);

/*
 * Scan a block of len bytes, whole lines, with INPUT_SLACK readable bytes
 * behind it.  False where it is not clean for a table of `cols` columns.
 */
bool scan_block(struct scan *s, const char *block, size_t len, size_t cols);

/* The lowest bit that is set; anything where none is. */
static inline __attribute__((always_inline)) uint64_t
scan_lowest(uint64_t bits)
{
#if defined(__x86_64__)
	/* BSF, or TZCNT where there is one: both take a zero. */
	__asm__("rep bsfq %1, %0" : "=r"(bits) : "r"(bits) : "cc");
	return bits;
#else
	return (uint64_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
#endif
}

/* The ends of fields in the 64 bytes from `from` on: bit i is byte from + i
 * of the block. */
static inline uint64_t
scan_window(const struct scan *s, uint32_t from)
{
	const uint64_t *m = s->mask + from / 64;

	return m[0] >> from % 64 | m[1] << 1 << (~from % 64);
}

/*
 * The ends of all fields of the row that begins at `from`, for scan_field:
 * field c ends before byte end[c] and begins behind the end before it;
 * end[-1] is the one before the row.  Good until the next call.
 */
const uint32_t *scan_ends(struct scan *s, uint32_t from);

/* Those of row r. */
static inline const uint32_t *
scan_row(struct scan *s, size_t r)
{
	return scan_ends(s, s->row[r].from);
}

/* Field c of a row. */
static inline struct slice
scan_field(const struct scan *s, const uint32_t *end, size_t c)
{
	uint32_t from = end[(ptrdiff_t)c - 1] + 1;

	return (struct slice){ s->base + from, end[c] - from };
}

/* As scan_ends, but they are looked for once only as long as no other row is
 * asked for. */
static inline const uint32_t *
scan_kept(struct scan *s, uint32_t from)
{
	return from == s->kept ? s->room + 1 : scan_ends(s, from);
}

/* The same of the row that begins at `from`. */
static inline struct slice
scan_cell(struct scan *s, uint32_t from, size_t c)
{
	return scan_field(s, scan_kept(s, from), c);
}

/* The same where hardly another field of the row is asked for: most begin
 * and end within the first 64 bytes. */
static inline struct slice
scan_alone(struct scan *s, uint32_t from, size_t c)
{
	uint64_t left = scan_window(s, from), at = 0;

	for (size_t i = 0; i < c && left != 0; i++, left &= left - 1)
		at = scan_lowest(left) + 1;
	return left == 0 ? scan_cell(s, from, c) : (struct slice){
		s->base + from + at, scan_lowest(left) - at };
}

/* From end to end of fields, for who wants few of a row. */
struct scan_walk {
	const uint64_t *mask;
	uint64_t left;  /* bits of it that have not been passed */
	const char *at; /* the byte of its first bit */
};

static inline struct scan_walk
scan_walk(const struct scan *s, uint32_t from)
{
	const uint64_t *m = s->mask + from / 64;

	return (struct scan_walk){ m, *m & ~UINT64_C(0) << from % 64,
		s->base + from / 64 * 64 };
}

/* Is there one in the mask in hand?  Else on to the next that has one. */
static inline void
scan_meet(struct scan_walk *w)
{
	for (; __builtin_expect(w->left == 0, 0); w->at += 64)
		w->left = *++w->mask;
}

/* Pass n ends, 1 at least, all of which are there: where the last is. */
static inline const char *
scan_pass(struct scan_walk *w, int n)
{
	const char *end;

	scan_meet(w);
	while (--n > 0) {
		w->left &= w->left - 1;
		scan_meet(w);
	}
	end = w->at + scan_lowest(w->left);
	w->left &= w->left - 1;
	return end;
}

void scan_free(struct scan *s);

#endif
