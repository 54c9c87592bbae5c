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

/* His chain, turned round. */
void
slot_list_days(const struct stat *s, const struct slot *c,
    struct slot_days *list)
{
	size_t n = 0, kept = 0;
	int32_t *day;

	for (uint32_t at = c->days & ~UNSORTED; at != 0;
	    at = s->entry[at - 1].before) {
		list->day = mem_grow(list->day, &list->cap, n + 1,
		    sizeof *list->day);
		list->day[n++] = slot_date(s->entry[at - 1].day);
	}
	day = list->day;
	if (c->days & UNSORTED)
		qsort(day, n, sizeof *day, by_number);
	else
		turn_round(day, n);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || day[i] != day[kept - 1])
			day[kept++] = day[i];
	list->n = kept;
}

size_t
stat_days(const struct stat *s, uint32_t who, const int32_t **days)
{
	struct stat *rw = (struct stat *)(uintptr_t)s;

	slot_list_days(s, slot_of(s, who), &rw->list);
	*days = s->list.day;
	return s->list.n;
}

/* The column of a sum that did not fit, or NULL. */
static const char *
too_large(const struct stat *s, const struct slot *c)
{
	static const char *const sum[SPEND] = { "minutes", "revenue" };
	static const char *const rare[RARES] = { "refunds", "cost",
		"service_cost" };
	const struct rare *r = slot_rare(s, slot_extra(s, c));

	if (c->events == UINT32_MAX)
		return "events";
	for (int i = 0; i < SPEND; i++)
		if (r->high[i] == TOO_LARGE)
			return sum[i];
	for (int i = 0; i < RARES; i++)
		if (r->sum[i] == INT64_MAX)
			return rare[i];
	return NULL;
}

uint64_t
slot_bound(const struct stat *s)
{
	uint64_t most = UINT32_MAX;

	for (size_t i = 0; i < s->rares; i++) {
		const struct rare *r = &s->rare[i];

		for (int k = 0; k < SUMS; k++)
			slot_larger(&most,
			    (uint64_t)r->high[k] << 32 | UINT32_MAX);
		for (int k = 0; k < RARES; k++)
			slot_larger(&most, (uint64_t)r->sum[k]);
	}
	return most;
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

void
slot_sort_spans(struct stat *s)
{
	if (s->spans > 1)
		qsort(s->span, s->spans, sizeof *s->span, by_who_and_day);
}

/*
 * Spans of tables and single days of journals, in order: one may begin on
 * the day on which the one before ends, which is an order day of both; more,
 * and nobody can say how many days they are together.
 */
static bool
settle_spans(struct stat *s, struct slot_wrong *w)
{
	size_t told = s->spans;

	for (size_t i = 0; i < told; i++) {
		struct slot *c = &s->slot[s->span[i].who];

		slot_list_days(s, c, &s->list);
		for (size_t k = 0; k < s->list.n; k++) {
			uint32_t d = slot_day(s->list.day[k]);

			slot_add_span(s,
			    (struct span){ s->span[i].who, d, d, 1 });
		}
		c->days = 0;
		slot_set_below(&c->tone, 0);
	}
	slot_sort_spans(s);
	for (size_t i = 0; i < s->spans; i++) {
		const struct span *p = &s->span[i], *o = p - 1;
		struct slot *c = &s->slot[p->who];
		bool shared = i > 0 && o->who == p->who && o->last >= p->first;

		if (shared && o->last > p->first) {
			*w = (struct slot_wrong){ p->who, "order_days",
				_("tables overlap in more than one day") };
			return false;
		}
		slot_count_days(c, p->n - shared);
	}
	return true;
}

bool
slot_settle(struct stat *s, uint32_t people, struct slot_wrong *w)
{
	uint32_t n = !s->unsettled ? 0 :
	    people < s->slots ? people : (uint32_t)s->slots;

	for (uint32_t i = 0; i < n; i++) {
		struct slot *c = &s->slot[i];
		const char *column = too_large(s, c);

		if (column != NULL) {
			*w = (struct slot_wrong){ i, column,
				_("the sum is too large") };
			return false;
		}
		if (c->days & UNSORTED) {
			slot_list_days(s, c, &s->list);
			slot_set_below(&c->tone, (uint32_t)s->list.n);
		}
	}
	return s->spans == 0 || settle_spans(s, w);
}

bool
slot_tell_wrong(const struct slot_wrong *w, struct slice id, struct err *e)
{
	char shown[ERR_SHOWN];

	return err_set(e, CRM_DATA, "%s: %s: \"%s\"", w->column, w->what,
	    err_shown(shown, id));
}

bool
stat_settle(struct stat *s, const struct map *people, struct err *e)
{
	struct slot_wrong w;

	return slot_settle(s, people->len, &w) ||
	    slot_tell_wrong(&w, map_key(people, w.who), e);
}

bool
stat_row(const struct stat *s, uint32_t who, struct stat_row *row)
{
	const struct slot *c = slot_of(s, who);
	const struct extra *x = slot_extra(s, c);
	const struct rare *r = slot_rare(s, x);

	slot_tell(c, r, row);
	slot_tell_extra(x, r, row);
	return c->events > 0;
}

bool
stat_sales(const struct stat *s, uint32_t who, struct stat_sales *to)
{
	enum { NEAR = 8, FAR_AHEAD = 16 };
	const struct slot *c = slot_of(s, who);
	const struct extra *x = slot_extra(s, c);
	const struct rare *r = slot_rare(s, x);
	struct stat_row row;

	slot_fetch_extra(s, who + FAR_AHEAD);
	slot_fetch_rare(s, who + NEAR);
	slot_tell_extra(x, r, &row);
	*to = (struct stat_sales){ c->orders, slot_whole(c, r, REVENUE),
		row.refunds, row.state_time,
		slot_date(slot_below(c->contact)),
		slot_date(slot_below(c->first)), row.state };
	return c->events > 0;
}

bool
stat_felt(const struct stat *s, uint32_t who, struct stat_felt *to)
{
	enum { FAR_AHEAD = 16 };
	const struct slot *c = slot_of(s, who);
	uint64_t tone = slot_above(c->tone);

	slot_fetch_extra(s, who + FAR_AHEAD);
	to->tone = TONE_TOP - (int)(tone & TONE_MASK);
	to->tone_time = slot_time_of(tone >> TONE_BITS);
	to->nps = slot_latest(slot_extra(s, c)->latest[NPS], SCORE_TOP,
	    &to->nps_time);
	return c->events > 0;
}

bool
stat_met(const struct stat *s, uint32_t who, struct stat_met *to)
{
	const struct slot *c = slot_of(s, who);

	*to = (struct stat_met){ slot_time_of(slot_above(c->contact)),
		slot_date(slot_below(c->contact)),
		slot_date(slot_below(c->first)) };
	return c->events > 0;
}
