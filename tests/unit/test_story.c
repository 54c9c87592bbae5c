/* story, hits: events of one customer, and of his threads, by hand. */
#include "check.h"

#include "measure/hits.h"
#include "measure/story.h"
#include "runs.h"

static const int column[] = { EVENT_TIME, EVENT_CUSTOMER, EVENT_KIND,
	EVENT_VALUE, EVENT_REF };

static struct story *
run(struct story_how *how, const char *const *row, size_t rows, size_t files,
    int threads)
{
	struct use u = { &story_measure, how, NULL };
	struct journal j;

	how->column = column;
	how->columns = LEN(column);
	runs_go(&j, &u, 1, row, rows, files, threads);
	journal_close(&j);
	story_sort(u.state);
	return u.state;
}

static void
done(struct story *s)
{
	story_free(s);
	free(s);
}

static void
events_of_one_come_by_time_kind_and_bytes(void **state)
{
	static const char *const row[] = {
		"2026-03-01\tC1\tin\t\t\n",
		"2026-01-01\tC2\tin\t\t\n",
		"2026-01-01\tC1\torder\t5\tB\n",
		"2026-01-01\tC1\torder\t5\tA\n",
		"2026-01-01\tC1\tvisit\t\t\n",
		"2026-01-01\t\tweb\t\t\n",
	};
	static const char *const want[] = { "visit", "order", "order", "in" };
	struct story_how how = { .customer = { "C1", 2 } };
	struct story *s = run(&how, row, LEN(row), 2, 2);

	(void)state;
	assert_int_equal(s->n, LEN(want));
	for (size_t i = 0; i < LEN(want); i++)
		assert_true(slice_is(story_field(s, i, EVENT_KIND), want[i]));
	assert_true(slice_is(story_field(s, 1, EVENT_REF), "A"));
	assert_int_equal(story_field(s, 1, EVENT_TEXT).len, 0);
	assert_int_equal(s->event[1].value, 50000);
	assert_int_equal(s->event[3].value, EVENT_NO_VALUE);
	done(s);
}

/* C1 has cases A and B, the deal A and a task; others do things to them, and
 * to what is theirs alone. */
static void
a_table_has_his_events_and_those_of_others_in_his_threads(void **state)
{
	static const char *const row[] = {
		"2026-01-01\tC1\tcomplaint\t\tA\n",
		"2026-01-02\tC2\tsolve\t\tA\n",
		"2026-01-03\tC2\tcomplaint\t\tX\n", /* a case of hers */
		"2026-01-03\tC2\tlost\t\tA\n", /* no deal of his yet */
		"2026-01-04\tC1\tdeal\t10\tB\n",
		"2026-01-05\tC2\twon\t\tB\n",
		"2026-01-05\tC2\tsolve\t\tB\n", /* a deal is no case */
		"2026-01-06\tC1\ttodo\t\t\n", /* no ref, no thread */
		"2026-01-06\tC2\tdone\t\t\n",
		"2026-01-07\tC1\tsent\t\tS\n", /* campaigns are not his */
		"2026-01-07\tC2\tsent\t\tS\n",
		"2026-01-08\tC1\tin\t\t\n",
		"2026-01-09\tC2\tcontract\t5\tK\n",
		"2026-01-10\tC1\tcontract\t5\tK\n",
	};
	static const int want[] = { 0, 1, 4, 5, 7, 9, 11, 12, 13 };
	struct story_how how = { .customer = { "C1", 2 }, .threads = true };

	(void)state;
	for (size_t files = 1; files <= 7; files += 3) {
		struct story *s = run(&how, row, LEN(row), files, 2);
		struct buf table = { 0 };
		size_t lines = 0;

		story_table(s, &table);
		for (size_t i = 0; i < table.len; i++)
			lines += table.at[i] == '\n';
		assert_int_equal(lines, LEN(want));
		for (size_t i = 0; i < LEN(want); i++)
			assert_non_null(strstr(buf_text(&table),
			    row[want[i]]));
		buf_free(&table);
		done(s);
	}
}

