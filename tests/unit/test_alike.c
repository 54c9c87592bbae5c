#include "check.h"

#define RUNS_HEADER "time\tcustomer\tkind\tvalue\tref\ttopic\n"
#include "measure/alike.h"
#include "runs.h"

enum { ROWS = 300 };

/* Who is like the customer and what they bought besides, as text. */
static void
write_answer(struct buf *to, struct alike *s, const struct map *people,
    const char *id)
{
	uint32_t who = map_find(people, slice_of(id));
	struct alike_customer *a;
	struct alike_topic *t;
	size_t n, m;

	alike_settle(s);
	a = alike_customers(s, people, who, &n);
	t = alike_besides(s, who, a, n, &m);
	buf_clear(to);
	buf_fmt(to, "%u:", (unsigned)alike_topics(s, who));
	for (size_t i = 0; i < n; i++) {
		buf_byte(to, ' ');
		buf_slice(to, map_key(people, a[i].who));
		buf_fmt(to, " %u/%u", (unsigned)a[i].common,
		    (unsigned)a[i].either);
	}
	buf_str(to, " besides");
	for (size_t i = 0; i < m; i++) {
		buf_byte(to, ' ');
		buf_slice(to, t[i].name);
		buf_fmt(to, " %u", (unsigned)t[i].customers);
	}
	free(a);
	free(t);
}

static void
run(struct buf *answer, const char *id, struct window window,
    const char *const *row, size_t rows, size_t files, int threads)
{
	struct alike_how how = { window };
	struct use u = { &alike_measure, &how, NULL };
	struct journal j;

	runs_go(&j, &u, 1, row, rows, files, threads);
	write_answer(answer, u.state, &j.people, id);
	use_free(&u);
	journal_close(&j);
}

/* C1 bought tea, pot and cup.  C2 shares two of 3 + 3 - 2 = 4 topics, C3 one
 * of 3, C4 one of 3 (his second tea counts once), C5 nothing. */
static void
the_part_of_what_either_bought_that_both_bought(void **state)
{
	static const char *const row[] = {
		"2026-01-01\tC1\torder\t9\tA1\ttea\n",
		"2026-01-02\tC1\torder\t9\tA2\tpot\n",
		"2026-01-02\tC1\torder\t9\t\tcup\n",
		"2026-01-03\tC2\torder\t9\tB1\ttea\n",
		"2026-01-03\tC2\torder\t9\tB2\tpot\n",
		"2026-01-03\tC2\torder\t9\tB3\tspoon\n",
		"2026-01-04\tC4\torder\t9\tD1\ttea\n",
		"2026-01-04\tC4\torder\t9\tD2\ttea\n",
		"2026-01-05\tC3\torder\t9\tE1\tcup\n",
		"2026-01-06\tC5\torder\t9\tF1\tspoon\n",
		"2026-01-06\tC5\torder\t9\tF2\t\n",
		"2026-01-07\tC2\trefund\t9\tB2\tmat\n",
	};
	struct buf got = { 0 };

	(void)state;
	run(&got, "C1", WINDOW_ALL, row, LEN(row), 1, 1);
	assert_string_equal(buf_text(&got),
	    "3: C2 2/4 C3 1/3 C4 1/3 besides spoon 1");
	run(&got, "C5", WINDOW_ALL, row, LEN(row), 2, 2);
	assert_string_equal(buf_text(&got),
	    "1: C2 1/3 besides pot 1 tea 1");
	buf_free(&got);
}

static void
items_count_where_an_order_has_their_ref(void **state)
{
	static const char *const row[] = {
		"2026-01-01\tC1\titem\t9\tA1\ttea\n",
		"2026-01-01\tC1\titem\t9\tA1\tpot\n",
		"2026-01-02\tC1\torder\t18\tA1\t\n",
		"2026-01-01\tC2\titem\t9\tD1\ttea\n", /* of a deal */
		"2026-01-01\tC2\tdeal\t9\tD1\toffer\n",
		"2026-01-01\tC2\titem\t9\t\ttea\n", /* of nothing */
		"2026-01-01\tC3\torder\t9\tX1\tpot\n",
	};
	struct buf got = { 0 };

	(void)state;
	run(&got, "C1", WINDOW_ALL, row, LEN(row), 1, 1);
	assert_string_equal(buf_text(&got), "2: C3 1/2 besides");
	run(&got, "C2", WINDOW_ALL, row, LEN(row), 1, 1);
	assert_string_equal(buf_text(&got), "0: besides");
	buf_free(&got);
}

static void
only_what_was_bought_inside_the_window_counts(void **state)
{
	static const char *const row[] = {
		"2026-01-01\tC1\torder\t9\tA1\ttea\n",
		"2026-01-03\tC2\torder\t9\tB1\ttea\n",
		"2026-01-09\tC3\torder\t9\tE1\ttea\n",
	};
	struct window w = { date_days(2026, 1, 1) * DATE_DAY,
		date_days(2026, 1, 9) * DATE_DAY };
	struct buf got = { 0 };

	(void)state;
	run(&got, "C1", w, row, LEN(row), 1, 1);
	assert_string_equal(buf_text(&got), "1: C2 1/1 besides");
	buf_free(&got);
}

static void
random_rows(const char **row, char (*text)[RUNS_ROW], uint64_t *seed)
{
	static const char *const kind[] = { "order", "item", "item", "deal" };
	char when[32];

	for (int i = 0; i < ROWS; i++) {
		snprintf(text[i], RUNS_ROW, "%s\tC%u\t%s\t1\tR%u\tt%u\n",
		    runs_time(when, seed), check_random(seed, 12),
		    kind[check_random(seed, 4)], check_random(seed, 150),
		    check_random(seed, 20));
		row[i] = text[i];
	}
}

static void
neither_order_nor_files_nor_threads_matter(void **state)
{
	struct buf want = { 0 }, got = { 0 };
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];
	uint64_t seed = 7;

	(void)state;
	random_rows(row, text, &seed);
	run(&want, "C3", WINDOW_ALL, row, ROWS, 1, 1);
	for (int i = 0; i < 24; i++) {
		runs_shuffle(row, ROWS, &seed);
		run(&got, "C3", WINDOW_ALL, row, ROWS, 1 + (size_t)i % 8,
		    1 + i % 4);
		assert_string_equal(buf_text(&got), buf_text(&want));
	}
	buf_free(&want);
	buf_free(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_part_of_what_either_bought_that_both_bought),
		cmocka_unit_test(items_count_where_an_order_has_their_ref),
		cmocka_unit_test(
		    only_what_was_bought_inside_the_window_counts),
		cmocka_unit_test(neither_order_nor_files_nor_threads_matter),
	};

	return cmocka_run_group_tests_name("alike", tests, NULL, NULL);
}
