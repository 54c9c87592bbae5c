/* How our service is seen, which needs we could not meet, and whether
 * answers are taken up; part of section.h. */
#include <stdlib.h>

#include "base/mem.h"
#include "measure/loop.h"
#include "measure/section.h"
#include "measure/top.h"

struct room {
	struct service_how service;
	struct thread_how kept;
	int64_t since;
};

static void
begin(void *room, const struct review *r, struct use *use)
{
	struct room *v = room;

	v->since = INT64_MAX;
	for (int side = 0; side < REVIEW_SIDES; side++) {
		v->service.window[side] = r->window[side];
		if (r->window[side].from < v->since)
			v->since = r->window[side].from;
	}
	v->kept = (struct thread_how){
		.kinds = LOOP_KINDS | THREAD_KIND(KIND_UNMET),
		.columns = THREAD_COLUMN(EVENT_TOPIC), .since = &v->since };
	use[0] = (struct use){ &service_measure, &v->service, NULL };
	use[1] = (struct use){ &thread_measure, &v->kept, NULL };
}

static bool
ready(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	(void)room;
	(void)people;
	(void)e;
	r->service = use[0].state;
	return true;
}

/* --- how our service is seen ------------------------------------------- */

static const struct list {
	const char *section;
	enum service_part part;
	enum service_way way;
} lists[] = {
	{ "nps_channel", SERVICE_CHANNEL, SERVICE_NPS },
	{ "csat_channel", SERVICE_CHANNEL, SERVICE_CSAT },
	{ "ces_channel", SERVICE_CHANNEL, SERVICE_CES },
	{ "tone_channel", SERVICE_CHANNEL, SERVICE_TONE },
	{ "nps_person", SERVICE_PERSON, SERVICE_NPS },
	{ "csat_person", SERVICE_PERSON, SERVICE_CSAT },
	{ "ces_person", SERVICE_PERSON, SERVICE_CES },
	{ "tone_person", SERVICE_PERSON, SERVICE_TONE },
};

/* What both sides say of one channel or person, and how it changed. */
struct seen {
	enum figure_unit unit;
	int64_t before, now;
	struct score_change change;
};

static struct seen
seen_nps(const struct service_sums *before, const struct service_sums *now)
{
	struct score_nps a = service_nps(before), b = service_nps(now);

	return (struct seen){ FIGURE_SCORE, score_nps(&a), score_nps(&b),
		score_nps_change(&a, &b) };
}

static struct seen
seen_good(const struct service_sums *before, const struct service_sums *now)
{
	struct score_part a = service_good(before), b = service_good(now);

	return (struct seen){ FIGURE_SHARE, score_share(a), score_share(b),
		score_share_change(a, b) };
}

static struct seen
seen_tone(const struct service_sums *before, const struct service_sums *now)
{
	return (struct seen){ FIGURE_MEAN, score_mean(before->sum, before->n),
		score_mean(now->sum, now->n),
		{ score_mean_change(before->sum, before->n, now->sum, now->n),
		    SCORE_NONE, SCORE_NONE } };
}

static void
add_seen(struct review *r, const struct list *l, const struct service_row *s)
{
	static struct seen (*const look[SERVICE_WAYS])(
	    const struct service_sums *, const struct service_sums *) = {
		[SERVICE_NPS] = seen_nps, [SERVICE_CSAT] = seen_good,
		[SERVICE_CES] = seen_good, [SERVICE_TONE] = seen_tone };
	const struct service_sums *now = &s->of[SERVICE_NOW][l->way];
	struct seen v = look[l->way](&s->of[SERVICE_BEFORE][l->way], now);
	struct figure *f = section_row(r, l->section, s->name, v.unit,
	    v.before, v.now);

	f->change = v.change.change;
	f->p = v.change.p;
	f->n = now->n;
	f->few = f->n < SCORE_FEW;
}

/* Those with most answers in the period. */
static void
add_list(struct review *r, const struct list *l)
{
	struct top top = { .most = REVIEW_LIST };
	struct service_row *row;
	size_t n;

	row = service_rows(r->service, l->part, &n);
	for (size_t i = 0; i < n; i++) {
		int64_t asked = row[i].of[SERVICE_NOW][l->way].n;

		if (asked > 0)
			top_put(&top, (struct top_place){ asked, 0,
			    row[i].name, i });
	}
	for (size_t i = 0; i < top.n; i++)
		add_seen(r, l, &row[top.place[i].at]);
	free(row);
}

/* --- needs that we could not meet ---------------------------------------- */

struct heard {
	int64_t of[REVIEW_SIDES];
};

/* By word of the topic. */
static struct heard *
count_topics(const struct review *r, const struct threads *t)
{
	struct heard *heard = mem_zero(t->words.len, sizeof *heard);

	for (size_t i = 0; i < t->n; i++) {
		const struct thread_event *v = &t->event[i];

		for (int side = 0; side < REVIEW_SIDES; side++)
			heard[v->word[THREAD_TOPIC]].of[side] +=
			    v->kind == KIND_UNMET &&
			    window_has(r->window[side], v->time);
	}
	return heard;
}

static void
add_unmet(struct review *r, const struct threads *t)
{
	struct heard *heard = count_topics(r, t);
	struct top top = { .most = REVIEW_LIST };

	for (uint32_t w = 0; w < t->words.len; w++) {
		int64_t now = heard[w].of[REVIEW_NOW];
		int64_t before = heard[w].of[REVIEW_BEFORE];

		if (now > 0 || before > 0)
			top_put(&top, (struct top_place){ now, before,
			    thread_word(t, w), w });
	}
	for (size_t i = 0; i < top.n; i++)
		section_row_count(r, "unmet", top.place[i].name,
		    top.place[i].then, top.place[i].by);
	free(heard);
}

/* --- the closed loop ------------------------------------------------------ */

static void
add_loop(struct review *r, struct threads *t, const struct map *people)
{
	struct loop_sums a, b;

	thread_sort(t, people, THREAD_WHO_AS_MET);
	a = loop_count(t, r->window[REVIEW_BEFORE]);
	b = loop_count(t, r->window[REVIEW_NOW]);
	section_count(r, "loop", "answers", a.answers, b.answers);
	section_share(r, "loop", "taken_up",
	    (struct score_part){ a.taken, a.answers },
	    (struct score_part){ b.taken, b.answers });
	section_share(r, "loop", "low_taken_up",
	    (struct score_part){ a.low_taken, a.low },
	    (struct score_part){ b.low_taken, b.low });
}

static bool
figures(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	(void)room;
	(void)e;
	for (size_t i = 0; i < LEN(lists); i++)
		add_list(r, &lists[i]);
	add_unmet(r, use[1].state);
	add_loop(r, use[1].state, people);
	return true;
}

const struct section section_voice = { sizeof(struct room), 2, begin, ready,
	figures, NULL, true };
