#include "measure/desk.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "measure/median.h"

enum { TENTH = 360, HIGH = 90 }; /* seconds of a tenth of an hour */

static void
count(struct desk_group *g, const struct cases_case *k)
{
	g->cases++;
	g->state[k->state]++;
	g->reopened += k->reopened > 0;
	g->transfers += k->transfers;
	g->late += k->late;
	g->owned += k->state == CASES_SOLVED && k->first_by != 0;
	g->own += k->own;
	g->reply.n += k->reply_seconds != CASES_NEVER;
	g->solve.n += k->solve_seconds != CASES_NEVER;
}

/* The group of each case that is inside, MAP_NONE of the others. */
static uint32_t *
place(const struct cases *c, const struct threads *t, struct window w,
    struct map *keys)
{
	uint32_t *group = mem_resize(NULL, c->n, sizeof *group);

	for (size_t i = 0; i < c->n; i++)
		group[i] = !window_has(w, c->at[i].opened)
		    ? MAP_NONE
		    : map_add(keys, thread_text(t, c->at[i].opening,
			  THREAD_GROUP));
	return group;
}

static struct desk_time
time_of(int64_t *seconds, int64_t n)
{
	struct desk_time d = { n, DESK_NONE, DESK_NONE };

	if (n > 0) {
		d.median = num_div(median_twice(seconds, (size_t)n),
		    2 * TENTH);
		d.high = num_div(median_percentile(seconds, (size_t)n, HIGH),
		    TENTH);
	}
	return d;
}

/* Medians of the seconds that are `at` so far into a case. */
static void
add_times(struct desk_group *g, size_t groups, const struct cases *c,
    const uint32_t *group, size_t at, size_t time_at)
{
	int64_t *seconds = mem_resize(NULL, c->n, sizeof *seconds);
	size_t *end = mem_zero(groups + 1, sizeof *end), from = 0;

	for (size_t i = 0; i < groups; i++) {
		const struct desk_time *d =
		    (const void *)((const char *)&g[i] + time_at);

		end[i + 1] = end[i] + (size_t)d->n;
	}
	for (size_t i = 0; i < c->n; i++) {
		int64_t s;

		memcpy(&s, (const char *)&c->at[i] + at, sizeof s);
		if (group[i] != MAP_NONE && s != CASES_NEVER)
			seconds[end[group[i]]++] = s;
	}
	for (size_t i = 0; i < groups; from = end[i++]) {
		struct desk_time *d = (void *)((char *)&g[i] + time_at);

		*d = time_of(seconds + from, d->n);
	}
	free(seconds);
	free(end);
}

/* What the map has no bytes of once it is gone: keys of the threads. */
static void
name_groups(struct desk_group *g, const struct cases *c,
    const struct threads *t, const uint32_t *group)
{
	for (size_t i = 0; i < c->n; i++)
		if (group[i] != MAP_NONE)
			g[group[i]].key = thread_text(t, c->at[i].opening,
			    THREAD_GROUP);
}

static int
by_key(const void *a, const void *b)
{
	const struct desk_group *g = a, *h = b;

	return slice_cmp(g->key, h->key);
}

struct desk_group *
desk_groups(const struct cases *c, const struct threads *t, struct window w,
    size_t *n)
{
	struct map keys = { 0 };
	struct desk_group *g;
	uint32_t *group;

	if (t->how->group == NULL || t->how->group->n == 0)
		map_add(&keys, SLICE_EMPTY);
	group = place(c, t, w, &keys);
	*n = keys.len;
	g = mem_zero(*n, sizeof *g);
	for (size_t i = 0; i < *n; i++)
		g[i].key = SLICE_EMPTY;
	for (size_t i = 0; i < c->n; i++)
		if (group[i] != MAP_NONE)
			count(&g[group[i]], &c->at[i]);
	add_times(g, *n, c, group, offsetof(struct cases_case, reply_seconds),
	    offsetof(struct desk_group, reply));
	add_times(g, *n, c, group, offsetof(struct cases_case, solve_seconds),
	    offsetof(struct desk_group, solve));
	name_groups(g, c, t, group);
	qsort(g, *n, sizeof *g, by_key);
	map_free(&keys);
	free(group);
	return g;
}
