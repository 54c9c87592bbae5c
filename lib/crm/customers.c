#include "crm/customers.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"
#include "base/tr.h"
#include "table/tsv.h"

const char *const customer_column[CUSTOMER_COLUMNS] = {
	"id", "salutation", "name", "company", "email", "phone", "street",
	"postcode", "city", "country", "language", "channel", "birthday",
	"marital", "position", "interests", "source", "owner", "account",
	"tags", "created", "note",
};

/* An id without escapes, of ASCII only: no more is to be asked of it. */
static bool
is_plain_id(struct slice s)
{
	bool other = s.len == 0 || s.len > CUSTOMER_ID_MAX || slice_is(s, "-");

	for (size_t i = 0; i < s.len; i++)
		other |= s.at[i] <= ' ' || s.at[i] > '~' || s.at[i] == '\\';
	return !other;
}

/* Columns in which all rows of an id must be the same; or there may be one
 * only. */
struct again {
	bool refused;
	const struct slice *same;
	size_t n;
};

static bool
told_line(struct customers *c, struct tsv *t, int col, uint32_t row,
    const char *words)
{
	char told[128];

	snprintf(told, sizeof told, words,
	    (uintmax_t)rows_number(&c->lines, row));
	return tsv_bad(t, col, told);
}

/* The id of the row in hand is that of row `at`. */
static bool
add_again(struct customers *c, struct tsv *t, int id, uint32_t at,
    const struct again *again)
{
	if (again->refused)
		return told_line(c, t, id, at, _("already in line %ju"));
	for (size_t i = 0; i < again->n; i++) {
		int col = head_find_slice(&t->head, again->same[i]);

		if (col >= 0 && !slice_eq(tsv_field(t, col),
			customers_field(c, at, col)))
			return told_line(c, t, col, at,
			    _("not as in line %ju"));
	}
	return true;
}

static bool
add_row(struct customers *c, struct tsv *t, int id, struct buf *room,
    const struct again *again)
{
	struct slice field = tsv_alone(t, id);
	const char *what = is_plain_id(field) ? NULL
	    : customer_fit(slice_of("id"), text_value(field, room));
	uint32_t at;

	if (what != NULL)
		return tsv_bad(t, id, _(what));
	at = map_add(&c->ids, field);
	if (at < c->rows)
		return add_again(c, t, id, at, again);
	if (c->gap != NULL)
		rows_pick(&c->lines, t, c->gap);
	else
		rows_take(&c->lines, t);
	c->rows++;
	return true;
}

/* Is the column of this name one of those? */
static bool
is_among(struct slice name, uint32_t columns)
{
	for (size_t i = 0; i < CUSTOMER_COLUMNS; i++)
		if ((columns >> i & 1) != 0 &&
		    slice_is(name, customer_column[i]))
			return true;
	return false;
}

/* Which columns are kept; a row has one at least. */
static void
choose_columns(struct customers *c, const struct head *h, uint32_t columns)
{
	size_t n = 0;

	c->place = mem_zero(h->cols, sizeof *c->place);
	c->gap = mem_zero(h->cols + 1, sizeof *c->gap);
	for (size_t i = 0; i < h->cols; i++) {
		bool kept = columns == CUSTOMER_ALL ||
		    is_among(h->column[i], columns);

		c->place[i] = kept ? (int)n : -1;
		n += kept;
		c->gap[n] += !kept;
	}
	if (n == 0)
		c->gap[0] = 0;
	c->lines.cols = n > 0 ? n : 1;
	if (n < h->cols)
		return;
	free(c->gap);
	c->gap = NULL;
}

/* Find the columns that are asked for again and again. */
static void
begin(struct customers *c, const struct head *h, uint32_t columns)
{
	c->id = head_find(h, "id");
	c->name = head_find(h, "name");
	c->company = head_find(h, "company");
	c->account = head_find(h, "account");
	choose_columns(c, h, columns);
}

static bool
read_rows(struct customers *c, struct input *in, uint32_t columns,
    const struct again *again, struct err *e)
{
	struct tsv t = { 0 };
	struct buf room = { 0 };
	int id;

	*c = (struct customers){ 0 };
	if (in == NULL)
		return false;
	if (tsv_open(&t, in) && tsv_need(&t, "id", &id)) {
		begin(c, &t.head, columns);
		while (tsv_next(&t))
			add_row(c, &t, id, &room, again);
	}
	c->head = t.head;
	t.head = (struct head){ 0 };
	buf_free(&room);
	return tsv_done(&t, e);
}

bool
customers_read_some(struct customers *c, struct input *in, uint32_t columns,
    struct err *e)
{
	return read_rows(c, in, columns, &(struct again){ .refused = true },
	    e);
}

bool
customers_read(struct customers *c, struct input *in, struct err *e)
{
	return customers_read_some(c, in, CUSTOMER_ALL, e);
}

