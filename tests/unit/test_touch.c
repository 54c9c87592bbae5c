/* touch: first touches by hand, and merged in any grouping. */
#include "check.h"

#include "base/num.h"
#include "measure/touch.h"
#include "runs.h"

enum { ROWS = 300, PEOPLE = 30 };

/* The ref stands for the channel here. */
static struct group by_ref = { .n = 1,
	.key = { { { "ref", 3 }, PERIOD_UNITS, EVENT_REF, -1 } } };
static const struct touch_how all_time = { { INT64_MIN, INT64_MAX }, &by_ref,
	false };

/* Each customer in a line: group, ordered, days, revenue. */
static void
write_people(struct buf *to, const struct touch *s, const struct map *people)
{
	uint32_t *order = map_sorted(people);
	uint32_t *class_of = mem_zero(people->len, sizeof *class_of);
	struct touch_sums sums;
	struct err e = { 0 };

	buf_clear(to);
	for (uint32_t i = 0; i < people->len; i++) {
		struct slice group, id = map_key(people, order[i]);

		if (!touch_counts(s, order[i], &group))
			continue;
		for (uint32_t w = 0; w < people->len; w++)
			class_of[w] = w == order[i] ? 0 : TOUCH_NONE;
		assert_true(touch_count(s, class_of, people->len, &sums, 1,
		    &e));
		buf_fmt(to, "%.*s %.*s %d", (int)id.len, id.at,
		    (int)group.len, group.at, (int)sums.ordered);
		if (sums.ordered > 0)
			buf_fmt(to, " %d %d", (int)sums.days,
			    (int)(sums.revenue / NUM_ONE));
		buf_byte(to, '\n');
	}
	free(order);
	free(class_of);
}

static void
run(struct buf *answer, const struct touch_how *how, const char *const *row,
    size_t rows, size_t files, int threads)
{
	struct use u = { &touch_measure, how, NULL };
	struct journal j;

	runs_go(&j, &u, 1, row, rows, files, threads);
	write_people(answer, u.state, &j.people);
	use_free(&u);
	journal_close(&j);
}

static const char *const some[] = {
	"2026-01-09\tC1\torder\t9\tshop\n",
	"2026-01-05\tC1\torder\t5\tshop\n",
	"2026-01-01\tC1\tnote\t\tnobody\n",
	"2026-01-01\tC1\tcost\t3\tnobody\n",
	"2026-01-02T12:00:00Z\tC1\tweb\t\tpage\n",
	"2026-01-03\tC2\torder\t2\tshop\n",      /* the order is the touch */
	"2026-01-03\tC3\tout\t\tphone\n",        /* in comes before out */
	"2026-01-03\tC3\tin\t\tfair\n",
	"2026-01-03\tC4\tin\t\tweb\n",           /* then bytes */
	"2026-01-03\tC4\tin\t\tfair\n",
	"2026-01-03\tC5\ttodo\t\tx\n",           /* nothing of his own */
	"2026-01-03\t\tweb\t\tpage\n",           /* nobody */
};

static void
the_first_touch_is_the_customers_earliest_event(void **state)
{
	struct buf got = { 0 };

	(void)state;
	for (int i = 1; i < 5; i++) {
		run(&got, &all_time, some, LEN(some), (size_t)i, i);
		assert_string_equal(buf_text(&got),
		    "C1 page 1 25 14\nC2 shop 1 0 2\nC3 fair 0\nC4 fair 0\n");
	}
	buf_free(&got);
}

static void
a_period_is_that_of_the_first_touch(void **state)
{
	const struct touch_how how = { { date_days(2026, 1, 3) *
		INT64_C(86400), INT64_MAX }, NULL, false };
	struct buf got = { 0 };

	(void)state;
	run(&got, &how, some, LEN(some), 1, 1);
	assert_string_equal(buf_text(&got), "C2  1 0 2\nC3  0\nC4  0\n");
	buf_free(&got);
}

static void
classes_are_summed(void **state)
{
	/* C1 and C2; C3 alone; C4 and those without a touch not at all */
	struct use u = { &touch_measure, &all_time, NULL };
	struct touch_sums sums[2];
	struct journal j;
	struct err e = { 0 };
	uint32_t class_of[8];
	struct slice group;

	(void)state;
	runs_go(&j, &u, 1, some, LEN(some), 2, 2);
	assert_true(j.people.len <= LEN(class_of));
	for (uint32_t w = 0; w < j.people.len; w++) {
		struct slice id = map_key(&j.people, w);

		class_of[w] = !touch_counts(u.state, w, &group) ? TOUCH_NONE :
		    slice_is(id, "C3") ? 1 : slice_is(id, "C4") ? TOUCH_NONE
		    : 0;
	}
	assert_true(touch_count(u.state, class_of, j.people.len, sums, 2, &e));
	assert_int_equal(sums[0].customers, 2);
	assert_int_equal(sums[0].ordered, 2);
	assert_int_equal(sums[0].days, 13); /* of 2.5 and 0: 1.25 */
	assert_int_equal(sums[0].revenue, 16 * NUM_ONE);
	assert_int_equal(sums[1].customers, 1);
	assert_int_equal(sums[1].ordered, 0);
	assert_true(sums[1].days == SCORE_NONE);
	use_free(&u);
	journal_close(&j);
}

