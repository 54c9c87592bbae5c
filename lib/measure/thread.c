#include "measure/thread.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/sort.h"

enum { SOME = 64 }; /* events that are kept at once */

static const enum event_column columns[THREAD_GROUP] = {
	[THREAD_CHANNEL] = EVENT_CHANNEL, [THREAD_REF] = EVENT_REF,
	[THREAD_TOPIC] = EVENT_TOPIC, [THREAD_BY] = EVENT_BY,
	[THREAD_TEXT] = EVENT_TEXT,
};

void
thread_begin(struct threads *t, const struct thread_how *how)
{
	*t = (struct threads){ .how = how,
		.since = how->since != NULL ? *how->since : INT64_MIN,
		.by_day = group_by_day(how->group) };
	map_add(&t->words, SLICE_EMPTY);
	for (uint8_t w = 0; w < THREAD_GROUP; w++)
		if ((how->columns & THREAD_COLUMN(columns[w])) != 0)
			t->kept[t->kepts++] = w;
}

void
thread_free(struct threads *t)
{
	mem_pages_free(t->event, t->cap, sizeof *t->event);
	map_free(&t->words);
	buf_free(&t->key);
	*t = (struct threads){ 0 };
}

/* --- keeping ---------------------------------------------------------- */

/* Columns of a batch, and texts that wait for their numbers: refs and free
 * texts, most of which have none yet. */
struct work {
	struct scan *scan;
	struct column {
		size_t at;
		uint8_t word;
		bool waits;
	} column[THREAD_GROUP];
	size_t columns;
	struct slice key[2 * SOME];
	uint32_t *to[2 * SOME];
	size_t n;
};

static void
begin(struct work *w, const struct threads *t, const struct batch *b)
{
	w->scan = b->scan;
	w->columns = w->n = 0;
	for (size_t i = 0; i < t->kepts; i++) {
		uint8_t word = t->kept[i];
		int at = b->column[columns[word]];

		if (at >= 0)
			w->column[w->columns++] = (struct column){ (size_t)at,
				word, word == THREAD_REF ||
				word == THREAD_TEXT };
	}
}

/* Room for so many more events, without a copy of those that are there. */
static void
make_room(struct threads *t, size_t n)
{
	size_t cap = t->cap == 0 ? SOME : t->cap;

	while (cap < t->n + n)
		cap *= 2;
	if (cap > t->cap)
		t->event = mem_pages_grow(t->event, t->cap, cap,
		    sizeof *t->event);
	t->cap = cap;
}

/* Is the TEXT of such an event left out? */
static bool
is_mute(const struct thread_how *how, uint8_t kind)
{
	return how->texts != 0 && (how->texts >> kind & 1) == 0;
}

static void
keep_words(struct threads *t, struct work *w, const struct event *v,
    struct thread_event *to)
{
	const uint32_t *end = scan_kept(w->scan, v->from);

	for (size_t i = 0; i < w->columns; i++) {
		const struct column *c = &w->column[i];
		struct slice s = scan_field(w->scan, end, c->at);

		if (s.len == 0 ||
		    (c->word == THREAD_TEXT && is_mute(t->how, v->kind)))
			continue;
		if (!c->waits) {
			to->word[c->word] = few_add(&t->few, &t->words, s);
			continue;
		}
		w->key[w->n] = s;
		w->to[w->n++] = &to->word[c->word];
	}
}

static void
number(struct threads *t, const struct work *w)
{
	uint32_t numbers[2 * SOME];

	map_add_many(&t->words, w->key, sizeof *w->key, w->n, numbers,
	    sizeof *numbers);
	for (size_t i = 0; i < w->n; i++)
		*w->to[i] = numbers[i];
}

static uint32_t
group_word(struct threads *t, const struct batch *b, const struct event *v)
{
	if (t->by_day && t->group != 0 && v->day == t->day)
		return t->group;
	group_of(t->how->group, b, v, &t->key);
	t->day = v->day;
	t->group = map_add(&t->words, buf_all(&t->key));
	return t->group;
}

