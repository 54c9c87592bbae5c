#include "crm/change.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/num.h"
#include "base/text.h"
#include "base/tr.h"

static const char *
name_of(const struct slice *column, char to[static NEAR_MAX + 1])
{
	snprintf(to, NEAR_MAX + 1, "%.*s", (int)column->len, column->at);
	return to;
}

bool
change_check(const struct sheet *s, struct err *e)
{
	struct buf room = { 0 };
	char column[NEAR_MAX + 1];

	for (size_t i = 0; i < s->rows.n && !err_full(e); i++) {
		for (size_t c = 0; c < s->head.cols; c++) {
			struct slice v = sheet_value(s, i, (int)c, &room);
			const char *what = customer_fit(s->head.column[c], v);

			if (what == NULL || (v.len == 0 &&
				slice_is(s->head.column[c], "id")))
				continue;
			sheet_bad(s, i, name_of(&s->head.column[c], column),
			    _(what), v, e);
		}
	}
	buf_free(&room);
	return e->status == CRM_OK;
}

static bool
is_among(struct slice name, const struct slice *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (slice_eq(names[i], name))
			return true;
	return false;
}

/* All names that a column may have; *n of them, malloc'd. */
static struct slice *
known_columns(const struct change *c, size_t *n)
{
	const struct head *h = &c->now->head;
	struct slice *all = mem_zero(
	    CUSTOMER_COLUMNS + h->cols + c->owns, sizeof *all);

	*n = 0;
	for (size_t i = 0; i < CUSTOMER_COLUMNS; i++)
		all[(*n)++] = slice_of(customer_column[i]);
	for (size_t i = 0; i < h->cols; i++)
		all[(*n)++] = h->column[i];
	for (size_t i = 0; i < c->owns; i++)
		all[(*n)++] = c->own[i];
	return all;
}

/* One more column behind the others. */
static int
make_column(struct change *c, struct slice name)
{
	buf_byte(&c->header, '\t');
	buf_slice(&c->header, name);
	c->whole = true;
	return (int)c->cols++;
}

/* The columns of -c that no other column's making has made. */
static void
make_own(struct change *c)
{
	for (size_t i = 0; i < c->owns; i++)
		if (head_find_slice(&c->now->head, c->own[i]) < 0 &&
		    head_find_slice(&c->sheet->head, c->own[i]) < 0 &&
		    !is_among(c->own[i], c->own, i))
			make_column(c, c->own[i]);
}

/* Where each column of the sheet goes; new ones are made. */
static bool
find_columns(struct change *c, struct err *e)
{
	const struct head *h = &c->sheet->head;
	size_t n;
	struct slice *known = known_columns(c, &n);

	c->target = mem_zero(h->cols, sizeof *c->target);
	c->cols = c->now->head.cols;
	buf_slice(&c->header, c->now->head.line);
	for (size_t i = 0; i < h->cols; i++) {
		c->target[i] = head_find_slice(&c->now->head, h->column[i]);
		if (c->target[i] < 0 && !is_among(h->column[i], known, n))
			sheet_unknown_column(c->sheet, i, known, n, e);
		else if (c->target[i] < 0)
			c->target[i] = make_column(c, h->column[i]);
	}
	make_own(c);
	free(known);
	return e->status == CRM_OK;
}

#define LAST_NUMBER INT64_C(999999999999999999)

/* The number of a made id: C and digits; 0 of any other. */
static int64_t
made_number(struct slice id)
{
	int64_t number;

	if (id.len < 2 || id.at[0] != 'C' ||
	    num_int((struct slice){ id.at + 1, id.len - 1 }, 1, LAST_NUMBER,
		&number) != NULL)
		return 0;
	return number;
}

static void
find_last_among(struct change *c, const struct map *ids)
{
	for (uint32_t i = 0; i < ids->len; i++) {
		int64_t n = made_number(map_key(ids, i));

		c->last = n > c->last ? n : c->last;
	}
}

