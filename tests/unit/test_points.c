#include "check.h"

#include "base/num.h"
#include "measure/points.h"

#define RUNS_HEADER "time\tcustomer\tkind\tvalue\tdue\tref\n"
#include "runs.h"

enum { ROWS = 300, WHO = 6 };

static const struct tiers tiers = {
	.at = { { { "silver", 6 }, 50 }, { { "gold", 4 }, 100 } }, .n = 2 };

/* A point per unit from 10 on, good for 30 days; as of 2026-03-01. */
static const struct points_rules some = { NUM_ONE, 10 * NUM_ONE, 30, &tiers,
	DATE_NONE, 20513, 10 };

struct ran {
	struct thread_how how;
	struct use use;
	struct journal journal;
	struct points_walk walk;
};

static void
run(struct ran *r, const struct points_rules *rules, const char *const *row,
    size_t rows, size_t files, int threads)
{
	r->how = points_how(rules);
	r->use = (struct use){ &thread_measure, &r->how, NULL };
	runs_go(&r->journal, &r->use, 1, row, rows, files, threads);
	thread_sort(r->use.state, &r->journal.people, THREAD_BY_CUSTOMER);
	r->walk = (struct points_walk){ .t = r->use.state, .rules = rules };
}

/* The points of a customer by his id. */
static struct points
of(struct ran *r, const char *id)
{
	const struct threads *t = r->walk.t;
	struct points p = { 0 };
	struct err e = { 0 };

	for (size_t at = 0, end; at < t->n; at = end) {
		end = thread_end(t, at);
		if (slice_is(thread_customer(t, &t->event[at]), id))
			assert_true(points_of(&r->walk, t->event + at,
			    end - at, &p, &e));
	}
	return p;
}

static void
done(struct ran *r)
{
	points_free(&r->walk);
	use_free(&r->use);
	journal_close(&r->journal);
}

static void
holds(const struct points *p, int balance, int earned, int returned,
    int redeemed, int expired, int shortfall)
{
	assert_int_equal(p->balance, balance);
	assert_int_equal(p->earned, earned);
	assert_int_equal(p->returned, returned);
	assert_int_equal(p->redeemed, redeemed);
	assert_int_equal(p->expired, expired);
	assert_int_equal(p->shortfall, shortfall);
	assert_int_equal(balance, earned - returned - redeemed - expired);
}

static void
points_are_earned_spent_and_lost(void **state)
{
	static const char *const row[] = {
		/* orders: rounded down, from the minimum on */
		"2026-02-10\tA\torder\t19.99\t\tA1\n",
		"2026-02-10\tA\torder\t9.99\t\tA2\n",
		"2026-02-10\tA\torder\t10\t\tA3\n",
		"2026-02-11\tA\tearn\t5.9\t\t\n",
		/* the oldest are spent first; the first lot expires on 02-10 */
		"2026-01-10\tB\tearn\t50\t\t\n",
		"2026-02-01\tB\tearn\t20\t\t\n",
		"2026-02-09\tB\tredeem\t40.5\t\t\n",
		/* a redemption on the last day, and on the day after it */
		"2026-01-10\tC\tearn\t50\t\t\n",
		"2026-02-09\tC\tredeem\t30\t\t\n",
		"2026-02-10\tC\tredeem\t30\t\t\n",
		/* more than there is: later points pay it first */
		"2026-02-01\tD\tearn\t10\t\t\n",
		"2026-02-02\tD\tredeem\t25\t\t\n",
		"2026-02-03\tD\tearn\t10\t\t\n",
		"2026-02-04\tD\tearn\t10\t\t\n",
		"2026-02-01\tE\tredeem\t7\t\t\n",
	};
	struct points p;
	struct ran r;

	(void)state;
	run(&r, &some, row, LEN(row), 3, 2);
	p = of(&r, "A");
	holds(&p, 34, 34, 0, 0, 0, 0);
	assert_int_equal(p.expires, date_days(2026, 3, 12));
	assert_int_equal(p.expiring, 0); /* within 10 days: 03-11 */
	assert_int_equal(p.year, 34);
	assert_int_equal(p.tier.len, 0);
	p = of(&r, "B");
	holds(&p, 20, 70, 0, 40, 10, 0);
	assert_int_equal(p.expires, date_days(2026, 3, 3));
	assert_int_equal(p.expiring, 20);
	assert_true(slice_is(p.tier, "silver"));
	p = of(&r, "C");
	holds(&p, -30, 50, 0, 60, 20, 30);
	p = of(&r, "D");
	holds(&p, 5, 30, 0, 25, 0, 15);
	p = of(&r, "E");
	holds(&p, -7, 0, 0, 7, 0, 7);
	assert_true(p.any);
	done(&r);
}

