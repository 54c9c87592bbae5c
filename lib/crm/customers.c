#include "crm/customers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
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

enum { ID_MAX = 64, MAIL_MAX = 254, LOCAL_MAX = 64 };

/* Blanks and invisible characters, from..to. */
static bool
is_blank(uint32_t c)
{
	static const struct {
		uint32_t from, to;
	} blank[] = {
		{ 0x00, 0x20 }, { 0x7f, 0xa0 }, { 0xad, 0xad },
		{ 0x1680, 0x1680 }, { 0x2000, 0x200f }, { 0x2028, 0x202f },
		{ 0x205f, 0x206f }, { 0x3000, 0x3000 }, { 0xfeff, 0xfeff },
	};

	for (size_t i = 0; i < LEN(blank); i++)
		if (c >= blank[i].from && c <= blank[i].to)
			return true;
	return false;
}

/* No blanks in it, and UTF-8? */
static bool
is_solid(struct slice s)
{
	uint32_t code;

	while (s.len > 0) {
		bool plain = s.at[0] > ' ' && s.at[0] <= '~';
		size_t n = plain ? 1 : text_char(s, &code);

		if (!plain && (n == 0 || is_blank(code)))
			return false;
		s.at += n;
		s.len -= n;
	}
	return true;
}

static const char *
fit_id(struct slice s)
{
	return s.len >= 1 && s.len <= ID_MAX && is_solid(s) &&
	    !slice_is(s, "-") ? NULL : N_("not an id");
}

static const char *
fit_id_or_none(struct slice s)
{
	return s.len == 0 ? NULL : fit_id(s);
}

/* A host name, of one label where mail stays in the house (`anna@mail`);
 * letters beyond ASCII are left to DNS. */
static bool
is_domain(struct slice s)
{
	struct slice label = SLICE_EMPTY;

	while (text_part(&s, '.', &label)) {
		if (label.len == 0 || label.len > 63 || label.at[0] == '-' ||
		    label.at[label.len - 1] == '-')
			return false;
		for (size_t i = 0; i < label.len; i++)
			if (strchr("!\"#$%&'()*+,/:;<=>?@[\\]^_`{|}~",
			    label.at[i]) != NULL)
				return false;
	}
	return true;
}

static bool
is_mail(struct slice s)
{
	const char *sign = s.len == 0 ? NULL : memrchr(s.at, '@', s.len);
	struct slice local = { s.at, 0 };

	if (sign == NULL || s.len > MAIL_MAX || s.at[0] == '-' ||
	    !is_solid(s))
		return false;
	local.len = (size_t)(sign - s.at);
	if (local.len == 0 || local.len > LOCAL_MAX || local.at[0] == '.' ||
	    sign[-1] == '.')
		return false;
	for (size_t i = 0; i < local.len; i++)
		if (strchr("\"(),:;<>@[\\]", local.at[i]) != NULL)
			return false;
	return is_domain((struct slice){ sign + 1, s.len - local.len - 1 });
}

bool
customer_part(struct slice *rest, struct slice *part)
{
	while (text_part(rest, ',', part)) {
		*part = text_trim(*part);
		if (part->len > 0)
			return true;
	}
	return false;
}

bool
customer_tagged(struct slice tags, struct slice tag)
{
	struct slice part;

	while (tags.len > 0 && text_part(&tags, ',', &part))
		if (tag.len > 0 && slice_eq(text_trim(part), tag))
			return true;
	return false;
}

bool
customer_let_go(struct slice tags)
{
	return tags.len > 0 &&
	    (customer_tagged(tags, slice_of("released")) ||
	    customer_tagged(tags, slice_of("blocked")));
}

bool
customer_has_mail(struct slice field, struct slice mail)
{
	struct slice one;

	while (customer_part(&field, &one))
		if (text_same(one, mail))
			return true;
	return false;
}

struct slice
customer_folded(struct slice mail, struct buf *room)
{
	buf_clear(room);
	for (size_t i = 0; i < mail.len; i++)
		buf_byte(room, text_lower(mail.at[i]));
	return buf_all(room);
}

static const char *
fit_mail(struct slice s)
{
	struct slice part = { "", 0 };

	while (s.len > 0 && text_part(&s, ',', &part))
		if (!is_mail(text_trim(part)))
			return N_("not an e-mail address");
	return NULL;
}

static const char *
fit_day(struct slice s)
{
	int32_t day;

	return s.len == 0 || date_parse(s, &day) ? NULL : N_("not a day");
}

