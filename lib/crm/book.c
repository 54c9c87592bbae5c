#include "crm/book.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/tr.h"
#include "crm/moment.h"
#include "crm/stages.h"
#include "table/append.h"

enum { NAME_BYTES = 64, TAIL = 4096 };

static struct slice
given(const struct book *b, size_t i)
{
	return rows_field(&b->entries->rows, i, EVENT_CUSTOMER);
}

/* A customer who is to be made, once. */
static bool
make_bare(struct book *b, struct map *made, size_t i, struct err *e)
{
	struct slice field = b->customer[i];
	struct buf room = { 0 };
	const char *what = customer_fit(slice_of("id"),
	    text_value(field, &room));
	uint32_t n = made->len;

	buf_free(&room);
	if (what == NULL && memchr(field.at, '@', field.len) != NULL)
		what = N_("unknown, and no id to make a customer of");
	if (what != NULL)
		return sheet_bad(b->entries->sheet, i, "customer", _(what),
		    field, e);
	if (map_add(made, field) == n)
		rows_add(&b->bare.rows, field, 0);
	return true;
}

static void
find_each(struct book *b, struct map *made, size_t i, struct buf *told,
    struct err *e)
{
	struct slice field = given(b, i);
	enum whom_answer a = WHOM_FOUND;

	b->customer[i] = field;
	if (field.len > 0)
		a = whom_find(&b->whom, field, &b->customer[i], told);
	if (a != WHOM_FOUND && b->add)
		make_bare(b, made, i, e);
	else if (a != WHOM_FOUND)
		sheet_told(b->entries->sheet, i, "customer",
		    a == WHOM_UNKNOWN ? _("unknown") :
		    _("several have this e-mail address"), buf_text(told), e);
}

static void
forget_tables(struct book *b)
{
	whom_free(&b->whom);
	customers_free(&b->table);
	aliases_free(&b->aliases);
	sheet_free(&b->bare);
}

/* The usual case, without loading the table. */
static bool
find_one(struct book *b, struct err *e)
{
	struct slice field = given(b, 0);
	struct buf room = { 0 };
	enum index_answer a = INDEX_UNKNOWN;
	bool found = field.len == 0;

	b->customer[0] = field;
	if (!found)
		a = index_find(b->store, field, &b->one);
	b->to_index = !found && a == INDEX_UNKNOWN &&
	    b->mark.size >= INDEX_LEAST;
	if (a == INDEX_MAIL) {
		found = aliases_load(&b->aliases, b->store, e);
		b->customer[0] = aliases_of(&b->aliases, buf_all(&b->one));
	}
	if (!found && e->status == CRM_OK)
		found = a == INDEX_ID ||
		    whom_id(b->store, text_value(field, &room), e);
	buf_free(&room);
	return found;
}

static bool
load_tables(struct book *b, struct err *e)
{
	b->whom = (struct whom){ .table = &b->table, .aliases = &b->aliases };
	b->bare.rows.cols = 1;
	return customers_load(&b->table, b->store, CUSTOMER_BIT(EMAIL), e) &&
	    aliases_load(&b->aliases, b->store, e) &&
	    head_parse(&b->bare.head, slice_of("id"), "-", e);
}

static bool
find_all(struct book *b, struct err *e)
{
	struct map made = { 0 };
	struct buf told = { 0 };

	if (!load_tables(b, e))
		return false;
	for (size_t i = 0; i < b->entries->rows.n && !err_full(e); i++)
		find_each(b, &made, i, &told, e);
	map_free(&made);
	buf_free(&told);
	return e->status == CRM_OK;
}

bool
book_customers(struct book *b, struct err *e)
{
	size_t n = b->entries->rows.n;
	struct file_mark mark = whom_mark(b->store);

	if (b->looked && file_same(mark, b->mark))
		return true;
	b->looked = true;
	b->mark = mark;
	forget_tables(b);
	if (b->customer == NULL)
		b->customer = mem_zero(n, sizeof *b->customer);
	if (n == 1 && find_one(b, e))
		return true;
	return e->status == CRM_OK && find_all(b, e);
}

bool
book_index(const struct book *b, int64_t clock, struct err *e)
{
	return !b->to_index || index_make(b->store, clock, e);
}

/* The last whole row of a file that has several lines. */
static void
keep_last(struct book *b, const struct input *in)
{
	uint64_t size = input_size(in), from = size > TAIL ? size - TAIL : 0;
	const char *end, *before;
	ssize_t n;

	buf_room(&b->tail, TAIL);
	n = pread(input_file(in), b->tail.at, TAIL, (off_t)from);
	end = n < 1 ? NULL : memrchr(b->tail.at, '\n', (size_t)n);
	before = end == NULL ? NULL :
	    memrchr(b->tail.at, '\n', (size_t)(end - b->tail.at));
	if (before != NULL)
		b->last = (struct slice){ before + 1,
			(size_t)(end - before) - 1 };
}

bool
book_head(struct book *b, const char *name, struct head *h, struct err *e)
{
	struct slice line = { event_header, strcspn(event_header, "\n") };
	struct input *in;
	struct err why = { 0 };
	bool good = store_input(b->store, name, &in, &why) &&
	    (in == NULL || input_header(in, &line, &why) || input_empty(in));

	*h = (struct head){ 0 };
	b->last = SLICE_EMPTY;
	if (good && in != NULL && input_kind(in) != UNPACK_PLAIN)
		good = append_packed(input_name(in), &why);
	if (!good)
		*e = why;
	if (good && in != NULL)
		keep_last(b, in);
	good = good && head_parse(h, line, in == NULL ? name :
	    input_name(in), e);
	input_close(in);
	return good;
}

bool
book_last(const struct book *b, const struct head *h, int64_t *time)
{
	struct slice row = b->last, field = SLICE_EMPTY;
	int column = head_find(h, "time");
	bool good = row.len > 0 && column >= 0;

	for (; good && column >= 0; column--)
		good = text_part(&row, '\t', &field);
	return good && field.len > 0 &&
	    moment_parse(field, b->entries->zone, time) <= MOMENT_TWICE;
}

bool
book_stages(const struct book *b, struct err *e)
{
	const struct entries *n = b->entries;
	struct stages g;
	bool chosen = stages_chosen(&g, b->store, e) && g.names.len > 0;

	for (size_t i = 0; chosen && i < n->rows.n; i++) {
		struct slice topic = rows_field(&n->rows, i, EVENT_TOPIC);

		if (kind_of(rows_field(&n->rows, i, EVENT_KIND)) == KIND_DEAL &&
		    topic.len > 0 && stages_find(&g, topic) < 0)
			sheet_unknown(n->sheet, i, event_column[EVENT_TOPIC],
			    topic, stages_near(&g, topic), e);
	}
	stages_free(&g);
	return e->status == CRM_OK;
}

bool
book_batch(const char *name, struct buf *file, struct err *e)
{
	size_t n = strlen(name);
	bool good = n > 0 && n <= NAME_BYTES && strchr("._-", *name) == NULL;

	for (size_t i = 0; i < n; i++) {
		char c = text_lower(name[i]);

		good = good && ((c >= 'a' && c <= 'z') ||
		    (c >= '0' && c <= '9') || strchr("._-", c) != NULL);
	}
	if (!good)
		return err_set(e, CRM_USAGE,
		    _("not a name for a batch: \"%s\""), name);
	buf_fmt(file, "journal-%s.tsv", name);
	return true;
}

void
book_free(struct book *b)
{
	forget_tables(b);
	buf_free(&b->one);
	buf_free(&b->tail);
	free(b->customer);
}
