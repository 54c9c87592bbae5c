/* What many deals come to; part of funnel.h. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "measure/funnel.h"
#include "measure/median.h"

__extension__ typedef __int128 wide; /* products of money and counts */

enum { DAY = 86400 };

/* --- stages ----------------------------------------------------------- */

static void
count_deal(const struct funnel_deal *d, struct funnel_stage *row)
{
	for (int s = 0; s <= d->furthest; s++) {
		if ((d->been >> s & 1) == 0)
			continue;
		row[s].entered++;
		if (d->state == FUNNEL_WON || s < d->furthest)
			row[s].moved++;
		else if (d->state == FUNNEL_LOST)
			row[s].lost++;
		else
			row[s].open++;
	}
}

/* Times of one stage after the other; where each begins is in *start. */
static int64_t *
stage_times(const struct funnel *f, size_t from, size_t end,
    const struct funnel_stage *row, size_t stages, size_t *start)
{
	size_t all = 0, at[STAGES_MAX];
	int64_t *time;

	for (size_t s = 0; s < stages; s++) {
		start[s] = at[s] = all;
		all += (size_t)row[s].times;
	}
	time = mem_zero(all, sizeof *time);
	for (size_t i = from; i < end; i++)
		for (size_t k = 0; k < f->deal[i].stays; k++) {
			struct funnel_stay y = f->stay[f->deal[i].stay + k];

			time[at[y.stage]++] = y.seconds;
		}
	return time;
}

void
funnel_stages(const struct funnel *f, size_t from, size_t end,
    struct funnel_stage *row, size_t stages)
{
	size_t start[STAGES_MAX];
	int64_t *time;

	memset(row, 0, stages * sizeof *row);
	for (size_t i = from; i < end; i++) {
		const struct funnel_deal *d = &f->deal[i];

		count_deal(d, row);
		for (size_t k = 0; k < d->stays; k++)
			row[f->stay[d->stay + k].stage].times++;
	}
	time = stage_times(f, from, end, row, stages, start);
	for (size_t s = 0; s < stages; s++)
		row[s].days = row[s].times == 0 ? SCORE_NONE :
		    median_days(median_twice(time + start[s],
			(size_t)row[s].times));
	free(time);
}

void
funnel_observed(const struct funnel *f, struct score_part *won,
    size_t stages)
{
	memset(won, 0, stages * sizeof *won);
	for (size_t i = 0; i < f->n; i++) {
		const struct funnel_deal *d = &f->deal[i];

		for (int s = 0; s <= d->furthest &&
		    d->state != FUNNEL_OPEN; s++) {
			bool been = d->been >> s & 1;

			won[s].whole += been;
			won[s].part += been && d->state == FUNNEL_WON;
		}
	}
}

/* --- sums ------------------------------------------------------------- */

/* No sum is too large: that of all deals is not. */
static void
sum_up(struct funnel_sum *s, const struct funnel_deal *d)
{
	s->n++;
	if (d->value == EVENT_NO_VALUE)
		return;
	s->valued++;
	s->value += d->value;
}

static int64_t
cycle_of(const struct funnel *f, size_t from, size_t end, size_t won)
{
	int64_t *time = mem_zero(won, sizeof *time), twice;
	size_t n = 0;

	for (size_t i = from; i < end; i++)
		if (f->deal[i].state == FUNNEL_WON)
			time[n++] = f->deal[i].ended - f->deal[i].opened;
	twice = n == 0 ? SCORE_NONE : median_twice(time, n);
	free(time);
	return twice;
}

/* a / b rounded half away from zero, neither negative; SCORE_NONE where it
 * does not fit. */
static int64_t
divided(wide a, wide b)
{
	wide q = a / b + (a % b >= b - a % b);

	return q > INT64_MAX ? SCORE_NONE : (int64_t)q;
}

static bool
times(wide *product, int64_t factor)
{
	return !__builtin_mul_overflow(*product, (wide)factor, product);
}

static int64_t
velocity_of(const struct funnel_sums *s)
{
	const struct funnel_sum *won = &s->of[FUNNEL_WON];
	wide a = s->of[FUNNEL_OPEN].n, b = won->n + s->of[FUNNEL_LOST].n;

	if (won->valued == 0 || s->cycle <= 0 || !times(&a, won->n) ||
	    !times(&a, won->value) || !times(&a, 2 * DAY) ||
	    !times(&b, won->valued) || !times(&b, s->cycle) ||
	    !times(&b, NUM_ONE / 100))
		return SCORE_NONE;
	return divided(a, b);
}

