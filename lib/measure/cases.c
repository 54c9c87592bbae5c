#include "measure/cases.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/sort.h"
#include "crm/persons.h"

const char *const cases_state[CASES_STATES] = { "open", "waiting", "solved",
	"overdue" };

const char *const cases_fault[CASES_FAULTS] = { "not-opened",
	"before-opening", "not-solved", "other-customer" };

enum { AHEAD_DAYS = 400 }; /* for which hours are counted beforehand */

struct cases_terms
cases_terms(const struct settings *s, int64_t now)
{
	return (struct cases_terms){ &s->hours,
		settings_seconds(s, SET_REPLY_HOURS),
		settings_seconds(s, SET_SOLVE_HOURS), now };
}

/* --- one case, event by event ------------------------------------------ */

struct walk {
	struct cases_case c;
	const struct cases_terms *terms; /* NULL where no hours are asked */
	bool open;
	bool answered;       /* our reply was the last word */
	bool rests;          /* its customer was erased */
	int64_t closed_from; /* where it is not open */
	int64_t closed;      /* business seconds for which it was closed */
};

static void
begin(struct walk *w, const struct thread_event *v,
    const struct cases_terms *terms)
{
	*w = (struct walk){ .terms = terms, .open = true };
	w->c = (struct cases_case){ .opening = v, .opened = v->time,
		.first_reply = CASES_NEVER, .solved = CASES_NEVER,
		.reply_seconds = CASES_NEVER, .solve_seconds = CASES_NEVER,
		.by = v->word[THREAD_BY], .first_by = v->word[THREAD_BY] };
}

static void
hand_over(struct cases_case *c, uint32_t by)
{
	if (by == 0 || by == c->by)
		return;
	if (c->by != 0)
		c->transfers++;
	else
		c->first_by = by;
	c->by = by;
}

static void
open_again(struct walk *w, const struct thread_event *v)
{
	w->answered = false;
	if (w->open)
		return;
	if (w->terms != NULL)
		w->closed += hours_between(w->terms->hours, w->closed_from,
		    v->time);
	w->open = true;
	w->c.solution = NULL;
	w->c.solved = CASES_NEVER;
	w->c.reopened++;
}

/* One event behind the opening.  False where it does not fit. */
static bool
follow(struct walk *w, const struct thread_event *v)
{
	bool was_open = w->open;

	switch (v->kind) {
	case KIND_ASSIGN:
		hand_over(&w->c, v->word[THREAD_BY]);
		return true;
	case KIND_REPLY:
		if (w->c.first_reply == CASES_NEVER)
			w->c.first_reply = v->time;
		w->answered = true;
		return true;
	case KIND_SOLVE:
		if (w->open)
			w->closed_from = v->time;
		w->open = false;
		w->c.solution = v;
		w->c.solved = v->time;
		return true;
	default:
		open_again(w, v);
		return v->kind != KIND_REOPEN || !was_open;
	}
}

/* The deadline that counts. */
static int64_t
due_of(const struct walk *w)
{
	const struct hours *h = w->terms->hours;
	const struct cases_case *c = &w->c;
	int64_t due, reply;

	if (c->opening->due != DATE_NONE)
		due = hours_after(h, zone_day_start(h->zone,
		    c->opening->due + 1), w->closed);
	else
		due = hours_after(h, c->opened, w->terms->solve + w->closed);
	if (c->first_reply != CASES_NEVER || !w->open)
		return due;
	reply = hours_after(h, c->opened, w->terms->reply);
	return reply < due ? reply : due;
}

/* What follows from the events, once they are all known. */
static void
judge(struct walk *w)
{
	const struct cases_terms *terms = w->terms;
	struct cases_case *c = &w->c;
	uint32_t by;

	c->due = w->open && w->rests ? CASES_NEVER : due_of(w);
	if (c->first_reply != CASES_NEVER)
		c->reply_seconds = hours_between(terms->hours, c->opened,
		    c->first_reply);
	if (!w->open) {
		by = c->solution->word[THREAD_BY];
		c->solve_seconds = hours_between(terms->hours, c->opened,
		    c->solved);
		c->late = c->solved > c->due;
		c->own = c->first_by != 0 &&
		    (by != 0 ? by : c->by) == c->first_by;
	}
	c->state = !w->open ? CASES_SOLVED
	    : c->due != CASES_NEVER && terms->now >= c->due ? CASES_OVERDUE
	    : w->answered ? CASES_WAITING
			  : CASES_OPEN;
}

/* --- all cases --------------------------------------------------------- */

static bool
opens(const struct thread_event *v)
{
	return (CASES_OPENS >> v->kind & 1) != 0;
}

