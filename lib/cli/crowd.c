#include "cli/crowd.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

static uint32_t
member(struct crowd *w, struct slice id)
{
	uint32_t had = w->ids.len, i = map_add(&w->ids, id);

	if (i < had)
		return i;
	w->in = mem_grow(w->in, &w->cap, i + 1, sizeof *w->in);
	w->state_time = mem_grow(w->state_time, &w->times, i + 1,
	    sizeof *w->state_time);
	w->in[i] = (struct segment_in){ .last_order = DATE_NONE,
		.first_ever = DATE_NONE, .last_ever = DATE_NONE,
		.state_day = DATE_NONE, .state = KIND_NONE };
	w->state_time[i] = STAT_NEVER;
	w->n = w->ids.len;
	return i;
}

static int32_t
later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

/* An account stands where its latest person does. */
static void
keep_state(struct crowd *w, uint32_t i, const struct stat_row *row)
{
	struct segment_in *in = &w->in[i];

	if (row->state_time == STAT_NEVER ||
	    row->state_time < w->state_time[i] ||
	    (row->state_time == w->state_time[i] && row->state < in->state))
		return;
	w->state_time[i] = row->state_time;
	in->state = row->state;
}

static bool
add_person(struct crowd *w, uint32_t i, const struct stat_row *flows,
    const struct stat_row *ever)
{
	struct segment_in *in = &w->in[i];

	in->orders += flows->orders;
	in->last_order = later(in->last_order, flows->last_order);
	if (in->first_ever == DATE_NONE || (ever->first_order != DATE_NONE &&
	    ever->first_order < in->first_ever))
		in->first_ever = ever->first_order;
	in->last_ever = later(in->last_ever, ever->last_order);
	keep_state(w, i, ever);
	return num_add(&in->net, flows->revenue) &&
	    num_add(&in->net, -flows->refunds);
}

static void
add_people(struct crowd *w, struct cli *c, const struct crowd_source *from)
{
	struct stat_row flows, ever;
	char shown[ERR_SHOWN];

	for (uint32_t i = 0; i < from->people->len; i++) {
		struct slice id = map_key(from->people, i);

		if (id.len == 0 || !stat_row(from->ever, i, &ever))
			continue;
		stat_row(from->flows, i, &flows);
		if (c->accounts)
			id = customers_account(&c->customers, &c->aliases, id);
		if (!add_person(w, member(w, id), &flows, &ever))
			die(CRM_DATA, "net: %s: \"%s\"",
			    _("the sum is too large"), err_shown(shown, id));
	}
}

/* Those of the store: leads without an event, and who is tagged. */
static void
add_customers(struct crowd *w, struct cli *c)
{
	const struct customers *all = &c->customers;
	int at = head_find(&all->head, "id");
	int tags = head_find(&all->head, "tags");

	for (uint32_t r = 0; r < all->rows; r++) {
		struct slice id = customers_field(all, r, at);
		uint32_t i;

		if (!slice_eq(aliases_of(&c->aliases, id), id) ||
		    (c->only != NULL &&
		    map_find(&c->list.ids, id) == MAP_NONE))
			continue;
		if (c->accounts)
			id = customers_account(&c->customers, &c->aliases, id);
		i = member(w, id);
		if (customer_tagged(customers_field(all, r, tags),
			slice_of("key")))
			w->in[i].tagged = true;
	}
}

void
crowd_gather(struct crowd *w, struct cli *c, const struct crowd_source *from)
{
	cli_customers(c);
	cli_aliases(c);
	*w = (struct crowd){ 0 };
	map_room(&w->ids, from->people->len > c->customers.rows ?
	    from->people->len : c->customers.rows);
	add_people(w, c, from);
	add_customers(w, c);
	for (uint32_t i = 0; i < w->n; i++) {
		w->in[i].id = map_key(&w->ids, i);
		if (w->state_time[i] != STAT_NEVER)
			w->in[i].state_day = zone_day(&c->settings.zone,
			    w->state_time[i]);
	}
}

struct segment_how
crowd_how(const struct cli *c, const struct segments *names)
{
	const int64_t *set = c->settings.number;

	return (struct segment_how){ c->today, set[SET_ABC_A],
		set[SET_ABC_B], set[SET_KEY_SHARE],
		set[SET_SLEEPING_DAYS] / NUM_ONE,
		set[SET_LOST_DAYS] / NUM_ONE, names };
}

struct segment_out *
crowd_segments(const struct crowd *w, struct cli *c, struct segments *names)
{
	uint32_t *rank = segment_rank(w->in, w->n);
	struct segment_out *out = mem_zero(w->n, sizeof *out);
	struct segment_how how = crowd_how(c, names);
	struct err e = { 0 };

	if ((names != NULL && !segments_load(names, &c->store, &e)) ||
	    !segment_all(out, w->in, rank, w->n, &how, &e))
		die_err(&e);
	free(rank);
	return out;
}

void
crowd_free(struct crowd *w)
{
	map_free(&w->ids);
	free(w->in);
	free(w->state_time);
}