struct funnel_sums
funnel_sums(const struct funnel *f, size_t from, size_t end)
{
	struct funnel_sums sums = { .average = SCORE_NONE };
	const struct funnel_sum *won = &sums.of[FUNNEL_WON];

	for (size_t i = from; i < end; i++)
		sum_up(&sums.of[f->deal[i].state], &f->deal[i]);
	sums.cycle = cycle_of(f, from, end, (size_t)won->n);
	if (won->valued > 0)
		sums.average = divided(won->value,
		    (wide)won->valued * (NUM_ONE / 100));
	sums.velocity = velocity_of(&sums);
	return sums;
}

/* --- the months to come ----------------------------------------------- */

static int32_t
month_of(const struct funnel_deal *d, int32_t today)
{
	struct date day;

	if (d->due == DATE_NONE)
		return DATE_NONE;
	if (d->due < today)
		return FUNNEL_OVERDUE;
	day = date_of(d->due);
	return date_days(day.year, day.month, 1);
}

/* No day comes last. */
static int
by_month(const void *a, const void *b)
{
	const struct funnel_month *m = a, *o = b;
	int64_t x = m->first == DATE_NONE ? INT64_MAX : m->first;
	int64_t y = o->first == DATE_NONE ? INT64_MAX : o->first;

	return num_cmp(x, y);
}

/* Months as they are met, and where each is. */
struct months {
	struct funnel_month *month;
	size_t n, cap;
	struct map at;
};

static struct funnel_month *
find_month(struct months *all, int32_t first)
{
	struct slice key = { (const char *)&first, sizeof first };
	uint32_t i = map_add(&all->at, key);

	all->month = mem_grow(all->month, &all->cap, i + 1,
	    sizeof *all->month);
	if (i == all->n)
		all->month[all->n++] = (struct funnel_month){
			.first = first };
	return &all->month[i];
}

struct funnel_month *
funnel_months(const struct funnel *f, size_t from, size_t end, int32_t today,
    size_t *n)
{
	struct months all = { .month = mem_zero(1, sizeof *all.month),
		.cap = 1 };

	for (size_t i = from; i < end; i++) {
		const struct funnel_deal *d = &f->deal[i];
		struct funnel_month *m;

		if (d->state != FUNNEL_OPEN)
			continue;
		m = find_month(&all, month_of(d, today));
		sum_up(&m->sum, d);
		m->stages |= UINT64_C(1) << d->stage;
		if (d->value != EVENT_NO_VALUE)
			m->in[d->stage] += d->value;
	}
	map_free(&all.at);
	qsort(all.month, all.n, sizeof *all.month, by_month);
	*n = all.n;
	return all.month;
}

/*
 * Each part is cut off at a part in 10^9 of a ten-thousandth; as many such
 * parts are added as were cut, so that what is just a half counts as one.
 */
int64_t
funnel_weighted(const struct funnel_month *m, const struct score_part *chance)
{
	const wide fine = 1000000000;
	wide sum = 0;

	for (int s = 0; s < STAGES_MAX; s++) {
		wide part, whole;

		if ((m->stages >> s & 1) == 0)
			continue;
		part = chance[s].part;
		whole = chance[s].whole;
		if (whole == 0)
			return SCORE_NONE;
		part *= m->in[s];
		sum += part / whole * fine + part % whole * fine / whole +
		    (part % whole * fine % whole != 0);
	}
	return divided(sum, fine * (NUM_ONE / 100));
}

/* --- why deals were lost ---------------------------------------------- */

static int
by_frequency(const void *a, const void *b)
{
	const struct funnel_reason *r = a, *o = b;

	if (r->sum.n != o->sum.n)
		return r->sum.n > o->sum.n ? -1 : 1;
	return slice_cmp(r->reason, o->reason);
}

struct funnel_reason *
funnel_reasons(const struct funnel *f, size_t from, size_t end, size_t *n)
{
	struct funnel_reason *all = mem_zero(1, sizeof *all);
	size_t cap = 1;
	struct map at = { 0 };

	*n = 0;
	for (size_t i = from; i < end; i++) {
		const struct funnel_deal *d = &f->deal[i];
		struct slice reason = thread_word(f->threads, d->reason);
		uint32_t r;

		if (d->state != FUNNEL_LOST)
			continue;
		r = map_add(&at, reason);
		all = mem_grow(all, &cap, r + 1, sizeof *all);
		if (r == *n)
			all[(*n)++] = (struct funnel_reason){ reason, { 0 } };
		sum_up(&all[r].sum, d);
	}
	map_free(&at);
	qsort(all, *n, sizeof *all, by_frequency);
	return all;
}
