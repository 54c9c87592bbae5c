#include "measure/cases.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
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
		settings_seconds(s, SET_SOLVE_HOURS), now, INT64_MIN };
}

/* --- one case, event by event ------------------------------------------ */

struct walk {
	struct cases_case *c;
	const struct cases_ground *ground;
	bool open;
	bool answered;       /* our reply was the last word */
	int64_t closed_from; /* where it is not open */
	int64_t closed;      /* business seconds for which it was closed */
};

static void
begin(struct walk *w, struct cases_case *c, const struct thread_event *v,
    const struct cases_ground *g)
{
	*w = (struct walk){ .c = c, .ground = g, .open = true };
	*c = (struct cases_case){ .opening = v, .opened = v->time,
		.first_reply = CASES_NEVER, .solved = CASES_NEVER,
		.helped = CASES_NEVER, .closed = CASES_NEVER,
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
	w->closed += hours_between(&w->ground->hours, w->closed_from,
	    v->time);
	w->open = true;
	w->c->solution = NULL;
	w->c->solved = CASES_NEVER;
	w->c->reopened++;
}

/* One event behind the opening.  False where it does not fit. */
static bool
follow(struct walk *w, const struct thread_event *v)
{
	bool was_open = w->open;

	if ((v->kind == KIND_REPLY || v->kind == KIND_SOLVE) &&
	    w->c->helped == CASES_NEVER)
		w->c->helped = v->time;
	switch (v->kind) {
	case KIND_ASSIGN:
		hand_over(w->c, v->word[THREAD_BY]);
		return true;
	case KIND_REPLY:
		if (w->c->first_reply == CASES_NEVER)
			w->c->first_reply = v->time;
		w->answered = true;
		return true;
	case KIND_SOLVE:
		if (w->open)
			w->closed_from = v->time;
		w->open = false;
		w->c->solution = v;
		w->c->solved = w->c->closed = v->time;
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
	const struct cases_terms *terms = &w->ground->terms;
	const struct hours *h = &w->ground->hours;
	const struct cases_case *c = w->c;
	int64_t due, reply;

	if (c->opening->due != DATE_NONE)
		due = hours_after(h, zone_day_start(h->zone,
		    c->opening->due + 1), w->closed);
	else
		due = hours_after(h, c->opened, terms->solve + w->closed);
	if (c->first_reply != CASES_NEVER || !w->open)
		return due;
	reply = hours_after(h, c->opened, terms->reply);
	return reply < due ? reply : due;
}

/* Was the customer of an open case erased? */
static bool
rests(const struct walk *w)
{
	const struct cases_ground *g = w->ground;

	return g->veils && w->open &&
	    persons_veiled(thread_customer(g->t, w->c->opening));
}

/* What follows from the events, once they are all known. */
static void
judge(struct walk *w)
{
	const struct hours *h = &w->ground->hours;
	struct cases_case *c = w->c;
	uint32_t by;

	c->due = rests(w) ? CASES_NEVER : due_of(w);
	if (c->first_reply != CASES_NEVER)
		c->reply_seconds = hours_between(h, c->opened,
		    c->first_reply);
	if (!w->open) {
		by = c->solution->word[THREAD_BY];
		c->solve_seconds = hours_between(h, c->opened,
		    c->solved);
		c->late = c->solved > c->due;
		c->own = c->first_by != 0 &&
		    (by != 0 ? by : c->by) == c->first_by;
	}
	c->state = !w->open ? CASES_SOLVED
	    : c->due != CASES_NEVER && w->ground->terms.now >= c->due
	    ? CASES_OVERDUE
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

/* Was the case over before anybody asks, as far as its last event tells? */
static bool
is_history(const struct cases *c, const struct thread_event *last)
{
	return last->kind == KIND_SOLVE && last->time < c->ground.terms.since;
}

/* The events behind the opening. */
static void
follow_all(struct cases *c, struct walk *w, const struct thread_event *v,
    size_t n)
{
	bool shared = false;

	for (size_t i = 0; i < n; i++) {
		if (v[i].who != w->c->opening->who &&
		    (!shared || opens(&v[i]))) {
			find(c, &v[i], CASES_SHARED);
			shared = true;
		}
		if (!follow(w, &v[i]))
			find(c, &v[i], CASES_NOT_SOLVED);
	}
}

static void
note_first(struct cases *c, const struct thread_event *opening)
{
	if (c->first == NULL || opening->time < c->first->time)
		c->first = opening;
}

/* The case of n events, behind some that do not belong to it. */
static void
make_from(struct cases *c, const struct thread_event *v, size_t n)
{
	struct walk w;

	begin(&w, &c->at[c->n], v, &c->ground);
	follow_all(c, &w, v + 1, n - 1);
	if (v->outside)
		return;
	judge(&w);
	c->n++;
}

/* The case of n events from v on. */
static void
make(struct cases *c, const struct thread_event *v, size_t n)
{
	size_t first = 0;

	while (first < n && !opens(&v[first]))
		first++;
	if (!v[first < n ? first : 0].chosen)
		return;
	if (first == n) {
		find(c, &v[0], CASES_NOT_OPENED);
		return;
	}
	if (!v[first].outside)
		note_first(c, &v[first]);
	if (is_history(c, &v[n - 1]))
		return;
	for (size_t i = 0; i < first; i++)
		find(c, &v[i], CASES_EARLY);
	make_from(c, v + first, n - first);
}

/* One look at all is cheaper than one at the customer of each case. */
static bool
any_veiled(const struct map *people)
{
	uint32_t i = 0;

	while (i < people->len && !persons_veiled(map_key(people, i)))
		i++;
	return i < people->len;
}

/* The day of the last deadline, of a case that the last event opens. */
static int32_t
last_deadline(const struct hours *h, int32_t last,
    const struct cases_terms *terms)
{
	int64_t longest = terms->reply > terms->solve ? terms->reply
						      : terms->solve;

	return zone_day(h->zone, hours_after(h, zone_day_start(h->zone,
	    last + 1), longest));
}

/* Those of all events, and some after them: a deadline that is farther away
 * than these is walked to once, not for each case. */
static void
count_days(struct hours *h, const struct threads *t,
    const struct cases_terms *terms)
{
	int32_t first = INT32_MAX, last = INT32_MIN, due;

	for (size_t i = 0; i < t->n; i++) {
		int32_t day = t->event[i].day;

		first = day < first ? day : first;
		last = day > last ? day : last;
	}
	due = last_deadline(h, last, terms);
	last = last + AHEAD_DAYS > due ? last + AHEAD_DAYS : due;
	hours_span(h, first, last < DATE_LAST ? last : DATE_LAST);
}

/* Free hours.before of it. */
static struct cases_ground
ground_of(const struct threads *t, const struct cases_terms *terms)
{
	struct cases_ground g = { .t = t, .terms = *terms,
		.hours = *terms->hours };

	g.hours.days = 0;
	g.hours.before = NULL;
	if (t->n == 0)
		return g;
	g.veils = any_veiled(t->people);
	if (g.hours.ranges > 0)
		count_days(&g.hours, t, terms);
	return g;
}

void
cases_make(struct cases *c, const struct threads *t,
    const struct cases_terms *terms)
{
	/* room for as many as there can be: what is not used is not there */
	*c = (struct cases){ .at = mem_resize(NULL, t->n, sizeof *c->at),
		.ground = ground_of(t, terms) };
	for (size_t at = 0, end; at < t->n; at = end) {
		end = thread_end(t, at);
		make(c, t->event + at, end - at);
	}
}

void
cases_free(struct cases *c)
{
	free(c->at);
	free(c->finding);
	free(c->ground.hours.before);
	*c = (struct cases){ 0 };
}

/* --- in order ---------------------------------------------------------- */

static int64_t
opened(const void *cases, uint32_t i)
{
	return ((const struct cases *)cases)->at[i].opened;
}

static struct slice
ref_of(const struct cases *c, const struct thread_event *v)
{
	return thread_text(c->ground.t, v, THREAD_REF);
}

static int
by_ref(const void *a, const void *b, void *cases)
{
	const struct cases *c = cases;
	uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
	struct slice v = ref_of(c, c->at[i].opening);
	struct slice w = ref_of(c, c->at[k].opening);

	return v.len == 0 || w.len == 0 ? num_cmp(i, k) : slice_cmp(v, w);
}

/* Opened at one time; those without a ref stay the last, as they are. */
static void
sort_moment(void *cases, uint32_t *number, size_t n)
{
	if (n > 1)
		qsort_r(number, n, sizeof *number, by_ref, cases);
}

static void
sort_openings(struct cases *c)
{
	uint32_t *number = mem_resize(NULL, c->n, sizeof *number);

	for (size_t i = 0; i < c->n; i++)
		number[i] = (uint32_t)i;
	sort_twice(number, c->n, opened, c, sort_moment, c);
	sort_lay_out(c->at, sizeof *c->at, number, c->n);
	free(number);
}

static struct slice
finding_ref(const void *cases, uint32_t i)
{
	const struct cases *c = cases;

	return ref_of(c, c->finding[i].event);
}

/* Those without a ref are the last already. */
static void
sort_findings(struct cases *c)
{
	uint32_t *number = mem_resize(NULL, c->findings, sizeof *number);
	uint32_t n = 0;

	for (; n < c->findings && finding_ref(c, n).len > 0; n++)
		number[n] = n;
	sort_keys(number, n, finding_ref, c);
	sort_lay_out(c->finding, sizeof *c->finding, number, n);
	free(number);
}

void
cases_sort(struct cases *c)
{
	sort_openings(c);
	sort_findings(c);
}

/* --- as they stood ----------------------------------------------------- */

/* On the same ground, but at the end of a window; room for one case. */
static struct cases
stand(const struct cases_ground *g, struct window w, struct cases_case *room)
{
	struct cases c = { .at = room, .ground = *g };

	c.ground.terms.now = w.to;
	c.ground.terms.since = w.from;
	return c;
}

/* Those of events [at, end) that were before the end. */
static void
look_back(struct cases *c, size_t at, size_t end,
    void (*take)(void *arg, const struct cases_case *c), void *arg)
{
	const struct thread_event *v = c->ground.t->event + at;
	size_t n = 0;

	while (at + n < end && v[n].time < c->ground.terms.now)
		n++;
	c->n = c->findings = 0;
	if (n > 0)
		make(c, v, n);
	if (c->n > 0)
		take(arg, c->at);
}

void
cases_each(const struct threads *t, const struct cases_terms *terms,
    struct window w, void (*take)(void *arg, const struct cases_case *c),
    void *arg)
{
	struct cases_ground ground = ground_of(t, terms);
	struct cases_case room;
	struct cases one = stand(&ground, w, &room);

	for (size_t at = 0, end; at < t->n; at = end) {
		end = thread_end(t, at);
		look_back(&one, at, end, take, arg);
	}
	free(one.finding);
	free(ground.hours.before);
}

void
cases_back(const struct cases *c, struct window w,
    void (*take)(void *arg, const struct cases_case *c), void *arg)
{
	const struct threads *t = c->ground.t;
	struct cases_case room;
	struct cases one = stand(&c->ground, w, &room);

	for (size_t i = 0; i < c->n; i++) {
		size_t at = (size_t)(c->at[i].opening - t->event);

		look_back(&one, at, thread_end(t, at), take, arg);
	}
	free(one.finding);
}
