/* option - usage lines and help from one table. */
#include "check.h"

#include <stdio.h>

#include "cli/option.h"

static const struct cli_option own[] = {
	{ OPTION_OWN, "strict", NULL, "be strict" },
	{ 'n', "dry-run", NULL, "change nothing" },
	{ 'm', "measure", "WHICH", "which one" },
	{ 'A', "all", NULL, "all of them" },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-try",
	.summary = "try it",
	.operands = "[FILE ...]\nID",
	.options = own,
	.uses = CLI_STORE | CLI_OUT,
	.example = { "crm-try -n", NULL },
};

static void
flags_come_first_then_letters_then_long_names(void **state)
{
	struct option_set set;
	struct buf text = { 0 };

	(void)state;
	option_collect(&set, &spec);
	option_usage(&set, &spec, &text);
	assert_string_equal(buf_text(&text),
	    "usage: crm-try [-An] [-d DIR] [-m WHICH] [-o FORMAT]"
	    " [--color WHEN] [--strict]\n"
	    "               [FILE ...]\n"
	    "       crm-try [-An] [-d DIR] [-m WHICH] [-o FORMAT]"
	    " [--color WHEN] [--strict]\n"
	    "               ID\n");
	buf_free(&text);
}

static void
help_tells_every_option_and_the_examples(void **state)
{
	struct option_set set;
	struct buf text = { 0 };

	(void)state;
	option_collect(&set, &spec);
	option_help(&set, &spec, &text);
	for (size_t i = 0; i < set.n; i++) {
		char line[64];

		snprintf(line, sizeof line, "--%s", set.all[i].name);
		assert_non_null(strstr(buf_text(&text), line));
		assert_non_null(strstr(buf_text(&text), set.all[i].help));
	}
	assert_non_null(strstr(buf_text(&text), "\ntry it\n"));
	assert_non_null(strstr(buf_text(&text), "\n  crm-try -n\n"));
	buf_free(&text);
}

static void
getopt_gets_the_same_options(void **state)
{
	struct option_set set;

	(void)state;
	option_collect(&set, &spec);
	assert_string_equal(set.shorts, "+:And:m:o:");
	for (size_t i = 0; i < set.n; i++) {
		assert_string_equal(set.longs[i].name, set.all[i].name);
		assert_int_equal(set.longs[i].has_arg == required_argument,
		    set.all[i].arg != NULL);
	}
	assert_null(set.longs[set.n].name);
}

static void
a_word_is_an_option_by_letter_or_by_name(void **state)
{
	static const struct {
		const char *word;
		bool is;
	} cases[] = {
		{ "-n", true }, { "-d", true }, { "--dry-run", true },
		{ "--measure=x", true }, { "--as", false }, { "-x", false },
		{ "-nA", false }, { "-n left", false }, { "--dry", false },
		{ "--", false }, { "-", false }, { "", false },
		{ "-5", false }, { "n", false }, { "name=n", false },
	};
	struct option_set set;

	(void)state;
	option_collect(&set, &spec);
	for (size_t i = 0; i < LEN(cases); i++)
		assert_int_equal(option_is(&set, cases[i].word), cases[i].is);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flags_come_first_then_letters_then_long_names),
		cmocka_unit_test(help_tells_every_option_and_the_examples),
		cmocka_unit_test(getopt_gets_the_same_options),
		cmocka_unit_test(a_word_is_an_option_by_letter_or_by_name),
	};

	return cmocka_run_group_tests_name("option", tests, NULL, NULL);
}
