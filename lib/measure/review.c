#include "measure/review.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "measure/score.h"
#include "measure/section.h"

/* The report, from top to bottom. */
static const struct section *const sections[] = { &section_health,
	&section_sales, &section_found, &section_nps, &section_voice,
	&section_cases, &section_funnel, &section_consent, &section_best };

enum { SECTIONS = LEN(sections) };

_Static_assert(SECTIONS * SECTION_USES <= (size_t)REVIEW_MOST, "too few");
_Static_assert(SECTIONS <= (size_t)REVIEW_ROOMS, "too few");

void
review_begin(struct review *r)
{
	r->uses = 0;
	for (size_t i = 0; i < SECTIONS; i++) {
		r->room[i] = mem_zero(1, sections[i]->size);
		if (sections[i]->uses > 0)
			sections[i]->begin(r->room[i], r, r->use + r->uses);
		r->uses += sections[i]->uses;
	}
}

struct threads *
review_turns(const struct review *r)
{
	return r->turns;
}

const struct cases *
review_cases(const struct review *r)
{
	return r->cases;
}

const struct threads *
review_deals(const struct review *r)
{
	return r->deals;
}

void
review_free(struct review *r)
{
	for (size_t i = 0; i < r->uses; i++)
		use_free(&r->use[i]);
	for (size_t i = 0; i < SECTIONS; i++) {
		if (sections[i]->end != NULL)
			sections[i]->end(r->room[i]);
		free(r->room[i]);
	}
	free(r->figure);
}

struct figure *
section_new(struct review *r, const char *section, struct slice name,
    enum figure_unit unit)
{
	struct figure *f;

	r->figure = mem_grow(r->figure, &r->cap, r->figures + 1,
	    sizeof *r->figure);
	f = &r->figure[r->figures++];
	*f = (struct figure){ .section = section, .name = name,
		.who = slice_of(""), .unit = unit, .value = FIGURE_NONE,
		.before = FIGURE_NONE, .change = FIGURE_NONE,
		.n = FIGURE_NONE, .p = FIGURE_NONE };
	return f;
}

struct figure *
section_row(struct review *r, const char *section, struct slice name,
    enum figure_unit unit, int64_t before, int64_t value)
{
	struct figure *f = section_new(r, section, name, unit);

	f->before = before;
	f->value = value;
	if (before != FIGURE_NONE && value != FIGURE_NONE)
		f->change = value - before;
	return f;
}

struct figure *
section_add(struct review *r, const char *section, const char *name,
    enum figure_unit unit, int64_t before, int64_t value)
{
	return section_row(r, section, slice_of(name), unit, before, value);
}

struct slice
section_who(const struct review *r, struct slice id)
{
	return r->customers == NULL ? SLICE_EMPTY
				    : customers_name(r->customers, id);
}

int64_t
section_cents(int64_t hundredths)
{
	const int64_t most = INT64_MAX / (NUM_ONE / 100);

	return hundredths == SCORE_NONE || hundredths > most ? FIGURE_NONE
	    : hundredths * (NUM_ONE / 100);
}

struct figure *
section_row_count(struct review *r, const char *section, struct slice name,
    int64_t before, int64_t value)
{
	struct figure *f = section_row(r, section, name, FIGURE_COUNT, before,
	    value);

	f->p = score_rate_p(before, r->days[REVIEW_BEFORE], value,
	    r->days[REVIEW_NOW]);
	return f;
}

struct figure *
section_count(struct review *r, const char *section, const char *name,
    int64_t before, int64_t value)
{
	return section_row_count(r, section, slice_of(name), before, value);
}

struct figure *
section_money(struct review *r, const char *section, const char *name,
    struct section_money before, struct section_money now)
{
	int64_t n = before.n * NUM_ONE, m = now.n * NUM_ONE;
	struct figure *f = section_add(r, section, name, FIGURE_MONEY,
	    section_cents(score_mean(before.sum, n)),
	    section_cents(score_mean(now.sum, m)));

	f->change = section_cents(score_mean_change(before.sum, n, now.sum,
	    m));
	f->n = now.n;
	f->few = f->n < REVIEW_FEW;
	return f;
}

struct figure *
section_share(struct review *r, const char *section, const char *name,
    struct score_part before, struct score_part now)
{
	struct score_change c = score_share_change(before, now);
	struct figure *f = section_add(r, section, name, FIGURE_SHARE,
	    score_share(before), score_share(now));

	f->change = c.change;
	f->p = c.p;
	f->n = now.whole;
	f->few = f->n < REVIEW_FEW;
	return f;
}

static int32_t
length(struct period p)
{
	return p.last - p.first + 1;
}

static bool
ready(struct review *r, const struct map *people, struct err *e)
{
	struct use *use = r->use;

	for (size_t i = 0; i < SECTIONS; use += sections[i++]->uses)
		if (sections[i]->ready != NULL &&
		    !sections[i]->ready(r->room[i], r, use, people, e))
			return false;
	return true;
}

/* What nobody looks into any more: a million customers take their room. */
static void
free_counts(struct review *r)
{
	struct use *use = r->use;

	for (size_t i = 0; i < SECTIONS; use += sections[i++]->uses)
		for (size_t k = 0; k < sections[i]->uses; k++)
			if (!sections[i]->lasts)
				use_free(&use[k]);
}

bool
review_figures(struct review *r, const struct map *people, struct err *e)
{
	struct use *use = r->use;

	if (!ready(r, people, e))
		return false;
	section_add(r, "period", period_name(r->name, r->period[REVIEW_NOW]),
	    FIGURE_COUNT, length(r->period[REVIEW_BEFORE]),
	    length(r->period[REVIEW_NOW]));
	for (size_t i = 0; i < SECTIONS; use += sections[i++]->uses)
		if (!sections[i]->figures(r->room[i], r, use, people, e))
			return false;
	free_counts(r);
	return true;
}
