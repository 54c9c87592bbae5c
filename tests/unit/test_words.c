/* words - what is value, field and text of a typed event. */
#include "check.h"

#include "crm/words.h"

enum { WORDS = 8 };

static void
words_fall_into_fields_value_and_text(void **state)
{
	/* words; the columns and fields they become */
	static const struct {
		const char *word[WORDS], *head, *row;
	} cases[] = {
		{ { "C1", "note", "a", "b" }, "customer kind text time",
		    "C1|note|a b|NOW" },
		{ { "C1", "note" }, "customer kind time", "C1|note|NOW" },
		{ { "C1", "order", "9.5", "ref=7", "x" },
		    "customer kind value ref text time",
		    "C1|order|9.5|7|x|NOW" },
		{ { "C1", "order", "ref=7", "9.5" },
		    "customer kind ref value time", "C1|order|7|9.5|NOW" },
		{ { "C1", "order", "ten" }, "customer kind value time",
		    "C1|order|ten|NOW" },
		{ { "C1", "in", "ten" }, "customer kind text time",
		    "C1|in|ten|NOW" },
		{ { "C1", "in", "10" }, "customer kind value time",
		    "C1|in|10|NOW" },
		{ { "C1", "in", "10", "11" },
		    "customer kind value text time", "C1|in|10|11|NOW" },
		{ { "C1", "in", "value=10", "11" },
		    "customer kind value text time", "C1|in|10|11|NOW" },
		{ { "C1", "in", "so", "11" }, "customer kind text time",
		    "C1|in|so 11|NOW" },
		{ { "C1", "note", "10" }, "customer kind text time",
		    "C1|note|10|NOW" },
		{ { "C1", "nope", "10" }, "customer kind text time",
		    "C1|nope|10|NOW" },
		{ { "C1", "note", "time=T", "x" },
		    "customer kind time text", "C1|note|T|x" },
		{ { "C1", "note", "text=a=b c" },
		    "customer kind text time", "C1|note|a=b c|NOW" },
		{ { "C1", "note", "so", "a=b" }, "customer kind text time",
		    "C1|note|so a=b|NOW" },
		{ { "C1", "note", "own=1" }, "customer kind own time",
		    "C1|note|1|NOW" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct sheet s = { 0 };
		struct err e = { 0 };
		char *words[WORDS] = { NULL }, got[128] = "";
		int n = 0;

		for (; cases[i].word[n] != NULL; n++)
			words[n] = (char *)(uintptr_t)cases[i].word[n];
		assert_true(words_event(&s, words, n, "NOW", &e));
		for (size_t k = 0; k < s.head.line.len; k++)
			got[k] = s.head.line.at[k] == '\t' ? ' ' :
			    s.head.line.at[k];
		assert_string_equal(got, cases[i].head);
		memset(got, 0, sizeof got);
		for (size_t k = 0; k < rows_line(&s.rows, 0).len; k++)
			got[k] = rows_line(&s.rows, 0).at[k] == '\t' ? '|' :
			    rows_line(&s.rows, 0).at[k];
		assert_string_equal(got, cases[i].row);
		sheet_free(&s);
	}
}

static void
fields_come_before_the_text(void **state)
{
	char c1[] = "C1", note[] = "note", so[] = "so", by[] = "by=max";
	char text[] = "text=x";
	char *words[] = { c1, note, so, by }, *twice[] = { c1, note, text,
		so };
	struct sheet s = { 0 };
	struct err e = { 0 };

	(void)state;
	assert_false(words_event(&s, words, 4, "NOW", &e));
	assert_int_equal(e.status, CRM_USAGE);
	assert_string_equal(e.text, "fields come before the text (or "
	    "text=...): \"by=max\"");
	sheet_free(&s);
	e = (struct err){ 0 };
	assert_false(words_event(&s, twice, 4, "NOW", &e));
	assert_string_equal(e.text, "text: given twice: \"so\"");
	sheet_free(&s);
}

static void
customers_are_fields_behind_an_id(void **state)
{
	static const struct {
		const char *word[WORDS];
		bool id;
		const char *head, *row, *wrong;
	} cases[] = {
		{ { "name=A b", "city=" }, false, "name\tcity", "A b\t", NULL },
		{ { "C1", "name=A" }, true, "id\tname", "C1\tA", NULL },
		{ { "C1" }, true, "id", "C1", NULL },
		{ { "note=a=b\tc" }, false, "note", "a=b\\tc", NULL },
		{ { "name=A", "b" }, false, NULL, NULL,
		    "not FIELD=VALUE: \"b\"" },
		{ { "=A" }, false, NULL, NULL, "not FIELD=VALUE: \"=A\"" },
		{ { "C1", "id=C2" }, true, NULL, NULL,
		    "id: given twice: \"C2\"" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct sheet s = { 0 };
		struct err e = { 0 };
		char *words[WORDS] = { NULL };
		int n = 0;

		for (; cases[i].word[n] != NULL; n++)
			words[n] = (char *)(uintptr_t)cases[i].word[n];
		assert_int_equal(words_customer(&s, words, n, cases[i].id,
		    &e), cases[i].wrong == NULL);
		if (cases[i].wrong == NULL) {
			assert_true(slice_is(s.head.line, cases[i].head));
			assert_true(slice_is(rows_line(&s.rows, 0),
			    cases[i].row));
		} else {
			assert_string_equal(e.text, cases[i].wrong);
		}
		sheet_free(&s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_fall_into_fields_value_and_text),
		cmocka_unit_test(fields_come_before_the_text),
		cmocka_unit_test(customers_are_fields_behind_an_id),
	};

	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
