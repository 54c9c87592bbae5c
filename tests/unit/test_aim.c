/* aim - goals judged by hand; figures of random journals counted a second
 * time from the rows themselves. */
#define RUNS_HEADER "time\tcustomer\tkind\tvalue\tref\n"
#include "check.h"

#include "base/num.h"
#include "measure/aim.h"
#include "runs.h"

/* --- judging --------------------------------------------------------------- */

/* Today is day 100. */
static const struct judged {
	const char *name;
	enum goal_metric metric;
	int64_t target, base;
	int32_t due;
	int64_t value, before;
	int32_t days;
	int64_t progress, pace, needed;
	enum aim_state state;
} judged[] = {
	/* 80 orders of 100, 28 in 28 days: 20 missing, 20 days left */
	{ "just on track", GOAL_ORDERS, 100, GOAL_UNKNOWN, 120, 80, 52, 28,
	    8000, 10000, 10000, AIM_ON },
	{ "one order short of that", GOAL_ORDERS, 100, GOAL_UNKNOWN, 120, 80,
	    53, 28, 8000, 9643, 10000, AIM_OFF },
	{ "a flow has no use for its base", GOAL_ORDERS, 100, 90, 120, 80, 52,
	    28, 8000, 10000, 10000, AIM_ON },
	{ "reached to the point", GOAL_NPS, 400, 320, 120, 400, 300, 28,
	    10000, 3571, FIGURE_NONE, AIM_REACHED },
	{ "a tenth below", GOAL_NPS, 400, 320, 120, 399, 400, 28,
	    9875, -36, 50, AIM_OFF },
	{ "fewer are wanted", GOAL_OPEN_CASES, 2, 12, 120, 7, 12, 28,
	    5000, -1786, -2500, AIM_OFF },
	{ "fewer than wanted", GOAL_OPEN_CASES, 2, 12, 120, 1, 12, 28,
	    11000, -3929, FIGURE_NONE, AIM_REACHED },
	{ "none are wanted, from none on", GOAL_OVERDUE_CASES, 0, 0, 120, 1,
	    0, 28, FIGURE_NONE, 357, -500, AIM_OFF },
	{ "more open cases, if somebody wants them", GOAL_OPEN_CASES, 12, 2,
	    120, 7, 2, 28, 5000, 1786, 2500, AIM_OFF },
	{ "worse than at the start", GOAL_CSAT, 8000, 7000, 120, 6500, 6500,
	    28, -5000, 0, 7500, AIM_OFF },
	{ "a score without base", GOAL_CSAT, 8000, GOAL_UNKNOWN, 120, 7900,
	    7000, 28, FIGURE_NONE, 3214, 500, AIM_ON },
	{ "due today", GOAL_ORDERS, 100, GOAL_UNKNOWN, 100, 99, 0, 28,
	    9900, 35357, FIGURE_NONE, AIM_OFF },
	{ "due yesterday", GOAL_ORDERS, 100, GOAL_UNKNOWN, 99, 99, 0, 28,
	    9900, 35357, FIGURE_NONE, AIM_MISSED },
	{ "reached by yesterday", GOAL_ORDERS, 100, GOAL_UNKNOWN, 99, 100, 0,
	    28, 10000, 35714, FIGURE_NONE, AIM_REACHED },
	{ "no answers", GOAL_NPS, 400, 300, 120, FIGURE_NONE, FIGURE_NONE,
	    28, FIGURE_NONE, FIGURE_NONE, FIGURE_NONE, AIM_UNKNOWN },
	{ "no answers, and due is past", GOAL_NPS, 400, 300, 99, FIGURE_NONE,
	    300, 28, FIGURE_NONE, FIGURE_NONE, FIGURE_NONE, AIM_MISSED },
	{ "no answers before", GOAL_NPS, 400, 300, 120, 350, FIGURE_NONE,
	    28, 5000, FIGURE_NONE, 2500, AIM_UNKNOWN },
	{ "not begun", GOAL_ORDERS, 100, GOAL_UNKNOWN, 120, 0, 0, 0,
	    0, FIGURE_NONE, 50000, AIM_UNKNOWN },
	{ "no target to speak of", GOAL_REVENUE, 0, GOAL_UNKNOWN, 120, 0, 0,
	    28, FIGURE_NONE, 0, FIGURE_NONE, AIM_REACHED },
	{ "the largest sums", GOAL_NET, NUM_MAX, GOAL_UNKNOWN, 2932896,
	    INT64_MAX / 4, -INT64_MAX / 4, 28, 23058,
	    INT64_C(164703072086692425), FIGURE_NONE, AIM_REACHED },
	{ "and losses", GOAL_NET, NUM_MAX, GOAL_UNKNOWN, 101, -INT64_MAX / 4,
	    INT64_MAX / 4, 28, -23058, -INT64_C(164703072086692425),
	    NUM_MAX + INT64_MAX / 4, AIM_OFF },
};

