/* reviews - two months of a report, for tests of its figures. */
#ifndef CRM_REVIEWS_H
#define CRM_REVIEWS_H

#include <string.h>

#include "measure/review.h"

/* January and February 2026, UTC; a day to reply. */
static inline void
reviews_begin(struct review *r)
{
	static struct zone_change always = { INT64_MIN, 0 };
	static const struct zone utc = { NULL, &always, 1 };
	static const struct hours all = { .zone = &utc };

	*r = (struct review){ .days = { 31, 28 },
		.period = { { 20454, 20484, PERIOD_MONTH },
		    { 20485, 20512, PERIOD_MONTH } },
		.window = { { 1767225600, 1769904000 },
		    { 1769904000, 1772323200 } } };
	r->stage.sleeping_days = 180;
	r->stage.lost_days = 540;
	r->zone = &utc;
	r->terms = (struct cases_terms){ &all, 86400, 3 * 86400,
		r->window[REVIEW_NOW].to, INT64_MAX };
	r->earlier = (struct window){ 1764547200, 1767225600 };
	review_begin(r);
}

/* The figure of this name, or NULL. */
static inline const struct figure *
reviews_find(const struct review *r, const char *section, const char *name)
{
	for (size_t i = 0; i < r->figures; i++)
		if (strcmp(r->figure[i].section, section) == 0 &&
		    slice_is(r->figure[i].name, name))
			return &r->figure[i];
	return NULL;
}

/* The same, which must be there and have these values. */
static inline const struct figure *
reviews_figure(const struct review *r, const char *section, const char *name,
    int64_t value, int64_t before)
{
	const struct figure *f = reviews_find(r, section, name);

	if (f == NULL || f->value != value || f->before != before)
		fail_msg("%s %s: %s", section, name,
		    f == NULL ? "is missing" : "has other values");
	return f;
}

#endif
