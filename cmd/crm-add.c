/* crm-add - add customers to the store, or change them. */
#include <stdlib.h>

#include "base/mem.h"
#include "cli/writer.h"
#include "crm/change.h"

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
	struct slice *own; /* -c, several times */
	size_t owns, own_cap;
	bool dry;
};

static void
add_column(struct job *j)
{
	struct slice name = slice_of(j->cli.arg);
	struct head h;
	struct err e = { 0 };

	if (!head_parse(&h, name, "-c", &e) || h.cols != 1 ||
	    memchr(name.at, '=', name.len) != NULL)
		cli_usage(&j->cli, _("not a column name: \"%s\""),
		    j->cli.arg);
	head_free(&h);
	j->own = mem_grow(j->own, &j->own_cap, j->owns + 1, sizeof *j->own);
	j->own[j->owns++] = name;
}

static void
need(bool good, const struct err *e)
{
	if (!good)
		die_err(e);
}

/* Operands from `from` on are field=value. */
static void
put_words(struct job *j, int from)
{
	struct slice name, value;
	struct err e = { 0 };

	for (int i = from; i < j->cli.operands; i++) {
		if (!sheet_word(j->cli.operand[i], &name, &value))
			cli_usage(&j->cli, _("not FIELD=VALUE: \"%s\""),
			    j->cli.operand[i]);
		need(sheet_put(&j->sheet, name, value, &e), &e);
	}
	need(sheet_done(&j->sheet, &e), &e);
}

static void
read_sheet(struct job *j)
{
	struct slice name, value;
	struct err e = { 0 };
	char **word = j->cli.operand;

	if (j->cli.operands == 0)
		cli_usage(&j->cli, "%s", _("nothing to add"));
	if (j->cli.operands == 1 && !sheet_word(word[0], &name, &value)) {
		need(sheet_read(&j->sheet, cli_input(word[0]), &e), &e);
	} else if (!j->change.update) {
		put_words(j, 0);
	} else {
		if (sheet_word(word[0], &name, &value))
			cli_usage(&j->cli, "%s", _("-u needs an ID first"));
		need(sheet_put(&j->sheet, slice_of("id"), slice_of(word[0]),
		    &e), &e);
		put_words(j, 1);
	}
	need(change_check(&j->sheet, &e), &e);
}

/* What is to be written, from the store as it is now. */
static void
make(struct job *j)
{
	char created[DATE_TEXT];
	struct err e = { 0 };

	need(customers_load(&j->now, &j->cli.store, &e), &e);
	need(aliases_load(&j->aliases, &j->cli.store, &e), &e);
	j->change.sheet = &j->sheet;
	j->change.now = &j->now;
	j->change.aliases = &j->aliases;
	j->change.created = date_text(created, j->cli.today);
	j->change.own = j->own;
	j->change.owns = j->owns;
	need(change_make(&j->change, &e), &e);
}

static void
write_down(struct job *j)
{
	static const char file[] = "customers.tsv";
	struct slice bytes;
	size_t torn = 0;

	writer_begin(&j->cli);
	make(j);
	bytes = buf_all(&j->change.bytes);
	if (j->change.whole)
		writer_replace(&j->cli, file, bytes);
	else if (bytes.len > 0)
		torn = writer_append(&j->cli, file,
		    buf_text(&j->change.header), bytes);
	writer_end(&j->cli);
	writer_say_torn(file, torn);
}

int
main(int argc, char *argv[])
{
	struct job j = { 0 };
	int o;

	cli_begin(&j.cli, argc, argv, &spec);
	while ((o = cli_next(&j.cli)) != -1)
		switch (o) {
		case 'u': j.change.update = true; break;
		case 'f': j.change.force = true; break;
		case 'n': j.dry = true; break;
		case 'c': add_column(&j); break;
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
	free(j.own);
	return cli_end(&j.cli, CRM_OK);
}
