#include "measure/inflow.h"

#define ONE(kind) (UINT64_C(1) << (kind))

static const uint64_t contacts = ONE(KIND_IN) | ONE(KIND_COMPLAINT) |
    ONE(KIND_REQUEST);
static const uint64_t wanted = ONE(KIND_IN) | ONE(KIND_COMPLAINT) |
    ONE(KIND_REQUEST) | ONE(KIND_REFUND);

static void
init(void *state, const void *how)
{
	*(struct inflow *)state = (struct inflow){ .how = how };
}

static void
count(struct inflow *s, const struct event *v)
{
	const struct inflow_how *how = s->how;

	for (int side = 0; side < INFLOW_SIDES; side++) {
		struct inflow_sums *sums = &s->of[side];

		if (!window_has(how->window[side], v->time))
			continue;
		if ((contacts >> v->kind & 1) == 0) {
			sums->refunds++;
			continue;
		}
		sums->contacts++;
		sums->outside += how->hours != NULL &&
		    !hours_open(how->hours, v->time);
	}
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	struct batch_walk w = { wanted, 0 };
	const struct event *v;

	(void)e;
	while ((v = batch_next(b, &w)) != NULL)
		count(state, v);
	return true;
}

static bool
merge(void *state, void *from, const uint32_t *who, struct err *e)
{
	struct inflow *s = state;
	const struct inflow *f = from;

	(void)who;
	(void)e;
	for (int side = 0; side < INFLOW_SIDES; side++) {
		s->of[side].contacts += f->of[side].contacts;
		s->of[side].outside += f->of[side].outside;
		s->of[side].refunds += f->of[side].refunds;
	}
	return true;
}

static void
end(void *state)
{
	(void)state;
}

const struct measure inflow_measure = { "inflow", sizeof(struct inflow),
	MEASURE_KINDS, init, add, merge, end };
