#include "cli/post.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/writer.h"
#include "crm/change.h"
#include "crm/words.h"

enum { WAITED = 60 }; /* seconds that a command may have waited */

static void
read_sheet(struct post *p, struct err *e)
{
	char now[DATE_TEXT];
	char **word = p->cli->operand;
	int n = p->cli->operands;

	die_unless(n == 1 ? sheet_read(&p->sheet, cli_input(word[0]), e) :
	    words_event(&p->sheet, word, n,
		date_time_text(now, p->cli->now), e), e);
}

static void
check(struct post *p, struct err *e)
{
	p->entries = (struct entries){ .sheet = &p->sheet,
		.zone = &p->cli->settings.zone, .now = p->cli->now,
		.currency = p->cli->settings.text[SET_CURRENCY] };
	die_unless(entry_check(&p->entries, e), e);
	p->book = (struct book){ .entries = &p->entries,
		.store = &p->cli->store, .add = p->add };
	die_unless(book_stages(&p->book, e), e);
	die_unless(book_customers(&p->book, e), e);
}

/* An event without a time gets that of the clock, which may have been set
 * back.  Others may have written while this command waited. */
static void
look_at_clock(struct post *p, const struct head *h)
{
	char now[DATE_TEXT];

	p->last = INT64_MIN;
	if (p->entries.rows.n == 1 && p->cli->operands > 1 &&
	    slice_is(rows_field(&p->entries.rows, 0, EVENT_TIME),
		date_time_text(now, p->cli->now)) &&
	    book_last(&p->book, h, &p->last) &&
	    p->last <= p->cli->now + WAITED)
		p->last = INT64_MIN;
}

static void
warn_clock(const struct post *p)
{
	char now[DATE_TEXT], last[DATE_TEXT];

	if (p->last != INT64_MIN)
		warn(_("time: the clock says %s, but the last event is of %s"),
		    date_time_text(now, p->cli->now),
		    date_time_text(last, p->last));
}

/* The same batch packed and not would be counted twice. */
static void
refuse_twice(const struct post *p)
{
	char *as[STORE_FORMS];

	if (store_journal_as(&p->cli->store, p->file, as) > 0)
		die(CRM_SYS, "%s/%s: %s", p->cli->store.dir, as[0],
		    strerror(EEXIST));
}

/* Make what is to be written, from the store as it is now. */
static void
make(struct post *p, struct buf *header, struct buf *rows, struct err *e)
{
	struct head h = { 0 };

	die_unless(book_customers(&p->book, e), e);
	p->once = (struct once){ .entries = &p->entries,
		.customer = p->book.customer, .columns = p->columns,
		.zone = &p->cli->settings.zone, .left = p->entries.rows.n };
	if (p->only_once && p->cli->store.here) {
		p->once.aliases = cli_aliases(p->cli);
		die_unless(once_look(&p->once, &p->cli->store, e), e);
	}
	if (p->batch) {
		entry_header(&p->entries, header);
		die_unless(head_parse(&h, buf_all(header), "-", e), e);
	} else {
		die_unless(book_head(&p->book, p->file, &h, e), e);
		buf_slice(header, h.line);
	}
	die_unless(entry_write(&p->entries, &h, p->file, p->book.customer,
	    p->once.skip, rows, e), e);
	look_at_clock(p, &h);
	head_free(&h);
	/* Before the customers of --add are written. */
	if (p->batch && rows->len > 0)
		refuse_twice(p);
	if (p->book.bare.rows.n > 0 && rows->len > 0)
		die_unless(store_appends(&p->cli->store, "customers.tsv", e),
		    e);
}

/* The customers of --add come first: no event is without its customer. */
static void
add_bare(struct post *p, struct err *e)
{
	char created[DATE_TEXT];
	struct change c = { .sheet = &p->book.bare,
		.now = &p->book.table, .aliases = &p->book.aliases,
		.created = date_text(created, p->cli->today) };

	if (p->book.bare.rows.n == 0)
		return;
	die_unless(change_make(&c, e), e);
	writer_append(p->cli, "customers.tsv", buf_text(&c.header),
	    buf_all(&c.bytes));
	change_free(&c);
}

static void
write_down(struct post *p, struct err *e)
{
	struct buf header = { 0 }, rows = { 0 };

	writer_begin(p->cli);
	die_unless(book_index(&p->book, (int64_t)time(NULL), e), e);
	make(p, &header, &rows, e);
	if (rows.len > 0)
		add_bare(p, e);
	if (rows.len > 0 && p->batch) {
		buf_byte(&header, '\n');
		buf_slice(&header, buf_all(&rows));
		writer_make(p->cli, p->file, buf_all(&header));
	} else if (rows.len > 0) {
		writer_append(p->cli, p->file, buf_text(&header),
		    buf_all(&rows));
	}
	writer_end(p->cli);
	buf_free(&header);
	buf_free(&rows);
}

static void
print_refs(const struct post *p)
{
	for (size_t i = 0; i < p->entries.rows.n; i++) {
		struct slice ref = rows_field(&p->entries.rows, i, EVENT_REF);

		if (!p->entries.made[i])
			continue;
		if (p->once.skip != NULL && p->once.skip[i])
			ref = slice_of(p->once.ref[i]);
		printf("%.*s\n", (int)ref.len, ref.at);
	}
}

void
post_events(struct post *p)
{
	struct buf header = { 0 }, rows = { 0 };
	struct err e = { 0 };

	read_sheet(p, &e);
	check(p, &e);
	if (p->dry)
		make(p, &header, &rows, &e);
	else
		write_down(p, &e);
	warn_err(&p->entries.notes);
	warn_clock(p);
	if (!p->dry)
		print_refs(p);
	buf_free(&header);
	buf_free(&rows);
	once_free(&p->once);
	book_free(&p->book);
	entry_free(&p->entries);
	sheet_free(&p->sheet);
}

void
post_undo(struct post *p)
{
	char *as[STORE_FORMS];
	size_t n;

	cli_need_store(p->cli);
	if (!p->dry)
		writer_begin(p->cli);
	n = store_journal_as(&p->cli->store, p->file, as);
	if (n == 0)
		die(CRM_NO, _("no such batch: \"%s\""), p->name);
	while (n-- > 0) {
		if (!p->dry)
			writer_remove(p->cli, as[n]);
		free(as[n]);
	}
	writer_end(p->cli);
}
