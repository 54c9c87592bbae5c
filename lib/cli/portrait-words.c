/* What may be said to a customer, and was said; part of portrait.h. */
#include <stdlib.h>

#include "base/mem.h"
#include "cli/view.h"
#include "measure/consent.h"
#include "show/named.h"

void
view_consent(struct view *v)
{
	static const struct show_column column[] = {
		{ "channel", SHOW_TEXT, N_("channel") },
		{ "purpose", SHOW_TEXT, N_("purpose") },
		{ "state", SHOW_TEXT, N_("state") },
		{ "since", SHOW_TEXT, N_("since") },
		{ "version", SHOW_TEXT, N_("version") },
	};
	struct consents all = { 0 };
	size_t n;
	const struct thread_event *event = portrait_events(v->p,
	    PORTRAIT_CONSENT, &n);

	view_list(v, column, LEN(column));
	consent_all(&all, view_threads(v, PORTRAIT_CONSENT), event, n);
	for (size_t i = 0; i < all.n; i++) {
		page_field(&v->page, all.at[i].channel);
		page_field(&v->page, all.at[i].purpose);
		page_text(&v->page, consent_state[all.at[i].state]);
		page_time(&v->page, all.at[i].since);
		page_field(&v->page, all.at[i].version);
	}
	free(all.at);
}

/* --- campaigns ------------------------------------------------------------ */

static void
put_campaign(struct view *v, const struct campaign *c)
{
	page_field(&v->page, c->name);
	page_day(&v->page, c->first);
	page_text(&v->page, c->reached > 0 ? "yes" : "no");
	page_text(&v->page, c->responses > 0 ? "yes" : "no");
	page_fixed(&v->page, c->response_days, 1);
	page_int(&v->page, c->orders);
	page_money(&v->page, c->revenue);
}

void
view_campaigns(struct view *v)
{
	static const struct show_column column[] = {
		{ "campaign", SHOW_TEXT, N_("campaign") },
		{ "sent", SHOW_TEXT, N_("sent") },
		{ "reached", SHOW_TEXT, N_("reached") },
		{ "responded", SHOW_TEXT, N_("responded") },
		{ "response_days", SHOW_NUMBER, N_("after days") },
		{ "orders", SHOW_NUMBER, N_("orders") },
		{ "revenue", SHOW_NUMBER, N_("revenue") },
	};

	view_list(v, column, LEN(column));
	for (size_t i = 0; i < v->p->campaigns && i < v->p->limit; i++)
		put_campaign(v, &v->p->campaign[i]);
}

/* --- the timeline --------------------------------------------------------- */

/* The events of the timeline, the latest first: numbers; how many. */
static size_t
choose_events(const struct portrait *p, size_t *event)
{
	size_t n = 0;

	for (size_t i = p->story->n; n < p->limit && i-- > 0;)
		if (window_has(p->window, p->story->event[i].time))
			event[n++] = i;
	return n;
}

/* The columns of the timeline: for people those with something in them. */
static size_t
choose_columns(const struct view *v, const size_t *event, size_t n,
    size_t *column)
{
	const bool all = !show_people(&v->c->out);
	const struct story *s = v->p->story;
	size_t chosen = 0;

	for (size_t k = 0; k < v->p->how.columns; k++) {
		bool full = all;

		for (size_t i = 0; !full && i < n; i++)
			full = rows_field(&s->rows, s->event[event[i]].row,
			    (int)k).len > 0;
		if (full && (all || v->p->how.column[k] != EVENT_CUSTOMER))
			column[chosen++] = k;
	}
	return chosen;
}

static struct show_column *
name_columns(const struct portrait *p, const size_t *chosen, size_t n,
    char **names)
{
	struct slice *name = mem_zero(n, sizeof *name);
	struct show_column *column;

	for (size_t i = 0; i < n; i++)
		name[i] = journal_column(&p->journal, p->how.column[chosen[i]]);
	column = named_columns(name, n, names);
	free(name);
	return column;
}

void
view_timeline(struct view *v)
{
	const struct story *s = v->p->story;
	size_t *event = mem_zero(s->n, sizeof *event);
	size_t *chosen = mem_zero(v->p->how.columns, sizeof *chosen);
	size_t n = choose_events(v->p, event);
	size_t columns = choose_columns(v, event, n, chosen);
	char *names;
	struct show_column *column = name_columns(v->p, chosen, columns,
	    &names);

	view_list(v, column, columns);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < columns; k++)
			page_field(&v->page, rows_field(&s->rows,
			    s->event[event[i]].row, (int)chosen[k]));
	page_end_section(&v->page);
	free(names);
	free(column);
	free(chosen);
	free(event);
}
