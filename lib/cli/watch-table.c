/* Alarms and goals as tables; part of watch.h. */
#include <stdlib.h>

#include "base/num.h"
#include "cli/watch.h"

/* --- why ----------------------------------------------------------------- */

/* Words as people speak, or as data has them. */
static const char *
in_words(bool people, const char *english)
{
	return people ? _(english) : english;
}

static const char *
a_day(char to[static NUM_TEXT], int64_t v)
{
	return num_text(to, num_div(v, NUM_ONE / 100), 2);
}

static void
why_surge(const struct alarm *a, bool people, struct buf *to)
{
	buf_fmt(to, in_words(people, N_("before: %lld in %lld days; topics "
	    "tested: %lld")), (long long)a->more[0], (long long)a->more[1],
	    (long long)a->more[2]);
}

static void
why_nps(const struct alarm *a, bool people, struct buf *to)
{
	buf_fmt(to, in_words(people, N_("answers: %lld, before: %lld")),
	    (long long)a->more[0], (long long)a->more[1]);
}

static void
why_silent(const struct alarm *a, bool people, struct buf *to)
{
	(void)a;
	buf_str(to, in_words(people, N_("key account, no contact, no "
	    "order")));
}

static void
why_impression(const struct alarm *a, bool people, struct buf *to)
{
	buf_str(to, in_words(people, slice_is(a->what, "nps") ?
	    N_("the last answer") : N_("the last contact")));
}

static void
why_overdue(const struct alarm *a, bool people, struct buf *to)
{
	buf_str(to, in_words(people, a->more[0] != 0 ? N_("no reply") :
	    N_("not solved")));
}

static void
why_goal(const struct alarm *a, bool people, struct buf *to)
{
	char pace[NUM_TEXT], needed[NUM_TEXT];

	if (a->more[2] == AIM_MISSED)
		buf_str(to, in_words(people, N_("missed")));
	else if (a->more[1] == FIGURE_NONE)
		buf_str(to, in_words(people, N_("due today")));
	else
		buf_fmt(to, in_words(people, N_("a day: %s made, %s "
		    "needed")), a_day(pace, a->more[0]),
		    a_day(needed, a->more[1]));
}

static void
why_contract(const struct alarm *a, bool people, struct buf *to)
{
	(void)a;
	buf_str(to, in_words(people, N_("no newer contract")));
}

const char *
watch_why(const struct alarm *a, bool people, struct buf *to)
{
	static void (*const why[ALARMS])(const struct alarm *a, bool people,
	    struct buf *to) = { [ALARM_SURGE] = why_surge,
		[ALARM_NPS] = why_nps, [ALARM_SILENT] = why_silent,
		[ALARM_IMPRESSION] = why_impression,
		[ALARM_OVERDUE] = why_overdue, [ALARM_GOAL] = why_goal,
		[ALARM_CONTRACT] = why_contract };

	buf_clear(to);
	why[a->code](a, people, to);
	return buf_text(to);
}

/* --- alarms -------------------------------------------------------------- */


static void
in_unit(struct show *out, int64_t v, enum alarm_unit unit)
{
	static const int places[] = { [ALARM_WHOLE] = 0, [ALARM_TENTHS] = 1,
		[ALARM_HUNDREDTHS] = 2 };

	if (v == ALARM_NONE)
		show_empty(out);
	else if (unit == ALARM_MONEY)
		show_money(out, v);
	else
		show_fixed(out, v, places[unit]);
}

/* Of a case or a goal its own, else who looks after the customer, who has
 * this row. */
static struct slice
owner_of(const struct watch *w, const struct alarm *a, uint32_t row)
{
	const struct customers *all = cli_customers(w->cli);

	if (a->owner.len > 0 || row == MAP_NONE)
		return a->owner;
	return customers_field(all, row, head_find(&all->head, "owner"));
}

static void
write_alarm(const struct watch *w, const struct alarm *a, uint32_t row,
    struct buf *why, struct show *out)
{
	bool people = show_people(out);

	show_text(out, alarm_info(a->code)->name);
	show_field(out, a->what);
	show_field(out, a->customer);
	show_field(out, customers_called(cli_customers(w->cli), row));
	show_field(out, owner_of(w, a, row));
	show_day(out, a->day);
	in_unit(out, a->value, a->unit);
	in_unit(out, a->limit, a->limit_unit);
	show_fixed(out, a->p, 3);
	show_text(out, watch_why(a, people, why));
	show_row(out);
}