static void
find(struct cases *c, const struct thread_event *v, enum cases_fault fault)
{
	if (v->outside)
		return;
	c->finding = mem_grow(c->finding, &c->findings_cap, c->findings + 1,
	    sizeof *c->finding);
	c->finding[c->findings++] = (struct cases_finding){ v, fault };
}

/* The events behind the opening. */
static void
follow_all(struct cases *c, struct walk *w, const struct thread_event *v,
    size_t n)
{
	bool shared = false;

	for (size_t i = 0; i < n; i++) {
		if (v[i].who != w->c.opening->who &&
		    (!shared || opens(&v[i]))) {
			find(c, &v[i], CASES_SHARED);
			shared = true;
		}
		if (!follow(w, &v[i]))
			find(c, &v[i], CASES_NOT_SOLVED);
	}
}

/* The case of n events from v on. */
static void
make(struct cases *c, const struct threads *t, const struct thread_event *v,
    size_t n, const struct cases_terms *terms)
{
	size_t first = 0;
	struct walk w;

	while (first < n && !opens(&v[first]))
		first++;
	if (!v[first < n ? first : 0].chosen)
		return;
	if (first == n) {
		find(c, &v[0], CASES_NOT_OPENED);
		return;
	}
	for (size_t i = 0; i < first; i++)
		find(c, &v[i], CASES_EARLY);
	begin(&w, &v[first], terms);
	follow_all(c, &w, &v[first + 1], n - first - 1);
	if (v[first].outside)
		return;
	w.rests = persons_veiled(thread_customer(t, &v[first]));
	judge(&w);
	c->at[c->n++] = w.c;
}

static int64_t
opened(const void *at, uint32_t i)
{
	return ((const struct cases_case *)at)[i].opened;
}

/* By opening; at equal times they stay as they are. */
static void
sort(struct cases *c)
{
	struct cases_case *sorted = mem_resize(NULL, c->n, sizeof *sorted);
	uint32_t *place = mem_resize(NULL, c->n, sizeof *place);

	for (size_t i = 0; i < c->n; i++)
		place[i] = (uint32_t)i;
	sort_values(place, c->n, opened, c->at);
	for (size_t i = 0; i < c->n; i++)
		sorted[i] = c->at[place[i]];
	free(place);
	free(c->at);
	c->at = sorted;
}

/* The hours, those of all days around counted beforehand; and room for as
 * many cases as there can be. */
static struct hours
prepare(struct cases *c, const struct hours *hours, const struct threads *t)
{
	int32_t first = INT32_MAX, last = INT32_MIN;
	struct hours h = *hours;
	size_t most = 0;

	for (size_t i = 0; i < t->n; i++) {
		int32_t day = t->event[i].day;

		first = day < first ? day : first;
		last = day > last ? day : last;
		most += opens(&t->event[i]);
	}
	*c = (struct cases){ .at = mem_resize(NULL, most, sizeof *c->at) };
	h.days = 0;
	h.before = NULL;
	if (t->n > 0)
		hours_span(&h, first, last < DATE_LAST - AHEAD_DAYS
			? last + AHEAD_DAYS
			: DATE_LAST);
	return h;
}

void
cases_make(struct cases *c, const struct threads *t,
    const struct cases_terms *terms)
{
	struct hours h = prepare(c, terms->hours, t);
	struct cases_terms own = *terms;

	own.hours = &h;
	for (size_t at = 0, end; at < t->n; at = end) {
		end = thread_end(t, at);
		make(c, t, t->event + at, end - at, &own);
	}
	sort(c);
	free(h.before);
}

void
cases_free(struct cases *c)
{
	free(c->at);
	free(c->finding);
	*c = (struct cases){ 0 };
}

/* --- sums -------------------------------------------------------------- */

/* Add what a thread has done before the end of the window. */
static void
add_sums(struct cases_sums *s, const struct thread_event *v, size_t n,
    struct window window)
{
	struct walk w = { .open = false };
	bool solved = false;

	for (size_t i = 0; i < n && v[i].time < window.to; i++) {
		if (w.c.opening != NULL) {
			follow(&w, &v[i]);
			solved |= v[i].kind == KIND_SOLVE &&
			    v[i].time >= window.from;
		} else if (opens(&v[i])) {
			begin(&w, &v[i], NULL);
		}
	}
	s->opened += w.c.opening != NULL && w.c.opened >= window.from;
	s->solved += solved;
	s->open += w.open;
}

struct cases_sums
cases_sums(const struct threads *t, struct window w)
{
	struct cases_sums s = { 0 };

	for (size_t at = 0, end; at < t->n; at = end) {
		end = thread_end(t, at);
		add_sums(&s, t->event + at, end - at, w);
	}
	return s;
}
