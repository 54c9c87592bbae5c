#include "measure/alarm.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/sort.h"
#include "base/tr.h"
#include "measure/surge.h"

/* Of the same code and day. */
static int
by_words(const struct alarm *x, const struct alarm *y)
{
	int by[] = { slice_cmp(x->customer, y->customer),
		slice_cmp(x->what, y->what), num_cmp(x->value, y->value),
		num_cmp(x->limit, y->limit), slice_cmp(x->owner, y->owner),
		num_cmp(x->more[0], y->more[0]) };

	for (size_t i = 0; i < LEN(by); i++)
		if (by[i] != 0)
			return by[i];
	return 0;
}

/* The day of an alarm among those of the same code. */
static int64_t
day_of(const void *at, uint32_t i)
{
	return ((const struct alarm *)at)[i].day;
}

static int
in_day(const void *a, const void *b, void *at)
{
	const struct alarm *all = at;

	return by_words(&all[*(const uint32_t *)a],
	    &all[*(const uint32_t *)b]);
}

static void
sort_day(void *all, uint32_t *number, size_t n)
{
	qsort_r(number, n, sizeof *number, in_day, all);
}

/* Some alarms of one code. */
static void
sort(struct alarm *a, size_t n)
{
	uint32_t *number = mem_resize(NULL, n, sizeof *number);

	for (size_t i = 0; i < n; i++)
		number[i] = (uint32_t)i;
	sort_twice(number, n, day_of, a, sort_day, a);
	sort_lay_out(a, sizeof *a, number, n);
	free(number);
}

/* Those of the code in hand in order, or the first of them. */
static void
settle(struct alarms *to)
{
	size_t n = to->n - to->from;

	if (n > 0)
		sort(to->at + to->from, n);
	if (to->first == 0 || n < to->first)
		return;
	to->n = to->from + to->first;
	to->last = to->at[to->n - 1].day;
}

/* One more of the code in hand; NULL where it is none of the first. */
static struct alarm *
add(struct alarms *to, enum alarm_code code, int32_t day)
{
	to->of[code]++;
	if (day > to->last)
		return NULL;
	if (to->first > 0 && to->n - to->from == 2 * to->first)
		settle(to);
	to->at = mem_grow(to->at, &to->cap, to->n + 1, sizeof *to->at);
	to->at[to->n] = (struct alarm){ .code = code, .what = slice_of(""),
		.customer = slice_of(""), .owner = slice_of(""),
		.day = day, .value = ALARM_NONE, .limit = ALARM_NONE,
		.p = ALARM_NONE };
	return &to->at[to->n++];
}

/* Per cent in ten-thousandths, which is a chance in millionths. */
static int64_t
level_of(const struct alarm_facts *f)
{
	return f->settings->number[SET_WATCH_LEVEL];
}

/* --- surge --------------------------------------------------------------- */

static void
add_surge(struct alarms *to, const struct alarm_facts *f,
    const struct surge_now *s, int32_t days, int64_t tests, int64_t p)
{
	struct alarm *a = add(to, ALARM_SURGE, f->today - days + 1);

	if (a == NULL)
		return;
	a->what = s->key;
	a->value = s->n;
	a->limit = s->expected;
	a->limit_unit = ALARM_HUNDREDTHS;
	a->p = num_div(p, 1000);
	a->more[0] = s->before;
	a->more[1] = s->days_before;
	a->more[2] = tests;
}

static void
find_surges(struct alarms *to, const struct alarm_facts *f, int32_t limit)
{
	struct surge_how how = { THREAD_TOPIC, f->settings->hours.zone,
		f->now };
	size_t n;
	struct surge_now *s = surge_lately(f->cases, f->case_events, &how,
	    f->today, limit, &n);
	int64_t *p = mem_resize(NULL, n, sizeof *p);

	for (size_t i = 0; i < n; i++)
		p[i] = s[i].p;
	score_holm(p, n);
	for (size_t i = 0; i < n; i++)
		if (p[i] < level_of(f) && s[i].n * 100 > s[i].expected)
			add_surge(to, f, &s[i], limit, (int64_t)n, p[i]);
	free(p);
	free(s);
}

