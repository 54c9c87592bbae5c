#include "crm/goals.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/num.h"
#include "base/tr.h"

static const struct goal_metric_info metrics[GOAL_METRICS] = {
	[GOAL_REVENUE] = { "revenue", GOAL_FLOW, FIGURE_MONEY, 1,
	    N_("sum of orders") },
	[GOAL_NET] = { "net", GOAL_FLOW, FIGURE_MONEY, 1,
	    N_("sum of orders less refunds") },
	[GOAL_ORDERS] = { "orders", GOAL_FLOW, FIGURE_COUNT, 1,
	    N_("number of orders") },
	[GOAL_NEW] = { "new", GOAL_FLOW, FIGURE_COUNT, 1,
	    N_("customers who ordered for the first time ever") },
	[GOAL_ACTIVE] = { "active", GOAL_FLOW, FIGURE_COUNT, 1,
	    N_("customers who ordered") },
	[GOAL_NPS] = { "nps", GOAL_SCORE, FIGURE_SCORE, 1,
	    N_("Net Promoter Score") },
	[GOAL_CSAT] = { "csat", GOAL_SCORE, FIGURE_SHARE, 1,
	    N_("share of answers 4 and 5, per cent") },
	[GOAL_CES] = { "ces", GOAL_SCORE, FIGURE_SHARE, 1,
	    N_("share of answers 5 to 7, per cent") },
	[GOAL_OPEN_CASES] = { "open_cases", GOAL_STATE, FIGURE_COUNT, -1,
	    N_("cases that are not solved") },
	[GOAL_OVERDUE_CASES] = { "overdue_cases", GOAL_STATE, FIGURE_COUNT,
	    -1, N_("cases that are not solved and past their deadline") },
	[GOAL_WON] = { "won", GOAL_FLOW, FIGURE_MONEY, 1,
	    N_("value of deals that were won") },
	[GOAL_WON_DEALS] = { "won_deals", GOAL_FLOW, FIGURE_COUNT, 1,
	    N_("number of deals that were won") },
};

const struct goal_metric_info *
goal_metric(enum goal_metric m)
{
	return &metrics[m];
}

/* --- a number of each unit ----------------------------------------------- */

static const char *
read_count(struct slice s, int64_t *v)
{
	return num_int(s, 0, INT32_MAX, v);
}

/* A decimal from low to high units, of which a last place has so many
 * ten-thousandths. */
static bool
read_places(struct slice s, int64_t low, int64_t high, int64_t place,
    int64_t *v)
{
	if (num_signed(s, v) != NULL || *v < low * NUM_ONE ||
	    *v > high * NUM_ONE || *v % place != 0)
		return false;
	*v /= place;
	return true;
}

static const char *
read_share(struct slice s, int64_t *v)
{
	return read_places(s, 0, 100, NUM_ONE / 100, v) ? NULL :
	    _("not a per cent from 0 to 100 with at most two decimals");
}

static const char *
read_score(struct slice s, int64_t *v)
{
	return read_places(s, -100, 100, NUM_ONE / 10, v) ? NULL :
	    _("not a score from -100 to 100 with at most one decimal");
}

typedef const char *reader(struct slice s, int64_t *v);

static reader *const readers[] = {
	[FIGURE_COUNT] = read_count, [FIGURE_MONEY] = num_dec,
	[FIGURE_SHARE] = read_share, [FIGURE_SCORE] = read_score,
};

/* --- a row --------------------------------------------------------------- */

enum column { METRIC, TARGET, DUE, SINCE, BASE, OWNER, WHY, COLUMNS };

static const struct {
	const char *name;
	bool needed;
} columns[COLUMNS] = { { "metric", true }, { "target", true },
	{ "due", true }, { "since", false }, { "base", false },
	{ "owner", false }, { "why", false } };

static bool
read_metric(struct goal *g, struct tsv *t, const int *at)
{
	struct slice word = tsv_field(t, at[METRIC]), names[GOAL_METRICS];
	int m = 0;

	while (m < GOAL_METRICS && !slice_is(word, metrics[m].name))
		m++;
	g->metric = (enum goal_metric)m;
	if (m < GOAL_METRICS)
		return true;
	for (int i = 0; i < GOAL_METRICS; i++)
		names[i] = slice_of(metrics[i].name);
	return tsv_unknown(t, at[METRIC], near_word(word, names,
	    GOAL_METRICS));
}

static bool
read_number(struct tsv *t, int col, enum goal_metric m, int64_t *v)
{
	const char *bad = readers[metrics[m].unit](tsv_field(t, col), v);

	return bad == NULL || tsv_bad(t, col, bad);
}

static bool
read_numbers(struct goal *g, struct tsv *t, const int *at)
{
	g->base = GOAL_UNKNOWN;
	return read_number(t, at[TARGET], g->metric, &g->target) &&
	    (tsv_field(t, at[BASE]).len == 0 ||
	    read_number(t, at[BASE], g->metric, &g->base));
}

static bool
read_days(struct goal *g, struct tsv *t, const int *at)
{
	if (!date_parse(tsv_field(t, at[DUE]), &g->due))
		return tsv_bad(t, at[DUE], _("not a day"));
	g->since = date_days(date_of(g->due).year, 1, 1);
	if (tsv_field(t, at[SINCE]).len == 0)
		return true;
	if (!date_parse(tsv_field(t, at[SINCE]), &g->since))
		return tsv_bad(t, at[SINCE], _("not a day"));
	return g->since <= g->due || tsv_bad(t, at[SINCE], _("behind due"));
}

static char *
word(struct tsv *t, int col)
{
	struct slice s = tsv_field(t, col);

	return mem_text(s.at, s.len);
}

static void
read_row(struct goals *g, struct tsv *t, const int *at)
{
	struct goal *to = &g->at[g->n];
	char said[80];

	if (g->n == GOALS_MAX) {
		snprintf(said, sizeof said, _("more than %d goals"),
		    GOALS_MAX);
		tsv_bad(t, at[METRIC], said);
		return;
	}
	if (!read_metric(to, t, at) || !read_numbers(to, t, at) ||
	    !read_days(to, t, at))
		return;
	to->owner = word(t, at[OWNER]);
	to->why = word(t, at[WHY]);
	g->n++;
}

static bool
find_columns(struct tsv *t, int *at)
{
	for (int i = 0; i < COLUMNS; i++) {
		at[i] = head_find(&t->head, columns[i].name);
		if (columns[i].needed &&
		    !tsv_need(t, columns[i].name, &at[i]))
			return false;
	}
	return true;
}

bool
goals_read(struct goals *g, struct tsv *t)
{
	int at[COLUMNS];

	if (!find_columns(t, at))
		return false;
	while (tsv_next(t))
		read_row(g, t, at);
	return tsv_ok(t);
}

bool
goals_load(struct goals *g, const struct store *s, struct err *e)
{
	struct tsv t = { 0 };
	struct input *in;

	*g = (struct goals){ 0 };
	if (!store_input(s, "goals.tsv", &in, e))
		return false;
	if (in == NULL)
		return true;
	if (tsv_open(&t, in))
		goals_read(g, &t);
	return tsv_done(&t, e);
}

void
goals_free(struct goals *g)
{
	for (size_t i = 0; i < g->n; i++) {
		free(g->at[i].owner);
		free(g->at[i].why);
	}
	*g = (struct goals){ 0 };
}
