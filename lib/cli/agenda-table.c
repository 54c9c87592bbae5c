/* The tables of crm-due; part of agenda.h. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"
#include "cli/agenda.h"
#include "cli/grouping.h"
#include "show/pen.h"

enum { SOME = 64 }; /* rows whose customers are looked up together */

/* --- rows --------------------------------------------------------------- */

uint32_t
agenda_codes(const struct cli *c, const char *words)
{
	struct slice rest = slice_of(words), word, code[DUE_WHATS];
	struct buf told = { 0 };
	uint32_t bits = 0;

	for (int i = 0; i < DUE_WHATS; i++)
		code[i] = slice_of(due_rule[i].code);
	while (text_part(&rest, ',', &word)) {
		enum due_what what = due_of(word);

		if (what == DUE_WHATS)
			cli_usage(c, _("nothing that can be due: %s"),
			    near_choice(&told, word, code, DUE_WHATS));
		bits |= UINT32_C(1) << what;
	}
	return bits;
}

static bool
shown(const struct due_row *row, const struct agenda_choice *choice)
{
	return (choice->what >> row->what & 1) != 0 &&
	    (choice->by == NULL || slice_is(row->by, choice->by));
}

/* A field of row r, or none where he is unknown. */
static struct slice
of_customer(const struct cli *c, uint32_t r, int col)
{
	return r == MAP_NONE ? SLICE_EMPTY
			     : customers_field(&c->customers, r, col);
}

/* All that rows are written from. */
struct cells {
	const struct cli *c;
	const struct due_list *list;
	const struct agenda_choice *choice;
	int phone, email; /* columns */
	bool people;      /* for people, in their language */
};

static void
write_one(struct quick *q, const struct cells *k, const struct due_row *row,
    uint32_t r, struct buf *why)
{
	const struct customers *all = &k->c->customers;
	char *to = quick_day(q, quick_open(q), row->day);

	to = quick_field(q, to, row->by);
	to = quick_field(q, to, row->id);
	to = quick_field(q, to, customers_called(all, r));
	to = quick_field(q, to, slice_of(due_rule[row->what].code));
	to = quick_field(q, to, due_why(row, k->people, why));
	to = quick_field(q, to, row->ref);
	to = quick_field(q, to, of_customer(k->c, r, k->phone));
	to = quick_field(q, to, of_customer(k->c, r, k->email));
	quick_close(q, to);
}

/* Rows are by day, so their customers lie anywhere. */
static void
write_some(struct quick *q, const struct cells *k,
    const struct due_row *const *row, size_t n, struct buf *why)
{
	struct slice id[SOME] = { 0 };
	uint32_t r[SOME];

	for (size_t i = 0; i < n; i++)
		id[i] = row[i]->id;
	customers_find_many(&k->c->customers, id, n, r);
	for (size_t i = 0; i < n; i++)
		write_one(q, k, row[i], r[i], why);
}

static void
write_shown(struct quick *q, const void *cells, size_t from, size_t to)
{
	const struct cells *k = cells;
	const struct due_row *row = &k->list->row[from], *some[SOME];
	struct buf why = { 0 };
	size_t n = 0;

	for (; from < to; from++, row++) {
		if (!shown(row, k->choice))
			continue;
		some[n++] = row;
		if (n < SOME)
			continue;
		write_some(q, k, some, n, &why);
		n = 0;
	}
	write_some(q, k, some, n, &why);
	buf_free(&why);
}

static void
write_rows(const struct agenda *a, struct cli *c,
    const struct agenda_choice *choice)
{
	static const struct show_column column[] = {
		{ "day", SHOW_TEXT, N_("day") },
		{ "by", SHOW_TEXT, N_("by") },
		{ "id", SHOW_TEXT, NULL }, { "name", SHOW_TEXT, N_("name") },
		{ "what", SHOW_TEXT, N_("what") },
		{ "why", SHOW_TEXT, N_("why") },
		{ "ref", SHOW_TEXT, N_("ref") },
		{ "phone", SHOW_TEXT, N_("phone") },
		{ "email", SHOW_TEXT, N_("e-mail") },
	};
	const struct head *h = &c->customers.head;
	struct cells k = { c, &a->list, choice, head_find(h, "phone"),
		head_find(h, "email"), show_people(&c->out) };

	show_begin(&c->out, column, LEN(column));
	pen_rows(&c->out, a->list.n, write_shown, &k);
	show_end(&c->out);
}

