#include "measure/aim.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/tr.h"
#include "measure/funnel.h"
#include "measure/score.h"

#define MOST (INT64_MAX / 4) /* differences of such sums fit too */

/* What a value is made from: things counted, and parts or sums of them. */
struct sum {
	int64_t n, a, b;
};

/* --- metrics ------------------------------------------------------------- */

static void
add_money(struct sum *s, const struct event *v)
{
	*(v->kind == KIND_ORDER ? &s->a : &s->b) += v->value;
}

static void
add_nps(struct sum *s, const struct event *v)
{
	s->a += v->value >= 9 * NUM_ONE;
	s->b += v->value <= 6 * NUM_ONE;
}

static void
add_csat(struct sum *s, const struct event *v)
{
	s->a += v->value >= 4 * NUM_ONE;
}

static void
add_ces(struct sum *s, const struct event *v)
{
	s->a += v->value >= 5 * NUM_ONE;
}

static int64_t
of_count(const struct sum *s)
{
	return s->n;
}

static int64_t
of_money(const struct sum *s)
{
	return s->a - s->b;
}

static int64_t
of_nps(const struct sum *s)
{
	return score_nps(&(struct score_nps){ s->a, s->n - s->a - s->b,
		s->b });
}

static int64_t
of_share(const struct sum *s)
{
	return score_share((struct score_part){ s->a, s->n });
}

#define ONE(kind) (UINT64_C(1) << (kind))

enum source { EVENTS, FIRSTS, CASES, DEALS };

static const struct way {
	enum source source;
	uint64_t kinds; /* of events and firsts */
	void (*add)(struct sum *s, const struct event *v); /* besides n */
	int64_t (*value)(const struct sum *s);
} ways[GOAL_METRICS] = {
	[GOAL_REVENUE] = { EVENTS, ONE(KIND_ORDER), add_money, of_money },
	[GOAL_NET] = { EVENTS, ONE(KIND_ORDER) | ONE(KIND_REFUND), add_money,
	    of_money },
	[GOAL_ORDERS] = { EVENTS, ONE(KIND_ORDER), NULL, of_count },
	[GOAL_NEW] = { FIRSTS, ONE(KIND_ORDER), NULL, of_count },
	[GOAL_ACTIVE] = { FIRSTS, ONE(KIND_ORDER), NULL, of_count },
	[GOAL_NPS] = { EVENTS, ONE(KIND_NPS), add_nps, of_nps },
	[GOAL_CSAT] = { EVENTS, ONE(KIND_CSAT), add_csat, of_share },
	[GOAL_CES] = { EVENTS, ONE(KIND_CES), add_ces, of_share },
	[GOAL_OPEN_CASES] = { CASES, 0, NULL, of_count },
	[GOAL_OVERDUE_CASES] = { CASES, 0, NULL, of_count },
	[GOAL_WON] = { DEALS, 0, NULL, of_money },
	[GOAL_WON_DEALS] = { DEALS, 0, NULL, of_count },
};

static const struct way *
way_of(const struct aim *a, size_t g)
{
	return &ways[a->goals->at[g].metric];
}

/* --- the measure --------------------------------------------------------- */

struct state {
	const struct aim *how;
	struct sum sum[GOALS_MAX][AIM_SIDES];
	struct firsts {
		int64_t *time; /* first order that counts, by number of
		                  customer; INT64_MAX if none */
		size_t n, cap;
	} first[GOALS_MAX];
};

static void
init(void *state, const void *how)
{
	*(struct state *)state = (struct state){ .how = how };
}

static bool
add_sum(struct sum *s, const struct sum *more, struct err *e)
{
	s->n += more->n;
	if (num_add(&s->a, more->a) && num_add(&s->b, more->b) &&
	    s->a <= MOST && s->b <= MOST)
		return true;
	return err_set(e, CRM_DATA, _("the sum of all sales is too large"));
}

static void
keep_first(struct firsts *f, uint32_t who, int64_t time)
{
	f->time = mem_grow(f->time, &f->cap, (size_t)who + 1,
	    sizeof *f->time);
	while (f->n <= who)
		f->time[f->n++] = INT64_MAX;
	if (time < f->time[who])
		f->time[who] = time;
}

