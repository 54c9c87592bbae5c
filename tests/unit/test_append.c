/* append - rows behind a file; marks of loads.  More is in test_store and
 * in tests/fault. */
#include "check.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "table/append.h"
#include "place.h"

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

		place_put("f", cases[i].is);
		assert_true(append_rows("f", "a", slice_of(cases[i].rows),
		    false, &torn, &e));
		assert_int_equal(torn, cases[i].torn);
		place_holds("f", cases[i].want);
		assert_int_equal(access("f.undo", F_OK), -1);
	}
}

static void
packed_bytes_are_left_alone(void **state)
{
	static const char *const packed[] = {
		"\x1f\x8b\n...", "\x28\xb5\x2f\xfd\n...",
	};

	(void)state;
	for (size_t i = 0; i < LEN(packed); i++) {
		struct err e = { 0 };
		size_t torn = 99;

		place_put("f", packed[i]);
		assert_true(append_clear("f", &torn, &e));
		assert_int_equal(torn, 0);
		assert_false(append_rows("f", "a", slice_of("2\n"), false,
		    &torn, &e));
		assert_string_equal(e.text,
		    "f: packed: no rows can be added");
		assert_int_equal(e.status, CRM_DATA);
		assert_int_equal(torn, 0);
		place_holds("f", packed[i]);
	}
}

static void
a_mark_in_the_way_stops_a_load(void **state)
{
	struct err e = { 0 };
	size_t torn;

	(void)state;
	place_put("f", "a\n1\n");
	place_put("f.undo", "4\n");
	assert_false(append_rows("f", "a", slice_of("2\n3\n"), false,
	    &torn, &e));
	assert_string_equal(e.text, "f.undo: File exists");
	place_holds("f", "a\n1\n");
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

		place_put("f", cases[i].is);
		place_put("f.undo", cases[i].mark);
		assert_true(append_undo("f", &undone, &e));
		assert_int_equal(undone, cases[i].undone);
		place_holds("f", cases[i].want);
		assert_int_equal(access("f.undo", F_OK), -1);
	}
	place_holds("f.torn", "2\n3\n\n2\n");
}

static void
a_mark_of_a_file_that_is_gone_is_an_error(void **state)
{
	struct err e = { 0 };
	size_t undone = 0;

	(void)state;
	place_put("f.undo", "4\n");
	assert_false(append_undo("f", &undone, &e));
	assert_string_equal(e.text, "f: No such file or directory");
	assert_int_equal(access("f.undo", F_OK), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, place_open, place_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_go_behind_the_last_whole_one),
		TEST(packed_bytes_are_left_alone),
		TEST(a_mark_in_the_way_stops_a_load),
		TEST(loads_are_taken_back_to_the_mark),
		TEST(a_mark_of_a_file_that_is_gone_is_an_error),
	};

	return cmocka_run_group_tests_name("append", tests, NULL, NULL);
}
