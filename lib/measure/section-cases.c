/* Complaints and requests; part of section.h. */
#include "measure/cases.h"
#include "measure/section.h"

struct room {
	struct cases_how how[REVIEW_SIDES];
};

static void
begin(void *room, const struct review *r, struct use *use)
{
	struct room *n = room;

	for (int side = 0; side < REVIEW_SIDES; side++) {
		n->how[side] = (struct cases_how){ r->window[side] };
		use[side] = (struct use){ &cases_measure, &n->how[side],
			NULL };
	}
}

static bool
figures(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	struct cases_sums a = cases_sums(use[REVIEW_BEFORE].state);
	struct cases_sums b = cases_sums(use[REVIEW_NOW].state);

	(void)room;
	(void)people;
	(void)e;
	section_count(r, "cases", "opened", a.opened, b.opened);
	section_count(r, "cases", "solved", a.solved, b.solved);
	section_add(r, "cases", "open", FIGURE_COUNT, a.open, b.open);
	return true;
}

const struct section section_cases = { sizeof(struct room), REVIEW_SIDES,
	begin, figures };
