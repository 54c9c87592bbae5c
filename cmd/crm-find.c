/*
 * crm-find - the customers, rows or events for which a condition holds
 *
 * Rows go out as they come in, with all of their columns.  A table is
 * filtered row by row; with -j the journal is run, so that its rows are
 * checked, aliases count and columns of the customer are at hand.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cli/cli.h"
#include "measure/hits.h"
#include "table/pick.h"

struct job {
	struct cli c;
	const char *text; /* of the condition */
	bool journal, count, quiet, invert;
	struct expr *expr;
	struct buf header; /* of the first table; its line */
	uint64_t found;
	int *column; /* of the journal: handles */
	size_t columns;
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

/* Columns that hold numbers in tables of the toolkit: JSON shows them bare,
 * people see them to the right. */
static bool
is_figure(struct slice name)
{
	static const char *const figures[] = { "tone", "value", "events",
		"contacts", "minutes", "orders", "order_days", "first_spend",
		"revenue", "refunds", "cost", "service_cost", "cases",
		"solved", "nps", "csat", "n", "promoters", "passives",
		"detractors", "low", "high", "mean", "share", "change", "z",
		"p", "net", "r", "f", "m", "satisfied" };

	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
		if (slice_is(name, figures[i]))
			return true;
	return false;
}

static bool
prints(const struct job *j)
{
	return !j->count && !j->quiet;
}

/* Begin the answer with the columns of the question. */
static void
begin(struct job *j, const struct slice *name, size_t n)
{
	struct show_column *column = mem_zero(n, sizeof *column);
	struct buf names = { 0 };

	if (!prints(j))
		goto done;
	for (size_t i = 0; i < n; i++) {
		buf_slice(&names, name[i]);
		buf_byte(&names, '\0');
	}
	for (size_t i = 0, at = 0; i < n; at += name[i].len + 1, i++)
		column[i] = (struct show_column){ names.at + at,
			is_figure(name[i]) ? SHOW_NUMBER : SHOW_TEXT, NULL };
	show_begin(&j->c.out, column, n);
done:
	buf_free(&names);
	free(column);
}

static void
parse(struct job *j, struct expr_names names)
{
	struct err e = { 0 };

	names.search = true;
	names.zone = &j->c.settings.zone;
	j->expr = expr_parse(j->text, &names, &e);
	if (j->expr == NULL)
		die_err(&e);
	if (j->invert)
		expr_negate(j->expr);
}

/* The first table says what the columns are; the others must agree. */
static void
settle_columns(struct job *j, struct tsv *t, const char *name,
    const char *first)
{
	if (j->expr != NULL) {
		if (!slice_eq(t->head.line, buf_all(&j->header)))
			die(CRM_DATA, _("%s:1: not the columns of %s"), name,
			    first);
		return;
	}
	buf_slice(&j->header, t->head.line);
	parse(j, pick_names(&t->head));
	begin(j, t->head.column, t->head.cols);
}

/* Merged customers are hidden: their id is one of `hidden`, if any. */
static void
find_rows(struct job *j, struct tsv *t, const struct map *hidden)
{
	while ((j->found == 0 || !j->quiet) && pick_next(t, j->expr, hidden)) {
		j->found++;
		for (size_t i = 0; prints(j) && i < t->head.cols; i++)
			show_field(&j->c.out, tsv_field(t, (int)i));
		if (prints(j))
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
	settle_columns(j, &t, input_name(in), j->c.operand[1]);
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
	const struct aliases *a;
	char *path;

	cli_need_store(&j->c);
	if (!store_has(&j->c.store, "customers.tsv"))
		return;
	a = cli_aliases(&j->c);
	path = store_path(&j->c.store, "customers.tsv");
	find_in(j, path, INPUT_STORE, &a->old);
	free(path);
}

static void
print_event(void *ctx, const struct batch *b, const struct event *v)
{
	struct job *j = ctx;

	for (size_t c = 0; c < j->columns; c++)
		show_field(&j->c.out, journal_field(b, v, j->column[c]));
	show_row(&j->c.out);
}

static void
begin_journal(struct job *j, const struct journal *jr)
{
	struct slice *name;

	j->column = journal_columns(jr, &j->columns);
	name = mem_zero(j->columns, sizeof *name);
	for (size_t i = 0; i < j->columns; i++)
		name[i] = journal_column(jr, j->column[i]);
	begin(j, name, j->columns);
	free(name);
}

static void
find_events(struct job *j)
{
	struct journal jr;
	struct hits_how how = { j->c.window, NULL, j };
	struct use use = { &hits_measure, &how, NULL };

	cli_journal(&j->c, &jr, j->c.operand + 1, (size_t)j->c.operands - 1);
	if (strstr(j->text, "customer.") != NULL)
		jr.customers = cli_customers(&j->c);
	parse(j, journal_names(&jr));
	jr.where = j->expr;
	if (prints(j)) {
		how.take = print_event;
		jr.threads = 1; /* rows in their order */
	}
	begin_journal(j, &jr);
	cli_run(&j->c, &jr, &use, 1);
	j->found = ((struct hits *)use.state)->n;
	use_free(&use);
	journal_close(&jr);
	free(j->column);
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
		case 'v': j->invert = true; break;
		}
	if (j->c.operands == 0)
		cli_usage(&j->c, _("a condition is missing"));
	if (!j->journal && (j->c.only != NULL || j->c.period != NULL ||
	    j->c.as_of != NULL))
		cli_usage(&j->c, _("-c, -p and --as-of need -j"));
	j->text = j->c.operand[0];
	cli_ready(&j->c);
}

int
main(int argc, char *argv[])
{
	struct job j = { 0 };

	read_options(&j, argc, argv);
	if (j.journal)
		find_events(&j);
	else if (j.c.operands == 1)
		find_customers(&j);
	for (int i = 1; !j.journal && i < j.c.operands; i++)
		find_in(&j, j.c.operand[i], 0, NULL);
	if (prints(&j) && j.expr != NULL)
		show_end(&j.c.out);
	else if (j.count && !j.quiet)
		printf("%" PRIu64 "\n", j.found);
	expr_free(j.expr);
	buf_free(&j.header);
	return cli_end(&j.c, j.found > 0 ? CRM_OK : CRM_NO);
}