/* --- nps ----------------------------------------------------------------- */

static int64_t
answers(const struct score_nps *s)
{
	return s->promoters + s->passives + s->detractors;
}

static void
find_drop(struct alarms *to, const struct alarm_facts *f, int32_t limit)
{
	const struct score_nps *before = &f->nps[0], *now = &f->nps[1];
	struct score_change c = score_nps_change(before, now);
	struct alarm *a;

	if (answers(before) < ALARM_ANSWERS || answers(now) < ALARM_ANSWERS ||
	    c.change >= 0 || c.p * 1000 >= level_of(f))
		return;
	a = add(to, ALARM_NPS, f->today - limit + 1);
	if (a == NULL)
		return;
	a->what = slice_of("nps");
	a->unit = a->limit_unit = ALARM_TENTHS;
	a->value = score_nps(now);
	a->limit = score_nps(before);
	a->p = c.p;
	a->more[0] = answers(now);
	a->more[1] = answers(before);
}

/* --- people -------------------------------------------------------------- */

static bool
is_silent(const struct alarm_facts *f, const struct alarm_person *p,
    int32_t limit)
{
	return p->key && p->seen != DATE_NONE && f->today - p->seen > limit;
}

static void
find_silent(struct alarms *to, const struct alarm_facts *f, int32_t limit)
{
	for (size_t i = 0; i < f->people; i++) {
		const struct alarm_person *p = &f->person[i];
		struct alarm *a;

		if (!is_silent(f, p, limit))
			continue;
		a = add(to, ALARM_SILENT, p->seen);
		if (a == NULL)
			continue;
		a->customer = p->id;
		a->value = f->today - p->seen;
		a->limit = limit;
	}
}

enum { DETRACTOR = 6, BAD = -1 };

/* Was a tone the last, and bad?  So for an answer. */
static bool
has_tone(const struct alarm_person *p)
{
	return p->tone_time != INT64_MIN && p->tone <= BAD &&
	    p->tone_time >= p->nps_time;
}

static bool
has_answer(const struct alarm_person *p)
{
	return p->nps_time != INT64_MIN && p->nps <= DETRACTOR &&
	    p->nps_time >= p->tone_time;
}

/* The day of the last impression, if it was bad; else DATE_NONE. */
static int32_t
impression(const struct alarm_facts *f, const struct alarm_person *p,
    int32_t limit)
{
	bool tone = has_tone(p);
	int32_t day;

	if (!tone && !has_answer(p))
		return DATE_NONE;
	day = zone_day(f->settings->hours.zone, tone ? p->tone_time
						     : p->nps_time);
	return day > f->today || f->today - day >= limit ? DATE_NONE : day;
}

static void
find_impressions(struct alarms *to, const struct alarm_facts *f,
    int32_t limit)
{
	for (size_t i = 0; i < f->people; i++) {
		const struct alarm_person *p = &f->person[i];
		int32_t day = impression(f, p, limit);
		bool tone = has_tone(p);
		struct alarm *a;

		if (day == DATE_NONE)
			continue;
		a = add(to, ALARM_IMPRESSION, day);
		if (a == NULL)
			continue;
		a->what = slice_of(tone ? "tone" : "nps");
		a->customer = p->id;
		a->value = tone ? p->tone : p->nps;
		a->limit = tone ? BAD : DETRACTOR;
	}
}

bool
alarm_is_of(const struct alarm_facts *f, const struct alarm_person *p)
{
	return is_silent(f, p, alarm_limit(ALARM_SILENT, f->settings)) ||
	    impression(f, p, alarm_limit(ALARM_IMPRESSION, f->settings)) !=
	    DATE_NONE;
}

/* --- cases, goals -------------------------------------------------------- */

