#include "cli/ranking.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

static void
write_scores(struct show *out, const uint8_t rfm[3])
{
	const char text[] = { (char)('0' + rfm[0]), (char)('0' + rfm[1]),
		(char)('0' + rfm[2]), '\0' };

	for (int i = 0; i < 3; i++)
		show_fixed(out, rfm[i] == 0 ? SEGMENT_NONE : rfm[i], 0);
	show_text(out, rfm[0] == 0 ? "" : text);
}

static void
write_customer(struct cli *c, const struct segment_in *in,
    const struct segment_out *o)
{
	struct show *out = &c->out;

	show_field(out, in->id);
	show_field(out, customers_name(cli_customers(c), in->id));
	show_int(out, in->orders);
	show_money(out, in->net);
	show_day(out, in->last_order);
	show_fixed(out, o->share, 2);
	show_value(out, (struct slice){ &o->abc, 1 });
	write_scores(out, o->rfm);
	show_field(out, o->name);
	show_text(out, segment_stage[o->stage]);
	show_text(out, o->key ? "yes" : "no");
	show_row(out);
}

void
ranking_segments(struct cli *c, const struct crowd *w, const uint32_t *rank)
{
	static const struct show_column column[] = {
		{ "id", SHOW_TEXT, NULL }, { "name", SHOW_TEXT, N_("name") },
		{ "orders", SHOW_NUMBER, N_("orders") },
		{ "net", SHOW_NUMBER, N_("net sales") },
		{ "last_order", SHOW_TEXT, N_("last order") },
		{ "share", SHOW_NUMBER, N_("share %") },
		{ "abc", SHOW_TEXT, "ABC" }, { "r", SHOW_NUMBER, "R" },
		{ "f", SHOW_NUMBER, "F" }, { "m", SHOW_NUMBER, "M" },
		{ "rfm", SHOW_TEXT, "RFM" },
		{ "segment", SHOW_TEXT, N_("segment") },
		{ "stage", SHOW_TEXT, N_("stage") },
		{ "key", SHOW_TEXT, N_("key") },
	};
	struct segment_out *o = mem_zero(w->n, sizeof *o);
	const int64_t *set = c->settings.number;
	struct segments names;
	struct err e = { 0 };
	struct segment_how how = { c->today, set[SET_ABC_A], set[SET_ABC_B],
		set[SET_KEY_SHARE], set[SET_SLEEPING_DAYS] / NUM_ONE,
		set[SET_LOST_DAYS] / NUM_ONE, &names };

	if (!segments_load(&names, &c->store, &e) ||
	    !segment_all(o, w->in, rank, w->n, &how, &e))
		die_err(&e);
	show_begin(&c->out, column, LEN(column));
	for (size_t i = 0; i < w->n; i++)
		write_customer(c, &w->in[rank[i]], &o[rank[i]]);
	show_end(&c->out);
	segments_free(&names);
	free(o);
}

void
ranking_pareto(struct cli *c, const struct crowd *w, const uint32_t *rank)
{
	static const struct show_column column[] = {
		{ "customers", SHOW_NUMBER, N_("customers") },
		{ "net", SHOW_NUMBER, N_("net sales") },
		{ "top1", SHOW_NUMBER, N_("top 1 %") },
		{ "top10", SHOW_NUMBER, N_("top 10 %") },
		{ "top20", SHOW_NUMBER, N_("top 20 %") },
		{ "make80", SHOW_NUMBER, N_("make 80 %") },
		{ "gini", SHOW_NUMBER, "Gini" },
	};
	struct pareto p;
	struct err e = { 0 };

	die_unless(segment_pareto(&p, w->in, rank, w->n, &e), &e);
	show_begin(&c->out, column, LEN(column));
	show_int(&c->out, p.customers);
	show_money(&c->out, p.net);
	for (int t = 0; t < PARETO_TOPS; t++)
		show_fixed(&c->out, p.top[t], 2);
	show_int(&c->out, p.make80);
	show_fixed(&c->out, p.gini, 5);
	show_row(&c->out);
	show_end(&c->out);
}
