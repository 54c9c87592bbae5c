#include "cli/pipeline.h"

#include <stdlib.h>

#include "base/num.h"
#include "cli/grouping.h"
#include "measure/median.h"

enum { NAMED = 10 }; /* threads that are left out and named */

/* --- groups ----------------------------------------------------------- */

typedef void write_group(const struct pipeline *p, struct slice key,
    size_t from, size_t end);

/* The table, with what is written for each group of deals in turn; without
 * keys and deals for one that is empty. */
static void
write_table(const struct pipeline *p, const struct show_column *column,
    size_t n, write_group *write)
{
	const struct funnel *f = p->funnel;

	grouping_begin(&p->cli->out, &p->cli->group, column, n);
	for (size_t at = 0, end; at < f->n; at = end) {
		end = funnel_end(f, at);
		write(p, funnel_group(f, at), at, end);
	}
	if (f->n == 0 && p->cli->group.n == 0)
		write(p, SLICE_EMPTY, 0, 0);
	show_end(&p->cli->out);
}

/* --- stages ----------------------------------------------------------- */

static const struct show_column stage_column[] = {
	{ "stage", SHOW_TEXT, N_("stage") },
	{ "entered", SHOW_NUMBER, N_("entered") },
	{ "moved", SHOW_NUMBER, N_("moved on") },
	{ "lost", SHOW_NUMBER, N_("lost") },
	{ "open", SHOW_NUMBER, N_("open") },
	{ "n", SHOW_NUMBER, N_("decided") },
	{ "conversion", SHOW_NUMBER, N_("conversion") },
	{ "low", SHOW_NUMBER, N_("at least") },
	{ "high", SHOW_NUMBER, N_("at most") },
	{ "days_n", SHOW_NUMBER, N_("times") },
	{ "days", SHOW_NUMBER, N_("days") },
};

static void
show_stage(struct show *out, const struct funnel_stage *s)
{
	int64_t n = s->moved + s->lost;

	show_int(out, s->entered);
	show_int(out, s->moved);
	show_int(out, s->lost);
	show_int(out, s->open);
	show_int(out, n);
	grouping_share(out, (struct score_part){ s->moved, n });
	show_int(out, s->times);
	show_fixed(out, s->days, 1);
	show_row(out);
}

static void
stages_of(const struct pipeline *p, struct slice key, size_t from, size_t end)
{
	struct funnel_stage row[STAGES_MAX];
	struct show *out = &p->cli->out;
	uint32_t n = p->stages->names.len;

	funnel_stages(p->funnel, from, end, row, n);
	for (uint32_t s = 0; s < n; s++) {
		grouping_key(out, &p->cli->group, key);
		show_field(out, map_key(&p->stages->names, s));
		show_stage(out, &row[s]);
	}
}

void
pipeline_stages(const struct pipeline *p)
{
	write_table(p, stage_column, LEN(stage_column), stages_of);
}

/* --- summary ---------------------------------------------------------- */

static const struct show_column sum_column[] = {
	{ "deals", SHOW_NUMBER, N_("deals") },
	{ "open", SHOW_NUMBER, N_("open") },
	{ "open_value", SHOW_NUMBER, N_("value open") },
	{ "won", SHOW_NUMBER, N_("won") },
	{ "lost", SHOW_NUMBER, N_("lost") },
	{ "n", SHOW_NUMBER, N_("decided") },
	{ "win_rate", SHOW_NUMBER, N_("win rate") },
	{ "low", SHOW_NUMBER, N_("at least") },
	{ "high", SHOW_NUMBER, N_("at most") },
	{ "won_value", SHOW_NUMBER, N_("value won") },
	{ "lost_value", SHOW_NUMBER, N_("value lost") },
	{ "value_n", SHOW_NUMBER, N_("with a value") },
	{ "value_rate", SHOW_NUMBER, N_("win rate by value") },
	{ "average", SHOW_NUMBER, N_("average won") },
	{ "cycle_days", SHOW_NUMBER, N_("days to win") },
	{ "velocity", SHOW_NUMBER, N_("value a day") },
};

static void
show_sums(struct show *out, const struct funnel_sums *s)
{
	const struct funnel_sum *open = &s->of[FUNNEL_OPEN];
	const struct funnel_sum *won = &s->of[FUNNEL_WON];
	const struct funnel_sum *lost = &s->of[FUNNEL_LOST];

	show_int(out, open->n + won->n + lost->n);
	show_int(out, open->n);
	show_money(out, open->value);
	show_int(out, won->n);
	show_int(out, lost->n);
	show_int(out, won->n + lost->n);
	grouping_share(out, (struct score_part){ won->n,
	    won->n + lost->n });
	show_money(out, won->value);
	show_money(out, lost->value);
	show_int(out, won->valued + lost->valued);
	grouping_part(out, won->value, won->value + lost->value);
	show_fixed(out, s->average, 2);
	show_fixed(out, s->cycle == SCORE_NONE ? SCORE_NONE :
	    median_days(s->cycle), 1);
	show_fixed(out, s->velocity, 2);
	show_row(out);
}

static void
summary_of(const struct pipeline *p, struct slice key, size_t from,
    size_t end)
{
	struct funnel_sums sums = funnel_sums(p->funnel, from, end);

	grouping_key(&p->cli->out, &p->cli->group, key);
	show_sums(&p->cli->out, &sums);
}

void
pipeline_summary(const struct pipeline *p)
{
	write_table(p, sum_column, LEN(sum_column), summary_of);
}

/* --- forecast --------------------------------------------------------- */

