#include "cli/persona.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/num.h"
#include "base/text.h"
#include "cli/grouping.h"
#include "measure/profile.h"

/* A column of the set, or of the customers of the store. */
struct column {
	struct slice name;
	int own;   /* of the set, or -1 */
	int store; /* of the store, or -1 */
};

struct job {
	const struct persona *p;
	struct cli *c;
	const struct customers *store;
	struct column *column; /* those of the set, then of the store */
	size_t columns;
	struct group group; /* the names of the keys ... */
	const struct column *key[GROUP_KEYS]; /* ... and what they are */
	uint32_t *row; /* of the set: who counts */
	size_t rows;
	struct profile *base; /* of all customers of the store, by column ... */
	size_t livings;       /* ... and how many they are */
	struct slice *field;  /* room for those of one column */
};

/* --- who counts ------------------------------------------------------- */

/* Merged customers are one.  Of the store that is the row they were merged
 * into, ... */
static size_t
living(const struct job *v, uint32_t *row)
{
	size_t n = 0;

	for (uint32_t r = 0; r < v->store->rows; r++) {
		struct slice id = map_key(&v->store->ids, r);

		if (slice_eq(aliases_of(&v->c->aliases, id), id))
			row[n++] = r;
	}
	return n;
}

/* ... of a list the first. */
static size_t
listed(const struct job *v, uint32_t *row)
{
	const struct map *ids = &v->p->set->ids;
	struct map seen = { 0 };
	uint32_t n;

	for (uint32_t r = 0; r < ids->len; r++) {
		n = seen.len;
		map_add(&seen, aliases_of(&v->c->aliases, map_key(ids, r)));
		if (seen.len > n)
			row[n] = r;
	}
	n = seen.len;
	map_free(&seen);
	return n;
}

static void
find_rows(struct job *v)
{
	cli_aliases(v->c);
	v->row = mem_zero(v->p->set->rows, sizeof *v->row);
	v->rows = (v->p->all ? living : listed)(v, v->row);
}

/* --- columns ---------------------------------------------------------- */

static void
collect_columns(struct job *v)
{
	const struct head *own = &v->p->set->head, *store = &v->store->head;

	v->column = mem_zero(own->cols + store->cols, sizeof *v->column);
	for (size_t i = 0; i < own->cols; i++)
		v->column[v->columns++] = (struct column){ own->column[i],
			(int)i, head_find_slice(store, own->column[i]) };
	for (size_t i = 0; i < store->cols; i++)
		if (head_find_slice(own, store->column[i]) < 0)
			v->column[v->columns++] = (struct column){
				store->column[i], -1, (int)i };
}

static const struct column *
column_of(const struct job *v, struct slice name)
{
	struct slice *names;
	char told[NEAR_TOLD];

	for (size_t i = 0; i < v->columns; i++)
		if (slice_eq(v->column[i].name, name))
			return &v->column[i];
	names = mem_zero(v->columns, sizeof *names);
	for (size_t i = 0; i < v->columns; i++)
		names[i] = v->column[i].name;
	cli_usage(v->c, _("unknown column: %s"),
	    near_told(told, name, near_word(name, names, v->columns)));
}

static void
parse_keys(struct job *v)
{
	struct slice rest, key;

	if (v->c->by == NULL)
		return;
	rest = slice_of(v->c->by);
	while (text_part(&rest, ',', &key)) {
		if (v->group.n == GROUP_KEYS)
			cli_usage(v->c, _("more than %d keys to group by"),
			    GROUP_KEYS);
		v->key[v->group.n] = column_of(v, key);
		v->group.key[v->group.n++].name = key;
	}
}

/* The field of customer number `row` of the set. */
static struct slice
field_of(const struct job *v, const struct column *col, uint32_t row)
{
	uint32_t at;

	if (col->own >= 0)
		return customers_field(v->p->set, row, col->own);
	at = customers_find(v->store, aliases_of(&v->c->aliases,
	    map_key(&v->p->set->ids, row)));
	return at == MAP_NONE ? SLICE_EMPTY :
	    customers_field(v->store, at, col->store);
}

/* --- rows of the answer ------------------------------------------------- */

static void
begin(const struct job *v)
{
	static const struct show_column fixed[] = {
		{ "column", SHOW_TEXT, N_("column") },
		{ "value", SHOW_TEXT, N_("value") },
		{ "n", SHOW_NUMBER, N_("customers") },
		{ "share", SHOW_NUMBER, N_("share %") },
		{ "base", SHOW_NUMBER, N_("of all %") },
		{ "low", SHOW_NUMBER, N_("quarter below") },
		{ "median", SHOW_NUMBER, N_("median") },
		{ "high", SHOW_NUMBER, N_("quarter above") },
	};

	grouping_begin(&v->c->out, &v->group, fixed, LEN(fixed));
}

/* A number with as many decimals as it has. */
static void
show_plain(struct show *out, int64_t v)
{
	int places = 4;

	for (; places > 0 && v % 10 == 0; places--)
		v /= 10;
	show_fixed(out, v, places);
}

static void
quartile(struct show *out, const struct profile *p, int64_t v)
{
	char day[DATE_TEXT];

	if (p->shape < PROFILE_NUMBERS || p->known == 0)
		show_empty(out);
	else if (p->shape == PROFILE_DAYS)
		show_text(out, date_text(day, (int32_t)v));
	else if (p->shape == PROFILE_NUMBERS)
		show_plain(out, v);
	else
		show_int(out, v);
}

