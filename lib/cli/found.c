#include "cli/found.h"

#include <inttypes.h>

#include "base/text.h"

void
found_take(void *ctx, const struct trace *t)
{
	struct found *f = ctx;

	text_escape(&f->rows, slice_of(t->file));
	buf_byte(&f->rows, '\t');
	if (t->line > 0)
		buf_fmt(&f->rows, "%" PRIu64, t->line);
	buf_byte(&f->rows, '\t');
	buf_slice(&f->rows, t->column);
	buf_byte(&f->rows, '\t');
	buf_slice(&f->rows, t->value);
	buf_fmt(&f->rows, "\t%s\n", t->other ? "other" : "own");
	f->n++;
}

void
found_write(const struct found *f, struct cli *c)
{
	static const struct show_column column[] = {
		{ "file", SHOW_TEXT, N_("file") },
		{ "line", SHOW_NUMBER, N_("line") },
		{ "column", SHOW_TEXT, N_("column") },
		{ "value", SHOW_TEXT, N_("value") },
		{ "whose", SHOW_TEXT, N_("whose") },
	};
	struct slice rest = buf_all(&f->rows), line, field;

	show_begin(&c->out, column, LEN(column));
	while (rest.len > 0 && text_part(&rest, '\n', &line) && line.len > 0) {
		while (text_part(&line, '\t', &field))
			show_field(&c->out, field);
		show_row(&c->out);
	}
	show_end(&c->out);
}

void
found_free(struct found *f)
{
	buf_free(&f->rows);
}

int
found_of(struct cli *c, const char *words)
{
	struct whom whom = { 0 };
	struct persons p = { 0 };
	struct found f = { 0 };
	struct traces t = { .store = &c->store, .persons = &p,
		.take = found_take, .ctx = &f };
	struct buf room = { 0 };
	struct err e = { 0 }, who = { 0 };
	struct slice id;
	int status;

	cli_whom(c, &whom, words, &id, &room, &who);
	persons_add(&p, id);
	persons_settle(&p, cli_customers(c), cli_aliases(c));
	die_unless(traces_look(&t, &e), &e);
	if (who.status != CRM_OK && p.person[0].uses == 0)
		die_err(&who);
	found_write(&f, c);
	warn_err(&t.notes);
	status = t.notes.status == CRM_OK ? CRM_OK : CRM_NO;
	traces_free(&t);
	persons_free(&p);
	found_free(&f);
	whom_free(&whom);
	buf_free(&room);
	return status;
}
