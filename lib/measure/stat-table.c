/* The columns of crm-stat, and reading its tables; part of stat.h. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/text.h"
#include "base/tr.h"
#include "measure/stat.h"

#define AT(member) offsetof(struct stat_row, member)

const struct stat_field stat_field[STAT_COLUMNS] = {
	{ "id", STAT_ID, 0, 0 },
	{ "first", STAT_TIME, AT(first), 0 },
	{ "last", STAT_TIME, AT(last), 0 },
	{ "events", STAT_COUNT, AT(events), 0 },
	{ "contacts", STAT_COUNT, AT(contacts), 0 },
	{ "minutes", STAT_MONEY, AT(minutes), 0 },
	{ "last_contact", STAT_TIME, AT(last_contact), 0 },
	{ "tone", STAT_SCORE, AT(tone), AT(tone_time) },
	{ "tone_time", STAT_TIME, AT(tone_time), 0 },
	{ "orders", STAT_COUNT, AT(orders), 0 },
	{ "order_days", STAT_COUNT, AT(order_days), 0 },
	{ "first_order", STAT_DAY, AT(first_order), 0 },
	{ "last_order", STAT_DAY, AT(last_order), 0 },
	{ "first_spend", STAT_MONEY, AT(first_spend), 0 },
	{ "revenue", STAT_MONEY, AT(revenue), 0 },
	{ "refunds", STAT_MONEY, AT(refunds), 0 },
	{ "cost", STAT_MONEY, AT(cost), 0 },
	{ "service_cost", STAT_MONEY, AT(service_cost), 0 },
	{ "cases", STAT_COUNT, AT(cases), 0 },
	{ "solved", STAT_COUNT, AT(solved), 0 },
	{ "nps", STAT_SCORE, AT(nps), AT(nps_time) },
	{ "nps_time", STAT_TIME, AT(nps_time), 0 },
	{ "csat", STAT_SCORE, AT(csat), AT(csat_time) },
	{ "csat_time", STAT_TIME, AT(csat_time), 0 },
	{ "state", STAT_STATE, AT(state), AT(state_time) },
	{ "state_time", STAT_TIME, AT(state_time), 0 },
};

/* A table of crm-stat being read. */
struct table {
	struct tsv *t;
	int column[STAT_COLUMNS], days;
	int32_t *day; /* the days of the row in hand */
	size_t n, cap;
};

static void *
member(struct stat_row *row, size_t at)
{
	return (char *)row + at;
}

static const char *
read_time(struct slice s, void *to)
{
	*(int64_t *)to = STAT_NEVER;
	return s.len == 0 || date_parse_time(s, to) ? NULL : _("not a time");
}

static const char *
read_count(struct slice s, void *to)
{
	return num_int(s, 0, UINT32_MAX, to);
}

static const char *
read_money(struct slice s, void *to)
{
	return num_dec(s, to);
}

static const char *
read_day(struct slice s, void *to)
{
	*(int32_t *)to = DATE_NONE;
	return s.len == 0 || date_parse(s, to) ? NULL : _("not a day");
}

static const char *
read_score(struct slice s, void *to)
{
	int64_t v = 0;
	const char *bad = s.len == 0 ? NULL : num_int(s, -2, 10, &v);

	*(int *)to = (int)v;
	return bad;
}

static const char *
read_state(struct slice s, void *to)
{
	uint8_t *state = to;

	*state = s.len == 0 ? KIND_NONE : (uint8_t)kind_of(s);
	return s.len == 0 || *state < KIND_OWN ? NULL : _("unknown");
}

/* Type the row in hand into *row; false after a word about what is wrong. */
static bool
read_row(struct table *g, struct stat_row *row)
{
	static const char *(*const reader[])(struct slice, void *) = {
		[STAT_TIME] = read_time,
		[STAT_COUNT] = read_count,
		[STAT_MONEY] = read_money,
		[STAT_DAY] = read_day,
		[STAT_SCORE] = read_score,
		[STAT_STATE] = read_state,
	};

	for (int i = 1; i < STAT_COLUMNS; i++) {
		const struct stat_field *f = &stat_field[i];
		const char *bad = reader[f->type](
		    tsv_field(g->t, g->column[i]), member(row, f->at));

		if (bad != NULL)
			return tsv_bad(g->t, g->column[i], bad);
	}
	return true;
}

/* What one column says must fit what the others say. */
static bool
row_fits(struct table *g, const struct stat_row *r)
{
	bool ordered = r->orders > 0;

	for (int i = 1; i < STAT_COLUMNS; i++) {
		const struct stat_field *f = &stat_field[i];
		const int64_t *count = (const void *)((const char *)r + f->at);

		if (f->type == STAT_COUNT && *count > r->events)
			return tsv_bad(g->t, g->column[i],
			    _("more than there are events"));
	}
	if (r->order_days > r->orders || (ordered && r->order_days == 0) ||
	    (g->days >= 0 && (int64_t)g->n != r->order_days))
		return tsv_bad(g->t, g->column[10],
		    _("does not fit the orders"));
	if (ordered != (r->first_order != DATE_NONE) ||
	    ordered != (r->last_order != DATE_NONE) ||
	    r->first_order > r->last_order)
		return tsv_bad(g->t, g->column[11],
		    _("does not fit the orders"));
	if (ordered && r->order_days > r->last_order - r->first_order + 1)
		return tsv_bad(g->t, g->column[10],
		    _("does not fit the orders"));
	return true;
}

static bool
read_days(struct table *g)
{
	struct slice rest = tsv_field(g->t, g->days), part;

	g->n = 0;
	while (rest.len > 0 && text_part(&rest, ' ', &part)) {
		g->day = mem_grow(g->day, &g->cap, g->n + 1, sizeof *g->day);
		if (!date_parse(part, &g->day[g->n++]))
			return tsv_bad(g->t, g->days, _("not a day"));
	}
	return true;
}

static bool
read_columns(struct table *g)
{
	struct tsv *t = g->t;

	for (int i = 0; i < STAT_COLUMNS; i++)
		if (!tsv_need(t, stat_field[i].name, &g->column[i]))
			return false;
	g->days = head_find(&t->head, STAT_DAYS);
	return true;
}

/* Type, check and add one row. */
static void
take(struct stat *s, struct table *g, struct map *people,
    const struct stat_choice *choice)
{
	struct slice id = tsv_field(g->t, g->column[0]), account;
	struct stat_row row = { 0 };

	if (!event_id_fits(id)) {
		tsv_bad(g->t, g->column[0], _("not an id"));
		return;
	}
	if (!read_row(g, &row) || !read_days(g) || !row_fits(g, &row))
		return;
	if (row.last != STAT_NEVER && row.last >= choice->until) {
		tsv_bad(g->t, g->column[2], _("after the as-of"));
		return;
	}
	id = aliases_of(choice->aliases, id);
	if (choice->accounts != NULL)
		account = customers_account(choice->accounts, choice->aliases,
		    id);
	else
		account = id;
	if (choice->only == NULL || map_find(choice->only, id) != MAP_NONE ||
	    map_find(choice->only, account) != MAP_NONE)
		stat_add_row(s, map_add(people, account), &row, g->day, g->n);
}

bool
stat_read(struct stat *s, struct tsv *t, struct map *people,
    const struct stat_choice *choice)
{
	struct table g = { .t = t };

	if (!read_columns(&g))
		return false;
	while (tsv_next(t))
		take(s, &g, people, choice);
	free(g.day);
	return tsv_ok(t);
}