/* --- groups ------------------------------------------------------------- */

enum { BY, ID, WHAT, OWN_KEYS };

struct sum {
	int64_t n, overdue;
	int32_t first;
};

/* A key is a stretch of time, a column of the rows or of the customers. */
static void
parse_key(struct group_key *key, const struct cli *c)
{
	static const char *const own[OWN_KEYS] = { "by", "id", "what" };
	const struct head *h = &c->customers.head;
	struct slice known[OWN_KEYS];
	char told[NEAR_TOLD];

	key->unit = period_unit_of(key->name);
	key->column = -1;
	for (key->handle = 0; key->handle < OWN_KEYS; key->handle++) {
		known[key->handle] = slice_of(own[key->handle]);
		if (slice_is(key->name, own[key->handle]))
			return;
	}
	key->column = head_find_slice(h, key->name);
	if (key->unit == PERIOD_UNITS && key->column < 0)
		cli_usage(c, _("unknown column: %s"), near_told(told,
		    key->name, near_word(key->name, known, OWN_KEYS)));
}

static struct group
parse_keys(const struct cli *c, const char *words)
{
	struct slice rest = slice_of(words), name;
	struct group g = { 0 };

	while (text_part(&rest, ',', &name)) {
		if (g.n == GROUP_KEYS)
			cli_usage(c, _("more than %d keys to group by"),
			    GROUP_KEYS);
		g.key[g.n].name = name;
		parse_key(&g.key[g.n++], c);
	}
	return g;
}

static struct slice
key_field(const struct cli *c, const struct group_key *key,
    const struct due_row *row, char text[static DATE_TEXT])
{
	if (key->unit != PERIOD_UNITS)
		return slice_of(period_text(text, row->day, key->unit));
	switch (key->handle) {
	case BY: return row->by;
	case ID: return row->id;
	case WHAT: return slice_of(due_rule[row->what].code);
	default: return of_customer(c,
		    customers_find(&c->customers, row->id), key->column);
	}
}

static struct slice
key_of(const struct cli *c, const struct group *g, const struct due_row *row,
    struct buf *room)
{
	char text[DATE_TEXT];

	buf_clear(room);
	for (size_t i = 0; i < g->n; i++) {
		if (i > 0)
			buf_byte(room, '\t');
		buf_slice(room, key_field(c, &g->key[i], row, text));
	}
	return buf_all(room);
}

/* Rows come by day: the first of a group is its first. */
static struct sum *
count(const struct agenda *a, const struct cli *c,
    const struct agenda_choice *choice, const struct group *g,
    struct map *keys)
{
	struct sum *sum = NULL;
	struct buf room = { 0 };
	size_t cap = 0;

	for (size_t i = 0; i < a->list.n; i++) {
		const struct due_row *row = &a->list.row[i];
		uint32_t had = keys->len, k;

		if (!shown(row, choice))
			continue;
		k = map_add(keys, key_of(c, g, row, &room));
		sum = mem_grow(sum, &cap, keys->len, sizeof *sum);
		if (k == had)
			sum[k] = (struct sum){ .first = row->day };
		sum[k].n++;
		sum[k].overdue += row->day < c->today;
	}
	buf_free(&room);
	return sum;
}

static void
write_groups(const struct agenda *a, struct cli *c,
    const struct agenda_choice *choice)
{
	static const struct show_column column[] = {
		{ "n", SHOW_NUMBER, N_("due") },
		{ "overdue", SHOW_NUMBER, N_("overdue") },
		{ "first", SHOW_TEXT, N_("earliest") },
	};
	struct group g = parse_keys(c, choice->keys);
	struct map keys = { 0 };
	struct sum *sum = count(a, c, choice, &g, &keys);
	uint32_t *sorted = map_sorted(&keys);

	grouping_begin(&c->out, &g, column, LEN(column));
	for (uint32_t i = 0; i < keys.len; i++) {
		grouping_key(&c->out, &g, map_key(&keys, sorted[i]));
		show_int(&c->out, sum[sorted[i]].n);
		show_int(&c->out, sum[sorted[i]].overdue);
		show_day(&c->out, sum[sorted[i]].first);
		show_row(&c->out);
	}
	show_end(&c->out);
	free(sorted);
	free(sum);
	map_free(&keys);
}

void
agenda_write(const struct agenda *a, struct cli *c,
    const struct agenda_choice *choice)
{
	cli_customers(c);
	(choice->keys != NULL ? write_groups : write_rows)(a, c, choice);
}
