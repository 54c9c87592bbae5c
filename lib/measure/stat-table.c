/* The columns of crm-stat, and reading its tables; part of stat.h. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/text.h"
#include "base/tr.h"
#include "measure/stat.h"

#define AT(member) offsetof(struct stat_row, member)

const struct stat_field stat_field[STAT_COLUMNS] = {
	{ "id", STAT_ID, 0, 0, 0, 0 },
	{ "first", STAT_TIME, AT(first), 0, 0, 0 },
	{ "last", STAT_TIME, AT(last), 0, 0, 0 },
	{ "events", STAT_COUNT, AT(events), 0, 0, 0 },
	{ "contacts", STAT_COUNT, AT(contacts), 0, 0, 0 },
	{ "minutes", STAT_MONEY, AT(minutes), 0, 0, 0 },
	{ "last_contact", STAT_TIME, AT(last_contact), 0, 0, 0 },
	{ "tone", STAT_SCORE, AT(tone), AT(tone_time), -2, 2 },
	{ "tone_time", STAT_TIME, AT(tone_time), 0, 0, 0 },
	{ "orders", STAT_COUNT, AT(orders), 0, 0, 0 },
	{ "order_days", STAT_COUNT, AT(order_days), 0, 0, 0 },
	{ "first_order", STAT_DAY, AT(first_order), 0, 0, 0 },
	{ "last_order", STAT_DAY, AT(last_order), 0, 0, 0 },
	{ "first_spend", STAT_MONEY, AT(first_spend), 0, 0, 0 },
	{ "revenue", STAT_MONEY, AT(revenue), 0, 0, 0 },
	{ "refunds", STAT_MONEY, AT(refunds), 0, 0, 0 },
	{ "cost", STAT_MONEY, AT(cost), 0, 0, 0 },
	{ "service_cost", STAT_MONEY, AT(service_cost), 0, 0, 0 },
	{ "cases", STAT_COUNT, AT(cases), 0, 0, 0 },
	{ "solved", STAT_COUNT, AT(solved), 0, 0, 0 },
	{ "nps", STAT_SCORE, AT(nps), AT(nps_time), 0, 10 },
	{ "nps_time", STAT_TIME, AT(nps_time), 0, 0, 0 },
	{ "csat", STAT_SCORE, AT(csat), AT(csat_time), 1, 5 },
	{ "csat_time", STAT_TIME, AT(csat_time), 0, 0, 0 },
	{ "state", STAT_STATE, AT(state), AT(state_time), 0, 0 },
	{ "state_time", STAT_TIME, AT(state_time), 0, 0, 0 },
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
read_time(const struct stat_field *f, struct slice s, void *to)
{
	(void)f;
	*(int64_t *)to = STAT_NEVER;
	return s.len == 0 || date_parse_time(s, to) ? NULL : _("not a time");
}

static const char *
read_count(const struct stat_field *f, struct slice s, void *to)
{
	(void)f;
	return num_int(s, 0, UINT32_MAX, to);
}

static const char *
read_money(const struct stat_field *f, struct slice s, void *to)
{
	(void)f;
	return num_sum(s, to);
}

static const char *
read_day(const struct stat_field *f, struct slice s, void *to)
{
	(void)f;
	*(int32_t *)to = DATE_NONE;
	return s.len == 0 || date_parse(s, to) ? NULL : _("not a day");
}

static const char *
read_score(const struct stat_field *f, struct slice s, void *to)
{
	int64_t v = 0;
	const char *bad = s.len == 0 ? NULL
				     : num_int(s, f->least, f->most, &v);

	*(int *)to = (int)v;
	return bad;
}

static const char *
read_state(const struct stat_field *f, struct slice s, void *to)
{
	uint8_t *state = to;

	(void)f;
	*state = s.len == 0 ? KIND_NONE : (uint8_t)kind_of(s);
	return s.len == 0 || *state < KIND_OWN ? NULL : _("unknown");
}

/* Type the row in hand into *row; false after a word about what is wrong. */
static bool
read_row(struct table *g, struct stat_row *row)
{
	static const char *(*const reader[])(const struct stat_field *,
	    struct slice, void *) = {
		[STAT_TIME] = read_time,
		[STAT_COUNT] = read_count,
		[STAT_MONEY] = read_money,
		[STAT_DAY] = read_day,
		[STAT_SCORE] = read_score,
		[STAT_STATE] = read_state,
	};

	for (int i = 1; i < STAT_COLUMNS; i++) {
		const struct stat_field *f = &stat_field[i];
		const char *bad = reader[f->type](f,
		    tsv_field(g->t, g->column[i]), member(row, f->at));

		if (bad != NULL)
			return tsv_bad(g->t, g->column[i], bad);
	}
	return true;
}

