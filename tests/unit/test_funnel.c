/* funnel: deals by hand, and the laws of any deals. */
#include "check.h"

#include "base/num.h"
#include "measure/funnel.h"
#include "runs.h"

#define HEADER "time\tcustomer\tkind\tvalue\tref\ttopic\tdue\n"

/* A funnel of a journal, and what it stands on. */
struct made {
	struct journal j;
	struct use use;
	struct stages stages;
	struct funnel funnel;
	struct err err;
};

static struct thread_how keep = { .kinds = FUNNEL_KINDS,
	.columns = FUNNEL_COLUMNS, .grouped = FUNNEL_OPENS };

/* Stages a, b, c. */
static void
make_stages(struct stages *g)
{
	*g = (struct stages){ 0 };
	for (int i = 0; i < 3; i++) {
		map_add(&g->names, (struct slice){ &"abc"[i], 1 });
		g->probability[i] = (i + 1) * 20 * NUM_ONE;
	}
}

static bool
make_funnel(struct made *m, const char *rows, struct window opened)
{
	struct funnel_how how = { &m->stages, opened, INT64_MAX };
	struct buf text = { 0 };
	struct input *in;

	*m = (struct made){ .use = { &thread_measure, &keep, NULL } };
	make_stages(&m->stages);
	buf_str(&text, HEADER);
	buf_str(&text, rows);
	in = place_input("test", buf_text(&text));
	buf_free(&text);
	assert_true(journal_open(&m->j, &in, 1, &m->err));
	assert_true(journal_run(&m->j, &m->use, 1, &m->err));
	thread_sort(m->use.state, &m->j.people, THREAD_BY_REF);
	return funnel_read(&m->funnel, m->use.state, &how, &m->err);
}

static void
unmake(struct made *m)
{
	funnel_free(&m->funnel);
	stages_free(&m->stages);
	use_free(&m->use);
	journal_close(&m->j);
}

static void
make(struct made *m, const char *rows)
{
	if (!make_funnel(m, rows, WINDOW_ALL))
		fail_msg("%s", m->err.text);
}

/* --- one deal ------------------------------------------------------------- */

