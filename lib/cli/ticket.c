#include "cli/ticket.h"

#include <stdlib.h>

#include "base/num.h"
#include "base/tr.h"
#include "cli/grouping.h"
#include "crm/period.h"
#include "measure/desk.h"
#include "measure/precedent.h"
#include "measure/surge.h"

enum { TENTH = 360 }; /* seconds of a tenth of an hour */

struct cases_terms
ticket_terms(const struct cli *c)
{
	return cases_terms(&c->settings,
	    c->until != INT64_MAX ? c->until : c->now);
}

static void
hours(struct show *out, int64_t seconds)
{
	show_fixed(out, seconds == CASES_NEVER ? seconds
					  : num_div(seconds, TENTH), 1);
}

/* --- one row per case ---------------------------------------------------- */

static void
show_word(const struct ticket *t, const struct thread_event *v,
    enum thread_word w, struct show *out)
{
	show_field(out, thread_text(t->threads, v, w));
}

/* Which case, whose, and what it is. */
static void
show_opening(const struct ticket *t, const struct thread_event *v,
    struct show *out)
{
	show_word(t, v, THREAD_REF, out);
	show_field(out, thread_customer(t->threads, v));
	show_text(out, kind_info((enum kind)v->kind)->name);
	show_word(t, v, THREAD_TOPIC, out);
}

static void
show_case(const struct ticket *t, const struct cases_case *c,
    struct show *out)
{
	show_opening(t, c->opening, out);
	show_word(t, c->opening, THREAD_CHANNEL, out);
	show_time(out, c->opened);
	show_field(out, thread_word(t->threads, c->by));
	show_time(out, c->first_reply);
	show_time(out, c->solved);
	show_int(out, c->reopened);
	show_int(out, c->transfers);
	hours(out, c->reply_seconds);
	hours(out, c->solve_seconds);
	show_time(out, c->due);
	show_text(out, cases_state[c->state]);
	show_row(out);
}

size_t
ticket_cases(const struct ticket *t, struct show *out)
{
	static const struct show_column columns[] = {
		{ "case", SHOW_TEXT, N_("case") },
		{ "customer", SHOW_TEXT, N_("customer") },
		{ "kind", SHOW_TEXT, N_("kind") },
		{ "topic", SHOW_TEXT, N_("topic") },
		{ "channel", SHOW_TEXT, N_("channel") },
		{ "opened", SHOW_TEXT, N_("opened") },
		{ "by", SHOW_TEXT, N_("by") },
		{ "first_reply", SHOW_TEXT, N_("first reply") },
		{ "solved", SHOW_TEXT, N_("solved") },
		{ "reopened", SHOW_NUMBER, N_("reopened") },
		{ "transfers", SHOW_NUMBER, N_("transfers") },
		{ "first_reply_hours", SHOW_NUMBER, N_("hours to reply") },
		{ "solve_hours", SHOW_NUMBER, N_("hours to solve") },
		{ "due", SHOW_TEXT, N_("due") },
		{ "state", SHOW_TEXT, N_("state") },
	};
	size_t n = 0;

	show_begin(out, columns, LEN(columns));
	for (size_t i = 0; i < t->cases->n; i++)
		if (window_has(t->window, t->cases->at[i].opened)) {
			show_case(t, &t->cases->at[i], out);
			n++;
		}
	show_end(out);
	return n;
}

/* --- groups --------------------------------------------------------------- */

static void
show_group(const struct desk_group *g, struct show *out)
{
	int64_t overdue = g->state[CASES_OVERDUE];
	int64_t solved = g->state[CASES_SOLVED];

	show_int(out, g->cases);
	for (int s = 0; s < CASES_STATES; s++)
		show_int(out, g->state[s]);
	show_int(out, g->late);
	grouping_part(out, overdue + g->late, overdue + solved);
	show_int(out, g->reopened);
	show_int(out, g->transfers);
	show_int(out, g->owned);
	grouping_part(out, g->own, g->owned);
	show_int(out, g->reply.n);
	show_fixed(out, g->reply.median, 1);
	show_fixed(out, g->reply.high, 1);
	show_int(out, g->solve.n);
	show_fixed(out, g->solve.median, 1);
	show_fixed(out, g->solve.high, 1);
}

size_t
ticket_summary(const struct ticket *t, struct show *out)
{
	static const struct show_column columns[] = {
		{ "cases", SHOW_NUMBER, N_("cases") },
		{ "open", SHOW_NUMBER, N_("open") },
		{ "waiting", SHOW_NUMBER, N_("waiting") },
		{ "solved", SHOW_NUMBER, N_("solved") },
		{ "overdue", SHOW_NUMBER, N_("overdue") },
		{ "late", SHOW_NUMBER, N_("late") },
		{ "overdue_share", SHOW_NUMBER, N_("share overdue") },
		{ "reopened", SHOW_NUMBER, N_("reopened") },
		{ "transfers", SHOW_NUMBER, N_("transfers") },
		{ "owned", SHOW_NUMBER, N_("with an owner") },
		{ "first_owner_share", SHOW_NUMBER, N_("by the first") },
		{ "reply_n", SHOW_NUMBER, N_("replied") },
		{ "reply_median", SHOW_NUMBER, N_("median hours") },
		{ "reply_90", SHOW_NUMBER, N_("90 % within") },
		{ "solve_n", SHOW_NUMBER, N_("solved") },
		{ "solve_median", SHOW_NUMBER, N_("median hours") },
		{ "solve_90", SHOW_NUMBER, N_("90 % within") },
	};
	size_t n;
	struct desk_group *g = desk_groups(t->cases, t->threads, t->window,
	    &n);

	grouping_begin(out, t->group, columns, LEN(columns));
	for (size_t i = 0; i < n; i++) {
		grouping_key(out, t->group, g[i].key);
		show_group(&g[i], out);
		show_row(out);
	}
	show_end(out);
	free(g);
	return n;
}

