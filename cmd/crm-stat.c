/*
 * crm-stat - one row per customer: everything that is counted
 *
 * Journals and earlier tables of crm-stat are read, mixed, and added up
 * exactly; what one host has folded another can merge.
 */
#include "cli/intake.h"
#include "cli/tally.h"

enum { PARTIAL = OPTION_OWN, STATE_FILE };

static const struct cli_option options[] = {
	{ PARTIAL, "partial", NULL,
	    N_("write the order days too, so that any tables merge") },
	{ STATE_FILE, "state", "FILE",
	    N_("keep the count in FILE, to read only what is new") },
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
	struct intake in;
	bool partial = false, kept;
	const char *state = NULL;
	int o;

	cli_begin(&c, argc, argv, &spec);
	while ((o = cli_next(&c)) != -1)
		switch (o) {
		case PARTIAL: partial = true; break;
		case STATE_FILE: state = c.replaces = c.arg; break;
		}
	cli_ready(&c);
	how.window = c.window;
	intake_roll(&c, &how, state, &in);
	tally_begin(&c.out, partial);
	while (!tally_rows(&in.roll, partial, &c.out))
		intake_anew(&in);
	show_end(&c.out);
	kept = in.kept;
	intake_free(&in);
	return cli_end(&c, kept ? CRM_OK : CRM_SYS);
}
