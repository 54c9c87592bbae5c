/* Complaints and requests; part of section.h. */
#include "measure/cases.h"
#include "measure/section.h"

static const struct thread_how how = {
	.kinds = CASES_TURNS | THREAD_KIND(KIND_REPLY),
	.columns = THREAD_COLUMN(EVENT_REF) };

struct room {
	struct cases cases;
};

static void
begin(void *room, const struct review *r, struct use *use)
{
	(void)room;
	(void)r;
	*use = (struct use){ &thread_measure, &how, NULL };
}

static bool
ready(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	struct room *c = room;

	(void)e;
	thread_sort(use->state, people, THREAD_BY_REF);
	cases_make(&c->cases, use->state, &r->terms);
	r->turns = use->state;
	r->cases = &c->cases;
	return true;
}

static bool
figures(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	struct cases_sums a = cases_sums(r->turns, r->window[REVIEW_BEFORE]);
	struct cases_sums b = cases_sums(r->turns, r->window[REVIEW_NOW]);

	(void)room;
	(void)use;
	(void)people;
	(void)e;
	section_count(r, "cases", "opened", a.opened, b.opened);
	section_count(r, "cases", "solved", a.solved, b.solved);
	section_add(r, "cases", "open", FIGURE_COUNT, a.open, b.open);
	return true;
}

static void
end(void *room)
{
	cases_free(&((struct room *)room)->cases);
}

const struct section section_cases = { sizeof(struct room), 1, begin, ready,
	figures, end };
