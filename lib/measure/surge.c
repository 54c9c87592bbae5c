#include "measure/surge.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "measure/score.h"

enum { WEEK = 7 };

/* A case, as far as it matters here. */
struct one {
	uint32_t key; /* its place in byte order */
	int32_t day;
};

struct weeks {
	const struct surge_how *how;
	struct map keys;
	struct slice *name;  /* of each key in byte order; into threads */
	struct one *one;     /* by key, day */
	size_t ones;
	int32_t first, last; /* days of any case */
	struct surge *at;
	size_t n, cap;
};

static int
by_key(const void *a, const void *b)
{
	const struct one *v = a, *w = b;

	if (v->key != w->key)
		return v->key < w->key ? -1 : 1;
	return (v->day > w->day) - (v->day < w->day);
}

/* Keys by number become keys by byte order. */
static void
rank(struct weeks *w, const struct slice *name)
{
	uint32_t *sorted = map_sorted(&w->keys);
	uint32_t *place = mem_resize(NULL, w->keys.len, sizeof *place);

	w->name = mem_resize(NULL, w->keys.len, sizeof *w->name);
	for (uint32_t i = 0; i < w->keys.len; i++) {
		place[sorted[i]] = i;
		w->name[i] = name[sorted[i]];
	}
	for (size_t i = 0; i < w->ones; i++)
		w->one[i].key = place[w->one[i].key];
	if (w->ones > 0)
		qsort(w->one, w->ones, sizeof *w->one, by_key);
	free(sorted);
	free(place);
}

static struct weeks
begin(const struct surge_how *how, const struct cases *c)
{
	return (struct weeks){ .how = how, .last = INT32_MIN,
		.first = c->first != NULL ? c->first->day : 0 };
}

/* Cases opened by these kinds, THREAD_KINDs, from a moment on. */
static void
collect(struct weeks *w, const struct cases *c, const struct threads *t,
    uint64_t kinds, int64_t since)
{
	struct slice *name = NULL;
	size_t names = 0, cap = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct thread_event *v = c->at[i].opening;
		struct slice s;
		uint32_t key;

		if (v->time < since || (THREAD_KIND(v->kind) & kinds) == 0)
			continue;
		s = thread_text(t, v, w->how->key);
		key = map_add(&w->keys, s);
		name = mem_grow(name, &names, w->keys.len, sizeof *name);
		name[key] = s;
		w->one = mem_grow(w->one, &cap, w->ones + 1, sizeof *w->one);
		w->one[w->ones++] = (struct one){ key, v->day };
		w->last = v->day > w->last ? v->day : w->last;
	}
	rank(w, name);
	free(name);
}

static int32_t
monday_of(int32_t day)
{
	return day - date_weekday(day) + 1;
}

/* How much of these days has passed, in seconds as if every day had as
 * many: where clocks are set forward they are over an hour earlier. */
static int64_t
passed(const struct surge_how *how, int32_t first, int32_t days)
{
	int64_t from = zone_day_start(how->zone, first);
	int64_t whole = zone_day_start(how->zone, first + days) - from;
	int64_t so_far = how->now - from;

	if (so_far <= 0 || so_far >= whole)
		return days * DATE_DAY;
	return num_div(so_far * days * DATE_DAY, whole);
}

/* How many days before this one are looked at. */
static int32_t
days_before(const struct weeks *w, int32_t day)
{
	int32_t from = day - SURGE_WEEKS * WEEK;

	return day - (from > w->first ? from : w->first);
}

/* Compare the cases of one week, n of them, with those before. */
static void
add_week(struct weeks *w, uint32_t key, int32_t monday, int64_t n,
    int64_t before)
{
	int64_t days = days_before(w, monday);
	int64_t now = passed(w->how, monday, WEEK);

	if (n == 0 && before == 0)
		return;
	w->at = mem_grow(w->at, &w->cap, w->n + 1, sizeof *w->at);
	w->at[w->n++] = (struct surge){ .key = w->name[key],
		.week = monday, .n = n, .before = before,
		.expected = days <= 0 ? SURGE_NONE
		    : num_div(before * now * 100, days * DATE_DAY),
		.p = days <= 0 ? SURGE_NONE
		    : score_rate_p(before, days * DATE_DAY, n, now) };
}

/* The cases of one key, n of them. */
static void
add_key(struct weeks *w, const struct one *one, size_t n)
{
	size_t from = 0, at = 0, end;

	for (int32_t monday = monday_of(one->day); monday <= w->last;
	    monday += WEEK) {
		while (from < n && one[from].day <
		    monday - SURGE_WEEKS * WEEK)
			from++;
		for (end = at; end < n && one[end].day < monday + WEEK; end++)
			continue;
		add_week(w, one->key, monday, (int64_t)(end - at),
		    (int64_t)(at - from));
		at = end;
	}
}

struct surge *
surge_weeks(const struct cases *c, const struct threads *t,
    const struct surge_how *how, size_t *n)
{
	struct weeks w = begin(how, c);

	collect(&w, c, t, CASES_OPENS, INT64_MIN);
	for (size_t at = 0, end; at < w.ones; at = end) {
		for (end = at + 1; end < w.ones &&
		    w.one[end].key == w.one[at].key; end++)
			continue;
		add_key(&w, &w.one[at], end - at);
	}
	map_free(&w.keys);
	free(w.name);
	free(w.one);
	*n = w.n;
	return w.at;
}

/* How many of n cases of one key are of days from `from` on before `to`. */
static int64_t
count_days(const struct one *one, size_t n, int32_t from, int32_t to)
{
	int64_t found = 0;

	for (size_t i = 0; i < n; i++)
		found += one[i].day >= from && one[i].day < to;
	return found;
}

/* A day more: where clocks are set back, it may come again. */
int64_t
surge_since(const struct zone *z, int32_t today, int32_t days)
{
	return zone_day_start(z, today - days + 1 - SURGE_WEEKS * WEEK) -
	    DATE_DAY;
}

struct surge_now *
surge_lately(const struct cases *c, const struct threads *t,
    const struct surge_how *how, int32_t today, int32_t days, size_t *n)
{
	struct weeks w = begin(how, c);
	int32_t first = today - days + 1;
	int32_t earlier = days_before(&w, first);
	int64_t now = passed(how, first, days);
	struct surge_now *all;

	collect(&w, c, t, THREAD_KIND(KIND_COMPLAINT),
	    surge_since(how->zone, today, days));
	all = mem_zero(w.keys.len, sizeof *all);
	*n = 0;
	for (size_t at = 0, end; earlier > 0 && at < w.ones; at = end) {
		struct surge_now *s = &all[*n];

		for (end = at + 1; end < w.ones &&
		    w.one[end].key == w.one[at].key; end++)
			continue;
		s->key = w.name[w.one[at].key];
		s->n = count_days(&w.one[at], end - at, first, today + 1);
		s->before = count_days(&w.one[at], end - at, first - earlier,
		    first);
		s->days_before = earlier;
		s->expected = num_div(s->before * now * 100,
		    earlier * DATE_DAY);
		s->p = score_rate_p6(s->before, earlier * DATE_DAY, s->n,
		    now);
		*n += s->n + s->before > 0;
	}
	map_free(&w.keys);
	free(w.name);
	free(w.one);
	return all;
}
