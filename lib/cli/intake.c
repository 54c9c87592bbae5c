#include "cli/intake.h"

#include <stdlib.h>

#include "base/mem.h"
#include "crm/resume.h"

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
read_tables(struct cli *c, struct sources *s, struct use *use,
    struct map *people)
{
	for (size_t i = 0; i < s->tables; i++)
		read_table(c, s->table[i], use, people);
	free(s->journal);
	free(s->table);
}

/* Take over the customers of a run, or give them to one. */
static void
move(struct map *to, struct map *from)
{
	*to = *from;
	*from = (struct map){ 0 };
}

void
intake_fold(struct cli *c, struct use *uses, size_t n, struct map *people)
{
	struct sources s;
	struct journal j;
	struct err e = { 0 };

	open_sources(c, &s, &j);
	cli_run(c, &j, uses, n);
	move(people, &j.people);
	journal_close(&j);
	read_tables(c, &s, &uses[0], people);
	for (size_t i = 0; i < n; i++)
		die_unless(stat_settle(uses[i].state, people, &e), &e);
}

/* --- with a state ------------------------------------------------------- */

/* All that is old, after what is new. */
static void
read_old(struct intake *in)
{
	struct err e = { 0 };
	struct journal old;
	size_t n;
	struct input **from = resume_passed(&in->journal, &n, &e);

	die_unless(e.status == CRM_OK, &e);
	cli_journal_from(in->cli, &old, from, n);
	free(from);
	move(&old.people, &in->people);
	cli_run(in->cli, &old, &in->use, 1);
	move(&in->people, &old.people);
	journal_close(&old);
	in->roll.stat = in->use.state;
}

static void
go_on(struct intake *in)
{
	read_old(in);
	roll_go_on(&in->roll);
	in->kept = state_keep_anew(&in->state, &in->journal, &in->roll,
	    in->tables > 0);
}

static void
settle(struct intake *in)
{
	if (!roll_settle(&in->roll) && in->roll.lost) {
		go_on(in);
		roll_settle(&in->roll);
	}
	die_unless(in->roll.err.status == CRM_OK, &in->roll.err);
}

void
intake_anew(struct intake *in)
{
	go_on(in);
	settle(in);
	roll_pass(&in->roll);
}

/* What is new, and what the file keeps; together they are kept in it before
 * tables come in. */
static void
fold_new(struct intake *in, const char *file)
{
	struct sources s;

	state_begin(&in->state, in->cli, file);
	open_sources(in->cli, &s, &in->journal);
	state_fold(&in->state, &in->journal, &in->use, &in->roll);
	move(&in->people, &in->journal.people);
	in->roll.stat = in->use.state;
	in->kept = state_keep(&in->state, &in->journal, &in->roll);
	if (in->roll.lost)
		go_on(in);
	in->tables = s.tables;
	read_tables(in->cli, &s, &in->use, &in->people);
}

void
intake_roll(struct cli *c, const struct stat_how *how, const char *file,
    struct intake *in)
{
	*in = (struct intake){ .cli = c, .kept = true,
		.use = { &stat_measure, how, NULL },
		.roll.people = &in->people };
	if (file != NULL) {
		fold_new(in, file);
		settle(in);
	} else {
		intake_fold(c, &in->use, 1, &in->people);
		in->roll.stat = in->use.state;
		roll_lay(&in->roll);
	}
}

void
intake_free(struct intake *in)
{
	roll_free(&in->roll);
	if (in->state.path != NULL) {
		state_end(&in->state);
		journal_close(&in->journal);
	}
	use_free(&in->use);
	map_free(&in->people);
}
