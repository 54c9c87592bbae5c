#include "measure/campaign.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/tr.h"
#include "measure/heldout.h"
#include "measure/median.h"
#include "measure/refunds.h"

#define NEVER INT64_MAX

/* What is known of a campaign as a whole, by the word of its name. */
struct whole {
	int64_t begun; /* first sent; or first event, if nothing was sent */
	bool sent;
	int32_t day;
	uint32_t place; /* among those of heldout, if it was sent */
};

/* A customer's first response: seconds from sent, and the row. */
struct answer {
	uint32_t row;
	int64_t seconds;
};

/* A campaign event of the customer in hand. */
struct mark {
	uint32_t word;  /* of the campaign */
	uint32_t event; /* its place among his events */
};

struct walk {
	const struct threads *t;
	const struct campaign_ask *ask;
	struct err *e;
	struct map rows; /* word, group and whom as bytes -> row */
	struct campaign *row;
	size_t row_cap;
	struct whole *whole;
	struct answer *answer;
	size_t answers, answer_cap;
	struct mark *mark;
	size_t marks, mark_cap;
	struct refunds refunds;
	struct heldout held;
	struct heldout_campaign *campaign;
	uint32_t *sent; /* campaigns sent to him, if he is held out */
	size_t sents, sent_cap;
};

struct thread_how
campaign_how(const struct group *group)
{
	return (struct thread_how){
		.kinds = THREAD_KIND(KIND_SENT) | THREAD_KIND(KIND_RESPONSE) |
		    THREAD_KIND(KIND_BOUNCE) | THREAD_KIND(KIND_COST) |
		    THREAD_KIND(KIND_ORDER) | THREAD_KIND(KIND_REFUND),
		.columns = THREAD_COLUMN(EVENT_REF),
		.group = group != NULL && group->n > 0 ? group : NULL,
		.grouped = THREAD_KIND(KIND_SENT),
	};
}

static bool
is_campaign(const struct thread_event *v)
{
	return v->kind == KIND_SENT || v->kind == KIND_RESPONSE ||
	    v->kind == KIND_BOUNCE;
}

static int
by_word(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;
	int c = num_cmp(x->word, y->word);

	return c != 0 ? c : num_cmp(x->event, y->event);
}

/* --- rows ---------------- */

static struct campaign *
row_of(struct walk *w, uint32_t word, uint32_t group,
    enum campaign_whom whom)
{
	const uint32_t key[] = { word, group, whom };
	uint32_t had = w->rows.len, i = map_add(&w->rows,
	    (struct slice){ (const char *)key, sizeof key });

	w->row = mem_grow(w->row, &w->row_cap, i + 1, sizeof *w->row);
	if (i == had)
		w->row[i] = (struct campaign){ .name = thread_word(w->t, word),
			.group = thread_word(w->t, group), .whom = whom,
			.first = DATE_NONE, .last = DATE_NONE,
			.response_days = SCORE_NONE };
	return &w->row[i];
}

static bool
too_large(struct walk *w, const struct campaign *row)
{
	char shown[ERR_SHOWN];

	return err_set(w->e, CRM_DATA, "%s: \"%s\"",
	    _("the sum is too large"), err_shown(shown, row->name));
}

/* --- the whole campaign ---------------- */

/* When each campaign began. */
static void
begin_all(struct walk *w)
{
	const struct threads *t = w->t;

	w->whole = mem_zero(t->words.len, sizeof *w->whole);
	for (uint32_t i = 0; i < t->words.len; i++)
		w->whole[i].begun = NEVER;
	for (size_t i = 0; i < t->n; i++) {
		const struct thread_event *v = &t->event[i];
		struct whole *c = &w->whole[v->word[THREAD_REF]];
		bool sent = v->kind == KIND_SENT;

		if (!sent && (c->sent || (!is_campaign(v) &&
		    (v->kind != KIND_COST || v->word[THREAD_REF] == 0))))
			continue;
		if (v->time < c->begun || (sent && !c->sent)) {
			c->begun = v->time;
			c->day = v->day;
		}
		c->sent = sent;
	}
}

static bool
shown(const struct walk *w, uint32_t word)
{
	return w->whole[word].begun != NEVER &&
	    window_has(w->ask->window, w->whole[word].begun);
}

static bool
add_cost(struct walk *w, const struct thread_event *v)
{
	uint32_t word = v->word[THREAD_REF];
	struct campaign *row;

	if (v->kind != KIND_COST || word == 0 || !v->chosen ||
	    w->ask->split || w->t->how->group != NULL || !shown(w, word))
		return true;
	row = row_of(w, word, 0, CAMPAIGN_ALL);
	return num_add(&row->cost, v->value) || too_large(w, row);
}

