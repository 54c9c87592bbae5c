/* crm-campaign - what came of each campaign: responses, orders, money. */
#include "cli/campaigns.h"

enum { DAYS = OPTION_OWN, SPLIT, CONTROL };
enum { DAYS_MAX = 36500 };

static const struct cli_option options[] = {
	{ DAYS, "days", "N", N_("orders count for N days (30)") },
	{ SPLIT, "split", NULL, N_("new and regular customers apart") },
	{ CONTROL, "control", "TAG",
	    N_("compare with customers who have TAG: held out") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-campaign",
	.summary =
	    N_("what came of each campaign: responses, orders, money"),
	.operands = "[FILE ...]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS | CLI_ROWS | CLI_BY,
	.example = { "crm-campaign -p 2026 --days 14",
	    "crm-campaign --control holdout -o table" },
};

int
main(int argc, char *argv[])
{
	struct campaigns_ask ask = { .days = CAMPAIGNS_DAYS };
	struct cli c;
	int o;

	cli_begin(&c, argc, argv, &spec);
	while ((o = cli_next(&c)) != -1)
		switch (o) {
		case DAYS:
			ask.days = (int)cli_number(&c, "--days", 0, DAYS_MAX);
			break;
		case SPLIT: ask.split = true; break;
		case CONTROL: ask.control = c.arg; break;
		}
	if (ask.control != NULL && c.by != NULL)
		cli_usage(&c, _("--control goes without --by"));
	cli_ready(&c);
	campaigns_write(&c, &ask);
	return cli_end(&c, CRM_OK);
}
