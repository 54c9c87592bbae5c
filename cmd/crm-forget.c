/* crm-forget - erase persons from the store. */
#include "cli/erasure.h"
#include "cli/writer.h"

enum { BEFORE = OPTION_OWN };

static const struct cli_option options[] = {
	{ 'n', "dry-run", NULL, N_("change nothing; print who it would be") },
	{ BEFORE, "before", "DAY",
	    N_("everyone of whom the last was heard before DAY") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-forget",
	.summary = N_("erase persons from the store"),
	.operands = "[ID ...]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_WRITES,
	.example = { "crm-forget C17", "crm-forget -n --before 2024-01-01" },
};

int
main(int argc, char *argv[])
{
	struct cli c;
	struct erasure x = { .cli = &c };
	int o, status;

	cli_begin(&c, argc, argv, &spec);
	while ((o = cli_next(&c)) != -1)
		switch (o) {
		case 'n': x.dry = true; break;
		case BEFORE: x.before = c.arg; break;
		}
	if (x.before != NULL && c.operands > 0)
		cli_usage(&c, _("--before takes no ids"));
	if (x.before == NULL && c.operands == 0)
		cli_usage(&c, _("nobody to be forgotten was named"));
	cli_ready(&c);
	cli_need_store(&c);
	status = erasure_run(&x);
	return cli_end(&c, status);
}
