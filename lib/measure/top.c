#include "measure/top.h"

#include <stdbool.h>

static bool
goes_before(const struct top_place *a, const struct top_place *b)
{
	if (a->by != b->by)
		return a->by > b->by;
	if (a->then != b->then)
		return a->then > b->then;
	return slice_cmp(a->name, b->name) < 0;
}

void
top_put(struct top *t, struct top_place p)
{
	size_t i = t->n;

	if (i == t->most) {
		if (i == 0 || !goes_before(&p, &t->place[i - 1]))
			return;
		i--;
	} else {
		t->n++;
	}
	for (; i > 0 && goes_before(&p, &t->place[i - 1]); i--)
		t->place[i] = t->place[i - 1];
	t->place[i] = p;
}
