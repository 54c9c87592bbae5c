#include "crm/tiers.h"

#include "base/num.h"
#include "base/text.h"
#include "base/tr.h"

/* One `name:points` that is unlike those before. */
static bool
add(struct tiers *t, struct slice words)
{
	struct slice name;
	int64_t from;

	if (t->n == TIERS_MAX || !text_part(&words, ':', &name) ||
	    name.len == 0 || text_has_control(name) ||
	    num_int(words, 0, INT64_MAX, &from) != NULL)
		return false;
	for (size_t i = 0; i < t->n; i++)
		if (slice_eq(t->at[i].name, name) || t->at[i].from == from)
			return false;
	t->at[t->n++] = (struct tier){ name, from };
	return true;
}

const char *
tiers_parse(struct tiers *t, struct slice words)
{
	struct slice part;

	*t = (struct tiers){ .n = 0 };
	if (words.len == 0)
		return NULL;
	while (text_part(&words, ',', &part))
		if (!add(t, part))
			return _("not tiers like silver:1000,gold:5000");
	return NULL;
}

struct slice
tiers_of(const struct tiers *t, int64_t points)
{
	const struct tier *best = NULL;

	for (size_t i = 0; i < t->n; i++)
		if (t->at[i].from <= points &&
		    (best == NULL || t->at[i].from > best->from))
			best = &t->at[i];
	return best == NULL ? SLICE_EMPTY : best->name;
}