/* What begins every row: the group, the column. */
static void
begin_row(const struct job *v, struct slice key, struct slice column)
{
	grouping_key(&v->c->out, &v->group, key);
	show_field(&v->c->out, column);
}

/* How many are known, and the quartiles. */
static void
write_known(const struct job *v, const struct profile *p,
    const struct profile *base, size_t n)
{
	struct show *out = &v->c->out;

	show_empty(out);
	show_int(out, p->known);
	grouping_part(out, p->known, (int64_t)n);
	grouping_part(out, base == NULL ? 0 : base->known,
	    base == NULL ? 0 : (int64_t)v->livings);
	quartile(out, p, p->low);
	quartile(out, p, p->median);
	quartile(out, p, p->high);
	show_row(out);
}

static void
write_value(const struct job *v, const struct profile_value *one,
    const struct profile *base, size_t n)
{
	struct show *out = &v->c->out;

	show_field(out, one->name);
	show_int(out, one->n);
	grouping_part(out, one->n, (int64_t)n);
	grouping_part(out, base == NULL ? 0 : profile_count(base, one->name),
	    base == NULL ? 0 : (int64_t)v->livings);
	for (int i = 0; i < 3; i++)
		show_empty(out);
	show_row(out);
}

/* One column of the customers row[0..n) of the set; nothing where nothing
 * is known. */
static void
write_column(const struct job *v, size_t col, struct slice key,
    const uint32_t *row, size_t n)
{
	const struct column *one = &v->column[col];
	const struct profile *base =
	    v->p->all || one->store < 0 ? NULL : &v->base[col];
	struct profile p;

	for (size_t i = 0; i < n; i++)
		v->field[i] = field_of(v, one, row[i]);
	profile_column(&p, one->name, v->field, n, v->c->today);
	if (p.known > 0) {
		begin_row(v, key, one->name);
		write_known(v, &p, base, n);
	}
	for (size_t i = 0; i < p.values && i < v->p->top; i++) {
		begin_row(v, key, one->name);
		write_value(v, &p.value[i], base, n);
	}
	profile_free(&p);
}

/* --- groups ------------------------------------------------------------- */

static struct slice
key_of(const struct job *v, uint32_t row, struct buf *room)
{
	buf_clear(room);
	for (size_t i = 0; i < v->group.n; i++) {
		if (i > 0)
			buf_byte(room, '\t');
		buf_slice(room, field_of(v, v->key[i], row));
	}
	return buf_all(room);
}

/* Which group each customer is in: group[i], and first[g + 1] customers
 * up to that group. */
static size_t *
assign(const struct job *v, struct map *keys, uint32_t *group)
{
	struct buf room = { 0 };
	size_t *first;

	for (size_t i = 0; i < v->rows; i++)
		group[i] = map_add(keys, key_of(v, v->row[i], &room));
	first = mem_zero((size_t)keys->len + 1, sizeof *first);
	for (size_t i = 0; i < v->rows; i++)
		first[group[i] + 1]++;
	for (uint32_t g = 0; g < keys->len; g++)
		first[g + 1] += first[g];
	buf_free(&room);
	return first;
}

/* The profiles of the groups, in byte order of their keys. */
static void
write_groups(const struct job *v)
{
	uint32_t *group = mem_zero(v->rows, sizeof *group);
	uint32_t *row = mem_zero(v->rows, sizeof *row), *order;
	struct map keys = { 0 };
	size_t *first, *next;

	first = assign(v, &keys, group);
	next = mem_zero(keys.len, sizeof *next);
	for (size_t i = 0; i < v->rows; i++)
		row[first[group[i]] + next[group[i]]++] = v->row[i];
	order = map_sorted(&keys);
	for (uint32_t i = 0; i < keys.len; i++)
		for (size_t col = 0; col < v->columns; col++)
			write_column(v, col, map_key(&keys, order[i]),
			    row + first[order[i]], next[order[i]]);
	free(order);
	free(next);
	free(first);
	free(row);
	free(group);
	map_free(&keys);
}

/* What the customers of the store are like, for comparison. */
static void
profile_all(struct job *v)
{
	uint32_t *row = mem_zero(v->store->rows, sizeof *row);
	struct slice *field = mem_zero(v->store->rows, sizeof *field);

	v->livings = living(v, row);
	for (size_t i = 0; i < v->columns; i++) {
		for (size_t k = 0; k < v->livings; k++)
			field[k] = customers_field(v->store, row[k],
			    v->column[i].store);
		profile_column(&v->base[i], v->column[i].name, field,
		    v->livings, v->c->today);
	}
	free(field);
	free(row);
}

void
persona_write(const struct persona *p, struct cli *c)
{
	struct job v = { .p = p, .c = c, .store = cli_customers(c) };

	collect_columns(&v);
	parse_keys(&v);
	find_rows(&v);
	v.base = mem_zero(v.columns, sizeof *v.base);
	if (!p->all)
		profile_all(&v);
	v.field = mem_zero(p->set->rows, sizeof *v.field);
	begin(&v);
	write_groups(&v);
	show_end(&c->out);
	for (size_t i = 0; i < v.columns; i++)
		profile_free(&v.base[i]);
	free(v.base);
	free(v.row);
	free(v.field);
	free(v.column);
}
