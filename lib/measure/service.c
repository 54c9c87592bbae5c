#include "measure/service.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

/* What one channel or person is told on both sides. */
struct cell {
	struct service_sums of[SERVICE_SIDES][SERVICE_WAYS];
};

struct table {
	struct map names;
	struct cell *cell; /* by number of name */
	size_t cap;
};

struct service {
	const struct service_how *how;
	int64_t since; /* when the first of the windows begins */
	struct table part[SERVICE_PARTS];
};

static const enum event_column columns[SERVICE_PARTS] = {
	[SERVICE_CHANNEL] = EVENT_CHANNEL, [SERVICE_PERSON] = EVENT_BY,
};

/* How scores count: up to `bad` they are bad, from `good` on good. */
static const struct {
	int8_t bad, good;
} edge[SERVICE_WAYS] = {
	[SERVICE_NPS] = { 6, 9 }, [SERVICE_CSAT] = { 3, 4 },
	[SERVICE_CES] = { 4, 5 }, [SERVICE_TONE] = { -1, 1 },
};

#define ONE(kind) (UINT64_C(1) << (kind))

static const uint64_t surveys = ONE(KIND_NPS) | ONE(KIND_CSAT) |
    ONE(KIND_CES);

static enum service_way
way_of(uint8_t kind)
{
	return kind == KIND_NPS ? SERVICE_NPS :
	    kind == KIND_CSAT ? SERVICE_CSAT : SERVICE_CES;
}

static void
init(void *state, const void *how)
{
	const struct service_how *h = how;
	int64_t since = INT64_MAX;

	for (int side = 0; side < SERVICE_SIDES; side++)
		if (h->window[side].from < since)
			since = h->window[side].from;
	*(struct service *)state = (struct service){ .how = h,
		.since = since };
}

static struct cell *
cell_of(struct table *t, struct slice name)
{
	uint32_t had = t->names.len, i = map_add(&t->names, name);

	t->cell = mem_grow(t->cell, &t->cap, t->names.len, sizeof *t->cell);
	if (i == had)
		t->cell[i] = (struct cell){ 0 };
	return &t->cell[i];
}

static void
count(struct service_sums *s, enum service_way way, int64_t score)
{
	s->n++;
	s->sum += score;
	s->good += score >= edge[way].good;
	s->bad += score <= edge[way].bad;
}

/* Tell each part of each side that the event is in. */
static void
tell(struct service *s, const struct batch *b, const struct event *v,
    enum service_way way, int64_t score)
{
	for (int side = 0; side < SERVICE_SIDES; side++) {
		if (!window_has(s->how->window[side], v->time))
			continue;
		for (int p = 0; p < SERVICE_PARTS; p++)
			count(&cell_of(&s->part[p], event_field(b, v,
			    columns[p]))->of[side][way], way, score);
	}
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	struct service *s = state;
	struct batch_walk w = { surveys, 0 };
	const struct event *v;

	(void)e;
	while ((v = batch_next(b, &w)) != NULL)
		if (v->time >= s->since)
			tell(s, b, v, way_of(v->kind), v->value / NUM_ONE);
	for (size_t i = 0; i < b->n; i++)
		if (b->event[i].time >= s->since &&
		    b->event[i].tone != EVENT_NO_TONE)
			tell(s, b, &b->event[i], SERVICE_TONE,
			    b->event[i].tone);
	return true;
}

static void
add_sums(struct service_sums *to, const struct service_sums *from)
{
	to->n += from->n;
	to->sum += from->sum;
	to->good += from->good;
	to->bad += from->bad;
}

static void
join(struct cell *to, const struct cell *from)
{
	for (int side = 0; side < SERVICE_SIDES; side++)
		for (int way = 0; way < SERVICE_WAYS; way++)
			add_sums(&to->of[side][way], &from->of[side][way]);
}

static bool
merge(void *state, void *from, const uint32_t *who, struct err *e)
{
	struct service *s = state, *f = from;

	(void)who;
	(void)e;
	for (int p = 0; p < SERVICE_PARTS; p++)
		for (uint32_t i = 0; i < f->part[p].names.len; i++)
			join(cell_of(&s->part[p],
			    map_key(&f->part[p].names, i)),
			    &f->part[p].cell[i]);
	return true;
}

static void
end(void *state)
{
	struct service *s = state;

	for (int p = 0; p < SERVICE_PARTS; p++) {
		map_free(&s->part[p].names);
		free(s->part[p].cell);
	}
}

const struct measure service_measure = { "service", sizeof(struct service),
	MEASURE_KINDS, init, add, merge, end };

struct service_row *
service_rows(const struct service *s, enum service_part part, size_t *n)
{
	const struct table *t = &s->part[part];
	uint32_t *order = map_sorted(&t->names);
	struct service_row *row = mem_zero(t->names.len, sizeof *row);

	*n = t->names.len;
	for (size_t i = 0; i < *n; i++) {
		row[i].name = map_key(&t->names, order[i]);
		memcpy(row[i].of, t->cell[order[i]].of, sizeof row[i].of);
	}
	free(order);
	return row;
}

struct service_sums
service_total(const struct service *s, int side, enum service_way way)
{
	const struct table *t = &s->part[SERVICE_CHANNEL];
	struct service_sums sum = { 0 };

	for (uint32_t i = 0; i < t->names.len; i++)
		add_sums(&sum, &t->cell[i].of[side][way]);
	return sum;
}

struct score_part
service_good(const struct service_sums *s)
{
	return (struct score_part){ s->good, s->n };
}

struct score_nps
service_nps(const struct service_sums *s)
{
	return (struct score_nps){ s->good, s->n - s->good - s->bad, s->bad };
}
