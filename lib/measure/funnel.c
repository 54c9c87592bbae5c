#include "measure/funnel.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/tr.h"

/* A deal that is being followed through its events. */
struct walk {
	struct funnel_deal deal;
	int64_t since;               /* when it came to its stage */
	int64_t spent[STAGES_MAX];
	uint64_t stayed;             /* stages with a stay that is over */
};

/* --- one deal ----------------------------------------------------------- */

static void
leave_stage(struct walk *w, int64_t time)
{
	struct funnel_deal *d = &w->deal;

	if (d->state != FUNNEL_OPEN || d->stage < 0)
		return;
	w->spent[d->stage] += time - w->since;
	w->stayed |= UINT64_C(1) << d->stage;
}

static void
enter_stage(struct walk *w, int64_t time, int8_t stage)
{
	struct funnel_deal *d = &w->deal;

	if (d->state == FUNNEL_OPEN && d->stage == stage)
		return;
	leave_stage(w, time);
	d->state = FUNNEL_OPEN;
	d->stage = stage;
	d->been |= UINT64_C(1) << stage;
	d->furthest = d->furthest > stage ? d->furthest : stage;
	w->since = time;
}

/* The stage that an event is in. */
static int
stage_of(const struct walk *w, const struct stages *g, struct slice topic)
{
	int stage = stages_find(g, topic);

	if (stage >= 0)
		return stage;
	return w->deal.stage < 0 ? 0 : w->deal.stage;
}

static void
end_deal(struct walk *w, const struct thread_event *v)
{
	leave_stage(w, v->time);
	w->deal.state = v->kind == KIND_WON ? FUNNEL_WON : FUNNEL_LOST;
	w->deal.ended = v->time;
	w->deal.reason = v->word[THREAD_TOPIC];
}

/* Follow a deal through n events from `at` on. */
static void
follow(struct walk *w, const struct threads *t, size_t at, size_t n,
    const struct stages *g)
{
	const struct thread_event *first = t->event + at;

	*w = (struct walk){ .deal = { .opened = first->time, .at = at,
		.value = EVENT_NO_VALUE, .due = DATE_NONE, .stage = -1,
		.furthest = -1, .group = first->word[THREAD_GROUP] } };
	for (size_t i = 0; i < n; i++) {
		const struct thread_event *v = first + i;
		struct slice topic = thread_text(t, v, THREAD_TOPIC);

		if (v->value != EVENT_NO_VALUE)
			w->deal.value = v->value;
		if (v->kind != KIND_DEAL) {
			end_deal(w, v);
			continue;
		}
		if (v->due != DATE_NONE)
			w->deal.due = v->due;
		if (g != NULL)
			enter_stage(w, v->time,
			    (int8_t)stage_of(w, g, topic));
		w->deal.state = FUNNEL_OPEN;
	}
}

/* --- all deals ------------------------------------------------------------ */

static void
keep_stays(struct funnel *f, struct walk *w)
{
	struct funnel_deal *d = &w->deal;

	if (d->state == FUNNEL_OPEN && d->stage >= 0)
		w->stayed &= ~(UINT64_C(1) << d->stage);
	d->stay = f->stays;
	f->stay = mem_grow(f->stay, &f->stay_cap, f->stays + STAGES_MAX,
	    sizeof *f->stay);
	for (uint8_t s = 0; s < STAGES_MAX && w->stayed >> s != 0; s++)
		if ((w->stayed >> s & 1) != 0)
			f->stay[f->stays++] = (struct funnel_stay){
				w->spent[s], s };
	d->stays = (uint8_t)(f->stays - d->stay);
}

static bool
keep_deal(struct funnel *f, struct walk *w, struct err *e)
{
	keep_stays(f, w);
	f->deal[f->n++] = w->deal;
	return w->deal.value == EVENT_NO_VALUE ||
	    num_add(&f->value, w->deal.value) ||
	    err_set(e, CRM_DATA, "value: %s", _("the sum is too large"));
}

/* Is the thread none that can be followed?  Then it is noted as odd. */
static bool
is_odd(struct funnel *f, const struct threads *t,
    const struct thread_event *v, size_t n)
{
	struct funnel_odd odd = { .ref = thread_text(t, v, THREAD_REF) };
	size_t i = 1;

	while (i < n && v[i].who == v->who)
		i++;
	if (v->kind == KIND_DEAL && i == n)
		return false;
	if (v->kind == KIND_DEAL) {
		odd.one = thread_customer(t, v);
		odd.other = thread_customer(t, &v[i]);
	}
	f->odd = mem_grow(f->odd, &f->odd_cap, f->odds + 1, sizeof *f->odd);
	f->odd[f->odds++] = odd;
	return true;
}

static struct slice
group_key(const struct funnel *f, const struct funnel_deal *d)
{
	return thread_word(f->threads, d->group);
}

static int
by_group(const void *a, const void *b, void *funnel)
{
	const struct funnel_deal *d = a, *o = b;
	int c = d->group == o->group
	    ? 0
	    : slice_cmp(group_key(funnel, d), group_key(funnel, o));

	return c != 0 ? c : (d->at > o->at) - (d->at < o->at);
}

/* Mostly there is but one group. */
static bool
in_order(struct funnel *f)
{
	size_t i = 1;

	while (i < f->n && by_group(&f->deal[i - 1], &f->deal[i], f) <= 0)
		i++;
	return i >= f->n;
}

bool
funnel_read(struct funnel *f, struct threads *t,
    const struct funnel_how *how, struct err *e)
{
	bool ok = true;
	struct walk w;

	/* room for as many as there can be: what is not used is not there */
	*f = (struct funnel){ .threads = t,
		.deal = mem_resize(NULL, t->n, sizeof *f->deal) };
	for (size_t at = 0, end; ok && at < t->n; at = end) {
		const struct thread_event *v = t->event + at;
		size_t n = 0;

		end = thread_end(t, at);
		while (at + n < end && v[n].time < how->until)
			n++;
		if (n == 0 || !thread_shown(v) ||
		    !window_has(how->opened, v->time) || is_odd(f, t, v, n))
			continue;
		follow(&w, t, at, n, how->stages);
		ok = keep_deal(f, &w, e);
	}
	if (!in_order(f))
		qsort_r(f->deal, f->n, sizeof *f->deal, by_group, f);
	return ok;
}

size_t
funnel_end(const struct funnel *f, size_t at)
{
	size_t end = at + 1;

	while (end < f->n && f->deal[end].group == f->deal[at].group)
		end++;
	return end;
}

struct slice
funnel_group(const struct funnel *f, size_t at)
{
	return group_key(f, &f->deal[at]);
}

void
funnel_free(struct funnel *f)
{
	free(f->deal);
	free(f->odd);
	free(f->stay);
	*f = (struct funnel){ 0 };
}
