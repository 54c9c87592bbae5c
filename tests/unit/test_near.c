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

/* A third of the length, at least 1, at most 3. */
static void
longer_words_may_have_more_slips(void **state)
{
	static const struct {
		const char *word, *meant;
		bool near;
	} cases[] = { { "ab", "ac", true }, { "ab", "cd", false },
		{ "abcde", "abcxy", false }, { "abcdef", "abcdxy", true },
		{ "abcdefgh", "abcdexyz", false },
		{ "abcdefghi", "abcdefxyz", true },
		{ "abcdefghijklmnop", "abcdefghijklmnxyzw", false } };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct slice meant = slice_of(cases[i].meant);

		assert_int_equal(near_word(slice_of(cases[i].word), &meant,
		    1).len > 0, cases[i].near);
	}
}

static void
the_nearest_word_wins_and_the_first_of_equals(void **state)
{
	struct slice words[] = { slice_of("name"), slice_of("email"),
		slice_of("phone"), slice_of("postcode"), slice_of("city"),
		slice_of("note"), slice_of("salutation") };
	static const char *const cases[][2] = { { "emial", "email" },
		{ "e-mail", "email" }, { "nole", "note" }, { "nate", "name" },
		{ "nane", "name" }, { "mode", "" }, { "postkode", "postcode" },
		{ "salutatoin", "salutation" }, { "pohne", "phone" },
		{ "xyz", "" }, { "", "" }, { "telephone", "" } };
	char word[NEAR_MAX + 2] = { 0 }, other[NEAR_MAX + 2] = { 0 };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		assert_true(slice_is(near_word(slice_of(cases[i][0]), words,
		    LEN(words)), cases[i][1]));
	memset(word, 'a', NEAR_MAX);
	memset(other, 'a', NEAR_MAX);
	other[0] = 'b';
	words[6] = slice_of(other);
	assert_true(slice_is(near_word(slice_of(word), words, LEN(words)),
	    other));
	word[NEAR_MAX] = 'a';
	assert_int_equal(near_word(slice_of(word), words, LEN(words)).len, 0);
	assert_int_equal(near_distance(slice_of("a"), slice_of(word), 3), 4);
	assert_int_equal(near_word(slice_of("name"), words, 0).len, 0);
}

static void
values_are_told_with_what_was_meant(void **state)
{
	const struct slice words[] = { slice_of("task"), slice_of("reply") };
	char told[NEAR_TOLD], word[NEAR_MAX + 1] = { 0 };
	struct buf text = { 0 };

	(void)state;
	assert_string_equal(near_told(told, slice_of("emial"),
	    slice_of("email")), "\"emial\" (did you mean \"email\"?)");
	assert_string_equal(near_told(told, slice_of("a\033b"), SLICE_EMPTY),
	    "\"a\\x1bb\"");
	memset(word, 1, NEAR_MAX); /* the longest there can be */
	near_told(told, slice_of(word), slice_of(word));
	assert_int_equal(strlen(told),
	    2 * 4 * NEAR_MAX + strlen("\"\" (did you mean \"\"?)"));
	assert_string_equal(near_choice(&text, slice_of("tsak"), words, 2),
	    "\"tsak\" (did you mean \"task\"?)");
	assert_string_equal(near_choice(&text, slice_of("x"), words, 2),
	    "\"x\" (one of: task, reply)");
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(distances_count_the_slips_of_a_typist),
		cmocka_unit_test(longer_words_may_have_more_slips),
		cmocka_unit_test(
		    the_nearest_word_wins_and_the_first_of_equals),
		cmocka_unit_test(values_are_told_with_what_was_meant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