/* --- one customer ---------------- */

static void
add_mark(struct walk *w, uint32_t word, uint32_t event)
{
	w->mark = mem_grow(w->mark, &w->mark_cap, w->marks + 1,
	    sizeof *w->mark);
	w->mark[w->marks++] = (struct mark){ word, event };
}

/* A customer and one campaign. */
struct leg {
	const struct thread_event *v; /* all of his events ... */
	size_t n;
	uint32_t word;
	uint32_t first;   /* ... the first sent among them ... */
	uint32_t end;     /* ... and one behind the days that count */
	bool sent, fresh; /* is he new? */
	int64_t balance;  /* sent less bounces */
	int64_t response; /* the first behind sent, or NEVER */
};

static void
take_mark(struct leg *g, uint32_t i)
{
	const struct thread_event *v = &g->v[i];

	if (v->kind == KIND_SENT && !g->sent) {
		g->sent = true;
		g->first = i;
	}
	g->balance += (v->kind == KIND_SENT) - (v->kind == KIND_BOUNCE);
	if (v->kind == KIND_RESPONSE && g->sent && v->time < g->response)
		g->response = v->time;
}

static bool
add_sales(struct walk *w, const struct leg *g, struct campaign *row)
{
	int64_t orders = 0;

	for (uint32_t i = g->first; i < g->end; i++) {
		if (g->v[i].kind != KIND_ORDER)
			continue;
		orders++;
		if (!num_add(&row->revenue, g->v[i].value))
			return too_large(w, row);
	}
	for (size_t i = 0; i < w->refunds.n; i++) {
		const struct refund *r = &w->refunds.at[i];

		if (r->order > g->first && r->order < g->end &&
		    !num_add(&row->refunds, g->v[r->event].value))
			return too_large(w, row);
	}
	row->orders += orders;
	row->customers += orders > 0;
	return true;
}

static void
add_days(struct campaign *row, int32_t day)
{
	if (row->first == DATE_NONE || day < row->first)
		row->first = day;
	if (day > row->last)
		row->last = day;
}

static void
add_response(struct walk *w, struct campaign *row, int64_t seconds)
{
	row->responses++;
	w->answer = mem_grow(w->answer, &w->answer_cap, w->answers + 1,
	    sizeof *w->answer);
	w->answer[w->answers++] = (struct answer){
		(uint32_t)(row - w->row), seconds };
}

/* What one campaign came to with one customer. */
static bool
add_leg(struct walk *w, struct leg *g, bool chosen)
{
	const struct thread_event *v = &g->v[g->first];
	enum campaign_whom whom = !w->ask->split ? CAMPAIGN_ALL
	    : g->fresh ? CAMPAIGN_NEW : CAMPAIGN_REGULAR;
	struct campaign *row;

	if (!chosen || !shown(w, g->word))
		return true;
	row = row_of(w, g->word, v->word[THREAD_GROUP], whom);
	row->stray += !g->sent;
	if (!g->sent)
		return true;
	row->sent++;
	add_days(row, v->day);
	if (g->balance <= 0) {
		row->bounced++;
		return true;
	}
	row->reached++;
	if (g->response != NEVER)
		add_response(w, row, g->response - v->time);
	return add_sales(w, g, row);
}

/* The end of the days that count, behind event `from` of n. */
static uint32_t
end_of_days(const struct walk *w, const struct thread_event *v, size_t n,
    uint32_t from)
{
	size_t low = from, high = n;
	int64_t last = (int64_t)v[from].day + w->ask->days;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (v[middle].day <= last)
			low = middle + 1;
		else
			high = middle;
	}
	return (uint32_t)low;
}

/* Number of his first order, or n. */
static uint32_t
first_order(const struct thread_event *v, size_t n)
{
	uint32_t i = 0;

	while (i < n && v[i].kind != KIND_ORDER)
		i++;
	return i;
}

static bool
is_held(const struct walk *w, uint32_t who)
{
	return w->ask->held != NULL && who != THREAD_NOBODY &&
	    w->ask->held[who];
}

static void
note_sent(struct walk *w, uint32_t word)
{
	if (!shown(w, word))
		return;
	w->sent = mem_grow(w->sent, &w->sent_cap, w->sents + 1,
	    sizeof *w->sent);
	w->sent[w->sents++] = w->whole[word].place;
}