bool
customers_read_set(struct customers *c, struct input *in,
    const struct slice *same, size_t n, struct err *e)
{
	return read_rows(c, in, CUSTOMER_ALL,
	    &(struct again){ .same = same, .n = n }, e);
}

/* The header line of a table that has the columns of crm(5). */
static bool
no_customers(struct customers *c, struct err *e)
{
	struct buf line = { 0 };
	bool good;

	for (size_t i = 0; i < CUSTOMER_COLUMNS; i++)
		buf_fmt(&line, "%s%s", i > 0 ? "\t" : "", customer_column[i]);
	*c = (struct customers){ 0 };
	good = head_parse(&c->head, buf_all(&line), "customers.tsv", e);
	begin(c, &c->head, CUSTOMER_ALL);
	buf_free(&line);
	return good;
}

bool
customers_load(struct customers *c, const struct store *s, uint32_t columns,
    struct err *e)
{
	struct input *in;

	if (!store_input(s, "customers.tsv", &in, e))
		return false;
	return in == NULL ? no_customers(c, e)
	    : customers_read_some(c, in, columns, e);
}

void
customers_follow(struct customers *c, const struct aliases *a)
{
	size_t rows = a->old.len > 0 ? c->rows : 0;
	struct buf line = { 0 };

	for (uint32_t r = 0; r < rows; r++) {
		struct slice now = aliases_of(a, map_key(&c->ids, r));

		if (map_add(&c->ids, now) < c->rows)
			continue;
		buf_clear(&line);
		buf_slice(&line, rows_line(&c->lines, r));
		rows_add(&c->lines, buf_all(&line),
		    rows_number(&c->lines, r));
		c->rows++;
	}
	buf_free(&line);
}

/* Of whom any row has tags of this sort. */
static void
add_by_tags(const struct customers *c, const struct aliases *a,
    bool fits(struct slice tags), struct map *ids)
{
	static const struct aliases none = { 0 };
	int column = head_find(&c->head, "tags");

	for (uint32_t r = 0; column >= 0 && r < c->rows; r++) {
		struct slice tags = customers_field(c, r, column);

		if (tags.len > 0 && fits(tags))
			map_add(ids, aliases_of(a != NULL ? a : &none,
			    map_key(&c->ids, r)));
	}
}

static bool
is_blocked(struct slice tags)
{
	return customer_tagged(tags, slice_of("blocked"));
}

void
customers_blocked(const struct customers *c, const struct aliases *a,
    struct map *ids)
{
	add_by_tags(c, a, is_blocked, ids);
}

void
customers_let_go(const struct customers *c, const struct aliases *a,
    struct map *ids)
{
	add_by_tags(c, a, customer_let_go, ids);
}

uint32_t
customers_find(const struct customers *c, struct slice id)
{
	return map_find(&c->ids, id);
}

void
customers_find_many(const struct customers *c, const struct slice *id,
    size_t n, uint32_t *row)
{
	for (size_t i = 0; i < n; i++)
		__builtin_prefetch(id[i].at);
	for (size_t i = 0; i < n; i++)
		row[i] = customers_find(c, id[i]);
	customers_fetch(c, row, n);
}

void
customers_fetch(const struct customers *c, const uint32_t *row, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (row[i] != MAP_NONE)
			rows_fetch(&c->lines, row[i]);
	for (size_t i = 0; i < n; i++)
		if (row[i] != MAP_NONE)
			rows_fetch_line(&c->lines, row[i]);
}

struct slice
customers_near(const struct customers *c, struct slice id)
{
	struct slice *all = mem_zero(c->rows, sizeof *all), near;

	for (uint32_t i = 0; i < c->rows; i++)
		all[i] = map_key(&c->ids, i);
	near = near_word(id, all, c->rows);
	free(all);
	return near;
}

struct slice
customers_name(const struct customers *c, struct slice id)
{
	return customers_called(c, customers_find(c, id));
}

struct slice
customers_called(const struct customers *c, uint32_t row)
{
	struct slice name;

	if (row == MAP_NONE)
		return SLICE_EMPTY;
	name = customers_field(c, row, c->name);
	return name.len > 0 ? name : customers_field(c, row,
	    c->company);
}

void
customers_free(struct customers *c)
{
	head_free(&c->head);
	map_free(&c->ids);
	rows_free(&c->lines);
	free(c->gap);
	free(c->place);
	*c = (struct customers){ 0 };
}

struct slice
customers_account(const struct customers *c, const struct aliases *a,
    struct slice id)
{
	uint32_t row = customers_find(c, id);
	struct slice account;

	if (row == MAP_NONE)
		return id;
	account = customers_field(c, row, c->account);
	return account.len > 0 ? aliases_of(a, account) : id;
}
