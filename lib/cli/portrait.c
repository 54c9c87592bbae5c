#include "cli/portrait.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "show/named.h"
#include "show/page.h"

#define LEN(a) (sizeof(a) / sizeof *(a))

/* What sections are made from. */
struct view {
	const struct portrait *p;
	struct cli *c;
	struct page page;
};

static void
put_time(struct page *page, int64_t t)
{
	char text[DATE_TEXT];

	page_text(page, t == STAT_NEVER ? "" : date_time_text(text, t));
}

static void
put_day(struct page *page, int32_t day)
{
	char text[DATE_TEXT];

	page_text(page, day == DATE_NONE ? "" : date_text(text, day));
}

static void
put_money(struct page *page, int64_t v)
{
	char text[NUM_TEXT];

	page_text(page, v == EVENT_NO_VALUE ? "" : num_money(text, v));
}

static void
put_number(struct page *page, int64_t v, int places)
{
	char text[NUM_TEXT];

	page_text(page, num_text(text, v, places));
}

static uint32_t
row_of(const struct view *v)
{
	return customers_find(&v->c->customers, v->p->id);
}

/* A column of the store's customers, by name. */
static struct slice
of_customer(const struct view *v, uint32_t row, const char *column)
{
	const struct customers *c = &v->c->customers;

	if (row == MAP_NONE)
		return SLICE_EMPTY;
	return customers_field(c, row, head_find(&c->head, column));
}

static void
customer(struct view *v)
{
	static const struct slice only = { "id", 2 };
	const struct customers *c = &v->c->customers;
	uint32_t row = row_of(v);
	size_t n = row == MAP_NONE ? 1 : c->head.cols;
	char *names;
	struct show_column *column = named_columns(
	    row == MAP_NONE ? &only : c->head.column, n, &names);

	page_section(&v->page, "customer", N_("Customer"), column, n, false);
	for (size_t i = 0; i < n; i++)
		page_field(&v->page, row == MAP_NONE ? v->p->id :
		    customers_field(c, row, (int)i));
	page_end_section(&v->page);
	free(names);
	free(column);
}

/* The others of his account, or of the account that he is. */
static void
people(struct view *v)
{
	static const struct show_column column[] = {
		{ "id", SHOW_TEXT, NULL }, { "name", SHOW_TEXT, N_("name") },
		{ "company", SHOW_TEXT, N_("company") },
		{ "position", SHOW_TEXT, N_("position") },
		{ "email", SHOW_TEXT, N_("e-mail") },
		{ "phone", SHOW_TEXT, N_("phone") },
	};
	struct slice account = of_customer(v, row_of(v), "account");

	account = account.len > 0 ? account : v->p->id;
	page_section(&v->page, "people", N_("People of the account"), column,
	    LEN(column), true);
	for (uint32_t r = 0; r < v->c->customers.rows; r++) {
		struct slice id = of_customer(v, r, "id");

		if (slice_eq(id, v->p->id) ||
		    !slice_eq(aliases_of(&v->c->aliases, id), id) ||
		    (!slice_eq(id, account) &&
			!slice_eq(of_customer(v, r, "account"), account)))
			continue;
		for (size_t i = 0; i < LEN(column); i++)
			page_field(&v->page, of_customer(v, r, column[i].name));
	}
}

static void
value(struct view *v)
{
	static const struct show_column column[] = {
		{ "orders", SHOW_NUMBER, N_("orders") },
		{ "revenue", SHOW_NUMBER, N_("revenue") },
		{ "refunds", SHOW_NUMBER, N_("refunds") },
		{ "net", SHOW_NUMBER, N_("net sales") },
		{ "basket", SHOW_NUMBER, N_("mean basket") },
		{ "cost", SHOW_NUMBER, N_("cost") },
		{ "first_order", SHOW_TEXT, N_("first order") },
		{ "last_order", SHOW_TEXT, N_("last order") },
		{ "contacts", SHOW_NUMBER, N_("contacts") },
		{ "minutes", SHOW_NUMBER, N_("minutes") },
		{ "last_contact", SHOW_TEXT, N_("last contact") },
	};
	const struct stat_row *s = &v->p->stat;
	struct page *page = &v->page;

	page_section(page, "value", N_("Value"), column, LEN(column), false);
	put_number(page, s->orders, 0);
	put_money(page, s->revenue);
	put_money(page, s->refunds);
	put_money(page, s->revenue - s->refunds);
	put_money(page, s->orders == 0 ? EVENT_NO_VALUE :
	    num_div(s->revenue, s->orders * (NUM_ONE / 100)) * (NUM_ONE / 100));
	put_money(page, s->cost);
	put_day(page, s->first_order);
	put_day(page, s->last_order);
	put_number(page, s->contacts, 0);
	put_money(page, s->minutes);
	put_time(page, s->last_contact);
}