/* Keep n events, at most SOME. */
static void
keep(struct threads *t, const struct batch *b, const struct event *const *v,
    size_t n)
{
	const struct thread_how *how = t->how;
	struct work w;

	begin(&w, t, b);
	make_room(t, SOME);
	t->sorted = false;
	for (size_t i = 0; i < n; i++) {
		t->event[t->n + i] = (struct thread_event){ .time = v[i]->time,
			.value = v[i]->value, .day = v[i]->day,
			.due = v[i]->due, .kind = v[i]->kind,
			.tone = v[i]->tone, .chosen = !v[i]->aside,
			.outside = v[i]->outside,
			.who = v[i]->customer.len > 0 ? v[i]->who
						      : THREAD_NOBODY };
		keep_words(t, &w, v[i], &t->event[t->n + i]);
	}
	number(t, &w);
	for (size_t i = 0; how->group != NULL && i < n; i++)
		if ((how->grouped >> v[i]->kind & 1) != 0)
			t->event[t->n + i].word[THREAD_GROUP] =
			    group_word(t, b, v[i]);
	t->n += n;
}

void
thread_add(struct threads *t, const struct batch *b)
{
	struct batch_walk w = { t->how->kinds, 0 };
	const struct event *v[SOME];
	size_t n = 0;

	while ((v[n] = batch_next(b, &w)) != NULL) {
		n += v[n]->time >= t->since;
		if (n == SOME) {
			keep(t, b, v, n);
			n = 0;
		}
	}
	if (n > 0)
		keep(t, b, v, n);
}

void
thread_merge(struct threads *t, struct threads *from, const uint32_t *who)
{
	uint32_t *word = map_join(&t->words, &from->words);

	make_room(t, from->n);
	t->sorted = false;
	for (size_t i = 0; i < from->n; i++) {
		struct thread_event *v = &t->event[t->n++];

		*v = from->event[i];
		if (v->who != THREAD_NOBODY)
			v->who = who[v->who];
		for (int w = 0; w < THREAD_WORDS; w++)
			v->word[w] = word[v->word[w]];
	}
	free(word);
}

/* --- in order --------------------------------------------------------- */

struct slice
thread_word(const struct threads *t, uint32_t word)
{
	return map_key(&t->words, word);
}

struct slice
thread_customer(const struct threads *t, const struct thread_event *v)
{
	return v->who == THREAD_NOBODY ? SLICE_EMPTY
				       : map_key(t->people, v->who);
}

/* Is the event a thread of its own? */
static bool
alone(const struct threads *t, const struct thread_event *v)
{
	return t->of_who ? v->who == THREAD_NOBODY : v->word[THREAD_REF] == 0;
}

/* Number of the ref or of the customer. */
static uint32_t
key_of(const struct threads *t, const struct thread_event *v)
{
	return t->of_who ? v->who : v->word[THREAD_REF];
}

/* Refs, or customers. */
static const struct map *
keys(const struct threads *t)
{
	return t->of_who ? t->people : &t->words;
}

static struct slice
key_text(const void *map, uint32_t number)
{
	return map_key(map, number);
}

/*
 * The place of each key among those that are met, in byte order; *n of
 * them.  Numbers of keys that are not met have no meaning.
 */
static uint32_t *
rank_keys(const struct threads *t, uint32_t *n)
{
	const struct map *m = keys(t);
	uint32_t *rank = mem_zero(m->len, sizeof *rank);
	uint32_t *met = mem_resize(NULL, m->len, sizeof *met);

	*n = 0;
	for (size_t i = 0; i < t->n; i++)
		if (!alone(t, &t->event[i]))
			rank[key_of(t, &t->event[i])] = 1;
	for (uint32_t k = 0; k < m->len; k++)
		if (rank[k] != 0)
			met[(*n)++] = k;
	sort_keys(met, *n, key_text, m);
	for (uint32_t i = 0; i < *n; i++)
		rank[met[i]] = i;
	free(met);
	return rank;
}

static uint32_t
family_of(const struct thread_event *v)
{
	return (uint32_t)kind_info((enum kind)v->kind)->family;
}

/* By what events are laid out. */
struct plan {
	const uint32_t *rank; /* of keys; NULL: their numbers */
	uint32_t places;      /* those alone are in the last */
	bool families;        /* only by family */
};

static uint32_t
place_of(const struct threads *t, const struct plan *p,
    const struct thread_event *v)
{
	uint32_t key = key_of(t, v);

	if (p->families)
		return family_of(v);
	return alone(t, v) ? p->places - 1 : p->rank == NULL ? key
							     : p->rank[key];
}

/* Lay the events out by place, otherwise as they were. */
static void
lay_out(struct threads *t, const struct plan *p)
{
	uint32_t *start = mem_zero((size_t)p->places + 1, sizeof *start);
	uint32_t *number = mem_resize(NULL, t->n, sizeof *number);

	for (size_t i = 0; i < t->n; i++)
		start[place_of(t, p, &t->event[i]) + 1]++;
	for (size_t i = 1; i < p->places; i++)
		start[i] += start[i - 1];
	for (size_t i = 0; i < t->n; i++)
		number[start[place_of(t, p, &t->event[i])]++] = (uint32_t)i;
	sort_lay_out(t->event, sizeof *t->event, number, t->n);
	free(start);
	free(number);
}

