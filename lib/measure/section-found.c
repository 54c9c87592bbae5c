/* How new customers found us, and who brought them; part of section.h. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "measure/section.h"
#include "measure/top.h"
#include "measure/touch.h"

struct tally {
	int64_t of[REVIEW_SIDES];
};

/* Customers by name of what they are counted under. */
struct tallies {
	struct map names;
	struct tally *at; /* by number of name */
	size_t cap;
};

struct room {
	struct touch_how touch;
	struct group channel;
	struct tallies source, touched, referrer;
};

static void
begin(void *room, const struct review *r, struct use *use)
{
	struct room *f = room;

	(void)r;
	f->channel = (struct group){ .n = 1, .key = { { slice_of("channel"),
		PERIOD_UNITS, EVENT_CHANNEL, -1 } } };
	f->touch = (struct touch_how){ WINDOW_ALL, &f->channel,
		true };
	*use = (struct use){ &touch_measure, &f->touch, NULL };
}

static struct tally *
tally_of(struct tallies *t, struct slice name)
{
	uint32_t had = t->names.len, i = map_add(&t->names, name);

	t->at = mem_grow(t->at, &t->cap, t->names.len, sizeof *t->at);
	if (i == had)
		t->at[i] = (struct tally){ 0 };
	return &t->at[i];
}

/* What is written before the colon of a source, and behind it. */
static struct slice
sort_of(struct slice source, struct slice *rest)
{
	struct slice first;

	*rest = source;
	return text_part(rest, ':', &first) ? first : SLICE_EMPTY;
}

static struct slice
source_of(const struct review *r, int column, struct slice id)
{
	uint32_t row = r->customers == NULL ? MAP_NONE
	    : customers_find(r->customers, id);
	struct slice rest;

	return row == MAP_NONE ? SLICE_EMPTY
	    : sort_of(customers_field(r->customers, row, column), &rest);
}

/* The side on which a customer was new, or REVIEW_SIDES. */
static int
new_on(const struct review *r, uint32_t who)
{
	int32_t first = trade_days(r->trade, who)->first[REVIEW_NOW];
	int side = 0;

	while (side < REVIEW_SIDES && (first == DATE_NONE ||
	    first < r->period[side].first || first > r->period[side].last))
		side++;
	return side;
}

/* Those whom a customer has brought, up to the end of each side. */
static void
count_referral(struct room *f, const struct review *r, uint32_t who,
    struct slice referrer)
{
	if (r->aliases != NULL)
		referrer = aliases_of(r->aliases, referrer);
	for (int side = 0; side < REVIEW_SIDES; side++)
		tally_of(&f->referrer, referrer)->of[side] +=
		    trade_days(r->trade, who)->first[side] != DATE_NONE;
}

/* Cut `referral:` off a source; false where nobody has brought him. */
static bool
cut_referral(struct slice *source)
{
	static const char word[] = "referral:";
	const size_t n = sizeof word - 1;

	if (source->len <= n || memcmp(source->at, word, n) != 0)
		return false;
	*source = (struct slice){ source->at + n, source->len - n };
	return true;
}

static void
count_referrals(struct room *f, const struct review *r, int column,
    const struct map *people)
{
	const struct customers *all = r->customers;
	int id = all == NULL ? -1 : head_find(&all->head, "id");

	for (uint32_t i = 0; all != NULL && i < all->rows; i++) {
		struct slice by = customers_field(all, i, column);
		uint32_t who;

		if (!cut_referral(&by))
			continue;
		who = map_find(people, customers_field(all, i, id));
		if (who != MAP_NONE && trade_days(r->trade,
			who)->first[REVIEW_NOW] != DATE_NONE)
			count_referral(f, r, who, by);
	}
}

static void
count(struct room *f, const struct review *r, const struct touch *touch,
    const struct map *people)
{
	int column = r->customers == NULL ? -1
	    : head_find(&r->customers->head, "source");

	for (uint32_t i = 0; i < people->len; i++) {
		int side = new_on(r, i);
		struct slice source, channel = SLICE_EMPTY;
		int64_t time;

		if (side == REVIEW_SIDES)
			continue;
		source = source_of(r, column, map_key(people, i));
		touch_first(touch, i, &time, &channel);
		tally_of(&f->source, source)->of[side]++;
		tally_of(&f->touched, channel)->of[side]++;
	}
	count_referrals(f, r, column, people);
}

static struct top
top_of(const struct tallies *t, size_t most)
{
	struct top top = { .most = most };

	for (uint32_t i = 0; i < t->names.len; i++)
		top_put(&top, (struct top_place){ t->at[i].of[REVIEW_NOW],
		    t->at[i].of[REVIEW_BEFORE], map_key(&t->names, i), i });
	return top;
}

static void
add_list(struct review *r, const char *section, const struct tallies *t)
{
	struct top top = top_of(t, REVIEW_LIST);

	for (size_t i = 0; i < top.n; i++)
		section_row_count(r, section, top.place[i].name,
		    top.place[i].then, top.place[i].by);
}

static void
add_referrers(struct review *r, const struct tallies *t)
{
	struct top top = top_of(t, REVIEW_TOP);

	for (size_t i = 0; i < top.n; i++) {
		struct slice id = top.place[i].name;

		section_row(r, "referrals", id, FIGURE_COUNT,
		    top.place[i].then, top.place[i].by)->who =
		    section_who(r, id);
	}
}

static bool
figures(void *room, struct review *r, struct use *use,
    const struct map *people, struct err *e)
{
	struct room *f = room;

	(void)e;
	count(f, r, use->state, people);
	add_list(r, "source", &f->source);
	add_list(r, "touch", &f->touched);
	add_referrers(r, &f->referrer);
	return true;
}

static void
empty(struct tallies *t)
{
	map_free(&t->names);
	free(t->at);
}

static void
end(void *room)
{
	struct room *f = room;

	empty(&f->source);
	empty(&f->touched);
	empty(&f->referrer);
}

const struct section section_found = { sizeof(struct room), 1, begin, NULL,
	figures, end, false };
