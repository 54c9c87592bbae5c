/* What is open between a customer and us; part of portrait.h. */
#include "base/num.h"
#include "cli/ticket.h"
#include "cli/view.h"
#include "measure/cases.h"
#include "measure/outcome.h"

static void
put_case(struct view *v, const struct cases_case *c)
{
	const struct thread_event *o = c->opening;

	view_word(v, PORTRAIT_CASES, o->word[THREAD_REF]);
	page_time(&v->page, c->opened);
	page_text(&v->page, kind_info((enum kind)o->kind)->name);
	view_word(v, PORTRAIT_CASES, o->word[THREAD_TOPIC]);
	view_word(v, PORTRAIT_CASES, o->word[THREAD_CHANNEL]);
	view_word(v, PORTRAIT_CASES, c->by);
	page_time(&v->page, c->first_reply);
	page_time(&v->page, c->due);
	page_text(&v->page, cases_state[c->state]);
	view_word(v, PORTRAIT_CASES, o->word[THREAD_TEXT]);
}

void
view_cases(struct view *v)
{
	static const struct show_column column[] = {
		{ "case", SHOW_TEXT, N_("case") },
		{ "opened", SHOW_TEXT, N_("opened") },
		{ "kind", SHOW_TEXT, N_("kind") },
		{ "topic", SHOW_TEXT, N_("topic") },
		{ "channel", SHOW_TEXT, N_("channel") },
		{ "by", SHOW_TEXT, N_("by") },
		{ "first_reply", SHOW_TEXT, N_("first reply") },
		{ "due", SHOW_TEXT, N_("due") },
		{ "state", SHOW_TEXT, N_("state") },
		{ "text", SHOW_TEXT, N_("text") },
	};
	const struct cases_terms terms = ticket_terms(v->c);
	struct cases cases;

	view_list(v, column, LEN(column));
	cases_make(&cases, view_threads(v, PORTRAIT_CASES), &terms);
	cases_sort(&cases);
	for (size_t i = 0; i < cases.n; i++)
		if (cases.at[i].state != CASES_SOLVED &&
		    view_his(v, PORTRAIT_CASES, cases.at[i].opening))
			put_case(v, &cases.at[i]);
	cases_free(&cases);
}

/* --- deals ---------------------------------------------------------------- */

/* When a deal came to the stage that it is in. */
static int64_t
since(const struct thread_event *v, size_t n)
{
	int64_t time = v->time;
	uint32_t stage = 0;
	bool open = false;

	for (size_t i = 0; i < n; i++) {
		uint32_t topic = v[i].word[THREAD_TOPIC];

		if (v[i].kind != KIND_DEAL) {
			open = false;
			continue;
		}
		if (!open || (topic != 0 && topic != stage))
			time = v[i].time;
		if (topic != 0)
			stage = topic;
		open = true;
	}
	return time;
}

/* Chance in per cent, and value times chance; both empty where there is no
 * such stage, or none of its chance. */
static void
put_chance(struct view *v, const struct stages *g, int stage, int64_t value)
{
	struct score_part chance[STAGES_MAX] = { 0 };
	struct funnel_month one = { 0 };

	if (stage < 0 || g->probability[stage] == STAGES_UNKNOWN) {
		page_empty(&v->page);
		page_empty(&v->page);
		return;
	}
	page_fixed(&v->page, num_div(g->probability[stage], NUM_ONE / 100),
	    2);
	chance[stage] = (struct score_part){ g->probability[stage],
		100 * NUM_ONE };
	one.stages = UINT64_C(1) << stage;
	one.in[stage] = value;
	page_fixed(&v->page, value == EVENT_NO_VALUE ? INT64_MIN :
	    funnel_weighted(&one, chance), 2);
}

static void
put_deal(struct view *v, const struct funnel_deal *d)
{
	const struct stages *g = &v->p->stages;
	const struct threads *t = view_threads(v, PORTRAIT_DEALS);
	const struct thread_event *first = t->event + d->at;
	size_t n = thread_end(t, d->at) - d->at;
	struct outcome o = outcome_of(first, n, KIND_DEAL);
	struct slice stage = o.topic == 0 ? map_key(&g->names, 0)
					  : thread_word(t, o.topic);

	view_word(v, PORTRAIT_DEALS, first->word[THREAD_REF]);
	page_time(&v->page, d->opened);
	page_field(&v->page, stage);
	page_time(&v->page, since(first, n));
	page_money(&v->page, d->value);
	page_day(&v->page, d->due);
	put_chance(v, g, stages_find(g, stage), d->value);
	view_word(v, PORTRAIT_DEALS, o.by);
}

