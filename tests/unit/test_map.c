/* map, sort, buf, mem - numbers for names, in byte order; growing bytes. */
#include "check.h"

#include <search.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/sort.h"

/* Keys of every length around the border between short and long ones, many
 * sharing their first bytes. */
static struct slice
made_key(char to[static 64], uint64_t *seed)
{
	size_t n = check_random(seed, 40);

	for (size_t i = 0; i < n; i++)
		to[i] = (char)("ab\303\001"[check_random(seed, i < 9 ? 1 : 4)]);
	return (struct slice){ to, n };
}

static void
each_key_keeps_the_number_it_first_got(void **state)
{
	struct map m = { 0 };
	uint64_t seed = 7;
	char (*keys)[64] = calloc(5000, 64);
	size_t len[5000];
	uint32_t number[5000];

	(void)state;
	for (size_t i = 0; i < 5000; i++) {
		struct slice k = made_key(keys[i], &seed);

		len[i] = k.len;
		number[i] = map_find(&m, k);
		if (number[i] == MAP_NONE)
			number[i] = m.len;
		assert_int_equal(map_add(&m, k), number[i]);
	}
	for (size_t i = 0; i < 5000; i++) {
		struct slice k = { keys[i], len[i] };

		assert_int_equal(map_find(&m, k), number[i]);
		assert_true(slice_eq(map_key(&m, number[i]), k));
	}
	map_free(&m);
	assert_int_equal(map_find(&m, slice_of("a")), MAP_NONE);
	free(keys);
}

static void
many_at_once_is_the_same_as_one_by_one(void **state)
{
	struct map one = { 0 }, many = { 0 };
	struct slice key[300];
	char (*keys)[64 + MAP_SLACK] = calloc(300, 64 + MAP_SLACK);
	uint32_t out[300];
	uint64_t seed = 11;

	(void)state;
	for (int round = 0; round < 50; round++) {
		size_t n = check_random(&seed, 301);

		for (size_t i = 0; i < n; i++)
			key[i] = made_key(keys[i], &seed);
		map_add_many(&many, key, sizeof *key, n, out,
		    sizeof *out);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(out[i], map_add(&one, key[i]));
	}
	assert_int_equal(one.len, many.len);
	map_free(&one);
	map_free(&many);
	free(keys);
}

static void
joined_keys_are_as_if_added_one_by_one(void **state)
{
	struct map one = { 0 }, many = { 0 }, from = { 0 };
	uint64_t seed = 13;
	char text[64];

	(void)state;
	for (int round = 0; round < 50; round++) {
		uint32_t *number;

		for (uint32_t n = check_random(&seed, 200); n > 0; n--)
			map_add(&from, made_key(text, &seed));
		number = map_join(&many, &from);
		for (uint32_t i = 0; i < from.len; i++)
			assert_int_equal(number[i],
			    map_add(&one, map_key(&from, i)));
		assert_int_equal(one.len, many.len);
		free(number);
		map_free(&from);
		from = (struct map){ 0 };
	}
	map_free(&one);
	map_free(&many);
}

/* The slow twin of a map: a tree of libc's. */
struct node {
	char text[64 + MAP_SLACK];
	uint32_t number;
};

static int
by_text(const void *a, const void *b)
{
	return strcmp(((const struct node *)a)->text,
	    ((const struct node *)b)->text);
}

/* Keys that count up and keys that do not, near and far, in several forms,
 * the first of which differs from seed to seed. */
static void
made_serial(char to[static 64], uint64_t *seed, uint32_t most)
{
	static const char *const form[] = { "C%u", "C%u", "C%u", "C%u", "C%u",
		"C%u", "%u", "C%07u", "C%u-", "longer-than-7-%u", "C%u00000",
		"Kunde-%u", "", "C0%u" };
	size_t f = check_random(seed, LEN(form));
	uint32_t v = check_random(seed,
	    check_random(seed, 8) > 0 ? most : 2000000000);

	snprintf(to, 64, form[(f + *seed % 3) % LEN(form)], v);
}

/* Node `n` if its text is new in the tree, else the one with that text. */
static struct node *
twin_add(void **tree, struct node *n, uint32_t *len)
{
	struct node *is = *(struct node **)tsearch(n, tree, by_text);

	if (is == n)
		n->number = (*len)++;
	return is;
}

static void
check_all(const struct map *m, const struct node *node, size_t n)
{
	uint32_t *order = map_sorted(m);

	for (size_t i = 0; i < n; i++) {
		struct slice k = slice_of(node[i].text);
		uint32_t number = map_find(m, k);

		assert_int_equal(number, node[i].number);
		assert_true(slice_eq(map_key(m, number), k));
	}
	for (uint32_t i = 1; i < m->len; i++)
		assert_true(slice_cmp(map_key(m, order[i - 1]),
		    map_key(m, order[i])) < 0);
	free(order);
}