static const int with_text[] = { EVENT_KIND, EVENT_TEXT, EVENT_REF,
	EVENT_TIME, EVENT_CUSTOMER };

static void
what_others_wrote_is_left_out_unless_asked_for(void **state)
{
	static const char *const row[] = {
		"2026-01-01\tC1\trequest\t\tA\n",
		"2026-01-02\tC2\tsolve\t\tA\n",
	};
	struct story_how how = { .customer = { "C1", 2 } };
	struct use u = { &story_measure, &how, NULL };
	struct story *s = run(&how, row, LEN(row), 1, 1);
	struct buf table = { 0 };
	struct input *in;
	struct journal j;
	struct err e = { 0 };

	(void)state;
	story_table(s, &table);
	assert_string_equal(buf_text(&table), row[0]);
	buf_clear(&table);
	done(s);
	how.threads = true;
	in = place_input("test", "time\tcustomer\tkind\tref\ttext\n"
	    "2026-01-01\tC1\trequest\tA\tplease\n"
	    "2026-01-02\tC2\tsolve\tA\tthere you are\n");
	assert_true(journal_open(&j, &in, 1, &e));
	how.column = with_text;
	how.columns = LEN(with_text);
	assert_true(journal_run(&j, &u, 1, &e));
	story_table(u.state, &table);
	assert_string_equal(buf_text(&table), "request\tplease\tA\t2026-01-01\t"
	    "C1\nsolve\t\tA\t2026-01-02\tC2\n");
	buf_free(&table);
	use_free(&u);
	journal_close(&j);
}

static void
the_latest_answer_is_the_lowest_of_its_time(void **state)
{
	static const char *const row[] = {
		"2026-01-01\tC1\tnps\t2\t\n", "2026-01-02\tC1\tnps\t9\t\n",
		"2026-01-02\tC1\tnps\t10\t\n", "2026-01-03\tC1\tcsat\t5\t\n",
	};
	struct story_how how = { .customer = { "C1", 2 } };
	struct story *s = run(&how, row, LEN(row), 2, 1);

	(void)state;
	assert_int_equal(s->event[story_latest(s, KIND_NPS)].value, 90000);
	assert_int_equal(s->event[story_latest(s, KIND_CSAT)].value, 50000);
	assert_int_equal(story_latest(s, KIND_CES), s->n);
	assert_int_equal(story_latest(s, KIND_NONE), s->n);
	done(s);
}

enum { ROWS = 400 };

/* Random rows in a buffer of pointers. */
static void
make_rows(char text[ROWS][RUNS_ROW], const char **row, uint64_t *seed)
{
	static const char *const kind[] = { "complaint", "request", "solve",
		"reopen", "deal", "won", "lost", "todo", "done", "in" };
	char time[32];

	for (size_t i = 0; i < ROWS; i++) {
		snprintf(text[i], RUNS_ROW, "%s\tC%u\t%s\t\tR%u\n",
		    runs_time(time, seed), check_random(seed, 4),
		    kind[check_random(seed, LEN(kind))],
		    check_random(seed, 30));
		row[i] = text[i];
	}
}

static void
rows_in_any_order_split_anywhere_tell_the_same_story(void **state)
{
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];
	uint64_t seed = 7;

	(void)state;
	for (int round = 0; round < 20; round++) {
		struct story_how how = { .customer = { "C1", 2 } };
		struct story *a, *b;

		make_rows(text, row, &seed);
		a = run(&how, row, ROWS, 1, 1);
		runs_shuffle(row, ROWS, &seed);
		b = run(&how, row, ROWS, 1 + (size_t)round % 5, 1 + round % 3);
		assert_int_equal(a->n, b->n);
		assert_true(a->n > ROWS / 8);
		for (size_t i = 0; i < a->n; i++)
			assert_true(slice_eq(
			    rows_line(&a->rows, a->event[i].row),
			    rows_line(&b->rows, b->event[i].row)));
		done(a);
		done(b);
	}
}