static void
goals_are_judged(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(judged); i++) {
		const struct judged *j = &judged[i];
		struct goal g = { j->metric, j->target, j->base, j->due, 1,
			NULL, NULL };
		struct aim_seen s = { j->value, j->before, 7, j->days, 100 };
		struct goal_standing r = aim_judge(&g, &s);

		if (r.state != j->state || r.progress != j->progress ||
		    r.pace != j->pace || r.needed != j->needed)
			fail_msg("%s: progress %jd, pace %jd, needed %jd, "
			    "%s", j->name, (intmax_t)r.progress,
			    (intmax_t)r.pace, (intmax_t)r.needed,
			    aim_state[r.state]);
		assert_int_equal(r.days_left, j->due - 100);
		assert_int_equal(r.value, j->value);
		assert_int_equal(r.n, 7);
	}
}

/* --- figures --------------------------------------------------------------- */

static const char table[] =
    "metric\ttarget\tdue\tsince\tbase\n"
    "revenue\t900\t2026-12-31\t\t\n"
    "net\t900\t2026-02-20\t\t\n"
    "orders\t90\t2026-12-31\t2026-02-01\t\n"
    "new\t9\t2026-12-31\t2026-01-15\t\n"
    "active\t9\t2026-12-31\t2026-01-15\t\n"
    "nps\t40\t2026-12-31\t\t-10\n"
    "csat\t80\t2026-12-31\t2026-03-01\t60\n"
    "ces\t80\t2026-12-31\t2026-03-01\t\n"
    "open_cases\t0\t2026-12-31\t\t9\n"
    "overdue_cases\t0\t2026-12-31\t\t9\n"
    "won\t900\t2026-12-31\t\t\n"
    "won_deals\t9\t2026-12-31\t2026-02-01\t\n"
    "orders\t9\t2027-12-31\t\t\n"
    "csat\t80\t2026-12-31\t2026-02-20\t\n"
    "csat\t80\t2026-12-31\t2026-02-01\t40\n";
enum { GOALS = 15 };

struct run {
	struct goals goals;
	struct zone zone;
	struct hours hours;
	struct journal journal;
	struct aim aim;
	struct use use[AIM_USES];
	size_t uses;
	struct goal_standing got[GOALS];
};

static void
run_begin(struct run *r, int32_t today, int64_t now)
{
	struct err e = { 0 };
	struct tsv t = { 0 };

	*r = (struct run){ .hours = { .zone = &r->zone } };
	assert_true(zone_load(&r->zone, "Europe/Berlin", &e));
	assert_true(tsv_open(&t, place_input("goals", table)));
	assert_true(goals_read(&r->goals, &t));
	tsv_close(&t);
	r->aim = (struct aim){ .goals = &r->goals, .zone = &r->zone,
		.terms = { &r->hours, 24 * 3600, 72 * 3600, now },
		.today = today };
	r->uses = aim_begin(&r->aim, r->use);
	assert_int_equal(r->uses, 3);
}

static void
run_free(struct run *r)
{
	for (size_t i = 0; i < r->uses; i++)
		use_free(&r->use[i]);
	journal_close(&r->journal);
	goals_free(&r->goals);
	zone_free(&r->zone);
}

