#include "check.h"

#include <stdlib.h>

#include "base/fold.h"
#include "show/wrap.h"

static void
words_go_to_the_next_line(void **state)
{
	static const struct {
		const char *text;
		int at, indent, columns;
		const char *want;
	} cases[] = {
		{ "", 0, 2, 10, "" },
		{ "one two", 0, 2, 10, "one two" },
		{ "one two three", 0, 2, 10, "one two\n  three" },
		{ "one two three", 3, 2, 10, "one two\n  three" },
		{ "one two three", 4, 2, 10, "one\n  two\n  three" },
		{ "three", 6, 2, 10, "\n  three" },
		{ "abcdefghijklm", 0, 2, 10, "abcdefgh\n  ijklm" },
		{ "a  b", 0, 2, 10, "a  b" },
		{ "\xc3\xa4\xc3\xa4\xc3\xa4 \xc3\xa4\xc3\xa4", 0, 0, 6,
		    "\xc3\xa4\xc3\xa4\xc3\xa4 \xc3\xa4\xc3\xa4" },
		/* two columns each */
		{ "\xe4\xb8\xad\xe4\xb8\xad", 0, 0, 3,
		    "\xe4\xb8\xad\n\xe4\xb8\xad" },
		{ "\xe4\xb8\xad\xe4\xb8\xad", 0, 0, 1,
		    "\xe4\xb8\xad\n\xe4\xb8\xad" },
		{ "ab", 2, 2, 2, "a\n  b" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct buf got = { 0 };

		wrap_text(&got, slice_of(cases[i].text), cases[i].at,
		    cases[i].indent, cases[i].columns);
		assert_string_equal(buf_text(&got), cases[i].want);
		buf_free(&got);
	}
}

/* No letter is lost, and no line is too wide. */
static void
any_text_fits(void **state)
{
	static const char *const piece[] = { " ", "a", "word", "\xc3\xa4",
		"\xe4\xb8\xad", "e\xcc\x81", "longer-than-that" };
	uint64_t seed = 3;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct buf text = { 0 }, got = { 0 };
		int indent = (int)check_random(&seed, 5);
		char *rest, *line, *from;

		for (uint32_t k = check_random(&seed, 30); k > 0; k--)
			buf_str(&text, piece[check_random(&seed,
			    LEN(piece))]);
		wrap_text(&got, buf_all(&text), 0, indent, 12);
		from = text.len > 0 ? text.at : NULL;
		for (char *p = got.at; p != NULL && *p != '\0'; p++) {
			if (*p == ' ' || *p == '\n')
				continue;
			from += strspn(from, " ");
			assert_int_equal(*p, *from++);
		}
		assert_true(from == NULL || from[strspn(from, " ")] == '\0');
		rest = got.at;
		while (rest != NULL && (line = strsep(&rest, "\n")) != NULL) {
			size_t n = strlen(line);

			while (n > 0 && line[n - 1] == ' ')
				n--;
			if (fold_width((struct slice){ line, n }) > 12)
				fail_msg("%s", line);
		}
		buf_free(&text);
		buf_free(&got);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_go_to_the_next_line),
		cmocka_unit_test(any_text_fits),
	};

	return cmocka_run_group_tests_name("wrap", tests, NULL, NULL);
}
