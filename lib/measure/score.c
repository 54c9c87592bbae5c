#include "measure/score.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

enum { MILLION = 1000000 };

__extension__ typedef __int128 wide; /* products of two counts */

static const double z95 = 1.959963984540054; /* normal, 97.5 % */

static const struct score_range no_range = { SCORE_NONE, SCORE_NONE };
static const struct score_change no_change = { SCORE_NONE, SCORE_NONE,
	SCORE_NONE };

/* x in units of 10^-places; what is an edge but for the last bits is one. */
static int64_t
rounded(double x, int places)
{
	return num_round(x * (1 + 1e-12), places);
}

/* a / b, exactly rounded half away from zero; b > 0. */
static int64_t
ratio(wide a, wide b)
{
	wide half = a < 0 ? -b : b;

	return (int64_t)((2 * a + half) / (2 * b));
}

/*
 * Adjusted counts of Rocks, four times each so that they are whole: up is
 * 4 P + 3, down 4 D + 3, rest 4 passives + 6, all their sum.
 */
struct adjusted {
	int64_t up, down, rest, all;
};

static struct adjusted
adjust(const struct score_nps *a)
{
	struct adjusted w = { 4 * a->promoters + 3, 4 * a->detractors + 3,
		4 * a->passives + 6, 0 };

	w.all = w.up + w.down + w.rest;
	return w;
}

/*
 * Variance of the adjusted score, Var' / n'.  Var' is p + d - (p - d)^2,
 * which is ((up + down) rest + 4 up down) / all^2: nothing cancels.
 */
static double
variance(const struct adjusted *w)
{
	double up = (double)w->up, down = (double)w->down;
	double rest = (double)w->rest, all = (double)w->all;
	double spread = (up + down) * rest + 4 * up * down;

	return 4 * spread / all / all / all;
}

static int64_t
answers(const struct score_nps *a)
{
	return a->promoters + a->passives + a->detractors;
}

int64_t
score_nps(const struct score_nps *a)
{
	int64_t n = answers(a);

	if (n == 0)
		return SCORE_NONE;
	return num_div(1000 * (a->promoters - a->detractors), n);
}

static int64_t
clip(int64_t v, int64_t low, int64_t high)
{
	return v < low ? low : v > high ? high : v;
}

struct score_range
score_nps_range(const struct score_nps *a)
{
	struct adjusted w = adjust(a);
	double centre = (double)(w.up - w.down) / (double)w.all;
	double half = z95 * sqrt(variance(&w));

	if (answers(a) == 0)
		return no_range;
	return (struct score_range){
		clip(rounded(100 * (centre - half), 1), -1000, 1000),
		clip(rounded(100 * (centre + half), 1), -1000, 1000),
	};
}

/* z and p of a difference with this variance. */
static void
test(struct score_change *c, double difference, double var)
{
	double z = difference / sqrt(var);

	c->z = rounded(z, 2);
	c->p = rounded(erfc(fabs(z) / sqrt(2)), 3);
}

struct score_change
score_nps_change(const struct score_nps *before, const struct score_nps *now)
{
	struct adjusted w = adjust(before), v = adjust(now);
	wide n = answers(before), m = answers(now);
	struct score_change c;

	if (n == 0 || m == 0)
		return no_change;
	c.change = ratio(1000 * ((now->promoters - now->detractors) * n -
	    (before->promoters - before->detractors) * m), n * m);
	test(&c, (double)((wide)(v.up - v.down) * w.all -
	    (wide)(w.up - w.down) * v.all) / (double)w.all / (double)v.all,
	    variance(&w) + variance(&v));
	return c;
}

int64_t
score_share(struct score_part s)
{
	return s.whole == 0 ? SCORE_NONE : num_share(s.part, s.whole);
}

/* A share and the ends of its interval, as parts of one. */
struct wilson {
	double share, low, high;
};

/* Wilson, equation on page 210; s is not of nothing. */
static struct wilson
wilson(struct score_part s)
{
	double x = (double)s.part, n = (double)s.whole, zz = z95 * z95;
	double centre = (x + zz / 2) / (n + zz);
	double half = z95 / (n + zz) * sqrt(x * (n - x) / n + zz / 4);

	return (struct wilson){ x / n, centre - half, centre + half };
}

struct score_range
score_share_range(struct score_part s)
{
	struct wilson w;

	if (s.whole == 0)
		return no_range;
	w = wilson(s);
	return (struct score_range){ clip(rounded(100 * w.low, 2), 0, 10000),
		clip(rounded(100 * w.high, 2), 0, 10000) };
}

