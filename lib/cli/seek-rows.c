/* Rows of tables that are sought; part of seek.h. */
#include <stdlib.h>

#include "cli/seek.h"
#include "show/named.h"
#include "table/pick.h"

struct rows_found {
	struct cli *cli;
	const struct seek *seek;
	struct expr *expr; /* over the columns of the first table */
	struct buf header; /* its header line */
	char *names;       /* of its columns */
	uint64_t n;
};

/* The first table says what the columns are; the others must agree. */
static void
settle_columns(struct rows_found *f, struct tsv *t, const char *name)
{
	if (f->expr != NULL) {
		if (!slice_eq(t->head.line, buf_all(&f->header)))
			die(CRM_DATA, _("%s:1: not the columns of %s"), name,
			    f->cli->operand[1]);
		return;
	}
	buf_slice(&f->header, t->head.line);
	f->expr = seek_parse(f->cli, f->seek, pick_names(&t->head));
	if (!f->seek->silent)
		f->names = named_begin(&f->cli->out, t->head.column,
		    t->head.cols);
}

/* Merged customers are hidden: their id is one of `hidden`, if any. */
static void
find_rows(struct rows_found *f, struct tsv *t, const struct map *hidden)
{
	while ((f->n == 0 || !f->seek->once) &&
	    pick_next(t, f->expr, hidden)) {
		f->n++;
		if (f->seek->silent)
			continue;
		for (size_t i = 0; i < t->head.cols; i++)
			show_field(&f->cli->out, tsv_field(t, (int)i));
		show_row(&f->cli->out);
	}
}

static void
find_in(struct rows_found *f, struct input *in, const struct map *hidden)
{
	struct tsv t = { 0 };

	die_unless(tsv_open(&t, in), &t.err);
	settle_columns(f, &t, input_name(in));
	find_rows(f, &t, hidden);
	die_unless(tsv_ok(&t), &t.err);
	tsv_close(&t);
}

/* A store that has no customers yet has their columns all the same. */
static void
find_none(struct rows_found *f)
{
	struct tsv t = { .head = cli_customers(f->cli)->head };

	settle_columns(f, &t, "customers.tsv");
}

static void
find_customers(struct rows_found *f)
{
	struct input *in;
	struct err e = { 0 };

	cli_need_store(f->cli);
	die_unless(store_input(&f->cli->store, "customers.tsv", &in, &e), &e);
	if (in == NULL)
		find_none(f);
	else
		find_in(f, in, &cli_aliases(f->cli)->old);
}

uint64_t
seek_rows(struct cli *c, const struct seek *s)
{
	struct rows_found f = { .cli = c, .seek = s };

	if (c->operands == 1)
		find_customers(&f);
	for (int i = 1; i < c->operands; i++)
		find_in(&f, cli_input(c->operand[i]), NULL);
	if (f.expr != NULL && !s->silent)
		show_end(&c->out);
	expr_free(f.expr);
	buf_free(&f.header);
	free(f.names);
	return f.n;
}