static void
keys_that_count_up_are_keys_like_any_others(void **state)
{
	static const uint32_t most[] = { 100, 3000, 20000, 60000, 1000000 };
	enum { KEYS = 20000, MANY = 100 };
	struct node *node = calloc(KEYS, sizeof *node);

	(void)state;
	for (uint64_t round = 0; round < 20; round++) {
		uint64_t seed = round;
		struct map m = { 0 };
		void *tree = NULL;
		uint32_t len = 0, out[MANY];

		for (size_t i = 0; i < KEYS; i += MANY) {
			struct slice key[MANY];
			bool one = check_random(&seed, 2) == 0;

			for (size_t k = 0; k < MANY; k++) {
				struct node *n = &node[i + k];

				made_serial(n->text, &seed,
				    most[round % LEN(most)]);
				key[k] = slice_of(n->text);
				n->number = twin_add(&tree, n, &len)->number;
			}
			if (!one)
				map_add_many(&m, key, sizeof *key, MANY, out,
				    sizeof *out);
			for (size_t k = 0; k < MANY; k++)
				assert_int_equal(one ? map_add(&m, key[k])
				    : out[k], node[i + k].number);
			assert_int_equal(m.len, len);
		}
		check_all(&m, node, KEYS);
		map_free(&m);
		for (size_t i = 0; i < KEYS; i++)
			tdelete(&node[i], &tree, by_text);
	}
	free(node);
}

/* 4096 keys have room at first: one number in four may be there, so that
 * 16384 is the first which is not in reach. */
static void
a_number_behind_the_reach_is_hashed(void **state)
{
	static const char *const keys[] = { "C1", "C16383", "C16384", "C7" };
	const struct slice many[] = { slice_of("C20000\0slack, slack, slack"),
		slice_of("C16384\0slack, slack, slack") };
	struct map m = { 0 };
	uint32_t out[2];

	(void)state;
	for (uint32_t i = 0; i < LEN(keys); i++) {
		assert_int_equal(map_find(&m, slice_of(keys[i])), MAP_NONE);
		assert_int_equal(map_add(&m, slice_of(keys[i])), i);
		assert_int_equal(map_add(&m, slice_of(keys[i])), i);
		assert_int_equal(map_find(&m, slice_of(keys[i])), i);
	}
	assert_int_equal(map_find(&m, slice_of("C2")), MAP_NONE);
	assert_int_equal(map_find(&m, slice_of("C16385")), MAP_NONE);
	map_add_many(&m, many, sizeof *many, 2, out, sizeof *out);
	assert_int_equal(out[0], 4);
	assert_int_equal(out[1], 2);
	assert_int_equal(m.len, 5);
	map_free(&m);
}

/* However much, too little or too much. */
static void
a_map_that_was_given_room_is_like_any_other(void **state)
{
	enum { KEYS = 5000 };

	(void)state;
	for (uint64_t seed = 0, round = 0; round < 40; round++) {
		struct map one = { 0 }, again = { 0 };
		char key[64 + MAP_SLACK] = "";

		map_room(&again, check_random(&seed, 40 * KEYS));
		for (int i = 0; i < KEYS; i++) {
			made_serial(key, &seed, round % 2 ? 4000 : 100000);
			assert_int_equal(map_add(&one, slice_of(key)),
			    map_add(&again, slice_of(key)));
			assert_int_equal(again.len, one.len);
		}
		map_free(&one);
		map_free(&again);
	}
}

/* In the worst order the table of numbers is as sparse as it may get. */
static void
far_numbers_take_no_more_memory_than_a_hash(void **state)
{
	struct map m = { 0 };
	char key[32];

	(void)state;
	for (uint32_t i = 0; i < 100000; i++) {
		sprintf(key, "C%u", i * 900 + 1);
		map_add(&m, slice_of(key));
		assert_true(m.reach <= 8 * m.keys);
		assert_true(m.keys <= 4096 || m.keys < 2 * (size_t)m.len);
	}
	assert_int_equal(m.len, 100000);
	map_free(&m);
}

static int
by_bytes(const void *a, const void *b)
{
	return slice_cmp(*(const struct slice *)a, *(const struct slice *)b);
}

/* Against qsort with slice_cmp. */
static void
sorting_gives_byte_order(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (int round = 0; round < 40; round++) {
		struct map m = { 0 };
		struct slice *want;
		uint32_t *order;
		char room[64];
		size_t n = check_random(&seed, 3000);

		for (size_t i = 0; i < n; i++)
			map_add(&m, made_key(room, &seed));
		want = mem_zero(m.len, sizeof *want);
		for (uint32_t i = 0; i < m.len; i++)
			want[i] = map_key(&m, i);
		qsort(want, m.len, sizeof *want, by_bytes);
		order = map_sorted(&m);
		for (uint32_t i = 0; i < m.len; i++)
			assert_true(
			    slice_eq(map_key(&m, order[i]), want[i]));
		free(order);
		free(want);
		map_free(&m);
	}
}

