/* crm-watch - what somebody should look at: the alarms of the settings. */
#include "base/near.h"
#include "cli/cli.h"
#include "cli/watch.h"

enum { GOALS = OPTION_OWN, ONLY };

static const struct cli_option options[] = {
	{ GOALS, "goals", NULL, N_("how all goals stand instead") },
	{ ONLY, "only", "ALARMS", N_("only these alarms, parted by commas") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-watch",
	.summary = N_("what somebody should look at today"),
	.operands = "[FILE ...]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_AS_OF | CLI_WHO,
	.example = { "crm-watch -o table | mail -E -s 'customers' anna",
	    "crm-watch --only silent,contract" },
};

struct job {
	struct cli cli;
	unsigned only; /* bits of alarms; 0 is all */
	bool goals;
};

static unsigned
bit_of(const struct cli *c, struct slice word)
{
	struct slice names[ALARMS];
	struct buf told = { 0 };

	for (enum alarm_code i = 0; i < ALARMS; i++) {
		names[i] = slice_of(alarm_info(i)->name);
		if (slice_eq(word, names[i]))
			return 1u << i;
	}
	cli_usage(c, _("unknown alarm: %s"), near_choice(&told, word, names,
	    ALARMS));
}

static unsigned
read_only(const struct cli *c)
{
	struct slice rest = slice_of(c->arg);
	unsigned only = 0;

	for (;;) {
		const char *comma = memchr(rest.at, ',', rest.len);
		size_t n = comma == NULL ? rest.len
		    : (size_t)(comma - rest.at);

		only |= bit_of(c, (struct slice){ rest.at, n });
		if (comma == NULL)
			return only;
		rest = (struct slice){ comma + 1, rest.len - n - 1 };
	}
}

/* Goals are those of the whole firm, so part of its customers cannot be
 * held against them unless somebody asks for it. */
static unsigned
chosen(const struct job *j)
{
	return j->goals ? 1u << ALARM_GOAL : j->only != 0 ? j->only :
	    j->cli.only != NULL ? WATCH_ALL & ~(1u << ALARM_GOAL) : WATCH_ALL;
}

static int
watch(struct job *j)
{
	struct cli *c = &j->cli;
	struct journal journal;
	struct watch w;
	struct use use[WATCH_USES];
	size_t n, bad;

	cli_journal(c, &journal, c->operand, (size_t)c->operands);
	n = watch_begin(&w, c, chosen(j), use);
	cli_run(c, &journal, use, n);
	watch_find(&w, &journal.people);
	bad = j->goals ? watch_goals(&w, &c->out) : w.alarms.n;
	if (!j->goals)
		watch_write(&w, &c->out);
	watch_free(&w);
	for (size_t i = 0; i < n; i++)
		use_free(&use[i]);
	journal_close(&journal);
	return bad == 0 ? CRM_OK : CRM_NO;
}

int
main(int argc, char *argv[])
{
	struct job j = { .only = 0 };
	int o, status;

	cli_begin(&j.cli, argc, argv, &spec);
	while ((o = cli_next(&j.cli)) != -1)
		switch (o) {
		case GOALS: j.goals = true; break;
		case ONLY: j.only = read_only(&j.cli); break;
		}
	if (j.goals && j.only != 0)
		cli_usage(&j.cli, _("only one of --goals and --only"));
	j.cli.columns = WATCH_COLUMNS;
	cli_ready(&j.cli);
	cli_speak(&j.cli);
	status = watch(&j);
	return cli_end(&j.cli, status);
}
