/* clock - seconds that have passed, and seconds of CPU. */
#ifndef CRM_CLOCK_H
#define CRM_CLOCK_H

#include <sys/resource.h>
#include <time.h>

static inline double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static inline double
clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

#endif
