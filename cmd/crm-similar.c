/* crm-similar - customers who bought alike, and what they bought besides. */
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/grouping.h"
#include "measure/alike.h"

enum { BESIDES = OPTION_OWN, TOP = 10 };

static const struct cli_option options[] = {
	{ 'n', "top", "N", N_("at most N customers (10)") },
	{ BESIDES, "besides", NULL,
	    N_("what these customers bought besides, instead") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-similar",
	.summary = N_("customers who bought alike, and what they bought "
	    "besides"),
	.operands = "ID [FILE ...]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS | CLI_ROWS,
	.example = { "crm-similar C17", "crm-similar --besides -n 25 C17" },
};

struct job {
	struct cli cli;
	int64_t top;
	bool besides;
	struct whom whom;
	struct buf room;
};

static void
write_customers(struct job *j, const struct map *people,
    const struct alike_customer *a, size_t n)
{
	static const struct show_column column[] = {
		{ "id", SHOW_TEXT, NULL }, { "name", SHOW_TEXT, N_("name") },
		{ "alike", SHOW_NUMBER, N_("alike %") },
		{ "common", SHOW_NUMBER, N_("both bought") },
		{ "either", SHOW_NUMBER, N_("either bought") },
	};
	struct show *out = &j->cli.out;

	show_begin(&j->cli.out, column, LEN(column));
	for (size_t i = 0; i < n; i++) {
		struct slice id = map_key(people, a[i].who);

		show_field(out, id);
		show_field(out, customers_name(cli_customers(&j->cli), id));
		grouping_part(out, a[i].common, a[i].either);
		show_int(out, a[i].common);
		show_int(out, a[i].either);
		show_row(out);
	}
	show_end(out);
}

static void
write_topics(struct job *j, const struct alike_topic *t, size_t n,
    size_t customers)
{
	static const struct show_column column[] = {
		{ "topic", SHOW_TEXT, N_("topic") },
		{ "customers", SHOW_NUMBER, N_("customers") },
		{ "of", SHOW_NUMBER, N_("of") },
		{ "share", SHOW_NUMBER, N_("share %") },
	};
	struct show *out = &j->cli.out;

	show_begin(&j->cli.out, column, LEN(column));
	for (size_t i = 0; i < n; i++) {
		show_field(out, t[i].name);
		show_int(out, t[i].customers);
		show_int(out, (int64_t)customers);
		grouping_part(out, t[i].customers, (int64_t)customers);
		show_row(out);
	}
	show_end(out);
}

/* The answer; how many rows it has. */
static size_t
answer(struct job *j, const struct alike *s, const struct map *people,
    uint32_t who)
{
	size_t n, topics;
	struct alike_customer *a = alike_customers(s, people, who, &n);
	struct alike_topic *t;

	n = n < (size_t)j->top ? n : (size_t)j->top;
	t = alike_besides(s, who, a, n, &topics);
	if (j->besides)
		write_topics(j, t, topics, n);
	else
		write_customers(j, people, a, n);
	free(t);
	free(a);
	return j->besides ? topics : n;
}

/* Who is asked for: known to the store, or to the journal by his id. */
static uint32_t
whose(struct job *j, const struct map *people)
{
	struct cli *c = &j->cli;
	struct err e = { 0 };
	struct slice id;
	uint32_t who;

	cli_whom(c, &j->whom, c->operand[0], &id, &j->room, &e);
	if (c->accounts)
		id = customers_account(&c->customers, &c->aliases, id);
	who = map_find(people, id);
	if (who == MAP_NONE && e.status != CRM_OK)
		die_err(&e);
	return who;
}

static size_t
measure(struct job *j)
{
	struct journal journal;
	struct alike_how how = { j->cli.window };
	struct use use = { &alike_measure, &how, NULL };
	size_t rows;

	cli_journal(&j->cli, &journal, j->cli.operand + 1,
	    (size_t)j->cli.operands - 1);
	cli_run(&j->cli, &journal, &use, 1);
	alike_settle(use.state);
	rows = answer(j, use.state, &journal.people,
	    whose(j, &journal.people));
	use_free(&use);
	journal_close(&journal);
	whom_free(&j->whom);
	buf_free(&j->room);
	return rows;
}

int
main(int argc, char *argv[])
{
	struct job j = { .top = TOP };
	int o;

	cli_begin(&j.cli, argc, argv, &spec);
	while ((o = cli_next(&j.cli)) != -1)
		if (o == BESIDES)
			j.besides = true;
		else
			j.top = cli_number(&j.cli, "-n", 1, INT32_MAX);
	if (j.cli.operands == 0)
		cli_usage(&j.cli, _("a customer is missing"));
	cli_ready(&j.cli);
	return cli_end(&j.cli, measure(&j) > 0 ? CRM_OK : CRM_NO);
}