static const struct show_column month_column[] = {
	{ "month", SHOW_TEXT, N_("month") },
	{ "deals", SHOW_NUMBER, N_("deals") },
	{ "value", SHOW_NUMBER, N_("value") },
	{ "weighted", SHOW_NUMBER, N_("weighted") },
	{ "n", SHOW_NUMBER, N_("decided") },
};

/* The chance of a deal in each stage. */
static void
chances(const struct pipeline *p, struct score_part *chance)
{
	const struct stages *g = p->stages;

	if (p->observed) {
		funnel_observed(p->funnel, chance, g->names.len);
		return;
	}
	for (uint32_t s = 0; s < g->names.len; s++)
		chance[s] = (struct score_part){ g->probability[s],
			g->probability[s] == STAGES_UNKNOWN ? 0 :
			100 * NUM_ONE };
}

static void
show_month(struct show *out, int32_t first)
{
	char text[DATE_TEXT];

	if (first == FUNNEL_OVERDUE)
		show_text(out, "overdue");
	else if (first == DATE_NONE)
		show_text(out, "none");
	else
		show_text(out, period_text(text, first, PERIOD_MONTH));
}

/* The least that any of the chances rests on. */
static int64_t
least(const struct funnel_month *m, const struct score_part *chance)
{
	int64_t n = INT64_MAX;

	for (int s = 0; s < STAGES_MAX; s++)
		if ((m->stages >> s & 1) != 0 && chance[s].whole < n)
			n = chance[s].whole;
	return n;
}

static void
forecast_of(const struct pipeline *p, struct slice key, size_t from,
    size_t end)
{
	struct show *out = &p->cli->out;
	struct funnel_month *m;
	size_t n;

	m = funnel_months(p->funnel, from, end, p->cli->today, &n);
	for (size_t i = 0; i < n; i++) {
		grouping_key(out, &p->cli->group, key);
		show_month(out, m[i].first);
		show_int(out, m[i].sum.n);
		show_money(out, m[i].sum.value);
		show_fixed(out, funnel_weighted(&m[i], p->chance), 2);
		if (p->observed)
			show_int(out, least(&m[i], p->chance));
		show_row(out);
	}
	free(m);
}

/* Say of stages with open deals where their share rests on few. */
static void
warn_few(const struct pipeline *p, const struct score_part *chance)
{
	char shown[ERR_SHOWN];
	uint64_t used = 0;

	for (size_t i = 0; i < p->funnel->n; i++)
		if (p->funnel->deal[i].state == FUNNEL_OPEN)
			used |= UINT64_C(1) << p->funnel->deal[i].stage;
	for (uint32_t s = 0; s < p->stages->names.len; s++)
		if ((used >> s & 1) != 0 && chance[s].whole < SCORE_FEW)
			warn(ngettext("stage \"%s\": only %lld deal ended: "
			    "under 100 a share is unsure",
			    "stage \"%s\": only %lld deals ended: under 100 a "
			    "share is unsure", (unsigned long)chance[s].whole),
			    err_shown(shown, map_key(&p->stages->names, s)),
			    (long long)chance[s].whole);
}

void
pipeline_forecast(const struct pipeline *p)
{
	struct score_part chance[STAGES_MAX];
	struct pipeline q = *p;

	chances(p, chance);
	q.chance = chance;
	write_table(&q, month_column, LEN(month_column) - !p->observed,
	    forecast_of);
	if (p->observed)
		warn_few(p, chance);
}

/* --- reasons ---------------------------------------------------------- */

static const struct show_column reason_column[] = {
	{ "reason", SHOW_TEXT, N_("reason") },
	{ "lost", SHOW_NUMBER, N_("lost") },
	{ "share", SHOW_NUMBER, N_("share") },
	{ "value", SHOW_NUMBER, N_("value") },
	{ "value_share", SHOW_NUMBER, N_("share of value") },
};

static void
lost_of(const struct pipeline *p, struct slice key, size_t from, size_t end)
{
	struct funnel_sums sums = funnel_sums(p->funnel, from, end);
	const struct funnel_sum *all = &sums.of[FUNNEL_LOST];
	struct show *out = &p->cli->out;
	struct funnel_reason *r;
	size_t n;

	r = funnel_reasons(p->funnel, from, end, &n);
	for (size_t i = 0; i < n; i++) {
		const struct funnel_sum *s = &r[i].sum;

		grouping_key(out, &p->cli->group, key);
		show_field(out, r[i].reason);
		show_int(out, s->n);
		grouping_part(out, s->n, all->n);
		show_money(out, s->value);
		grouping_part(out, s->value, all->value);
		show_row(out);
	}
	free(r);
}

void
pipeline_lost(const struct pipeline *p)
{
	write_table(p, reason_column, LEN(reason_column), lost_of);
}

/* --- what is left out ------------------------------------------------- */

static void
warn_odd(const struct funnel_odd *o)
{
	char ref[ERR_SHOWN], one[ERR_SHOWN], other[ERR_SHOWN];

	err_shown(ref, o->ref);
	if (o->one.len == 0)
		warn(_("deal \"%s\": ended before it was opened: left out"),
		    ref);
	else
		warn(_("deal \"%s\": of two customers, \"%s\" and \"%s\": "
		    "left out"), ref, err_shown(one, o->one),
		    err_shown(other, o->other));
}

void
pipeline_warn(const struct funnel *f)
{
	size_t more = f->odds > NAMED ? f->odds - NAMED : 0;

	for (size_t i = 0; i < f->odds - more; i++)
		warn_odd(&f->odd[i]);
	if (more > 0)
		warn(ngettext("%zu more deal is left out",
		    "%zu more deals are left out", more), more);
}
