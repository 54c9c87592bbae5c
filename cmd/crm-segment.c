/* crm-segment - class, scores, stage and rank of each customer. */
#include <stdlib.h>

#include "cli/intake.h"
#include "cli/ranking.h"

enum { PARETO = OPTION_OWN };

static const struct cli_option options[] = {
	{ PARETO, "pareto", NULL,
	    N_("show how unevenly sales are spread instead") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-segment",
	.summary = N_("class, scores, stage and rank of each customer"),
	.operands = "[FILE ...]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS | CLI_ROWS,
	.example = { "crm-segment | crm-find 'abc = A and stage = sleeping' -",
	    "crm-stat | crm-segment --pareto -" },
};

/* Flows of the period, states of all time up to its end: two windows in one
 * pass, or one where they are the same. */
static void
gather(struct cli *c, struct crowd *w, struct map *people)
{
	struct stat_how flows = { c->window };
	struct stat_how ever = { { INT64_MIN, c->window.to } };
	struct use uses[2] = { { &stat_measure, &flows, NULL },
		{ &stat_measure, &ever, NULL } };
	size_t n = c->period == NULL ? 1 : 2;

	intake_fold(c, uses, n, people);
	crowd_gather(w, c, &(struct crowd_source){ people, uses[0].state,
		uses[n - 1].state });
	for (size_t i = 0; i < n; i++)
		use_free(&uses[i]);
}

int
main(int argc, char *argv[])
{
	struct cli c;
	struct map people;
	struct crowd w;
	bool pareto = false;
	uint32_t *rank;

	cli_begin(&c, argc, argv, &spec);
	while (cli_next(&c) == PARETO)
		pareto = true;
	c.columns = RANKING_COLUMNS;
	cli_ready(&c);
	gather(&c, &w, &people);
	rank = segment_rank(w.in, w.n);
	(pareto ? ranking_pareto : ranking_segments)(&c, &w, rank);
	free(rank);
	crowd_free(&w);
	map_free(&people);
	return cli_end(&c, CRM_OK);
}
