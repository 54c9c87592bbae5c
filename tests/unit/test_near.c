/* Words that were mistyped, and the ones that were meant. */
#include "check.h"

#include "base/near.h"

static void
distances_count_the_slips_of_a_typist(void **state)
{
	static const struct {
		const char *a, *b;
		int d;
	} cases[] = { { "order", "order", 0 }, { "oder", "order", 1 },
		{ "orderr", "order", 1 }, { "ordar", "order", 1 },
		{ "roder", "order", 1 }, { "Order", "order", 0 },
		{ "", "abc", 3 }, { "abc", "", 3 }, { "", "", 0 },
		{ "ca", "abc", 3 }, { "kitten", "sitting", 3 },
		{ "abcdefgh", "zyxwvuts", 6 } };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct slice a = slice_of(cases[i].a), b = slice_of(cases[i].b);

		assert_int_equal(near_distance(a, b, 5), cases[i].d);
		assert_int_equal(near_distance(b, a, 5), cases[i].d);
	}
}

static void
the_nearest_word_wins_and_the_first_of_equals(void **state)
{
	struct slice words[] = { slice_of("name"), slice_of("email"),
		slice_of("phone"), slice_of("postcode"), slice_of("city"),
		slice_of("note"), slice_of("salutation") };
	static const struct {
		const char *word;
		size_t want;
	} cases[] = { { "emial", 1 }, { "e-mail", 1 }, { "nole", 5 }, { "nate", 0 },
		{ "nane", 0 }, { "mode", 7 }, { "postkode", 3 },
		{ "salutatoin", 6 }, { "pohne", 2 }, { "xyz", 7 },
		{ "", 7 }, { "telephone", 7 } };
	char long_word[NEAR_MAX + 2] = { 0 };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		assert_int_equal(near_of(slice_of(cases[i].word), words,
		    LEN(words)), cases[i].want);
	memset(long_word, 'a', NEAR_MAX + 1);
	words[0] = slice_of(long_word);
	assert_int_equal(near_of(words[0], words, LEN(words)), LEN(words));
	assert_int_equal(near_of(slice_of("name"), words, 0), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(distances_count_the_slips_of_a_typist),
		cmocka_unit_test(
		    the_nearest_word_wins_and_the_first_of_equals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
