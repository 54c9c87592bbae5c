#include "cli/crowd.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

enum { AHEAD = 16 }; /* rows whose customers are fetched */

/* --- one by one ---------------------------------------------------------- */

static const struct segment_in lead = { .last_order = DATE_NONE,
	.first_ever = DATE_NONE, .last_ever = DATE_NONE,
	.state_day = DATE_NONE, .state = KIND_NONE };

/* With -a the run has counted each event for its account already; that of
 * an account is not looked for. */
static bool
take_flows(struct segment_in *in, const struct stat_sales *row)
{
	in->orders = row->orders;
	in->last_order = row->last_order;
	in->net = row->revenue;
	return num_add(&in->net, -row->refunds);
}

static void
take_ever(struct segment_in *in, const struct stat_sales *row,
    const struct zone *zone)
{
	in->first_ever = row->first_order;
	in->last_ever = row->last_order;
	if (row->state_time == STAT_NEVER)
		return;
	in->state = row->state;
	in->state_day = zone_day(zone, row->state_time);
}

static _Noreturn void
too_large(struct slice id)
{
	char shown[ERR_SHOWN];

	die(CRM_DATA, "net: %s: \"%s\"", _("the sum is too large"),
	    err_shown(shown, id));
}

bool
crowd_person(struct segment_in *in, const struct cli *c,
    const struct crowd_source *from, uint32_t who)
{
	struct stat_sales row;

	*in = lead;
	in->id = map_key(from->people, who);
	if (in->id.len == 0 || !stat_sales(from->ever, who, &row))
		return false;
	take_ever(in, &row, &c->settings.zone);
	if (from->flows != from->ever)
		stat_sales(from->flows, who, &row);
	if (!take_flows(in, &row))
		too_large(in->id);
	return true;
}

bool
crowd_row(const struct cli *c, uint32_t r, struct slice *id)
{
	const struct customers *all = &c->customers;

	*id = map_key(&all->ids, r);
	if (!slice_eq(aliases_of(&c->aliases, *id), *id) || (c->only != NULL &&
	    map_find(&c->list.ids, *id) == MAP_NONE))
		return false;
	if (c->accounts)
		*id = customers_account(all, &c->aliases, *id);
	return true;
}

struct segment_how
crowd_how(const struct cli *c)
{
	const int64_t *set = c->settings.number;

	return (struct segment_how){ c->today, set[SET_ABC_A],
		set[SET_ABC_B], set[SET_KEY_SHARE],
		set[SET_SLEEPING_DAYS] / NUM_ONE,
		set[SET_LOST_DAYS] / NUM_ONE };
}

/* --- all ----------------------------------------------------------------- */

/* The place of this id in w->at. */
static uint32_t
place_of(struct crowd *w, struct slice id, uint32_t who)
{
	return who != MAP_NONE ? who : w->people->len + map_add(&w->more, id);
}

static void
add(struct crowd *w, uint32_t place, const struct segment_in *in)
{
	w->in[w->n] = *in;
	w->row[w->n] = MAP_NONE;
	w->at[place] = (uint32_t)++w->n;
}

static void
add_people(struct crowd *w, const struct cli *c,
    const struct crowd_source *from)
{
	struct segment_in in;

	for (uint32_t i = 0; i < from->people->len; i++)
		if (crowd_person(&in, c, from, i))
			add(w, i, &in);
}

static void
find_rows(struct crowd *w, const struct customers *all)
{
	w->who = mem_resize(NULL, all->rows, sizeof *w->who);
	for (uint32_t r = 0; r < all->rows; r++)
		w->who[r] = map_find(w->people, map_key(&all->ids, r));
}

/* Those of the store: leads without an event, and who is tagged. */
static void
add_customers(struct crowd *w, const struct cli *c)
{
	const struct customers *all = &c->customers;
	const int tags = head_find(&all->head, "tags");

	find_rows(w, all);
	for (uint32_t r = 0; r < all->rows; r++) {
		struct segment_in in = lead;
		uint32_t place;
		bool own;

		if (r + AHEAD < all->rows && w->who[r + AHEAD] != MAP_NONE)
			__builtin_prefetch(&w->at[w->who[r + AHEAD]]);
		if (!crowd_row(c, r, &in.id))
			continue;
		own = in.id.at == map_key(&all->ids, r).at;
		place = place_of(w, in.id, own ? w->who[r]
		    : map_find(w->people, in.id));
		if (w->at[place] == 0)
			add(w, place, &in);
		if (own)
			w->row[w->at[place] - 1] = r;
		w->in[w->at[place] - 1].tagged |= crowd_tagged(all, r, tags);
	}
}

/* Who has a row that did not count for himself: an account with an account,
 * one that -c leaves out. */
static void
find_own(struct crowd *w, const struct customers *all)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->row[i] == MAP_NONE)
			w->row[i] = customers_find(all, w->in[i].id);
}

/* Each person and each row of the store can be one of them, and have an id
 * that is not among the people; what is not needed is never touched. */
static void
begin(struct crowd *w, const struct cli *c, const struct map *people)
{
	size_t most = people->len + c->customers.rows;

	*w = (struct crowd){ .people = people,
		.in = mem_resize(NULL, most, sizeof *w->in),
		.row = mem_resize(NULL, most, sizeof *w->row),
		.at = mem_zero(people->len + most, sizeof *w->at) };
}

/* What was needed for that. */
static void
gathered(struct crowd *w)
{
	map_free(&w->more);
	free(w->at);
	free(w->who);
	w->at = w->who = NULL;
}

void
crowd_gather(struct crowd *w, struct cli *c, const struct crowd_source *from)
{
	cli_customers(c);
	cli_aliases(c);
	begin(w, c, from->people);
	add_people(w, c, from);
	add_customers(w, c);
	find_own(w, &c->customers);
	gathered(w);
}

void
crowd_free(struct crowd *w)
{
	free(w->in);
	free(w->row);
	*w = (struct crowd){ 0 };
}
