#include "measure/nps.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

/* The last answer of a customer in a group. */
struct last {
	int64_t time;
	int32_t group;
	int32_t score;
};

struct nps {
	const struct nps_how *how;
	bool latest;
	struct map groups;
	int64_t (*count)[NPS_SCORES]; /* by number of group */
	size_t cap;

	/* the group of the event before, which the next is mostly in too */
	bool by_day; /* does the day alone tell the group? */
	bool warm;
	int32_t day;
	uint32_t group;
	struct buf key;

	/* latest: group and number of customer, as bytes -> last */
	struct map pairs;
	struct last *last;
	size_t last_cap;
};

struct pair {
	uint32_t group, who;
};

static void
begin(struct nps *s, const struct nps_how *how, bool latest)
{
	*s = (struct nps){ .how = how, .latest = latest,
		.by_day = group_by_day(how->group) };
}

static void
init(void *state, const void *how)
{
	begin(state, how, false);
}

static void
init_latest(void *state, const void *how)
{
	begin(state, how, true);
}

static uint32_t
group_number(struct nps *s, struct slice key)
{
	uint32_t had = s->groups.len, g = map_add(&s->groups, key);

	if (g == had) {
		s->count = mem_grow(s->count, &s->cap, g + 1,
		    sizeof *s->count);
		memset(s->count[g], 0, sizeof s->count[g]);
	}
	return g;
}

static uint32_t
find_group(struct nps *s, const struct batch *b, const struct event *v)
{
	if (s->warm && s->by_day && v->day == s->day)
		return s->group;
	buf_clear(&s->key);
	if (s->how->group != NULL)
		group_of(s->how->group, b, v, &s->key);
	s->group = group_number(s, buf_all(&s->key));
	s->day = v->day;
	s->warm = true;
	return s->group;
}

static void
keep_last(struct nps *s, struct pair p, int64_t time, int32_t score)
{
	struct slice key = { (const char *)&p, sizeof p };
	uint32_t had = s->pairs.len, i = map_add(&s->pairs, key);
	struct last *l;

	s->last = mem_grow(s->last, &s->last_cap, i + 1, sizeof *s->last);
	l = &s->last[i];
	if (i == had || time > l->time ||
	    (time == l->time && score < l->score))
		*l = (struct last){ time, (int32_t)p.group, score };
}

static void
count_answer(struct nps *s, const struct batch *b, const struct event *v)
{
	uint32_t g = find_group(s, b, v);
	int32_t score = (int32_t)(v->value / NUM_ONE);

	if (s->latest && v->customer.len > 0)
		keep_last(s, (struct pair){ g, v->who }, v->time, score);
	else
		s->count[g][score]++;
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	struct nps *s = state;
	struct batch_walk w = { UINT64_C(1) << s->how->kind, 0 };
	const struct event *v;

	(void)e;
	while ((v = batch_next(b, &w)) != NULL)
		if (window_has(s->how->window, v->time))
			count_answer(s, b, v);
	return true;
}

static bool
merge(void *state, void *from, const uint32_t *who, struct err *e)
{
	struct nps *s = state;
	const struct nps *f = from;

	(void)e;
	for (uint32_t g = 0; g < f->groups.len; g++) {
		uint32_t to = group_number(s, map_key(&f->groups, g));

		for (int i = 0; i < NPS_SCORES; i++)
			s->count[to][i] += f->count[g][i];
	}
	for (uint32_t i = 0; i < f->pairs.len; i++) {
		const struct last *l = &f->last[i];
		struct pair p;

		memcpy(&p, map_key(&f->pairs, i).at, sizeof p);
		p.group = map_find(&s->groups, map_key(&f->groups, p.group));
		p.who = who[p.who];
		keep_last(s, p, l->time, l->score);
	}
	return true;
}

static void
end(void *state)
{
	struct nps *s = state;

	map_free(&s->groups);
	map_free(&s->pairs);
	free(s->count);
	free(s->last);
	buf_free(&s->key);
}

const struct measure nps_measure = { "nps", sizeof(struct nps),
	MEASURE_KINDS, init, add, merge, end };

const struct measure nps_latest_measure = { "nps-latest", sizeof(struct nps),
	MEASURE_PEOPLE | MEASURE_KINDS, init_latest, add, merge, end };

/* Last answers that count, into the groups' answers in map order. */
static void
fill(const struct nps *s, struct nps_answers *a)
{
	for (uint32_t g = 0; g < s->groups.len; g++) {
		a[g].key = map_key(&s->groups, g);
		memcpy(a[g].count, s->count[g], sizeof a[g].count);
	}
	for (uint32_t i = 0; i < s->pairs.len; i++)
		a[s->last[i].group].count[s->last[i].score]++;
	for (uint32_t g = 0; g < s->groups.len; g++)
		for (int i = 0; i < NPS_SCORES; i++) {
			a[g].n += a[g].count[i];
			a[g].sum += i * a[g].count[i];
		}
}

static int
by_key(const void *a, const void *b)
{
	const struct nps_answers *x = a, *y = b;

	return slice_cmp(x->key, y->key);
}

struct nps_answers *
nps_groups(const struct nps *s, size_t *n)
{
	struct nps_answers *a;
	bool one = s->how->group == NULL || s->how->group->n == 0;

	*n = s->groups.len;
	a = mem_zero(*n + 1, sizeof *a);
	fill(s, a);
	qsort(a, *n, sizeof *a, by_key);
	if (*n == 0 && one) {
		a[0].key = slice_of("");
		*n = 1;
	}
	return a;
}

struct score_nps
nps_counts(const struct nps_answers *a)
{
	int64_t up = a->count[9] + a->count[10];
	int64_t rest = a->count[7] + a->count[8];

	return (struct score_nps){ up, rest, a->n - up - rest };
}

struct score_part
nps_at_least(const struct nps_answers *a, int from)
{
	struct score_part p = { 0, a->n };

	for (int i = from; i < NPS_SCORES; i++)
		p.part += a->count[i];
	return p;
}
