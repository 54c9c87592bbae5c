#include "cli/portrait.h"

#include <stdlib.h>

#include "cli/view.h"

/* The sections in their order. */
static const struct {
	const char *key, *title;
	void (*write)(struct view *v);
} sections[] = {
	{ "customer", N_("Customer"), view_master },
	{ "people", N_("People of the account"), view_people },
	{ "value", N_("Value"), view_value },
	{ "segment", N_("Segment"), view_segment },
	{ "origin", N_("How we met"), view_origin },
	{ "referred", N_("Referred to us"), view_referred },
	{ "scores", N_("Scores and last impression"), view_scores },
	{ "due", N_("What is due"), view_due },
	{ "cases", N_("Open cases"), view_cases },
	{ "deals", N_("Open deals"), view_deals },
	{ "tasks", N_("Open tasks"), view_tasks },
	{ "contracts", N_("Contracts"), view_contracts },
	{ "consent", N_("Consent"), view_consent },
	{ "points", N_("Bonus points and vouchers"), view_points },
	{ "campaigns", N_("Campaigns, the latest first"), view_campaigns },
	{ "events", N_("Events, the latest first"), view_timeline },
};

void
view_record(struct view *v, const struct show_column *column, size_t n)
{
	page_section(&v->page, v->key, v->title, column, n, false);
}

void
view_list(struct view *v, const struct show_column *column, size_t n)
{
	page_section(&v->page, v->key, v->title, column, n, true);
}

uint32_t
view_row(const struct view *v)
{
	return customers_find(&v->c->customers, v->p->id);
}

struct slice
view_customer(const struct view *v, uint32_t row, const char *column)
{
	const struct customers *c = &v->c->customers;

	if (row == MAP_NONE)
		return SLICE_EMPTY;
	return customers_field(c, row, head_find(&c->head, column));
}

struct threads *
view_threads(const struct view *v, enum portrait_part part)
{
	return v->p->part[part].state;
}

void
view_word(struct view *v, enum portrait_part part, uint32_t word)
{
	page_field(&v->page, thread_word(view_threads(v, part), word));
}

bool
view_his(const struct view *v, enum portrait_part part,
    const struct thread_event *event)
{
	return slice_eq(thread_customer(view_threads(v, part), event),
	    v->p->id);
}

void
portrait_write(const struct portrait *p, struct cli *c)
{
	struct view v = { .p = p, .c = c };

	page_begin(&v.page, &c->out);
	for (size_t i = 0; i < LEN(sections); i++) {
		v.key = sections[i].key;
		v.title = sections[i].title;
		sections[i].write(&v);
	}
	page_end(&v.page);
}
