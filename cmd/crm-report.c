/* crm-report - the weekly report: a period against the one before it. */
#include "base/num.h"
#include "cli/outlook.h"
#include "measure/review.h"
#include "show/report.h"

static const struct cli_option options[] = {
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-report",
	.summary = N_("the weekly report: a period against the one before"),
	.operands = "[FILE ...]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS | CLI_ROWS,
	.example = { "crm-report", "crm-report -p last-month -o md" },
};

/* Days of a period, or those that the clock or --as-of has come to. */
static int32_t
days_so_far(const struct cli *c, struct period p)
{
	int32_t today = c->as_of != NULL ? c->today
				       : zone_day(&c->settings.zone, c->now);
	int32_t last = today < p.last && today >= p.first ? today : p.last;

	return last - p.first + 1;
}

static struct window
window_of(const struct cli *c, struct period p)
{
	return (struct window){ zone_day_start(&c->settings.zone, p.first),
		zone_day_start(&c->settings.zone, p.last + 1) };
}

static void
set_side(struct cli *c, struct review *r, int side, struct period p)
{
	r->period[side] = p;
	r->days[side] = days_so_far(c, p);
	r->window[side] = window_of(c, p);
}

/* The period, its forerunner and the thresholds.  Deadlines that come later
 * than the clock, or the end of --as-of, have not come yet. */
static void
prepare(struct cli *c, struct review *r)
{
	if (c->days.first == DATE_NONE || c->days.last == DATE_NONE)
		cli_usage(c, _("a report needs a period with two ends: \"%s\""),
		    c->period);
	set_side(c, r, REVIEW_NOW, c->days);
	set_side(c, r, REVIEW_BEFORE, period_before(c->days));
	r->earlier = window_of(c, period_before(r->period[REVIEW_BEFORE]));
	r->zone = &c->settings.zone;
	r->stage.sleeping_days = c->settings.number[SET_SLEEPING_DAYS] /
	    NUM_ONE;
	r->stage.lost_days = c->settings.number[SET_LOST_DAYS] / NUM_ONE;
	r->terms = cases_terms(&c->settings,
	    c->as_of != NULL || c->until < c->now ? c->until : c->now);
	r->customers = cli_customers(c);
	r->aliases = cli_aliases(c);
	review_begin(r);
}

/* One run for all: those of the review, and n more. */
static void
run(struct cli *c, struct journal *j, struct review *r, struct use *more,
    size_t n)
{
	struct use all[REVIEW_MOST + OUTLOOK_USES];

	memcpy(all, r->use, r->uses * sizeof *all);
	memcpy(all + r->uses, more, n * sizeof *all);
	cli_run(c, j, all, r->uses + n);
	memcpy(r->use, all, r->uses * sizeof *all);
	memcpy(more, all + r->uses, n * sizeof *all);
}

/*
 * Alarms, goals and what is due are of the whole firm: with -c or -w there
 * are none.
 */
static void
report(struct cli *c)
{
	struct review r = { 0 };
	struct outlook o = { 0 };
	struct use use[OUTLOOK_USES];
	size_t n = 0;
	bool looks_ahead;
	struct stages stages;
	struct journal j;
	struct err e = { 0 };

	cli_journal(c, &j, c->operand, (size_t)c->operands);
	die_unless(stages_load(&stages, &c->store, &e), &e);
	r.stages = j.stages = &stages;
	r.accounts = c->accounts;
	prepare(c, &r);
	looks_ahead = c->only == NULL && c->where == NULL;
	r.terms.since = INT64_MAX;
	if (looks_ahead) {
		n = outlook_begin(&o, c, use);
		r.terms.since = alarm_since(&c->settings, c->today);
	}
	run(c, &j, &r, use, n);
	die_unless(review_figures(&r, &j.people, &e), &e);
	if (looks_ahead)
		outlook_figures(&o, &r, &j.people);
	report_write(&(struct report){ c->days, r.period[REVIEW_BEFORE],
		c->settings.text[SET_CURRENCY], r.days[REVIEW_NOW] <=
		c->days.last - c->days.first, r.figure, r.figures },
	    &c->out);
	outlook_free(&o);
	for (size_t i = 0; i < n; i++)
		use_free(&use[i]);
	review_free(&r);
	stages_free(&stages);
	journal_close(&j);
}

int
main(int argc, char *argv[])
{
	struct cli c;

	cli_begin(&c, argc, argv, &spec);
	while (cli_next(&c) != -1)
		;
	if (c.period == NULL)
		c.period = "last-week";
	c.columns = REVIEW_COLUMNS | OUTLOOK_COLUMNS;
	cli_ready(&c);
	cli_speak(&c);
	report(&c);
	return cli_end(&c, CRM_OK);
}
