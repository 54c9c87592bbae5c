#include "measure/hits.h"

static void
init(void *state, const void *how)
{
	*(struct hits *)state = (struct hits){ .how = how };
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	struct hits *h = state;

	(void)e;
	for (size_t i = 0; i < b->n; i++) {
		if (!window_has(h->how->window, b->event[i].time))
			continue;
		h->n++;
		if (h->how->take != NULL)
			h->how->take(h->how->ctx, b, &b->event[i]);
	}
	return true;
}

static bool
merge(void *state, void *from, const uint32_t *who, struct err *e)
{
	(void)who;
	(void)e;
	((struct hits *)state)->n += ((struct hits *)from)->n;
	return true;
}

static void
nothing(void *state)
{
	(void)state;
}

const struct measure hits_measure = { "hits", sizeof(struct hits), false,
	init, add, merge, nothing };