static void
find_last(struct change *c, int id)
{
	find_last_among(c, &c->now->ids);
	find_last_among(c, &c->aliases->old);
	find_last_among(c, &c->aliases->now);
	for (size_t i = 0; i < c->sheet->rows.n && id >= 0; i++) {
		int64_t n = made_number(rows_field(&c->sheet->rows, i, id));

		c->last = n > c->last ? n : c->last;
	}
}

/* Words about where something is already, into `to`. */
static const char *
already(char to[static 2 * NEAR_MAX + 64], uint64_t line, struct slice of)
{
	if (line == 0)
		snprintf(to, 2 * NEAR_MAX + 64, "%s", _("given twice"));
	else if (of.len == 0)
		snprintf(to, 2 * NEAR_MAX + 64, _("already in line %ju"),
		    (uintmax_t)line);
	else
		snprintf(to, 2 * NEAR_MAX + 64,
		    _("already in line %ju, of %.*s"), (uintmax_t)line,
		    (int)of.len, of.at);
	return to;
}

/* Tell where the row of this id would be hidden. */
static bool
is_merged(struct change *c, size_t i, struct slice id, struct err *to)
{
	struct slice now = aliases_of(c->aliases, id);
	char words[2 * NEAR_MAX + 64];

	if (slice_eq(now, id))
		return false;
	snprintf(words, sizeof words, _("was merged into %.*s"),
	    (int)now.len, now.at);
	sheet_bad(c->sheet, i, "id", words, id, to);
	return true;
}

/* An id to be added: not there yet. */
static bool
check_new(struct change *c, size_t i, struct slice id, struct err *e)
{
	uint32_t there = customers_find(c->now, id), n;
	char words[2 * NEAR_MAX + 64];
	uint64_t line;

	if (there == MAP_NONE && is_merged(c, i, id, e))
		return false;
	if (there == MAP_NONE && map_find(&c->seen, id) == MAP_NONE) {
		n = map_add(&c->seen, id);
		c->row[n] = (uint32_t)i;
		return true;
	}
	line = there != MAP_NONE ? rows_number(&c->now->lines, there) :
	    rows_number(&c->sheet->rows, c->row[map_find(&c->seen, id)]);
	return sheet_bad(c->sheet, i, "id",
	    already(words, line, SLICE_EMPTY), id, e);
}

/* An id to be changed: there, and once only. */
static bool
check_old(struct change *c, size_t i, struct slice id, struct err *e)
{
	char words[2 * NEAR_MAX + 64];

	c->row[i] = customers_find(c->now, id);
	if (c->row[i] == MAP_NONE)
		return sheet_unknown(c->sheet, i, "id", id,
		    customers_near(c->now, id), e);
	if (map_find(&c->seen, id) == MAP_NONE) {
		map_add(&c->seen, id);
		is_merged(c, i, id, &c->notes);
		return true;
	}
	return sheet_bad(c->sheet, i, "id",
	    already(words, 0, SLICE_EMPTY), id, e);
}

static bool
check_ids(struct change *c, int id, struct err *e)
{
	const struct rows *rows = &c->sheet->rows;

	c->row = mem_zero(rows->n, sizeof *c->row);
	for (size_t i = 0; i < rows->n && !err_full(e); i++) {
		struct slice field = rows_field(rows, i, id);

		if (c->update)
			check_old(c, i, field, e);
		else if (field.len > 0)
			check_new(c, i, field, e);
	}
	return e->status == CRM_OK;
}

/* A letter beyond Latin, Greek apart: looks like one of ours? */
static bool
looks_alike(struct slice mail)
{
	bool ascii = false, other = false;
	uint32_t code;

	for (size_t n; mail.len > 0; mail.at += n, mail.len -= n) {
		n = text_char(mail, &code);
		if (n == 0)
			return false;
		if (code == '.' || code == '@')
			ascii = other = false;
		ascii |= code < 0x80 && text_lower((char)code) >= 'a' &&
		    text_lower((char)code) <= 'z';
		other |= code >= 0x370;
		if (ascii && other)
			return true;
	}
	return false;
}