/* `--02-29` is a birthday in some year: 2000 had them all. */
static const char *
fit_birthday(struct slice s)
{
	char whole[DATE_TEXT];
	int32_t day;

	if (s.len == 7 && memcmp(s.at, "--", 2) == 0) {
		snprintf(whole, sizeof whole, "2000-%.*s", 5, s.at + 2);
		s = slice_of(whole);
	}
	return s.len == 0 || date_parse(s, &day) ? NULL :
	    N_("not a birthday");
}

static const char *
fit_line(struct slice s)
{
	return text_has_control(s) ? N_("has a control character") : NULL;
}

/* Several lines are fine, and TABs in them. */
static const char *
fit_text(struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		struct slice rest = { s.at + i, 0 };

		while (i < s.len && memchr("\t\n\r", s.at[i], 3) == NULL)
			i++;
		rest.len = (size_t)(s.at + i - rest.at);
		if (text_has_control(rest))
			return N_("has a control character");
	}
	return NULL;
}

typedef const char *fit(struct slice value);

const char *
customer_fit(struct slice column, struct slice value)
{
	static fit *const how[CUSTOMER_COLUMNS] = {
		[CUSTOMER_ID] = fit_id, [CUSTOMER_EMAIL] = fit_mail,
		[CUSTOMER_BIRTHDAY] = fit_birthday,
		[CUSTOMER_ACCOUNT] = fit_id_or_none,
		[CUSTOMER_CREATED] = fit_day, [CUSTOMER_STREET] = fit_text,
		[CUSTOMER_NOTE] = fit_text,
	};

	for (size_t i = 0; i < CUSTOMER_COLUMNS; i++)
		if (slice_is(column, customer_column[i]))
			return (how[i] != NULL ? how[i] : fit_line)(value);
	return fit_text(value);
}

/* An id without escapes, of ASCII only: no more is to be asked of it. */
static bool
is_plain_id(struct slice s)
{
	bool other = s.len == 0 || s.len > ID_MAX || slice_is(s, "-");

	for (size_t i = 0; i < s.len; i++)
		other |= s.at[i] <= ' ' || s.at[i] > '~' || s.at[i] == '\\';
	return !other;
}

static bool
add_row(struct customers *c, struct tsv *t, int id, struct buf *room)
{
	struct slice field = tsv_field(t, id);
	const char *what = is_plain_id(field) ? NULL
	    : fit_id(text_value(field, room));
	uint32_t at;
	char told[128];

	if (what != NULL)
		return tsv_bad(t, id, _(what));
	at = map_add(&c->ids, field);
	if (at == c->rows) {
		if (c->col != NULL)
			rows_pick(&c->lines, t, c->col);
		else
			rows_take(&c->lines, t);
		c->rows++;
		return true;
	}
	snprintf(told, sizeof told, _("already in line %ju"),
	    (uintmax_t)rows_number(&c->lines, at));
	return tsv_bad(t, id, told);
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
	c->col = mem_zero(h->cols, sizeof *c->col);
	for (size_t i = 0; i < h->cols; i++) {
		bool kept = columns == CUSTOMER_ALL ||
		    is_among(h->column[i], columns);

		c->place[i] = kept ? (int)n : -1;
		c->col[n] = (int)i;
		n += kept;
	}
	c->lines.cols = n > 0 ? n : 1;
	if (n < h->cols)
		return;
	free(c->col);
	c->col = NULL;
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

bool
customers_read_some(struct customers *c, struct input *in, uint32_t columns,
    struct err *e)
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
			add_row(c, &t, id, &room);
	}
	c->head = t.head;
	t.head = (struct head){ 0 };
	buf_free(&room);
	return tsv_done(&t, e);
}

bool
customers_read(struct customers *c, struct input *in, struct err *e)
{
	return customers_read_some(c, in, CUSTOMER_ALL, e);
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

void
customers_blocked(const struct customers *c, const struct aliases *a,
    struct map *ids)
{
	static const struct aliases none = { 0 };
	int tags = head_find(&c->head, "tags");

	for (uint32_t r = 0; tags >= 0 && r < c->rows; r++)
		if (customer_tagged(customers_field(c, r, tags),
			slice_of("blocked")))
			map_add(ids, aliases_of(a != NULL ? a : &none,
			    map_key(&c->ids, r)));
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
	for (size_t i = 0; i < n; i++) {
		row[i] = customers_find(c, id[i]);
		if (row[i] != MAP_NONE)
			rows_fetch(&c->lines, row[i]);
	}
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
	free(c->col);
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
