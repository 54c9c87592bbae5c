/* append - rows behind a file; marks of loads.  More is in test_store and
 * in tests/fault. */
#include "check.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "table/append.h"

static char home[32];

static int
set_up(void **state)
{
	(void)state;
	strcpy(home, "/tmp/test_append.XXXXXX");
	return mkdtemp(home) == NULL || chdir(home) != 0;
}

static int
tear_down(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", home);
	return chdir("/") != 0 || system(command) != 0;
}

static void
put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void
assert_file(const char *path, const char *want)
{
	char got[256] = "";
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	got[fread(got, 1, sizeof got - 1, f)] = '\0';
	fclose(f);
	assert_string_equal(got, want);
}

static void
rows_go_behind_the_last_whole_one(void **state)
{
	static const struct {
		const char *is, *rows, *want;
		size_t torn;
	} cases[] = {
		{ "a\n1\n", "2\n", "a\n1\n2\n", 0 },
		{ "a\n1\n", "2\n3\n", "a\n1\n2\n3\n", 0 },
		{ "a\n1\nto", "2\n", "a\n1\n2\n", 2 },
		{ "a\n1\nto", "2\n3\n", "a\n1\n2\n3\n", 2 },
		{ "", "2\n", "a\n2\n", 0 },
		{ "torn", "2\n", "a\n2\n", 4 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct err e = { 0 };
		size_t torn = 99;

		put("f", cases[i].is);
		assert_true(append_rows("f", "a", slice_of(cases[i].rows),
		    &torn, &e));
		assert_int_equal(torn, cases[i].torn);
		assert_file("f", cases[i].want);
		assert_int_equal(access("f.undo", F_OK), -1);
	}
}

static void
a_mark_in_the_way_stops_a_load(void **state)
{
	struct err e = { 0 };
	size_t torn;

	(void)state;
	put("f", "a\n1\n");
	put("f.undo", "4\n");
	assert_false(append_rows("f", "a", slice_of("2\n3\n"), &torn, &e));
	assert_string_equal(e.text, "f.undo: File exists");
	assert_file("f", "a\n1\n");
}

static void
loads_are_taken_back_to_the_mark(void **state)
{
	static const struct {
		const char *is, *mark, *want;
		size_t undone;
	} cases[] = {
		{ "a\n1\n2\n3\n", "4\n", "a\n1\n", 4 },
		{ "a\n1\n", "4\n", "a\n1\n", 0 },
		{ "a\n", "4\n", "a\n", 0 },
		{ "a\n1\n2", "4\n", "a\n1\n", 1 },
		{ "a\n1\n", "4", "a\n1\n", 0 },
		{ "a\n1\n", "", "a\n1\n", 0 },
		{ "a\n1\n", "x\n", "a\n1\n", 0 },
		{ "a\n1\n", "-4\n", "a\n1\n", 0 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct err e = { 0 };
		size_t undone = 0;

		put("f", cases[i].is);
		put("f.undo", cases[i].mark);
		assert_true(append_undo("f", &undone, &e));
		assert_int_equal(undone, cases[i].undone);
		assert_file("f", cases[i].want);
		assert_int_equal(access("f.undo", F_OK), -1);
	}
	assert_file("f.torn", "2\n3\n\n2\n");
}

static void
a_mark_of_a_file_that_is_gone_is_an_error(void **state)
{
	struct err e = { 0 };
	size_t undone = 0;

	(void)state;
	put("f.undo", "4\n");
	assert_false(append_undo("f", &undone, &e));
	assert_string_equal(e.text, "f: No such file or directory");
	assert_int_equal(access("f.undo", F_OK), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_go_behind_the_last_whole_one),
		TEST(a_mark_in_the_way_stops_a_load),
		TEST(loads_are_taken_back_to_the_mark),
		TEST(a_mark_of_a_file_that_is_gone_is_an_error),
	};

	return cmocka_run_group_tests_name("append", tests, NULL, NULL);
}
