#include "cli/agenda.h"

#include "base/buf.h"

enum { AHEAD = 16 }; /* rows whose customers are fetched */

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
	const uint32_t *who; /* of each row, or NULL; as in crowd.h */
	int id, owner, birthday, tags, created;
	struct buf file; /* their name, for messages */
	struct err e;
};

static struct columns
columns_of(struct cli *c)
{
	const struct head *h = &cli_customers(c)->head;
	struct columns k = { &c->customers, NULL, head_find(h, "id"),
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

/* Of a field that is fit: --02-29 has no year, which leaps. */
static struct due_birthday
birthday(struct slice field)
{
	char text[sizeof "2000-02-29"] = "2000";
	bool bare = field.len > 0 && field.at[0] == '-';
	struct date d;
	int32_t day;

	if (bare) {
		memcpy(text + 4, field.at + 1, field.len - 1);
		field = slice_of(text);
	}
	if (!date_parse(field, &day))
		return (struct due_birthday){ 0, 0, 0 };
	d = date_of(day);
	return (struct due_birthday){ bare ? 0 : (int16_t)d.year,
		(int8_t)d.month, (int8_t)d.day };
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

/* Row r is that of this id. */
static struct due_person *
of_row(struct agenda *a, const struct columns *k, uint32_t r, struct slice id)
{
	return k->who != NULL && k->who[r] != MAP_NONE
	    ? due_person_at(&a->people, k->who[r])
	    : due_person(&a->people, id);
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
	p = !slice_eq(account, id) ? add_member(a, id, account) :
	    id.at == own.at ? of_row(a, k, r, id) :
	    due_person(&a->people, id);
	p->quiet |= customer_let_go(customers_field(k->all, r, k->tags));
	if (!slice_eq(own, id))
		return;
	p->owner = due_owner(&a->people,
	    customers_field(k->all, r, k->owner));
	p->birthday = birthday(fit(k, r, k->birthday));
	day = fit(k, r, k->created);
	if (day.len > 0)
		date_parse(day, &p->created);
}

static void
add_customers(struct agenda *a, struct cli *c, const uint32_t *who)
{
	struct columns k = columns_of(c);

	k.who = who;
	for (uint32_t r = 0; r < k.all->rows; r++) {
		if (r + AHEAD < k.all->rows && who[r + AHEAD] != MAP_NONE)
			__builtin_prefetch(
			    &a->people.person[who[r + AHEAD]]);
		add_row(a, c, &k, r);
	}
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
agenda_gather(struct agenda *a, struct cli *c,
    const struct agenda_source *from)
{
	*a = (struct agenda){ 0 };
	due_people_begin(&a->people, from->people);
	add_crowd(a, c, from);
	add_customers(a, c, from->crowd->row_who);
	narrow(a, c);
}

void
agenda_make(struct agenda *a, struct due *due, const struct due_terms *terms)
{
	due_make(&a->list, due, &a->people, terms);
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