static void
refunds_take_points_back(void **state)
{
	static const char *const row[] = {
		/* in parts: what the rest would have earned stays */
		"2026-02-01\tA\torder\t20.5\t\tA1\n",
		"2026-02-02\tA\trefund\t0.4\t\tA1\n",
		"2026-02-03\tA\trefund\t0.2\t\tA1\n",
		/* under the minimum; more than it was */
		"2026-02-01\tB\torder\t20\t\tB1\n",
		"2026-02-02\tB\trefund\t10.01\t\tB1\n",
		"2026-02-03\tB\trefund\t50\t\tB1\n",
		/* of its own first, then of the oldest */
		"2026-02-01\tC\tearn\t100\t\t\n",
		"2026-02-02\tC\torder\t30\t\tC1\n",
		"2026-02-03\tC\tredeem\t110\t\t\n",
		"2026-02-04\tC\tearn\t5\t\t\n",
		"2026-02-05\tC\trefund\t30\t\tC1\n",
		/* expired already */
		"2025-12-01\tD\torder\t30\t\tD1\n",
		"2026-02-05\tD\trefund\t30\t\tD1\n",
		/* written down before its order; of no known order */
		"2026-02-01\tE\trefund\t10\t\tE1\n",
		"2026-02-02\tE\torder\t30\t\tE1\n",
		"2026-02-03\tE\trefund\t5.5\t\t\n",
		"2026-02-03\tE\trefund\t1\t\tE9\n",
	};
	struct points p;
	struct ran r;

	(void)state;
	run(&r, &some, row, LEN(row), 2, 2);
	p = of(&r, "A");
	holds(&p, 19, 20, 1, 0, 0, 0);
	p = of(&r, "B");
	holds(&p, 0, 20, 20, 0, 0, 0);
	p = of(&r, "C");
	holds(&p, -5, 135, 30, 110, 0, 5);
	assert_int_equal(p.year, 105);
	assert_true(slice_is(p.tier, "gold"));
	p = of(&r, "D");
	holds(&p, 0, 30, 0, 0, 30, 0);
	assert_int_equal(p.year, 0);
	p = of(&r, "E");
	holds(&p, 14, 20, 6, 0, 0, 0);
	done(&r);
}

static void
tiers_look_back_twelve_months(void **state)
{
	static const char *const row[] = {
		"2025-03-01\tA\tearn\t1000\t\t\n",
		"2025-03-02\tA\tearn\t50\t\t\n",
		"2025-03-01\tB\tearn\t1000\t\t\n",
		"2025-03-02\tB\tearn\t49\t\t\n",
		"2025-03-02\tB\tredeem\t1000\t\t\n",
	};
	struct points p;
	struct ran r;

	(void)state;
	run(&r, &some, row, LEN(row), 1, 1);
	p = of(&r, "A");
	assert_int_equal(p.year, 50);
	assert_true(slice_is(p.tier, "silver"));
	p = of(&r, "B");
	assert_int_equal(p.year, 49);
	assert_int_equal(p.tier.len, 0);
	done(&r);
}

static void
flows_are_of_the_period(void **state)
{
	static const char *const row[] = {
		"2026-01-10\tA\tearn\t50\t\t\n",
		"2026-01-11\tA\tredeem\t10\t\t\n",
		"2026-02-09\tA\tearn\t20\t\t\n",
		"2026-02-10\tA\tearn\t30\t\t\n",
		"2026-02-11\tA\tredeem\t5\t\t\n",
	};
	struct points_rules rules = some;
	struct points p;
	struct ran r;

	(void)state;
	rules.first = date_days(2026, 2, 10);
	run(&r, &rules, row, LEN(row), 1, 1);
	p = of(&r, "A");
	assert_int_equal(p.earned, 30);
	assert_int_equal(p.redeemed, 5);
	assert_int_equal(p.expired, 40); /* good until 02-09 */
	assert_int_equal(p.balance, 45);
	done(&r);
}