static void
run_end(struct run *r)
{
	struct err e = { 0 };

	assert_true(aim_standings(&r->aim, &r->journal.people, r->got, &e));
	run_free(r);
}

static void
run_all(struct run *r, const char *const *row, size_t n, size_t files,
    int threads, int32_t today, int64_t now)
{
	struct err e = { 0 };

	run_begin(r, today, now);
	runs_open(&r->journal, row, n, files);
	r->journal.threads = threads;
	r->journal.zone = &r->zone;
	assert_true(journal_run(&r->journal, r->use, r->uses, &e));
}

static void
run(struct run *r, const char *const *row, size_t n, size_t files,
    int threads, int32_t today, int64_t now)
{
	run_all(r, row, n, files, threads, today, now);
	run_end(r);
}

/* As of the end of 2026-03-10: 23:00 UTC; 28 days before: 2026-02-10. */
static const char *const paper[] = {
	"2025-12-31T22:59:59Z\tA\torder\t1000\t\n",  /* the old year */
	"2025-12-31T23:00:00Z\tB\torder\t100\t\n",   /* the new one, here */
	"2026-02-10T22:59:59Z\tA\torder\t10.50\t\n", /* 28 days before */
	"2026-02-10T23:00:00Z\tC\torder\t0.25\t\n",
	"2026-02-11\tC\trefund\t3\t\n",
	"2026-02-20T23:00:00Z\tC\trefund\t4\t\n",    /* behind the due of net */
	"2026-03-10T22:59:59Z\tB\torder\t5\t\n",
	"2026-03-10T23:00:00Z\tD\torder\t7777\t\n",  /* tomorrow */
	"2025-12-31\tA\tnps\t0\t\n",
	"2026-02-01\tA\tnps\t9\t\n",
	"2026-02-01\tA\tnps\t7\t\n",
	"2026-03-01\tA\tnps\t6\t\n",
	"2026-02-27\tA\tcsat\t1\t\n",
	"2026-03-01\tA\tcsat\t4\t\n",
	"2026-03-02\tA\tcsat\t3\t\n",
	"2026-03-02\tA\tcsat\t5\t\n",
	"2026-02-27\tA\tces\t7\t\n",
	"2026-03-01\tA\tces\t5\t\n",
	"2026-03-02\tA\tces\t4\t\n",
	"2026-03-02\tA\tces\t7\t\n",
	"2026-02-01\tA\tcomplaint\t\tK1\n",
	"2026-02-20\tA\tsolve\t\tK1\n",
	"2026-02-10\tA\trequest\t\tK2\n",
	"2026-03-10\tA\trequest\t\tK3\n",
	"2026-03-09T23:00:00Z\tA\treply\t\tK3\n",
	"2026-03-11\tA\tsolve\t\tK2\n",
	"2026-01-01\tA\tdeal\t50\tD1\n",
	"2026-01-02\tA\twon\t60\tD1\n",
	"2026-01-03\tA\tdeal\t\tD2\n",
	"2026-03-01\tA\twon\t\tD2\n",
	"2026-03-02\tA\tdeal\t8\tD3\n",
	"2026-03-03\tA\twon\t\tD3\n",
	"2026-03-04\tA\tdeal\t9\tD3\n",              /* open again */
	"2026-03-05\tA\tdeal\t9\tD4\n",
	"2026-03-06\tA\tlost\t9\tD4\n",
	"2026-03-07\tA\tdeal\t9\tD5\n",
	"2026-03-11\tA\twon\t9\tD5\n",
};

