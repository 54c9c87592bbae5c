/* What a portrait is made from; part of portrait.h. */
#include <stdlib.h>

#include "cli/portrait.h"

static void
run(struct cli *c, struct journal *j, struct story_how *how, struct use *use,
    size_t n)
{
	cli_journal(c, j, NULL, 0);
	how->column = journal_columns(j, &how->columns);
	cli_run(c, j, use, n);
	story_sort(use[n - 1].state);
}

/* One pass for the value of all and the events of one. */
static void
gather_all(struct portrait *p, struct cli *c)
{
	struct err e = { 0 };

	p->flows.window = c->window;
	p->ever.window = (struct window){ INT64_MIN, c->window.to };
	p->stats = c->period == NULL ? 1 : 2;
	p->use[0] = (struct use){ &stat_measure, &p->flows, NULL };
	p->use[1] = (struct use){ &stat_measure, &p->ever, NULL };
	p->use[p->stats] = (struct use){ &story_measure, &p->how, NULL };
	run(c, &p->journal, &p->how, p->use, p->stats + 1);
	for (size_t i = 0; i < p->stats; i++)
		if (!stat_settle(p->use[i].state, &p->journal.people, &e))
			die_err(&e);
	p->story = p->use[p->stats].state;
}

/* What is open may have been ended by an event of somebody else (a case of
 * the company that a colleague closed): a second look at these threads. */
static void
gather_threads(struct portrait *p, struct cli *c)
{
	size_t n;
	struct story_thread *open = story_open(p->story, &n);
	struct map watch = { 0 };

	story_watch(open, n, &watch);
	free(open);
	p->threads = p->story;
	if (watch.len == 0)
		return;
	p->how_again = (struct story_how){ p->id, &watch, NULL, 0 };
	p->watch = (struct use){ &story_measure, &p->how_again, NULL };
	run(c, &p->again, &p->how_again, &p->watch, 1);
	map_free(&watch);
	p->threads = p->watch.state;
}

/* His place among all customers. */
static void
place(struct portrait *p, struct cli *c)
{
	const struct crowd_source from = { &p->journal.people,
		p->use[0].state, p->use[p->stats - 1].state };
	struct crowd w;
	struct segment_out *out;
	size_t i = 0;

	crowd_gather(&w, c, &from);
	out = crowd_segments(&w, c, &p->names);
	while (i < w.n && !slice_eq(w.in[i].id, p->id))
		i++;
	p->placed = i < w.n;
	if (p->placed)
		p->segment = out[i];
	free(out);
	crowd_free(&w);
}

void
portrait_gather(struct portrait *p, struct cli *c)
{
	uint32_t who;

	p->how.customer = p->id;
	p->window = c->window;
	gather_all(p, c);
	gather_threads(p, c);
	who = map_find(&p->journal.people, p->id);
	p->stat = (struct stat_row){ .last_contact = STAT_NEVER,
		.first_order = DATE_NONE, .last_order = DATE_NONE };
	if (who != MAP_NONE)
		stat_row(p->use[0].state, who, &p->stat);
	place(p, c);
}

void
portrait_free(struct portrait *p)
{
	for (size_t i = 0; i <= p->stats; i++)
		use_free(&p->use[i]);
	if (p->watch.state != NULL) {
		use_free(&p->watch);
		journal_close(&p->again);
	}
	journal_close(&p->journal);
	free((void *)p->how.column);
	free((void *)p->how_again.column);
	segments_free(&p->names);
}
