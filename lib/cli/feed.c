/* The tables that measuring commands are fed with; part of cli.h. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/cli.h"

static void
free_tables(struct cli *c)
{
	expr_free(c->condition);
	customers_free(&c->customers);
	customers_free(&c->list);
	aliases_free(&c->aliases);
}

/* Conditions and keys can be of any column. */
static uint32_t
needed_columns(const struct cli *c)
{
	if (c->columns == 0 || c->where != NULL || c->by != NULL)
		return CUSTOMER_ALL;
	return c->columns | (c->accounts ? CUSTOMER_BIT(ACCOUNT) : 0);
}

static void
load_customers(struct cli *c)
{
	struct err e = { 0 };

	if (c->store.here && !customers_load(&c->customers, &c->store,
		needed_columns(c), &e))
		die_err(&e);
	c->have_customers = true;
}

/* Asked for each row of an answer: a struct err is too large for that. */
const struct customers *
cli_customers(struct cli *c)
{
	c->free_tables = free_tables;
	if (!c->have_customers)
		load_customers(c);
	return &c->customers;
}

const struct aliases *
cli_aliases(struct cli *c)
{
	struct err e = { 0 };

	c->free_tables = free_tables;
	if (!c->have_aliases && c->store.here &&
	    !aliases_load(&c->aliases, &c->store, &e))
		die_err(&e);
	c->have_aliases = true;
	return &c->aliases;
}

bool
cli_whom(struct cli *c, struct whom *w, const char *words, struct slice *id,
    struct buf *room, struct err *who)
{
	bool known;

	w->table = cli_customers(c);
	w->aliases = cli_aliases(c);
	known = whom_named(w, words, id, room, who);
	if (!known && id->len == 0)
		die_err(who);
	return known;
}

struct input *
cli_input(const char *path)
{
	struct err e = { 0 };
	struct input *in = input_open(path, 0, &e);

	if (in == NULL)
		die_err(&e);
	return in;
}

struct head
cli_head(struct input *in)
{
	struct err e = { 0 };
	struct head h = { 0 };
	struct slice line;

	if (!input_header(in, &line, &e) ||
	    !head_parse(&h, line, input_name(in), &e))
		die_err(&e);
	return h;
}

int32_t
cli_day(const struct cli *c, int64_t time)
{
	return time == INT64_MIN ? DATE_NONE
				 : zone_day(&c->settings.zone, time);
}

/* Open the given files, or those of the store's journal. */
static struct input **
open_all(char **path, size_t n, int flags)
{
	struct input **in = mem_zero(n, sizeof(struct input *));
	struct err e = { 0 };

	for (size_t i = 0; i < n; i++)
		if ((in[i] = input_open(path[i], flags, &e)) == NULL)
			die_err(&e);
	return in;
}

/*
 * Journal and aliases are opened under the shared lock, so that they are of
 * one moment.  Where it cannot be had (a store on a disk that is read only)
 * they are read all the same.
 */
static struct input **
open_store(struct cli *c, size_t *n)
{
	struct input **in;
	struct err e = { 0 }, unlocked = { 0 };
	bool locked;
	char **found;

	cli_need_store(c);
	locked = store_lock(&c->store, true, &unlocked);
	if (!store_journals(&c->store, &found, n, &e))
		die_err(&e);
	in = open_all(found, *n, INPUT_STORE);
	cli_aliases(c);
	if (locked)
		store_unlock(&c->store);
	tails_say(&c->tails);
	for (size_t i = 0; i < *n; i++)
		free(found[i]);
	free(found);
	return in;
}

/* The keys of --by that may be columns of -c; how many. */
static size_t
list_keys(const struct cli *c, struct slice key[GROUP_KEYS])
{
	struct slice rest = slice_of(c->by != NULL ? c->by : ""), word;
	size_t n = 0;

	while (n < GROUP_KEYS && text_part(&rest, ',', &word))
		if (period_unit_of(word) == PERIOD_UNITS)
			key[n++] = word;
	return n;
}

/* -c: the customers that count, each in one group. */
static void
read_only(struct cli *c, struct journal *j)
{
	struct slice key[GROUP_KEYS];
	struct err e = { 0 };

	if (c->only == NULL)
		return;
	if (!customers_read_set(&c->list, cli_input(c->only), key,
		list_keys(c, key), &e))
		die_err(&e);
	customers_follow(&c->list, j->aliases);
	j->only = &c->list.ids;
}

/* Is a key of --by neither a stretch of time nor a column of -c or the
 * journal?  Then it is one of the customers. */
static bool
by_customer(const struct cli *c, const struct journal *j)
{
	struct slice rest = slice_of(c->by), key;

	while (text_part(&rest, ',', &key))
		if (period_unit_of(key) == PERIOD_UNITS &&
		    journal_find(j, key) < 0 &&
		    head_find_slice(&c->list.head, key) < 0)
			return true;
	return false;
}

/* The customers are read only where something is asked of them: a million
 * take their time. */
static bool
needs_customers(const struct cli *c, const struct journal *j)
{
	return c->accounts ||
	    (c->where != NULL && strstr(c->where, "customer.") != NULL) ||
	    (c->by != NULL && by_customer(c, j));
}

static void
parse_where(struct cli *c, struct journal *j)
{
	struct err e = { 0 };
	struct expr_names names = journal_names(j);

	names.zone = &c->settings.zone;
	if (c->where == NULL)
		return;
	c->condition = expr_parse(c->where, &names, &e);
	if (c->condition == NULL)
		die_err(&e);
	j->where = c->condition;
}

void
cli_journal(struct cli *c, struct journal *j, char **path, size_t n)
{
	struct input **in =
	    n > 0 ? open_all(path, n, 0) : open_store(c, &n);

	cli_journal_from(c, j, in, n);
	free(in);
}

void
cli_journal_from(struct cli *c, struct journal *j, struct input **in,
    size_t n)
{
	struct err e = { 0 };

	if (!journal_open(j, in, n, &e))
		die_err(&e);
	j->accounts = c->accounts;
	j->aliases = cli_aliases(c);
	j->zone = &c->settings.zone;
	j->currency = c->settings.text[SET_CURRENCY];
	j->until = c->until;
	read_only(c, j);
	if (needs_customers(c, j))
		j->customers = cli_customers(c);
	parse_where(c, j);
	if (!group_parse(&c->group, c->by, j,
		c->only != NULL ? &c->list : NULL, &e))
		cli_usage(c, "%s", e.text);
}

void
cli_run(struct cli *c, struct journal *j, struct use *uses, size_t n)
{
	struct err e = { 0 };
	const char *name;
	size_t bytes;

	if (!journal_run(j, uses, n, &e))
		die_err(&e);
	for (size_t i = 0; journal_torn(j, &i, &name, &bytes);)
		tails_seen(&c->tails, name, bytes);
}