static const struct {
	int64_t value, n, pace;
	enum aim_state state;
} want[GOALS] = {
	{ 1157500, 4, 1875, AIM_OFF },      /* 100 + 10.50 + 0.25 + 5 */
	{ 1077500, 3, 2768, AIM_MISSED },   /* 7.75 of it since 01-24 */
	{ 3, FIGURE_NONE, 714, AIM_OFF },   /* two behind 02-10 */
	{ 1, FIGURE_NONE, 357, AIM_ON },    /* C; A and B came earlier */
	{ 3, FIGURE_NONE, 714, AIM_ON },    /* A, then B and C */
	{ 0, 3, -17857, AIM_OFF },          /* 0.0 after 50.0 */
	{ 6667, 3, 6670, AIM_ON },          /* 2 of 3; 6.67 in ten days */
	{ 6667, 3, FIGURE_NONE, AIM_UNKNOWN }, /* 2 of 3, since when? */
	{ 2, FIGURE_NONE, 0, AIM_OFF },     /* K2 K3; K1 K2 */
	{ 1, FIGURE_NONE, -357, AIM_ON },    /* K2; K1 and, just so, K2 */
	{ 600000, 2, 0, AIM_OFF },          /* D1 D2 */
	{ 1, FIGURE_NONE, 357, AIM_ON },    /* D2 */
	{ 0, FIGURE_NONE, FIGURE_NONE, AIM_UNKNOWN },
	{ 5000, 4, FIGURE_NONE, AIM_UNKNOWN }, /* 2 of 4, since when? */
	{ 5000, 4, 2632, AIM_ON },          /* from 40 in 38 days */
};

static void
figures_on_paper(void **state)
{
	struct run r;

	(void)state;
	run(&r, paper, LEN(paper), 1, 1, date_days(2026, 3, 10), 1773183600);
	for (size_t i = 0; i < GOALS; i++)
		if (r.got[i].value != want[i].value ||
		    r.got[i].n != want[i].n ||
		    r.got[i].pace != want[i].pace ||
		    r.got[i].state != want[i].state)
			fail_msg("goal %zu: %jd of %jd, pace %jd, %s", i + 1,
			    (intmax_t)r.got[i].value, (intmax_t)r.got[i].n,
			    (intmax_t)r.got[i].pace,
			    aim_state[r.got[i].state]);
}

/* --- laws ------------------------------------------------------------------- */

static void
make_row(char *to, uint64_t *seed)
{
	static const char *const kind[] = { "order\t%u\t", "refund\t%u\t",
		"nps\t%u\t", "csat\t%u\t", "ces\t%u\t", "complaint\t\tK%u",
		"request\t\tK%u", "solve\t\tK%u", "reopen\t\tK%u",
		"reply\t\tK%u", "deal\t7\tD%u", "won\t\tD%u", "lost\t\tD%u",
		"out\t5\t" };
	char time[32], rest[32];
	unsigned customer = check_random(seed, 6);

	snprintf(rest, sizeof rest, kind[check_random(seed, LEN(kind))],
	    1 + check_random(seed, 5));
	snprintf(to, RUNS_ROW, "%s\tC%u\t%s\n", runs_time(time, seed),
	    customer, rest);
}

enum { ROWS = 120 };

static void
make_rows(char text[ROWS][RUNS_ROW], const char **row, uint64_t *seed)
{
	for (size_t i = 0; i < ROWS; i++) {
		make_row(text[i], seed);
		row[i] = text[i];
	}
}

static void
same(const struct run *a, const struct run *b)
{
	for (size_t i = 0; i < GOALS; i++) {
		const struct goal_standing *x = &a->got[i], *y = &b->got[i];

		assert_int_equal(x->value, y->value);
		assert_int_equal(x->n, y->n);
		assert_int_equal(x->progress, y->progress);
		assert_int_equal(x->pace, y->pace);
		assert_int_equal(x->needed, y->needed);
		assert_int_equal(x->state, y->state);
	}
}

static void
rows_in_any_order_split_anywhere_say_the_same(void **state)
{
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];
	struct run first, r;
	uint64_t seed = 41;

	(void)state;
	for (int round = 0; round < 20; round++) {
		int32_t today = date_days(2026, 3, 1) + round;
		int64_t now = today * DATE_DAY + 40000;

		make_rows(text, row, &seed);
		run(&first, row, ROWS, 1, 1, today, now);
		for (int t = 1; t <= 4; t++) {
			runs_shuffle(row, ROWS, &seed);
			run(&r, row, ROWS, 1 + check_random(&seed, 4), t,
			    today, now);
			same(&first, &r);
		}
	}
}

