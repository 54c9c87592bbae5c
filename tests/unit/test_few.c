/* few: the numbers that the map gives, whatever came in between. */
#include "check.h"

#include <stdio.h>

#include "base/few.h"

enum { WORDS = 400, LENGTHS = 20 };

/* Words of all lengths around the longest, many more than there are
 * places, which the map has in the order in which they came first. */
static void
numbers_are_those_of_the_map(void **state)
{
	struct few few = { 0 };
	struct map by_few = { 0 }, alone = { 0 };
	uint64_t seed = 11;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		size_t len = check_random(&seed, LENGTHS);
		char word[32];
		struct slice s = { word, len };

		snprintf(word, sizeof word, "%020u",
		    check_random(&seed, i % 2 ? 5 : WORDS));
		memmove(word, word + 20 - len, len);
		assert_int_equal(few_add(&few, &by_few, s),
		    map_add(&alone, s));
	}
	assert_int_equal(by_few.len, alone.len);
	for (uint32_t i = 0; i < alone.len; i++)
		assert_true(slice_eq(map_key(&by_few, i),
		    map_key(&alone, i)));
	map_free(&by_few);
	map_free(&alone);
}

/* A NUL at the end is a byte like any other. */
static void
words_that_begin_alike_differ(void **state)
{
	static const char text[] = "web\0web\0x";
	struct few few = { 0 };
	struct map map = { 0 };

	(void)state;
	for (int again = 0; again < 2; again++)
		for (size_t len = 0; len < sizeof text; len++)
			assert_int_equal(few_add(&few, &map,
			    (struct slice){ text, len }), len);
	map_free(&map);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_those_of_the_map),
		cmocka_unit_test(words_that_begin_alike_differ),
	};

	return cmocka_run_group_tests_name("few", tests, NULL, NULL);
}
