#include "check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/sort.h"

enum { MOST = 70000 }; /* more than one way of passing */

static int64_t
value_of(const void *values, uint32_t i)
{
	return ((const int64_t *)values)[i];
}

static struct slice
text_of(const void *texts, uint32_t i)
{
	return slice_of(((char (*)[16])(uintptr_t)texts)[i]);
}

/* Values of a few bits or of all, of both signs, many of them equal. */
static void
values_rise_and_equal_ones_keep_their_order(void **state)
{
	static const size_t sizes[] = { 0, 1, 2, 3, 100, 5000, MOST };
	int64_t *v = calloc(MOST, sizeof *v);
	uint32_t *number = calloc(MOST, sizeof *number);
	uint64_t seed = 3;

	(void)state;
	for (size_t k = 0; k < 4 * LEN(sizes); k++) {
		size_t n = sizes[k / 4];

		for (uint32_t i = 0; i < n; i++) {
			uint64_t r = (uint64_t)check_random(&seed, UINT32_MAX)
			    << 32 | check_random(&seed, UINT32_MAX);

			number[i] = i;
			v[i] = (int64_t)r >> (k % 4 * 20);
		}
		if (n > 2) {
			v[0] = INT64_MAX;
			v[1] = INT64_MIN;
		}
		sort_values(number, n, value_of, v);
		for (size_t i = 1; i < n; i++)
			assert_true(v[number[i - 1]] < v[number[i]] ||
			    (v[number[i - 1]] == v[number[i]] &&
				number[i - 1] < number[i]));
	}
	free(v);
	free(number);
}

/* Downwards, those of one value. */
static void
turn(void *runs, uint32_t *number, size_t n)
{
	++*(size_t *)runs;
	for (size_t i = 0; i < n / 2; i++) {
		uint32_t last = number[n - 1 - i];

		number[n - 1 - i] = number[i];
		number[i] = last;
	}
}

static void
runs_of_a_value_come_whole(void **state)
{
	uint32_t number[5000] = { 0 };
	int64_t v[5000] = { 0 };
	uint64_t seed = 8;

	(void)state;
	for (size_t n = 0; n <= LEN(v); n = 3 * n + 1) {
		size_t runs = 0, values = n > 0;

		for (uint32_t i = 0; i < n; i++) {
			number[i] = i;
			v[i] = (int64_t)check_random(&seed, 40) - 20;
		}
		sort_twice(number, n, value_of, v, turn, &runs);
		for (size_t i = 1; i < n; i++) {
			int64_t a = v[number[i - 1]], b = v[number[i]];

			values += a != b;
			assert_true(a < b ||
			    (a == b && number[i - 1] > number[i]));
		}
		assert_int_equal(runs, values);
	}
}

static void
keys_rise_in_byte_order(void **state)
{
	char (*text)[16] = calloc(MOST, sizeof *text);
	uint32_t *number = calloc(MOST, sizeof *number);
	uint64_t seed = 4;

	(void)state;
	for (uint32_t i = 0; i < MOST; i++) {
		snprintf(text[i], sizeof *text, "C%0*u",
		    (int)check_random(&seed, 14),
		    (unsigned)check_random(&seed, 100000));
		number[i] = i;
	}
	sort_keys(number, MOST, text_of, text);
	for (size_t i = 1; i < MOST; i++) {
		int c = strcmp(text[number[i - 1]], text[number[i]]);

		assert_true(c < 0 || (c == 0 && number[i - 1] < number[i]));
	}
	free(text);
	free(number);
}

/* Against looking at one after the other; numbers are there more than once. */
static void
the_first_of_a_number_is_found(void **state)
{
	struct { int64_t number; int32_t rest; } record[40];
	uint64_t seed = 9;

	(void)state;
	for (int turn = 0; turn < 500; turn++) {
		size_t n = check_random(&seed, LEN(record) + 1), want = 0;
		int64_t least = check_random(&seed, 60), last = -9;

		for (size_t i = 0; i < n; i++)
			record[i].number = last += check_random(&seed, 3);
		while (want < n && record[want].number < least)
			want++;
		assert_int_equal(sort_first(record, n, sizeof *record, least),
		    want);
	}
	assert_int_equal(sort_first(NULL, 0, 8, 1), 0);
}

enum { LONG = 4 * 1024 * 1024, ALIKE = 40 };

/* Key i, which is shorter than that before, or the same every third time. */
static struct slice
alike(const void *text, uint32_t i)
{
	return (struct slice){ text, LONG - i / 3 };
}

/* The stack has no room for a call for every eight bytes of them. */
static void
long_keys_that_begin_alike_are_sorted(void **state)
{
	char *text = malloc(LONG);
	uint32_t number[ALIKE];

	(void)state;
	memset(text, 'a', LONG);
	for (uint32_t i = 0; i < ALIKE; i++)
		number[i] = i;
	sort_keys(number, ALIKE, alike, text);
	for (uint32_t i = 1; i < ALIKE; i++)
		assert_true(number[i - 1] / 3 > number[i] / 3 ||
		    number[i - 1] + 1 == number[i]);
	free(text);
}

/* Records of so many bytes, all but the first four the same. */
static void
lay_out(uint32_t *number, size_t n, size_t size)
{
	unsigned char *record = calloc(n + 1, size);
	uint32_t *want = calloc(n + 1, sizeof *want), got;

	for (uint32_t i = 0; i < n; i++) {
		memset(record + i * size, 7, size);
		memcpy(record + i * size, &i, sizeof i);
		want[i] = number[i];
	}
	memset(record + n * size, 9, size);
	sort_lay_out(record, size, number, n);
	for (size_t i = 0; i < n; i++) {
		memcpy(&got, record + i * size, sizeof got);
		assert_int_equal(got, want[i]);
		for (size_t k = sizeof got; k < size; k++)
			assert_int_equal(record[i * size + k], 7);
	}
	assert_int_equal(record[n * size], 9);
	free(record);
	free(want);
}

static void
records_come_to_their_places(void **state)
{
	uint32_t number[100];
	uint64_t seed = 5;

	(void)state;
	for (size_t n = 0; n <= LEN(number); n++) {
		for (uint32_t i = 0; i < n; i++)
			number[i] = i;
		lay_out(number, n, 4);
		for (size_t i = n; i > 1; i--) {
			size_t k = check_random(&seed, (uint32_t)i);
			uint32_t t = number[i - 1];

			number[i - 1] = number[k];
			number[k] = t;
		}
		lay_out(number, n, n % 2 == 0 ? 56 : 4);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_rise_and_equal_ones_keep_their_order),
		cmocka_unit_test(runs_of_a_value_come_whole),
		cmocka_unit_test(keys_rise_in_byte_order),
		cmocka_unit_test(long_keys_that_begin_alike_are_sorted),
		cmocka_unit_test(the_first_of_a_number_is_found),
		cmocka_unit_test(records_come_to_their_places),
	};

	return cmocka_run_group_tests_name("sort", tests, NULL, NULL);
}
