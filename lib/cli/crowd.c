#include "cli/crowd.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

enum { AHEAD = 16 }; /* rows whose customers are fetched */

/* The number of a customer of this id, who is new if he was not there. */
static uint32_t
member(struct crowd *w, struct slice id, uint32_t who)
{
	uint32_t place = who != MAP_NONE ? who
	    : w->people->len + map_add(&w->more, id);
	uint32_t i = (uint32_t)w->n;

	if (w->at[place] != 0)
		return w->at[place] - 1;
	w->at[place] = i + 1;
	w->in[i] = (struct segment_in){ .id = id, .last_order = DATE_NONE,
		.first_ever = DATE_NONE, .last_ever = DATE_NONE,
		.state_day = DATE_NONE, .state = KIND_NONE };
	w->who[i] = who;
	w->row[i] = MAP_NONE;
	w->n++;
	return i;
}

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

static void
add_person(struct crowd *w, const struct cli *c,
    const struct crowd_source *from, uint32_t who)
{
	struct slice id = map_key(from->people, who);
	struct segment_in *in;
	struct stat_sales row;
	char shown[ERR_SHOWN];

	if (id.len == 0 || !stat_sales(from->ever, who, &row))
		return;
	in = &w->in[member(w, id, who)];
	take_ever(in, &row, &c->settings.zone);
	if (from->flows != from->ever)
		stat_sales(from->flows, who, &row);
	if (!take_flows(in, &row))
		die(CRM_DATA, "net: %s: \"%s\"",
		    _("the sum is too large"), err_shown(shown, id));
}

static void
find_rows(struct crowd *w, const struct customers *all, int id)
{
	w->row_who = mem_resize(NULL, all->rows, sizeof *w->row_who);
	for (uint32_t r = 0; r < all->rows; r++)
		w->row_who[r] = map_find(w->people,
		    customers_field(all, r, id));
}

/* Those of the store: leads without an event, and who is tagged. */
static void
add_customers(struct crowd *w, struct cli *c)
{
	const struct customers *all = &c->customers;
	const struct slice key = slice_of("key");
	int at = head_find(&all->head, "id");
	int tags = head_find(&all->head, "tags");

	find_rows(w, all, at);
	for (uint32_t r = 0; r < all->rows; r++) {
		struct slice id = customers_field(all, r, at), own = id, tagged;
		uint32_t who = w->row_who[r], i;

		if (r + AHEAD < all->rows &&
		    w->row_who[r + AHEAD] != MAP_NONE)
			__builtin_prefetch(&w->at[w->row_who[r + AHEAD]]);
		if (!slice_eq(aliases_of(&c->aliases, id), id) ||
		    (c->only != NULL &&
		    map_find(&c->list.ids, id) == MAP_NONE))
			continue;
		if (c->accounts)
			id = customers_account(all, &c->aliases, id);
		if (id.at != own.at)
			who = map_find(w->people, id);
		i = member(w, id, who);
		if (id.at == own.at)
			w->row[i] = r;
		tagged = customers_field(all, r, tags);
		if (tagged.len > 0 && customer_tagged(tagged, key))
			w->in[i].tagged = true;
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
		.who = mem_resize(NULL, most, sizeof *w->who),
		.row = mem_resize(NULL, most, sizeof *w->row),
		.at = mem_zero(people->len + most, sizeof *w->at) };
}

/* What was needed for that. */
static void
gathered(struct crowd *w)
{
	map_free(&w->more);
	free(w->at);
	w->at = NULL;
}

void
crowd_gather(struct crowd *w, struct cli *c, const struct crowd_source *from)
{
	cli_customers(c);
	cli_aliases(c);
	begin(w, c, from->people);
	for (uint32_t i = 0; i < from->people->len; i++)
		add_person(w, c, from, i);
	add_customers(w, c);
	find_own(w, &c->customers);
	gathered(w);
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

struct segment_out *
crowd_segments(const struct crowd *w, const struct cli *c)
{
	struct segment_out *out = mem_resize(NULL, w->n, sizeof *out);
	struct segment_how how = crowd_how(c);
	struct err e = { 0 };

	die_unless(segment_classes(out, w->in, w->n, &how, &e), &e);
	return out;
}

void
crowd_free(struct crowd *w)
{
	free(w->in);
	free(w->who);
	free(w->row);
	free(w->row_who);
	*w = (struct crowd){ 0 };
}
