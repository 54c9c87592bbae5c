/* Settling what was counted, and the rows of the answer; part of stat.h. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/tr.h"
#include "measure/slot.h"

static int
by_number(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return num_cmp(x, y);
}

static void
turn_round(int32_t *list, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		int32_t last = list[n - 1 - i];

		list[n - 1 - i] = list[i];
		list[i] = last;
	}
}

/* The chain of a customer as a rising list without doubles. */
static size_t
list_days(struct stat *s, const struct slot *c)
{
	size_t n = 0, kept = 0;

	for (uint32_t at = c->days & ~UNSORTED; at != 0;
	    at = s->entry[at - 1].before) {
		s->list = mem_grow(s->list, &s->list_cap, n + 1,
		    sizeof *s->list);
		s->list[n++] = slot_date(s->entry[at - 1].day);
	}
	if (c->days & UNSORTED)
		qsort(s->list, n, sizeof *s->list, by_number);
	else
		turn_round(s->list, n);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || s->list[i] != s->list[kept - 1])
			s->list[kept++] = s->list[i];
	return kept;
}

size_t
stat_days(const struct stat *s, uint32_t who, const int32_t **days)
{
	struct stat *rw = (struct stat *)(uintptr_t)s;
	size_t n = who < s->slots ? list_days(rw, &s->slot[who]) : 0;

	*days = s->list;
	return n;
}

static bool
bad(struct err *e, const char *column, const char *what, struct slice id)
{
	char shown[ERR_SHOWN];

	return err_set(e, CRM_DATA, "%s: %s: \"%s\"", column, what,
	    err_shown(shown, id));
}

/* The column of a sum that did not fit, or NULL. */
static const char *
too_large(const struct stat *s, const struct slot *c)
{
	static const char *const sum[SPEND] = { "minutes", "revenue" };
	static const char *const rare[RARES] = { "refunds", "cost",
		"service_cost" };
	const struct extra *x;

	if (c->extra == 0)
		return NULL;
	x = &s->extra[c->extra - 1];
	for (int i = 0; i < SPEND; i++)
		if (x->high[i] == TOO_LARGE)
			return sum[i];
	for (int i = 0; x->rare != 0 && i < RARES; i++)
		if (s->rare[x->rare - 1].sum[i] == INT64_MAX)
			return rare[i];
	return NULL;
}

static int
by_who_and_day(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	if (x->who != y->who)
		return x->who < y->who ? -1 : 1;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return (x->last > y->last) - (x->last < y->last);
}

/*
 * Spans of tables and single days of journals, in order: one may begin on
 * the day on which the one before ends, which is an order day of both; more,
 * and nobody can say how many days they are together.
 */
static bool
settle_spans(struct stat *s, const struct map *people, struct err *e)
{
	size_t told = s->spans;

	for (size_t i = 0; i < told; i++) {
		struct slot *c = &s->slot[s->span[i].who];
		size_t n = c->days != 0 ? list_days(s, c) : 0;

		for (size_t k = 0; k < n; k++) {
			uint32_t d = slot_day(s->list[k]);

			slot_add_span(s,
			    (struct span){ s->span[i].who, d, d, 1 });
		}
		c->days = 0;
		slot_set_below(&c->tone, 0);
	}
	if (s->spans > 1)
		qsort(s->span, s->spans, sizeof *s->span, by_who_and_day);
	for (size_t i = 0; i < s->spans; i++) {
		const struct span *p = &s->span[i], *o = p - 1;
		struct slot *c = &s->slot[p->who];
		bool shared = i > 0 && o->who == p->who && o->last >= p->first;

		if (shared && o->last > p->first)
			return bad(e, "order_days",
			    _("tables overlap in more than one day"),
			    map_key(people, p->who));
		slot_count_days(c, p->n - shared);
	}
	return true;
}

bool
stat_settle(struct stat *s, const struct map *people, struct err *e)
{
	uint32_t n = !s->unsettled ? 0 :
	    people->len < s->slots ? people->len : (uint32_t)s->slots;

	for (uint32_t i = 0; i < n; i++) {
		struct slot *c = &s->slot[i];
		const char *column = too_large(s, c);

		if (column != NULL)
			return bad(e, column, _("the sum is too large"),
			    map_key(people, i));
		if (c->days & UNSORTED)
			slot_set_below(&c->tone, (uint32_t)list_days(s, c));
	}
	return s->spans == 0 || settle_spans(s, people, e);
}

bool
stat_row(const struct stat *s, uint32_t who, struct stat_row *row)
{
	const struct slot *c = slot_of(s, who);
	const struct extra *x = slot_extra(s, c);

	slot_tell(c, x, row);
	slot_tell_extra(s, x, row);
	return c->events > 0;
}

bool
stat_sales(const struct stat *s, uint32_t who, struct stat_sales *to)
{
	enum { NEAR = 8, FAR_AHEAD = 16 };
	const struct slot *c = slot_of(s, who);
	const struct extra *x = slot_extra(s, c);
	struct stat_row row;

	slot_fetch_extra(s, who + FAR_AHEAD);
	slot_fetch_rare(s, who + NEAR);
	slot_tell_extra(s, x, &row);
	*to = (struct stat_sales){ c->orders, slot_whole(c, x, REVENUE),
		row.refunds, row.state_time,
		slot_date(slot_below(c->contact)),
		slot_date(slot_below(c->first)), row.state };
	return c->events > 0;
}

int64_t
stat_last_contact(const struct stat *s, uint32_t who)
{
	return slot_time_of(slot_above(slot_of(s, who)->contact));
}
