/*
 * resume - a journal read in two parts is the journal; a journal that was
 * changed is not resumed.
 */
#include "check.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "base/buf.h"
#include "crm/resume.h"
#include "table/append.h"
#include "table/grown.h"
#include "place.h"

enum { ROWS = 40 };

/* A header and so many rows; of different lengths, the first are told. */
static void
made(struct buf *to, int rows, size_t *end)
{
	buf_clear(to);
	buf_str(to, "time\tcustomer\tkind\n");
	for (int i = 0; i < rows; i++) {
		buf_fmt(to, "2026-01-01T00:00:%02dZ\tC%.*s\tnote\n", i,
		    1 + i % 5, "12345");
		if (end != NULL)
			end[i] = to->len;
	}
}

static void
put(const char *name, struct slice bytes, int flags)
{
	int fd = open(name, O_WRONLY | O_CREAT | flags, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.at, bytes.len), bytes.len);
	close(fd);
}

static void
gzipped(const char *name, struct slice s)
{
	gzFile f = gzopen(name, "wb");

	assert_int_equal(gzwrite(f, s.at, (unsigned)s.len), s.len);
	gzclose(f);
}

/*
 * Run the files (names end with NULL); from `old` on unless that is NULL.
 * What is noted goes to *new.  Returns the rows read, or -1 if `old` is of
 * no use.
 */
static int64_t
run(const char *const *name, int flags, int64_t began, const struct buf *old,
    struct buf *new)
{
	struct input *in[4];
	struct err e = { 0 };
	struct journal j;
	const char *which;
	size_t n = 0;
	int64_t rows = -1;

	for (; name[n] != NULL; n++)
		assert_non_null(in[n] = input_open(name[n], flags, &e));
	assert_true(journal_open(&j, in, n, &e));
	assert_true(resume_watch(&j, &which));
	if (old == NULL || resume_from(&j, buf_all(old), false, &e)) {
		if (!journal_run(&j, NULL, 0, &e))
			fail_msg("%s", e.text);
		buf_clear(new);
		assert_true(resume_note(&j, began, new));
		rows = (int64_t)j.rows;
	}
	journal_close(&j);
	return rows;
}

static const char *const only_a[] = { "a", NULL };
static const char *const a_and_b[] = { "a", "b", NULL };
static const char *const b_and_a[] = { "b", "a", NULL };

static void
a_store_may_grow_at_any_byte(void **state)
{
	struct buf all = { 0 }, old = { 0 }, new = { 0 }, last = { 0 };
	size_t end[ROWS];

	(void)state;
	made(&all, ROWS, end);
	for (size_t cut = strlen("time\tcustomer\tkind\n"); cut <= all.len;
	    cut++) {
		int before = 0;

		while (before < ROWS && end[before] <= cut)
			before++;
		put("a", (struct slice){ all.at, cut }, O_TRUNC);
		assert_int_equal(run(only_a, INPUT_STORE, 0, NULL, &old),
		    before);
		put("a", (struct slice){ all.at + cut, all.len - cut },
		    O_APPEND);
		assert_int_equal(run(only_a, INPUT_STORE, 0, &old, &new),
		    ROWS - before);
		assert_int_equal(resume_bytes(buf_all(&new)), all.len);
		assert_int_equal(run(only_a, INPUT_STORE, 0, &new, &last), 0);
		assert_int_equal(resume_bytes(buf_all(&last)), all.len);
	}
	buf_free(&all);
	buf_free(&old);
	buf_free(&new);
	buf_free(&last);
}

static void
an_operand_may_only_grow_behind_a_whole_row(void **state)
{
	struct buf all = { 0 }, old = { 0 }, new = { 0 };
	size_t end[ROWS];

	(void)state;
	made(&all, ROWS, end);
	for (size_t less = 0; less <= 1; less++) {
		put("a", (struct slice){ all.at, end[9] - less }, O_TRUNC);
		assert_int_equal(run(only_a, 0, 0, NULL, &old), 10);
		assert_int_equal(run(only_a, 0, 0, &old, &new), 0);
		put("a", (struct slice){ all.at + end[9] - less,
		    all.len - end[9] + less }, O_APPEND);
		assert_int_equal(run(only_a, 0, 0, &old, &new),
		    less == 0 ? ROWS - 10 : -1);
		assert_int_equal(run(only_a, 0, 0, &new, &old),
		    less == 0 ? 0 : -1);
	}
	buf_free(&all);
	buf_free(&old);
	buf_free(&new);
}