static void
segment(struct view *v)
{
	static const struct show_column column[] = {
		{ "abc", SHOW_TEXT, N_("ABC class") },
		{ "share", SHOW_NUMBER, N_("share of all sales, per cent") },
		{ "rfm", SHOW_TEXT, N_("recency, frequency, money") },
		{ "segment", SHOW_TEXT, N_("segment") },
		{ "stage", SHOW_TEXT, N_("stage") },
		{ "key", SHOW_TEXT, N_("key account") },
	};
	const struct segment_out *o = &v->p->segment;
	char abc[2] = { 0 }, rfm[4] = { 0 };

	if (!v->p->placed)
		return;
	abc[0] = o->abc;
	for (int i = 0; o->rfm[0] != 0 && i < 3; i++)
		rfm[i] = (char)('0' + o->rfm[i]);
	page_section(&v->page, "segment", N_("Segment"), column, LEN(column),
	    false);
	page_text(&v->page, abc);
	if (o->share == SEGMENT_NONE)
		page_empty(&v->page);
	else
		put_number(&v->page, o->share, 2);
	page_text(&v->page, rfm);
	page_field(&v->page, o->name);
	page_text(&v->page, o->stage);
	page_text(&v->page, o->key ? "yes" : "no");
}

/* The last impression and the last answer to each survey. */
static void
scores(struct view *v)
{
	static const struct show_column column[] = {
		{ "score", SHOW_TEXT, N_("score") },
		{ "value", SHOW_NUMBER, N_("value") },
		{ "time", SHOW_TEXT, N_("time") },
		{ "text", SHOW_TEXT, N_("text") },
	};
	static const enum kind kinds[] = { KIND_NONE, KIND_NPS, KIND_CSAT,
		KIND_CES };
	const struct story *s = v->p->story;

	page_section(&v->page, "scores", N_("Scores and last impression"),
	    column, LEN(column), true);
	for (size_t k = 0; k < LEN(kinds); k++) {
		size_t i = story_latest(s, kinds[k]);
		bool tone = kinds[k] == KIND_NONE;

		if (i == s->n)
			continue;
		page_text(&v->page,
		    tone ? "tone" : kind_info(kinds[k])->name);
		page_field(&v->page, story_field(s, i,
		    tone ? EVENT_TONE : EVENT_VALUE));
		put_time(&v->page, s->event[i].time);
		page_field(&v->page, story_field(s, i, EVENT_TEXT));
	}
}

/* Who took the case last, else who wrote it down. */
static struct slice
taken_by(const struct story *s, const struct story_thread *t)
{
	struct slice by = story_field(s, t->opened, EVENT_BY);

	for (size_t i = 0; t->ref.len > 0 && i < s->n; i++)
		if (s->event[i].kind == KIND_ASSIGN &&
		    slice_eq(story_field(s, i, EVENT_REF), t->ref))
			by = story_field(s, i, EVENT_BY);
	return by;
}

static void
put_case(struct view *v, const struct story_thread *t)
{
	const struct story *s = v->p->threads;

	page_field(&v->page, t->ref);
	put_time(&v->page, s->event[t->opened].time);
	page_field(&v->page, story_field(s, t->opened, EVENT_KIND));
	page_field(&v->page, story_field(s, t->opened, EVENT_TOPIC));
	page_field(&v->page, story_field(s, t->opened, EVENT_CHANNEL));
	page_field(&v->page, taken_by(s, t));
	page_field(&v->page, story_field(s, t->opened, EVENT_TEXT));
}

