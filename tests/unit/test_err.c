/* err - the first failure wins, bad rows stand in order, all is visible. */
#include "check.h"

#include <errno.h>

#include "base/err.h"

static void
the_first_failure_wins(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_false(err_set(&e, CRM_SYS, "disk %s", "full"));
	assert_false(err_set(&e, CRM_DATA, "consequence"));
	assert_false(err_row(&e, 1, "row"));
	assert_int_equal(e.status, CRM_SYS);
	assert_string_equal(e.text, "disk full");
	assert_int_equal(e.lines, 1);
}

static void
bad_rows_stand_in_the_order_of_the_file(void **state)
{
	static const int order[] = { 5, 3, 9, 1, 7, 12, 2, 8, 4, 6, 0, 11, 10 };
	struct err e = { 0 };

	(void)state;
	for (size_t i = 0; i < LEN(order); i++) {
		assert_int_equal(err_full(&e), i >= ERR_LINES);
		assert_false(err_row(&e, (uint64_t)order[i], "r%d", order[i]));
	}
	assert_int_equal(e.status, CRM_DATA);
	assert_int_equal(e.lines, ERR_LINES);
	assert_string_equal(e.text, "r0\nr1\nr2\nr3\nr4\nr5\nr6\nr7\nr8\nr9");
}

static void
hidden_characters_are_made_visible(void **state)
{
	struct err e = { 0 };

	(void)state;
	err_set(&e, CRM_DATA, "a\033[2Jb\nc\177");
	assert_string_equal(e.text, "a\\x1b[2Jb\\x0ac\\x7f");
	e = (struct err){ 0 };
	err_set(&e, CRM_DATA, "\302\233\342\200\256\357\273\277 \377 \303\274");
	assert_string_equal(e.text, "\\xc2\\x9b\\xe2\\x80\\xae"
	    "\\xef\\xbb\\xbf \\xff \303\274");
}

static void
the_longest_lines_fit(void **state)
{
	char longest[5000];
	struct err e = { 0 };

	(void)state;
	memset(longest, '\033', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	for (uint64_t i = 0; i < 12; i++)
		err_row(&e, i, "%s", longest);
	assert_int_equal(e.lines, ERR_LINES);
	assert_true(strlen(e.text) < ERR_TEXT);
}

static void
values_are_shown_short_and_whole(void **state)
{
	static const struct {
		const char *value, *shown;
	} cases[] = {
		{ "", "" },
		{ "abc", "abc" },
		{ "M\303\274ller", "M\303\274ller" },
		{ "a\tb\033", "a\\x09b\\x1b" },
		{ "\377\300x", "\\xff\\xc0x" },        /* not UTF-8 */
		{ "\302\233x", "\\xc2\\x9bx" },        /* C1 control */
		{ "\342\200\256x", "\\xe2\\x80\\xaex" }, /* U+202E */
	};
	char to[ERR_SHOWN], many[200];

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		assert_string_equal(err_shown(to, slice_of(cases[i].value)),
		    cases[i].shown);
	memset(many, 'x', sizeof many);
	err_shown(to, (struct slice){ many, 80 });
	assert_int_equal(strlen(to), 80);
	err_shown(to, (struct slice){ many, 81 });
	assert_string_equal(to + 80, "...");
	/* Never cut inside a character. */
	memcpy(many + 79, "\303\274", 2);
	err_shown(to, (struct slice){ many, 100 });
	assert_string_equal(to + 79, "...");
}

static void
the_system_says_why(void **state)
{
	struct err e = { 0 };

	(void)state;
	errno = ENOENT;
	assert_false(err_sys(&e, "x.tsv"));
	assert_string_equal(e.text, "x.tsv: No such file or directory");
	assert_int_equal(e.status, CRM_SYS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_failure_wins),
		cmocka_unit_test(bad_rows_stand_in_the_order_of_the_file),
		cmocka_unit_test(hidden_characters_are_made_visible),
		cmocka_unit_test(the_longest_lines_fit),
		cmocka_unit_test(values_are_shown_short_and_whole),
		cmocka_unit_test(the_system_says_why),
	};

	return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