/* Each of his campaigns: its events stand together once sorted. */
static bool
add_legs(struct walk *w, const struct thread_event *v, size_t n)
{
	uint32_t bought = first_order(v, n);

	w->sents = 0;
	for (size_t i = 0, end; i < w->marks; i = end) {
		struct leg g = { .v = v, .n = n, .word = w->mark[i].word,
			.first = w->mark[i].event, .response = NEVER };

		for (end = i; end < w->marks &&
		    w->mark[end].word == g.word; end++)
			take_mark(&g, w->mark[end].event);
		g.fresh = bought > g.first;
		g.end = end_of_days(w, v, n, g.first);
		if (g.sent && is_held(w, v->who))
			note_sent(w, g.word);
		if (!add_leg(w, &g, v[g.first].chosen))
			return false;
	}
	return true;
}

static bool
add_customer(struct walk *w, const struct thread_event *v, size_t n)
{
	w->marks = 0;
	for (uint32_t i = 0; i < n; i++) {
		if (is_campaign(&v[i]))
			add_mark(w, v[i].word[THREAD_REF], i);
		if (!add_cost(w, &v[i]))
			return false;
	}
	w->sents = 0;
	if (w->marks > 0) {
		qsort(w->mark, w->marks, sizeof *w->mark, by_word);
		refunds_find(&w->refunds, v, n);
		if (!add_legs(w, v, n))
			return false;
	}
	if (is_held(w, v->who))
		heldout_add(&w->held, v, n, w->sent, w->sents);
	return true;
}

/* --- the answer ---------------- */

/* The campaigns that a control group is held against. */
static void
begin_control(struct walk *w)
{
	size_t n = 0;

	if (w->ask->held == NULL)
		return;
	w->campaign = mem_zero(w->t->words.len, sizeof *w->campaign);
	for (uint32_t i = 0; i < w->t->words.len; i++) {
		struct whole *c = &w->whole[i];

		if (!c->sent || !shown(w, i))
			continue;
		w->campaign[n] = (struct heldout_campaign){ .begun = c->begun,
			.day = c->day };
		c->place = (uint32_t)n++;
	}
	heldout_begin(&w->held, w->campaign, n, w->ask->days);
}

static void
add_control(struct walk *w, uint32_t i)
{
	struct campaign *row = &w->row[i];
	uint32_t word;

	memcpy(&word, map_key(&w->rows, i).at, sizeof word);
	if (!w->whole[word].sent)
		return;
	for (int before = 0; before < 2; before++) {
		struct score_part p = heldout_part(&w->held,
		    w->whole[word].place, before == 1);

		if (row->whom == (before ? CAMPAIGN_NEW : CAMPAIGN_REGULAR))
			continue;
		row->control.part += p.part;
		row->control.whole += p.whole;
	}
}

static int
by_row(const void *a, const void *b)
{
	const struct answer *x = a, *y = b;

	return num_cmp(x->row, y->row);
}

/* The median of each row's responses. */
static void
add_medians(struct walk *w)
{
	int64_t *v = mem_zero(w->answers, sizeof *v);

	if (w->answers > 0)
		qsort(w->answer, w->answers, sizeof *w->answer, by_row);
	for (size_t i = 0, n; i < w->answers; i += n) {
		for (n = 0; i + n < w->answers &&
		    w->answer[i + n].row == w->answer[i].row; n++)
			v[n] = w->answer[i + n].seconds;
		w->row[w->answer[i].row].response_days =
		    median_days(median_twice(v, n));
	}
	free(v);
}

static int
by_group(const void *a, const void *b)
{
	const struct campaign *x = a, *y = b;
	int c = slice_cmp(x->group, y->group);

	if (c == 0)
		c = slice_cmp(x->name, y->name);
	return c != 0 ? c : (int)x->whom - (int)y->whom;
}

static bool
add_all(struct walk *w)
{
	const struct threads *t = w->t;

	for (size_t at = 0, end; at < t->n; at = end) {
		end = thread_end(t, at);
		if (!add_customer(w, t->event + at, end - at))
			return false;
	}
	add_medians(w);
	w->held.members = w->ask->members;
	for (uint32_t i = 0; i < w->rows.len && w->ask->held != NULL; i++)
		add_control(w, i);
	if (w->rows.len > 0)
		qsort(w->row, w->rows.len, sizeof *w->row, by_group);
	return true;
}

struct campaign *
campaign_all(const struct threads *t, const struct campaign_ask *ask,
    size_t *n, struct err *e)
{
	struct walk w = { .t = t, .ask = ask, .e = e };
	bool good;

	begin_all(&w);
	begin_control(&w);
	w.row = mem_grow(w.row, &w.row_cap, 1, sizeof *w.row);
	good = add_all(&w);
	*n = w.rows.len;
	map_free(&w.rows);
	heldout_free(&w.held);
	free(w.campaign);
	free(w.sent);
	free(w.whole);
	free(w.answer);
	free(w.mark);
	refunds_free(&w.refunds);
	if (good)
		return w.row;
	free(w.row);
	return NULL;
}