/* --- weeks ---------------------------------------------------------------- */

static void
show_week(const struct ticket *t, const struct surge *s, struct show *out)
{
	char week[DATE_TEXT];

	if (t->group->n > 0)
		grouping_key(out, t->group, s->key);
	else
		show_field(out, s->key);
	show_text(out, period_text(week, s->week, PERIOD_WEEK));
	show_int(out, s->n);
	show_fixed(out, s->expected, 2);
	show_int(out, s->before);
	show_fixed(out, s->p, 3);
	show_row(out);
}

size_t
ticket_trend(const struct ticket *t, struct show *out)
{
	static const struct show_column columns[] = {
		{ "topic", SHOW_TEXT, N_("topic") },
		{ "week", SHOW_TEXT, N_("week") },
		{ "n", SHOW_NUMBER, N_("cases") },
		{ "expected", SHOW_NUMBER, N_("expected") },
		{ "before", SHOW_NUMBER, N_("before") },
		{ "p", SHOW_NUMBER, NULL },
	};
	struct surge_how how = { t->group->n > 0 ? THREAD_GROUP
						 : THREAD_TOPIC,
		t->zone, t->now };
	size_t weeks, n = 0;
	struct surge *s = surge_weeks(t->cases, t->threads, &how, &weeks);

	if (t->group->n > 0)
		grouping_begin(out, t->group, columns + 1,
		    LEN(columns) - 1);
	else
		show_begin(out, columns, LEN(columns));
	for (size_t i = 0; i < weeks; i++)
		if (zone_day_start(t->zone, s[i].week + 7) > t->window.from) {
			show_week(t, &s[i], out);
			n++;
		}
	show_end(out);
	free(s);
	return n;
}

/* --- what does not fit --------------------------------------------------- */

static bool
inside(const struct ticket *t, const struct cases_finding *f)
{
	return window_has(t->window, f->event->time);
}

size_t
ticket_faults(const struct ticket *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->cases->findings; i++)
		n += inside(t, &t->cases->finding[i]);
	return n;
}

size_t
ticket_findings(const struct ticket *t, struct show *out)
{
	static const struct show_column columns[] = {
		{ "case", SHOW_TEXT, N_("case") },
		{ "customer", SHOW_TEXT, N_("customer") },
		{ "time", SHOW_TEXT, N_("time") },
		{ "kind", SHOW_TEXT, N_("kind") },
		{ "finding", SHOW_TEXT, N_("finding") },
	};

	show_begin(out, columns, LEN(columns));
	for (size_t i = 0; i < t->cases->findings; i++) {
		const struct cases_finding *f = &t->cases->finding[i];

		if (!inside(t, f))
			continue;
		show_word(t, f->event, THREAD_REF, out);
		show_field(out, thread_customer(t->threads, f->event));
		show_time(out, f->event->time);
		show_text(out, kind_info((enum kind)f->event->kind)->name);
		show_text(out, cases_fault[f->fault]);
		show_row(out);
	}
	show_end(out);
	return ticket_faults(t);
}

/* --- what is like a text ------------------------------------------------- */

size_t
ticket_like(const struct ticket *t, const char *text, struct show *out)
{
	static const struct show_column columns[] = {
		{ "likeness", SHOW_NUMBER, N_("likeness") },
		{ "case", SHOW_TEXT, N_("case") },
		{ "customer", SHOW_TEXT, N_("customer") },
		{ "kind", SHOW_TEXT, N_("kind") },
		{ "topic", SHOW_TEXT, N_("topic") },
		{ "solved", SHOW_TEXT, N_("solved") },
		{ "by", SHOW_TEXT, N_("by") },
		{ "text", SHOW_TEXT, N_("text") },
		{ "solution", SHOW_TEXT, N_("solution") },
	};
	size_t found, n = 0;
	struct precedent *p = precedent_find(t->cases, t->threads,
	    slice_of(text), &found);

	show_begin(out, columns, LEN(columns));
	for (size_t i = 0; i < found; i++) {
		const struct cases_case *c = p[i].of;

		if (!window_has(t->window, c->opened))
			continue;
		show_fixed(out, p[i].likeness, 3);
		show_opening(t, c->opening, out);
		show_time(out, c->solved);
		show_field(out, thread_word(t->threads, c->by));
		show_word(t, c->opening, THREAD_TEXT, out);
		show_word(t, c->solution, THREAD_TEXT, out);
		show_row(out);
		n++;
	}
	show_end(out);
	free(p);
	return n;
}