static void
take(void *ctx, const struct batch *b, const struct event *v)
{
	buf_slice(ctx, event_field(b, v, EVENT_REF));
}

static void
hits_are_counted_and_handed_on_within_their_window(void **state)
{
	static const char *const row[] = {
		"2026-01-31T23:59:59Z\tC1\tin\t\ta\n",
		"2026-02-01\tC1\tin\t\tb\n", "2026-02-02\tC1\tin\t\tc\n",
		"2026-03-01\tC1\tin\t\td\n",
	};
	struct buf met = { 0 };
	struct hits_how how = { .window = { 1769904000, 1772323200 },
		.take = take, .ctx = &met };
	struct use u = { &hits_measure, &how, NULL };
	struct journal j;

	(void)state;
	runs_go(&j, &u, 1, row, LEN(row), 1, 1);
	assert_int_equal(((struct hits *)u.state)->n, 2);
	assert_string_equal(buf_text(&met), "bc");
	use_free(&u);
	journal_close(&j);
	how.take = NULL;
	runs_go(&j, &u, 1, row, LEN(row), 4, 2);
	assert_int_equal(((struct hits *)u.state)->n, 2);
	use_free(&u);
	journal_close(&j);
	buf_free(&met);
}

enum { MANY = 100000 };

static void
add_line(void *ctx, struct slice line)
{
	buf_slice(ctx, line);
	buf_byte(ctx, '\n');
}

/* The rows kept by so many threads, in the order in which they are given. */
static bool
kept(const char *const *row, size_t files, int threads, size_t most,
    struct buf *rows)
{
	struct hits_how how = { WINDOW_ALL, NULL, NULL, most, column,
		LEN(column) };
	struct use u = { &hits_measure, &how, NULL };
	struct journal j;
	bool full;

	runs_threads(&j, &u, 1, row, MANY, files, threads);
	full = ((struct hits *)u.state)->full;
	assert_int_equal(((struct hits *)u.state)->n, MANY);
	hits_sorted(u.state, add_line, rows);
	use_free(&u);
	journal_close(&j);
	return !full;
}

static void
hits_are_kept_in_the_order_of_the_files(void **state)
{
	char (*text)[RUNS_ROW] = malloc(MANY * sizeof *text);
	const char **row = malloc(MANY * sizeof *row);
	struct buf want = { 0 }, one = { 0 }, two = { 0 }, none = { 0 };

	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		snprintf(text[i], RUNS_ROW, "2026-01-01\tC%zu\tin\t\t\n", i);
		row[i] = text[i];
		buf_str(&want, text[i]);
	}
	assert_true(kept(row, 1, 4, SIZE_MAX, &one));
	assert_string_equal(buf_text(&one), buf_text(&want));
	buf_clear(&one);
	assert_true(kept(row, 3, 1, SIZE_MAX, &one));
	assert_true(kept(row, 3, 4, SIZE_MAX, &two));
	assert_string_equal(buf_text(&one), buf_text(&two));
	assert_false(kept(row, 1, 4, 1000, &none));
	assert_int_equal(none.len, 0);
	buf_free(&want);
	buf_free(&one);
	buf_free(&two);
	buf_free(&none);
	free(row);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_of_one_come_by_time_kind_and_bytes),
		cmocka_unit_test(
		    a_table_has_his_events_and_those_of_others_in_his_threads),
		cmocka_unit_test(
		    what_others_wrote_is_left_out_unless_asked_for),
		cmocka_unit_test(the_latest_answer_is_the_lowest_of_its_time),
		cmocka_unit_test(
		    rows_in_any_order_split_anywhere_tell_the_same_story),
		cmocka_unit_test(
		    hits_are_counted_and_handed_on_within_their_window),
		cmocka_unit_test(hits_are_kept_in_the_order_of_the_files),
	};

	return cmocka_run_group_tests_name("story", tests, NULL, NULL);
}
