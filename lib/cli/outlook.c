#include "cli/outlook.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/text.h"
#include "measure/section.h"

/* --- before the run ------------------------------------------------------ */

/* What is not over yet stands as of now. */
static void
set_day(struct cli *c)
{
	if (c->until <= c->now)
		return;
	c->until = c->now;
	c->today = zone_day(&c->settings.zone, c->now);
}

size_t
outlook_begin(struct outlook *o, struct cli *c, struct use *use)
{
	*o = (struct outlook){ .cli = c, .use = use };
	set_day(c);
	o->uses = watch_begin(&o->watch, c, WATCH_ALL | WATCH_HAS_CASES |
	    WATCH_CLASSES, use);
	o->watch.first = REVIEW_LIST;
	o->due = (struct due_terms){ .settings = &c->settings,
		.today = c->today, .from = DATE_NONE, .to = c->today,
		.first = OUTLOOK_URGENT, .lent = true };
	use[o->uses++] = (struct use){ &due_measure, &o->due, NULL };
	return o->uses;
}

/* --- figures ------------------------------------------------------------- */

/* A text that lives as long as the figures; empties the buffer. */
static const char *
keep(struct outlook *o, struct buf *text)
{
	char *copy = mem_text(buf_text(text), text->len);

	o->text = mem_grow(o->text, &o->cap, o->texts + 1, sizeof *o->text);
	o->text[o->texts++] = copy;
	buf_clear(text);
	return copy;
}

static struct figure *
add(struct outlook *o, const char *section, struct buf *name,
    enum figure_unit unit, int64_t value)
{
	struct figure *f = section_new(o->review, section,
	    slice_of(keep(o, name)), unit);

	f->value = value;
	return f;
}

/* A field as plain text. */
static void
add_value(struct buf *to, struct slice field)
{
	struct buf room = { 0 };

	buf_slice(to, text_value(field, &room));
	buf_free(&room);
}

/* `Ann Lee (C17)`. */
static void
add_customer(const struct outlook *o, struct buf *to, struct slice id)
{
	struct slice name = customers_name(cli_customers(o->cli), id);

	add_value(to, name);
	buf_str(to, name.len > 0 ? " (" : "");
	add_value(to, id);
	buf_str(to, name.len > 0 ? ")" : "");
}

static void
add_number(struct buf *to, enum figure_unit unit, int64_t v)
{
	static const int places[] = { [FIGURE_COUNT] = 0, [FIGURE_SHARE] = 2,
		[FIGURE_SCORE] = 1, [FIGURE_MEAN] = 2 };
	char text[NUM_TEXT];

	if (v != FIGURE_NONE)
		buf_str(to, unit == FIGURE_MONEY ? num_money(text, v)
		    : num_text(text, v, places[unit]));
}

/* --- goals --------------------------------------------------------------- */

/* A rate a day in hundredths. */
static int64_t
a_day(int64_t v)
{
	return v == FIGURE_NONE ? v : num_div(v, NUM_ONE / 100);
}

static void
note_goal(struct buf *to, const struct goal_standing *s,
    const struct goal_metric_info *m)
{
	static const char *const state[AIM_STATES] = {
		[AIM_UNKNOWN] = N_("not known"),
		[AIM_REACHED] = N_("reached"), [AIM_ON] = N_("on track"),
		[AIM_OFF] = N_("off track"), [AIM_MISSED] = N_("missed") };
	char day[DATE_TEXT];

	buf_fmt(to, "%s ", m->name);
	add_number(to, m->unit, s->value);
	buf_str(to, _(", target "));
	add_number(to, m->unit, s->goal->target);
	buf_fmt(to, _(" by %s: "), date_text(day, s->goal->due));
	buf_str(to, _(state[s->state]));
	if (s->pace == FIGURE_NONE || s->needed == FIGURE_NONE)
		return;
	buf_str(to, " (");
	buf_str(to, _("a day: "));
	add_number(to, FIGURE_MEAN, a_day(s->pace));
	buf_str(to, _(" made, "));
	add_number(to, FIGURE_MEAN, a_day(s->needed));
	buf_str(to, _(" needed)"));
}

static void
add_goal(struct outlook *o, const struct goal_standing *s)
{
	const struct goal_metric_info *m = goal_metric(s->goal->metric);
	bool good = s->state == AIM_REACHED || s->state == AIM_ON;
	const struct part {
		const char *name;
		enum figure_unit unit;
		int64_t value;
	} parts[] = {
		{ "", m->unit, s->value },
		{ "/target", m->unit, s->goal->target },
		{ "/progress", FIGURE_SHARE, s->progress },
		{ "/pace", FIGURE_MEAN, a_day(s->pace) },
		{ "/needed", FIGURE_MEAN, a_day(s->needed) },
		{ "/on_track", FIGURE_COUNT, s->state == AIM_UNKNOWN
		    ? FIGURE_NONE : good },
	};
	char day[DATE_TEXT];
	struct buf text = { 0 };

	for (size_t i = 0; i < LEN(parts); i++) {
		struct figure *f;

		buf_fmt(&text, "%s/%s%s", m->name,
		    date_text(day, s->goal->due), parts[i].name);
		f = add(o, "goals", &text, parts[i].unit, parts[i].value);
		if (i > 0)
			continue;
		f->n = s->n;
		note_goal(&text, s, m);
		f->note = keep(o, &text);
	}
	buf_free(&text);
}

/* --- alarms -------------------------------------------------------------- */

