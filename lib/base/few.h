/*
 * few - numbers of a map for words that come again and again.
 *
 * Floor 1 (base).  Uses: map.
 *
 * Channels, topics, names of persons: a journal has millions of them, but
 * only some that differ.  Here the short ones that came last are found
 * without a hash, in a table of which each word has one place.  A zeroed
 * struct is empty; it goes with one map, and grows no larger than it is.
 */
#ifndef CRM_FEW_H
#define CRM_FEW_H

#include "base/map.h"

enum { FEW_BITS = 8, FEW_LONGEST = 15 };

struct few {
	struct few_word {
		uint64_t word[2]; /* its bytes, and its length above them */
		uint32_t number;
	} at[1 << FEW_BITS];
};

/* The same as map_add(m, s). */
static inline uint32_t
few_add(struct few *f, struct map *m, struct slice s)
{
	const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
	size_t first = s.len < 8 ? s.len : 8;
	struct few_word w, *place;

	if (s.len == 0 || s.len > FEW_LONGEST)
		return map_add(m, s);
	w.word[0] = slice_word(s.at, first);
	w.word[1] = slice_word(s.at + first, s.len - first) |
	    (uint64_t)s.len << 56;
	place = &f->at[((w.word[0] ^ w.word[1]) * odd) >> (64 - FEW_BITS)];
	if (place->word[0] != w.word[0] || place->word[1] != w.word[1]) {
		w.number = map_add(m, s);
		*place = w;
	}
	return place->number;
}

#endif
