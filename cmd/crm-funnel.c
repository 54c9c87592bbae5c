/* crm-funnel - deals through the stages of selling, and what to expect. */
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/pipeline.h"
#include "cli/sources.h"

enum { SUMMARY = OPTION_OWN, FORECAST, OBSERVED, LOST, SOURCES, WHOLE,
	STAGES };

static const struct cli_option options[] = {
	{ SUMMARY, "summary", NULL,
	    N_("win rate, values, days and velocity instead") },
	{ FORECAST, "forecast", NULL,
	    N_("open deals by month, weighted, instead") },
	{ OBSERVED, "observed", NULL,
	    N_("forecast by the share of deals that was won") },
	{ LOST, "lost", NULL, N_("why deals were lost instead") },
	{ SOURCES, "sources", NULL,
	    N_("how customers found us, and who ordered, instead") },
	{ WHOLE, "whole", NULL,
	    N_("sources with what stands behind their colon") },
	{ STAGES, "stages", "FILE",
	    N_("the stages, in the place of stages.tsv") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-funnel",
	.summary = N_("deals through the stages of selling"),
	.operands = "[FILE ...]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS | CLI_ROWS | CLI_BY,
	.example = { "crm-funnel -p 2026", "crm-funnel --forecast --observed" },
};

/* Which answer, and whether it looks at the stages. */
struct answer {
	int option;
	bool stages;
	void (*write)(const struct pipeline *p);
};
static const struct answer answers[] = {
	{ 0, true, pipeline_stages }, { SUMMARY, false, pipeline_summary },
	{ FORECAST, true, pipeline_forecast }, { LOST, false, pipeline_lost },
	{ SOURCES, false, NULL },
};

struct job {
	struct cli cli;
	const struct answer *answer;
	const char *stages; /* a file, or NULL */
	bool observed, whole;
	struct journal journal;
};

static void
choose(struct job *j, int option)
{
	const struct answer *a = answers;

	while (a->option != option)
		a++;
	if (j->answer->option != 0 && j->answer != a)
		cli_usage(&j->cli, _("only one of --summary, --forecast, "
		    "--lost and --sources"));
	j->answer = a;
}

static void
load_stages(struct job *j, struct stages *g)
{
	struct err e = { 0 };
	struct tsv t = { 0 };
	bool ok;

	if (j->stages == NULL) {
		ok = stages_load(g, &j->cli.store, &e);
	} else {
		if (tsv_open(&t, cli_input(j->stages)))
			stages_read(g, &t);
		ok = tsv_done(&t, &e);
	}
	die_unless(ok, &e);
}

/*
 * -p says when deals open; with --as-of they are followed to that day, even
 * if it is behind the period.
 */
static void
open_journal(struct job *j)
{
	struct cli *c = &j->cli;
	const struct zone *z = &c->settings.zone;
	struct err e = { 0 };

	cli_journal(c, &j->journal, c->operand, (size_t)c->operands);
	j->journal.marks = true;
	j->journal.whole = j->answer->option != SOURCES;
	if (c->period == NULL || c->as_of == NULL)
		return;
	if (!period_day(&c->today, c->as_of, zone_day(z, c->now), &e))
		die_err(&e);
	j->journal.until = zone_day_start(z, c->today + 1);
}

static void
deals(struct job *j)
{
	struct thread_how keep = { .kinds = FUNNEL_KINDS,
		.columns = FUNNEL_COLUMNS, .group = &j->cli.group,
		.grouped = FUNNEL_OPENS };
	struct use use = { &thread_measure, &keep, NULL };
	struct stages stages = { 0 };
	struct funnel_how how = { NULL, j->cli.window, INT64_MAX };
	struct funnel funnel;
	struct err e = { 0 };

	if (j->answer->stages) {
		load_stages(j, &stages);
		how.stages = j->journal.stages = &stages;
		j->journal.staged = how.opened.from;
	}
	cli_run(&j->cli, &j->journal, &use, 1);
	thread_sort(use.state, &j->journal.people, THREAD_BY_REF);
	die_unless(funnel_read(&funnel, use.state, &how, &e), &e);
	pipeline_warn(&funnel);
	j->answer->write(&(struct pipeline){ .cli = &j->cli,
		.funnel = &funnel, .stages = &stages,
		.observed = j->observed });
	funnel_free(&funnel);
	stages_free(&stages);
	use_free(&use);
}

static void
sources(struct job *j)
{
	struct touch_how how = { j->cli.window, &j->cli.group, false };
	struct use use = { &touch_measure, &how, NULL };

	cli_run(&j->cli, &j->journal, &use, 1);
	sources_write(&j->cli, use.state, &j->journal.people, j->whole);
	use_free(&use);
}

int
main(int argc, char *argv[])
{
	struct job j = { .answer = answers };
	int o;

	cli_begin(&j.cli, argc, argv, &spec);
	while ((o = cli_next(&j.cli)) != -1)
		switch (o) {
		case OBSERVED: j.observed = true; break;
		case WHOLE: j.whole = true; break;
		case STAGES: j.stages = j.cli.arg; break;
		default: choose(&j, o); break;
		}
	if (j.observed && j.answer->option != FORECAST)
		cli_usage(&j.cli, _("--observed goes with --forecast"));
	if (j.whole && j.answer->option != SOURCES)
		cli_usage(&j.cli, _("--whole goes with --sources"));
	cli_ready(&j.cli);
	open_journal(&j);
	if (j.answer->option == SOURCES)
		sources(&j);
	else
		deals(&j);
	journal_close(&j.journal);
	return cli_end(&j.cli, CRM_OK);
}
