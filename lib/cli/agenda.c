#include "cli/agenda.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/num.h"
#include "base/text.h"
#include "cli/grouping.h"

#define LEN(a) (sizeof(a) / sizeof *(a))

/* --- what is known of each ---------------------------------------------- */

static void
take_place(struct due_person *p, const struct segment_out *place)
{
	p->abc = place->abc;
	p->sleeping = place->stage == SEGMENT_SLEEPING;
	p->quiet = place->stage == SEGMENT_LEFT;
}

/* Class and stage are those among all customers. */
static void
add_crowd(struct agenda *a, struct cli *c, const struct agenda_source *from)
{
	const struct crowd *w = from->crowd;

	for (size_t i = 0; i < w->n; i++) {
		const struct segment_in *in = &w->in[i];
		uint32_t who = w->who[i];
		struct due_person *p = who != MAP_NONE
		    ? due_person_at(&a->people, who)
		    : due_person(&a->people, in->id);

		take_place(p, &from->out[i]);
		p->first_order = in->first_ever;
		p->last_order = in->last_ever;
		if (who != MAP_NONE)
			p->last_contact = cli_day(c,
			    stat_last_contact(from->ever, who));
	}
}

/* Columns of the customers, by number. */
struct columns {
	const struct customers *all;
	int id, owner, birthday, tags, created;
	struct buf file; /* their name, for messages */
	struct err e;
};

static struct columns
columns_of(struct cli *c)
{
	const struct head *h = &cli_customers(c)->head;
	struct columns k = { &c->customers, head_find(h, "id"),
		head_find(h, "owner"), head_find(h, "birthday"),
		head_find(h, "tags"), head_find(h, "created"), { 0 }, { 0 } };

	buf_fmt(&k.file, "%s/customers.tsv", c->store.dir);
	return k;
}

/* A field that is fit for its column; empty, with words, if it is not. */
static struct slice
fit(struct columns *k, uint32_t r, int col)
{
	struct slice field = customers_field(k->all, r, col);
	char shown[ERR_SHOWN];
	const char *bad;

	if (field.len == 0)
		return field;
	bad = customer_fit(k->all->head.column[col], field);
	if (bad == NULL)
		return field;
	err_row(&k->e, rows_number(&k->all->lines, r), "%s:%ju: %.*s: %s: "
	    "\"%s\"", buf_text(&k->file),
	    (uintmax_t)rows_number(&k->all->lines, r),
	    (int)k->all->head.column[col].len, k->all->head.column[col].at,
	    bad, err_shown(shown, field));
	return SLICE_EMPTY;
}

static struct date
birthday(struct slice field)
{
	struct buf year = { 0 };
	struct date d = { 0 };
	int32_t day;

	if (field.len == 0)
		return d;
	buf_str(&year, field.at[0] == '-' ? "2000" : "");
	buf_add(&year, field.at + (year.len > 0), field.len - (year.len > 0));
	if (date_parse(buf_all(&year), &day))
		d = date_of(day);
	if (field.at[0] == '-')
		d.year = 0;
	buf_free(&year);
	return d;
}

/* A person of an account, which is what the others do something for. */
static struct due_person *
add_member(struct agenda *a, struct slice id, struct slice account)
{
	bool quiet = due_person(&a->people, account)->quiet;
	struct due_person *p = due_person(&a->people, id);

	p->member = true;
	p->quiet |= quiet;
	return p;
}

/* What the row of a customer says; of those that were merged into another
 * only that they are to be let alone. */
static void
add_row(struct agenda *a, struct cli *c, struct columns *k, uint32_t r)
{
	struct slice own = customers_field(k->all, r, k->id);
	struct slice id = aliases_of(&c->aliases, own), account = id, day;
	struct due_person *p;

	if (c->accounts)
		account = customers_account(k->all, &c->aliases, id);
	p = slice_eq(account, id) ? due_person(&a->people, id) :
	    add_member(a, id, account);
	p->quiet |= customer_let_go(customers_field(k->all, r, k->tags));
	if (!slice_eq(own, id))
		return;
	p->owner = customers_field(k->all, r, k->owner);
	p->birthday = birthday(fit(k, r, k->birthday));
	day = fit(k, r, k->created);
	if (day.len > 0)
		date_parse(day, &p->created);
}

