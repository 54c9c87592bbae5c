/*
 * walk - a block walked through in chunks of 64 bytes: what the files of
 * scan share and nobody else needs.
 *
 * Floor 2 (table).  Uses: scan.
 */
#ifndef CRM_WALK_H
#define CRM_WALK_H

#include "table/scan.h"

enum {
	WALK_CHUNK = 64,
	WALK_EDGE = 16, /* bytes around a chunk that can be read */
};

struct walk {
	size_t at;             /* where in the block the chunk in hand begins */
	uint64_t *mask;        /* for its ends */
	uint32_t seen;         /* ends before it */
	size_t rows;           /* that end before it */
	struct scan_line *row; /* row[r]: behind row r */
	uint32_t *ends;        /* ends[r]: how many there are up to its LF */
	/* what one chunk leaves for the next to know */
	uint64_t vetted;       /* leading bytes of a character before */
	uint64_t escaped;      /* 1 if the first is the second of an escape */
};

#define WALK_INLINE static inline __attribute__((always_inline))
#define WALK_COUNT(bits) ((uint32_t)__builtin_popcountll(bits))

/* Row r, counted from 0, ends at the lowest LF of the chunk. */
WALK_INLINE void
walk_note_row(struct walk *w, size_t r, uint64_t end, uint64_t lf)
{
	w->row[r].from = (uint32_t)(w->at + scan_lowest(lf) + 1);
	w->ends[r] = w->seen + WALK_COUNT(end & (lf ^ (lf - 1)));
}

/* The LFs above the lowest. */
WALK_INLINE uint64_t
walk_above(uint64_t lf)
{
	return lf ^ UINT64_C(1) << scan_lowest(lf);
}

/* The rows of a chunk are noted, and these its ends. */
WALK_INLINE void
walk_on(struct walk *w, uint64_t end)
{
	*w->mask++ = end;
	w->seen += WALK_COUNT(end);
}

/* Most often one row ends in a chunk or none, so one is noted without
 * asking. */
WALK_INLINE void
walk_note_rows(struct walk *w, uint64_t end, uint64_t lf)
{
	uint32_t n = WALK_COUNT(lf);
	size_t r = w->rows;

	walk_note_row(w, r, end, lf);
	if (__builtin_expect(n > 1, 0))
		while ((lf = walk_above(lf)) != 0)
			walk_note_row(w, ++r, end, lf);
	w->rows += n;
	walk_on(w, end);
}

/* Back from a copy for a loop: only what has changed, or the compiler keeps
 * less of it in registers. */
WALK_INLINE void
walk_take(struct walk *w, const struct walk *copy)
{
	w->at = copy->at;
	w->mask = copy->mask;
	w->rows = copy->rows;
	w->seen = copy->seen;
}

/* Are the escapes that begin in the chunk at p known ones? */
WALK_INLINE bool
walk_escapes_fit(const char *p, uint64_t backslash, uint64_t *escaped)
{
	uint64_t left = backslash & ~*escaped, open = 0;

	while (left != 0) {
		int i = __builtin_ctzll(left);
		char next = p[i + 1];

		if (next != 't' && next != 'n' && next != 'r' && next != '\\')
			return false;
		left &= left - 1;
		if (i == 63)
			open = next == '\\';
		else
			left &= ~(UINT64_C(2) << i);
	}
	*escaped = open;
	return true;
}

/* Does this byte begin a character of two? */
WALK_INLINE bool
walk_is_lead_of_2(char c)
{
	return (unsigned char)c - 0xc2u < 0x1e;
}

/* One chunk; false where it is not clean. */
bool walk_chunk_wide(struct walk *w, const char *p);

/* Only whether it is clean. */
bool walk_fits_wide(struct walk *w, const char *p);

/* Whole chunks up to byte `to` of the block, all or some; false where one is
 * not clean.  Bytes before the first can be read, too. */
bool walk_wide(struct walk *w, const char *block, size_t to);
bool walk_wider(struct walk *w, const char *block, size_t to);

#endif
