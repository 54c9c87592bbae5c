#include "check.h"

#include <math.h>

#include "measure/score.h"

static const double z95 = 1.959963984540054;

static void
a_score_is_a_ratio_of_counts_in_tenths(void **state)
{
	static const struct {
		struct score_nps a;
		int64_t want;
	} cases[] = {
		{ { 30, 25, 45 }, -150 },
		{ { 50, 30, 20 }, 300 },
		{ { 0, 0, 10 }, -1000 },
		{ { 18, 11, 2 }, 516 },          /* 51.6129 */
		{ { 1, 1, 1 }, 0 },
		{ { 1, 799, 0 }, 1 },            /* 0.125 */
		{ { 3, 1997, 0 }, 2 },           /* 0.15: away from zero */
		{ { 0, 1997, 3 }, -2 },
		{ { 0, 0, 0 }, SCORE_NONE },
		{ { 1000000000, 0, 0 }, 1000 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		assert_int_equal(score_nps(&cases[i].a), cases[i].want);
}

/*
 * Second source: the table of adjusted Wald intervals computed for the
 * project's paper of formulas (Rocks 2016), to four places:
 * -30.9671..1.8409, 14.0511..44.2013, 25.5123..68.6053, -106.34..-47.5036.
 */
static void
intervals_are_those_of_rocks(void **state)
{
	static const struct {
		struct score_nps a;
		int64_t low, high;
	} cases[] = {
		{ { 30, 25, 45 }, -310, 18 },
		{ { 50, 30, 20 }, 141, 442 },
		{ { 18, 11, 2 }, 255, 686 },
		{ { 0, 0, 10 }, -1000, -475 },
		{ { 10, 0, 0 }, 475, 1000 },
		{ { 0, 0, 0 }, SCORE_NONE, SCORE_NONE },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct score_range r = score_nps_range(&cases[i].a);

		assert_int_equal(r.low, cases[i].low);
		assert_int_equal(r.high, cases[i].high);
	}
}

/* 50/30/20, then 60/25/15: z 1.3716, p 0.17019 (same paper). */
static void
fifteen_points_of_a_hundred_answers_may_be_chance(void **state)
{
	struct score_nps a = { 50, 30, 20 }, b = { 60, 25, 15 }, none = { 0 };
	struct score_change c = score_nps_change(&a, &b);

	(void)state;
	assert_int_equal(c.change, 150);
	assert_int_equal(c.z, 137);
	assert_int_equal(c.p, 170);
	c = score_nps_change(&b, &a);
	assert_int_equal(c.change, -150);
	assert_int_equal(c.z, -137);
	assert_int_equal(c.p, 170);
	c = score_nps_change(&a, &a);
	assert_int_equal(c.change, 0);
	assert_int_equal(c.z, 0);
	assert_int_equal(c.p, 1000);
	assert_int_equal(score_nps_change(&none, &a).p, SCORE_NONE);
	assert_int_equal(score_nps_change(&a, &none).change, SCORE_NONE);
}

/* The change is rounded once: 33.33 - 66.67 is -33.3, and 1/6 - 1/3. */
static void
a_change_is_not_the_difference_of_rounded_scores(void **state)
{
	struct score_nps a = { 2, 1, 0 }, b = { 1, 2, 0 };
	struct score_nps c = { 1, 5, 0 }, d = { 1, 2, 0 };

	(void)state;
	assert_int_equal(score_nps_change(&a, &b).change, -333);
	assert_int_equal(score_nps_change(&d, &c).change, -167);
}

/* The textbook form, Var' = p + d - (p - d)^2, in long double. */
static void
textbook_range(const struct score_nps *a, long double *low, long double *high)
{
	long double n = (long double)(a->promoters + a->passives +
	    a->detractors) + 3;
	long double p = ((long double)a->promoters + 0.75L) / n;
	long double d = ((long double)a->detractors + 0.75L) / n;
	long double half = (long double)z95 *
	    sqrtl((p + d - (p - d) * (p - d)) / n);

	*low = fmaxl(-100, 100 * (p - d - half));
	*high = fminl(100, 100 * (p - d + half));
}

static void
random_intervals_are_those_of_the_textbook(void **state)
{
	uint64_t seed = 2016;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		uint32_t most = i % 2 ? 1000000000 : 50;
		struct score_nps a = { check_random(&seed, most),
			check_random(&seed, most),
			1 + check_random(&seed, most) };
		struct score_range r = score_nps_range(&a);
		long double low, high;

		textbook_range(&a, &low, &high);
		assert_true(fabsl((long double)r.low / 10 - low) < 0.0501L);
		assert_true(fabsl((long double)r.high / 10 - high) < 0.0501L);
	}
}

static void
swapping_promoters_and_detractors_negates_everything(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct score_nps a = { check_random(&seed, 999),
			check_random(&seed, 999), 1 + check_random(&seed, 999) };
		struct score_nps b = { a.detractors, a.passives, a.promoters };
		struct score_range r = score_nps_range(&a);
		struct score_range q = score_nps_range(&b);

		assert_int_equal(score_nps(&a), -score_nps(&b));
		assert_int_equal(r.low, -q.high);
		assert_int_equal(r.high, -q.low);
	}
}

