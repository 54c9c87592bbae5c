#include "cli/consents.h"

#include <stdlib.h>

#include "base/mem.h"
#include "measure/consent.h"
#include "show/named.h"

static const struct show_column column[] = {
	{ "id", SHOW_TEXT, NULL }, { "name", SHOW_TEXT, N_("name") },
	{ "channel", SHOW_TEXT, N_("channel") },
	{ "purpose", SHOW_TEXT, N_("purpose") },
	{ "state", SHOW_TEXT, N_("state") },
	{ "since", SHOW_TEXT, N_("since") },
	{ "version", SHOW_TEXT, N_("version") },
	{ "evidence", SHOW_TEXT, N_("evidence") },
};
enum { COLUMNS = LEN(column) };

/* What rows are made from. */
struct job {
	struct cli *c;
	const struct consents_ask *ask;
	struct threads *t;
	const struct map *people;
	struct span {
		size_t from, n; /* events of a customer, by his number */
	} *span;
	bool listed;
	struct customers list;
	uint32_t *list_row;  /* of each customer of the list, in its order */
	size_t list_cap;
	int *extra;          /* columns of the list that come behind ... */
	size_t extras;
	char *extra_names;   /* ... and what they are called */
	struct map blocked;  /* ids of customers with that tag */
	struct consents room;
	uint64_t rows;
};

/* --- what is read ------------------------------------------------------- */

static bool
is_journal(struct input *in)
{
	struct head h = cli_head(in);
	bool yes = head_find(&h, "kind") >= 0;

	head_free(&h);
	return yes;
}

struct input *
consents_open(struct cli *c, struct journal *j)
{
	size_t n = (size_t)c->operands, journals = 0;
	struct input **in = mem_zero(n, sizeof(struct input *));
	struct input *list = NULL;

	for (size_t i = 0; i < n; i++) {
		struct input *one = cli_input(c->operand[i]);

		if (is_journal(one))
			in[journals++] = one;
		else if (list == NULL)
			list = one;
		else
			cli_usage(c, _("more than one list of customers"));
	}
	if (journals > 0)
		cli_journal_from(c, j, in, journals);
	else
		cli_journal(c, j, NULL, 0);
	free(in);
	j->marks = true;
	return list;
}

/* The columns of the list that are none of ours. */
static void
read_list(struct job *w, struct input *in)
{
	struct err e = { 0 };

	w->listed = in != NULL;
	if (in == NULL)
		return;
	die_unless(customers_read(&w->list, in, &e), &e);
	w->extra = mem_zero(w->list.head.cols, sizeof *w->extra);
	for (size_t i = 0; i < w->list.head.cols; i++) {
		size_t k = 0;

		while (k < COLUMNS && !slice_is(w->list.head.column[i],
		    column[k].name))
			k++;
		if (k == COLUMNS)
			w->extra[w->extras++] = (int)i;
	}
}

static void
find_spans(struct job *w)
{
	const struct threads *t = w->t;

	w->span = mem_zero(w->people->len, sizeof *w->span);
	for (size_t at = 0, end; at < t->n; at = end) {
		end = thread_end(t, at);
		if (t->event[at].who != THREAD_NOBODY)
			w->span[t->event[at].who] =
			    (struct span){ at, end - at };
	}
}

/* --- whom the table is of ----------------------------------------------- */

/* Merged customers are one: the row of the list that comes first counts. */
static void
add_list(struct job *w, struct map *ids, const struct customers *from)
{
	for (uint32_t r = 0; r < from->rows; r++) {
		uint32_t had = ids->len, i = map_add(ids,
		    aliases_of(&w->c->aliases, map_key(&from->ids, r)));

		if (i < had || !w->listed)
			continue;
		w->list_row = mem_grow(w->list_row, &w->list_cap, i + 1,
		    sizeof *w->list_row);
		w->list_row[i] = r;
	}
}

static void
add_asked(struct job *w, struct map *ids)
{
	const struct threads *t = w->t;

	for (size_t at = 0; at < t->n; at = thread_end(t, at))
		if (t->event[at].who != THREAD_NOBODY)
			map_add(ids, thread_customer(t, &t->event[at]));
}

/* All ids that a row may be of, as they are to be written. */
static void
gather(struct job *w, struct map *ids)
{
	if (w->listed) {
		add_list(w, ids, &w->list);
		return;
	}
	if (w->ask->all)
		add_list(w, ids, &w->c->customers);
	add_asked(w, ids);
}

