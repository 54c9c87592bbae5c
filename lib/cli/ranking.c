#include "cli/ranking.h"

#include <stdlib.h>

#include "base/mem.h"
#include "crm/segments.h"
#include "show/pen.h"

enum { SOME = 64 }; /* rows that are looked up together */

/* All that rows are written from. */
struct ranking {
	const struct customers *customers;
	const struct segment_in *in;
	const uint32_t *row; /* of each, of the customers */
	const struct segment_out *out;
	const struct segments *names;
	const uint32_t *rank;
};

/* The scores, each alone and all together; without orders there are none. */
static char *
quick_scores(char *to, const uint8_t rfm[3])
{
	const char r = (char)('0' + rfm[0]), f = (char)('0' + rfm[1]),
	    m = (char)('0' + rfm[2]);
	const char text[] = { r, '\t', f, '\t', m, '\t', r, f, m, '\t' };

	if (rfm[0] == 0)
		return QUICK_LITERAL(to, "\t\t\t\t");
	return (char *)memcpy(to, text, sizeof text) + sizeof text;
}

static void
write_one(struct quick *q, const struct ranking *r, uint32_t i,
    struct slice name)
{
	const struct segment_in *in = &r->in[i];
	const struct segment_out *o = &r->out[i];
	char *to = quick_field(q, quick_open(q), in->id);

	to = quick_field(q, to, name);
	to = quick_int(q, to, in->orders);
	to = quick_money(q, to, in->net);
	to = quick_day(q, to, in->last_order);
	to = o->share == SEGMENT_NONE ? quick_empty(to)
	    : quick_empty(digits_fixed(to, o->share, 2));
	*to = o->of.abc;
	to = quick_scores(quick_empty(to + 1), o->rfm);
	to = quick_field(q, to, segments_name(r->names, o->rfm));
	to = quick_field(q, to, slice_of(segment_stage[o->of.stage]));
	to = o->of.key ? QUICK_LITERAL(to, "yes\t") : QUICK_LITERAL(to, "no\t");
	quick_close(q, to);
}

/* Up to SOME rows, which lie anywhere in memory: the waits for what belongs
 * to them overlap. */
static void
write_some(struct quick *q, const struct ranking *r, const uint32_t *rank,
    size_t n)
{
	uint32_t row[SOME];

	for (size_t i = 0; i < n; i++) {
		__builtin_prefetch(&r->row[rank[i]]);
		__builtin_prefetch(&r->in[rank[i]]);
		__builtin_prefetch(&r->out[rank[i]]);
	}
	for (size_t i = 0; i < n; i++) {
		row[i] = r->row[rank[i]];
		__builtin_prefetch(r->in[rank[i]].id.at);
	}
	customers_fetch(r->customers, row, n);
	for (size_t i = 0; i < n; i++)
		write_one(q, r, rank[i],
		    customers_called(r->customers, row[i]));
}

static void
write_rows(struct quick *q, const void *ranking, size_t from, size_t to)
{
	const struct ranking *r = ranking;

	for (size_t i = from; i < to; i += SOME)
		write_some(q, r, r->rank + i,
		    to - i < SOME ? to - i : SOME);
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
	struct segments names;
	struct err e = { 0 };
	struct segment_how how = crowd_how(c);

	if (!segments_load(&names, &c->store, &e) ||
	    !segment_all(o, w->in, w->n, &how, &e))
		die_err(&e);
	show_begin(&c->out, column, LEN(column));
	pen_rows(&c->out, w->n, write_rows, &(struct ranking){
		cli_customers(c), w->in, w->row, o, &names, rank });
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
