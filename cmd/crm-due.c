/* crm-due - what to do for customers, by day and person. */
#include "cli/agenda.h"

enum { DAYS = OPTION_OWN, FOR, WHAT };

static const struct cli_option options[] = {
	{ DAYS, "days", "N",
	    N_("what is due now and in the next N days (7)") },
	{ FOR, "for", "PERSON", N_("only what this person is to do") },
	{ WHAT, "what", "CODES",
	    N_("only these, parted by commas: task,reply,birthday") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-due",
	.summary = N_("what to do for customers, by day and person"),
	.operands = "[FILE ...]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS | CLI_ROWS | CLI_BY,
	.example = { "crm-due --for anna",
	    "crm-due --what birthday -p this-month" },
};

enum { MOST_DAYS = 36500 };

struct job {
	struct cli cli;
	struct agenda_choice choice;
	int32_t days;
	bool days_given;
};

static void
read_options(struct job *j, int argc, char *argv[])
{
	int o;

	cli_begin(&j->cli, argc, argv, &spec);
	while ((o = cli_next(&j->cli)) != -1)
		switch (o) {
		case DAYS:
			j->days = (int32_t)cli_number(&j->cli, "--days", 0,
			    MOST_DAYS);
			j->days_given = true;
			break;
		case FOR: j->choice.by = j->cli.arg; break;
		case WHAT:
			j->choice.what = agenda_codes(&j->cli, j->cli.arg);
			break;
		}
	if (j->days_given && j->cli.period != NULL)
		cli_usage(&j->cli, _("only one of --days and -p"));
	if (j->cli.by == NULL)
		j->cli.columns = AGENDA_COLUMNS | AGENDA_SHOWN;
	j->choice.keys = j->cli.by;
	j->cli.by = NULL; /* its keys are not those of events */
}

/* Everything is read of all customers: the class of each is that among
 * them; -c chooses behind that. */
static void
measure(struct job *j)
{
	struct cli *c = &j->cli;
	const struct stat_how how = { { INT64_MIN, c->window.to } };
	const struct due_terms terms = agenda_terms(c, j->days);
	struct use use[] = { { &stat_measure, &how, NULL },
		{ &due_measure, &terms, NULL } };
	struct journal journal;
	struct classes classes;
	struct agenda agenda;
	struct err e = { 0 };

	cli_journal(c, &journal, c->operand, (size_t)c->operands);
	journal.marks = true;
	journal.only = NULL;
	cli_run(c, &journal, use, 2);
	die_unless(stat_settle(use[0].state, &journal.people, &e), &e);
	classes_find(&classes, c, &journal.people, use[0].state);
	agenda_gather(&agenda, c, &(struct agenda_source){ &journal.people,
		use[0].state, &classes, &terms });
	classes_free(&classes);
	use_free(&use[0]);
	agenda_make(&agenda, use[1].state);
	agenda_write(&agenda, c, &j->choice);
	agenda_free(&agenda);
	use_free(&use[1]);
	journal_close(&journal);
}

int
main(int argc, char *argv[])
{
	struct job j = { .days = AGENDA_DAYS, .choice.what = UINT32_MAX };

	read_options(&j, argc, argv);
	cli_ready(&j.cli);
	measure(&j);
	return cli_end(&j.cli, CRM_OK);
}
