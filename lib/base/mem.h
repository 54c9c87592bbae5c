/*
 * mem - allocation that cannot fail: without memory the command ends with
 * status 4 and the words "out of memory".  Sizes are checked for overflow.
 *
 * Floor 1 (base).  Uses: die.
 *
 * What these return is freed with free().
 */
#ifndef CRM_MEM_H
#define CRM_MEM_H

#include <stddef.h>

/* For what is told by others that there is none. */
_Noreturn void mem_out(void);

/* n zeroed elements of size bytes.  n may be 0. */
void *mem_zero(size_t n, size_t size);

/* The array p with room for n elements of size bytes; p may be NULL. */
void *mem_resize(void *p, size_t n, size_t size);

/*
 * The array p with room for at least want elements, grown by half or more:
 * *cap is its capacity in elements, before and after.
 */
void *mem_grow(void *p, size_t *cap, size_t want, size_t size);

/* A copy of n bytes with a NUL behind them. */
char *mem_text(const char *s, size_t n);

/*
 * n zeroed elements for random access, in huge pages where the kernel has
 * them; untouched pages cost nothing.  Freed with mem_pages_free.
 */
void *mem_pages(size_t n, size_t size);
void mem_pages_free(void *p, size_t n, size_t size);

/* The pages p of n elements with room for more, old content kept. */
void *mem_pages_grow(void *p, size_t n, size_t more, size_t size);

/* What begins to fetch memory and does nothing else is declared so: compilers
 * leave out the call of such a function unless it is always inline. */
#define MEM_FETCH static inline __attribute__((always_inline)) void

#endif