/* A score or state has a time, and only then. */
static bool
times_fit(struct table *g, const struct stat_row *r)
{
	for (int i = 1; i < STAT_COLUMNS; i++) {
		const struct stat_field *f = &stat_field[i];
		const int64_t *time = (const void *)((const char *)r +
		    f->time_at);
		bool said = tsv_field(g->t, g->column[i]).len > 0;

		if (f->time_at != 0 && said != (*time != STAT_NEVER))
			return tsv_bad(g->t, g->column[i],
			    _("does not fit its time"));
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
	if (!read_row(g, &row) || !read_days(g) || !times_fit(g, &row) ||
	    !row_fits(g, &row))
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

/* --- rows as crm-stat writes them ---------------------------------------

 * Whoever takes a field gives where it ends, or NULL.  A row ends with the only
 * LF that it has, so nobody comes behind that. */

static inline const char *
take_digits(const char *at, uint64_t *v)
{
	unsigned digit;

	while ((digit = (unsigned char)*at - 48u) < 10) {
		*v = *v * 10 + digit;
		at++;
	}
	return at;
}

static inline const char *
take_count(const char *at, void *to)
{
	uint64_t v = 0;
	const char *end = take_digits(at, &v);

	*(int64_t *)to = (int64_t)v;
	return end - at < 1 || end - at > 10 || v > UINT32_MAX ? NULL : end;
}

static inline const char *
take_money(const char *at, void *to)
{
	enum { WHOLE = 15, DECIMALS = 4 };
	static const uint64_t scale[] = { 10000, 1000, 100, 10, 1 };
	uint64_t v = 0;
	const char *end = take_digits(at, &v), *part = end;

	if (end - at < 1 || end - at > WHOLE)
		return NULL;
	if (*end == '.')
		end = take_digits(++part, &v);
	if (end - part > DECIMALS)
		return NULL;
	v *= scale[end - part];
	*(int64_t *)to = (int64_t)v;
	return v < INT64_MAX ? end : NULL;
}

static inline const char *
take_day(const char *at, void *to)
{
	*(int32_t *)to = DATE_NONE;
	if (*at == '\t')
		return at;
	return date_parse((struct slice){ at, 10 }, to) ? at + 10 : NULL;
}

static inline const char *
take_time(const char *at, void *to)
{
	*(int64_t *)to = STAT_NEVER;
	if (*at == '\t' || *at == '\n')
		return at;
	return date_parse_time((struct slice){ at, 20 }, to) ? at + 20 : NULL;
}

static inline const char *
take_score(const struct stat_field *f, const char *at, void *to)
{
	bool minus = *at == '-';
	uint64_t v = 0;
	const char *end = take_digits(at + minus, &v);
	int score = minus ? -(int)v : (int)v;

	*(int *)to = score;
	return end == at || (end - at <= 2 && score >= f->least &&
		score <= f->most) ? end : NULL;
}

static inline const char *
take_state(const struct stat_field *f, const char *at, void *to)
{
	struct slice name = { at, 0 };

	while (at[name.len] > ' ')
		name.len++;
	return read_state(f, name, to) == NULL ? at + name.len : NULL;
}

static inline const char *
take_field(const struct stat_field *f, const char *at, struct stat_row *row)
{
	void *to = member(row, f->at);

	switch (f->type) {
	case STAT_TIME: return take_time(at, to);
	case STAT_COUNT: return take_count(at, to);
	case STAT_MONEY: return take_money(at, to);
	case STAT_DAY: return take_day(at, to);
	case STAT_SCORE: return take_score(f, at, to);
	case STAT_STATE: return take_state(f, at, to);
	case STAT_ID: break;
	}
	return NULL;
}

static bool
has_order_days(const struct stat_row *r)
{
	bool ordered = r->orders > 0;

	return ordered == (r->first_order != DATE_NONE) &&
	    ordered == (r->last_order != DATE_NONE) &&
	    ordered == (r->order_days > 0);
}

bool
stat_parse(struct slice text, struct stat_row *row)
{
	const char *at = memchr(text.at, '\t', text.len);

	if (at == NULL || text.at[text.len - 1] != '\n')
		return false;
#pragma GCC unroll 32
	for (int i = 1; i < STAT_COLUMNS; i++) {
		if (*at != '\t')
			return false;
		at = take_field(&stat_field[i], at + 1, row);
		if (at == NULL)
			return false;
	}
	return at + 1 == text.at + text.len && has_order_days(row);
}
