#include "cli/agenda.h"

#include "base/buf.h"

enum {
	SOME = 64,  /* rows whose people are looked up together */
	AHEAD = 16, /* people whose rows are fetched */
};

/* --- rows of the customers ----------------------------------------------- */

/* Columns of the customers, by number. */
struct columns {
	const struct customers *all;
	int birthday, tags, created;
	struct buf file; /* their name, for messages */
	struct err e;
};

static struct columns
columns_of(struct cli *c)
{
	const struct head *h = &cli_customers(c)->head;
	struct columns k = { &c->customers, head_find(h, "birthday"),
		head_find(h, "tags"), head_find(h, "created"), { 0 }, { 0 } };

	buf_fmt(&k.file, "%s/customers.tsv", c->store.dir);
	return k;
}

static void
columns_end(struct columns *k)
{
	if (k->e.status != CRM_OK)
		die_err(&k->e);
	buf_free(&k->file);
}

/* A field that is not fit for its column. */
static void
complain(struct columns *k, uint32_t r, int col, struct slice field)
{
	struct slice column = k->all->head.column[col];
	uintmax_t line = rows_number(&k->all->lines, r);
	char shown[ERR_SHOWN];

	err_row(&k->e, line, "%s:%ju: %.*s: %s: \"%s\"", buf_text(&k->file),
	    line, (int)column.len, column.at, customer_fit(column, field),
	    err_shown(shown, field));
}

/* --02-29 has no year, which leaps. */
static struct due_birthday
parse_birthday(struct columns *k, uint32_t r, struct slice field)
{
	char text[] = "2000-02-29";
	bool bare = field.len == 7 && memcmp(field.at, "--", 2) == 0;
	struct date d;
	int32_t day;

	if (bare)
		memcpy(text + 4, field.at + 1, field.len - 1);
	if (!date_parse(bare ? slice_of(text) : field, &day)) {
		complain(k, r, k->birthday, field);
		return (struct due_birthday){ 0, 0, 0 };
	}
	d = date_of(day);
	return (struct due_birthday){ bare ? 0 : (int16_t)d.year,
		(int8_t)d.month, (int8_t)d.day };
}

static void
take_dates(struct due_dates *to, struct columns *k, uint32_t r)
{
	struct slice birthday = customers_field(k->all, r, k->birthday);
	struct slice created = customers_field(k->all, r, k->created);
	int32_t day;

	if (birthday.len > 0)
		to->birthday = parse_birthday(k, r, birthday);
	if (created.len > 0 && date_parse(created, &day))
		to->created = (uint32_t)(day - DATE_FIRST + 1);
	else if (created.len > 0)
		complain(k, r, k->created, created);
}

/* With -a a person of an account, which is what the others do something
 * for. */
static uint32_t
add_member(struct agenda *a, struct slice id, struct slice account)
{
	struct due_people *p = &a->people;
	uint32_t i = due_person(p, id);

	due_person(p, account);
	if (!slice_eq(account, id))
		p->is[i] |= DUE_MEMBER;
	return i;
}

/* Members of accounts that are to be let alone, once all rows are known. */
static void
hush_members(struct agenda *a, const struct cli *c, const struct columns *k)
{
	struct due_people *p = &a->people;

	for (uint32_t r = 0; c->accounts && r < k->all->rows; r++) {
		struct slice id = aliases_of(&c->aliases,
		    map_key(&k->all->ids, r));
		struct slice account = customers_account(k->all, &c->aliases,
		    id);

		if (!slice_eq(account, id) &&
		    (p->is[due_person(p, account)] & DUE_QUIET) != 0)
			p->is[due_person(p, id)] |= DUE_HUSHED;
	}
}

/* Whom a row is of; those that were merged into another say of him only that
 * he is to be let alone.  `who` is the number of its id in the people. */
static void
add_row(struct agenda *a, const struct cli *c, struct columns *k,
    uint32_t r, uint32_t who)
{
	struct slice own = map_key(&k->all->ids, r);
	struct slice id = aliases_of(&c->aliases, own);
	uint32_t i = c->accounts
	    ? add_member(a, id, customers_account(k->all, &c->aliases, id))
	    : id.at == own.at ? due_person_of(&a->people, id, who)
	    : due_person(&a->people, id);

	if (customer_let_go(customers_field(k->all, r, k->tags)))
		a->people.is[i] |= DUE_QUIET;
	if (id.at != own.at)
		return;
	a->people.row[i] = r + 1;
	take_dates(&a->people.dates[i], k, r);
}

/* All rows, some at a time, as these are of people anywhere in memory: the
 * waits for them overlap. */
