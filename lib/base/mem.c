#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/die.h"

static _Noreturn void
out_of_memory(void)
{
	die(CRM_SYS, "out of memory");
}

void *
mem_zero(size_t n, size_t size)
{
	void *p = calloc(n > 0 ? n : 1, size);

	if (p == NULL)
		out_of_memory();
	return p;
}

void *
mem_resize(void *p, size_t n, size_t size)
{
	p = reallocarray(p, n > 0 ? n : 1, size);
	if (p == NULL)
		out_of_memory();
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

void *
mem_pages(size_t n, size_t size)
{
	size_t bytes;
	void *p;

	if (__builtin_mul_overflow(n, size, &bytes))
		out_of_memory();
	p = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (p == MAP_FAILED)
		out_of_memory();
	madvise(p, bytes, MADV_HUGEPAGE);
	return p;
}

void
mem_pages_free(void *p, size_t n, size_t size)
{
	if (p != NULL)
		munmap(p, n * size);
}

void *
mem_pages_grow(void *p, size_t n, size_t more, size_t size)
{
	size_t bytes;

	if (p == NULL)
		return mem_pages(more, size);
	if (__builtin_mul_overflow(more, size, &bytes))
		out_of_memory();
	p = mremap(p, n * size, bytes, MREMAP_MAYMOVE);
	if (p == MAP_FAILED)
		out_of_memory();
	madvise(p, bytes, MADV_HUGEPAGE);
	return p;
}
