/* rows - a table in memory gives back what was put in. */
#include "check.h"

#include <unistd.h>

#include "base/text.h"
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

/* Field c of a line. */
static struct slice
field_of(struct slice line, int c)
{
	struct slice field = SLICE_EMPTY;

	for (int i = 0; i <= c; i++)
		assert_true(text_part(&line, '\t', &field));
	return field;
}

static void
same_rows(const struct rows *r, const struct rows *want, const int *col)
{
	assert_int_equal(r->n, want->n);
	for (size_t i = 0; i < r->n; i++) {
		struct slice line = rows_line(r, i);
		struct slice whole = rows_line(want, i);

		assert_int_equal(line.at[line.len], '\n');
		for (int c = 0; c < (int)r->cols; c++) {
			struct slice f = field_of(whole, col[c]);

			assert_true(slice_eq(rows_field(r, i, c), f));
			assert_true(slice_eq(field_of(line, c), f));
		}
	}
}

/* Law: picked columns are those of the whole rows, whatever is left out. */
static void
picked_columns_are_those_of_the_row(void **state)
{
	enum { COLS = 40 };
	struct buf text = { 0 };
	uint64_t seed = 12;
	char word[300];

	(void)state;
	for (size_t i = 0; i < sizeof word; i++)
		word[i] = (char)('a' + i % 26);
	for (int c = 0; c < COLS; c++)
		buf_fmt(&text, "c%d%s", c, c < COLS - 1 ? "\t" : "\n");
	for (int i = 0; i < COLS * 300; i++)
		buf_fmt(&text, "%.*s%s", check_random(&seed, 3) == 0 ? 0 :
		    (int)check_random(&seed, i % 1000 == 0 ? 300 : 22),
		    word, (i + 1) % COLS != 0 ? "\t" : "\n");
	for (uint32_t round = 0; round < 30; round++) {
		struct rows all = { .cols = COLS }, some = { .cols = 0 };
		int col[COLS], gap[COLS], at = 0;
		struct tsv t = { 0 };

		for (; at < COLS; at++) {
			gap[some.cols] = (int)check_random(&seed, round + 1);
			at += gap[some.cols];
			if (at < COLS)
				col[some.cols++] = at;
		}
		if (some.cols == 0)
			continue;
		assert_true(tsv_open(&t, place_input("in", buf_text(&text))));
		while (tsv_next(&t)) {
			rows_pick(&some, &t, gap);
			rows_take(&all, &t);
		}
		assert_int_equal(all.n, 300);
		same_rows(&some, &all, col);
		assert_int_equal(rows_number(&some, 299), 301);
		tsv_close(&t);
		rows_free(&all);
		rows_free(&some);
	}
	buf_free(&text);
}

/* Law: nor does it matter how long lines are.  Many are near the length from
 * which on their ends are not kept. */
static void
fields_of_long_lines_are_found(void **state)
{
	static const int all[] = { 0, 1, 2, 3 }, gap[] = { 2, 0 };
	struct rows taken = { .cols = 4 }, added = { .cols = 4 };
	struct rows some = { .cols = 2 };
	struct buf text = { 0 };
	struct tsv t = { 0 };
	uint64_t seed = 13;

	(void)state;
	buf_str(&text, "a\tb\tc\td\n");
	for (int i = 0; i < 300; i++) {
		uint64_t long_one = check_random(&seed, 5);

		for (uint64_t c = 0; c < 4; c++)
			buf_fmt(&text, "%0*d%s", c != long_one ? 2 : ROWS_FAR -
			    13 + (int)check_random(&seed, 20), i % 10,
			    c < 3 ? "\t" : "\n");
	}
	assert_true(tsv_open(&t, place_input("in", buf_text(&text))));
	while (tsv_next(&t)) {
		rows_take(&taken, &t);
		rows_pick(&some, &t, gap);
		rows_add(&added, tsv_line(&t), t.line);
	}
	assert_int_equal(added.n, 300);
	assert_true(slice_eq(rows_all(&taken), rows_all(&added)));
	assert_int_equal(rows_all(&added).len, text.len - 8);
	same_rows(&taken, &added, all);
	same_rows(&added, &added, all);
	same_rows(&some, &added, all + 2);
	tsv_close(&t);
	rows_free(&taken);
	rows_free(&added);
	rows_free(&some);
	buf_free(&text);
}

/* Numbers that are next to each other are not kept one by one. */
static void
each_row_has_the_number_that_it_came_with(void **state)
{
	static const uint64_t number[] = { 5, 6, 7, 9, 10, 3, 3 };
	struct rows r = { .cols = 1 };

	(void)state;
	for (size_t i = 0; i < 3000; i++) {
		rows_add(&r, slice_of("x"), i < LEN(number) ? number[i] : i);
		assert_int_equal(r.number != NULL, i >= 3);
	}
	for (size_t i = 0; i < r.n; i++)
		assert_int_equal(rows_number(&r, i),
		    i < LEN(number) ? number[i] : i);
	rows_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_come_back_as_they_were_added),
		cmocka_unit_test(taken_and_added_rows_are_the_same),
		cmocka_unit_test(picked_columns_are_those_of_the_row),
		cmocka_unit_test(fields_of_long_lines_are_found),
		cmocka_unit_test(each_row_has_the_number_that_it_came_with),
	};

	return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
