#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/die.h"

void
mem_out(void)
{
	die(CRM_SYS, "out of memory");
}

void *
mem_zero(size_t n, size_t size)
{
	void *p = calloc(n > 0 ? n : 1, size);

	if (p == NULL)
		mem_out();
	return p;
}

void *
mem_resize(void *p, size_t n, size_t size)
{
	p = reallocarray(p, n > 0 ? n : 1, size);
	if (p == NULL)
		mem_out();
	return p;
}

void *
mem_grow(void *p, size_t *cap, size_t want, size_t size)
{
	size_t next = *cap + *cap / 2 + 16;

	if (want <= *cap)
		return p;
	*cap = next < want ? want : next;
	return mem_resize(p, *cap, size);
}

char *
mem_text(const char *s, size_t n)
{
	char *p = mem_zero(n + 1, 1);

	if (n > 0)
		memcpy(p, s, n);
	return p;
}

enum { HUGE = 2 << 20 }; /* bytes of a huge page */

/* Bytes of an area, in whole huge pages where it is larger than one. */
static size_t
area(size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes) || bytes > SIZE_MAX / 4)
		mem_out();
	return bytes < HUGE ? bytes : (bytes + HUGE - 1) / HUGE * HUGE;
}

/* Address space for so many bytes, from the start of a huge page on where
 * they are more than one. */
static char *
space(size_t bytes)
{
	size_t more = bytes < HUGE ? 0 : HUGE, skip;
	char *p = mmap(NULL, bytes + more, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		mem_out();
	if (more == 0)
		return p;
	skip = (HUGE - (uintptr_t)p % HUGE) % HUGE;
	if (skip > 0)
		munmap(p, skip);
	if (skip < more)
		munmap(p + skip + bytes, more - skip);
	return p + skip;
}

void *
mem_pages(size_t n, size_t size)
{
	size_t bytes = area(n, size);
	char *p = space(bytes);

	if (bytes >= HUGE)
		madvise(p, bytes, MADV_HUGEPAGE);
	return p;
}

void
mem_pages_free(void *p, size_t n, size_t size)
{
	if (p != NULL)
		munmap(p, area(n, size));
}

/* Pages go to their new place as they are: nothing is copied, and only what
 * is new is cleared. */
void *
mem_pages_grow(void *p, size_t n, size_t more, size_t size)
{
	size_t bytes = area(more, size);
	char *q;

	if (p == NULL)
		return mem_pages(more, size);
	q = mremap(p, area(n, size), bytes, MREMAP_MAYMOVE | MREMAP_FIXED,
	    space(bytes));
	if (q == MAP_FAILED)
		mem_out();
	if (bytes >= HUGE)
		madvise(q, bytes, MADV_HUGEPAGE);
	return q;
}