struct keyed {
	struct slice key;
	uint32_t number;
};

static struct slice
key_at(const void *keys, uint32_t i)
{
	return ((const struct keyed *)keys)[i].key;
}

static int
by_bytes_and_number(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int c = slice_cmp(x->key, y->key);

	return c != 0 ? c : (x->number > y->number) - (x->number < y->number);
}

/* So few and so many that each way of sorting is taken; many are equal. */
static void
sorting_keeps_the_order_of_equal_keys(void **state)
{
	static const uint32_t sizes[] = { 0, 1, 2, 20, 25, 1000, 32767,
		32768, 100000 };
	static const char *const start[] = { "C", "same-prefix-",
		"\377\377\377", "\377\377" };
	uint64_t seed = 5;

	(void)state;
	for (size_t k = 0; k < LEN(sizes); k++) {
		uint32_t n = sizes[k], *order = calloc(n + 1, sizeof *order);
		struct keyed *keyed = calloc(n + 1, sizeof *keyed);
		char (*text)[64] = calloc(n + 1, sizeof *text);

		for (uint32_t i = 0; i < n; i++) {
			uint32_t v = check_random(&seed, n);

			keyed[i] = (struct keyed){ { text[i], 0 }, i };
			order[i] = i;
			if (check_random(&seed, 4) == 0)
				keyed[i].key = made_key(text[i], &seed);
			else
				keyed[i].key.len = (size_t)sprintf(text[i],
				    "%s%u", start[v % LEN(start)], v);
		}
		sort_keys(order, n, key_at, keyed);
		for (uint32_t i = 1; i < n; i++)
			assert_true(by_bytes_and_number(&keyed[order[i - 1]],
			    &keyed[order[i]]) < 0);
		free(order);
		free(keyed);
		free(text);
	}
}

static void
words_hold_the_bytes_and_nothing_else(void **state)
{
	char text[] = "abcdefgh";

	(void)state;
	for (size_t n = 0; n <= 8; n++) {
		char *alone = malloc(n + 1);
		uint64_t w = 0;

		memcpy(alone, text, n);
		alone[n] = 'X';
		memcpy(&w, text, n);
		assert_int_equal(slice_word(alone, n), le64toh(w));
		free(alone);
	}
}

static void
a_buffer_is_always_a_string(void **state)
{
	struct buf b = { 0 };

	(void)state;
	assert_string_equal(buf_text(&b), "");
	buf_str(&b, "abc");
	buf_byte(&b, '-');
	buf_fmt(&b, "%05d%s", 42, "");
	buf_slice(&b, (struct slice){ "xyz", 2 });
	assert_string_equal(buf_text(&b), "abc-00042xy");
	assert_int_equal(b.len, 11);
	buf_clear(&b);
	assert_string_equal(buf_text(&b), "");
	for (int i = 0; i < 10000; i++)
		buf_fmt(&b, "%d,", i);
	assert_int_equal(buf_all(&b).len, 48890);
	buf_free(&b);
}

static void
pages_are_zero_and_keep_their_content(void **state)
{
	size_t n = 100;
	uint64_t *p = mem_pages(n, sizeof *p);

	(void)state;
	for (size_t i = 0; i < n; i++)
		assert_int_equal(p[i], 0);
	for (; n < 2000000; n *= 3) {
		p[n - 1] = n;
		p = mem_pages_grow(p, n, 3 * n, sizeof *p);
		assert_int_equal(p[n - 1], n);
		assert_int_equal(p[n], 0);
		assert_int_equal(p[3 * n - 1], 0);
	}
	mem_pages_free(p, n, sizeof *p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_key_keeps_the_number_it_first_got),
		cmocka_unit_test(many_at_once_is_the_same_as_one_by_one),
		cmocka_unit_test(joined_keys_are_as_if_added_one_by_one),
		cmocka_unit_test(keys_that_count_up_are_keys_like_any_others),
		cmocka_unit_test(a_number_behind_the_reach_is_hashed),
		cmocka_unit_test(a_map_that_was_given_room_is_like_any_other),
		cmocka_unit_test(far_numbers_take_no_more_memory_than_a_hash),
		cmocka_unit_test(sorting_gives_byte_order),
		cmocka_unit_test(sorting_keeps_the_order_of_equal_keys),
		cmocka_unit_test(words_hold_the_bytes_and_nothing_else),
		cmocka_unit_test(a_buffer_is_always_a_string),
		cmocka_unit_test(pages_are_zero_and_keep_their_content),
	};

	return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
