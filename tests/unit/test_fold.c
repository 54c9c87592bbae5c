/* Case folding for search and the width of words on a terminal. */
#include "check.h"

#include "base/fold.h"

static void
the_same_word_folds_to_the_same_bytes(void **state)
{
	static const char *const cases[][2] = {
		{ "ABC xyz", "abc xyz" },
		{ "Stra\xc3\x9f" "e", "strasse" },
		{ "STRASSE", "strasse" },
		{ "M\xc3\x9cLLER", "m\xc3\xbcller" },
		{ "Mu\xcc\x88ller", "m\xc3\xbcller" },
		{ "\xce\xa3\xce\xaf\xcf\x83\xcf\x85\xcf\x86\xce\xbf\xcf\x82",
		    "\xcf\x83\xce\xaf\xcf\x83\xcf\x85\xcf\x86\xce\xbf\xcf"
		    "\x83" },
		{ "TITLE", "title" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct buf b = { 0 };

		assert_true(fold_case(&b, slice_of(cases[i][0])));
		assert_string_equal(buf_text(&b), cases[i][1]);
		buf_free(&b);
	}
}

static void
folding_adds_behind_what_is_there(void **state)
{
	struct buf b = { 0 };

	(void)state;
	assert_true(fold_case(&b, slice_of("A")));
	assert_true(fold_case(&b, slice_of("\xc3\x84")));
	assert_true(fold_case(&b, slice_of("Z")));
	assert_string_equal(buf_text(&b), "a\xc3\xa4z");
	buf_free(&b);
}

static void
words_are_letters_and_digits(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" }, { " .,;", "" }, { "a", "a|" },
		{ "the desk (2nd), again!", "the|desk|2nd|again|" },
		{ "\xe2\x80\x9e" "Gr\xc3\xbc\xc3\x9f" "e\xe2\x80\x9c"
		  "\xe2\x80\x93" "x", "Gr\xc3\xbc\xc3\x9f" "e|x|" },
		{ "e\xcc\x81t\xc3\xa9", "e\xcc\x81t\xc3\xa9|" },
		{ "a\x80" "b", "a|b|" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct slice rest = slice_of(cases[i][0]), word;
		struct buf b = { 0 };

		while (fold_word(&rest, &word)) {
			buf_slice(&b, word);
			buf_byte(&b, '|');
		}
		assert_string_equal(buf_text(&b), cases[i][1]);
		buf_free(&b);
	}
}

static void
what_is_not_utf8_is_not_folded(void **state)
{
	static const char *const bad[] = { "a\x80", "\xc0\xaf",
		"\xed\xa0\x80", "\xf4\x90\x80\x80", "ab\xc3" };
	struct buf b = { 0 };

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++)
		assert_false(fold_case(&b, slice_of(bad[i])));
	assert_int_equal(b.len, 0);
	assert_string_equal(buf_text(&b), "");
	buf_free(&b);
}

static void
folding_twice_changes_nothing(void **state)
{
	uint64_t seed = 11;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct buf once = { 0 }, twice = { 0 };
		char s[8];

		for (size_t j = 0; j < sizeof s; j += 2) {
			uint32_t c = 0x80 + check_random(&seed, 0x780);

			s[j] = (char)(0xc0 | c >> 6);
			s[j + 1] = (char)(0x80 | (c & 0x3f));
		}
		assert_true(fold_case(&once, (struct slice){ s, sizeof s }));
		assert_true(fold_case(&twice, buf_all(&once)));
		assert_string_equal(buf_text(&once), buf_text(&twice));
		buf_free(&once);
		buf_free(&twice);
	}
}

static void
widths_are_columns_of_a_terminal(void **state)
{
	static const struct {
		const char *s;
		int width;
	} cases[] = { { "abc", 3 }, { "", 0 }, { "\xc3\xa4\xc3\x9f", 2 },
		{ "u\xcc\x88", 1 }, { "\xe6\x97\xa5\xe6\x9c\xac", 4 },
		{ "\xf0\x9f\x98\x80", 2 }, { "a\xff" "b", 3 } };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		assert_int_equal(fold_width(slice_of(cases[i].s)),
		    cases[i].width);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_word_folds_to_the_same_bytes),
		cmocka_unit_test(folding_adds_behind_what_is_there),
		cmocka_unit_test(words_are_letters_and_digits),
		cmocka_unit_test(what_is_not_utf8_is_not_folded),
		cmocka_unit_test(folding_twice_changes_nothing),
		cmocka_unit_test(widths_are_columns_of_a_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
