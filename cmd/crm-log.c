/* crm-log - append events to the journal. */
#include "cli/post.h"
#include "cli/writer.h"

enum { ADD = OPTION_OWN, ONCE, BATCH, UNDO };

static const struct cli_option options[] = {
	{ 'n', "dry-run", NULL, N_("check only") },
	{ ADD, "add", NULL, N_("make a customer of every unknown id") },
	{ ONCE, "once", "[=COLUMNS]",
	    N_("skip what is there (equal in COLUMNS, or in all)") },
	{ BATCH, "batch", "NAME", N_("into a file of its own") },
	{ UNDO, "undo", "NAME", N_("take such a file back") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-log",
	.summary = N_("append events to the journal"),
	.operands = "CUSTOMER KIND [VALUE] [FIELD=VALUE ...] [TEXT ...]\n"
	    "FILE",
	.options = options,
	.uses = CLI_STORE | CLI_WRITES,
	.example = { "crm-log C17 complaint channel=phone topic=delivery "
	    "\"parcel damaged\"", "crm-log --once=kind,ref orders.tsv" },
};

/* What cannot be meant. */
static void
refuse(const struct cli *c, const char *batch, const char *undo)
{
	if (batch != NULL && undo != NULL)
		cli_usage(c, "%s", _("--batch and --undo exclude each other"));
	if (undo != NULL && c->operands > 0)
		cli_usage(c, "%s", _("--undo takes no operands"));
	if (undo == NULL && c->operands == 0)
		cli_usage(c, "%s", _("no event and no table given"));
	if (batch != NULL && c->operands > 1)
		cli_usage(c, "%s", _("--batch is for tables"));
}

/* The file that the command is about; name is that of a batch, or NULL. */
static void
choose_file(struct post *p, const char *name, struct buf *file)
{
	struct err e = { 0 };

	if (name == NULL)
		buf_str(file, "journal.tsv");
	else if (!book_batch(name, file, &e))
		die_err(&e);
	p->file = buf_text(file);
	p->name = name;
}

int
main(int argc, char *argv[])
{
	struct cli c;
	struct post p = { .cli = &c };
	struct buf file = { 0 };
	const char *batch = NULL, *undo = NULL;
	int o;

	cli_begin(&c, argc, argv, &spec);
	while ((o = cli_next(&c)) != -1)
		switch (o) {
		case 'n': p.dry = true; break;
		case ADD: p.add = true; break;
		case ONCE: p.only_once = true; p.columns = c.arg; break;
		case BATCH: batch = c.arg; break;
		case UNDO: undo = c.arg; break;
		}
	refuse(&c, batch, undo);
	p.batch = batch != NULL;
	choose_file(&p, undo != NULL ? undo : batch, &file);
	cli_ready(&c);
	writer_find(&c);
	if (undo != NULL)
		post_undo(&p);
	else
		post_events(&p);
	buf_free(&file);
	return cli_end(&c, CRM_OK);
}
