/* pen: rows by any number of threads are those of one. */
#include <errno.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"

#include "base/turns.h"
#include "show/pen.h"

enum { PIECE = 1024, MANY = 20 * PIECE, LONG = 3000 };

static const struct show_column columns[] = {
	{ "n", SHOW_NUMBER, NULL }, { "text", SHOW_TEXT, NULL },
};

/* What rows are of: those from `first` on. */
struct text {
	char at[LONG];
	size_t first;
	atomic_bool *fourth; /* is that piece made, which the first one waits
	                        for?  Or NULL */
};

static struct text
text_of(size_t first)
{
	struct text t = { .first = first };

	memset(t.at, 'x', sizeof t.at);
	return t;
}

static bool
is_there(const struct text *t, size_t i)
{
	return i >= t->first && i % 7 != 3;
}

/* Most pieces are more than a block. */
static struct slice
field(const struct text *t, size_t i)
{
	return (struct slice){ t->at, i % 97 == 0 ? LONG : i % 200 };
}

static void
write_quickly(struct quick *q, const void *text, size_t from, size_t to)
{
	const struct text *t = text;

	for (size_t i = from; i < to; i++)
		if (is_there(t, i)) {
			char *at = quick_int(q, quick_open(q), (int64_t)i);

			quick_close(q, quick_field(q, at, field(t, i)));
		}
	if (t->fourth != NULL && from == 3 * PIECE)
		*t->fourth = true;
	while (t->fourth != NULL && from == 0 && !*t->fourth)
		sched_yield();
}

static void
write_slowly(struct show *to, const struct text *t, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_there(t, i)) {
			show_int(to, (int64_t)i);
			show_field(to, field(t, i));
			show_row(to);
		}
}

/* The answer is malloc'd. */
static char *
written(enum show_format format, const struct text *t, size_t n, bool slowly)
{
	struct show s = { .format = format };
	char *answer;
	size_t len;

	s.to = open_memstream(&answer, &len);
	show_begin(&s, columns, LEN(columns));
	if (slowly)
		write_slowly(&s, t, n);
	else
		pen_rows(&s, n, write_quickly, t);
	show_end(&s);
	fclose(s.to);
	return answer;
}

static void
same(enum show_format format, const struct text *t, size_t n)
{
	char *want = written(format, t, n, true);
	char *got = written(format, t, n, false);

	assert_string_equal(got, want);
	free(want);
	free(got);
}

static void
rows_by_threads_are_those_of_one(void **state)
{
	static const char *const threads[] = { "1", "2", "4" };
	static const size_t rows[] = { 0, 1, PIECE - 1, PIECE, PIECE + 1,
		MANY };
	const struct text t = text_of(0);

	(void)state;
	for (size_t k = 0; k < LEN(threads); k++) {
		setenv("CRM_THREADS", threads[k], true);
		for (size_t i = 0; i < LEN(rows); i++)
			for (int f = SHOW_TSV; f <= SHOW_MD; f++)
				same((enum show_format)f, &t, rows[i]);
	}
	unsetenv("CRM_THREADS");
}

static void
who_is_done_first_waits_for_his_turn(void **state)
{
	atomic_bool fourth = false;
	struct text t = text_of(0);
	char *want = written(SHOW_TSV, &t, MANY, true), *got;

	(void)state;
	setenv("CRM_THREADS", "2", true);
	t.fourth = &fourth;
	got = written(SHOW_TSV, &t, MANY, false);
	assert_string_equal(got, want);
	free(want);
	free(got);
	unsetenv("CRM_THREADS");
}

static void
only_quick_rows_are_for_several(void **state)
{
	const struct show tsv = { .format = SHOW_TSV },
	    json = { .format = SHOW_JSON },
	    seen = { .format = SHOW_TSV, .terminal = true };

	(void)state;
	setenv("CRM_THREADS", "3", true);
	assert_int_equal(pen_hands(&tsv, 100), turns_hands());
	assert_int_equal(pen_hands(&tsv, 2), 2);
	assert_int_equal(pen_hands(&tsv, 0), 0);
	assert_int_equal(pen_hands(&json, 100), 1);
	assert_int_equal(pen_hands(&seen, 100), 1);
	unsetenv("CRM_THREADS");
}

/* Of two threads with four hands: the first has nothing to write. */
static void
it_is_known_why_others_could_not_write(void **state)
{
	atomic_bool fourth = false;
	struct text t = text_of(PIECE);
	struct show s = { .to = fopen("/dev/full", "w") };

	(void)state;
	assert_non_null(s.to);
	t.fourth = &fourth;
	setenv("CRM_THREADS", "2", true);
	show_begin(&s, columns, LEN(columns));
	s.broken = 0;
	pen_rows(&s, 4 * PIECE, write_quickly, &t);
	assert_int_equal(s.broken, ENOSPC);
	show_end(&s);
	fclose(s.to);
	unsetenv("CRM_THREADS");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_by_threads_are_those_of_one),
		cmocka_unit_test(who_is_done_first_waits_for_his_turn),
		cmocka_unit_test(only_quick_rows_are_for_several),
		cmocka_unit_test(it_is_known_why_others_could_not_write),
	};

	return cmocka_run_group_tests_name("pen", tests, NULL, NULL);
}
