/* Complaints and requests; part of section.h. */
#include "measure/cases.h"
#include "measure/section.h"

static const struct thread_how how = { .kinds = CASES_TURNS,
	.columns = THREAD_COLUMN(EVENT_REF) };

static void
begin(void *room, const struct review *r, struct use *use)
{
	(void)room;
	(void)r;
	*use = (struct use){ &thread_measure, &how, NULL };
}

static bool
figures(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	struct threads *t = use->state;
	struct cases_sums a, b;

	(void)room;
	(void)e;
	thread_sort(t, people, THREAD_BY_REF);
	a = cases_sums(t, r->window[REVIEW_BEFORE]);
	b = cases_sums(t, r->window[REVIEW_NOW]);
	section_count(r, "cases", "opened", a.opened, b.opened);
	section_count(r, "cases", "solved", a.solved, b.solved);
	section_add(r, "cases", "open", FIGURE_COUNT, a.open, b.open);
	return true;
}

const struct section section_cases = { 1, 1, begin, figures };