static void
another_byte_anywhere_and_it_is_not_resumed(void **state)
{
	struct buf all = { 0 }, old = { 0 }, new = { 0 };

	(void)state;
	made(&all, ROWS, NULL);
	put("a", buf_all(&all), O_TRUNC);
	assert_int_equal(run(only_a, INPUT_STORE, 0, NULL, &old), ROWS);
	for (size_t at = 0; at < all.len; at++) {
		char was = all.at[at];

		if (at < 19 || was == '\n' || was == '\t')
			continue; /* it would be no journal */
		all.at[at] = was == '1' ? '0' : '1';
		put("a", buf_all(&all), 0);
		assert_int_equal(run(only_a, INPUT_STORE, 0, &old, &new), -1);
		all.at[at] = was;
	}
	put("a", (struct slice){ all.at, all.len - 1 }, O_TRUNC);
	assert_int_equal(run(only_a, INPUT_STORE, 0, &old, &new), -1);
	put("a", buf_all(&all), O_TRUNC);
	assert_int_equal(run(only_a, INPUT_STORE, 0, &old, &new), 0);
	buf_free(&all);
	buf_free(&old);
	buf_free(&new);
}

static void
files_may_come_in_any_order_and_new_ones_too(void **state)
{
	struct buf all = { 0 }, old = { 0 }, new = { 0 };

	(void)state;
	made(&all, ROWS, NULL);
	put("a", buf_all(&all), O_TRUNC);
	made(&all, 7, NULL);
	put("b", buf_all(&all), O_TRUNC);
	assert_int_equal(run(only_a, 0, 0, NULL, &old), ROWS);
	assert_int_equal(run(b_and_a, 0, 0, &old, &new), 7);
	assert_int_equal(run(a_and_b, 0, 0, &new, &old), 0);
	assert_int_equal(run(only_a, 0, 0, &new, &old), -1);
	gzipped("b", buf_all(&all));
	assert_int_equal(run(a_and_b, 0, 0, &new, &old), -1);
	assert_int_equal(run(a_and_b, 0, 0, NULL, &old), ROWS + 7);
	assert_int_equal(run(b_and_a, 0, 0, &old, &new), 0);
	gzipped("b", (struct slice){ all.at, 40 }); /* another packing */
	assert_int_equal(run(b_and_a, 0, 0, &new, &old), -1);
	buf_free(&all);
	buf_free(&old);
	buf_free(&new);
}

/* With another hash noted it shows whether the bytes are read. */
static void
what_the_kernel_says_is_old_is_not_read_again(void **state)
{
	struct buf all = { 0 }, old = { 0 }, new = { 0 };
	const size_t hash = offsetof(struct input_mark, hash);
	struct stat st;

	(void)state;
	made(&all, ROWS, NULL);
	put("a", buf_all(&all), O_TRUNC);
	assert_int_equal(stat("a", &st), 0);
	for (int64_t age = RESUME_OLD; age <= RESUME_OLD + 1; age++) {
		assert_int_equal(run(only_a, INPUT_STORE,
		    st.st_ctim.tv_sec + age, NULL, &old), ROWS);
		old.at[hash] = (char)(old.at[hash] ^ 1);
		assert_int_equal(run(only_a, INPUT_STORE, 0, &old, &new),
		    age > RESUME_OLD ? 0 : -1);
	}
	/* touched, and it is read */
	put("a", (struct slice){ all.at, 1 }, 0);
	assert_int_equal(run(only_a, INPUT_STORE, 0, &old, &new), -1);
	old.at[hash] = (char)(old.at[hash] ^ 1);
	assert_int_equal(run(only_a, INPUT_STORE, 0, &old, &new), 0);
	buf_free(&all);
	buf_free(&old);
	buf_free(&new);
}

static void
wrong_rows_are_told_with_their_lines(void **state)
{
	struct buf all = { 0 }, old = { 0 };
	struct err e = { 0 };
	struct input *in;
	struct journal j;
	const char *which;

	(void)state;
	made(&all, ROWS, NULL);
	put("a", buf_all(&all), O_TRUNC);
	assert_int_equal(run(only_a, INPUT_STORE, 0, NULL, &old), ROWS);
	put("a", slice_of("2026-01-01\tC1\tnote\nx\tC1\tnote\n"), O_APPEND);
	in = input_open("a", INPUT_STORE, &e);
	assert_true(journal_open(&j, &in, 1, &e));
	assert_true(resume_watch(&j, &which));
	assert_true(resume_from(&j, buf_all(&old), false, &e));
	assert_false(journal_run(&j, NULL, 0, &e));
	assert_string_equal(e.text, "a:43: time: not a time: \"x\"");
	journal_close(&j);
	buf_free(&all);
	buf_free(&old);
}

