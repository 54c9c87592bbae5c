#include "crm/journal.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/tr.h"
#include "crm/opened.h"

static bool
open_file(struct journal *j, struct journal_file *f, struct err *e)
{
	static const int needed[] = { EVENT_TIME, EVENT_CUSTOMER,
		EVENT_KIND };
	const char *name = input_name(f->in);
	struct slice line;

	if (!input_header(f->in, &line, e) ||
	    !head_parse(&f->head, line, name, e))
		return false;
	for (size_t i = 0; i < 3; i++)
		if (!head_need(&f->head, name, event_column[needed[i]],
			&f->column[needed[i]], e))
			return false;
	for (int c = 0; c < EVENT_COLUMNS; c++)
		f->column[c] = head_find(&f->head, event_column[c]);
	for (size_t i = 0; i < f->head.cols; i++)
		map_add(&j->names, f->head.column[i]);
	return true;
}

static void
number_columns(struct journal *j)
{
	for (size_t i = 0; i < j->files; i++) {
		struct journal_file *f = &j->file[i];

		f->handle = mem_zero(j->names.len, sizeof *f->handle);
		for (uint32_t h = 0; h < j->names.len; h++)
			f->handle[h] =
			    head_find_slice(&f->head, map_key(&j->names, h));
	}
}

bool
journal_open(struct journal *j, struct input **inputs, size_t n,
    struct err *e)
{
	bool ok = true;

	*j = (struct journal){ .until = INT64_MAX,
		.staged = INT64_MIN, .files = n };
	j->file = mem_zero(n, sizeof *j->file);
	for (int c = 0; c < EVENT_COLUMNS; c++)
		map_add(&j->names, slice_of(event_column[c]));
	for (size_t i = 0; i < n; i++)
		j->file[i].in = inputs[i];
	for (size_t i = 0; ok && i < n; i++)
		ok = open_file(j, &j->file[i], e);
	number_columns(j);
	return ok;
}

void
journal_close(struct journal *j)
{
	for (size_t i = 0; i < j->files; i++) {
		input_close(j->file[i].in);
		head_free(&j->file[i].head);
		free(j->file[i].handle);
		free(j->file[i].lines);
	}
	free(j->file);
	map_free(&j->names);
	map_free(&j->people);
	free(j->known);
	buf_free(&j->words);
	j->file = NULL;
	j->files = 0;
}

static bool
of_customer(struct slice *name)
{
	static const char prefix[] = "customer.";

	if (name->len < sizeof prefix ||
	    memcmp(name->at, prefix, sizeof prefix - 1) != 0)
		return false;
	name->at += sizeof prefix - 1;
	name->len -= sizeof prefix - 1;
	return true;
}

int
journal_find(const struct journal *j, struct slice name)
{
	uint32_t h;
	int c;

	if (of_customer(&name)) {
		c = j->customers == NULL ? -1
		    : head_find_slice(&j->customers->head, name);
		return c < 0 ? -1 : OPENED_OF_CUSTOMER + c;
	}
	h = map_find(&j->names, name);
	return h == MAP_NONE ? -1 : (int)h;
}

/* batch_column for who asks for one column of an event, or two. */
static inline struct slice
alone(const struct batch *b, const struct event *v, int col)
{
	return col < 0 ? SLICE_EMPTY
		       : scan_alone(b->scan, v->from, (size_t)col);
}

struct slice
journal_field(const struct batch *b, const struct event *v, int handle)
{
	const struct customers *c = b->journal->customers;
	uint32_t row;

	if (handle == EVENT_CUSTOMER)
		return v->customer;
	if (handle < OPENED_OF_CUSTOMER)
		return alone(b, v, handle < EVENT_COLUMNS
			? b->column[handle] : b->handle[handle]);
	row = customers_find(c, v->customer);
	if (row == MAP_NONE)
		return SLICE_EMPTY;
	return customers_field(c, row, handle - OPENED_OF_CUSTOMER);
}

static int
find_name(void *ctx, struct slice name)
{
	return journal_find(ctx, name);
}

/* Once all names are in words, they are cut out of it. */
static size_t
know_names(struct journal *j)
{
	size_t columns = j->customers == NULL ? 0 : j->customers->head.cols;
	size_t at = 0;

	buf_clear(&j->words);
	for (size_t i = 0; i < columns; i++) {
		buf_str(&j->words, "customer.");
		buf_slice(&j->words, j->customers->head.column[i]);
	}
	j->known = mem_resize(j->known, j->names.len + columns,
	    sizeof *j->known);
	for (uint32_t h = 0; h < j->names.len; h++)
		j->known[h] = map_key(&j->names, h);
	for (size_t i = 0; i < columns; i++) {
		struct slice *s = &j->known[j->names.len + i];

		s->at = j->words.at + at;
		s->len = strlen("customer.") +
		    j->customers->head.column[i].len;
		at += s->len;
	}
	return j->names.len + columns;
}

static const struct slice *
all_names(void *ctx, size_t *n)
{
	struct journal *j = ctx;

	*n = know_names(j);
	return j->known;
}

struct expr_names
journal_names(struct journal *j)
{
	return (struct expr_names){ .find = find_name, .all = all_names,
		.ctx = j, .zone = j->zone };
}

struct slice
journal_column(const struct journal *j, int handle)
{
	return map_key(&j->names, (uint32_t)handle);
}

int *
journal_columns(const struct journal *j, size_t *n)
{
	int *column = mem_zero(j->names.len, sizeof *column);
	bool *seen = mem_zero(j->names.len, sizeof *seen);

	*n = 0;
	for (size_t i = 0; i < j->files; i++) {
		const struct head *h = &j->file[i].head;

		for (size_t c = 0; c < h->cols; c++) {
			uint32_t name = map_find(&j->names, h->column[c]);

			if (!seen[name])
				column[(*n)++] = (int)name;
			seen[name] = true;
		}
	}
	for (int c = 0; j->files == 0 && c < EVENT_CURRENCY; c++)
		column[(*n)++] = c;
	free(seen);
	return column;
}

bool
journal_torn(const struct journal *j, size_t *i, const char **name,
    size_t *bytes)
{
	while (*i < j->files) {
		const struct input *in = j->file[(*i)++].in;

		*name = input_name(in);
		*bytes = input_torn(in);
		if (*bytes > 0)
			return true;
	}
	return false;
}