static void
add_customers(struct agenda *a, struct cli *c)
{
	struct columns k = columns_of(c);

	for (uint32_t r = 0; r < k.all->rows; r++)
		add_row(a, c, &k, r);
	if (k.e.status != CRM_OK)
		die_err(&k.e);
	buf_free(&k.file);
}

/* --- whom rows are of --------------------------------------------------- */

/* The ids of -c, and the accounts of those persons. */
static void
wanted(struct map *ids, struct cli *c)
{
	for (uint32_t i = 0; i < c->list.ids.len; i++) {
		struct slice id = aliases_of(&c->aliases,
		    map_key(&c->list.ids, i));

		map_add(ids, id);
		if (c->accounts)
			map_add(ids, customers_account(&c->customers,
			    &c->aliases, id));
	}
}

static void
narrow(struct agenda *a, struct cli *c)
{
	struct map ids = { 0 };

	if (c->only == NULL)
		return;
	wanted(&ids, c);
	for (uint32_t i = 0; i < a->people.n; i++)
		if (map_find(&ids, due_person_id(&a->people, i)) == MAP_NONE)
			a->people.person[i].quiet = true;
	map_free(&ids);
}

struct due_terms
agenda_terms(const struct cli *c, int32_t days)
{
	struct due_terms terms = { .settings = &c->settings,
		.today = c->today, .from = c->days.first, .to = c->days.last,
		.events = c->where != NULL };

	if (c->period == NULL)
		terms.to = c->today + days;
	else if (terms.to == DATE_NONE)
		terms.to = DATE_LAST;
	return terms;
}

void
agenda_make(struct agenda *a, struct cli *c, const struct agenda_source *from)
{
	*a = (struct agenda){ 0 };
	due_people_begin(&a->people, from->people);
	add_crowd(a, c, from);
	add_customers(a, c);
	narrow(a, c);
	due_make(&a->list, from->due, &a->people, from->terms);
}

/* His rows: that of the id, and those that were merged into it. */
static void
add_rows(struct agenda *a, struct cli *c, struct slice id)
{
	const struct aliases *aliases = cli_aliases(c);
	struct columns k = columns_of(c);
	uint32_t own = customers_find(k.all, id);

	if (own != MAP_NONE)
		add_row(a, c, &k, own);
	for (uint32_t r = 0; aliases->old.len > 0 && r < k.all->rows; r++)
		if (r != own && slice_eq(aliases_of(aliases,
		    customers_field(k.all, r, k.id)), id))
			add_row(a, c, &k, r);
	if (k.e.status != CRM_OK)
		die_err(&k.e);
	buf_free(&k.file);
}

void
agenda_make_one(struct agenda *a, struct cli *c,
    const struct agenda_one *one)
{
	struct due_person *p;

	*a = (struct agenda){ 0 };
	due_people_begin(&a->people, one->people);
	p = due_person(&a->people, one->id);
	take_place(p, one->place);
	p->first_order = one->ever->first_order;
	p->last_order = one->ever->last_order;
	p->last_contact = cli_day(c, one->ever->last_contact);
	add_rows(a, c, one->id);
	due_make(&a->list, one->due, &a->people, one->terms);
}

void
agenda_free(struct agenda *a)
{
	due_free(&a->list);
	due_people_free(&a->people);
}

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
	const struct customers *all = &c->customers;
	struct show *out = &c->out;
	int phone = head_find(&all->head, "phone");
	int email = head_find(&all->head, "email");
	bool people = out->format == SHOW_TABLE || out->format == SHOW_MD;
	struct buf room = { 0 };

	show_begin(&c->out, column, LEN(column));
	for (size_t i = 0; i < a->list.n; i++) {
		const struct due_row *row = &a->list.row[i];
		uint32_t r;

		if (!shown(row, choice))
			continue;
		r = customers_find(all, row->id);
		show_day(out, row->day);
		show_field(out, row->by);
		show_field(out, row->id);
		show_field(out, customers_name(all, row->id));
		show_text(out, due_rule[row->what].code);
		show_field(out, due_why(row, people, &room));
		show_field(out, row->ref);
		show_field(out, of_customer(c, r, phone));
		show_field(out, of_customer(c, r, email));
		show_row(out);
	}
	show_end(out);
	buf_free(&room);
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
