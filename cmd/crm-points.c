/* crm-points - bonus points, tiers and vouchers of customers. */
#include "cli/loyalty.h"

enum { EXPIRING = OPTION_OWN };
enum { SOON_MAX = 36500 };

static const struct cli_option options[] = {
	{ EXPIRING, "expiring", "N",
	    N_("only where something expires within N days") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-points",
	.summary = N_("bonus points, tiers and vouchers of customers"),
	.operands = "[FILE ...]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS | CLI_ROWS,
	.example = { "crm-points --expiring 30",
	    "crm-points | crm-find 'tier = gold' -" },
};

int
main(int argc, char *argv[])
{
	struct loyalty_ask ask = { .soon = LOYALTY_SOON };
	struct cli c;

	cli_begin(&c, argc, argv, &spec);
	while (cli_next(&c) == EXPIRING) {
		ask.soon = (int)cli_number(&c, "--expiring", 0, SOON_MAX);
		ask.only = true;
	}
	cli_ready(&c);
	loyalty_write(&c, &ask);
	return cli_end(&c, CRM_OK);
}
