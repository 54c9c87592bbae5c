#include "cli/campaigns.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "cli/grouping.h"
#include "measure/campaign.h"

struct job {
	struct cli *c;
	const struct campaigns_ask *ask;
	struct map held; /* ids of the control group */
	bool *is_held;   /* by number in people */
	size_t few;      /* rows with few customers on either side */
};

/* --- who is held out ---------------- */

/* The control group, as far as -c has it. */
static void
read_held(struct job *w)
{
	struct cli *c = w->c;
	const struct customers *all = cli_customers(c);
	int tags = head_find(&all->head, "tags");

	for (uint32_t r = 0; r < all->rows; r++) {
		struct slice id = aliases_of(&c->aliases,
		    map_key(&all->ids, r));

		if (!customer_tagged(customers_field(all, r, tags),
			slice_of(w->ask->control)) ||
		    (c->only != NULL &&
			map_find(&c->list.ids, id) == MAP_NONE))
			continue;
		map_add(&w->held, !c->accounts ? id :
		    customers_account(all, &c->aliases, id));
	}
	if (w->held.len == 0)
		die(CRM_NO, _("no customer has the tag: \"%s\""),
		    w->ask->control);
}

static void
mark_held(struct job *w, const struct map *people)
{
	w->is_held = mem_zero((size_t)people->len + 1, sizeof(bool));
	for (uint32_t i = 0; i < w->held.len; i++) {
		uint32_t who = map_find(people, map_key(&w->held, i));

		if (who != MAP_NONE)
			w->is_held[who] = true;
	}
}

/* --- the table ---------------- */

static const struct show_column name = { "campaign", SHOW_TEXT,
	N_("campaign") };
static const struct show_column whom = { "whom", SHOW_TEXT, N_("whom") };
static const struct show_column figures[] = {
	{ "first", SHOW_TEXT, N_("first") },
	{ "over", SHOW_TEXT, N_("over") },
	{ "sent", SHOW_NUMBER, N_("sent") },
	{ "bounced", SHOW_NUMBER, N_("bounced") },
	{ "reached", SHOW_NUMBER, N_("reached") },
	{ "responses", SHOW_NUMBER, N_("responses") },
	{ "response_rate", SHOW_NUMBER, N_("response %") },
	{ "response_days", SHOW_NUMBER, N_("after days") },
	{ "customers", SHOW_NUMBER, N_("ordered") },
	{ "order_rate", SHOW_NUMBER, N_("ordered %") },
	{ "orders", SHOW_NUMBER, N_("orders") },
	{ "revenue", SHOW_NUMBER, N_("revenue") },
	{ "refunds", SHOW_NUMBER, N_("refunds") },
	{ "cost", SHOW_NUMBER, N_("cost") },
	{ "return", SHOW_NUMBER, N_("return %") },
	{ "stray", SHOW_NUMBER, N_("stray") },
};
static const struct show_column compared[] = {
	{ "control", SHOW_NUMBER, N_("held out") },
	{ "control_customers", SHOW_NUMBER, N_("of them ordered") },
	{ "control_rate", SHOW_NUMBER, N_("of them ordered %") },
	{ "lift", SHOW_NUMBER, N_("lift") },
	{ "low", SHOW_NUMBER, N_("at least") },
	{ "high", SHOW_NUMBER, N_("at most") },
	{ "p", SHOW_NUMBER, NULL },
};

static void
begin_table(struct job *w)
{
	struct show_column all[2 + LEN(figures) + LEN(compared)];
	size_t n = 0;

	all[n++] = name;
	if (w->ask->split)
		all[n++] = whom;
	for (size_t i = 0; i < LEN(figures); i++)
		all[n++] = figures[i];
	for (size_t i = 0; i < LEN(compared) && w->ask->control; i++)
		all[n++] = compared[i];
	if (w->c->group.n > 0)
		grouping_begin(&w->c->out, &w->c->group, all, n);
	else
		show_begin(&w->c->out, all, n);
}

/* The last day that is over: that of the as-of; but of a period that lasts
 * longer there may be more to come. */
static int32_t
last_day(const struct cli *c)
{
	int32_t yesterday = cli_day(c, c->now) - 1;

	return c->as_of != NULL || (c->as_of_given && c->today < yesterday)
	    ? c->today : yesterday;
}

