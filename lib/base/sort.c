#include "base/sort.h"

#include <stdlib.h>

#include "base/mem.h"

enum { FEW = 24, WORD = 8 };

struct item {
	uint64_t word; /* eight bytes of the key, the first the highest */
	uint32_t number;
};

struct sorter {
	struct slice (*key)(const void *ctx, uint32_t number);
	const void *ctx;
	struct item *a, *b; /* as many as there are numbers */
};

/* Bytes depth .. depth+7 of a key, zeros behind its end. */
static uint64_t
word_at(struct slice key, size_t depth)
{
	uint64_t w = 0;
	size_t n = key.len > depth ? key.len - depth : 0;

	if (n > 0)
		memcpy(&w, key.at + depth, n < WORD ? n : WORD);
	return __builtin_bswap64(w);
}

/* Insertion sort for short runs whose first `depth` bytes are the same. */
static void
sort_few(const struct sorter *s, uint32_t *number, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint32_t v = number[i];
		struct slice key = s->key(s->ctx, v);
		size_t at = i;

		while (at > 0 &&
		    slice_cmp(s->key(s->ctx, number[at - 1]), key) > 0) {
			number[at] = number[at - 1];
			at--;
		}
		number[at] = v;
	}
}

/* One stable pass over byte `shift / 8` of the words, from a to b; false,
 * with nothing moved, where all words have the same byte there. */
static bool
pass(const struct item *a, struct item *b, size_t n, int shift)
{
	size_t start[257] = { 0 };

	for (size_t i = 0; i < n; i++)
		start[(a[i].word >> shift & 0xff) + 1]++;
	if (start[(a[0].word >> shift & 0xff) + 1] == n)
		return false;
	for (size_t i = 1; i < 256; i++)
		start[i] += start[i - 1];
	for (size_t i = 0; i < n; i++)
		b[start[a[i].word >> shift & 0xff]++] = a[i];
	return true;
}

static void
sort_words(struct sorter *s, size_t n)
{
	for (int shift = 0; shift < 64; shift += 8)
		if (pass(s->a, s->b, n, shift)) {
			struct item *t = s->a;

			s->a = s->b;
			s->b = t;
		}
}

/* Runs of equal words go on eight bytes further, unless they end in the
 * padding.  Each has its own stretch of the items to work in. */
static void sort_from(struct sorter s, uint32_t *number, size_t n,
    size_t depth);

static void
sort_runs(struct sorter s, uint32_t *number, size_t n, size_t depth)
{
	for (size_t i = 0, end; i < n; i = end) {
		uint64_t word = s.a[i].word;

		for (end = i + 1; end < n && s.a[end].word == word; end++)
			;
		if (end - i > 1 && (word & 0xff) != 0)
			sort_from((struct sorter){ s.key, s.ctx, s.a + i,
				      s.b + i }, number + i, end - i,
			    depth + WORD);
	}
}

static void
sort_from(struct sorter s, uint32_t *number, size_t n, size_t depth)
{
	if (n <= FEW) {
		sort_few(&s, number, n);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		s.a[i].number = number[i];
		s.a[i].word = word_at(s.key(s.ctx, number[i]), depth);
	}
	sort_words(&s, n);
	for (size_t i = 0; i < n; i++)
		number[i] = s.a[i].number;
	sort_runs(s, number, n, depth);
}

void
sort_keys(uint32_t *number, size_t n,
    struct slice (*key)(const void *ctx, uint32_t number), const void *ctx)
{
	struct item *room = mem_resize(NULL, 2 * n, sizeof *room);
	struct sorter s = { key, ctx, room, room + n };

	sort_from(s, number, n, 0);
	free(room);
}