static bool
count(struct state *s, size_t g, const struct event *v, struct err *e)
{
	const struct way *w = way_of(s->how, g);
	const struct aim_window *in = &s->how->window[g];
	struct sum one = { .n = v->kind != KIND_REFUND };

	if (s->how->goals->at[g].metric == GOAL_NEW) {
		keep_first(&s->first[g], v->who, v->time);
		return true;
	}
	if (v->time < in->from)
		return true;
	if (w->source == FIRSTS) {
		keep_first(&s->first[g], v->who, v->time);
		return true;
	}
	if (w->add != NULL)
		w->add(&one, v);
	for (int side = 0; side < AIM_SIDES; side++)
		if (v->time < in->end[side] &&
		    !add_sum(&s->sum[g][side], &one, e))
			return false;
	return true;
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	struct state *s = state;

	for (size_t i = 0; i < b->n; i++) {
		const struct event *v = &b->event[i];
		uint64_t left = s->how->of_kind[v->kind];

		for (size_t g = 0; left != 0; g++, left >>= 1)
			if ((left & 1) != 0 && !v->aside &&
			    !count(s, g, v, e))
				return false;
	}
	return true;
}

static bool
merge(void *state, void *from, const uint32_t *who, struct err *e)
{
	struct state *s = state;
	const struct state *f = from;

	for (size_t g = 0; g < s->how->goals->n; g++) {
		for (int side = 0; side < AIM_SIDES; side++)
			if (!add_sum(&s->sum[g][side], &f->sum[g][side], e))
				return false;
		for (uint32_t i = 0; i < f->first[g].n; i++)
			keep_first(&s->first[g], who[i], f->first[g].time[i]);
	}
	return true;
}

static void
end(void *state)
{
	struct state *s = state;

	for (size_t g = 0; g < GOALS_MAX; g++)
		free(s->first[g].time);
}

static const struct measure aim_measure = { "aim", sizeof(struct state),
	MEASURE_PEOPLE, init, add, merge, end };

/* --- before the run ------------------------------------------------------ */

static const struct thread_how case_events = { .kinds = CASES_KINDS,
	.columns = THREAD_COLUMN(EVENT_REF) };
static const struct thread_how deal_events = { .kinds = FUNNEL_KINDS,
	.columns = THREAD_COLUMN(EVENT_REF) };

/* The last day that counts. */
static int32_t
last_day(const struct aim *a, const struct goal *g)
{
	return a->today < g->due ? a->today : g->due;
}

/* The same time of day so many days earlier. */
static int64_t
earlier(const struct zone *z, int64_t time, int32_t days)
{
	int32_t day = zone_day(z, time);

	return zone_day_start(z, day - days) + time - zone_day_start(z, day);
}

static void
set_window(struct aim *a, size_t i)
{
	const struct goal *g = &a->goals->at[i];
	struct aim_window *w = &a->window[i];
	int64_t due_over = zone_day_start(a->zone, g->due + 1);

	w->from = zone_day_start(a->zone, g->since);
	w->end[AIM_NOW] = a->terms.now < due_over ? a->terms.now : due_over;
	w->end[AIM_BEFORE] = earlier(a->zone, w->end[AIM_NOW], AIM_DAYS);
}

size_t
aim_begin(struct aim *a, struct use *use)
{
	bool has[DEALS + 1] = { false };
	size_t n = 0;

	for (size_t g = 0; g < a->goals->n; g++) {
		set_window(a, g);
		has[way_of(a, g)->source] = true;
		for (int kind = 0; kind < KINDS; kind++)
			if ((way_of(a, g)->kinds & ONE(kind)) != 0)
				a->of_kind[kind] |= UINT64_C(1) << g;
	}
	a->use = use;
	a->cases_use = a->deals_use = AIM_USES;
	use[n++] = (struct use){ &aim_measure, a, NULL };
	if (has[CASES] && !a->has_cases) {
		a->cases_use = n;
		use[n++] = (struct use){ &thread_measure, &case_events,
			NULL };
	}
	if (has[DEALS]) {
		a->deals_use = n;
		use[n++] = (struct use){ &thread_measure, &deal_events,
			NULL };
	}
	return n;
}

/* --- after the run ------------------------------------------------------- */

struct answer {
	struct aim *aim;
	struct sum sum[GOALS_MAX][AIM_SIDES];
	bool done[GOALS_MAX][AIM_SIDES];
	struct err *e;
};

static struct sum
count_deals(const struct funnel *f, int64_t from)
{
	struct sum s = { 0 };

	for (size_t i = 0; i < f->n; i++) {
		const struct funnel_deal *d = &f->deal[i];

		if (d->state != FUNNEL_WON || d->ended < from)
			continue;
		s.n++;
		if (d->value != EVENT_NO_VALUE)
			s.a += d->value;
	}
	return s;
}

