/* Who may be addressed; part of section.h. */
#include <stdlib.h>

#include "base/mem.h"
#include "measure/consent.h"
#include "measure/section.h"

/* Customers of a channel and purpose. */
struct tally {
	int64_t of[REVIEW_SIDES];
};

struct room {
	struct map names;   /* `email/newsletter`; the rows are called so */
	struct buf name;    /* room for one */
	struct tally *tally; /* who may be addressed, by number of name */
	size_t cap;
	struct tally customers, confirmed, withdrawn;
	struct map blocked; /* ids of those whom nobody is to address */
};

static const struct thread_how how = {
	.kinds = THREAD_KIND(KIND_ASK) | THREAD_KIND(KIND_CONFIRM) |
	    THREAD_KIND(KIND_WITHDRAW),
	.columns = THREAD_COLUMN(EVENT_CHANNEL) | THREAD_COLUMN(EVENT_TOPIC),
};

static void
begin(void *room, const struct review *r, struct use *use)
{
	(void)room;
	(void)r;
	*use = (struct use){ &thread_measure, &how, NULL };
}

static struct tally *
tally_of(struct room *c, const struct consent *k)
{
	uint32_t had = c->names.len, i;

	buf_clear(&c->name);
	buf_slice(&c->name, k->channel);
	buf_byte(&c->name, '/');
	buf_slice(&c->name, k->purpose);
	i = map_add(&c->names, buf_all(&c->name));
	c->tally = mem_grow(c->tally, &c->cap, c->names.len,
	    sizeof *c->tally);
	if (i == had)
		c->tally[i] = (struct tally){ 0 };
	return &c->tally[i];
}

/* The consents of one customer at the end of a side; most are the same on
 * both. */
static void
count(struct room *c, const struct review *r, const struct consents *all,
    int side, bool blocked)
{
	bool any = false;

	for (size_t i = 0; i < all->n; i++) {
		const struct consent *k = &all->at[i];
		bool in = window_has(r->window[side], k->since);

		c->withdrawn.of[side] += in && k->state == CONSENT_WITHDRAWN;
		if (k->state != CONSENT_CONFIRMED)
			continue;
		c->confirmed.of[side] += in;
		if (blocked || k->channel.len == 0 || k->purpose.len == 0)
			continue;
		tally_of(c, k)->of[side]++;
		any = true;
	}
	c->customers.of[side] += any;
}

static bool
is_blocked(const struct room *c, const struct threads *t, uint32_t who)
{
	return who != THREAD_NOBODY &&
	    map_find(&c->blocked, map_key(t->people, who)) != MAP_NONE;
}

static void
count_all(struct room *c, const struct review *r, const struct threads *t)
{
	struct consents all = { 0 };

	for (size_t at = 0, end; at < t->n; at = end) {
		const struct thread_event *v = &t->event[at];
		bool blocked = is_blocked(c, t, v->who);
		size_t had = SIZE_MAX;

		end = thread_end(t, at);
		for (int side = 0; side < REVIEW_SIDES; side++) {
			size_t n = 0;

			while (n < end - at &&
			    v[n].time < r->window[side].to)
				n++;
			if (n != had)
				consent_all(&all, t, v, n);
			had = n;
			count(c, r, &all, side, blocked);
		}
	}
	free(all.at);
}

static int
by_name(const void *a, const void *b, void *names)
{
	return slice_cmp(map_key(names, *(const uint32_t *)a),
	    map_key(names, *(const uint32_t *)b));
}

/* A row for each channel and purpose, in byte order. */
static void
add_rows(struct review *r, struct room *c)
{
	uint32_t *order = mem_resize(NULL, c->names.len, sizeof *order);

	for (uint32_t i = 0; i < c->names.len; i++)
		order[i] = i;
	if (c->names.len > 0)
		qsort_r(order, c->names.len, sizeof *order, by_name,
		    &c->names);
	for (uint32_t i = 0; i < c->names.len; i++) {
		const struct tally *t = &c->tally[order[i]];

		section_row(r, "consents", map_key(&c->names, order[i]),
		    FIGURE_COUNT, t->of[REVIEW_BEFORE], t->of[REVIEW_NOW]);
	}
	free(order);
}

static bool
figures(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	struct room *c = room;

	(void)e;
	if (r->accounts)
		return true;
	if (r->customers != NULL)
		customers_blocked(r->customers, r->aliases, &c->blocked);
	thread_sort(use->state, people, THREAD_WHO_AS_MET);
	count_all(c, r, use->state);
	section_count(r, "consent", "confirmed",
	    c->confirmed.of[REVIEW_BEFORE], c->confirmed.of[REVIEW_NOW]);
	section_count(r, "consent", "withdrawn",
	    c->withdrawn.of[REVIEW_BEFORE], c->withdrawn.of[REVIEW_NOW]);
	section_add(r, "consent", "customers", FIGURE_COUNT,
	    c->customers.of[REVIEW_BEFORE], c->customers.of[REVIEW_NOW]);
	add_rows(r, c);
	return true;
}

static void
end(void *room)
{
	struct room *c = room;

	map_free(&c->names);
	buf_free(&c->name);
	map_free(&c->blocked);
	free(c->tally);
}

const struct section section_consent = { sizeof(struct room), 1, begin, NULL,
	figures, end, false };
