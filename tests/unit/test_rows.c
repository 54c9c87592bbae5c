/* rows - a table in memory gives back what was put in. */
#include "check.h"

#include <unistd.h>

#include "table/rows.h"
#include "place.h"

static void
fields_come_back_as_they_were_added(void **state)
{
	struct rows r = { .cols = 3 };

	(void)state;
	rows_add(&r, slice_of("a\t\tbc"), 7);
	rows_add(&r, slice_of("\t\t"), 9);
	assert_int_equal(r.n, 2);
	assert_true(slice_is(rows_field(&r, 0, 0), "a"));
	assert_true(slice_is(rows_field(&r, 0, 1), ""));
	assert_true(slice_is(rows_field(&r, 0, 2), "bc"));
	assert_true(slice_is(rows_field(&r, 1, 2), ""));
	assert_true(slice_is(rows_field(&r, 0, -1), ""));
	assert_true(slice_is(rows_line(&r, 0), "a\t\tbc"));
	assert_true(slice_is(rows_all(&r), "a\t\tbc\n\t\t\n"));
	assert_int_equal(rows_number(&r, 0), 7);
	assert_int_equal(rows_number(&r, 1), 9);
	rows_free(&r);
	assert_int_equal(r.n, 0);
	assert_int_equal(r.cols, 3);
}

/* Law: taking the rows of a table and adding its lines are the same. */
static void
taken_and_added_rows_are_the_same(void **state)
{
	struct rows taken = { .cols = 4 }, added = { .cols = 4 };
	struct buf text = { 0 };
	struct tsv t = { 0 };
	uint64_t seed = 11;

	(void)state;
	buf_str(&text, "a\tb\tc\td\n");
	for (int i = 0; i < 2000; i++)
		for (int c = 0; c < 4; c++)
			buf_fmt(&text, "%.*s%s",
			    (int)check_random(&seed, 9), "abcdefgh",
			    c < 3 ? "\t" : "\n");
	assert_true(tsv_open(&t, place_input("in", buf_text(&text))));
	while (tsv_next(&t)) {
		rows_take(&taken, &t);
		rows_add(&added, tsv_line(&t), t.line);
	}
	assert_int_equal(taken.n, 2000);
	assert_true(slice_eq(rows_all(&taken), rows_all(&added)));
	for (size_t i = 0; i < taken.n; i++) {
		for (int c = 0; c < 4; c++)
			assert_true(slice_eq(rows_field(&taken, i, c),
			    rows_field(&added, i, c)));
		assert_int_equal(rows_number(&taken, i), i + 2);
	}
	tsv_close(&t);
	rows_free(&taken);
	rows_free(&added);
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_come_back_as_they_were_added),
		cmocka_unit_test(taken_and_added_rows_are_the_same),
	};

	return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
