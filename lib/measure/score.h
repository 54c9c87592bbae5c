/*
 * score - what answers and counts say, and how sure it is: pure arithmetic.
 *
 * Floor 4 (measure).  Uses: base.
 *
 * Results are whole numbers of their last printed place: scores of -100 to
 * 100 in tenths, shares in hundredths of a per cent, z in hundredths, p in
 * thousandths; num_text writes them.  Each is rounded once, half away from
 * zero; what is a ratio of counts is rounded exactly, and where a square
 * root is in it, values within a part in 10^12 of an edge count as on it,
 * so that no last bit of a machine decides.  Counts may go up to 10^9.
 *
 * Sources: S. Rocks, "Interval estimation for the net promoter score", The
 * American Statistician 70(4), 2016, 365-372 (adjusted Wald: add 3/4, 3/2
 * and 3/4 answers); E. B. Wilson, "Probable inference, the law of
 * succession, and statistical inference", JASA 22, 1927, 209-212 (interval
 * of a share); A. Agresti and B. Caffo, "Simple and effective confidence
 * intervals for proportions and differences of proportions ...", The
 * American Statistician 54(4), 2000, 280-288 (add one answer of each sort
 * to each side); J. Przyborowski and H. Wilenski, "Homogeneity of results
 * in testing samples from Poisson series", Biometrika 31, 1940, 313-323;
 * R. G. Newcombe, "Interval estimation for the difference between
 * independent proportions: comparison of eleven methods", Statistics in
 * Medicine 17, 1998, 873-890 (method 10: Wilson intervals of both, without
 * continuity correction).
 */
#ifndef CRM_SCORE_H
#define CRM_SCORE_H

#include <stddef.h>
#include <stdint.h>

#define SCORE_NONE INT64_MIN /* cannot be said */

enum { SCORE_FEW = 100 }; /* under so many answers a score is unsure */

/* Answers from 0 to 10: 9 and 10 promote, 0 to 6 detract. */
struct score_nps {
	int64_t promoters, passives, detractors;
};

/* Ends of a 95 % interval. */
struct score_range {
	int64_t low, high;
};

/* How far from before to now, and whether that is more than chance. */
struct score_change {
	int64_t change, z, p; /* p is two-sided */
};

/* 100 (P - D) / n in tenths; SCORE_NONE without answers. */
int64_t score_nps(const struct score_nps *a);

/* Its adjusted Wald interval, cut at -100 and 100; both SCORE_NONE without
 * answers. */
struct score_range score_nps_range(const struct score_nps *a);

/* Change of the plain score; z and p of the adjusted counts.  All
 * SCORE_NONE where either side has no answers. */
struct score_change score_nps_change(const struct score_nps *before,
    const struct score_nps *now);

/* Part of a whole, 0 <= part <= whole. */
struct score_part {
	int64_t part, whole;
};

/* In hundredths of a per cent; SCORE_NONE of nothing. */
int64_t score_share(struct score_part s);

/* Its Wilson interval. */
struct score_range score_share_range(struct score_part s);

/* Change in hundredths of a per cent; z and p after Agresti and Caffo. */
struct score_change score_share_change(struct score_part before,
    struct score_part now);

/* The interval of that change, in hundredths of a per cent (Newcombe);
 * both SCORE_NONE where either is of nothing. */
struct score_range score_share_change_range(struct score_part before,
    struct score_part now);

/* sum / n in hundredths; SCORE_NONE for n = 0. */
int64_t score_mean(int64_t sum, int64_t n);

/* How far from one mean to the other, in hundredths; n up to 10^13. */
int64_t score_mean_change(int64_t sum_before, int64_t n_before,
    int64_t sum_now, int64_t n_now);

/*
 * Two counts of independent events over times of these lengths: the exact
 * two-sided p (twice the smaller tail, at most 1) that both come at one
 * rate.  Given their sum the second is binomial (Przyborowski, Wilenski).
 * SCORE_NONE where nothing was counted or a time is not above 0.
 */
int64_t score_rate_p(int64_t before, int64_t before_time, int64_t now,
    int64_t now_time);

/* The same in millionths, for score_holm. */
int64_t score_rate_p6(int64_t before, int64_t before_time, int64_t now,
    int64_t now_time);

/*
 * n p of tests made at once, in millionths: each becomes what it must be
 * under the level for, so that no more often than that any of them is by
 * mere chance (S. Holm, "A simple sequentially rejective multiple test
 * procedure", Scandinavian Journal of Statistics 6, 1979, 65-70).
 */
void score_holm(int64_t *p, size_t n);

#endif