static void
vouchers_are_open_used_or_lapsed(void **state)
{
	static const char *const row[] = {
		"2026-01-01\tA\tvoucher\t20\t2026-03-01\tG1\n",
		"2026-01-01\tA\tvoucher\t10\t2026-02-28\tG2\n",
		"2026-01-01\tA\tvoucher\t5\t\tG3\n",
		"2026-01-01\tA\tvoucher\t7\t2026-01-31\tG4\n",
		"2026-01-31\tA\tredeem\t0\t\tG4\n",
		/* twice given, once used; on the day on which it was given */
		"2026-01-01\tB\tvoucher\t5\t2026-02-01\tV\n",
		"2026-02-01\tB\tvoucher\t6\t2026-12-31\tV\n",
		"2026-01-01\tB\tredeem\t3\t\tV\n",
		/* too late; a second time; never given; not given yet */
		"2026-01-01\tC\tvoucher\t5\t2026-02-01\tW\n",
		"2026-02-02\tC\tredeem\t0\t\tW\n",
		"2026-02-03\tC\tredeem\t0\t\tW\n",
		"2026-02-03\tC\tredeem\t0\t\tG1\n",
		"2026-02-05\tC\tvoucher\t5\t\tX\n",
		"2026-02-04\tC\tredeem\t0\t\tX\n",
		/* the one of last year has lapsed; then nothing is left */
		"2025-01-10\tD\tvoucher\t10\t2025-02-10\tY\n",
		"2026-01-10\tD\tvoucher\t20\t2026-02-10\tY\n",
		"2026-01-11\tD\tvoucher\t40\t\tY\n",
		"2026-01-12\tD\tredeem\t0\t\tY\n",
		"2026-02-11\tD\tredeem\t0\t\tY\n",
		"2026-02-12\tD\tvoucher\t80\t\tY\n",
	};
	struct points p;
	struct ran r;

	(void)state;
	run(&r, &some, row, LEN(row), 2, 3);
	p = of(&r, "A");
	assert_int_equal(p.given, 4);
	assert_int_equal(p.used, 1);
	assert_int_equal(p.lapsed, 1);
	assert_int_equal(p.open_value, 25 * NUM_ONE);
	assert_int_equal(p.open_due, date_days(2026, 3, 1));
	assert_int_equal(p.stray, 0);
	p = of(&r, "B");
	assert_int_equal(p.used, 1);
	assert_int_equal(p.stray, 0);
	assert_int_equal(p.open_value, 6 * NUM_ONE);
	assert_int_equal(p.redeemed, 0); /* no points */
	p = of(&r, "D");
	assert_int_equal(p.used, 2);
	assert_int_equal(p.lapsed, 1);
	assert_int_equal(p.stray, 0);
	assert_int_equal(p.open_value, 80 * NUM_ONE);
	p = of(&r, "C");
	assert_int_equal(p.given, 2);
	assert_int_equal(p.used, 1);
	assert_int_equal(p.stray, 4);
	done(&r);
}

static void
a_sum_that_does_not_fit_is_refused(void **state)
{
	struct points_rules rules = some;
	static const char *const row[] = {
		"2026-02-01\tA\torder\t99999999999999\t\t\n",
		"2026-02-01\tA\torder\t99999999999999\t\t\n",
	};
	struct points p;
	struct err e = { 0 };
	struct ran r;

	(void)state;
	rules.per_unit = NUM_MAX;
	run(&r, &rules, row, LEN(row), 1, 1);
	assert_false(points_of(&r.walk, r.walk.t->event, 2, &p, &e));
	assert_int_equal(e.status, CRM_DATA);
	assert_string_equal(e.text, "the sum is too large: \"A\"");
	done(&r);
}

/* --- a second way: each point is a token ------------------------------------ */

enum { TOKENS = 20000 };
enum fate { HERE, SPENT, TAKEN, GONE };

struct made {
	uint32_t who, kind, ref, value;
	int day;
};
enum { EARN, ORDER, REDEEM, REFUND };
static const char *const kind[] = { "earn", "order", "redeem", "refund" };

struct token {
	int row, day;
	enum fate fate;
};

struct tokens {
	struct token at[TOKENS];
	int n, owed;
};

static void
make_rows(struct made *m, char text[ROWS][RUNS_ROW], const char **row,
    uint64_t *seed)
{
	char day[DATE_TEXT];

	for (int i = 0; i < ROWS; i++) {
		m[i] = (struct made){ check_random(seed, WHO),
			check_random(seed, 4), check_random(seed, 25),
			check_random(seed, 40), i / 2 };
		if (m[i].kind == REDEEM)
			m[i].value /= 2;
		date_text(day, date_days(2025, 9, 25) + m[i].day);
		snprintf(text[i], RUNS_ROW, "%sT00:00:%02dZ\tC%u\t%s\t%u\t\t",
		    day, i % 2, m[i].who, kind[m[i].kind], m[i].value);
		if (m[i].kind % 2 == 1)
			snprintf(text[i] + strlen(text[i]), 8, "R%u\n",
			    m[i].ref);
		else
			strcat(text[i], "\n");
		row[i] = text[i];
	}
}

/* Take one token: of row `own` if there is one, else the oldest. */
static void
take_token(struct tokens *t, int own, enum fate fate)
{
	int best = -1;

	for (int i = 0; i < t->n; i++)
		if (t->at[i].fate == HERE && (best < 0 ||
		    (t->at[best].row != own && t->at[i].row == own)))
			best = i;
	if (best < 0)
		t->owed++;
	else
		t->at[best].fate = fate;
}