/* Take over what another run counted. */
static void
take(struct run *to, struct run *of)
{
	uint32_t who[16];

	for (uint32_t i = 0; i < of->journal.people.len; i++)
		who[i] = map_add(&to->journal.people,
		    map_key(&of->journal.people, i));
	for (size_t u = 0; u < to->uses; u++)
		assert_true(to->use[u].measure->merge(to->use[u].state,
		    of->use[u].state, who, &(struct err){ 0 }));
}

/* (0 1) 2 and 0 (1 2). */
static void
merged_in_any_grouping_it_is_the_same(void **state)
{
	static const int grouping[2][2][2] = { { { 0, 1 }, { 0, 2 } },
		{ { 1, 2 }, { 0, 1 } } };
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];
	struct run whole, part[3];
	uint64_t seed = 42;
	int32_t today = date_days(2026, 3, 20);

	(void)state;
	for (int round = 0; round < 30; round++) {
		uint32_t a = check_random(&seed, ROWS);
		uint32_t b = a + check_random(&seed, ROWS - a);
		uint32_t from[4] = { 0, a, b, ROWS };

		make_rows(text, row, &seed);
		run(&whole, row, ROWS, 1, 1, today, today * DATE_DAY);
		for (int p = 0; p < 3; p++)
			run_all(&part[p], row + from[p],
			    from[p + 1] - from[p], 1, 1, today,
			    today * DATE_DAY);
		for (int k = 0; k < 2; k++)
			take(&part[grouping[round % 2][k][0]],
			    &part[grouping[round % 2][k][1]]);
		for (int p = 0; p < 3; p++)
			run_end(&part[p]);
		same(&whole, &part[0]);
	}
}

/* As of 2026-03-20: n orders of the largest value. */
static void
run_begin_with(struct run *r, size_t n)
{
	const int32_t today = date_days(2026, 3, 20);
	const char *row[ROWS];

	for (size_t i = 0; i < n; i++)
		row[i] = "2026-03-01\tA\torder\t99999999999999.9999\t\n";
	run_begin(r, today, today * DATE_DAY);
	runs_open(&r->journal, row, n, 1);
	r->journal.threads = 1;
	r->journal.zone = &r->zone;
}

/* More than a quarter of what a number can hold, at once and as parts. */
static void
sums_that_are_too_large_are_told(void **state)
{
	enum { MANY = INT64_MAX / 4 / NUM_MAX + 1, HALF = MANY / 2 + 1 };
	static const char words[] = "the sum of all sales is too large";
	const uint32_t who[] = { 0 };
	struct err e = { 0 };
	struct run whole, part[2];

	(void)state;
	run_begin_with(&whole, MANY);
	assert_false(journal_run(&whole.journal, whole.use, whole.uses, &e));
	assert_string_equal(e.text, words);
	assert_int_equal(e.status, CRM_DATA);
	run_free(&whole);
	e = (struct err){ 0 };
	for (int p = 0; p < 2; p++) {
		run_begin_with(&part[p], HALF);
		assert_true(journal_run(&part[p].journal, part[p].use,
		    part[p].uses, &e));
	}
	assert_false(part[0].use[0].measure->merge(part[0].use[0].state,
	    part[1].use[0].state, who, &e));
	assert_string_equal(e.text, words);
	for (int p = 0; p < 2; p++)
		run_free(&part[p]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(goals_are_judged),
		cmocka_unit_test(figures_on_paper),
		cmocka_unit_test(
		    rows_in_any_order_split_anywhere_say_the_same),
		cmocka_unit_test(merged_in_any_grouping_it_is_the_same),
		cmocka_unit_test(sums_that_are_too_large_are_told),
	};

	return cmocka_run_group_tests_name("aim", tests, NULL, NULL);
}
