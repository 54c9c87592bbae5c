/* serial - keys that count up: numbers and order against libc. */
#include "check.h"

#include <stdio.h>

#include "base/serial.h"

/* A key with 16 readable bytes, the ones behind it being trouble. */
struct text {
	char at[48];
};

static struct slice
key_in(struct text *t, const char *s)
{
	memset(t->at, '7', sizeof t->at);
	memcpy(t->at, s, strlen(s));
	return (struct slice){ t->at, strlen(s) };
}

static uint32_t
number_in(const char *first, const char *key)
{
	struct text a, b;
	struct serial f = serial_form(key_in(&a, first));

	return serial_number(&f, key_in(&b, key));
}

static void
a_form_is_a_prefix_and_digits(void **state)
{
	static const struct {
		const char *first, *key;
		uint32_t number;
	} cases[] = {
		{ "C17", "C17", 17 },
		{ "C17", "C1", 1 },
		{ "C17", "C12345678", 12345678 },
		{ "C17", "C99999999", 99999999 },
		{ "C17", "C123456789", SERIAL_NONE },
		{ "C17", "C0", SERIAL_NONE },
		{ "C17", "C017", SERIAL_NONE },
		{ "C17", "C", SERIAL_NONE },
		{ "C17", "", SERIAL_NONE },
		{ "C17", "D17", SERIAL_NONE },
		{ "C17", "17", SERIAL_NONE },
		{ "C17", "C1a", SERIAL_NONE },
		{ "C17", "C1:", SERIAL_NONE },
		{ "C17", "C1/", SERIAL_NONE },
		{ "C17", "C-1", SERIAL_NONE },
		{ "C17", "C1\2603", SERIAL_NONE },
		{ "C17", "CC17", SERIAL_NONE },
		{ "4711", "4711", 4711 },
		{ "4711", "1", 1 },
		{ "4711", "00000001", SERIAL_NONE },
		{ "4711", "C1", SERIAL_NONE },
		{ "K000017", "K000017", 17 },
		{ "K000017", "K000000", 0 },
		{ "K000017", "K999999", 999999 },
		{ "K000017", "K1000000", SERIAL_NONE },
		{ "K000017", "K17", SERIAL_NONE },
		{ "0", "0", 0 },
		{ "0", "9", 9 },
		{ "0", "10", SERIAL_NONE },
		{ "1000000017", "1000000017", 17 },
		{ "1000000017", "1000000000", 0 },
		{ "1000000017", "1100000000", SERIAL_NONE },
		{ "1000000017", "100000017", SERIAL_NONE },
		{ "K-2026-5", "K-2026-31", 31 },
		{ "seven--5", "seven--31", 31 },
		{ "eight---5", "eight---5", SERIAL_NONE },
		{ "123456712345678", "123456700000001", 1 },
		{ "1234567812345678", "1234567812345678", SERIAL_NONE },
		{ "C17x", "C17x", SERIAL_NONE },
		{ "", "", SERIAL_NONE },
		{ "C", "C", SERIAL_NONE },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		assert_int_equal(number_in(cases[i].first, cases[i].key),
		    cases[i].number);
}

/* A key is what printf makes of its number, or it is not of the form. */
static void
the_number_is_the_one_that_printf_writes(void **state)
{
	static const char *const first[] = { "C1", "77", "K0000", "abcdefg00" };
	static const char *const text[] = { "C%u", "%u", "K%04u",
		"abcdefg%02u" };
	uint64_t seed = 5;

	(void)state;
	for (size_t i = 0; i < 200000; i++) {
		size_t n = 1 + check_random(&seed, 10), f = i % LEN(first);
		struct text a, b;
		struct serial form = serial_form(key_in(&a, first[f]));
		char key[48], again[48];
		uint32_t number;

		strcpy(key, first[f]);
		key[strcspn(key, "0123456789")] = '\0';
		for (size_t k = strlen(key), end = k + n; k < end; k++) {
			key[k] = "0123456789/:\377a"[check_random(&seed,
			    check_random(&seed, 4) > 0 ? 10 : 14)];
			key[k + 1] = '\0';
		}
		number = serial_number(&form, key_in(&b, key));
		sprintf(again, text[f], number);
		if (number != SERIAL_NONE) {
			assert_string_equal(key, again);
			continue;
		}
		number = (uint32_t)strtoul(key + strcspn(key, "0123456789"),
		    NULL, 10);
		sprintf(again, text[f], number);
		assert_true(strcmp(key, again) != 0 || number >= 100000000 ||
		    (number == 0 && form.least == 1) ||
		    (form.least == 0 && strlen(key) != strlen(first[f])));
	}
}

/* Digits, digits with a byte among them that is none, and any bytes. */
static uint64_t
made_digits(uint64_t *seed)
{
	uint64_t w = 0;

	for (int i = 0; i < 8; i++)
		w = w << 8 | check_random(seed, 10);
	if (check_random(seed, 8) == 0)
		w ^= (uint64_t)check_random(seed, 256) <<
		    8 * check_random(seed, 8);
	return check_random(seed, 40) == 0 ? UINT64_MAX : w;
}

static void
four_numbers_are_each_of_them(void **state)
{
	uint64_t seed = 9, digits[4];
	uint32_t number[4], most;

	(void)state;
	for (size_t i = 0; i < 100000; i++) {
		for (int k = 0; k < 4; k++)
			digits[k] = made_digits(&seed);
		most = check_random(&seed, i % 2 ? 100000000 : 1u << 31);
		serial_sums(digits, most, number);
		for (int k = 0; k < 4; k++) {
			uint32_t sum = serial_sum(digits[k]);

			assert_int_equal(number[k], sum < most ? sum : most);
		}
	}
}

/* A run is what serial_next goes through in steps of one, and no shorter. */
static void
check_runs(const struct serial *f, uint32_t end)
{
	uint32_t v = serial_first(f);

	for (uint32_t i = v, n; i < end; i += n) {
		n = serial_run(f, v, end);
		assert_in_range(n, 1, end - i);
		for (uint32_t k = 1; k < n; k++, v++)
			assert_int_equal(serial_next(f, v, end), v + 1);
		assert_true(i + n == end || v + 1 == end ||
		    serial_next(f, v, end) != v + 1);
		v = serial_next(f, v, end);
	}
}

/* The order of strcmp, and none left out. */
static void
numbers_come_in_the_order_of_their_keys(void **state)
{
	static const uint32_t ends[] = { 1, 2, 3, 9, 10, 11, 12, 99, 100, 101,
		110, 1000, 1234, 65536, 100000 };

	(void)state;
	for (size_t i = 0; i < LEN(ends); i++) {
		struct serial plain = serial_form(slice_of("C1"));
		struct serial padded = serial_form(slice_of("C000001"));
		char before[16] = "", text[16];
		uint32_t v = serial_first(&plain);

		for (uint32_t k = 1; k < ends[i]; k++) {
			assert_in_range(v, 1, ends[i] - 1);
			sprintf(text, "%u", v);
			assert_true(strcmp(before, text) < 0);
			strcpy(before, text);
			v = serial_next(&plain, v, ends[i]);
		}
		check_runs(&plain, ends[i]);
		check_runs(&padded, ends[i]);
		v = serial_first(&padded);
		for (uint32_t k = 0; k < ends[i]; k++) {
			assert_int_equal(v, k);
			v = serial_next(&padded, v, ends[i]);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_form_is_a_prefix_and_digits),
		cmocka_unit_test(the_number_is_the_one_that_printf_writes),
		cmocka_unit_test(four_numbers_are_each_of_them),
		cmocka_unit_test(numbers_come_in_the_order_of_their_keys),
	};

	return cmocka_run_group_tests_name("serial", tests, NULL, NULL);
}
