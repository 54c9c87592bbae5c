/* crm-log - append events to the journal. */
#include <stdlib.h>

#include "cli/writer.h"
#include "crm/book.h"
#include "crm/change.h"
#include "crm/words.h"

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
	.uses = CLI_STORE,
	.example = { "crm-log C17 complaint channel=phone topic=delivery "
	    "\"parcel damaged\"", "crm-log --once=kind,ref orders.tsv" },
};

struct job {
	struct cli cli;
	struct sheet sheet;
	struct entries entries;
	struct book book;
	struct once once;
	struct buf file; /* name of the journal's file */
	const char *columns, *batch, *undo;
	bool dry, only_once;
};

static void
need(bool good, const struct err *e)
{
	if (!good)
		die_err(e);
}

static void
read_sheet(struct job *j)
{
	char now[DATE_TEXT];
	struct err e = { 0 };
	char **word = j->cli.operand;
	int n = j->cli.operands;

	if (n == 0)
		cli_usage(&j->cli, "%s", _("no event and no table given"));
	if (n > 1 && j->batch != NULL)
		cli_usage(&j->cli, "%s", _("--batch is for tables"));
	need(n == 1 ? sheet_read(&j->sheet, cli_input(word[0]), &e) :
	    words_event(&j->sheet, word, n,
		date_time_text(now, j->cli.now), &e), &e);
}

static void
check(struct job *j)
{
	struct err e = { 0 };

	j->entries = (struct entries){ .sheet = &j->sheet,
		.zone = &j->cli.settings.zone, .now = j->cli.now,
		.currency = j->cli.settings.text[SET_CURRENCY] };
	need(entry_check(&j->entries, &e), &e);
	j->book.entries = &j->entries;
	j->book.store = &j->cli.store;
	need(book_customers(&j->book, &e), &e);
}

/* Make what is to be written, from the store as it is now. */
static void
make(struct job *j, struct buf *header, struct buf *rows)
{
	struct err e = { 0 };
	struct head h = { 0 };

	need(book_customers(&j->book, &e), &e);
	j->once = (struct once){ .entries = &j->entries,
		.customer = j->book.customer, .columns = j->columns,
		.zone = &j->cli.settings.zone, .left = j->entries.rows.n };
	if (j->only_once && j->cli.store.here)
		need(once_look(&j->once, &j->cli.store, &e), &e);
	if (j->batch != NULL) {
		entry_header(&j->entries, header);
		need(head_parse(&h, buf_all(header), "-", &e), &e);
	} else {
		need(book_head(&j->book, buf_text(&j->file), &h, &e), &e);
		buf_slice(header, h.line);
	}
	need(entry_write(&j->entries, &h, buf_text(&j->file),
	    j->book.customer, j->once.skip, rows, &e), &e);
	head_free(&h);
}

/* The customers of --add come first: no event is without its customer. */
static size_t
add_bare(struct job *j)
{
	size_t torn;
	char created[DATE_TEXT];
	struct customers *now = &j->book.whom.table;
	struct change c = { .sheet = &j->book.bare, .now = now,
		.aliases = &j->book.whom.aliases,
		.created = date_text(created, j->cli.today) };
	struct err e = { 0 };

	if (j->book.bare.rows.n == 0)
		return 0;
	need(change_make(&c, &e), &e);
	torn = writer_append(&j->cli, "customers.tsv", buf_text(&c.header),
	    buf_all(&c.bytes));
	change_free(&c);
	return torn;
}

static void
write_down(struct job *j)
{
	struct buf header = { 0 }, rows = { 0 };
	size_t torn = 0, customers = 0;

	writer_begin(&j->cli);
	make(j, &header, &rows);
	if (rows.len > 0)
		customers = add_bare(j);
	if (rows.len > 0 && j->batch != NULL) {
		buf_byte(&header, '\n');
		buf_slice(&header, buf_all(&rows));
		writer_make(&j->cli, buf_text(&j->file), buf_all(&header));
	} else if (rows.len > 0) {
		torn = writer_append(&j->cli, buf_text(&j->file),
		    buf_text(&header), buf_all(&rows));
	}
	writer_end(&j->cli);
	writer_say_torn("customers.tsv", customers);
	writer_say_torn(buf_text(&j->file), torn);
	buf_free(&header);
	buf_free(&rows);
}

static void
print_refs(const struct job *j)
{
	for (size_t i = 0; i < j->entries.rows.n; i++) {
		struct slice ref = rows_field(&j->entries.rows, i, EVENT_REF);

		if (!j->entries.made[i])
			continue;
		if (j->once.skip != NULL && j->once.skip[i])
			ref = slice_of(j->once.ref[i]);
		printf("%.*s\n", (int)ref.len, ref.at);
	}
}

static void
log_events(struct job *j)
{
	struct buf header = { 0 }, rows = { 0 };

	read_sheet(j);
	check(j);
	if (j->dry)
		make(j, &header, &rows);
	else
		write_down(j);
	warn_err(&j->entries.notes);
	if (!j->dry)
		print_refs(j);
	buf_free(&header);
	buf_free(&rows);
	once_free(&j->once);
	book_free(&j->book);
	entry_free(&j->entries);
	sheet_free(&j->sheet);
}

static int
undo(struct job *j)
{
	if (j->cli.operands > 0)
		cli_usage(&j->cli, "%s", _("--undo takes no operands"));
	cli_need_store(&j->cli);
	if (!j->dry)
		writer_begin(&j->cli);
	if (!store_has(&j->cli.store, buf_text(&j->file)))
		die(CRM_NO, _("no such batch: \"%s\""), j->undo);
	if (!j->dry)
		writer_remove(&j->cli, buf_text(&j->file));
	writer_end(&j->cli);
	return CRM_OK;
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
		case 'n': j.dry = true; break;
		case ADD: j.book.add = true; break;
		case ONCE: j.only_once = true; j.columns = j.cli.arg; break;
		case BATCH: j.batch = j.cli.arg; break;
		case UNDO: j.undo = j.cli.arg; break;
		}
	if (j.batch != NULL && j.undo != NULL)
		cli_usage(&j.cli, "%s", _("--batch and --undo exclude "
		    "each other"));
	if (j.batch == NULL && j.undo == NULL)
		buf_str(&j.file, "journal.tsv");
	else
		need(book_batch(j.undo != NULL ? j.undo : j.batch, &j.file,
		    &e), &e);
	cli_ready(&j.cli);
	writer_find(&j.cli);
	if (j.undo != NULL)
		undo(&j);
	else
		log_events(&j);
	buf_free(&j.file);
	return cli_end(&j.cli, CRM_OK);
}
