/*
 * median - the middle of many numbers: pure arithmetic.
 *
 * Floor 4 (measure).  Uses: base.
 */
#ifndef CRM_MEDIAN_H
#define CRM_MEDIAN_H

#include <stddef.h>
#include <stdint.h>

/*
 * Twice the median of n numbers (n > 0), which is exact: the sum of the two
 * in the middle, or twice the one.  Changes the order of v.  Numbers are
 * within a quarter of the range of int64_t.
 */
int64_t median_twice(int64_t *v, size_t n);

/* The least of n numbers (n > 0) that `percent` in a hundred of them do not
 * exceed (nearest rank, 1..100).  Changes the order of v. */
int64_t median_percentile(int64_t *v, size_t n, int percent);

/* The same for each of so many parts of them but the last: what one, two ..
 * parts do not exceed, into least[0], least[1] .. */
void median_parts(int64_t *least, int64_t *v, size_t n, size_t parts);

/* Twice so many seconds in tenths of a day, rounded half away from zero. */
int64_t median_days(int64_t twice);

#endif