static void
sums_that_do_not_fit_are_refused(void **state)
{
	static const char *const row[] = {
		"2026-01-09\tC1\torder\t99999999999999\tx\n" };
	const char *many[10];
	struct use u = { &touch_measure, &all_time, NULL };
	struct touch_sums sums;
	struct journal j;
	struct err e = { 0 };
	uint32_t class_of[1] = { 0 };

	(void)state;
	for (size_t i = 0; i < LEN(many); i++)
		many[i] = row[0];
	runs_go(&j, &u, 1, many, LEN(many), 1, 1);
	assert_false(touch_count(u.state, class_of, 1, &sums, 1, &e));
	assert_string_equal(e.text, "revenue: the sum is too large");
	use_free(&u);
	journal_close(&j);
}

static void
random_rows(const char **row, char (*text)[RUNS_ROW], uint64_t *seed)
{
	static const char *const kind[] = { "in", "out", "order", "note",
		"web" };
	char when[32];

	for (int i = 0; i < ROWS; i++) {
		snprintf(text[i], RUNS_ROW, "%s\tC%u\t%s\t%u\tr%u\n",
		    runs_time(when, seed), check_random(seed, PEOPLE),
		    kind[check_random(seed, 5)], 1 + check_random(seed, 9),
		    check_random(seed, 4));
		row[i] = text[i];
	}
}

/* Merge the state of journal b into that of a. */
static void
merge(struct journal *a, struct use *u, const struct journal *b,
    struct use *v)
{
	uint32_t *who = map_join(&a->people, &b->people);
	struct err e = { 0 };

	assert_true(touch_measure.merge(u->state, v->state, who, &e));
	free(who);
}

static void
any_grouping_gives_the_same(void **state)
{
	struct buf want = { 0 }, got = { 0 };
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];
	uint64_t seed = 5;

	(void)state;
	for (int turn = 0; turn < 20; turn++) {
		struct journal j[3];
		struct use u[3];

		random_rows(row, text, &seed);
		run(&want, &all_time, row, ROWS, 1, 1);
		runs_shuffle(row, ROWS, &seed);
		for (size_t i = 0; i < 3; i++) {
			u[i] = (struct use){ &touch_measure, &all_time,
				NULL };
			runs_go(&j[i], &u[i], 1, row + i * (ROWS / 3),
			    ROWS / 3, 1, 1);
		}
		if (turn % 2 == 0) {
			merge(&j[0], &u[0], &j[1], &u[1]);
			merge(&j[0], &u[0], &j[2], &u[2]);
		} else {
			merge(&j[1], &u[1], &j[2], &u[2]);
			merge(&j[0], &u[0], &j[1], &u[1]);
		}
		write_people(&got, u[0].state, &j[0].people);
		assert_string_equal(buf_text(&got), buf_text(&want));
		for (size_t i = 0; i < 3; i++) {
			use_free(&u[i]);
			journal_close(&j[i]);
		}
	}
	buf_free(&want);
	buf_free(&got);
}

/* In parts that are merged, as the first of those with orders. */
static void
touches_are_the_same_alone(void **state)
{
	const struct touch_how alone = { WINDOW_ALL, &by_ref, true };
	struct use u[2] = { { &touch_measure, &all_time, NULL },
		{ &touch_measure, &alone, NULL } };
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];
	uint64_t seed = 9;
	struct journal j;

	(void)state;
	random_rows(row, text, &seed);
	runs_go(&j, u, 2, row, ROWS, 2, 3);
	assert_true(j.people.len > 9);
	for (uint32_t w = 0; w <= j.people.len; w++) {
		struct slice want = SLICE_EMPTY, got = SLICE_EMPTY;
		int64_t then = 0, time = 0;

		assert_int_equal(touch_first(u[1].state, w, &time, &got),
		    touch_first(u[0].state, w, &then, &want));
		assert_int_equal(time, then);
		assert_true(slice_eq(got, want));
	}
	use_free(&u[0]);
	use_free(&u[1]);
	journal_close(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_first_touch_is_the_customers_earliest_event),
		cmocka_unit_test(a_period_is_that_of_the_first_touch),
		cmocka_unit_test(classes_are_summed),
		cmocka_unit_test(sums_that_do_not_fit_are_refused),
		cmocka_unit_test(any_grouping_gives_the_same),
		cmocka_unit_test(touches_are_the_same_alone),
	};

	return cmocka_run_group_tests_name("touch", tests, NULL, NULL);
}
