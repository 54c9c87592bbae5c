#include "crm/stages.h"

#include <stdio.h>

#include "base/num.h"
#include "base/tr.h"

/* lib/share/stages.tsv is the same to edit. */
static const struct preset {
	const char *name;
	int probability;
} preset[] = {
	{ "lead", 10 }, { "contact", 20 }, { "offer", 40 },
	{ "negotiation", 70 },
};

static void
add(struct stages *g, struct slice name, int64_t probability, uint64_t line)
{
	uint32_t i = map_add(&g->names, name);

	g->probability[i] = probability;
	g->line[i] = line;
}

static void
use_preset(struct stages *g)
{
	for (size_t i = 0; i < LEN(preset); i++)
		add(g, slice_of(preset[i].name),
		    preset[i].probability * NUM_ONE, 0);
}

/* Per cent, or empty. */
static bool
read_probability(struct slice s, int64_t *p)
{
	*p = STAGES_UNKNOWN;
	return s.len == 0 || (num_dec(s, p) == NULL && *p <= 100 * NUM_ONE);
}

static bool
read_row(struct stages *g, struct tsv *t, int name, int probability)
{
	struct slice stage = tsv_field(t, name);
	int had = stages_find(g, stage);
	int64_t p;
	char said[80];

	if (stage.len == 0)
		return tsv_bad(t, name, _("missing"));
	if (had >= 0) {
		snprintf(said, sizeof said, _("already in line %ju"),
		    (uintmax_t)g->line[had]);
		return tsv_bad(t, name, said);
	}
	if (g->names.len == STAGES_MAX) {
		snprintf(said, sizeof said, _("more than %d stages"),
		    STAGES_MAX);
		return tsv_bad(t, name, said);
	}
	if (!read_probability(tsv_field(t, probability), &p))
		return tsv_bad(t, probability,
		    _("not a per cent from 0 to 100"));
	add(g, stage, p, t->line);
	return true;
}

bool
stages_read(struct stages *g, struct tsv *t)
{
	int name, probability;

	if (!tsv_need(t, "stage", &name) ||
	    !tsv_need(t, "probability", &probability))
		return false;
	while (tsv_next(t))
		read_row(g, t, name, probability);
	if (tsv_ok(t) && g->names.len == 0)
		err_set(&t->err, CRM_DATA, _("%s: no stage in it"),
		    input_name(t->in));
	return tsv_ok(t);
}

bool
stages_load(struct stages *g, const struct store *s, struct err *e)
{
	struct tsv t = { 0 };
	struct input *in;

	*g = (struct stages){ 0 };
	if (!store_input(s, "stages.tsv", &in, e))
		return false;
	if (in == NULL) {
		use_preset(g);
		return true;
	}
	if (tsv_open(&t, in))
		stages_read(g, &t);
	return tsv_done(&t, e);
}

bool
stages_chosen(struct stages *g, const struct store *s, struct err *e)
{
	*g = (struct stages){ 0 };
	return !s->here || !store_has(s, "stages.tsv") ||
	    stages_load(g, s, e);
}

int
stages_find(const struct stages *g, struct slice name)
{
	uint32_t i = map_find(&g->names, name);

	return i == MAP_NONE ? -1 : (int)i;
}

struct slice
stages_near(const struct stages *g, struct slice name)
{
	struct slice all[STAGES_MAX];

	for (uint32_t i = 0; i < g->names.len; i++)
		all[i] = map_key(&g->names, i);
	return near_word(name, all, g->names.len);
}

const char *
stages_wrong(const struct stages *g, struct slice topic,
    char to[static STAGES_WRONG])
{
	char told[NEAR_TOLD];

	if (topic.len == 0 || stages_find(g, topic) >= 0)
		return NULL;
	snprintf(to, STAGES_WRONG, "%s: %s", _("unknown"),
	    near_told(told, topic, stages_near(g, topic)));
	return to;
}

void
stages_free(struct stages *g)
{
	map_free(&g->names);
}
