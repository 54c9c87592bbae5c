/* crm-nps - scores of surveys per group, and how sure they are. */
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/survey.h"

enum { LATEST = OPTION_OWN, COMPARE, STRICT };

static const struct cli_option options[] = {
	{ 'm', "measure", "nps|csat|ces", N_("which survey (nps)") },
	{ LATEST, "latest", NULL,
	    N_("count a customer's last answer per group only") },
	{ COMPARE, "compare", NULL,
	    N_("add change, z and p against the group before") },
	{ STRICT, "strict", NULL,
	    N_("status 1 if a group has fewer than 100 answers") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-nps",
	.summary = N_("scores of surveys per group, and how sure they are"),
	.operands = "[FILE ...]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS | CLI_ROWS | CLI_BY,
	.example = { "crm-nps --by quarter --compare",
	    "crm-nps -m csat --by customer.channel -p 2026" },
};

struct job {
	struct cli cli;
	const struct survey *survey;
	bool latest, compare, strict;
};

static const struct survey *
find_survey(const struct cli *c)
{
	const struct survey *s = survey_find(c->arg);

	if (s == NULL)
		cli_usage(c, _("unknown survey: \"%s\""), c->arg);
	return s;
}

/* Say so where a score rests on few answers; how many groups do. */
static size_t
warn_few(const struct job *j, const struct nps_answers *a, size_t n)
{
	size_t few = 0;

	for (size_t i = 0; i < n; i++)
		few += a[i].n < SCORE_FEW;
	if (few > 0 && j->cli.group.n == 0 && a[0].n == 0)
		warn("%s", _("no answers"));
	else if (few > 0 && j->cli.group.n == 0)
		warn(ngettext("only %lld answer: under 100 a score is unsure",
		    "only %lld answers: under 100 a score is unsure",
		    (unsigned long)a[0].n), (long long)a[0].n);
	else if (few > 0)
		warn(ngettext("%zu of %zu group has fewer than 100 answers: "
		    "its score is unsure", "%zu of %zu groups have fewer "
		    "than 100 answers: their scores are unsure", n), few, n);
	return few;
}

static int
measure(struct job *j)
{
	struct journal journal;
	struct nps_how how = { j->survey->kind, j->cli.window,
		&j->cli.group };
	struct use use = { j->latest ? &nps_latest_measure : &nps_measure,
		&how, NULL };
	struct nps_answers *a;
	size_t n, few;

	cli_journal(&j->cli, &journal, j->cli.operand,
	    (size_t)j->cli.operands);
	cli_run(&j->cli, &journal, &use, 1);
	a = nps_groups(use.state, &n);
	survey_write(&(struct survey_answer){ j->survey, &j->cli.group, a, n,
	    j->compare }, &j->cli.out);
	few = warn_few(j, a, n);
	free(a);
	use_free(&use);
	journal_close(&journal);
	return j->strict && (few > 0 || n == 0) ? CRM_NO : CRM_OK;
}

int
main(int argc, char *argv[])
{
	struct job j = { .survey = survey_find("nps") };
	int o, status;

	cli_begin(&j.cli, argc, argv, &spec);
	while ((o = cli_next(&j.cli)) != -1)
		switch (o) {
		case 'm': j.survey = find_survey(&j.cli); break;
		case LATEST: j.latest = true; break;
		case COMPARE: j.compare = true; break;
		case STRICT: j.strict = true; break;
		}
	cli_ready(&j.cli);
	status = measure(&j);
	return cli_end(&j.cli, status);
}
