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

	(void)e;
	thread_sort(use[0].state, people, THREAD_BY_REF);
	cases_make(&c->cases, use[0].state, &r->terms);
	r->turns = use[0].state;
	r->cases = &c->cases;
	return true;
}

/* --- how long it took, and who did it ------------------------------------ */

/* A moment of a case, and how long it took until then. */
struct took {
	int64_t time, seconds;
};

static struct took
reply_of(const struct cases_case *c)
{
	return (struct took){ c->first_reply, c->reply_seconds };
}

static struct took
solve_of(const struct cases_case *c)
{
	return (struct took){ c->solved, c->solve_seconds };
}

/* The cases as they stood at the end of each period; of the one before
 * not those that were over when it began. */
struct standing {
	const struct cases *cases[REVIEW_SIDES];
};

/* The median of what was over inside the window, in tenths of an hour. */
static int64_t
median_hours(const struct cases *c, struct window w,
    struct took took(const struct cases_case *c), int64_t *n)
{
	int64_t *seconds = mem_resize(NULL, c->n, sizeof *seconds);
	int64_t twice = 0;
	size_t found = 0;

	for (size_t i = 0; i < c->n; i++) {
		struct took t = took(&c->at[i]);

		if (t.time != CASES_NEVER && window_has(w, t.time))
			seconds[found++] = t.seconds;
	}
	if (found > 0)
		twice = median_twice(seconds, found);
	free(seconds);
	*n = (int64_t)found;
	return found > 0 ? num_div(twice, 2 * 360) : FIGURE_NONE;
}

static void
add_hours(struct review *r, const struct standing *s, const char *name,
    struct took took(const struct cases_case *c))
{
	int64_t median[REVIEW_SIDES] = { 0 }, n[REVIEW_SIDES] = { 0 };
	struct figure *f;

	for (int side = 0; side < REVIEW_SIDES; side++)
		median[side] = median_hours(s->cases[side], r->window[side],
		    took, &n[side]);
	f = section_add(r, "cases", name, FIGURE_SCORE,
	    median[REVIEW_BEFORE], median[REVIEW_NOW]);
	f->n = n[REVIEW_NOW];
	f->few = f->n < REVIEW_FEW;
}

/* Solved inside the window by who had them first, of those of which that is
 * known. */
static struct score_part
own(const struct standing *s, int side, struct window w)
{
	const struct cases *c = s->cases[side];
	struct score_part own = { 0, 0 };

	for (size_t i = 0; i < c->n; i++) {
		const struct cases_case *k = &c->at[i];

		if (k->solved == CASES_NEVER || k->first_by == 0 ||
		    !window_has(w, k->solved))
			continue;
		own.whole++;
		own.part += k->own;
	}
	return own;
}

static int64_t
overdue(const struct cases *c)
{
	int64_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += c->at[i].state == CASES_OVERDUE;
	return n;
}

static void
add_standing(struct review *r, const struct standing *s)
{
	section_add(r, "cases", "overdue", FIGURE_COUNT,
	    overdue(s->cases[REVIEW_BEFORE]), overdue(s->cases[REVIEW_NOW]));
	add_hours(r, s, "reply_hours", reply_of);
	add_hours(r, s, "solve_hours", solve_of);
	section_share(r, "cases", "by_first",
	    own(s, REVIEW_BEFORE, r->window[REVIEW_BEFORE]),
	    own(s, REVIEW_NOW, r->window[REVIEW_NOW]));
}

/* --- all of it ------------------------------------------------------------ */

/* Was a case over before a period began, as far as its n events tell? */
static bool
is_history(const struct thread_event *v, size_t n, struct window w)
{
	return n == 0 || (v[n - 1].kind == KIND_SOLVE &&
	    v[n - 1].time < w.from);
}

/* The events of cases before the end of a window that it has to do with. */
static struct threads
cut(const struct threads *t, struct window w)
{
	struct threads as_of = *t;

	as_of.event = mem_resize(NULL, t->n, sizeof *t->event);
	as_of.n = 0;
	for (size_t at = 0, end; at < t->n; at = end) {
		const struct thread_event *v = &t->event[at];
		size_t n = 0;

		end = thread_end(t, at);
		while (at + n < end && v[n].time < w.to)
			n++;
		for (size_t i = 0; !is_history(v, n, w) && i < n; i++)
			as_of.event[as_of.n++] = v[i];
	}
	return as_of;
}

/* The cases as they stood at the end of the period before, but for those
 * that were over when it began; their events are in *events. */
static struct cases
earlier(const struct review *r, struct threads *events)
{
	struct cases_terms terms = r->terms;
	struct cases c;

	terms.now = r->window[REVIEW_BEFORE].to;
	*events = cut(r->turns, r->window[REVIEW_BEFORE]);
	cases_make(&c, events, &terms);
	return c;
}

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
	struct cases_sums a = cases_sums(r->turns, r->window[REVIEW_BEFORE]);
	struct cases_sums b = cases_sums(r->turns, r->window[REVIEW_NOW]);
	struct threads events;
	struct cases before = earlier(r, &events);

	(void)room;
	(void)people;
	(void)e;
	section_count(r, "cases", "opened", a.opened, b.opened);
	section_count(r, "cases", "solved", a.solved, b.solved);
	section_add(r, "cases", "open", FIGURE_COUNT, a.open, b.open);
	add_standing(r, &(struct standing){ { &before, r->cases } });
	add_inflow(r, use[1].state);
	cases_free(&before);
	free(events.event);
	return true;
}

static void
end(void *room)
{
	cases_free(&((struct room *)room)->cases);
}

const struct section section_cases = { sizeof(struct room), 2, begin, ready,
	figures, end, true };
