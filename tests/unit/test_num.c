/* Exact numbers: what is read, what is refused, and how it is rounded. */
#include "check.h"

#include <math.h>
#include <stdio.h>

#include "base/num.h"

static void
says(const char *got, const char *want)
{
	if (want == NULL)
		assert_null(got);
	else
		assert_string_equal(got, want);
}

static void
decimals_are_exact_or_refused(void **state)
{
	static const struct {
		const char *s, *bad;
		int64_t v;
	} cases[] = {
		{ "0", NULL, 0 },
		{ "12", NULL, 120000 },
		{ "19.99", NULL, 199900 },
		{ "0.0001", NULL, 1 },
		{ "0.10", NULL, 1000 },
		{ "99999999999999.9999", NULL, NUM_MAX },
		{ "100000000000000", "too large", 0 },
		{ "99999999999999999999999999", "too large", 0 },
		{ "18446744073709551617", "too large", 0 },
		{ "1.00000", "more than 4 decimals", 0 },
		{ "1.000000000000000000000000", "more than 4 decimals", 0 },
		{ "-1", "negative", 0 },
		{ "-0", "negative", 0 },
		{ "-0.5", "negative", 0 },
		{ "--1", "not a number", 0 },
		{ "-", "not a number", 0 },
		{ "", "not a number", 0 },
		{ "007", "not a number", 0 },
		{ "00", "not a number", 0 },
		{ "00.5", "not a number", 0 },
		{ "5.", "not a number", 0 },
		{ "5,", "not a number with a decimal point", 0 },
		{ "1.234,56", "not a number with a decimal point", 0 },
		{ ",5", "not a number", 0 },
		{ ".5", "not a number", 0 },
		{ ".", "not a number", 0 },
		{ "1.2.3", "not a number", 0 },
		{ "1,50", "not a number with a decimal point", 0 },
		{ "1_000", "not a number", 0 },
		{ "nan", "not a number", 0 },
		{ "inf", "not a number", 0 },
		{ "0x1p3", "not a number", 0 },
		{ "1e400", "not a number", 0 },
		{ "4.9E+10", "not a number", 0 },
		{ "+5", "not a number", 0 },
		{ " 5", "not a number", 0 },
		{ "5 ", "not a number", 0 },
		{ "5\xc3\xbc", "not a number", 0 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		int64_t v = 0;

		says(num_dec(slice_of(cases[i].s), &v), cases[i].bad);
		assert_int_equal(v, cases[i].v);
	}
}

static void
sums_are_as_large_as_there_is_room(void **state)
{
	static const struct {
		const char *s, *bad;
		int64_t v;
	} cases[] = {
		{ "0", NULL, 0 },
		{ "19.99", NULL, 199900 },
		{ "100000000000000", NULL, NUM_MAX + 1 },
		{ "922337203685477.5806", NULL, INT64_MAX - 1 },
		/* no sum: that is more than there is room for */
		{ "922337203685477.5807", "too large", 0 },
		{ "922337203685478", "too large", 0 },
		{ "999999999999999.9999", "too large", 0 },
		{ "1000000000000000", "too large", 0 },
		{ "18446744073709551617", "too large", 0 },
		{ "-1", "negative", 0 },
		{ "000000000000001", "not a number", 0 },
		{ "100000000000000.", "not a number", 0 },
		{ "100000000000000.00000", "more than 4 decimals", 0 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		int64_t v = 0;

		says(num_sum(slice_of(cases[i].s), &v), cases[i].bad);
		assert_int_equal(v, cases[i].v);
	}
}

static void
signed_decimals_take_one_minus(void **state)
{
	int64_t v = 0;

	(void)state;
	assert_null(num_signed(slice_of("-19.99"), &v));
	assert_int_equal(v, -199900);
	assert_null(num_signed(slice_of("19.99"), &v));
	assert_int_equal(v, 199900);
	assert_null(num_signed(slice_of("-0.00"), &v));
	assert_int_equal(v, 0);
	says(num_signed(slice_of("--1"), &v), "not a number");
	says(num_signed(slice_of("-"), &v), "not a number");
	says(num_signed(slice_of("-100000000000000"), &v), "too large");
}

static void
whole_numbers_are_plain_and_in_range(void **state)
{
	static const struct {
		const char *s;
		int64_t min, max;
		const char *bad;
		int64_t v;
	} cases[] = {
		{ "0", 0, 10, NULL, 0 },
		{ "10", 0, 10, NULL, 10 },
		{ "-2", -2, 2, NULL, -2 },
		{ "11", 0, 10, "too large", 0 },
		{ "-1", 0, 10, "too small", 0 },
		{ "9223372036854775807", INT64_MIN, INT64_MAX, NULL,
		    INT64_MAX },
		{ "-9223372036854775808", INT64_MIN, INT64_MAX, NULL,
		    INT64_MIN },
		{ "9223372036854775808", INT64_MIN, INT64_MAX, "too large",
		    0 },
		{ "-9223372036854775809", INT64_MIN, INT64_MAX, "too small",
		    0 },
		{ "18446744073709551616", 0, 10, "too large", 0 },
		{ "", 0, 10, "not a whole number", 0 },
		{ "-", 0, 10, "not a whole number", 0 },
		{ "-0", -1, 1, "not a whole number", 0 },
		{ "07", 0, 10, "not a whole number", 0 },
		{ "+7", 0, 10, "not a whole number", 0 },
		{ "7.5", 0, 10, "not a whole number", 0 },
		{ "ten", 0, 10, "not a whole number", 0 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		int64_t v = 0;
		const char *bad = num_int(slice_of(cases[i].s), cases[i].min,
		    cases[i].max, &v);

		says(bad, cases[i].bad);
		if (bad == NULL)
			assert_int_equal(v, cases[i].v);
	}
}

static void
what_is_written_reads_back(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		char text[NUM_TEXT];
		int64_t v = (int64_t)check_random(&seed, 1u << 30) *
			(1 << 29) + check_random(&seed, 1u << 30), back;

		v >>= check_random(&seed, 60);
		v = v > NUM_MAX ? NUM_MAX : v;
		num_money(text, v);
		assert_null(num_dec(slice_of(text), &back));
		assert_int_equal(back, v);
		num_text(text, -v, 4);
		assert_null(num_signed(slice_of(text), &back));
		assert_int_equal(back, -v);
	}
}

static void
halves_round_away_from_zero(void **state)
{
	static const int64_t cases[][3] = { { 1, 2, 1 }, { -1, 2, -1 },
		{ 1, 3, 0 }, { 2, 3, 1 }, { -2, 3, -1 }, { 5, 2, 3 },
		{ 7, 1, 7 }, { 0, 5, 0 }, { INT64_MAX, 1, INT64_MAX },
		{ INT64_MIN, 1, INT64_MIN }, { INT64_MAX, INT64_MAX, 1 },
		{ INT64_MIN, INT64_MAX, -1 },
		{ INT64_MAX / 2, INT64_MAX, 0 },
		{ INT64_MAX / 2 + 1, INT64_MAX, 1 } };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		assert_int_equal(num_div(cases[i][0], cases[i][1]),
		    cases[i][2]);
}

static void
shares_are_hundredths_of_a_per_cent(void **state)
{
	static const int64_t cases[][3] = { { 1, 3, 3333 }, { 2, 3, 6667 },
		{ 1, 1, 10000 }, { 0, 7, 0 }, { -1, 3, -3333 },
		{ 1, 20000, 1 }, { -1, 20000, -1 }, { 1, 20001, 0 },
		{ INT64_MAX, INT64_MAX, 10000 },
		{ INT64_MIN, INT64_MAX, -10000 },
		{ INT64_MAX, 1, INT64_MAX }, { INT64_MIN, 1, INT64_MIN } };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		assert_int_equal(num_share(cases[i][0], cases[i][1]),
		    cases[i][2]);
}

static void
sums_that_do_not_fit_leave_the_sum_alone(void **state)
{
	int64_t sum = INT64_MAX - 1;

	(void)state;
	assert_true(num_add(&sum, 1));
	assert_false(num_add(&sum, 1));
	assert_int_equal(sum, INT64_MAX);
	sum = INT64_MIN;
	assert_false(num_add(&sum, -1));
	assert_int_equal(sum, INT64_MIN);
}

static void
numbers_are_written_with_their_places(void **state)
{
	static const struct {
		int64_t v;
		int places;
		const char *want;
	} cases[] = {
		{ 1234, 2, "12.34" },
		{ -5, 1, "-0.5" },
		{ 0, 0, "0" },
		{ 0, 2, "0.00" },
		{ 5, 6, "0.000005" },
		{ -42, 0, "-42" },
		{ INT64_MIN, 6, "-9223372036854.775808" },
		{ INT64_MIN, 0, "-9223372036854775808" },
		{ INT64_MAX, 4, "922337203685477.5807" },
	};
	static const struct {
		int64_t v;
		const char *want;
	} money[] = { { 199900, "19.99" }, { 199950, "19.995" },
		{ 1, "0.0001" }, { 0, "0.00" }, { -50000, "-5.00" },
		{ -1000, "-0.10" } };
	char text[NUM_TEXT];

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		assert_string_equal(num_text(text, cases[i].v,
		    cases[i].places), cases[i].want);
	for (size_t i = 0; i < LEN(money); i++)
		assert_string_equal(num_money(text, money[i].v),
		    money[i].want);
}

/* 1.115 is stored a little below, 0.285 too: the number that is there is
 * rounded, not the product (112 would come out of a double). */
static void
doubles_are_rounded_as_they_are(void **state)
{
	(void)state;
	assert_int_equal(num_round(1.115, 2), 111);
	assert_int_equal(num_round(0.5, 0), 1);
	assert_int_equal(num_round(-0.5, 0), -1);
	assert_int_equal(num_round(2.5, 0), 3);
	assert_int_equal(num_round(-0.125, 2), -13);
	assert_int_equal(num_round(1e300, 2), INT64_MAX);
	assert_int_equal(num_round(-1e300, 2), INT64_MIN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decimals_are_exact_or_refused),
		cmocka_unit_test(sums_are_as_large_as_there_is_room),
		cmocka_unit_test(signed_decimals_take_one_minus),
		cmocka_unit_test(whole_numbers_are_plain_and_in_range),
		cmocka_unit_test(what_is_written_reads_back),
		cmocka_unit_test(halves_round_away_from_zero),
		cmocka_unit_test(shares_are_hundredths_of_a_per_cent),
		cmocka_unit_test(sums_that_do_not_fit_leave_the_sum_alone),
		cmocka_unit_test(numbers_are_written_with_their_places),
		cmocka_unit_test(doubles_are_rounded_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