static void
put_deal(struct view *v, const struct story_thread *t)
{
	const struct story *s = v->p->threads;

	page_field(&v->page, t->ref);
	put_time(&v->page, s->event[t->opened].time);
	page_field(&v->page, story_field(s, t->latest, EVENT_TOPIC));
	put_time(&v->page, s->event[t->latest].time);
	put_money(&v->page, s->event[t->latest].value);
	put_day(&v->page, s->event[t->latest].due);
	page_field(&v->page, story_field(s, t->latest, EVENT_BY));
}

static void
put_task(struct view *v, const struct story_thread *t)
{
	const struct story *s = v->p->threads;

	page_field(&v->page, t->ref);
	put_day(&v->page, s->event[t->latest].due);
	page_field(&v->page, story_field(s, t->latest, EVENT_BY));
	page_field(&v->page, story_field(s, t->latest, EVENT_TOPIC));
	page_field(&v->page, story_field(s, t->latest, EVENT_TEXT));
}

/* What is open, a section for each family. */
static const struct {
	const char *key, *title;
	void (*put)(struct view *v, const struct story_thread *t);
	size_t columns;
	struct show_column column[7];
} families[STORY_FAMILIES] = {
	[STORY_CASE] = { "cases", N_("Open cases"), put_case, 7, {
		{ "case", SHOW_TEXT, N_("case") },
		{ "opened", SHOW_TEXT, N_("opened") },
		{ "kind", SHOW_TEXT, N_("kind") },
		{ "topic", SHOW_TEXT, N_("topic") },
		{ "channel", SHOW_TEXT, N_("channel") },
		{ "by", SHOW_TEXT, N_("by") },
		{ "text", SHOW_TEXT, N_("text") } } },
	[STORY_DEAL] = { "deals", N_("Open deals"), put_deal, 7, {
		{ "deal", SHOW_TEXT, N_("deal") },
		{ "opened", SHOW_TEXT, N_("opened") },
		{ "stage", SHOW_TEXT, N_("stage") },
		{ "since", SHOW_TEXT, N_("since") },
		{ "value", SHOW_NUMBER, N_("value") },
		{ "due", SHOW_TEXT, N_("due") },
		{ "by", SHOW_TEXT, N_("by") } } },
	[STORY_TASK] = { "tasks", N_("Open tasks"), put_task, 5, {
		{ "task", SHOW_TEXT, N_("task") },
		{ "due", SHOW_TEXT, N_("due") },
		{ "by", SHOW_TEXT, N_("by") },
		{ "topic", SHOW_TEXT, N_("topic") },
		{ "text", SHOW_TEXT, N_("text") } } },
};

static void
open_threads(struct view *v)
{
	size_t n;
	struct story_thread *t = story_open(v->p->threads, &n);

	for (size_t f = 0; f < STORY_FAMILIES; f++) {
		page_section(&v->page, families[f].key, families[f].title,
		    families[f].column, families[f].columns, true);
		for (size_t i = 0; i < n; i++)
			if (t[i].family == (enum story_family)f)
				families[f].put(v, &t[i]);
	}
	free(t);
}

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
	const enum show_format format = v->c->out.format;
	const bool all = format != SHOW_TABLE && format != SHOW_MD;
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

static void
timeline(struct view *v)
{
	const struct story *s = v->p->story;
	size_t *event = mem_zero(s->n, sizeof *event);
	size_t *chosen = mem_zero(v->p->how.columns, sizeof *chosen);
	size_t n = choose_events(v->p, event);
	size_t columns = choose_columns(v, event, n, chosen);
	char *names;
	struct show_column *column = name_columns(v->p, chosen, columns,
	    &names);

	page_section(&v->page, "events", N_("Events, the latest first"),
	    column, columns, true);
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

void
portrait_write(const struct portrait *p, struct cli *c)
{
	struct view v = { .p = p, .c = c };

	page_begin(&v.page, &c->out);
	customer(&v);
	people(&v);
	value(&v);
	segment(&v);
	scores(&v);
	open_threads(&v);
	timeline(&v);
	page_end(&v.page);
}