static void
a_deal_is_what_its_events_say(void **state)
{
	enum { O = FUNNEL_OPEN, W = FUNNEL_WON, L = FUNNEL_LOST };
	static const struct {
		const char *rows;
		int state, stage, furthest;
		unsigned been;
		int64_t value; /* whole units */
	} cases[] = {
		{ "1\tdeal\t5\ta\n", O, 0, 0, 1, 5 },
		{ "1\tdeal\t5\t\n", O, 0, 0, 1, 5 },       /* no stage */
		{ "1\tdeal\t5\tb\n2\tdeal\t\tB\n", O, 1, 1, 2, 5 }, /* none */
		{ "1\tdeal\t5\tc\n2\tdeal\t\t\n", O, 2, 2, 4, 5 }, /* stays */
		{ "1\tdeal\t\ta\n2\tdeal\t\tc\n", O, 2, 2, 5, -1 }, /* skips */
		{ "2\tdeal\t7\tb\n1\tdeal\t5\ta\n", O, 1, 1, 3, 7 }, /* late */
		{ "1\tdeal\t5\tc\n2\tdeal\t5\ta\n", O, 0, 2, 5, 5 }, /* back */
		{ "1\tdeal\t5\ta\n2\twon\t4\t\n", W, 0, 0, 1, 4 },
		{ "1\tdeal\t5\tb\n2\twon\t\t\n", W, 1, 1, 2, 5 },
		{ "1\tdeal\t5\ta\n2\tlost\t\t\n", L, 0, 0, 1, 5 },
		/* opened again after it was lost; and won then */
		{ "1\tdeal\t5\ta\n2\tlost\t\t\n3\tdeal\t\t\n", O, 0, 0, 1, 5 },
		{ "1\tdeal\t5\ta\n2\tlost\t\t\n3\tdeal\t6\tb\n4\twon\t\t\n", W,
		    1, 1, 3, 6 },
		/* the last end counts */
		{ "1\tdeal\t5\ta\n2\tlost\t\t\n3\twon\t9\t\n", W, 0, 0, 1, 9 },
		/* at the same time: deal, won, lost */
		{ "1\tlost\t\t\n1\twon\t\t\n1\tdeal\t5\ta\n", L, 0, 0, 1, 5 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct buf rows = { 0 };
		char copy[200], *line, *rest = copy;
		struct funnel_deal *d;
		struct made m;

		snprintf(copy, sizeof copy, "%s", cases[i].rows);
		while ((line = strsep(&rest, "\n")) != NULL && *line != '\0') {
			char kind[8] = "", value[8] = "", *p = line + 2;

			snprintf(kind, sizeof kind, "%s", strsep(&p, "\t"));
			snprintf(value, sizeof value, "%s", strsep(&p, "\t"));
			buf_fmt(&rows, "2026-01-0%c\tC1\t%s\t%s\tD1\t%s\t\n",
			    line[0], kind, value, p);
		}
		make(&m, buf_text(&rows));
		assert_int_equal(m.funnel.n, 1);
		d = &m.funnel.deal[0];
		assert_int_equal(d->state, cases[i].state);
		assert_int_equal(d->stage, cases[i].stage);
		assert_int_equal(d->furthest, cases[i].furthest);
		assert_int_equal(d->been, cases[i].been);
		assert_true(d->value == (cases[i].value < 0 ? EVENT_NO_VALUE :
		    cases[i].value * NUM_ONE));
		unmake(&m);
		buf_free(&rows);
	}
}

/* In a from the 1st to the 3rd, and from the 4th to the 8th; in b one day;
 * lost for two days, which are in no stage; in c until now. */
static void
time_in_a_stage_is_that_of_all_stays(void **state)
{
	struct funnel_stage row[3];
	struct made m;

	(void)state;
	make(&m,
	    "2026-01-01\tC1\tdeal\t\tD1\ta\t\n"
	    "2026-01-02\tC1\tdeal\t\tD1\ta\t\n"
	    "2026-01-03\tC1\tdeal\t\tD1\tb\t\n"
	    "2026-01-04\tC1\tdeal\t\tD1\ta\t\n"
	    "2026-01-08\tC1\tlost\t\tD1\t\t\n"
	    "2026-01-10\tC1\tdeal\t\tD1\tc\t\n");
	funnel_stages(&m.funnel, 0, 1, row, 3);
	assert_int_equal(row[0].days, 60);
	assert_int_equal(row[0].times, 1);
	assert_int_equal(row[1].days, 10);
	assert_int_equal(row[2].times, 0);
	assert_true(row[2].days == SCORE_NONE);
	unmake(&m);
}

static void
what_is_no_deal_is_left_out_and_told(void **state)
{
	struct made m;

	(void)state;
	make(&m,
	    "2026-01-02\tC1\tdeal\t\tD1\ta\t\n"
	    "2026-01-01\tC1\twon\t\tD1\t\t\n"
	    "2026-01-01\tC2\tdeal\t\tD2\ta\t\n"
	    "2026-01-02\tC1\tdeal\t\tD2\ta\t\n"
	    "2026-01-02\tC1\tlost\t\tD3\t\t\n"
	    "2026-01-02\tC1\tdeal\t\tD4\tc\t\n"
	    "2026-01-03\tC1\tdeal\t\t\tb\t\n"   /* deals of their own */
	    "2026-01-03\tC2\tdeal\t\t\tb\t\n");
	assert_int_equal(m.funnel.n, 3);
	assert_int_equal(m.funnel.odds, 3);
	assert_true(slice_is(m.funnel.odd[0].ref, "D1"));
	assert_int_equal(m.funnel.odd[0].one.len, 0);
	assert_true(slice_is(m.funnel.odd[1].ref, "D2"));
	assert_true(slice_is(m.funnel.odd[1].one, "C2"));
	assert_true(slice_is(m.funnel.odd[1].other, "C1"));
	assert_true(slice_is(m.funnel.odd[2].ref, "D3"));
	unmake(&m);
}

static void
sums_that_do_not_fit_are_refused(void **state)
{
	struct buf rows = { 0 };
	struct made m;

	(void)state;
	for (int i = 0; i < 10; i++)
		buf_fmt(&rows, "2026-01-02\tC1\tdeal\t99999999999999\tD%d\ta\t\n",
		    i);
	assert_false(make_funnel(&m, buf_text(&rows), WINDOW_ALL));
	assert_string_equal(m.err.text, "value: the sum is too large");
	unmake(&m);
	buf_free(&rows);
}

/* --- many deals ----------------------------------------------------------- */

/* Lost from a, b and c, one that skips b, won, open in b; one moved back. */
static const char each[] =
    "2026-01-01\tC1\tdeal\t10\tD1\ta\t\n" "2026-01-03\tC1\tlost\t\tD1\tx\t\n"
    "2026-01-01\tC1\tdeal\t20\tD2\ta\t\n" "2026-01-02\tC1\tdeal\t\tD2\tb\t\n"
    "2026-01-05\tC1\tlost\t\tD2\ty\t\n"
    "2026-01-01\tC1\tdeal\t30\tD3\ta\t\n" "2026-01-05\tC1\tdeal\t\tD3\tc\t\n"
    "2026-01-06\tC1\tlost\t\tD3\tx\t\n"
    "2026-01-01\tC1\tdeal\t40\tD4\ta\t\n" "2026-01-03\tC1\tdeal\t\tD4\tb\t\n"
    "2026-01-05\tC1\tdeal\t\tD4\tc\t\n" "2026-01-11\tC1\twon\t45\tD4\t\t\n"
    "2026-01-01\tC1\tdeal\t50\tD5\tb\t2026-03-31\n"
    "2026-01-01\tC1\tdeal\t60\tD6\tb\t\n" "2026-01-02\tC1\tdeal\t\tD6\ta\t\n"
    "2026-01-04\tC1\tlost\t\tD6\t\t\n";

static void
a_deal_is_lost_from_each_stage(void **state)
{
	static const struct funnel_stage want[] = {
		{ 5, 4, 1, 0, 5, 20 }, /* 2 1 4 2 2 days */
		{ 4, 1, 2, 1, 3, 20 }, /* 3 2 1 days */
		{ 2, 1, 1, 0, 2, 35 }, /* 1 6 days */
	};
	struct funnel_stage row[3];
	struct made m;

	(void)state;
	make(&m, each);
	funnel_stages(&m.funnel, 0, m.funnel.n, row, 3);
	assert_memory_equal(row, want, sizeof want);
	unmake(&m);
}

static void
reasons_come_by_frequency(void **state)
{
	static const struct {
		const char *reason;
		int64_t n, value;
	} want[] = { { "x", 2, 40 }, { "", 1, 60 }, { "y", 1, 20 } };
	struct funnel_reason *r;
	struct made m;
	size_t n;

	(void)state;
	make(&m, each);
	r = funnel_reasons(&m.funnel, 0, m.funnel.n, &n);
	assert_int_equal(n, LEN(want));
	for (size_t i = 0; i < n; i++) {
		assert_true(slice_is(r[i].reason, want[i].reason));
		assert_int_equal(r[i].sum.n, want[i].n);
		assert_int_equal(r[i].sum.value, want[i].value * NUM_ONE);
	}
	free(r);
	unmake(&m);
}

/* One of five won, of four that ended in c one of two. */
static void
shares_are_of_deals_that_ended(void **state)
{
	struct score_part won[3];
	struct made m;

	(void)state;
	make(&m, each);
	funnel_observed(&m.funnel, won, 3);
	assert_int_equal(won[0].part, 1);
	assert_int_equal(won[0].whole, 5);
	assert_int_equal(won[1].part, 1);
	assert_int_equal(won[1].whole, 3);
	assert_int_equal(won[2].part, 1);
	assert_int_equal(won[2].whole, 2);
	unmake(&m);
}

/* 50 deals open, 20 % won, 10000 each, 30 days: 3333.33 a day. */
static void
velocity_is_that_of_the_formula(void **state)
{
	struct buf rows = { 0 };
	struct funnel_sums sums;
	struct made m;

	(void)state;
	for (int i = 0; i < 60; i++)
		buf_fmt(&rows, "2026-01-01\tC1\tdeal\t10000\tD%d\ta\t\n", i);
	for (int i = 0; i < 10; i++)
		buf_fmt(&rows, "2026-01-31\tC1\t%s\t\tD%d\t\t\n",
		    i < 2 ? "won" : "lost", i);
	make(&m, buf_text(&rows));
	sums = funnel_sums(&m.funnel, 0, m.funnel.n);
	assert_int_equal(sums.of[FUNNEL_OPEN].n, 50);
	assert_int_equal(sums.average, 1000000);
	assert_int_equal(sums.velocity, 333333);
	unmake(&m);
	buf_free(&rows);
}

static void
what_has_no_divisor_is_not_said(void **state)
{
	struct funnel_sums sums;
	struct made m;

	(void)state;
	make(&m, "");
	sums = funnel_sums(&m.funnel, 0, 0);
	assert_true(sums.velocity == SCORE_NONE);
	assert_true(sums.average == SCORE_NONE);
	assert_true(sums.cycle == SCORE_NONE);
	unmake(&m);
	/* won at once */
	make(&m, "2026-01-01\tC1\tdeal\t5\tD1\ta\t\n"
	    "2026-01-01\tC1\twon\t5\tD1\t\t\n");
	sums = funnel_sums(&m.funnel, 0, 1);
	assert_int_equal(sums.cycle, 0);
	assert_int_equal(sums.average, 500);
	assert_true(sums.velocity == SCORE_NONE);
	unmake(&m);
}

static void
months_begin_with_what_is_overdue(void **state)
{
	static const struct {
		int32_t year, month;
		int64_t n, value;
	} want[] = { { 0, 0, 1, 1 }, { 2026, 1, 1, 8 }, { 2026, 3, 2, 6 },
		{ 2027, 1, 1, 16 }, { 1, 0, 1, 32 } };
	struct funnel_month *month;
	struct made m;
	size_t n;

	(void)state;
	make(&m,
	    "2026-01-01\tC1\tdeal\t1\tD1\ta\t2026-01-09\n"
	    "2026-01-01\tC1\tdeal\t2\tD2\ta\t2026-03-01\n"
	    "2026-01-01\tC1\tdeal\t4\tD3\tb\t2026-03-31\n"
	    "2026-01-01\tC1\tdeal\t8\tD4\tb\t2026-01-10\n"
	    "2026-01-01\tC1\tdeal\t16\tD5\tb\t2026-01-10\n"
	    "2026-01-02\tC1\tdeal\t\tD5\tb\t2027-01-10\n"
	    "2026-01-02\tC1\tdeal\t32\tD6\tb\t\n"
	    "2026-01-01\tC1\tdeal\t64\tD7\tb\t2026-01-10\n"
	    "2026-01-02\tC1\twon\t\tD7\t\t\n");
	month = funnel_months(&m.funnel, 0, m.funnel.n,
	    date_days(2026, 1, 10), &n);
	assert_int_equal(n, LEN(want));
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(month[i].first, want[i].year > 1
		    ? date_days(want[i].year, want[i].month, 1)
		    : want[i].year == 0 ? FUNNEL_OVERDUE : DATE_NONE);
		assert_int_equal(month[i].sum.n, want[i].n);
		assert_int_equal(month[i].sum.value, want[i].value * NUM_ONE);
	}
	assert_int_equal(month[2].in[0], 2 * NUM_ONE);
	assert_int_equal(month[2].in[1], 4 * NUM_ONE);
	free(month);
	unmake(&m);
}