/* Who has the addresses that the sheet gives. */
struct mails {
	struct map map; /* address in lower case -> */
	uint32_t *of;   /* row of the sheet, or MAP_NONE: told of */
	size_t cap;
	struct buf room;
};

static bool
add_mails(struct change *c, struct mails *m, size_t i, int col,
    struct err *e)
{
	struct slice rest = rows_field(&c->sheet->rows, i, col), one;
	char words[2 * NEAR_MAX + 64];

	while (customer_part(&rest, &one)) {
		struct slice key = customer_folded(one, &m->room);
		uint32_t at = map_find(&m->map, key);

		if (looks_alike(one))
			sheet_bad(c->sheet, i, "email",
			    _("letters of several alphabets"), one,
			    &c->notes);
		if (at != MAP_NONE && m->of[at] != i && !c->force)
			sheet_bad(c->sheet, i, "email", already(words,
			    rows_number(&c->sheet->rows, m->of[at]),
			    SLICE_EMPTY), one, e);
		if (at != MAP_NONE)
			continue;
		at = map_add(&m->map, key);
		m->of = mem_grow(m->of, &m->cap, at + (size_t)1,
		    sizeof *m->of);
		m->of[at] = (uint32_t)i;
	}
	return e->status == CRM_OK;
}

/* May customer r of the table share an address with row i of the sheet?
 * He may if he is the same, changes his own, or was merged. */
static bool
may_share(const struct change *c, uint32_t r, size_t i)
{
	struct slice a, b;

	if (!c->update)
		return false;
	a = aliases_of(c->aliases, map_key(&c->now->ids, r));
	b = aliases_of(c->aliases, map_key(&c->now->ids, c->row[i]));
	return slice_eq(a, b) || map_find(&c->seen,
	    map_key(&c->now->ids, r)) != MAP_NONE;
}

static void
compare_mails(struct change *c, struct mails *m, uint32_t r, int col,
    struct err *e)
{
	struct slice rest = customers_field(c->now, r, col), one;
	char words[2 * NEAR_MAX + 64];

	while (customer_part(&rest, &one)) {
		uint32_t at = map_find(&m->map,
		    customer_folded(one, &m->room));

		if (at == MAP_NONE || m->of[at] == MAP_NONE ||
		    may_share(c, r, m->of[at]))
			continue;
		sheet_bad(c->sheet, m->of[at], "email", already(words,
		    rows_number(&c->now->lines, r),
		    map_key(&c->now->ids, r)), one, e);
		m->of[at] = MAP_NONE; /* the first is enough */
	}
}

static bool
check_mails(struct change *c, struct err *e)
{
	int theirs = head_find(&c->sheet->head, "email");
	int ours = head_find(&c->now->head, "email");
	struct mails m = { 0 };

	if (theirs < 0)
		return true;
	for (size_t i = 0; i < c->sheet->rows.n && !err_full(e); i++)
		add_mails(c, &m, i, theirs, e);
	if (!c->force && ours >= 0 && m.map.len > 0)
		for (uint32_t r = 0; r < c->now->rows && !err_full(e); r++)
			compare_mails(c, &m, r, ours, e);
	map_free(&m.map);
	free(m.of);
	buf_free(&m.room);
	return e->status == CRM_OK;
}

/* The row that is being written. */
struct writing {
	struct slice *field; /* by column of the new table */
	char id[32];
	int id_at, created_at;
	struct err *err;
};

static void
write_fields(struct change *c, const struct writing *w)
{
	size_t from = c->bytes.len;

	for (size_t k = 0; k < c->cols; k++) {
		if (k > 0)
			buf_byte(&c->bytes, '\t');
		buf_slice(&c->bytes, w->field[k]);
	}
	buf_byte(&c->bytes, '\n');
	if (c->bytes.len - from > INPUT_ROW)
		err_set(w->err, CRM_DATA, "id: %s: \"%.*s\"",
		    _("the row is longer than 1 MiB"),
		    (int)w->field[w->id_at].len, w->field[w->id_at].at);
}

