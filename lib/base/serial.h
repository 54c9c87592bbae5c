/*
 * serial - keys that count up: C1, C2 ... or K000001, K000002 ...
 *
 * Floor 1 (base).  Uses: slice.
 *
 * A form is what such keys have in common: a prefix of at most 7 bytes and,
 * behind it, 1 to 8 decimal digits, either without zeros in front (C17; 0
 * itself has no such form) or always as many (K000017); of more than eight
 * the first belong to the prefix.  Within a form a key and its number are the
 * same thing.  A zeroed form has no keys.
 */
#ifndef CRM_SERIAL_H
#define CRM_SERIAL_H

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/slice.h"

#define SERIAL_NONE UINT32_MAX /* not a key of the form */

struct serial {
	/* private */
	uint64_t prefix, mask; /* its bytes, and which they are in a word */
	size_t before;         /* how many they are */
	uint8_t least;         /* the least first digit */
	uint8_t most;          /* digits at most; 0 without any keys */
	uint8_t shift[16];     /* by length of a key: 64 and bits of a word that
	                          are no digits, or 0 where none is so long */
};

/* The form of a key, which ends in digits; zeroed where it has none. */
struct serial serial_form(struct slice key);

/*
 * Numbers below `end`, which is at most 1 << 28, in the byte order of
 * their keys: the first, and which comes after v.  They are `end` where all
 * keys are of one length, else end - 1.
 */
uint32_t serial_first(const struct serial *f);
uint32_t serial_next(const struct serial *f, uint32_t v, uint32_t end);

/* How many from v on, itself included, follow each other as numbers do. */
uint32_t serial_run(const struct serial *f, uint32_t v, uint32_t end);

/*
 * The digits of a key, the first lowest, 0 to 9 in a byte each and zeros in
 * front of them: eight in a word.  Bytes that are more are wrong, and so are
 * all where the key is too long, too short or begins otherwise.  From its
 * start on 16 bytes can be read, however few belong to it.
 */
static inline uint64_t
serial_digits(const struct serial *f, struct slice key)
{
	const uint64_t zeros = UINT64_C(0x3030303030303030);
	uint64_t start, w;
	unsigned shift;

	if (key.len >= sizeof f->shift || (shift = f->shift[key.len]) == 0)
		return UINT64_MAX;
	memcpy(&start, key.at, 8);
	memcpy(&w, key.at + f->before, 8);
	w = le64toh(w) ^ zeros;
	if (((le64toh(start) ^ f->prefix) & f->mask) != 0 ||
	    (uint8_t)w < f->least)
		return UINT64_MAX;
	return w << (shift & 63);
}

/* The number that they are, or SERIAL_NONE: neighbours become pairs, pairs
 * fours, and those the whole. */
static inline uint32_t
serial_sum(uint64_t digits)
{
	const uint64_t above_nine = UINT64_C(0x7676767676767676);
	uint64_t pairs = digits * (1 + (10 << 8)) >> 8 &
	    UINT64_C(0x00ff00ff00ff00ff);
	uint64_t fours = pairs * (1 + (100 << 16)) >> 16 &
	    UINT64_C(0x0000ffff0000ffff);

	if (((digits | (digits + above_nine)) &
		UINT64_C(0x8080808080808080)) != 0)
		return SERIAL_NONE;
	return (uint32_t)(fours * (1 + (UINT64_C(10000) << 32)) >> 32);
}

#if defined(__SSE2__)
/* Two words, and the top bit of bytes that are wrong: four digits become a
 * sum, the odd ones and the even ones first. */
static inline __m128i
serial_fours(const uint64_t digits[2], __m128i *wrong)
{
	__m128i w = _mm_loadu_si128((const __m128i *)digits);
	__m128i odd = _mm_and_si128(w, _mm_set1_epi16(0xff));
	__m128i even = _mm_srli_epi16(w, 8);

	*wrong = _mm_or_si128(w, _mm_add_epi8(w, _mm_set1_epi8(0x76)));
	return _mm_add_epi32(
	    _mm_madd_epi16(odd, _mm_set1_epi32(1000 + (10 << 16))),
	    _mm_madd_epi16(even, _mm_set1_epi32(100 + (1 << 16))));
}
#endif

/* serial_sum of four at once; `most`, below 1 << 31, where it is more. */
static inline void
serial_sums(const uint64_t digits[4], uint32_t most, uint32_t number[4])
{
#if defined(__SSE2__)
	__m128i wrong, more, sum, fits, limit = _mm_set1_epi32((int)most);
	__m128i a = serial_fours(digits, &wrong);
	__m128i b = serial_fours(digits + 2, &more);

	sum = _mm_madd_epi16(_mm_packs_epi32(a, b),
	    _mm_set1_epi32(10000 + (1 << 16)));
	fits = _mm_cmplt_epi32(sum, limit);
	_mm_storeu_si128((__m128i *)number, _mm_or_si128(
	    _mm_and_si128(fits, sum), _mm_andnot_si128(fits, limit)));
	if (_mm_movemask_epi8(_mm_or_si128(wrong, more)) == 0)
		return;
#endif
	for (int i = 0; i < 4; i++) {
		number[i] = serial_sum(digits[i]);
		if (number[i] > most)
			number[i] = most;
	}
}

/* The number of a key, or SERIAL_NONE. */
static inline uint32_t
serial_number(const struct serial *f, struct slice key)
{
	return serial_sum(serial_digits(f, key));
}

#endif
