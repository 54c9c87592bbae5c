#include "check.h"

#include <stdio.h>

#include "measure/top.h"

enum { NAMES = 40 };

static void
both_numbers_fall_and_then_names_rise(void **state)
{
	static const struct top_place place[] = {
		{ 1, 9, { "a", 1 }, 0 }, { 5, 1, { "c", 1 }, 1 },
		{ 5, 1, { "b", 1 }, 2 }, { 5, 2, { "z", 1 }, 3 },
		{ -1, 0, { "d", 1 }, 4 },
	};
	static const size_t want[] = { 3, 2, 1, 0 };
	struct top t = { .most = 4 };

	(void)state;
	for (size_t i = 0; i < LEN(place); i++)
		top_put(&t, place[i]);
	assert_int_equal(t.n, 4);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(t.place[i].at, want[i]);
}

static void
none_are_kept_of_none(void **state)
{
	struct top t = { .most = 0 };

	(void)state;
	top_put(&t, (struct top_place){ 1, 1, slice_of("a"), 0 });
	assert_int_equal(t.n, 0);
}

/* The greatest ten, looked for one after the other. */
static void
any_order_keeps_the_same(void **state)
{
	uint64_t seed = 8;

	(void)state;
	for (int round = 0; round < 200; round++) {
		struct top t = { .most = TOP_MOST };
		char name[NAMES][8];
		int64_t by[NAMES];

		for (size_t i = 0; i < NAMES; i++) {
			snprintf(name[i], sizeof name[i], "n%02zu", i);
			by[i] = check_random(&seed, 6);
			top_put(&t, (struct top_place){ by[i], 0,
			    slice_of(name[i]), i });
		}
		for (size_t k = 0; k < t.n; k++) {
			size_t best = 0;

			for (size_t i = 1; i < NAMES; i++)
				if (by[i] > by[best])
					best = i;
			assert_int_equal(t.place[k].at, best);
			by[best] = -1;
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_numbers_fall_and_then_names_rise),
		cmocka_unit_test(none_are_kept_of_none),
		cmocka_unit_test(any_order_keeps_the_same),
	};

	return cmocka_run_group_tests_name("top", tests, NULL, NULL);
}