static void
notes_that_are_cut_short_are_of_no_use(void **state)
{
	struct buf all = { 0 }, old = { 0 }, new = { 0 };
	size_t len;

	(void)state;
	made(&all, ROWS, NULL);
	put("a", buf_all(&all), O_TRUNC);
	assert_int_equal(run(only_a, INPUT_STORE, 0, NULL, &old), ROWS);
	len = old.len;
	for (old.len = 1; old.len < len; old.len++)
		assert_int_equal(run(only_a, INPUT_STORE, 0, &old, &new), -1);
	buf_free(&all);
	buf_free(&old);
	buf_free(&new);
}

/* Is a journal resumed from here?  *new is its rows. */
static bool
resumes(const struct buf *old, bool last, bool *gains, uint64_t *new)
{
	struct err e = { 0 };
	struct input *in = input_open("a", INPUT_STORE, &e);
	struct journal j;
	const char *which;
	bool good;

	assert_true(journal_open(&j, &in, 1, &e));
	assert_true(resume_watch(&j, &which));
	good = resume_from(&j, buf_all(old), last, &e);
	*gains = resume_gains(&j);
	if (good)
		assert_true(journal_run(&j, NULL, 0, &e));
	*new = j.rows;
	journal_close(&j);
	return good;
}

static void
append(int n)
{
	struct err e = { 0 };
	size_t torn;

	for (int i = 0; i < n; i++)
		assert_true(append_rows("a", "",
		    slice_of("2026-01-01\tC1\tnote\n"), true, &torn, &e));
}

/* A hash that is not that of the bytes tells whether they were read. */
static void
what_has_only_grown_is_not_read_where_nothing_will_be_noted(void **state)
{
	struct buf all = { 0 }, old = { 0 };
	uint64_t new;
	bool gains;
	int dir = open(".", O_RDONLY);
	bool can = grown_can(dir);

	(void)state;
	close(dir);
	buf_str(&all, "time\tcustomer\tkind\n");
	while (all.len < GROWN_LEAST)
		buf_str(&all, "2026-01-01\tC1\tnote\n");
	put("a", buf_all(&all), O_TRUNC);
	append(1);
	run(only_a, INPUT_STORE, 0, NULL, &old);
	append(3);
	assert_true(resumes(&old, false, &gains, &new) && new == 3);
	assert_int_equal(gains, can);
	assert_true(resumes(&old, true, &gains, &new) && new == 3);
	assert_false(can && gains);
	put("a", slice_of("2026-01-01\tC1\tnote\n"), O_APPEND);
	assert_true(resumes(&old, true, &gains, &new) && new == 4 && !gains);
	append(1);
	assert_true(resumes(&old, true, &gains, &new) && new == 5);
	assert_int_equal(gains, can);
	run(only_a, INPUT_STORE, 0, NULL, &old);
	append(1);
	old.at[offsetof(struct input_mark, hash)] ^= 1;
	assert_false(resumes(&old, false, &gains, &new));
	assert_int_equal(resumes(&old, true, &gains, &new), can);
	put("a", slice_of("2026-01-01\tC1\tnote\n"), O_APPEND);
	assert_false(resumes(&old, true, &gains, &new));
	append(1);
	assert_false(resumes(&old, true, &gains, &new));
	buf_free(&all);
	buf_free(&old);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_store_may_grow_at_any_byte),
		cmocka_unit_test(an_operand_may_only_grow_behind_a_whole_row),
		cmocka_unit_test(another_byte_anywhere_and_it_is_not_resumed),
		cmocka_unit_test(files_may_come_in_any_order_and_new_ones_too),
		cmocka_unit_test(
		    what_the_kernel_says_is_old_is_not_read_again),
		cmocka_unit_test(wrong_rows_are_told_with_their_lines),
		cmocka_unit_test(notes_that_are_cut_short_are_of_no_use),
		cmocka_unit_test(
		    what_has_only_grown_is_not_read_where_nothing_will_be_noted),
	};

	return cmocka_run_group_tests_name("resume", tests, place_open,
	    place_close);
}
