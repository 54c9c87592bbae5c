/*
 * crm-stat - one row per customer: everything that is counted
 *
 * Journals and earlier tables of crm-stat are read, mixed, and added up
 * exactly; what one host has folded another can merge.
 */
#include "cli/intake.h"
#include "cli/tally.h"

enum { PARTIAL = OPTION_OWN, STATE };

static const struct cli_option options[] = {
	{ PARTIAL, "partial", NULL,
	    N_("write the order days too, so that any tables merge") },
	{ STATE, "state", "FILE",
	    N_("keep the count in FILE: next time only what is new is read") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-stat",
	.summary = N_("one row per customer: everything that is counted"),
	.operands = "[FILE ...]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS | CLI_ROWS,
	.example = { "crm-stat | crm-find 'revenue > 10000' -",
	    "crm-stat -p 2026-Q3 journal.tsv > q3.tsv" },
};

int
main(int argc, char *argv[])
{
	struct cli c;
	struct stat_how how;
	struct use use = { &stat_measure, &how, NULL };
	struct map people;
	bool partial = false, kept = true;
	const char *state = NULL;
	int o;

	cli_begin(&c, argc, argv, &spec);
	while ((o = cli_next(&c)) != -1)
		switch (o) {
		case PARTIAL: partial = true; break;
		case STATE: state = c.replaces = c.arg; break;
		}
	cli_ready(&c);
	how.window = c.window;
	if (state != NULL)
		kept = intake_kept(&c, state, &use, &people);
	else
		intake_fold(&c, &use, 1, &people);
	tally_write(use.state, &people, partial, &c.out);
	use_free(&use);
	map_free(&people);
	return cli_end(&c, kept ? CRM_OK : CRM_SYS);
}