/*
 * Second source: R, prop.test(x, n, correct = FALSE)$conf.int, as Newcombe
 * (Statistics in Medicine 17, 1998, table I, method 3) prints it too:
 * 81/263 is .2553 to .3662, 15/148 .0624 to .1605, 0/20 0 to .1611,
 * 1/29 .0061 to .1718.
 */
static void
intervals_of_shares_are_those_of_wilson(void **state)
{
	static const struct {
		struct score_part s;
		int64_t share, low, high;
	} cases[] = {
		{ { 81, 263 }, 3080, 2553, 3662 },
		{ { 15, 148 }, 1014, 624, 1605 },
		{ { 0, 20 }, 0, 0, 1611 },
		{ { 1, 29 }, 345, 61, 1718 },
		{ { 20, 20 }, 10000, 8389, 10000 },
		{ { 0, 0 }, SCORE_NONE, SCORE_NONE, SCORE_NONE },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct score_range r = score_share_range(cases[i].s);

		assert_int_equal(score_share(cases[i].s), cases[i].share);
		assert_int_equal(r.low, cases[i].low);
		assert_int_equal(r.high, cases[i].high);
	}
}

/* Second source: Newcombe (Statistics in Medicine 17, 1998, table II,
 * method 10), to four places. */
static void
intervals_of_changes_are_those_of_newcombe(void **state)
{
	static const struct {
		struct score_part now, before;
		int64_t low, high;
	} cases[] = {
		{ { 56, 70 }, { 48, 80 }, 524, 3339 },
		{ { 9, 10 }, { 3, 10 }, 1705, 8090 },
		{ { 6, 7 }, { 2, 7 }, 582, 8062 },
		{ { 5, 56 }, { 0, 29 }, -381, 1926 },
		{ { 0, 10 }, { 0, 20 }, -1611, 2775 },
		{ { 0, 10 }, { 0, 10 }, -2775, 2775 },
		{ { 10, 10 }, { 0, 20 }, 6791, 10000 },
		{ { 10, 10 }, { 0, 10 }, 6075, 10000 },
		{ { 0, 0 }, { 3, 10 }, SCORE_NONE, SCORE_NONE },
		{ { 3, 10 }, { 0, 0 }, SCORE_NONE, SCORE_NONE },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct score_range r = score_share_change_range(
		    cases[i].before, cases[i].now);

		assert_int_equal(r.low, cases[i].low);
		assert_int_equal(r.high, cases[i].high);
	}
}

/* By hand: (57/102 - 42/102) / sqrt(57*45/102^3 + 42*60/102^3) = 2.1244,
 * erfc(2.1244 / sqrt 2) = 0.0336. */
static void
shares_are_compared_after_agresti_and_caffo(void **state)
{
	struct score_part a = { 41, 100 }, b = { 56, 100 }, none = { 0, 0 };
	struct score_change c = score_share_change(a, b);

	(void)state;
	assert_int_equal(c.change, 1500);
	assert_int_equal(c.z, 212);
	assert_int_equal(c.p, 34);
	assert_int_equal(score_share_change(none, b).p, SCORE_NONE);
	c = score_share_change((struct score_part){ 1, 3 },
	    (struct score_part){ 2, 3 });
	assert_int_equal(c.change, 3333);
}