/* Texts by their bytes, not by their numbers, which are of this run; before
 * the group whether it was chosen. */
static int
order_words(const struct threads *t, const struct thread_event *v,
    const struct thread_event *w)
{
	for (int i = 0; i < THREAD_WORDS; i++) {
		if (i == THREAD_GROUP && v->chosen != w->chosen)
			return v->chosen ? -1 : 1;
		if (v->word[i] != w->word[i])
			return slice_cmp(thread_word(t, v->word[i]),
			    thread_word(t, w->word[i]));
	}
	return 0;
}

static int
in_order(const void *a, const void *b, void *threads)
{
	const struct thread_event *v = a, *w = b;
	const struct threads *t = threads;
	int c = 0;

	if (t->families && v->kind != w->kind)
		c = num_cmp(family_of(v), family_of(w));
	if (c == 0)
		c = num_cmp(v->time, w->time);
	if (c == 0)
		c = num_cmp(v->kind, w->kind);
	if (c == 0 && v->who != w->who)
		c = slice_cmp(thread_customer(t, v), thread_customer(t, w));
	if (c == 0)
		c = num_cmp(v->value, w->value);
	if (c == 0)
		c = num_cmp(v->tone, w->tone);
	if (c == 0)
		c = num_cmp(v->due, w->due);
	return c != 0 ? c : order_words(t, v, w);
}

/* Most threads came in the order of their events. */
static void
sort_events(struct threads *t, struct thread_event *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (in_order(&v[i - 1], &v[i], t) > 0) {
			qsort_r(v, n, sizeof *v, in_order, t);
			return;
		}
}

/* The end of the events of one key, or of those without. */
static size_t
end_of_key(const struct threads *t, size_t from)
{
	uint32_t key = key_of(t, &t->event[from]);
	size_t end = from + 1;

	while (end < t->n && key_of(t, &t->event[end]) == key)
		end++;
	return end;
}

size_t
thread_end(const struct threads *t, size_t from)
{
	const struct thread_event *v = &t->event[from];
	size_t end = from + 1;

	if (alone(t, v))
		return end;
	while (end < t->n && key_of(t, v) == key_of(t, &t->event[end]) &&
	    (!t->families || v->kind == t->event[end].kind ||
	    family_of(v) == family_of(&t->event[end])))
		end++;
	return end;
}

/* Are the kinds that are kept of several families? */
static bool
has_families(const struct threads *t)
{
	uint64_t kinds = t->how->kinds, families = 0;

	for (; kinds != 0; kinds &= kinds - 1)
		families |= UINT64_C(1) << kind_info((enum kind)
		    __builtin_ctzll(kinds))->family;
	return (families & (families - 1)) != 0;
}

void
thread_sort(struct threads *t, const struct map *people,
    enum thread_order how)
{
	struct plan p = { 0 };
	uint32_t *rank = NULL;

	if (t->sorted && t->order == how)
		return;
	t->people = people;
	t->order = how;
	t->sorted = true;
	t->of_who = how == THREAD_BY_CUSTOMER || how == THREAD_WHO_AS_MET;
	t->families = !t->of_who && has_families(t);
	p.places = keys(t)->len;
	if (how == THREAD_BY_REF || how == THREAD_BY_CUSTOMER)
		p.rank = rank = rank_keys(t, &p.places);
	p.places++;
	lay_out(t, &p);
	free(rank);
	if (how == THREAD_BY_REF && t->families)
		lay_out(t, &(struct plan){ NULL, FAMILY_CONTRACT + 1, true });
	for (size_t at = 0, end; at < t->n; at = end) {
		end = end_of_key(t, at);
		sort_events(t, t->event + at, end - at);
	}
}

/* --- as a measure ------------------------------------------------------ */

static void
init(void *state, const void *how)
{
	thread_begin(state, how);
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	(void)e;
	thread_add(state, b);
	return true;
}

static bool
merge(void *state, void *from, const uint32_t *who, struct err *e)
{
	(void)e;
	thread_merge(state, from, who);
	return true;
}

static void
end(void *state)
{
	thread_free(state);
}

const struct measure thread_measure = { "thread", sizeof(struct threads),
	MEASURE_PEOPLE | MEASURE_KINDS, init, add, merge, end };
