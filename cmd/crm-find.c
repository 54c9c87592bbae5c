/*
 * crm-find - customers, rows or events for which a condition holds
 *
 * Rows go out as they come in, with all of their columns.  A table is read
 * row by row; with -j the journal is run, so that its rows are checked,
 * aliases count and columns of the customer are at hand.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "cli/seek.h"
#include "show/named.h"
#include "table/pick.h"

struct job {
	struct cli c;
	struct seek seek;
	bool journal, count, quiet;
	struct expr *expr; /* over the columns of the first table */
	struct buf header; /* its header line */
	char *names;       /* of its columns */
	uint64_t found;
};

static const struct cli_option options[] = {
	{ 'c', "customers", "FILE",
	    N_("with -j: only events of the customers in FILE") },
	{ 'j', "journal", NULL, N_("find events instead of customers") },
	{ 'n', "count", NULL, N_("print only how many there are") },
	{ 'q', "quiet", NULL, N_("print nothing: the status tells") },
	{ 'v', "invert", NULL, N_("those for which it does not hold") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-find",
	.summary = N_("customers, rows or events for which a condition holds"),
	.operands = "EXPR [FILE ...]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS,
	.example = { "crm-find 'city = Graz and tags ~ key'",
	    "crm-stat | crm-find 'revenue > 10000' -" },
};

/* The first table says what the columns are; the others must agree. */
static void
settle_columns(struct job *j, struct tsv *t, const char *name)
{
	if (j->expr != NULL) {
		if (!slice_eq(t->head.line, buf_all(&j->header)))
			die(CRM_DATA, _("%s:1: not the columns of %s"), name,
			    j->c.operand[1]);
		return;
	}
	buf_slice(&j->header, t->head.line);
	j->expr = seek_parse(&j->c, &j->seek, pick_names(&t->head));
	if (!j->seek.silent)
		j->names = named_begin(&j->c.out, t->head.column,
		    t->head.cols);
}

/* Merged customers are hidden: their id is one of `hidden`, if any. */
static void
find_rows(struct job *j, struct tsv *t, const struct map *hidden)
{
	while ((j->found == 0 || !j->quiet) && pick_next(t, j->expr, hidden)) {
		j->found++;
		if (j->seek.silent)
			continue;
		for (size_t i = 0; i < t->head.cols; i++)
			show_field(&j->c.out, tsv_field(t, (int)i));
		show_row(&j->c.out);
	}
}

static void
find_in(struct job *j, const char *path, int flags, const struct map *hidden)
{
	struct tsv t = { 0 };
	struct input *in = input_open(path, flags, &t.err);

	if (!tsv_open(&t, in))
		die_err(&t.err);
	settle_columns(j, &t, input_name(in));
	find_rows(j, &t, hidden);
	if (!tsv_ok(&t))
		die_err(&t.err);
	if (input_torn(in) > 0)
		warn(_("%s: %zu bytes at the end are no whole row"),
		    input_name(in), input_torn(in));
	tsv_close(&t);
}

static void
find_customers(struct job *j)
{
	char *path;

	cli_need_store(&j->c);
	if (!store_has(&j->c.store, "customers.tsv"))
		return;
	path = store_path(&j->c.store, "customers.tsv");
	find_in(j, path, INPUT_STORE, &cli_aliases(&j->c)->old);
	free(path);
}

static void
find_in_tables(struct job *j)
{
	if (j->c.operands == 1)
		find_customers(j);
	for (int i = 1; i < j->c.operands; i++)
		find_in(j, j->c.operand[i], 0, NULL);
	if (j->expr != NULL && !j->seek.silent)
		show_end(&j->c.out);
	expr_free(j->expr);
	buf_free(&j->header);
	free(j->names);
}

static void
read_options(struct job *j, int argc, char *argv[])
{
	int o;

	cli_begin(&j->c, argc, argv, &spec);
	while ((o = cli_next(&j->c)) != -1)
		switch (o) {
		case 'c': j->c.only = j->c.arg; break;
		case 'j': j->journal = true; break;
		case 'n': j->count = true; break;
		case 'q': j->quiet = true; break;
		case 'v': j->seek.invert = true; break;
		}
	if (j->c.operands == 0)
		cli_usage(&j->c, _("a condition is missing"));
	if (!j->journal && (j->c.only != NULL || j->c.period != NULL ||
	    j->c.as_of != NULL))
		cli_usage(&j->c, _("-c, -p and --as-of need -j"));
	j->seek.text = j->c.operand[0];
	j->seek.silent = j->count || j->quiet;
}

int
main(int argc, char *argv[])
{
	struct job j = { 0 };

	read_options(&j, argc, argv);
	cli_ready(&j.c);
	if (j.journal)
		j.found = seek_events(&j.c, &j.seek);
	else
		find_in_tables(&j);
	if (j.count && !j.quiet)
		printf("%" PRIu64 "\n", j.found);
	return cli_end(&j.c, j.found > 0 ? CRM_OK : CRM_NO);
}
