/* crm-find - customers, rows or events for which a condition holds. */
#include <inttypes.h>
#include <stdio.h>

#include "cli/seek.h"

struct job {
	struct cli c;
	struct seek seek;
	bool journal, count;
};

static const struct cli_option options[] = {
	{ 'c', "customers", "FILE",
	    N_("with -j: only events of the customers in FILE") },
	{ 'j', "journal", NULL, N_("find events instead of customers") },
	{ 'n', "count", NULL, N_("print only how many there are") },
	{ 'q', "quiet", NULL, N_("print nothing: the status tells") },
	{ 'v', "invert", NULL, N_("those for which it does not hold") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-find",
	.summary = N_("customers, rows or events for which a condition holds"),
	.operands = "EXPR [FILE ...]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS,
	.example = { "crm-find 'city = Graz and tags ~ key'",
	    "crm-stat | crm-find 'revenue > 10000' -" },
};

static void
read_options(struct job *j, int argc, char *argv[])
{
	int o;

	cli_begin(&j->c, argc, argv, &spec);
	while ((o = cli_next(&j->c)) != -1)
		switch (o) {
		case 'c': j->c.only = j->c.arg; break;
		case 'j': j->journal = true; break;
		case 'n': j->count = true; break;
		case 'q': j->seek.once = true; break;
		case 'v': j->seek.invert = true; break;
		}
	if (j->c.operands == 0)
		cli_usage(&j->c, _("a condition is missing"));
	if (!j->journal && (j->c.only != NULL || j->c.period != NULL ||
	    j->c.as_of != NULL))
		cli_usage(&j->c, _("-c, -p and --as-of need -j"));
	j->seek.text = j->c.operand[0];
	j->seek.silent = j->count || j->seek.once;
}

int
main(int argc, char *argv[])
{
	struct job j = { 0 };
	uint64_t n;

	read_options(&j, argc, argv);
	cli_ready(&j.c);
	n = (j.journal ? seek_events : seek_rows)(&j.c, &j.seek);
	if (j.count && !j.seek.once)
		printf("%" PRIu64 "\n", n);
	return cli_end(&j.c, n > 0 ? CRM_OK : CRM_NO);
}