static void
add_case(struct alarms *to, const struct alarm_facts *f,
    const struct cases_case *c)
{
	struct alarm *a = add(to, ALARM_OVERDUE,
	    zone_day(f->settings->hours.zone, c->due - 1));

	if (a == NULL)
		return;
	a->what = thread_text(f->case_events, c->opening, THREAD_REF);
	a->customer = thread_customer(f->case_events, c->opening);
	a->owner = thread_word(f->case_events, c->by);
	a->unit = ALARM_TENTHS;
	a->value = num_div(f->now - c->due, 360);
	a->more[0] = c->first_reply == CASES_NEVER;
}

static void
find_overdue(struct alarms *to, const struct alarm_facts *f, int32_t limit)
{
	int64_t found = 0;

	for (size_t i = 0; i < f->cases->n; i++)
		found += f->cases->at[i].state == CASES_OVERDUE;
	for (size_t i = 0; found >= limit && i < f->cases->n; i++)
		if (f->cases->at[i].state == CASES_OVERDUE)
			add_case(to, f, &f->cases->at[i]);
}

static bool
is_off(const struct goal_standing *g)
{
	return g->state == AIM_OFF ||
	    (g->state == AIM_MISSED && g->days_left >= -AIM_DAYS);
}

static void
add_goal(struct alarms *to, const struct goal_standing *g)
{
	static const enum alarm_unit unit[] = { [FIGURE_COUNT] = ALARM_WHOLE,
		[FIGURE_MONEY] = ALARM_MONEY,
		[FIGURE_SHARE] = ALARM_HUNDREDTHS,
		[FIGURE_SCORE] = ALARM_TENTHS };
	const struct goal_metric_info *m = goal_metric(g->goal->metric);
	struct alarm *a = add(to, ALARM_GOAL, g->goal->due);

	if (a == NULL)
		return;
	a->what = slice_of(m->name);
	a->owner = slice_of(g->goal->owner);
	a->unit = a->limit_unit = unit[m->unit];
	a->value = g->value;
	a->limit = g->goal->target;
	a->more[0] = g->pace;
	a->more[1] = g->needed;
	a->more[2] = g->state;
}

static void
find_goals(struct alarms *to, const struct alarm_facts *f, int32_t limit)
{
	int64_t found = 0;

	for (size_t i = 0; i < f->goals; i++)
		found += is_off(&f->goal[i]);
	for (size_t i = 0; found >= limit && i < f->goals; i++)
		if (is_off(&f->goal[i]))
			add_goal(to, &f->goal[i]);
}

/* --- contracts ----------------------------------------------------------- */

/* By ref, then in the order they are in; without one by that alone. */
static int
by_contract(const void *a, const void *b)
{
	const struct thread_event *x = *(const struct thread_event *const *)a;
	const struct thread_event *y = *(const struct thread_event *const *)b;
	uint32_t v = x->word[THREAD_REF], w = y->word[THREAD_REF];

	return v != w ? (v > w) - (v < w) : (x > y) - (x < y);
}

/*
 * Those of n contract events of a customer, sorted by_contract, that are the
 * last word of a contract and end last; how many, which come first in v.
 * None where a contract does not end.
 */
static size_t
longest(const struct thread_event **v, size_t n)
{
	int32_t due = DATE_NONE;
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t ref = v[i]->word[THREAD_REF];

		if (i + 1 < n && ref != 0 &&
		    v[i + 1]->word[THREAD_REF] == ref)
			continue;
		if (v[i]->due == DATE_NONE)
			return 0;
		if (k > 0 && v[i]->due < due)
			continue;
		k = k > 0 && v[i]->due == due ? k : 0;
		due = v[i]->due;
		v[k++] = v[i];
	}
	return k;
}

