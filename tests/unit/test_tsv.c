/* tsv, head - tables row by row, columns by name, mistakes by line. */
#include "check.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "table/head.h"
#include "table/tsv.h"

static struct input *
file_of(struct slice text, struct err *e)
{
	int fd = memfd_create("test", 0);

	assert_int_equal(write(fd, text.at, text.len), text.len);
	lseek(fd, 0, SEEK_SET);
	return input_fd(fd, "t.tsv", 0, e);
}

/* All rows as `line:field|field;` and then the errors. */
static void
read_all(struct buf *to, struct slice text)
{
	struct tsv t = { 0 };

	if (tsv_open(&t, file_of(text, &t.err)))
		while (tsv_next(&t)) {
			buf_fmt(to, "%ju:", (uintmax_t)t.line);
			for (size_t c = 0; c < t.head.cols; c++) {
				struct slice alone = tsv_alone(&t, (int)c);

				buf_str(to, c > 0 ? "|" : "");
				buf_slice(to, tsv_field(&t, (int)c));
				assert_true(slice_eq(alone,
				    tsv_field(&t, (int)c)));
			}
			buf_str(to, ";");
			if (slice_is(tsv_field(&t, 0), "bad"))
				tsv_bad(&t, 0, "not good");
		}
	assert_int_equal(tsv_ok(&t), t.err.status == CRM_OK);
	buf_str(to, t.err.text);
	tsv_close(&t);
}

static void
tables_are_read_as_they_are_meant(void **state)
{
	static const struct {
		const char *text, *rows;
	} cases[] = {
		{ "a\tb\n1\t2\n3\t4\n", "2:1|2;3:3|4;" },
		{ "a\tb\n1\t2", "2:1|2;" },                  /* no final LF */
		{ "a\tb\r\n1\t2\r\n3\t4\n", "2:1|2;3:3|4;" },
		{ "\357\273\277a\tb\n1\t2\n", "2:1|2;" },    /* mark */
		{ "a\tb\n", "" },
		{ "a\tb\n1\t2\na\tb\n3\t4\n", "2:1|2;4:3|4;" }, /* cat */
		{ "a\n#x\n\"y\n", "2:#x;3:\"y;" },
		{ "", "t.tsv: empty: the header line is missing" },
		{ "a\ta\n", "t.tsv:1: duplicate column: \"a\"" },
		{ "a\tmy name\n",
		    "t.tsv:1: blank in a column name (is this a table with "
		    "TABs?): \"my name\"" },
		{ "a\t\tb\n", "t.tsv:1: column 2 has no name" },
		{ "\n1\n", "t.tsv:1: the header line is missing" },
		{ "a\tb\\n\n", "t.tsv:1: control character in a column name: "
		    "\"b\\n\"" },
		{ "a\tb\377\n", "t.tsv:1: not UTF-8: \"a\\x09b\\xff\"" },
		{ "a\tb\n1\t2\nx\nbad\t4\ny\n5\t6\n",
		    "2:1|2;4:bad|4;6:5|6;"
		    "t.tsv:3: too few fields: 1, not 2\n"
		    "t.tsv:4: a: not good: \"bad\"\n"
		    "t.tsv:5: too few fields: 1, not 2" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct buf b = { 0 };

		read_all(&b, slice_of(cases[i].text));
		assert_string_equal(buf_text(&b), cases[i].rows);
		buf_free(&b);
	}
}

/* Line numbers hold over many blocks, washed and clean. */
static void
lines_are_counted_over_blocks(void **state)
{
	struct buf text = { 0 }, got = { 0 }, want = { 0 };

	(void)state;
	buf_str(&text, "n\n");
	for (int i = 2; i < 200000; i++) {
		bool odd = i == 70000 || i == 70001 || i == 150000;

		buf_fmt(&text, odd ? "bad\r\n" : "%d\n", i);
		buf_fmt(&want, odd ? "%d:bad;" : "%d:%d;", i, i);
	}
	buf_str(&want, "t.tsv:70000: n: not good: \"bad\"\n"
		       "t.tsv:70001: n: not good: \"bad\"\n"
		       "t.tsv:150000: n: not good: \"bad\"");
	read_all(&got, buf_all(&text));
	assert_true(slice_eq(buf_all(&got), buf_all(&want)));
	buf_free(&text);
	buf_free(&got);
	buf_free(&want);
}

/* Rows one by one, or in whole blocks where that can be: the same rows and
 * the same errors, at the same lines. */
static void
blocks_have_the_rows_that_come_one_by_one(void **state)
{
	struct buf text = { 0 }, got[2] = { { 0 } };
	size_t passed = 0;

	(void)state;
	buf_str(&text, "n\tm\n");
	for (int i = 2; i < 400000; i++)
		buf_str(&text, i == 100000 ? "n\tm\n" : i == 150000 ? "\t\n" :
		    i == 200000 ? "5\tx\r\n" : "7\ty\n");
	for (int way = 0; way < 2; way++) {
		struct tsv t = { 0 };
		struct slice rows;
		size_t before;

		assert_true(tsv_open(&t, file_of(buf_all(&text), &t.err)));
		for (;;) {
			if (way == 1 && tsv_block(&t, &rows)) {
				before = got[way].len;
				buf_slice(&got[way], rows);
				passed += tsv_pass(&t);
				assert_true(got[way].len > before);
			} else if (tsv_next(&t)) {
				buf_slice(&got[way], tsv_line(&t));
				buf_byte(&got[way], '\n');
			} else {
				break;
			}
		}
		assert_int_equal(t.line, 399999);
		assert_string_equal(t.err.text, "t.tsv:150000: blank line");
		tsv_close(&t);
	}
	assert_true(passed > 100000 && passed < 399997);
	assert_true(slice_eq(buf_all(&got[0]), buf_all(&got[1])));
	buf_free(&text);
	buf_free(&got[0]);
	buf_free(&got[1]);
}

static void
columns_are_found_by_name(void **state)
{
	struct head h = { 0 };
	struct err e = { 0 };
	int at = 9;

	(void)state;
	assert_true(head_parse(&h, slice_of("id\tname\tnote"), "x", &e));
	assert_int_equal(head_find(&h, "note"), 2);
	assert_int_equal(head_find(&h, "nam"), -1);
	assert_true(head_need(&h, "x", "name", &at, &e));
	assert_int_equal(at, 1);
	assert_false(head_need(&h, "x", "kind", &at, &e));
	assert_string_equal(e.text, "x:1: missing column: \"kind\"");
	head_free(&h);
}

/* After ten bad rows nothing more is read. */
static void
ten_bad_rows_are_enough(void **state)
{
	struct buf text = { 0 };
	struct tsv t = { 0 };
	int rows = 0;

	(void)state;
	buf_str(&text, "a\n");
	for (int i = 0; i < 100; i++)
		buf_str(&text, "bad\n");
	assert_true(tsv_open(&t, file_of(buf_all(&text), &t.err)));
	for (; tsv_next(&t); rows++)
		tsv_bad(&t, 0, "not good");
	assert_int_equal(rows, ERR_LINES);
	assert_int_equal(t.err.lines, ERR_LINES);
	tsv_close(&t);
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_read_as_they_are_meant),
		cmocka_unit_test(lines_are_counted_over_blocks),
		cmocka_unit_test(blocks_have_the_rows_that_come_one_by_one),
		cmocka_unit_test(columns_are_found_by_name),
		cmocka_unit_test(ten_bad_rows_are_enough),
	};

	return cmocka_run_group_tests_name("tsv", tests, NULL, NULL);
}