/* One behind the highest number: nobody has it. */
static void
make_id(struct change *c, struct writing *w, size_t i)
{
	bool left = c->last < LAST_NUMBER;

	c->last += left;
	snprintf(w->id, sizeof w->id, "C%" PRId64, c->last);
	w->field[w->id_at] = slice_of(w->id);
	if (!left)
		sheet_bad(c->sheet, i, "id", _("no number is left behind"),
		    slice_of(w->id), w->err);
}

/*
 * Write one row of the table as it will be: row r of the table (MAP_NONE
 * for a new one), over it row i of the sheet (SIZE_MAX for none).
 */
static void
write_row(struct change *c, struct writing *w, uint32_t r, size_t i)
{
	for (size_t k = 0; k < c->cols; k++)
		w->field[k] = r != MAP_NONE && k < c->now->head.cols ?
		    customers_field(c->now, r, (int)k) :
		    SLICE_EMPTY;
	for (size_t k = 0; i != SIZE_MAX && k < c->sheet->head.cols; k++)
		w->field[c->target[k]] =
		    rows_field(&c->sheet->rows, i, (int)k);
	if (r == MAP_NONE && w->field[w->id_at].len == 0)
		make_id(c, w, i);
	if (r == MAP_NONE && w->created_at >= 0 &&
	    w->field[w->created_at].len == 0)
		w->field[w->created_at] = slice_of(c->created);
	write_fields(c, w);
}

/* The rows that are there already, changed where they are to be. */
static void
write_old(struct change *c, struct writing *w)
{
	size_t *by = mem_zero(c->now->rows, sizeof *by);

	for (size_t i = 0; c->update && i < c->sheet->rows.n; i++)
		by[c->row[i]] = i + 1;
	buf_slice(&c->bytes, buf_all(&c->header));
	buf_byte(&c->bytes, '\n');
	for (uint32_t r = 0; r < c->now->rows; r++)
		write_row(c, w, r, by[r] - 1);
	free(by);
}

static bool
write_all(struct change *c, struct err *e)
{
	struct writing w = { .err = e,
		.id_at = head_find(&c->now->head, "id"),
		.created_at = head_find(&c->now->head, "created") };

	if (w.created_at < 0) {
		int at = head_find(&c->sheet->head, "created");

		w.created_at = at < 0 ? -1 : c->target[at];
	}
	w.field = mem_zero(c->cols, sizeof *w.field);
	if (c->whole)
		write_old(c, &w);
	for (size_t i = 0; !c->update && i < c->sheet->rows.n &&
	    e->status == CRM_OK; i++) {
		write_row(c, &w, MAP_NONE, i);
		buf_slice(&c->ids, w.field[w.id_at]);
		buf_byte(&c->ids, '\n');
	}
	free(w.field);
	return e->status == CRM_OK;
}

bool
change_column(struct change *c, const char *name, struct err *e)
{
	struct head h;
	struct err why = { 0 };
	bool good = head_parse(&h, slice_of(name), "-", &why) &&
	    h.cols == 1 && strchr(name, '=') == NULL;

	head_free(&h);
	if (!good)
		return err_set(e, CRM_USAGE, _("not a column name: \"%s\""),
		    name);
	c->own = mem_grow(c->own, &c->own_cap, c->owns + 1, sizeof *c->own);
	c->own[c->owns++] = slice_of(name);
	return true;
}

bool
change_make(struct change *c, struct err *e)
{
	int id = head_find(&c->sheet->head, "id");

	c->whole = c->update;
	if (!find_columns(c, e))
		return false;
	if (c->update && id < 0)
		return err_set(e, CRM_DATA, _("%s:1: missing column: \"id\""),
		    c->sheet->name);
	if ((!check_ids(c, id, e) && c->update) || !check_mails(c, e))
		return false;
	find_last(c, id);
	return write_all(c, e);
}

void
change_free(struct change *c)
{
	buf_free(&c->bytes);
	buf_free(&c->header);
	buf_free(&c->ids);
	map_free(&c->seen);
	free(c->own);
	free(c->target);
	free(c->row);
}
