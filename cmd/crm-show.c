/* crm-show - one customer from all sides. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/text.h"
#include "cli/portrait.h"
#include "crm/person.h"

enum { EVENTS = 20 }; /* shown to people, unless -n says how many */

static const struct cli_option options[] = {
	{ 'n', "events", "N", N_("at most N events of the timeline") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-show",
	.summary = N_("one customer from all sides"),
	.operands = "ID",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS,
	.example = { "crm-show C17", "crm-show -o json anna@example.org" },
};

struct job {
	struct cli c;
	int64_t limit;  /* -n, or -1 */
	struct buf id;  /* of the customer, as tables have it */
	struct err who; /* why he is not among the customers */
	struct journal journal, again;
	struct story_how how, how_again;
	struct stat_how flows, ever;
	struct use use[3]; /* stats, then his story */
	struct use threads;
	size_t stats;      /* how many are stats */
};

/* The customer meant; one who is only in the journal is known by id. */
static void
find_customer(struct job *j)
{
	struct slice id;

	if (person_find(cli_customers(&j->c), cli_aliases(&j->c),
		j->c.operand[0], &id, &j->who))
		buf_slice(&j->id, id);
	else
		text_escape(&j->id, slice_of(j->c.operand[0]));
	j->how.customer = buf_all(&j->id);
}

static void
run(struct job *j, struct journal *jr, struct story_how *how,
    struct use *use, size_t n)
{
	cli_journal(&j->c, jr, NULL, 0);
	how->column = journal_columns(jr, &how->columns);
	cli_run(&j->c, jr, use, n);
	story_sort(use[n - 1].state);
}

/* One pass for the value of all and the events of one. */
static void
gather(struct job *j)
{
	struct err e = { 0 };

	j->flows.window = j->c.window;
	j->ever.window = (struct window){ INT64_MIN, j->c.window.to };
	j->stats = j->c.period == NULL ? 1 : 2;
	j->use[0] = (struct use){ &stat_measure, &j->flows, NULL };
	j->use[1] = (struct use){ &stat_measure, &j->ever, NULL };
	j->use[j->stats] = (struct use){ &story_measure, &j->how, NULL };
	run(j, &j->journal, &j->how, j->use, j->stats + 1);
	for (size_t i = 0; i < j->stats; i++)
		if (!stat_settle(j->use[i].state, &j->journal.people, &e))
			die_err(&e);
}

/* What is open may have been ended by an event of somebody else (a case of
 * the company that a colleague closed): a second look at these threads. */
static const struct story *
gather_threads(struct job *j, const struct story *own)
{
	size_t n;
	struct story_thread *open = story_open(own, &n);
	struct map watch = { 0 };

	story_watch(open, n, &watch);
	free(open);
	if (watch.len == 0)
		return own;
	j->how_again = (struct story_how){ j->how.customer, &watch, NULL, 0 };
	j->threads = (struct use){ &story_measure, &j->how_again, NULL };
	run(j, &j->again, &j->how_again, &j->threads, 1);
	map_free(&watch);
	return j->threads.state;
}

static void
set_limit(struct job *j, struct portrait *p)
{
	bool people = j->c.out.format == SHOW_TABLE ||
	    j->c.out.format == SHOW_MD;

	p->limit = j->limit >= 0 ? (size_t)j->limit : people ? EVENTS
							      : SIZE_MAX;
}

/* His place among all customers. */
static bool
place(struct job *j, struct slice id, struct segments *names,
    struct segment_out *to)
{
	const struct crowd_source from = { &j->journal.people,
		j->use[0].state, j->use[j->stats - 1].state };
	struct crowd w;
	struct segment_out *out;
	size_t i = 0;
	bool found;

	crowd_gather(&w, &j->c, &from);
	out = crowd_segments(&w, &j->c, names);
	while (i < w.n && !slice_eq(w.in[i].id, id))
		i++;
	found = i < w.n;
	if (found)
		*to = out[i];
	free(out);
	crowd_free(&w);
	return found;
}

static void
show(struct job *j)
{
	const struct story *own = j->use[j->stats].state;
	struct portrait p = { .id = j->how.customer, .story = own,
		.how = &j->how, .names = &j->journal, .window = j->c.window };
	struct segments names = { 0 };
	uint32_t who = map_find(&j->journal.people, p.id);

	if (j->who.status != CRM_OK && own->n == 0)
		die_err(&j->who);
	set_limit(j, &p);
	p.stat = (struct stat_row){ .last_contact = STAT_NEVER,
		.first_order = DATE_NONE, .last_order = DATE_NONE };
	if (who != MAP_NONE)
		stat_row(j->use[0].state, who, &p.stat);
	p.threads = gather_threads(j, own);
	p.placed = place(j, p.id, &names, &p.segment);
	portrait_write(&p, &j->c);
	segments_free(&names);
}

static void
free_all(struct job *j)
{
	for (size_t i = 0; i <= j->stats; i++)
		use_free(&j->use[i]);
	if (j->threads.state != NULL) {
		use_free(&j->threads);
		journal_close(&j->again);
	}
	journal_close(&j->journal);
	free((void *)j->how.column);
	free((void *)j->how_again.column);
	buf_free(&j->id);
}

int
main(int argc, char *argv[])
{
	struct job j = { .limit = -1 };
	int o;

	cli_begin(&j.c, argc, argv, &spec);
	while ((o = cli_next(&j.c)) != -1)
		if (o == 'n' && num_int(slice_of(j.c.arg), 0, INT32_MAX,
			&j.limit) != NULL)
			cli_usage(&j.c, _("not a number of events: \"%s\""),
			    j.c.arg);
	if (j.c.operands != 1)
		cli_usage(&j.c, _("one customer is shown at a time"));
	cli_ready(&j.c);
	cli_need_store(&j.c);
	find_customer(&j);
	gather(&j);
	show(&j);
	free_all(&j);
	return cli_end(&j.c, CRM_OK);
}
