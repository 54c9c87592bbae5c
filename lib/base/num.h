/*
 * num - exact numbers: integers, and decimals as 64-bit integers.
 *
 * Floor 1 (base).  Uses: slice, tr.
 *
 * A decimal is counted in ten-thousandths (NUM_ONE to the unit): 19.99 is
 * 199900.  No floating point, no locale.  What a message says of a bad
 * number is returned as words; NULL means that all is well.
 */
#ifndef CRM_NUM_H
#define CRM_NUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

#define NUM_ONE INT64_C(10000)              /* one unit in ten-thousandths */
#define NUM_MAX (INT64_C(1000000000000000000) - 1) /* below 10^14 units */

enum { NUM_TEXT = 32 }; /* room for any number as text, with NUL */

/*
 * A whole number in min..max, written plainly: an optional minus, digits,
 * no plus, no leading zeros, no blanks.  NULL, or "not a whole number",
 * "too small", "too large".
 */
const char *num_int(struct slice s, int64_t min, int64_t max, int64_t *out);

/*
 * A decimal from 0 to below 10^14 with at most 4 decimals and a decimal
 * point: "12", "12.5", "0.0001".  NULL, or "not a number", "not a number with
 * a decimal point" (but with a comma), "negative", "more than 4 decimals", "too
 * large".  "-0" is negative; leading zeros ("007") and a bare point ("5.",
 * ".5") are not numbers.
 */
const char *num_dec(struct slice s, int64_t *out);

/* The same of a sum of such, which may be of any size that has room in 64 bits:
 * below 922 million million. */
const char *num_sum(struct slice s, int64_t *out);

/* num_dec with an optional minus ("-0" is 0), for computed columns. */
const char *num_signed(struct slice s, int64_t *out);

/* Below, at or above 0, as a is below, at or above b: for qsort. */
static inline int
num_cmp(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* a / b, rounded half away from zero.  b > 0. */
int64_t num_div(int64_t a, int64_t b);

/* part / whole in hundredths of a per cent, rounded: 1 of 3 is 3333.
 * whole > 0.  What does not fit an int64_t is the nearest that does. */
int64_t num_share(int64_t part, int64_t whole);

/* *sum += add; false where that does not fit. */
bool num_add(int64_t *sum, int64_t add);

/*
 * The words of v, which is scaled by 10^places (places 0..6), with exactly
 * that many decimals: (1234, 2) is "12.34", (-5, 1) is "-0.5", and zero has
 * no minus.  Returns `to`.
 */
const char *num_text(char to[static NUM_TEXT], int64_t v, int places);

/* Money in ten-thousandths: two decimals, or as many more as it has. */
const char *num_money(char to[static NUM_TEXT], int64_t v);

/* x scaled by 10^places (0..6), rounded half away from zero, as num_text
 * takes; what does not fit is the nearest that does.  x is no NaN. */
int64_t num_round(double x, int places);

#endif
