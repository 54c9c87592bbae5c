/* Maps of several threads into one; part of map.h. */
#include "base/map.h"
#include "base/mem.h"

enum { SOME = 64 }; /* keys at once */

uint32_t *
map_join(struct map *m, const struct map *from)
{
	uint32_t *number = mem_resize(NULL, from->len, sizeof *number);
	struct slice key[SOME];

	for (uint32_t i = 0, n; i < from->len; i += n) {
		n = from->len - i < SOME ? from->len - i : SOME;
		for (uint32_t k = 0; k < n; k++)
			key[k] = map_key(from, i + k);
		map_add_many(m, key, sizeof *key, n, number + i,
		    sizeof *number);
	}
	return number;
}