static const enum figure_unit unit_of[] = { [ALARM_WHOLE] = FIGURE_COUNT,
	[ALARM_TENTHS] = FIGURE_SCORE, [ALARM_HUNDREDTHS] = FIGURE_MEAN,
	[ALARM_MONEY] = FIGURE_MONEY };

/* What an alarm is called, and in what words its value is told. */
static const struct {
	const char *name, *value;
} alarm_words[ALARMS] = {
	[ALARM_SURGE] = { N_("more complaints"), N_("%s of them") },
	[ALARM_NPS] = { N_("the NPS fell"), N_("now %s") },
	[ALARM_SILENT] = { N_("silent"), N_("%s days") },
	[ALARM_IMPRESSION] = { N_("displeased"), "%s" },
	[ALARM_OVERDUE] = { N_("case overdue"), N_("%s hours") },
	[ALARM_GOAL] = { N_("goal"), N_("now %s") },
	[ALARM_CONTRACT] = { N_("contract ends"), N_("in %s days") },
};

static void
note_alarm(const struct outlook *o, struct buf *to, const struct alarm *a)
{
	bool named = a->code != ALARM_SILENT && a->code != ALARM_NPS &&
	    a->what.len > 0;
	struct buf value = { 0 }, why = { 0 };

	buf_fmt(to, "%s: ", _(alarm_words[a->code].name));
	if (named)
		add_value(to, a->what);
	buf_str(to, named && a->customer.len > 0 ? ", " : "");
	if (a->customer.len > 0)
		add_customer(o, to, a->customer);
	buf_str(to, named || a->customer.len > 0 ? ", " : "");
	add_number(&value, unit_of[a->unit], a->value);
	buf_fmt(to, _(alarm_words[a->code].value), buf_text(&value));
	buf_fmt(to, "; %s", watch_why(a, true, &why));
	buf_free(&value);
	buf_free(&why);
}

static void
add_alarm(struct outlook *o, const struct alarm *a)
{
	bool own = a->code == ALARM_SILENT || a->code == ALARM_IMPRESSION ||
	    a->what.len == 0;
	struct slice of = own ? a->customer : a->what;
	struct buf text = { 0 };
	struct figure *f;

	buf_fmt(&text, "%s/", alarm_info(a->code)->name);
	buf_slice(&text, of);
	f = add(o, "alarm", &text, unit_of[a->unit], a->value);
	f->p = a->p == ALARM_NONE ? FIGURE_NONE : a->p;
	note_alarm(o, &text, a);
	f->note = keep(o, &text);
	buf_free(&text);
}

static void
add_alarms(struct outlook *o)
{
	const struct alarms *all = &o->watch.alarms;

	for (size_t i = 0; i < all->n; i++)
		add_alarm(o, &all->at[i]);
	for (enum alarm_code c = 0; c < ALARMS; c++) {
		struct figure *f = section_new(o->review, "alarms",
		    slice_of(alarm_info(c)->name), FIGURE_COUNT);

		f->value = all->of[c];
		f->alarm = true;
	}
}

/* --- what is due --------------------------------------------------------- */

static void
add_urgent(struct outlook *o, const struct due_row *row)
{
	char day[DATE_TEXT];
	struct buf text = { 0 }, why = { 0 };
	struct figure *f;

	buf_fmt(&text, "%s/", due_rule[row->what].code);
	buf_slice(&text, row->ref.len > 0 ? row->ref : row->id);
	f = add(o, "urgent", &text, FIGURE_COUNT,
	    o->due.today - row->day);
	buf_fmt(&text, "%s ", date_text(day, row->day));
	add_value(&text, row->by);
	buf_str(&text, row->by.len > 0 ? ", " : "");
	add_customer(o, &text, row->id);
	buf_str(&text, ": ");
	add_value(&text, due_why(row, true, &why));
	f->note = keep(o, &text);
	buf_free(&text);
	buf_free(&why);
}

static void
add_due(struct outlook *o)
{
	const struct due_list *l = &o->agenda.list;
	struct figure *f;

	for (int w = 0; w < DUE_WHATS; w++)
		section_new(o->review, "due", slice_of(due_rule[w].code),
		    FIGURE_COUNT)->value = l->of[w];
	f = section_new(o->review, "due", slice_of("overdue"), FIGURE_COUNT);
	f->value = l->overdue;
	f->alarm = true;
	for (size_t i = 0; i < l->n && l->row[i].day < o->due.today; i++)
		add_urgent(o, &l->row[i]);
}

/* --- after the run ------------------------------------------------------- */

void
outlook_figures(struct outlook *o, struct review *r,
    const struct map *people)
{
	struct due *due = o->use[o->uses - 1].state;

	o->review = r;
	o->watch.turns = review_turns(r);
	o->watch.cases = review_cases(r);
	watch_find(&o->watch, people);
	due_lend(due, &(struct due_lent){ o->watch.turns, o->watch.cases,
		review_deals(r) });
	agenda_gather(&o->agenda, o->cli, &(struct agenda_source){ people,
		o->watch.ever, &o->watch.classes, &o->due });
	agenda_make(&o->agenda, due);
	for (size_t g = 0; g < o->watch.goals.n; g++)
		add_goal(o, &o->watch.standing[g]);
	add_alarms(o);
	add_due(o);
}

void
outlook_free(struct outlook *o)
{
	agenda_free(&o->agenda);
	watch_free(&o->watch);
	for (size_t i = 0; i < o->texts; i++)
		free(o->text[i]);
	free(o->text);
}
