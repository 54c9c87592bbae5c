/* sheet - words and tables, and how their faults are told. */
#include "check.h"

#include <unistd.h>

#include "crm/sheet.h"
#include "place.h"

static void
a_word_is_a_field_if_a_name_comes_first(void **state)
{
	static const struct {
		const char *word, *name, *value;
	} cases[] = {
		{ "name=Anna", "name", "Anna" },
		{ "name=", "name", "" },
		{ "a1_b-c=x=y", "a1_b-c", "x=y" },
		{ "gr\xc3\xb6\xc3\x9f" "e=4", "gr\xc3\xb6\xc3\x9f" "e", "4" },
		{ "=x", NULL, NULL },
		{ "1=x", NULL, NULL },
		{ "1+1=2", NULL, NULL },
		{ "a b=c", NULL, NULL },
		{ "./a=b.tsv", NULL, NULL },
		{ "name", NULL, NULL },
		{ "", NULL, NULL },
		{ "-", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct slice name, value;
		bool is = sheet_word(cases[i].word, &name, &value);

		assert_int_equal(is, cases[i].name != NULL);
		if (is) {
			assert_true(slice_is(name, cases[i].name));
			assert_true(slice_is(value, cases[i].value));
		}
	}
}

static void
words_become_a_row(void **state)
{
	struct sheet s = { 0 };
	struct err e = { 0 };
	struct buf room = { 0 };

	(void)state;
	assert_true(sheet_put(&s, slice_of("id"), slice_of("C1"), &e));
	assert_true(sheet_put(&s, slice_of("note"), slice_of("a\tb\nc\\"),
	    &e));
	assert_true(sheet_done(&s, &e));
	assert_int_equal(s.rows.n, 1);
	assert_int_equal(head_find(&s.head, "note"), 1);
	assert_true(slice_is(rows_field(&s.rows, 0, 1), "a\\tb\\nc\\\\"));
	assert_true(slice_is(sheet_value(&s, 0, 1, &room), "a\tb\nc\\"));
	sheet_bad(&s, 0, "note", "bad", slice_of("\x1b"), &e);
	assert_string_equal(e.text, "note: bad: \"\\x1b\"");
	assert_int_equal(e.status, CRM_DATA);
	sheet_free(&s);
	buf_free(&room);
}

static void
words_that_cannot_be_stored_are_refused(void **state)
{
	static char longest[SHEET_FIELD + 2];
	struct sheet s = { 0 };
	struct err twice = { 0 }, bytes = { 0 }, much = { 0 };

	(void)state;
	memset(longest, 'x', SHEET_FIELD + 1);
	assert_true(sheet_put(&s, slice_of("id"), slice_of("C1"), &twice));
	assert_false(sheet_put(&s, slice_of("id"), slice_of("C2"), &twice));
	assert_string_equal(twice.text, "id: given twice: \"C2\"");
	assert_false(sheet_put(&s, slice_of("a"), slice_of("\xff"), &bytes));
	assert_string_equal(bytes.text, "a: not UTF-8: \"\\xff\"");
	assert_false(sheet_put(&s, slice_of("b"), slice_of(longest), &much));
	assert_non_null(strstr(much.text, "b: longer than 64 KiB: \"xxx"));
	longest[SHEET_FIELD] = '\0';
	assert_true(sheet_put(&s, slice_of("c"), slice_of(longest),
	    &(struct err){ 0 }));
	sheet_free(&s);
}

static void
a_row_over_the_limit_is_refused(void **state)
{
	static char longest[SHEET_FIELD + 1];
	struct sheet s = { 0 };
	struct err e = { 0 };
	char name[3] = "a";

	(void)state;
	memset(longest, 'x', SHEET_FIELD);
	for (int i = 0; i < 16; i++, name[0]++)
		assert_true(sheet_put(&s, slice_of(name), slice_of(longest),
		    &e));
	assert_false(sheet_done(&s, &e));
	assert_string_equal(e.text, "the row is longer than 1 MiB");
	sheet_free(&s);
}

static void
tables_are_read_with_their_lines(void **state)
{
	static const struct slice known[] = { { "id", 2 }, { "name", 4 } };
	struct sheet s;
	struct err e = { 0 };

	(void)state;
	assert_true(sheet_read(&s,
	    place_input("in.tsv", "id\tnmae\nC1\tx\nC2\ty"), &e));
	assert_int_equal(s.rows.n, 2);
	sheet_bad(&s, 1, "nmae", "bad", slice_of("y"), &e);
	assert_string_equal(e.text, "in.tsv:3: nmae: bad: \"y\"");
	e = (struct err){ 0 };
	sheet_unknown_column(&s, 1, known, LEN(known), &e);
	assert_string_equal(e.text, "in.tsv:1: unknown column: \"nmae\" "
	    "(did you mean \"name\"?)");
	e = (struct err){ 0 };
	sheet_unknown_column(&s, 1, known, 1, &e);
	assert_string_equal(e.text, "in.tsv:1: unknown column: \"nmae\"");
	sheet_free(&s);
}

static void
long_fields_of_tables_are_refused(void **state)
{
	struct buf text = { 0 };
	struct sheet s;
	struct err e = { 0 };

	(void)state;
	buf_str(&text, "id\tnote\nC1\t");
	memset(buf_room(&text, SHEET_FIELD + 1), 'x', SHEET_FIELD + 1);
	text.len += SHEET_FIELD + 1;
	buf_byte(&text, '\n');
	assert_false(sheet_read(&s, place_input("in.tsv", buf_text(&text)),
	    &e));
	assert_non_null(strstr(e.text,
	    "in.tsv:2: note: longer than 64 KiB: \"xxx"));
	sheet_free(&s);
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_is_a_field_if_a_name_comes_first),
		cmocka_unit_test(words_become_a_row),
		cmocka_unit_test(words_that_cannot_be_stored_are_refused),
		cmocka_unit_test(a_row_over_the_limit_is_refused),
		cmocka_unit_test(tables_are_read_with_their_lines),
		cmocka_unit_test(long_fields_of_tables_are_refused),
	};

	return cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
}
