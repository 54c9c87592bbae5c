/*
 * serial - keys that count up: C1, C2 ... or K000001, K000002 ...
 *
 * Floor 1 (base).  Uses: slice.
 *
 * A form is what such keys have in common: a prefix of at most 7 bytes and,
 * behind it, 1 to 8 decimal digits, either without zeros in front (C17; 0
 * itself has no such form) or always as many (K000017); of more than eight
 * the first belong to the prefix.  Within a form a
 * key and its number are the same thing.  A zeroed form has no keys.
 */
#ifndef CRM_SERIAL_H
#define CRM_SERIAL_H

#include <endian.h>
#include <stdint.h>

#include "base/slice.h"

#define SERIAL_NONE UINT32_MAX /* not a key of the form */

struct serial {
	/* private */
	uint64_t prefix, mask; /* its bytes, and which they are in a word */
	size_t before;         /* how many they are */
	size_t fewest, widths; /* digits from .. below fewest + widths */
	uint8_t least;         /* the least first digit */
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

/* Eight digits, the first lowest, as a number: neighbours become pairs,
 * pairs fours, and those the whole. */
static inline uint32_t
serial_sum(uint64_t digits)
{
	uint64_t pairs = digits * (1 + (10 << 8)) >> 8 &
	    UINT64_C(0x00ff00ff00ff00ff);
	uint64_t fours = pairs * (1 + (100 << 16)) >> 16 &
	    UINT64_C(0x0000ffff0000ffff);

	return (uint32_t)(fours * (1 + (UINT64_C(10000) << 32)) >> 32);
}

/* The number of a key, or SERIAL_NONE.  From its start on 16 bytes can be
 * read, however few belong to it. */
static inline uint32_t
serial_number(const struct serial *f, struct slice key)
{
	const uint64_t zeros = UINT64_C(0x3030303030303030);
	const uint64_t above_nine = UINT64_C(0x7676767676767676);
	size_t digits = key.len - f->before;
	uint64_t start, w;

	if (digits - f->fewest >= f->widths)
		return SERIAL_NONE;
	memcpy(&start, key.at, 8);
	memcpy(&w, key.at + f->before, 8);
	w = le64toh(w) ^ zeros;
	if (((le64toh(start) ^ f->prefix) & f->mask) != 0 ||
	    (uint8_t)w < f->least)
		return SERIAL_NONE;
	w <<= (0 - 8 * digits) & 63;
	if (((w | (w + above_nine)) & UINT64_C(0x8080808080808080)) != 0)
		return SERIAL_NONE;
	return serial_sum(w);
}

#endif
