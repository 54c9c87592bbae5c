#include "cli/stale.h"

#include <stdlib.h>

#include "base/mem.h"
#include "measure/idle.h"

/* The files are opened here and not by cli_journal, which would wait for a
 * lock that is held. */
static void
open_journal(struct journal *j, struct cli *c)
{
	struct err e = { 0 };
	struct input **in;
	char **path;
	size_t n;

	die_unless(store_journals(&c->store, &path, &n, &e), &e);
	in = mem_zero(n, sizeof(struct input *));
	for (size_t i = 0; i < n; i++) {
		in[i] = input_open(path[i], INPUT_STORE, &e);
		die_unless(in[i] != NULL, &e);
		free(path[i]);
	}
	cli_journal_from(c, j, in, n);
	free(in);
	free(path);
}

static bool
is_pseudonym(struct slice id)
{
	struct slice mark = slice_of(PERSONS_ERASED);

	return id.len > mark.len && memcmp(id.at, mark.at, mark.len) == 0;
}

/* The day when a customer's row was made, as a time. */
static int64_t
created(const struct cli *c, uint32_t row)
{
	const struct customers *t = &c->customers;
	struct slice field = customers_field(t, row,
	    head_find(&t->head, "created"));
	int32_t day;

	if (field.len > 10 && field.at[10] == 'T')
		field.len = 10;
	return date_parse(field, &day) ?
	    zone_day_start(&c->settings.zone, day) : IDLE_NEVER;
}

static void
learn(struct stale *s, struct slice id, int64_t last, bool open)
{
	uint32_t i = map_find(&s->ids, id);

	if (i == MAP_NONE)
		return;
	if (last > s->last[i])
		s->last[i] = last;
	s->open[i] |= open;
}

/* Those of the journal and of the customers, whoever is not merged. */
static void
gather(struct stale *s, const struct cli *c, const struct map *people)
{
	for (uint32_t i = 0; i < people->len; i++)
		if (map_key(people, i).len > 0)
			map_add(&s->ids, map_key(people, i));
	for (uint32_t r = 0; r < c->customers.rows; r++)
		map_add(&s->ids, aliases_of(&c->aliases,
		    map_key(&c->customers.ids, r)));
	s->last = mem_zero(s->ids.len, sizeof *s->last);
	s->open = mem_zero(s->ids.len, sizeof *s->open);
	for (uint32_t i = 0; i < s->ids.len; i++)
		s->last[i] = IDLE_NEVER;
}

/* The account of each person lives as long as the person. */
static void
learn_accounts(struct stale *s, const struct cli *c)
{
	for (uint32_t r = 0; r < c->customers.rows; r++) {
		struct slice id = aliases_of(&c->aliases,
		    map_key(&c->customers.ids, r));
		uint32_t i = map_find(&s->ids, id);

		learn(s, customers_account(&c->customers, &c->aliases, id),
		    s->last[i], s->open[i]);
	}
}

void
stale_read(struct stale *s, struct cli *c)
{
	struct use use = { &idle_measure, NULL, NULL };
	struct journal j;
	bool *open;

	*s = (struct stale){ 0 };
	cli_customers(c);
	open_journal(&j, c);
	cli_run(c, &j, &use, 1);
	gather(s, c, &j.people);
	open = idle_open(use.state, c->today, j.people.len);
	for (uint32_t i = 0; i < j.people.len; i++)
		learn(s, map_key(&j.people, i), idle_last(use.state, i),
		    open[i]);
	for (uint32_t r = 0; r < c->customers.rows; r++)
		learn(s, map_key(&c->customers.ids, r), created(c, r), false);
	learn_accounts(s, c);
	free(open);
	use_free(&use);
	journal_close(&j);
}

void
stale_add(const struct stale *s, int64_t before, struct persons *p)
{
	uint32_t *order = map_sorted(&s->ids);

	for (uint32_t k = 0; k < s->ids.len; k++) {
		uint32_t i = order[k];
		struct slice id = map_key(&s->ids, i);

		if (s->last[i] != IDLE_NEVER && s->last[i] < before &&
		    !s->open[i] && !is_pseudonym(id))
			persons_add(p, id);
	}
	free(order);
}

int64_t
stale_last(const struct stale *s, struct slice id)
{
	uint32_t i = map_find(&s->ids, id);

	return i == MAP_NONE ? IDLE_NEVER : s->last[i];
}

void
stale_free(struct stale *s)
{
	map_free(&s->ids);
	free(s->last);
	free(s->open);
}