void
view_deals(struct view *v)
{
	static const struct show_column column[] = {
		{ "deal", SHOW_TEXT, N_("deal") },
		{ "opened", SHOW_TEXT, N_("opened") },
		{ "stage", SHOW_TEXT, N_("stage") },
		{ "since", SHOW_TEXT, N_("since") },
		{ "value", SHOW_NUMBER, N_("value") },
		{ "due", SHOW_TEXT, N_("due") },
		{ "probability", SHOW_NUMBER, N_("chance %") },
		{ "weighted", SHOW_NUMBER, N_("weighted") },
		{ "by", SHOW_TEXT, N_("by") },
	};
	const struct threads *t = view_threads(v, PORTRAIT_DEALS);
	const struct funnel *f = &v->p->deals;

	view_list(v, column, LEN(column));
	for (size_t i = 0; i < f->n; i++)
		if (f->deal[i].state == FUNNEL_OPEN &&
		    view_his(v, PORTRAIT_DEALS, t->event + f->deal[i].at))
			put_deal(v, &f->deal[i]);
}

/* --- tasks and contracts -------------------------------------------------- */

/* Hand over those that events of this kind keep open. */
static void
each_open(struct view *v, enum kind kind,
    void put(void *view, const struct outcome *o))
{
	const struct threads *t = view_threads(v, PORTRAIT_PROMISES);

	for (size_t at = 0, end; at < t->n; at = end) {
		end = thread_end(t, at);
		outcome_each(t->event + at, end - at, kind, put, v);
	}
}

static void
put_task(void *view, const struct outcome *o)
{
	struct view *v = view;

	if (!view_his(v, PORTRAIT_PROMISES, o->last))
		return;
	view_word(v, PORTRAIT_PROMISES, o->last->word[THREAD_REF]);
	page_day(&v->page, o->due);
	view_word(v, PORTRAIT_PROMISES, o->by);
	view_word(v, PORTRAIT_PROMISES, o->topic);
	view_word(v, PORTRAIT_PROMISES, o->text);
}

void
view_tasks(struct view *v)
{
	static const struct show_column column[] = {
		{ "task", SHOW_TEXT, N_("task") },
		{ "due", SHOW_TEXT, N_("due") },
		{ "by", SHOW_TEXT, N_("by") },
		{ "topic", SHOW_TEXT, N_("topic") },
		{ "text", SHOW_TEXT, N_("text") },
	};

	view_list(v, column, LEN(column));
	each_open(v, KIND_TODO, put_task);
}

/* When it ends is what was agreed last: perhaps it has no end. */
static void
put_contract(void *view, const struct outcome *o)
{
	struct view *v = view;

	if (!view_his(v, PORTRAIT_PROMISES, o->last))
		return;
	view_word(v, PORTRAIT_PROMISES, o->last->word[THREAD_REF]);
	page_day(&v->page, o->first->day);
	page_day(&v->page, o->last->due);
	page_money(&v->page, o->last->value);
	view_word(v, PORTRAIT_PROMISES, o->by);
	view_word(v, PORTRAIT_PROMISES, o->topic);
	view_word(v, PORTRAIT_PROMISES, o->text);
}

void
view_contracts(struct view *v)
{
	static const struct show_column column[] = {
		{ "contract", SHOW_TEXT, N_("contract") },
		{ "since", SHOW_TEXT, N_("since") },
		{ "due", SHOW_TEXT, N_("ends") },
		{ "value", SHOW_NUMBER, N_("value") },
		{ "by", SHOW_TEXT, N_("by") },
		{ "topic", SHOW_TEXT, N_("topic") },
		{ "text", SHOW_TEXT, N_("text") },
	};

	view_list(v, column, LEN(column));
	each_open(v, KIND_CONTRACT, put_contract);
}

/* --- what is due ---------------------------------------------------------- */

void
view_due(struct view *v)
{
	static const struct show_column column[] = {
		{ "day", SHOW_TEXT, N_("day") },
		{ "by", SHOW_TEXT, N_("by") },
		{ "what", SHOW_TEXT, N_("what") },
		{ "why", SHOW_TEXT, N_("why") },
		{ "ref", SHOW_TEXT, N_("ref") },
	};
	const bool people = show_people(&v->c->out);
	const struct due_list *l = &v->p->agenda.list;
	struct buf room = { 0 };

	view_list(v, column, LEN(column));
	for (size_t i = 0; i < l->n; i++) {
		page_day(&v->page, l->row[i].day);
		page_field(&v->page, l->row[i].by);
		page_text(&v->page, due_rule[l->row[i].what].code);
		page_field(&v->page, due_why(&l->row[i], people, &room));
		page_field(&v->page, l->row[i].ref);
	}
	page_end_section(&v->page);
	buf_free(&room);
}
