#include "cli/erasure.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cli/writer.h"

static const char record_file[] = "erasures.tsv";
static const char record_header[] = "time\tpseudonym\treason\trows\n";

/* Tails of writers that were cut short are moved aside, into files that are
 * looked through. */
static void
clear_tail(struct erasure *x, const char *name)
{
	struct err e = { 0 };

	die_unless(!store_has(&x->cli->store, name) ||
	    store_clear(&x->cli->store, name, &e), &e);
}

static void
clear_tails(struct erasure *x)
{
	struct err e = { 0 };
	char **path;
	size_t n;

	clear_tail(x, "customers.tsv");
	clear_tail(x, "aliases.tsv");
	clear_tail(x, record_file);
	die_unless(store_journals(&x->cli->store, &path, &n, &e), &e);
	for (size_t i = 0; i < n; i++) {
		clear_tail(x, strrchr(path[i], '/') + 1);
		free(path[i]);
	}
	free(path);
}

/* One who is only in the journal is known by id: that is seen later. */
static void
name_one(struct erasure *x, const char *words)
{
	struct buf room = { 0 };
	struct err e = { 0 };
	struct slice id;

	if (!cli_whom(x->cli, &x->whom, words, &id, &room, &e) &&
	    x->unknown.status == CRM_OK) {
		x->unknown = e;
		x->unknown_at = (uint32_t)x->persons.n;
	}
	persons_add(&x->persons, id);
	buf_free(&room);
}

static int64_t
before_time(const struct erasure *x)
{
	const struct cli *c = x->cli;
	struct err e = { 0 };
	int32_t day;

	die_unless(period_day(&day, x->before, c->today, &e), &e);
	if (day > c->today)
		die(CRM_USAGE, _("--before: not over yet: \"%s\""), x->before);
	return zone_day_start(&c->settings.zone, day);
}

static void
choose(struct erasure *x)
{
	struct cli *c = x->cli;

	if (x->dry || x->before != NULL)
		stale_read(&x->stale, c);
	if (x->before != NULL)
		stale_add(&x->stale, before_time(x), &x->persons);
	for (int i = 0; i < c->operands; i++)
		name_one(x, c->operand[i]);
	persons_settle(&x->persons, cli_customers(c), cli_aliases(c));
}

static void
look(struct erasure *x)
{
	struct err e = { 0 };

	x->traces = (struct traces){ .store = &x->cli->store,
		.persons = &x->persons };
	die_unless(traces_look(&x->traces, &e), &e);
	if (x->unknown.status != CRM_OK &&
	    x->persons.person[x->unknown_at].uses == 0)
		die_err(&x->unknown);
}

/* Who it would be, how long ago the last was, how much it is. */
static void
show_who(struct erasure *x)
{
	static const struct show_column column[] = {
		{ "id", SHOW_TEXT, NULL },
		{ "name", SHOW_TEXT, N_("name") },
		{ "last", SHOW_TEXT, N_("last event") },
		{ "rows", SHOW_NUMBER, N_("rows") },
		{ "mentions", SHOW_NUMBER, N_("mentions") },
	};
	const struct customers *t = cli_customers(x->cli);
	struct show *out = &x->cli->out;

	show_begin(&x->cli->out, column, LEN(column));
	for (size_t i = 0; i < x->persons.n; i++) {
		const struct person *p = &x->persons.person[i];
		uint32_t row = customers_find(t, p->id);

		show_field(out, p->id);
		show_field(out, row == MAP_NONE ? SLICE_EMPTY :
		    customers_field(t, row, head_find(&t->head, "name")));
		show_time(out, stale_last(&x->stale, p->id));
		show_int(out, (int64_t)p->rows);
		show_int(out, (int64_t)p->mentions);
		show_row(out);
	}
	show_end(out);
}

/* The records there are already. */
static void
old_records(struct erasure *x, struct buf *to)
{
	struct block b = { 0 };
	struct input *in;
	struct err e = { 0 };
	struct slice line;

	die_unless(store_input(&x->cli->store, record_file, &in, &e), &e);
	buf_str(to, record_header);
	if (in == NULL)
		return;
	die_unless(input_header(in, &line, &e), &e);
	if (line.len != to->len - 1 || memcmp(line.at, to->at, line.len) != 0)
		die(CRM_DATA, _("%s:1: not the columns of crm(5)"),
		    input_name(in));
	while (input_block(in, &b, &e))
		buf_add(to, b.at, b.len);
	die_unless(e.status == CRM_OK, &e);
	block_free(&b);
	input_close(in);
}

/* That it was done, and nothing of whom. */
static void
make_record(struct erasure *x, struct buf *to)
{
	char now[DATE_TEXT];

	old_records(x, to);
	date_time_text(now, x->cli->now);
	for (size_t i = 0; i < x->persons.n; i++) {
		const struct person *p = &x->persons.person[i];

		buf_fmt(to, "%s\t%s\t%s\t%ju\n", now, p->pseudonym,
		    x->before != NULL ? "retention" : "request",
		    (uintmax_t)p->rows);
	}
}

/* All files or none: dying before the plan is written must leave no new
 * files, so what was made ready is dropped first. */
static void
write_all(struct erasure *x, struct slice record)
{
	struct swap w;
	struct err e = { 0 };
	bool good;

	x->traces.take = found_take;
	x->traces.ctx = &x->left;
	store_swap(&x->cli->store, &w);
	good = traces_erase(&x->traces, &w, &e) &&
	    swap_open(&w, record_file, UNPACK_PLAIN, &e) &&
	    swap_add(&w, record, &e) && swap_close(&w, &e) &&
	    swap_commit(&w, &e);
	swap_drop(&w);
	die_unless(good, &e);
}

static bool
is_left(const struct erasure *x)
{
	for (size_t i = 0; i < x->persons.n; i++)
		if (x->persons.person[i].mentions > 0)
			return true;
	return false;
}

static void
forget(struct erasure *x)
{
	struct buf record = { 0 };
	struct err e = { 0 };

	if (x->persons.n > 0) {
		die_unless(persons_veil(&x->persons, &e), &e);
		make_record(x, &record);
		write_all(x, buf_all(&record));
	}
	writer_end(x->cli);
	buf_free(&record);
}

static void
end(struct erasure *x)
{
	traces_free(&x->traces);
	found_free(&x->left);
	persons_free(&x->persons);
	stale_free(&x->stale);
	whom_free(&x->whom);
}

int
erasure_run(struct erasure *x)
{
	bool left;

	if (!x->dry) {
		writer_begin(x->cli);
		clear_tails(x);
	}
	choose(x);
	look(x);
	left = is_left(x);
	if (x->dry)
		show_who(x);
	else
		forget(x);
	if (!x->dry && left)
		found_write(&x->left, x->cli);
	warn_err(&x->traces.notes);
	left = (left && !x->dry) || x->traces.notes.status != CRM_OK;
	end(x);
	return left ? CRM_NO : CRM_OK;
}
