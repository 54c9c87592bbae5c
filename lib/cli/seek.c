#include "cli/seek.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/text.h"
#include "measure/hits.h"
#include "show/named.h"

enum { KEEP = 8 * 1024 * 1024 }; /* bytes of events, in each thread */

/* What writes the rows. */
struct writer {
	struct show *out;
	int *column; /* handles in the journal */
	size_t columns;
	char *names; /* of the columns, once the header is written */
};

struct expr *
seek_parse(struct cli *c, const struct seek *s, struct expr_names names)
{
	struct err e = { 0 };
	struct expr *x;

	names.search = true;
	names.zone = &c->settings.zone;
	x = expr_parse(s->text, &names, &e);
	if (x == NULL)
		die_err(&e);
	if (s->invert)
		expr_negate(x);
	return x;
}

static void
write_event(void *ctx, const struct batch *b, const struct event *v)
{
	const struct writer *w = ctx;

	for (size_t c = 0; c < w->columns; c++)
		show_field(w->out, journal_field(b, v, w->column[c]));
	show_row(w->out);
}

static void
write_line(void *ctx, struct slice line)
{
	const struct writer *w = ctx;
	struct slice field;

	while (text_part(&line, '\t', &field))
		show_field(w->out, field);
	show_row(w->out);
}

static void
begin(struct writer *w, const struct journal *j)
{
	struct slice *name;

	free(w->column);
	w->column = journal_columns(j, &w->columns);
	if (w->names != NULL)
		return;
	name = mem_zero(w->columns, sizeof *name);
	for (size_t i = 0; i < w->columns; i++)
		name[i] = journal_column(j, w->column[i]);
	w->names = named_begin(w->out, name, w->columns);
	free(name);
}

/* Can the files be read a second time? */
static bool
can_repeat(const struct cli *c)
{
	struct stat st;

	for (int i = 1; i < c->operands; i++)
		if (stat(c->operand[i], &st) != 0 || !S_ISREG(st.st_mode))
			return false;
	return c->only == NULL;
}

/* Run the journal with the condition.  False where that gave more rows than
 * could be kept. */
static bool
run(struct cli *c, const struct seek *s, struct hits_how *how, uint64_t *n)
{
	struct writer *w = how->ctx;
	struct journal j;
	struct use use = { &hits_measure, how, NULL };
	struct expr *x;
	struct hits *h;
	bool all;

	cli_journal(c, &j, c->operand + 1, (size_t)c->operands - 1);
	if (strstr(s->text, "customer.") != NULL)
		j.customers = cli_customers(c);
	x = seek_parse(c, s, journal_names(&j));
	j.where = x;
	j.threads = how->take != NULL;
	if (!s->silent)
		begin(w, &j);
	how->column = w->column;
	how->columns = w->columns;
	cli_run(c, &j, &use, 1);
	h = use.state;
	*n = h->n;
	all = !h->full;
	hits_sorted(h, write_line, w);
	use_free(&use);
	journal_close(&j);
	expr_free(x);
	return all;
}

/*
 * All threads look for rows, which are kept until everything is read; if
 * there are too many for that, one thread reads again and writes as it goes.
 */
uint64_t
seek_events(struct cli *c, const struct seek *s)
{
	struct writer w = { .out = &c->out };
	struct hits_how how = { .window = c->window, .ctx = &w };
	uint64_t n;

	if (!s->silent && can_repeat(c))
		how.keep = KEEP;
	else if (!s->silent)
		how.take = write_event;
	if (!run(c, s, &how, &n)) {
		how.keep = 0;
		how.take = write_event;
		run(c, s, &how, &n);
	}
	if (!s->silent)
		show_end(w.out);
	free(w.column);
	free(w.names);
	return n;
}