/* All goals of a source at a moment are answered by one look at it. */
static bool
share(const struct answer *w, size_t g, int side, enum source source,
    int64_t moment)
{
	return !w->done[g][side] && way_of(w->aim, g)->source == source &&
	    w->aim->window[g].end[side] == moment;
}

/* Cases that are not solved, and those of them that are overdue. */
struct unsolved {
	int64_t open, overdue;
};

static void
count_case(void *arg, const struct cases_case *c)
{
	struct unsolved *n = arg;

	n->open += c->state != CASES_SOLVED;
	n->overdue += c->state == CASES_OVERDUE;
}

static bool
answer_cases(struct answer *w, int64_t moment)
{
	struct unsolved n = { 0 };

	cases_each(w->aim->cases, &w->aim->terms,
	    (struct window){ INT64_MIN, moment }, count_case, &n);
	for (size_t g = 0; g < w->aim->goals->n; g++)
		for (int side = 0; side < AIM_SIDES; side++)
			if (share(w, g, side, CASES, moment)) {
				w->sum[g][side].n =
				    w->aim->goals->at[g].metric ==
				    GOAL_OPEN_CASES ? n.open : n.overdue;
				w->done[g][side] = true;
			}
	return true;
}

static bool
answer_deals(struct answer *w, int64_t moment)
{
	struct funnel_how how = { NULL, WINDOW_ALL, moment };
	struct funnel f;
	bool ok = funnel_read(&f,
	    w->aim->use[w->aim->deals_use].state, &how, w->e);

	for (size_t g = 0; ok && g < w->aim->goals->n; g++)
		for (int side = 0; side < AIM_SIDES; side++)
			if (share(w, g, side, DEALS, moment)) {
				w->sum[g][side] = count_deals(&f,
				    w->aim->window[g].from);
				w->done[g][side] = true;
			}
	funnel_free(&f);
	return ok;
}

static bool
answer(struct answer *w, size_t g, int side)
{
	const struct state *s = w->aim->use[0].state;
	const struct aim_window *in = &w->aim->window[g];
	const struct firsts *f = &s->first[g];

	if (w->done[g][side])
		return true;
	switch (way_of(w->aim, g)->source) {
	case CASES: return answer_cases(w, in->end[side]);
	case DEALS: return answer_deals(w, in->end[side]);
	case EVENTS: w->sum[g][side] = s->sum[g][side]; break;
	case FIRSTS:
		for (size_t i = 0; i < f->n; i++)
			w->sum[g][side].n += f->time[i] >= in->from &&
			    f->time[i] < in->end[side];
	}
	return true;
}

static struct aim_seen
seen(const struct answer *w, size_t i)
{
	const struct aim *a = w->aim;
	const struct goal *g = &a->goals->at[i];
	const struct goal_metric_info *m = goal_metric(g->metric);
	const struct way *way = &ways[g->metric];
	bool begins = m->sort != GOAL_STATE &&
	    (a->window[i].end[AIM_BEFORE] <= a->window[i].from ||
	    way->value(&w->sum[i][AIM_BEFORE]) == FIGURE_NONE);
	int32_t days = last_day(a, g) - g->since + 1;
	struct aim_seen s = { .value = way->value(&w->sum[i][AIM_NOW]),
		.before = way->value(&w->sum[i][AIM_BEFORE]),
		.n = FIGURE_NONE, .days = AIM_DAYS, .today = a->today };

	if (begins) {
		s.before = m->sort == GOAL_FLOW ? 0 : g->base;
		s.days = days > 0 ? days : 0;
	}
	if (m->unit != FIGURE_COUNT)
		s.n = w->sum[i][AIM_NOW].n;
	return s;
}

/* What the run kept, brought into the order in which it is read. */
static void
sort_threads(struct aim *a, const struct map *people)
{
	if (a->cases_use < AIM_USES) {
		a->cases = a->use[a->cases_use].state;
		thread_sort(a->cases, people, THREAD_AS_MET);
	}
	if (a->deals_use < AIM_USES)
		thread_sort(a->use[a->deals_use].state, people,
		    THREAD_AS_MET);
}

bool
aim_standings(struct aim *a, const struct map *people,
    struct goal_standing *to, struct err *e)
{
	struct answer w = { .aim = a, .e = e };

	sort_threads(a, people);
	for (size_t g = 0; g < a->goals->n; g++) {
		struct aim_seen s;

		if (!answer(&w, g, AIM_NOW) || !answer(&w, g, AIM_BEFORE))
			return false;
		s = seen(&w, g);
		to[g] = aim_judge(&a->goals->at[g], &s);
	}
	return true;
}
