/* median: beside sorting, for any numbers. */
#include "check.h"

#include "measure/median.h"

static int
by_value(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
it_is_the_middle_of_the_sorted(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (int run = 0; run < 3000; run++) {
		int64_t v[40], w[40];
		size_t n = 1 + check_random(&seed, LEN(v));
		uint32_t range = run % 3 == 0 ? 3 : 1000;

		for (size_t i = 0; i < n; i++)
			v[i] = w[i] = (int64_t)check_random(&seed, range) -
			    range / 2;
		qsort(w, n, sizeof *w, by_value);
		assert_int_equal(median_twice(v, n),
		    w[(n - 1) / 2] + w[n / 2]);
		qsort(v, n, sizeof *v, by_value);
		assert_memory_equal(v, w, n * sizeof *v);
	}
}

static void
a_percentile_is_the_nearest_rank(void **state)
{
	static const struct {
		int n, percent, want; /* of 1..n */
	} cases[] = { { 1, 90, 1 }, { 9, 90, 9 }, { 10, 90, 9 },
		{ 11, 90, 10 }, { 20, 90, 18 }, { 100, 1, 1 },
		{ 30, 100, 30 }, { 4, 50, 2 } };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		int64_t v[100];

		for (int k = 0; k < cases[i].n; k++)
			v[(k * 7 + 3) % cases[i].n] = k + 1;
		assert_int_equal(median_percentile(v, (size_t)cases[i].n,
		    cases[i].percent), cases[i].want);
	}
}

static void
parts_are_those_of_the_sorted(void **state)
{
	uint64_t seed = 11;

	(void)state;
	for (int run = 0; run < 3000; run++) {
		size_t n = 1 + check_random(&seed, 40);
		size_t parts = 2 + check_random(&seed, 6);
		int64_t v[40], w[40], least[7];

		for (size_t i = 0; i < n; i++)
			v[i] = w[i] = (int64_t)check_random(&seed,
			    run % 3 == 0 ? 3 : 1000) - 500;
		qsort(w, n, sizeof *w, by_value);
		median_parts(least, v, n, parts);
		for (size_t i = 1; i < parts; i++) {
			size_t at = 0;

			while ((at + 1) * parts < i * n)
				at++;
			assert_int_equal(least[i - 1], w[at]);
		}
	}
}

static void
risen_fallen_and_equal_numbers_are_no_trouble(void **state)
{
	enum { MANY = 100000 };
	int64_t *v = calloc(MANY, sizeof *v);

	(void)state;
	for (int64_t i = 0; i < MANY; i++)
		v[i] = i;
	assert_int_equal(median_twice(v, MANY), MANY - 1);
	for (int64_t i = 0; i < MANY; i++)
		v[i] = MANY - i;
	assert_int_equal(median_twice(v, MANY), MANY + 1);
	for (int64_t i = 0; i < MANY; i++)
		v[i] = 5;
	assert_int_equal(median_twice(v, MANY), 10);
	free(v);
}

static void
days_have_one_decimal(void **state)
{
	static const struct {
		int64_t twice, want;
	} cases[] = {
		{ 0, 0 }, { 2 * 86400, 10 }, { 86400, 5 },
		{ 8639, 0 }, { 8640, 1 }, { 25919, 1 }, { 25920, 2 },
		{ -8640, -1 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		assert_int_equal(median_days(cases[i].twice), cases[i].want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_the_middle_of_the_sorted),
		cmocka_unit_test(a_percentile_is_the_nearest_rank),
		cmocka_unit_test(parts_are_those_of_the_sorted),
		cmocka_unit_test(risen_fallen_and_equal_numbers_are_no_trouble),
		cmocka_unit_test(days_have_one_decimal),
	};

	return cmocka_run_group_tests_name("median", tests, NULL, NULL);
}
