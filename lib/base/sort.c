#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	LATER = 32, SOON = 12, /* records that are being fetched */
	FEW = 24,         /* keys that are sorted by comparing them */
	MANY = 32 * 1024, /* keys that are worth passes of two bytes each */
	WORD = 8,
};

struct item {
	uint64_t word; /* eight bytes of the key, the first the highest */
	uint32_t number;
};

struct sorter {
	struct slice (*key)(const void *ctx, uint32_t number);
	const void *ctx;
	struct item *a, *b; /* as many as there are numbers */
	uint32_t *start;    /* of each value in a pass, and one more */
};

/* Bytes depth .. depth+7 of a key, zeros behind its end. */
static uint64_t
word_at(struct slice key, size_t depth)
{
	if (key.len <= depth)
		return 0;
	return slice_start((struct slice){ key.at + depth,
	    key.len - depth });
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

/* One stable pass over `bits` bits of the words from `shift` on, from a to
 * b; false, with nothing moved, where they are the same in all words. */
static bool
pass(const struct sorter *s, size_t n, int shift, int bits)
{
	const struct item *a = s->a;
	uint64_t mask = (UINT64_C(1) << bits) - 1;
	uint32_t *start = s->start;

	memset(start, 0, (mask + 2) * sizeof *start);
	for (size_t i = 0; i < n; i++)
		start[(a[i].word >> shift & mask) + 1]++;
	if (start[(a[0].word >> shift & mask) + 1] == n)
		return false;
	for (size_t i = 1; i <= mask; i++)
		start[i] += start[i - 1];
	for (size_t i = 0; i < n; i++)
		s->b[start[a[i].word >> shift & mask]++] = a[i];
	return true;
}

static int
bits_in_pass(size_t n)
{
	return n < MANY ? 8 : 16;
}

static void
sort_words(struct sorter *s, size_t n)
{
	int bits = bits_in_pass(n);

	for (int shift = 0; shift < 64; shift += bits)
		if (pass(s, n, shift, bits)) {
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
				      s.b + i, s.start }, number + i,
			    end - i, depth + WORD);
	}
}

/* The words at this depth; are they all the same? */
static bool
take_words(const struct sorter *s, const uint32_t *number, size_t n,
    size_t depth)
{
	uint64_t other = 0;

	for (size_t i = 0; i < n; i++) {
		s->a[i].number = number[i];
		s->a[i].word = word_at(s->key(s->ctx, number[i]), depth);
		other |= s->a[i].word ^ s->a[0].word;
	}
	return other == 0;
}

/* What all have in common is passed over without going deeper: it may be
 * longer than the stack is deep. */
static void
sort_from(struct sorter s, uint32_t *number, size_t n, size_t depth)
{
	if (n <= FEW) {
		sort_few(&s, number, n);
		return;
	}
	for (; take_words(&s, number, n, depth); depth += WORD)
		if ((s.a[0].word & 0xff) == 0)
			return;
	sort_words(&s, n);
	for (size_t i = 0; i < n; i++)
		number[i] = s.a[i].number;
	sort_runs(s, number, n, depth);
}

/* Room for n items; sorter_free is due. */
static struct sorter
sorter_of(size_t n)
{
	struct item *room = mem_resize(NULL, 2 * n, sizeof *room);
	size_t starts = ((size_t)1 << bits_in_pass(n)) + 1;

	return (struct sorter){ .a = room, .b = room + n,
		.start = mem_resize(NULL, starts, sizeof(uint32_t)) };
}

static void
sorter_free(struct sorter *s)
{
	free(s->start);
	free(s->a < s->b ? s->a : s->b);
}

void
sort_keys(uint32_t *number, size_t n,
    struct slice (*key)(const void *ctx, uint32_t number), const void *ctx)
{
	struct sorter s = sorter_of(n);

	s.key = key;
	s.ctx = ctx;
	sort_from(s, number, n, 0);
	sorter_free(&s);
}

void
sort_values(uint32_t *number, size_t n,
    int64_t (*value)(const void *ctx, uint32_t number), const void *ctx)
{
	struct sorter s = sorter_of(n);

	/* the sign turned, so that words are ordered as values are */
	for (size_t i = 0; i < n; i++)
		s.a[i] = (struct item){ (uint64_t)value(ctx, number[i]) ^
			UINT64_C(1) << 63, number[i] };
	if (n > 0)
		sort_words(&s, n);
	for (size_t i = 0; i < n; i++)
		number[i] = s.a[i].number;
	sorter_free(&s);
}

void
sort_twice(uint32_t *number, size_t n,
    int64_t (*value)(const void *ctx, uint32_t number), const void *ctx,
    void (*run)(void *arg, uint32_t *number, size_t n), void *arg)
{
	sort_values(number, n, value, ctx);
	for (size_t at = 0, end; at < n; at = end) {
		int64_t v = value(ctx, number[at]);

		for (end = at + 1; end < n && value(ctx, number[end]) == v;
		    end++)
			;
		run(arg, number + at, end - at);
	}
}

/* Records that are put aside; an empty place tells the next empty one. */
struct aside {
	char *room;
	size_t size, n, cap;
	uint32_t empty; /* number + 1, or 0 */
};

static uint32_t
put_aside(struct aside *a, const char *record)
{
	uint32_t at = a->empty - 1;

	if (a->empty == 0) {
		a->room = mem_grow(a->room, &a->cap, a->n + 1, a->size);
		at = (uint32_t)a->n++;
	} else {
		memcpy(&a->empty, a->room + at * a->size, sizeof a->empty);
	}
	memcpy(a->room + at * a->size, record, a->size);
	return at;
}

static void
take_back(struct aside *a, char *record, uint32_t at)
{
	memcpy(record, a->room + at * a->size, a->size);
	memcpy(a->room + at * a->size, &a->empty, sizeof a->empty);
	a->empty = at + 1;
}

/* At place i, begin to fetch the record of a place that comes soon: it is
 * still where it was or set aside. */
MEM_FETCH
fetch(const struct aside *a, const char *record, const uint32_t *number,
    uint32_t i)
{
	uint32_t from = number[i + SOON];
	const char *at = from >= i ? record + from * a->size
				   : a->room + number[from] * a->size;

	__builtin_prefetch(at);
	__builtin_prefetch(at + a->size - 1);
}

/* From the first place to the last, which is faster than round after round:
 * what lies close to its place is found close to it. */
void
sort_lay_out(void *record, size_t size, uint32_t *number, size_t n)
{
	unsigned char *gone = mem_zero(n / 8 + 1, 1);
	struct aside a = { .size = size };
	char *at = record;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t from = number[i];

		if (n - i > LATER)
			__builtin_prefetch(&number[number[i + LATER]]);
		if (n - i > SOON)
			fetch(&a, record, number, i);
		if (from == i)
			continue;
		if ((gone[i / 8] >> i % 8 & 1) == 0)
			number[i] = put_aside(&a, at + i * size);
		if (from < i) {
			take_back(&a, at + i * size, number[from]);
			continue;
		}
		memcpy(at + i * size, at + from * size, size);
		gone[from / 8] |= (unsigned char)(1u << from % 8);
	}
	free(a.room);
	free(gone);
}

size_t
sort_first(const void *record, size_t n, size_t size, int64_t least)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int64_t number;

		memcpy(&number, (const char *)record + middle * size,
		    sizeof number);
		if (number < least)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
