/* The keys of a map in byte order; part of map.h. */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/sort.h"

static struct slice
key_of(const void *map, uint32_t i)
{
	return map_key(map, i);
}

/* Merge two sorted stretches of `order`, the first of n numbers. */
static uint32_t *
merged(const struct map *m, uint32_t *order, uint32_t n)
{
	uint32_t *to = mem_resize(NULL, m->len, sizeof *to);
	uint32_t a = 0, b = n, k = 0;

	while (a < n && b < m->len)
		to[k++] = slice_cmp(map_key(m, order[a]),
		    map_key(m, order[b])) < 0 ? order[a++] : order[b++];
	memcpy(to + k, order + a, (n - a) * sizeof *to);
	memcpy(to + k + (n - a), order + b, (m->len - b) * sizeof *to);
	free(order);
	return to;
}

/* The keys that are found by number, sorted. */
static uint32_t
list_serial(const struct map *m, uint32_t *order)
{
	uint32_t end = (uint32_t)m->reach, v = serial_first(&m->form), k = 0;

	while (end > 0 && m->serial[end - 1] == 0)
		end--;
	for (uint32_t i = v, n; i < end; i += n) {
		n = serial_run(&m->form, v, end);
		for (uint32_t at = v; at < v + n; at++) {
			order[k] = m->serial[at] - 1;
			k += m->serial[at] > 0;
		}
		v = serial_next(&m->form, v + n - 1, end);
	}
	return k;
}

/* All others, as they come. */
static void
list_hashed(const struct map *m, uint32_t *order)
{
	for (size_t at = 0; at < m->slots; at++)
		if (m->slot[at] != 0)
			*order++ = (uint32_t)m->slot[at] - 1;
}

/* How many of the first keys are in byte order as they are. */
static uint32_t
in_order(const struct map *m)
{
	uint32_t n = m->len > 0;

	while (n < m->len && slice_cmp(map_key(m, n - 1), map_key(m, n)) < 0)
		n++;
	return n;
}

uint32_t *
map_sorted(const struct map *m)
{
	uint32_t *order = mem_resize(NULL, m->len + 1, sizeof *order);
	uint32_t sorted = list_serial(m, order);

	if (sorted > 0) {
		list_hashed(m, order + sorted);
	} else {
		sorted = in_order(m);
		if (sorted < m->len / 2)
			sorted = 0;
		for (uint32_t i = 0; i < m->len; i++)
			order[i] = i;
	}
	sort_keys(order + sorted, m->len - sorted, key_of, m);
	return sorted == 0 || sorted == m->len ? order
	    : merged(m, order, sorted);
}
