/* crm-profile - what a set of customers is like. */
#include "cli/cli.h"
#include "cli/persona.h"

enum { TOP = 5 };

static const struct cli_option options[] = {
	{ 'n', "top", "N", N_("at most N values of a column (5)") },
	{ OPTION_AS_OF, "as-of", "DAY", N_("ages as of the end of DAY") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-profile",
	.summary = N_("what a set of customers is like"),
	.operands = "[FILE]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_BY,
	.example = { "crm-segment | crm-find 'abc = A' - | crm-profile -",
	    "crm-segment | crm-profile --by segment -" },
};

static void
profile(struct cli *c, int64_t top)
{
	struct customers set = { 0 };
	struct persona p = { .all = c->operands == 0, .top = (size_t)top };
	struct err e = { 0 };

	if (p.all)
		cli_need_store(c);
	else if (!customers_read(&set, cli_input(c->operand[0]), &e))
		die_err(&e);
	p.set = p.all ? cli_customers(c) : &set;
	persona_write(&p, c);
	customers_free(&set);
}

int
main(int argc, char *argv[])
{
	struct cli c;
	int64_t top = TOP;
	int o;

	cli_begin(&c, argc, argv, &spec);
	while ((o = cli_next(&c)) != -1)
		if (o == OPTION_AS_OF)
			c.as_of = c.arg;
		else
			top = cli_number(&c, "-n", 0, INT32_MAX);
	if (c.operands > 1)
		cli_usage(&c, _("one table at a time"));
	cli_ready(&c);
	profile(&c, top);
	return cli_end(&c, CRM_OK);
}
