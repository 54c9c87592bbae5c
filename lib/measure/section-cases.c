/* Complaints and requests; part of section.h. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "measure/cases.h"
#include "measure/inflow.h"
#include "measure/median.h"
#include "measure/section.h"

static const struct thread_how how = { .kinds = CASES_KINDS,
	.columns = THREAD_COLUMN(EVENT_REF) | THREAD_COLUMN(EVENT_TOPIC) |
	    THREAD_COLUMN(EVENT_BY) };

struct room {
	struct cases cases;
	struct inflow_how inflow;
};

static void
begin(void *room, const struct review *r, struct use *use)
{
	struct room *c = room;

	for (int side = 0; side < REVIEW_SIDES; side++)
		c->inflow.window[side] = r->window[side];
	c->inflow.hours = r->terms.hours;
	use[0] = (struct use){ &thread_measure, &how, NULL };
	use[1] = (struct use){ &inflow_measure, &c->inflow, NULL };
}

static bool
ready(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	struct room *c = room;
	struct cases_terms terms = r->terms;

	(void)e;
	if (r->window[REVIEW_BEFORE].from < terms.since)
		terms.since = r->window[REVIEW_BEFORE].from;
	thread_sort(use[0].state, people, THREAD_AS_MET);
	cases_make(&c->cases, use[0].state, &terms);
	r->turns = use[0].state;
	r->cases = &c->cases;
	return true;
}

/* --- how cases stood ------------------------------------------------------ */

/* How long it took, of what was over inside the window. */
struct times {
	int64_t *seconds;
	size_t n, cap;
};

/* The cases as they stood at the end of a period. */
struct stood {
	struct window window;
	int64_t opened, solved; /* in the period, solved if only for a while */
	int64_t open, overdue;
	struct times reply, solve;
	struct score_part own; /* solved inside the window by who had them
	                          first, of those of which that is known */
};

static bool
inside(struct window w, int64_t moment)
{
	return moment != CASES_NEVER && window_has(w, moment);
}

static void
add_time(struct times *t, struct window w, int64_t moment, int64_t seconds)
{
	if (!inside(w, moment))
		return;
	t->seconds = mem_grow(t->seconds, &t->cap, t->n + 1,
	    sizeof *t->seconds);
	t->seconds[t->n++] = seconds;
}

static void
take(void *arg, const struct cases_case *c)
{
	struct stood *s = arg;

	s->opened += window_has(s->window, c->opened);
	s->solved += inside(s->window, c->closed);
	s->open += c->solution == NULL;
	s->overdue += c->state == CASES_OVERDUE;
	add_time(&s->reply, s->window, c->first_reply, c->reply_seconds);
	add_time(&s->solve, s->window, c->solved, c->solve_seconds);
	if (c->first_by != 0 && inside(s->window, c->solved)) {
		s->own.whole++;
		s->own.part += c->own;
	}
}

/* Twice a median of seconds in tenths of an hour. */
static int64_t
tenths(int64_t twice)
{
	return num_div(twice, 2 * 360);
}

static void
add_hours(struct review *r, const char *name, struct times *before,
    struct times *now)
{
	int64_t b = before->n == 0 ? 0
	    : median_twice(before->seconds, before->n);
	int64_t n = now->n == 0 ? 0 : median_twice(now->seconds, now->n);
	struct figure *f = section_add(r, "cases", name, FIGURE_SCORE,
	    before->n == 0 ? FIGURE_NONE : tenths(b),
	    now->n == 0 ? FIGURE_NONE : tenths(n));

	if (before->n > 0 && now->n > 0)
		f->change = tenths(n - b);
	f->n = (int64_t)now->n;
	f->few = f->n < REVIEW_FEW;
}

static void
add_standing(struct review *r)
{
	struct stood a = { .window = r->window[REVIEW_BEFORE] };
	struct stood b = { .window = r->window[REVIEW_NOW] };

	cases_back(r->cases, a.window, take, &a);
	for (size_t i = 0; i < r->cases->n; i++)
		take(&b, &r->cases->at[i]);
	section_count(r, "cases", "opened", a.opened, b.opened);
	section_count(r, "cases", "solved", a.solved, b.solved);
	section_add(r, "cases", "open", FIGURE_COUNT, a.open, b.open);
	section_add(r, "cases", "overdue", FIGURE_COUNT, a.overdue,
	    b.overdue);
	add_hours(r, "reply_hours", &a.reply, &b.reply);
	add_hours(r, "solve_hours", &a.solve, &b.solve);
	section_share(r, "cases", "by_first", a.own, b.own);
	free(a.reply.seconds);
	free(a.solve.seconds);
	free(b.reply.seconds);
	free(b.solve.seconds);
}

/* --- all of it ------------------------------------------------------------ */

static void
add_inflow(struct review *r, const struct inflow *in)
{
	const struct inflow_sums *a = &in->of[INFLOW_BEFORE];
	const struct inflow_sums *b = &in->of[INFLOW_NOW];

	section_count(r, "cases", "refunds", a->refunds, b->refunds);
	section_count(r, "cases", "contacts", a->contacts, b->contacts);
	if (r->terms.hours != NULL && r->terms.hours->ranges > 0)
		section_share(r, "cases", "outside_hours",
		    (struct score_part){ a->outside, a->contacts },
		    (struct score_part){ b->outside, b->contacts });
	else
		section_new(r, "cases", slice_of("outside_hours"),
		    FIGURE_SHARE);
}

static bool
figures(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	(void)room;
	(void)people;
	(void)e;
	add_standing(r);
	add_inflow(r, use[1].state);
	return true;
}

static void
end(void *room)
{
	cases_free(&((struct room *)room)->cases);
}

const struct section section_cases = { sizeof(struct room), 2, begin, ready,
	figures, end, true };