/* --- rows --------------------------------------------------------------- */

struct person {
	struct slice id;
	uint32_t number; /* in the list, if there is one */
};

static void
begin_table(struct job *w)
{
	struct slice *name = mem_zero(w->extras, sizeof *name);
	struct show_column *all = mem_zero(COLUMNS + w->extras, sizeof *all);
	struct show_column *extra;

	for (size_t i = 0; i < w->extras; i++)
		name[i] = w->list.head.column[w->extra[i]];
	extra = named_columns(name, w->extras, &w->extra_names);
	for (size_t i = 0; i < COLUMNS; i++)
		all[i] = column[i];
	for (size_t i = 0; i < w->extras; i++)
		all[COLUMNS + i] = extra[i];
	show_begin(&w->c->out, all, COLUMNS + w->extras);
	free(extra);
	free(all);
	free(name);
}

static void
write_row(struct job *w, const struct person *p, const struct consent *s)
{
	struct show *out = &w->c->out;

	show_field(out, p->id);
	show_field(out, customers_name(&w->c->customers, p->id));
	show_field(out, s->channel);
	show_field(out, s->purpose);
	show_text(out, consent_state[s->state]);
	show_time(out, s->since);
	show_field(out, s->version);
	show_field(out, s->evidence);
	for (size_t i = 0; i < w->extras; i++)
		show_field(out, customers_field(&w->list,
		    w->list_row[p->number], w->extra[i]));
	show_row(out);
	w->rows++;
}

/* Write it if it is wanted.  -w chooses by the events, so it leaves out
 * those who have none. */
static void
judge(struct job *w, const struct person *p, const struct consent *s)
{
	const struct consents_ask *ask = w->ask;

	if (w->c->where != NULL && !s->chosen)
		return;
	if (ask->one && !ask->all && (s->state != CONSENT_CONFIRMED ||
	    map_find(&w->blocked, p->id) != MAP_NONE))
		return;
	write_row(w, p, s);
}

static void
write_person(struct job *w, const struct person *p)
{
	static const struct span nothing = { 0 };
	const struct consents_ask *ask = w->ask;
	uint32_t who = map_find(w->people, p->id);
	struct span span = who == MAP_NONE ? nothing : w->span[who];
	const struct thread_event *v = w->t->event + span.from;
	struct consent one = consent_of(w->t, v, ask->one ? span.n : 0,
	    ask->channel, ask->purpose);

	if (w->c->only != NULL &&
	    map_find(&w->c->list.ids, p->id) == MAP_NONE)
		return;
	consent_all(&w->room, w->t, v, ask->one ? 0 : span.n);
	for (size_t i = 0; i < w->room.n; i++)
		judge(w, p, &w->room.at[i]);
	if (ask->one || (ask->all && w->room.n == 0))
		judge(w, p, &one);
}

static void
write_all(struct job *w)
{
	struct map ids = { 0 };
	uint32_t *order;

	gather(w, &ids);
	order = w->listed ? NULL : map_sorted(&ids);
	begin_table(w);
	for (uint32_t i = 0; i < ids.len; i++) {
		uint32_t k = order == NULL ? i : order[i];

		write_person(w, &(struct person){ map_key(&ids, k), k });
	}
	show_end(&w->c->out);
	free(order);
	map_free(&ids);
}

static void
free_job(struct job *w)
{
	customers_free(&w->list);
	map_free(&w->blocked);
	free(w->span);
	free(w->list_row);
	free(w->extra);
	free(w->extra_names);
	free(w->room.at);
}

uint64_t
consents_write(struct cli *c, const struct consents_ask *ask)
{
	struct job w = { .c = c, .ask = ask };
	struct use use = { &thread_measure, &consent_how, NULL };
	struct journal j;
	struct input *list = consents_open(c, &j);

	cli_run(c, &j, &use, 1);
	w.t = use.state;
	w.people = &j.people;
	thread_sort(w.t, w.people, THREAD_BY_CUSTOMER);
	read_list(&w, list);
	cli_customers(c);
	if (ask->one && !ask->all)
		customers_blocked(&c->customers, &c->aliases, &w.blocked);
	find_spans(&w);
	write_all(&w);
	free_job(&w);
	use_free(&use);
	journal_close(&j);
	return w.rows;
}
