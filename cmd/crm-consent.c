/* crm-consent - who may be addressed how and for what, with the proof. */
#include "cli/consents.h"
#include "cli/proof.h"

enum { FOR = OPTION_OWN, ALL, SHEET };

static const struct cli_option options[] = {
	{ 'c', "customers", "FILE",
	    N_("only the customers in FILE (- is standard input)") },
	{ 'w', "where", "EXPR",
	    N_("only consents with an event for which EXPR holds") },
	{ FOR, "for", "CHANNEL/PURPOSE",
	    N_("only who may be addressed: email/newsletter") },
	{ ALL, "all", NULL,
	    N_("also customers of whom no consent is known") },
	{ SHEET, "sheet", "ID",
	    N_("all that proves the consent of one customer") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-consent",
	.summary = N_("who may be addressed how and for what, with the proof"),
	.operands = "[FILE ...]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS,
	.example = { "crm-consent --for email/newsletter",
	    "crm-consent --sheet C17 -o table" },
};

struct job {
	struct cli c;
	struct consents_ask ask;
	const char *sheet;
};

/* The first slash parts the channel from the purpose. */
static void
read_for(struct job *j)
{
	struct slice rest = slice_of(j->c.arg), *to = &j->ask.channel;
	size_t at = strcspn(j->c.arg, "/");

	*to = (struct slice){ rest.at, at };
	j->ask.one = true;
	if (at == 0 || at + 1 >= rest.len)
		cli_usage(&j->c, _("not a channel and a purpose: \"%s\""),
		    j->c.arg);
	j->ask.purpose = (struct slice){ rest.at + at + 1,
		rest.len - at - 1 };
}

static void
read_options(struct job *j, int argc, char *argv[])
{
	int o;

	cli_begin(&j->c, argc, argv, &spec);
	while ((o = cli_next(&j->c)) != -1)
		switch (o) {
		case 'c': j->c.only = j->c.arg; break;
		case 'w': j->c.where = j->c.arg; break;
		case FOR: read_for(j); break;
		case ALL: j->ask.all = true; break;
		case SHEET: j->sheet = j->c.arg; break;
		}
	if (j->sheet != NULL && (j->ask.one || j->ask.all ||
	    j->c.only != NULL || j->c.where != NULL))
		cli_usage(&j->c, _("--sheet takes no choice of rows"));
}

int
main(int argc, char *argv[])
{
	struct job j = { 0 };
	uint64_t rows;

	read_options(&j, argc, argv);
	cli_ready(&j.c);
	if (j.sheet != NULL)
		return cli_end(&j.c, proof_write(&j.c, j.sheet));
	rows = consents_write(&j.c, &j.ask);
	return cli_end(&j.c, j.ask.one && rows == 0 ? CRM_NO : CRM_OK);
}