/* Are the days of the last customer over? */
static const char *
over(const struct job *w, const struct campaign *a)
{
	if (a->last == DATE_NONE)
		return "";
	return (int64_t)a->last + w->ask->days <= last_day(w->c) ? "yes"
								 : "no";
}

/* What the campaign cost as a whole says nothing of its parts. */
static void
show_cost(struct job *w, const struct campaign *a)
{
	struct show *out = &w->c->out;

	if (w->ask->split || w->c->group.n > 0) {
		show_empty(out);
		show_empty(out);
		return;
	}
	show_money(out, a->cost);
	show_fixed(out, a->cost == 0 ? SCORE_NONE :
	    num_share(a->revenue - a->refunds - a->cost, a->cost), 2);
}

static void
show_figures(struct job *w, const struct campaign *a)
{
	struct show *out = &w->c->out;

	show_day(out, a->first);
	show_text(out, over(w, a));
	show_int(out, a->sent);
	show_int(out, a->bounced);
	show_int(out, a->reached);
	show_int(out, a->responses);
	grouping_part(out, a->responses, a->reached);
	show_fixed(out, a->response_days, 1);
	show_int(out, a->customers);
	grouping_part(out, a->customers, a->reached);
	show_int(out, a->orders);
	show_money(out, a->revenue);
	show_money(out, a->refunds);
	show_cost(w, a);
	show_int(out, a->stray);
}

static void
show_control(struct job *w, const struct campaign *a)
{
	struct show *out = &w->c->out;
	struct score_part reached = { a->customers, a->reached };
	struct score_change lift = score_share_change(a->control, reached);
	struct score_range r = score_share_change_range(a->control, reached);

	w->few += a->reached < SCORE_FEW || a->control.whole < SCORE_FEW;
	show_int(out, a->control.whole);
	show_int(out, a->control.part);
	grouping_part(out, a->control.part, a->control.whole);
	show_fixed(out, lift.change, 2);
	show_fixed(out, r.low, 2);
	show_fixed(out, r.high, 2);
	show_fixed(out, lift.p, 3);
}

static void
write_row(struct job *w, const struct campaign *a)
{
	struct show *out = &w->c->out;

	if (w->c->group.n > 0)
		grouping_key(out, &w->c->group, a->group);
	show_field(out, a->name);
	if (w->ask->split)
		show_text(out, a->whom == CAMPAIGN_NEW ? "new" : "regular");
	show_figures(w, a);
	if (w->ask->control != NULL)
		show_control(w, a);
	show_row(out);
}

static void
write_table(struct job *w, const struct threads *t, const struct map *people)
{
	struct cli *c = w->c;
	struct campaign_ask ask = { .days = w->ask->days,
		.split = w->ask->split, .window = c->window,
		.members = w->held.len };
	struct campaign *all;
	struct err e = { 0 };
	size_t n;

	if (w->ask->control != NULL) {
		mark_held(w, people);
		ask.held = w->is_held;
	}
	all = campaign_all(t, &ask, &n, &e);
	if (all == NULL)
		die_err(&e);
	begin_table(w);
	for (size_t i = 0; i < n; i++)
		write_row(w, &all[i]);
	show_end(&c->out);
	free(all);
	if (w->few > 0)
		warn(ngettext("%zu of %zu row has fewer than 100 customers "
		    "on a side: its lift is unsure", "%zu of %zu rows have "
		    "fewer than 100 customers on a side: their lift is "
		    "unsure", n), w->few, n);
}

void
campaigns_write(struct cli *c, const struct campaigns_ask *ask)
{
	struct job w = { .c = c, .ask = ask };
	struct thread_how how;
	struct use use = { &thread_measure, &how, NULL };
	struct journal j;

	if (ask->control != NULL)
		cli_need_store(c);
	cli_journal(c, &j, c->operand, (size_t)c->operands);
	if (ask->control != NULL)
		read_held(&w);
	how = campaign_how(&c->group);
	j.marks = true;
	cli_run(c, &j, &use, 1);
	thread_sort(use.state, &j.people, THREAD_BY_CUSTOMER);
	write_table(&w, use.state, &j.people);
	map_free(&w.held);
	free(w.is_held);
	use_free(&use);
	journal_close(&j);
}