static void
means_are_exact(void **state)
{
	(void)state;
	assert_int_equal(score_mean(13, 3), 433);
	assert_int_equal(score_mean(1, 200), 1); /* 0.005 */
	assert_int_equal(score_mean(0, 0), SCORE_NONE);
	assert_int_equal(score_mean(7000000000, 1000000000), 700);
}

/* The second source of the rate test: all terms by lgammal. */
static long double
slow_rate_p(int64_t before, int64_t now, long double q)
{
	long double n = (long double)(before + now), low = 0, high = 0;

	for (int64_t i = 0; i <= before + now; i++) {
		long double k = (long double)i;
		long double t = expl(lgammal(n + 1) - lgammal(k + 1) -
		    lgammal(n - k + 1) + k * logl(q) + (n - k) * log1pl(-q));

		low += i <= now ? t : 0;
		high += i >= now ? t : 0;
	}
	return fminl(1, 2 * fminl(low, high));
}

static void
rates_are_compared_exactly(void **state)
{
	uint64_t seed = 1940;

	(void)state;
	/* R: binom.test(20, 30)$p.value = 0.09873715, (0, 5) = 0.0625 */
	assert_int_equal(score_rate_p(10, 7, 20, 7), 99);
	assert_int_equal(score_rate_p(5, 7, 0, 7), 63);
	assert_int_equal(score_rate_p(8, 30, 8, 30), 1000);
	assert_int_equal(score_rate_p(0, 7, 0, 7), SCORE_NONE);
	assert_int_equal(score_rate_p(3, 0, 3, 7), SCORE_NONE);
	assert_int_equal(score_rate_p(500000000, 7, 500100000, 7), 2);
	assert_int_equal(score_rate_p6(10, 7, 20, 7), 98737);
	assert_int_equal(score_rate_p6(0, 7, 0, 7), SCORE_NONE);
	for (int i = 0; i < 2000; i++) {
		int64_t a = check_random(&seed, 80), s = 1 +
		    check_random(&seed, 40);
		int64_t b = 1 + check_random(&seed, 80), t = 1 +
		    check_random(&seed, 40);
		long double want = slow_rate_p(a, b,
		    (long double)t / (long double)(s + t));

		assert_true(fabsl((long double)score_rate_p(a, s, b, t) /
		    1000 - want) < 0.000501L);
	}
}

/* By hand: 4, 3, 2 and 1 times the p in their order, never falling; as R's
 * p.adjust(p, "holm") has them. */
static void
tests_made_at_once_are_adjusted_after_holm(void **state)
{
	static const struct {
		int64_t p[4], want[4];
	} cases[] = {
		{ { 10000, 40000, 30000, 5000 },
		  { 30000, 60000, 60000, 20000 } },
		{ { 1000000, 500000, 1, 1 }, { 1000000, 1000000, 4, 4 } },
		{ { 0, 0, 0, 0 }, { 0, 0, 0, 0 } },
	};
	int64_t one = 49999;

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		int64_t p[4];

		memcpy(p, cases[i].p, sizeof p);
		score_holm(p, 4);
		assert_memory_equal(p, cases[i].want, sizeof p);
	}
	score_holm(&one, 1);
	assert_int_equal(one, 49999);
	score_holm(&one, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_score_is_a_ratio_of_counts_in_tenths),
		cmocka_unit_test(intervals_are_those_of_rocks),
		cmocka_unit_test(
		    fifteen_points_of_a_hundred_answers_may_be_chance),
		cmocka_unit_test(
		    a_change_is_not_the_difference_of_rounded_scores),
		cmocka_unit_test(random_intervals_are_those_of_the_textbook),
		cmocka_unit_test(
		    swapping_promoters_and_detractors_negates_everything),
		cmocka_unit_test(intervals_of_shares_are_those_of_wilson),
		cmocka_unit_test(intervals_of_changes_are_those_of_newcombe),
		cmocka_unit_test(shares_are_compared_after_agresti_and_caffo),
		cmocka_unit_test(means_are_exact),
		cmocka_unit_test(rates_are_compared_exactly),
		cmocka_unit_test(tests_made_at_once_are_adjusted_after_holm),
	};

	return cmocka_run_group_tests_name("score", tests, NULL, NULL);
}