static void
give_tokens(struct tokens *t, int row, int day, int n)
{
	for (; n > 0; n--) {
		assert_true(t->n < TOKENS);
		t->at[t->n++] = (struct token){ row, day,
			t->owed > 0 ? SPENT : HERE };
		t->owed -= t->owed > 0;
	}
}

static int
worth(int amount)
{
	return amount < 10 ? 0 : amount;
}

/* First order with the ref of a refund; ROWS if there is none. */
static int
order_of(const struct made *m, int refund)
{
	int i = 0;

	while (i < ROWS && (m[i].kind != ORDER || m[i].who != m[refund].who ||
	    m[i].ref != m[refund].ref))
		i++;
	return i;
}

static int
min(int a, int b)
{
	return a < b ? a : b;
}

/* Amount of order o that refunds before row `until` gave back. */
static int
given_back(const struct made *m, int o, int until)
{
	int sum = 0;

	for (int i = 0; i < until; i++)
		if (m[i].kind == REFUND && m[i].who == m[o].who &&
		    order_of(m, i) == o)
			sum += (int)m[i].value;
	return min(sum, (int)m[o].value);
}

static void
refund_tokens(struct tokens *t, const struct made *m, int i)
{
	int o = order_of(m, i), points = (int)m[i].value;

	if (o < ROWS && o > i)
		return;
	if (o < ROWS)
		points = worth((int)m[o].value - given_back(m, o, i)) -
		    worth((int)m[o].value - given_back(m, o, i + 1));
	for (; points > 0; points--) {
		bool spared = false, own = false;

		for (int k = 0; k < t->n; k++)
			own |= t->at[k].row == o && t->at[k].fate == HERE;
		for (int k = 0; k < t->n && !own && !spared; k++)
			if (t->at[k].row == o && t->at[k].fate == GONE) {
				t->at[k].fate = TAKEN;
				spared = true;
			}
		if (!spared)
			take_token(t, o, SPENT);
	}
}

static int
token_balance(struct tokens *t, const struct made *m, uint32_t who)
{
	int here = 0;

	t->n = t->owed = 0;
	for (int i = 0; i <= ROWS; i++) {
		/* the end is 2026-03-01 */
		int day = i < ROWS ? m[i].day : 157;

		for (int k = 0; k < t->n; k++)
			if (t->at[k].fate == HERE && t->at[k].day + 30 < day)
				t->at[k].fate = GONE;
		if (i == ROWS || m[i].who != who)
			continue;
		if (m[i].kind == EARN)
			give_tokens(t, i, day, (int)m[i].value);
		if (m[i].kind == ORDER)
			give_tokens(t, i, day, worth((int)m[i].value -
			    given_back(m, i, i)));
		if (m[i].kind == REFUND)
			refund_tokens(t, m, i);
		for (uint32_t k = 0; m[i].kind == REDEEM && k < m[i].value;
		    k++)
			take_token(t, -1, SPENT);
	}
	for (int k = 0; k < t->n; k++)
		here += t->at[k].fate == HERE;
	return here - t->owed;
}

static void
tokens_come_to_the_same_in_any_order(void **state)
{
	static struct tokens t;
	struct made made[ROWS];
	char text[ROWS][RUNS_ROW], id[16];
	const char *row[ROWS];
	uint64_t seed = 5;
	int below = 0, above = 0;

	(void)state;
	for (int i = 0; i < 30; i++) {
		struct ran r;

		make_rows(made, text, row, &seed);
		runs_shuffle(row, ROWS, &seed);
		run(&r, &some, row, ROWS, 1 + (size_t)i % 8, 1 + i % 4);
		for (uint32_t who = 0; who < WHO; who++) {
			struct points p;

			snprintf(id, sizeof id, "C%u", who);
			p = of(&r, id);
			assert_int_equal(p.balance,
			    token_balance(&t, made, who));
			assert_int_equal(p.balance, p.earned - p.returned -
			    p.redeemed - p.expired);
			below += p.balance < 0;
			above += p.balance > 0;
		}
		done(&r);
	}
	assert_true(below > 5 && above > 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(points_are_earned_spent_and_lost),
		cmocka_unit_test(refunds_take_points_back),
		cmocka_unit_test(tiers_look_back_twelve_months),
		cmocka_unit_test(flows_are_of_the_period),
		cmocka_unit_test(vouchers_are_open_used_or_lapsed),
		cmocka_unit_test(a_sum_that_does_not_fit_is_refused),
		cmocka_unit_test(tokens_come_to_the_same_in_any_order),
	};

	return cmocka_run_group_tests_name("points", tests, NULL, NULL);
}