enum { SOME = 64 }; /* alarms whose customers are looked up at once */

static void
write_some(const struct watch *w, const struct alarm *a, size_t n,
    struct buf *why, struct show *out)
{
	struct slice id[SOME] = { 0 };
	uint32_t row[SOME];

	for (size_t i = 0; i < n; i++)
		id[i] = a[i].customer;
	customers_find_many(cli_customers(w->cli), id, n, row);
	for (size_t i = 0; i < n; i++)
		write_alarm(w, &a[i], row[i], why, out);
}

void
watch_write(const struct watch *w, struct show *out)
{
	static const struct show_column columns[] = {
		{ "alarm", SHOW_TEXT, N_("alarm") },
		{ "what", SHOW_TEXT, N_("what") },
		{ "customer", SHOW_TEXT, N_("customer") },
		{ "name", SHOW_TEXT, N_("name") },
		{ "owner", SHOW_TEXT, N_("owner") },
		{ "day", SHOW_TEXT, N_("day") },
		{ "value", SHOW_NUMBER, N_("value") },
		{ "limit", SHOW_NUMBER, N_("limit") },
		{ "p", SHOW_NUMBER, NULL },
		{ "why", SHOW_TEXT, N_("why") },
	};
	struct buf why = { 0 };

	if (w->alarms.n == 0)
		return;
	show_begin(&w->cli->out, columns, LEN(columns));
	for (size_t i = 0; i < w->alarms.n; i += SOME)
		write_some(w, &w->alarms.at[i], w->alarms.n - i < SOME
			? w->alarms.n - i : SOME, &why, out);
	show_end(out);
	buf_free(&why);
}

/* --- goals --------------------------------------------------------------- */

static void
in_metric(struct show *out, int64_t v, enum figure_unit unit)
{
	static const enum alarm_unit of[] = { [FIGURE_COUNT] = ALARM_WHOLE,
		[FIGURE_MONEY] = ALARM_MONEY,
		[FIGURE_SHARE] = ALARM_HUNDREDTHS,
		[FIGURE_SCORE] = ALARM_TENTHS };

	in_unit(out, v, of[unit]);
}

static void
rate(struct show *out, int64_t v)
{
	show_fixed(out, v == FIGURE_NONE ? v : num_div(v, NUM_ONE / 100), 2);
}

static void
write_goal(const struct goal_standing *s, struct show *out)
{
	const struct goal *g = s->goal;
	const struct goal_metric_info *m = goal_metric(g->metric);

	show_text(out, m->name);
	show_field(out, slice_of(g->owner));
	show_day(out, g->since);
	show_day(out, g->due);
	show_int(out, s->days_left);
	in_metric(out, g->base, m->unit);
	in_metric(out, s->value, m->unit);
	in_metric(out, g->target, m->unit);
	show_fixed(out, s->n, 0);
	show_fixed(out, s->progress, 2);
	rate(out, s->pace);
	rate(out, s->needed);
	show_text(out, aim_state[s->state]);
	show_field(out, slice_of(g->why));
	show_row(out);
}

size_t
watch_goals(const struct watch *w, struct show *out)
{
	static const struct show_column columns[] = {
		{ "metric", SHOW_TEXT, N_("goal") },
		{ "owner", SHOW_TEXT, N_("owner") },
		{ "since", SHOW_TEXT, N_("since") },
		{ "due", SHOW_TEXT, N_("due") },
		{ "days_left", SHOW_NUMBER, N_("days left") },
		{ "base", SHOW_NUMBER, N_("base") },
		{ "value", SHOW_NUMBER, N_("value") },
		{ "target", SHOW_NUMBER, N_("target") },
		{ "n", SHOW_NUMBER, NULL },
		{ "progress", SHOW_NUMBER, N_("progress") },
		{ "pace", SHOW_NUMBER, N_("pace") },
		{ "needed", SHOW_NUMBER, N_("needed") },
		{ "state", SHOW_TEXT, N_("state") },
		{ "why", SHOW_TEXT, N_("why") },
	};
	size_t bad = 0;

	show_begin(&w->cli->out, columns, LEN(columns));
	for (size_t i = 0; i < w->goals.n; i++) {
		write_goal(&w->standing[i], out);
		bad += w->standing[i].state == AIM_OFF ||
		    w->standing[i].state == AIM_MISSED;
	}
	show_end(out);
	return bad;
}
