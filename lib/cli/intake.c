#include "cli/intake.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cli/state.h"

/* The operands, told apart by their columns. */
struct sources {
	struct input **journal, **table;
	size_t journals, tables;
};

/* A journal has a column `kind`, a table of crm-stat `events`. */
static bool
is_stat_table(struct input *in)
{
	struct head h = cli_head(in);
	bool yes = head_find(&h, "kind") < 0 && head_find(&h, "events") >= 0;

	head_free(&h);
	return yes;
}

static void
sort_out(struct cli *c, struct sources *s)
{
	size_t n = (size_t)c->operands;

	*s = (struct sources){ mem_zero(n, sizeof(struct input *)),
		mem_zero(n, sizeof(struct input *)), 0, 0 };
	for (size_t i = 0; i < n; i++) {
		struct input *in = cli_input(c->operand[i]);

		if (is_stat_table(in))
			s->table[s->tables++] = in;
		else
			s->journal[s->journals++] = in;
	}
	if (s->tables > 0 && c->period != NULL)
		cli_usage(c, _("-p cannot look into a table of crm-stat"));
	if (s->tables > 0 && c->where != NULL)
		cli_usage(c, _("-w cannot look into a table of crm-stat"));
}

/* Only rows of -c count, and none from after the as-of. */
static void
read_table(struct cli *c, struct input *in, struct use *use,
    struct map *people)
{
	struct tsv t = { 0 };
	struct stat_choice choice = { cli_aliases(c),
		c->accounts ? cli_customers(c) : NULL,
		c->only != NULL ? &c->list.ids : NULL, c->until };

	if (!tsv_open(&t, in) ||
	    !stat_read(use->state, &t, people, &choice))
		die_err(&t.err);
	tsv_close(&t);
}

/* Open the journals, the operands' or the store's. */
static void
open_sources(struct cli *c, struct sources *s, struct journal *j)
{
	*s = (struct sources){ 0 };
	sort_out(c, s);
	if (c->operands > 0)
		cli_journal_from(c, j, s->journal, s->journals);
	else
		cli_journal(c, j, NULL, 0);
}

/* Once the journals have been folded. */
static void
finish(struct cli *c, struct sources *s, struct journal *j,
    struct use *uses, size_t n, struct map *people)
{
	struct err e = { 0 };

	for (size_t i = 0; i < s->tables; i++)
		read_table(c, s->table[i], &uses[0], people);
	for (size_t i = 0; i < n; i++)
		die_unless(stat_settle(uses[i].state, people, &e), &e);
	journal_close(j);
	free(s->journal);
	free(s->table);
}

void
intake_fold(struct cli *c, struct use *uses, size_t n, struct map *people)
{
	struct sources s;
	struct journal j;

	open_sources(c, &s, &j);
	cli_run(c, &j, uses, n);
	*people = j.people;
	j.people = (struct map){ 0 };
	finish(c, &s, &j, uses, n, people);
}

bool
intake_kept(struct cli *c, const char *file, struct use *use,
    struct map *people)
{
	struct sources s;
	struct state_file f;
	struct journal j;
	bool kept;

	state_begin(&f, c, file);
	open_sources(c, &s, &j);
	state_fold(&f, &j, use, people);
	kept = state_keep(&f, &j, use, people);
	finish(c, &s, &j, use, 1, people);
	return kept;
}