static void
add_contract(struct alarms *to, const struct alarm_facts *f,
    const struct thread_event *v, int32_t limit)
{
	struct alarm *a = add(to, ALARM_CONTRACT, v->due);

	if (a == NULL)
		return;
	a->what = thread_text(f->contracts, v, THREAD_REF);
	a->customer = thread_customer(f->contracts, v);
	a->value = v->due - f->today;
	a->limit = limit;
}

static void
find_contracts(struct alarms *to, const struct alarm_facts *f, int32_t limit)
{
	const struct threads *t = f->contracts;

	for (size_t at = 0, end; at < t->n; at = end) {
		const struct thread_event **v;
		size_t n;

		end = thread_end(t, at);
		v = mem_resize(NULL, end - at, sizeof(struct thread_event *));
		for (n = 0; n < end - at; n++)
			v[n] = &t->event[at + n];
		qsort(v, n, sizeof(struct thread_event *), by_contract);
		n = longest(v, n);
		if (n > 0 && v[0]->due >= f->today &&
		    v[0]->due - f->today <= limit &&
		    map_find(f->gone, thread_customer(t, v[0])) == MAP_NONE)
			for (size_t i = 0; i < n; i++)
				add_contract(to, f, v[i], limit);
		free(v);
	}
}

/* --- all of them --------------------------------------------------------- */

static const struct {
	struct alarm_info info;
	void (*find)(struct alarms *to, const struct alarm_facts *f,
	    int32_t limit);
} table[ALARMS] = {
	[ALARM_SURGE] = { { "surge", SET_WATCH_SURGE_DAYS, true, ALARM_CASES,
	    N_("a topic has more complaints than usual") }, find_surges },
	[ALARM_NPS] = { { "nps", SET_WATCH_NPS_DAYS, true, ALARM_SCORES,
	    N_("the NPS has fallen by more than chance") }, find_drop },
	[ALARM_SILENT] = { { "silent", SET_WATCH_KEY_DAYS, false,
	    ALARM_PEOPLE, N_("a key account is neither met nor orders") },
	    find_silent },
	[ALARM_IMPRESSION] = { { "impression", SET_WATCH_TONE_DAYS, false,
	    ALARM_PEOPLE, N_("an important customer was last displeased") },
	    find_impressions },
	[ALARM_OVERDUE] = { { "overdue", SET_WATCH_OVERDUE, false,
	    ALARM_CASES, N_("a case is past its deadline") }, find_overdue },
	[ALARM_GOAL] = { { "goal", SET_WATCH_GOALS, false, ALARM_GOALS,
	    N_("a goal is off track, or missed") }, find_goals },
	[ALARM_CONTRACT] = { { "contract", SET_WATCH_CONTRACT_DAYS, false,
	    ALARM_PEOPLE | ALARM_CONTRACTS,
	    N_("a contract ends and there is no newer one") },
	    find_contracts },
};

const struct alarm_info *
alarm_info(enum alarm_code c)
{
	return &table[c].info;
}

int32_t
alarm_limit(enum alarm_code c, const struct settings *s)
{
	int64_t limit = s->number[table[c].info.setting] / NUM_ONE;

	if (table[c].info.tests && s->number[SET_WATCH_LEVEL] == 0)
		return 0;
	return limit < ALARM_DAYS ? (int32_t)limit : ALARM_DAYS;
}

int64_t
alarm_since(const struct settings *s, int32_t today)
{
	return surge_since(s->hours.zone, today,
	    alarm_limit(ALARM_SURGE, s));
}

void
alarm_find(struct alarms *to, const struct alarm_facts *f, unsigned only)
{
	*to = (struct alarms){ .first = f->first };
	for (enum alarm_code c = 0; c < ALARMS; c++) {
		if ((only & 1u << c) == 0 || alarm_limit(c, f->settings) <= 0)
			continue;
		to->from = to->n;
		to->last = INT32_MAX;
		table[c].find(to, f, alarm_limit(c, f->settings));
		settle(to);
	}
}

void
alarms_free(struct alarms *a)
{
	free(a->at);
	*a = (struct alarms){ 0 };
}