/* One unit in a stage, chances as fractions: hundredths by paper. */
static void
weights_are_rounded_once(void **state)
{
	static const struct {
		struct score_part chance[3];
		int64_t in[3], want;
	} cases[] = {
		{ { { 1, 2 } }, { NUM_ONE }, 50 },
		{ { { 1, 3 }, { 1, 3 }, { 1, 3 } }, { 50, 50, 50 }, 1 },
		{ { { 1, 3 }, { 1, 6 } }, { 100, 100 }, 1 }, /* just a half */
		{ { { 1, 3 }, { 1, 6 } }, { 100, 99 }, 0 },
		{ { { 1, 3 }, { 2, 3 } }, { 49, 49 }, 0 },
		{ { { 0, 5 }, { 5, 5 } }, { 700, 300 }, 3 },
		{ { { 0, 0 }, { 5, 5 } }, { 700, 300 }, SCORE_NONE },
		{ { { 1, 1 } }, { INT64_MAX }, INT64_MAX / 100 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct funnel_month m = { 0 };
		struct score_part chance[STAGES_MAX] = { { 0, 0 } };

		for (int s = 0; s < 3; s++) {
			m.in[s] = cases[i].in[s];
			m.stages |= (uint64_t)(cases[i].in[s] > 0) << s;
			chance[s] = cases[i].chance[s];
		}
		assert_int_equal(funnel_weighted(&m, chance), cases[i].want);
	}
}

/* A deal counts by the day that it was opened; what follows counts too. */
static void
a_cohort_is_followed(void **state)
{
	struct made m;

	(void)state;
	assert_true(make_funnel(&m,
	    "2026-01-31\tC1\tdeal\t\tD1\ta\t\n"
	    "2026-03-01\tC1\twon\t\tD1\t\t\n"
	    "2025-12-31\tC1\tdeal\t\tD2\tunknown\t\n"
	    "2026-01-10\tC1\tdeal\t\tD2\ta\t\n"
	    "2026-02-01\tC1\tdeal\t\tD3\ta\t\n",
	    (struct window){ date_days(2026, 1, 1) * INT64_C(86400),
	    date_days(2026, 2, 1) * INT64_C(86400) }));
	assert_int_equal(m.funnel.n, 1);
	assert_int_equal(m.funnel.deal[0].state, FUNNEL_WON);
	unmake(&m);
}

/* --- laws --------------------------------------------------------------------- */

static void
random_rows(struct buf *to, uint64_t *seed)
{
	static const char *const kind[] = { "deal", "deal", "deal", "won",
		"lost" };
	char when[32];

	for (int i = 0; i < 300; i++) {
		const char *k = kind[check_random(seed, 5)];

		buf_fmt(to, "%s\tC1\t%s\t%u\tD%u\t%c\t\n",
		    runs_time(when, seed), k, check_random(seed, 50),
		    check_random(seed, 60),
		    *k == 'd' ? "abc"[check_random(seed, 3)] : 'x');
	}
}

static void
what_entered_moved_on_or_was_lost_or_is_open(void **state)
{
	uint64_t seed = 11;

	(void)state;
	for (int run = 0; run < 50; run++) {
		struct funnel_stage row[3];
		struct funnel_sums sums;
		struct buf rows = { 0 };
		int64_t lost = 0, open = 0;
		struct made m;

		random_rows(&rows, &seed);
		make(&m, buf_text(&rows));
		funnel_stages(&m.funnel, 0, m.funnel.n, row, 3);
		sums = funnel_sums(&m.funnel, 0, m.funnel.n);
		for (int s = 0; s < 3; s++) {
			assert_int_equal(row[s].entered, row[s].moved +
			    row[s].lost + row[s].open);
			assert_true(row[s].times <= row[s].entered);
			lost += row[s].lost;
			open += row[s].open;
		}
		assert_int_equal(lost, sums.of[FUNNEL_LOST].n);
		assert_int_equal(open, sums.of[FUNNEL_OPEN].n);
		assert_true(m.funnel.n + m.funnel.odds <= 60);
		unmake(&m);
		buf_free(&rows);
	}
}

static void
deals_stand_as_they_did_at_a_moment(void **state)
{
	static const char rows[] =
	    "2026-01-01\tC1\tdeal\t5\tD1\ta\t\n"
	    "2026-01-03\tC1\twon\t\tD1\t\t\n"
	    "2026-01-02\tC1\tdeal\t5\tD2\ta\t\n"
	    "2026-01-02T23:59:59Z\tC1\tlost\t\tD2\t\t\n"
	    "2026-01-02\tC1\tdeal\t5\tD3\ta\t\n"
	    "2026-01-04\tC2\twon\t\tD3\t\t\n"
	    "2026-01-03\tC1\tdeal\t5\tD4\ta\t\n";
	struct funnel_how how = { NULL, WINDOW_ALL, 1767398400 };
	struct funnel_sums sums;
	struct made m;

	(void)state;
	make(&m, rows);
	funnel_free(&m.funnel);
	assert_true(funnel_read(&m.funnel, m.use.state, &how, &m.err));
	sums = funnel_sums(&m.funnel, 0, m.funnel.n);
	assert_int_equal(sums.of[FUNNEL_OPEN].n, 2);
	assert_int_equal(sums.of[FUNNEL_LOST].n, 1);
	assert_int_equal(sums.of[FUNNEL_WON].n, 0);
	assert_int_equal(m.funnel.odds, 0);
	unmake(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_deal_is_what_its_events_say),
		cmocka_unit_test(time_in_a_stage_is_that_of_all_stays),
		cmocka_unit_test(what_is_no_deal_is_left_out_and_told),
		cmocka_unit_test(sums_that_do_not_fit_are_refused),
		cmocka_unit_test(a_deal_is_lost_from_each_stage),
		cmocka_unit_test(reasons_come_by_frequency),
		cmocka_unit_test(shares_are_of_deals_that_ended),
		cmocka_unit_test(velocity_is_that_of_the_formula),
		cmocka_unit_test(what_has_no_divisor_is_not_said),
		cmocka_unit_test(months_begin_with_what_is_overdue),
		cmocka_unit_test(weights_are_rounded_once),
		cmocka_unit_test(a_cohort_is_followed),
		cmocka_unit_test(what_entered_moved_on_or_was_lost_or_is_open),
		cmocka_unit_test(deals_stand_as_they_did_at_a_moment),
	};

	return cmocka_run_group_tests_name("funnel", tests, NULL, NULL);
}
