/* Who a customer is, and to whom he belongs; part of portrait.h. */
#include <stdlib.h>

#include "cli/view.h"
#include "measure/touch.h"
#include "show/named.h"

#define REFERRAL "referral:" /* of the column `source`: by whom */

void
view_master(struct view *v)
{
	static const struct slice only = { "id", 2 };
	const struct customers *c = &v->c->customers;
	uint32_t row = view_row(v);
	size_t n = row == MAP_NONE ? 1 : c->head.cols;
	char *names;
	struct show_column *column = named_columns(
	    row == MAP_NONE ? &only : c->head.column, n, &names);

	view_record(v, column, n);
	for (size_t i = 0; i < n; i++)
		page_field(&v->page, row == MAP_NONE ? v->p->id :
		    customers_field(c, row, (int)i));
	page_end_section(&v->page);
	free(names);
	free(column);
}

/* Is the row one of a customer that was not merged into another? */
static bool
stands(const struct view *v, struct slice id)
{
	return slice_eq(aliases_of(&v->c->aliases, id), id);
}

/* The others of his account, or of the account that he is. */
void
view_people(struct view *v)
{
	static const struct show_column column[] = {
		{ "id", SHOW_TEXT, NULL }, { "name", SHOW_TEXT, N_("name") },
		{ "company", SHOW_TEXT, N_("company") },
		{ "position", SHOW_TEXT, N_("position") },
		{ "email", SHOW_TEXT, N_("e-mail") },
		{ "phone", SHOW_TEXT, N_("phone") },
	};
	const struct customers *all = &v->c->customers;
	const struct aliases *merged = &v->c->aliases;
	struct slice account = customers_account(all, merged, v->p->id);

	view_list(v, column, LEN(column));
	for (uint32_t r = 0; r < all->rows; r++) {
		struct slice id = map_key(&all->ids, r);

		if ((!slice_eq(id, account) &&
		    !slice_eq(customers_account(all, merged, id), account)) ||
		    slice_eq(id, v->p->id) || !stands(v, id))
			continue;
		for (size_t i = 0; i < LEN(column); i++)
			page_field(&v->page, view_customer(v, r,
			    column[i].name));
	}
}

/* --- how he found us, and who did by him --------------------------------- */

/* Who is named by a source, after all merges; empty if nobody is. */
static struct slice
referrer(const struct view *v, struct slice source)
{
	const size_t n = strlen(REFERRAL);

	if (source.len <= n || memcmp(source.at, REFERRAL, n) != 0)
		return SLICE_EMPTY;
	return aliases_of(&v->c->aliases,
	    (struct slice){ source.at + n, source.len - n });
}

/* Number of his first touch among his events, or how many they are. */
static size_t
first_touch(const struct story *s)
{
	size_t i = 0;

	while (i < s->n && !touch_is((enum kind)s->event[i].kind))
		i++;
	return i;
}

void
view_origin(struct view *v)
{
	static const struct show_column column[] = {
		{ "source", SHOW_TEXT, N_("source") },
		{ "referred_by", SHOW_TEXT, N_("referred by") },
		{ "referred_name", SHOW_TEXT, N_("name") },
		{ "first_touch", SHOW_TEXT, N_("first touch") },
		{ "kind", SHOW_TEXT, N_("kind") },
		{ "channel", SHOW_TEXT, N_("channel") },
		{ "topic", SHOW_TEXT, N_("topic") },
		{ "by", SHOW_TEXT, N_("by") },
	};
	static const enum event_column told[] = { EVENT_KIND, EVENT_CHANNEL,
		EVENT_TOPIC, EVENT_BY };
	struct slice source = view_customer(v, view_row(v), "source");
	struct slice by = referrer(v, source);
	const struct story *s = v->p->story;
	size_t i = first_touch(s);

	view_record(v, column, LEN(column));
	page_field(&v->page, source);
	page_field(&v->page, by);
	page_field(&v->page, customers_name(&v->c->customers, by));
	page_time(&v->page, i < s->n ? s->event[i].time : INT64_MIN);
	for (size_t k = 0; k < LEN(told); k++)
		page_field(&v->page, i < s->n ? story_field(s, i, told[k]) :
		    SLICE_EMPTY);
}

void
view_referred(struct view *v)
{
	static const struct show_column column[] = {
		{ "id", SHOW_TEXT, NULL }, { "name", SHOW_TEXT, N_("name") },
		{ "orders", SHOW_NUMBER, N_("orders") },
		{ "net", SHOW_NUMBER, N_("net sales") },
		{ "last_order", SHOW_TEXT, N_("last order") },
	};
	const struct customers *all = &v->c->customers;
	const int source = head_find(&all->head, "source");

	view_list(v, column, LEN(column));
	for (uint32_t r = 0; r < all->rows; r++) {
		struct slice id = map_key(&all->ids, r);
		struct stat_row row;

		if (!slice_eq(referrer(v, customers_field(all, r, source)),
			v->p->id) || !stands(v, id) ||
		    slice_eq(id, v->p->id))
			continue;
		portrait_stat(v->p, id, &row);
		page_field(&v->page, id);
		page_field(&v->page, customers_name(all, id));
		page_int(&v->page, row.orders);
		page_money(&v->page, row.revenue - row.refunds);
		page_day(&v->page, row.last_order);
	}
}
