#include "cli/survey.h"

#include <string.h>

#include "base/tr.h"
#include "cli/grouping.h"
#include "measure/score.h"

/* The columns of a survey whose answers are satisfied or not. */
#define SHARE_COLUMNS { { "n", SHOW_NUMBER, N_("answers") }, \
	{ "satisfied", SHOW_NUMBER, N_("satisfied") }, \
	{ "share", SHOW_NUMBER, N_("share") }, \
	{ "low", SHOW_NUMBER, N_("at least") }, \
	{ "high", SHOW_NUMBER, N_("at most") }, \
	{ "mean", SHOW_NUMBER, N_("mean") } }, 6

static const struct survey surveys[] = {
	{ "nps", KIND_NPS, 0, { { "n", SHOW_NUMBER, N_("answers") },
	    { "promoters", SHOW_NUMBER, N_("promoters") },
	    { "passives", SHOW_NUMBER, N_("passives") },
	    { "detractors", SHOW_NUMBER, N_("detractors") },
	    { "nps", SHOW_NUMBER, N_("NPS") },
	    { "low", SHOW_NUMBER, N_("at least") },
	    { "high", SHOW_NUMBER, N_("at most") } }, 7 },
	{ "csat", KIND_CSAT, 4, SHARE_COLUMNS },
	{ "ces", KIND_CES, 5, SHARE_COLUMNS },
};

static const struct show_column compared[] = {
	{ "change", SHOW_NUMBER, N_("change") },
	{ "z", SHOW_NUMBER, NULL }, { "p", SHOW_NUMBER, NULL },
};

const struct survey *
survey_find(const char *name)
{
	for (size_t i = 0; i < LEN(surveys); i++)
		if (strcmp(surveys[i].name, name) == 0)
			return &surveys[i];
	return NULL;
}

static void
begin_table(const struct survey_answer *w, struct show *out)
{
	struct show_column all[10];
	size_t n = w->survey->columns;

	memcpy(all, w->survey->column, n * sizeof *all);
	for (size_t i = 0; i < 3 && w->compare; i++)
		all[n++] = compared[i];
	grouping_begin(out, w->group, all, n);
}

static void
show_nps(struct show *out, const struct nps_answers *a)
{
	struct score_nps s = nps_counts(a);
	struct score_range r = score_nps_range(&s);

	show_int(out, s.promoters);
	show_int(out, s.passives);
	show_int(out, s.detractors);
	show_fixed(out, score_nps(&s), 1);
	show_fixed(out, r.low, 1);
	show_fixed(out, r.high, 1);
}

static void
show_share(struct show *out, const struct nps_answers *a, int satisfied)
{
	struct score_part s = nps_at_least(a, satisfied);

	show_int(out, s.part);
	grouping_share(out, s);
	show_fixed(out, score_mean(a->sum, a->n), 2);
}

static void
show_change(struct show *out, const struct survey *survey,
    const struct nps_answers *before, const struct nps_answers *now)
{
	struct score_nps a = nps_counts(before), b = nps_counts(now);
	bool nps = survey->kind == KIND_NPS;
	struct score_change c = nps ? score_nps_change(&a, &b) :
	    score_share_change(nps_at_least(before, survey->satisfied),
	    nps_at_least(now, survey->satisfied));

	show_fixed(out, c.change, nps ? 1 : 2);
	show_fixed(out, c.z, 2);
	show_fixed(out, c.p, 3);
}

/* Are all keys but the last the same, so that one follows the other? */
static bool
follows(const struct nps_answers *a, const struct nps_answers *b)
{
	return slice_eq(grouping_parent(a->key), grouping_parent(b->key));
}

void
survey_write(const struct survey_answer *w, struct show *out)
{
	static const struct nps_answers nobody = { 0 };
	const struct survey *s = w->survey;
	const struct nps_answers *a = w->answers;

	begin_table(w, out);
	for (size_t i = 0; i < w->n; i++) {
		grouping_key(out, w->group, a[i].key);
		show_int(out, a[i].n);
		if (s->kind == KIND_NPS)
			show_nps(out, &a[i]);
		else
			show_share(out, &a[i], s->satisfied);
		if (w->compare)
			show_change(out, s, i > 0 && follows(&a[i - 1], &a[i]) ?
			    &a[i - 1] : &nobody, &a[i]);
		show_row(out);
	}
	show_end(out);
}
