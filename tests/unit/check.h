/* check - what cmocka wants included before itself, and helpers of tests. */
#ifndef CRM_CHECK_H
#define CRM_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LEN(a) (sizeof(a) / sizeof *(a))

/* A random number 0..n-1 from a seed that the test keeps: the same on
 * every machine (Knuth's MMIX generator, the upper bits). */
static inline uint32_t
check_random(uint64_t *seed, uint32_t n)
{
	*seed = *seed * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return (uint32_t)((*seed >> 33) % n);
}

#endif
