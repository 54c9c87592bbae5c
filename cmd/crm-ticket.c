/* crm-ticket - complaints and requests: when answered, when solved. */
#include "cli/ticket.h"

enum { SUMMARY = OPTION_OWN, TREND, LIKE, CHECK };

static const struct cli_option options[] = {
	{ SUMMARY, "summary", NULL,
	    N_("one row for all, or with --by for each group") },
	{ TREND, "trend", NULL,
	    N_("cases per topic and week, against the weeks before") },
	{ LIKE, "like", "TEXT",
	    N_("solved cases with similar words, and their solutions") },
	{ CHECK, "check", NULL,
	    N_("events that fit into no case; status 1 if any") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-ticket",
	.summary = N_("complaints and requests: when answered, when solved"),
	.operands = "[FILE ...]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS | CLI_ROWS | CLI_BY,
	.example = { "crm-ticket -o tsv | awk -F'\\t' '$15 == \"overdue\"'",
	    "crm-ticket --summary --by month -p 2026" },
};

struct job {
	struct cli cli;
	int answer; /* SUMMARY, TREND, LIKE, CHECK, or 0 */
	const char *text;
};

static void
choose(struct job *j, int answer)
{
	if (j->answer != 0 && j->answer != answer)
		cli_usage(&j->cli, _("only one of --summary, --trend, --like "
		    "and --check"));
	j->answer = answer;
}

static struct thread_how
what(const struct job *j)
{
	return (struct thread_how){ .kinds = CASES_KINDS,
		.columns = THREAD_COLUMN(EVENT_REF) |
		    THREAD_COLUMN(EVENT_TOPIC) |
		    THREAD_COLUMN(EVENT_CHANNEL) | THREAD_COLUMN(EVENT_BY) |
		    (j->answer == LIKE ? THREAD_COLUMN(EVENT_TEXT) : 0),
		.group = j->cli.group.n > 0 ? &j->cli.group : NULL,
		.grouped = CASES_OPENS };
}

static int
answer(const struct job *j, const struct ticket *t, struct show *out)
{
	size_t faults = ticket_faults(t);

	switch (j->answer) {
	case SUMMARY: ticket_summary(t, out); break;
	case TREND: ticket_trend(t, out); break;
	case LIKE: return ticket_like(t, j->text, out) > 0 ? CRM_OK : CRM_NO;
	case CHECK: return ticket_findings(t, out) == 0 ? CRM_OK : CRM_NO;
	default: ticket_cases(t, out); break;
	}
	if (faults > 0)
		warn(ngettext("%zu event fits into no case (--check shows it)",
		    "%zu events fit into no case (--check shows them)",
		    faults), faults);
	return CRM_OK;
}

static int
measure(struct job *j)
{
	struct cli *c = &j->cli;
	struct journal journal;
	struct thread_how how;
	struct use use = { &thread_measure, &how, NULL };
	struct cases_terms terms = ticket_terms(c);
	struct cases cases;
	int status;

	cli_journal(c, &journal, c->operand, (size_t)c->operands);
	how = what(j);
	journal.marks = true;
	journal.whole = true;
	cli_run(c, &journal, &use, 1);
	thread_sort(use.state, &journal.people, THREAD_AS_MET);
	cases_make(&cases, use.state, &terms);
	cases_sort(&cases);
	status = answer(j, &(struct ticket){ use.state, &cases, &c->group,
	    c->window, &c->settings.zone, terms.now }, &c->out);
	cases_free(&cases);
	use_free(&use);
	journal_close(&journal);
	return status;
}

int
main(int argc, char *argv[])
{
	struct job j = { .answer = 0 };
	int o, status;

	cli_begin(&j.cli, argc, argv, &spec);
	while ((o = cli_next(&j.cli)) != -1) {
		choose(&j, o);
		j.text = j.cli.arg;
	}
	if (j.cli.by != NULL && (j.answer == LIKE || j.answer == CHECK))
		cli_usage(&j.cli, _("--by goes with --summary or --trend"));
	if (j.cli.by != NULL && j.answer == 0)
		j.answer = SUMMARY;
	cli_ready(&j.cli);
	status = measure(&j);
	return cli_end(&j.cli, status);
}