static void
add_all(struct agenda *a, const struct cli *c, struct columns *k,
    const struct map *people)
{
	uint32_t who[SOME];

	for (uint32_t r = 0, n; r < k->all->rows; r += n) {
		n = k->all->rows - r < SOME ? (uint32_t)k->all->rows - r : SOME;
		for (uint32_t i = 0; i < n; i++) {
			who[i] = map_find(people, map_key(&k->all->ids, r + i));
			if (who[i] == MAP_NONE)
				continue;
			__builtin_prefetch(&a->people.is[who[i]]);
			__builtin_prefetch(&a->people.row[who[i]]);
		}
		for (uint32_t i = 0; i < n; i++)
			add_row(a, c, k, r + i, who[i]);
	}
}

/* --- what is known of each ---------------------------------------------- */

/* What the run has of number i of its people. */
static void
take_events(struct due_person *p, const struct agenda_source *from,
    uint32_t i)
{
	const struct segment_class *of = &from->classes->of[i];
	struct stat_met met;

	stat_met(from->ever, i, &met);
	p->first_order = met.first_order;
	p->last_order = met.last_order;
	p->last_contact = met.last_contact;
	if (of->abc == 0)
		return;
	p->abc = of->abc;
	p->sleeping = of->stage == SEGMENT_SLEEPING;
}

static const struct due_person unknown = { .abc = 'C',
	.last_contact = STAT_NEVER, .first_order = DATE_NONE,
	.last_order = DATE_NONE };

/* The owner of number i is asked for soon, unless only the first rows are
 * kept. */
MEM_FETCH
fetch_owner(const struct agenda *a, const struct rows *rows, size_t i)
{
	if (a->terms->first == 0 && i < a->people.n && a->people.row[i] > 0)
		rows_fetch(rows, a->people.row[i] - 1);
}

static void
care_for_all(struct agenda *a, const struct agenda_source *from,
    const struct rows *rows)
{
	for (uint32_t i = 0; i < a->people.n; i++) {
		struct due_person p = unknown;

		fetch_owner(a, rows, i + AHEAD);
		if ((a->people.is[i] & DUE_HERE) == 0)
			continue;
		p.number = i;
		if (i < from->classes->n)
			take_events(&p, from, i);
		due_care(&a->list, &a->people, &p, a->terms);
	}
}

/* Customers by their events; who has left is let alone. */
static void
add_people(struct agenda *a, const struct classes *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->of[i].abc != 0)
			a->people.is[i] = all->of[i].stage == SEGMENT_LEFT
			    ? DUE_HERE | DUE_QUIET : DUE_HERE;
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
			a->people.is[i] |= DUE_QUIET;
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
	if (c->period != NULL && terms.from == DATE_NONE)
		terms.from = DATE_FIRST;
	return terms;
}

void
agenda_gather(struct agenda *a, struct cli *c,
    const struct agenda_source *from)
{
	struct columns k = columns_of(c);

	*a = (struct agenda){ .terms = from->terms };
	due_people_begin(&a->people, from->people, k.all);
	add_people(a, from->classes);
	add_all(a, c, &k, from->people);
	hush_members(a, c, &k);
	narrow(a, c);
	columns_end(&k);
	care_for_all(a, from, &k.all->lines);
}

void
agenda_make(struct agenda *a, struct due *due)
{
	due_make(&a->list, due, &a->people, a->terms);
}

/* His rows: that of the id, and those that were merged into it. */
static void
add_rows(struct agenda *a, const struct cli *c, struct columns *k,
    const struct agenda_one *one)
{
	uint32_t own = customers_find(k->all, one->id);

	if (own != MAP_NONE)
		add_row(a, c, k, own, map_find(one->people, one->id));
	for (uint32_t r = 0; c->aliases.old.len > 0 && r < k->all->rows; r++)
		if (r != own && slice_eq(aliases_of(&c->aliases,
		    map_key(&k->all->ids, r)), one->id))
			add_row(a, c, k, r, MAP_NONE);
}

void
agenda_make_one(struct agenda *a, struct cli *c,
    const struct agenda_one *one)
{
	struct columns k = columns_of(c);
	struct due_person p = unknown;

	cli_aliases(c);
	*a = (struct agenda){ .terms = one->terms };
	due_people_begin(&a->people, one->people, k.all);
	p.number = due_person(&a->people, one->id);
	p.abc = one->of->abc;
	p.sleeping = one->of->stage == SEGMENT_SLEEPING;
	if (one->of->stage == SEGMENT_LEFT)
		a->people.is[p.number] |= DUE_QUIET;
	p.first_order = one->ever->first_order;
	p.last_order = one->ever->last_order;
	p.last_contact = one->ever->last_contact;
	add_rows(a, c, &k, one);
	columns_end(&k);
	due_care(&a->list, &a->people, &p, a->terms);
	due_make(&a->list, one->due, &a->people, a->terms);
}

void
agenda_free(struct agenda *a)
{
	due_free(&a->list);
	due_people_free(&a->people);
}
