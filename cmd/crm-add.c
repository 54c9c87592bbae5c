/* crm-add - add customers to the store, or change them. */
#include <stdio.h>

#include "cli/writer.h"
#include "crm/change.h"
#include "crm/words.h"

static const struct cli_option options[] = {
	{ 'u', "update", NULL, N_("change customers, do not add them") },
	{ 'f', "force", NULL, N_("even if the e-mail address is there") },
	{ 'n', "dry-run", NULL, N_("check only; print what would be added") },
	{ 'c', "column", "COLUMN", N_("make COLUMN if it is missing") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-add",
	.summary = N_("add customers to the store, or change them"),
	.operands = "FIELD=VALUE ...\nID FIELD=VALUE ...\nFILE",
	.options = options,
	.uses = CLI_STORE | CLI_WRITES,
	.example = { "crm-add name=\"Anna Berg\" email=anna@example.org",
	    "crm-add -u C17 phone=\"+49 30 1234567\"" },
};

struct job {
	struct cli cli;
	struct sheet sheet;
	struct customers now;
	struct aliases aliases;
	struct change change;
	bool dry;
};

static void
read_sheet(struct job *j)
{
	struct slice name, value;
	struct err e = { 0 };
	char **word = j->cli.operand;
	int n = j->cli.operands;
	bool table;

	if (n == 0)
		cli_usage(&j->cli, "%s", _("nothing to add"));
	table = n == 1 && !sheet_word(word[0], &name, &value);
	if (!table && j->change.update && sheet_word(word[0], &name, &value))
		cli_usage(&j->cli, "%s", _("-u needs an ID first"));
	if (!table && !j->change.update && !sheet_word(word[0], &name, &value))
		cli_usage(&j->cli, _("an ID goes with -u: \"%s\""), word[0]);
	die_unless(table ? sheet_read(&j->sheet, cli_input(word[0]), &e) :
	    words_customer(&j->sheet, word, n, j->change.update, &e), &e);
	die_unless(change_check(&j->sheet, &e), &e);
}

/* What is to be written, from the store as it is now. */
static void
make(struct job *j)
{
	char created[DATE_TEXT];
	struct err e = { 0 };

	die_unless(customers_load(&j->now, &j->cli.store, CUSTOMER_ALL,
		&e), &e);
	die_unless(aliases_load(&j->aliases, &j->cli.store, &e), &e);
	j->change.sheet = &j->sheet;
	j->change.now = &j->now;
	j->change.aliases = &j->aliases;
	j->change.created = date_text(created, j->cli.today);
	die_unless(change_make(&j->change, &e), &e);
	if (!j->change.whole && j->change.bytes.len > 0)
		die_unless(store_appends(&j->cli.store, "customers.tsv", &e),
		    &e);
}

static void
write_down(struct job *j)
{
	static const char file[] = "customers.tsv";
	struct slice bytes;

	writer_begin(&j->cli);
	make(j);
	bytes = buf_all(&j->change.bytes);
	if (j->change.whole)
		writer_replace(&j->cli, file, bytes);
	else if (bytes.len > 0)
		writer_append(&j->cli, file, buf_text(&j->change.header),
		    bytes);
	writer_end(&j->cli);
}

int
main(int argc, char *argv[])
{
	struct job j = { 0 };
	struct err e = { 0 };
	int o;

	cli_begin(&j.cli, argc, argv, &spec);
	while ((o = cli_next(&j.cli)) != -1)
		switch (o) {
		case 'u': j.change.update = true; break;
		case 'f': j.change.force = true; break;
		case 'n': j.dry = true; break;
		case 'c':
			die_unless(change_column(&j.change, j.cli.arg, &e), &e);
			break;
		}
	cli_ready(&j.cli);
	writer_find(&j.cli);
	read_sheet(&j);
	if (j.dry)
		make(&j);
	else
		write_down(&j);
	warn_err(&j.change.notes);
	fputs(buf_text(&j.change.ids), stdout);
	change_free(&j.change);
	sheet_free(&j.sheet);
	customers_free(&j.now);
	aliases_free(&j.aliases);
	return cli_end(&j.cli, CRM_OK);
}
