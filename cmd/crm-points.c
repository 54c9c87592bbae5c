/* crm-points - bonus points, tiers and vouchers of customers. */
#include "base/num.h"
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

static int
read_days(const struct cli *c)
{
	int64_t n;

	if (num_int(slice_of(c->arg), 0, SOON_MAX, &n) != NULL)
		cli_usage(c, _("not a number of days: \"%s\""), c->arg);
	return (int)n;
}

int
main(int argc, char *argv[])
{
	struct loyalty_ask ask = { .soon = LOYALTY_SOON };
	struct cli c;

	cli_begin(&c, argc, argv, &spec);
	while (cli_next(&c) == EXPIRING) {
		ask.soon = read_days(&c);
		ask.only = true;
	}
	cli_ready(&c);
	loyalty_write(&c, &ask);
	return cli_end(&c, CRM_OK);
}