/* p (1 - p) / n with one answer of each sort added. */
static double
share_variance(struct score_part s)
{
	double x = (double)s.part + 1, n = (double)s.whole + 2;

	return x * (n - x) / n / n / n;
}

struct score_change
score_share_change(struct score_part before, struct score_part now)
{
	wide n = before.whole, m = now.whole;
	struct score_change c;

	if (n == 0 || m == 0)
		return no_change;
	c.change = ratio(10000 * (now.part * n - before.part * m), n * m);
	test(&c, (double)((now.part + 1) * (n + 2) -
	    (before.part + 1) * (m + 2)) / (double)(n + 2) / (double)(m + 2),
	    share_variance(before) + share_variance(now));
	return c;
}

struct score_range
score_share_change_range(struct score_part before, struct score_part now)
{
	struct wilson a, b;
	double change;

	if (before.whole == 0 || now.whole == 0)
		return no_range;
	a = wilson(before);
	b = wilson(now);
	change = b.share - a.share;
	return (struct score_range){
		clip(rounded(100 * (change - hypot(b.share - b.low,
		    a.high - a.share)), 2), -10000, 10000),
		clip(rounded(100 * (change + hypot(b.high - b.share,
		    a.share - a.low)), 2), -10000, 10000),
	};
}

int64_t
score_mean(int64_t sum, int64_t n)
{
	return n == 0 ? SCORE_NONE : ratio((wide)100 * sum, n);
}

int64_t
score_mean_change(int64_t sum_before, int64_t n_before, int64_t sum_now,
    int64_t n_now)
{
	wide n = n_before, m = n_now;

	if (n == 0 || m == 0)
		return SCORE_NONE;
	return ratio(100 * (sum_now * n - sum_before * m), n * m);
}

/* Sums of binomial terms, each as a part of the term at the mode. */
struct tails {
	int64_t k;
	double all, low, high; /* of all; up to k; from k on */
};

static void
add_term(struct tails *t, int64_t i, double term)
{
	t->all += term;
	t->low += i <= t->k ? term : 0;
	t->high += i >= t->k ? term : 0;
}

/*
 * n trials that succeed with odds : 1, walked from the mode to both ends
 * by the ratio of neighbours: only sums, products and quotients, which
 * every machine gets alike.  Terms below `tiny` do not reach the third
 * place.
 */
static void
binomial(struct tails *t, int64_t n, double odds)
{
	const double tiny = 1e-20;
	int64_t mode = clip((int64_t)((double)(n + 1) * odds / (1 + odds)),
	    0, n);
	double term = 1;

	for (int64_t i = mode; i <= n && term > tiny; i++) {
		add_term(t, i, term);
		term *= (double)(n - i) / (double)(i + 1) * odds;
	}
	term = (double)mode / (double)(n - mode + 1) / odds;
	for (int64_t i = mode - 1; i >= 0 && term > tiny; i--) {
		add_term(t, i, term);
		term *= (double)i / (double)(n - i + 1) / odds;
	}
}

/* NaN where it cannot be said. */
static double
rate_p(int64_t before, int64_t before_time, int64_t now, int64_t now_time)
{
	struct tails t = { .k = now };

	if (before + now == 0 || before_time <= 0 || now_time <= 0)
		return (double)NAN;
	binomial(&t, before + now, (double)now_time / (double)before_time);
	return fmin(1, 2 * fmin(t.low, t.high) / t.all);
}

int64_t
score_rate_p(int64_t before, int64_t before_time, int64_t now,
    int64_t now_time)
{
	double p = rate_p(before, before_time, now, now_time);

	return isnan(p) ? SCORE_NONE : rounded(p, 3);
}

int64_t
score_rate_p6(int64_t before, int64_t before_time, int64_t now,
    int64_t now_time)
{
	double p = rate_p(before, before_time, now, now_time);

	return isnan(p) ? SCORE_NONE : rounded(p, 6);
}

/* By p, then by place. */
static int
by_p(const void *a, const void *b)
{
	const int64_t *x = *(const int64_t *const *)a;
	const int64_t *y = *(const int64_t *const *)b;

	return *x != *y ? (*x > *y) - (*x < *y) : (x > y) - (x < y);
}

void
score_holm(int64_t *p, size_t n)
{
	int64_t **order = mem_resize(NULL, n, sizeof(int64_t *)), least = 0;

	for (size_t i = 0; i < n; i++)
		order[i] = &p[i];
	qsort(order, n, sizeof(int64_t *), by_p);
	for (size_t i = 0; i < n; i++) {
		int64_t v = *order[i] * (int64_t)(n - i);

		least = v > least ? v : least;
		*order[i] = least < MILLION ? least : MILLION;
	}
	free(order);
}
