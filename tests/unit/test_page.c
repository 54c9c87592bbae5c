/* page, named: one small answer in every format, by eye. */
#include <stdio.h>

#include "base/date.h"
#include "check.h"
#include "show/named.h"
#include "show/page.h"

static const struct show_column record[] = {
	{ "name", SHOW_TEXT, NULL }, { "n", SHOW_NUMBER, "number" },
	{ "none", SHOW_NUMBER, NULL },
};
static const struct show_column list[] = {
	{ "ref", SHOW_TEXT, "reference" }, { "sum", SHOW_NUMBER, NULL },
};

static void
write_page(struct show *out)
{
	struct page p;

	page_begin(&p, out);
	page_section(&p, "who", "Who", record, LEN(record), false);
	page_field(&p, slice_of("M\xc3\xbc\\tller \\\\ \x1b[1m<b>"));
	page_text(&p, "12.50");
	page_empty(&p);
	page_section(&p, "empty", "Empty", list, LEN(list), true);
	page_section(&p, "rows", "Rows", list, LEN(list), true);
	page_text(&p, "A");
	page_text(&p, "1");
	page_text(&p, "B");
	page_text(&p, "");
	page_end(&p);
}

static void
every_format_says_the_same(void **state)
{
	static const struct {
		enum show_format format;
		const char *want;
	} cases[] = {
		{ SHOW_TABLE, "Who\n"
		    "  name    M\xc3\xbc\\tller \\ \\x1b[1m<b>\n"
		    "  number  12.50\n"
		    "\n"
		    "Rows\n"
		    "reference  sum\n"
		    "A            1\n"
		    "B\n" },
		{ SHOW_MD, "## Who\n\n"
		    "- **name**: M\xc3\xbc\\\\tller \\\\ "
		    "\\\\x1b\\[1m\\<b\\>\n"
		    "- **number**: 12.50\n"
		    "\n## Rows\n\n"
		    "| reference | sum |\n| --- | ---: |\n"
		    "| A | 1 |\n| B |  |\n" },
		{ SHOW_JSON, "{\n"
		    "\"who\":{\"name\":\"M\xc3\xbc\\tller \\\\ "
		    "\\u001b[1m<b>\",\"n\":12.50,\"none\":null},\n"
		    "\"empty\":[],\n"
		    "\"rows\":[\n{\"ref\":\"A\",\"sum\":1},\n"
		    "{\"ref\":\"B\",\"sum\":null}\n]\n}\n" },
		{ SHOW_TSV, "section\tfield\tvalue\n"
		    "who\tname\tM\xc3\xbc\\tller \\\\ \x1b[1m<b>\n"
		    "who\tn\t12.50\nrows\tref\tA\nrows\tsum\t1\n"
		    "rows\tref\tB\n" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct show out = { .format = cases[i].format };
		char *text;
		size_t n;

		out.to = open_memstream(&text, &n);
		write_page(&out);
		fclose(out.to);
		assert_string_equal(text, cases[i].want);
		free(text);
	}
}

static void
values_are_written_by_their_types(void **state)
{
	static const struct show_column column[] = {
		{ "a", SHOW_NUMBER, NULL }, { "b", SHOW_NUMBER, NULL },
		{ "c", SHOW_NUMBER, NULL }, { "d", SHOW_TEXT, NULL },
		{ "e", SHOW_TEXT, NULL },
	};
	struct show out = { .format = SHOW_JSON };
	struct page p;
	char *text;
	size_t n;

	(void)state;
	out.to = open_memstream(&text, &n);
	page_begin(&p, &out);
	page_section(&p, "x", "X", column, LEN(column), true);
	page_int(&p, -7);
	page_fixed(&p, 1234, 2);
	page_money(&p, 199900);
	page_day(&p, 0);
	page_time(&p, 1);
	page_int(&p, 0);
	page_fixed(&p, INT64_MIN, 2);
	page_money(&p, INT64_MIN);
	page_day(&p, DATE_NONE);
	page_time(&p, INT64_MIN);
	page_end(&p);
	fclose(out.to);
	assert_string_equal(text, "{\n\"x\":[\n"
	    "{\"a\":-7,\"b\":12.34,\"c\":19.99,\"d\":\"1970-01-01\","
	    "\"e\":\"1970-01-01T00:00:01Z\"},\n"
	    "{\"a\":0,\"b\":null,\"c\":null,\"d\":\"\",\"e\":\"\"}\n"
	    "]\n}\n");
	free(text);
}

static void
titles_are_bold_where_there_is_colour(void **state)
{
	struct show out = { .format = SHOW_TABLE, .color = true };
	char *text;
	size_t n;

	(void)state;
	out.to = open_memstream(&text, &n);
	write_page(&out);
	fclose(out.to);
	assert_memory_equal(text, "\033[1mWho\033[0m\n", 12);
	free(text);
}

static void
columns_are_figures_by_their_names(void **state)
{
	const struct slice name[] = { { "id", 2 }, { "revenue", 7 },
		{ "n", 1 }, { "note", 4 } };
	char *names;
	struct show_column *column = named_columns(name, LEN(name), &names);

	(void)state;
	for (size_t i = 0; i < LEN(name); i++) {
		assert_string_equal(column[i].name, name[i].at);
		assert_int_equal(column[i].type,
		    i == 1 || i == 2 ? SHOW_NUMBER : SHOW_TEXT);
	}
	free(column);
	free(names);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_says_the_same),
		cmocka_unit_test(values_are_written_by_their_types),
		cmocka_unit_test(columns_are_figures_by_their_names),
		cmocka_unit_test(titles_are_bold_where_there_is_colour),
	};

	return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
