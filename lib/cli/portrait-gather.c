/* What a portrait is made from; part of portrait.h. */
#include <stdlib.h>

#include "cli/campaigns.h"
#include "cli/loyalty.h"
#include "cli/portrait.h"
#include "measure/cases.h"
#include "measure/consent.h"

/* One pass: the value of all, and his story. */
static void
gather_all(struct portrait *p, struct cli *c)
{
	struct err e = { 0 };

	p->how = (struct story_how){ .customer = p->id, .threads = true };
	p->flows.window = c->window;
	p->ever.window = (struct window){ INT64_MIN, c->window.to };
	p->stats = c->period == NULL ? 1 : 2;
	p->use[0] = (struct use){ &stat_measure, &p->flows, NULL };
	p->use[1] = (struct use){ &stat_measure, &p->ever, NULL };
	p->use[p->stats] = (struct use){ &story_measure, &p->how, NULL };
	cli_journal(c, &p->journal, NULL, 0);
	p->how.column = journal_columns(&p->journal, &p->how.columns);
	cli_run(c, &p->journal, p->use, p->stats + 1);
	for (size_t i = 0; i < p->stats; i++)
		if (!stat_settle(p->use[i].state, &p->journal.people, &e))
			die_err(&e);
	story_sort(p->use[p->stats].state);
	p->story = p->use[p->stats].state;
	p->all = p->use[p->stats - 1].state;
}

/* --- the small journal ---------------------------------------------------- */

static struct input *
small_journal(const struct portrait *p)
{
	struct buf table = { 0 };

	for (size_t i = 0; i < p->how.columns; i++) {
		if (i > 0)
			buf_byte(&table, '\t');
		buf_slice(&table, journal_column(&p->journal,
		    p->how.column[i]));
	}
	buf_byte(&table, '\n');
	story_table(p->story, &table);
	return input_memory(&table, "journal");
}

static void
set_parts(struct portrait *p, const struct cli *c)
{
	const unsigned ref = THREAD_COLUMN(EVENT_REF) |
	    THREAD_COLUMN(EVENT_TOPIC) | THREAD_COLUMN(EVENT_BY);
	const unsigned all = ref | THREAD_COLUMN(EVENT_CHANNEL) |
	    THREAD_COLUMN(EVENT_TEXT);

	p->rules = loyalty_rules(c, &p->tiers, LOYALTY_SOON);
	p->thread[PORTRAIT_CASES] = (struct thread_how){
		.kinds = CASES_KINDS, .columns = all };
	p->thread[PORTRAIT_DEALS] = (struct thread_how){
		.kinds = FUNNEL_KINDS, .columns = ref | FUNNEL_COLUMNS };
	p->thread[PORTRAIT_PROMISES] = (struct thread_how){
		.kinds = THREAD_KIND(KIND_TODO) | THREAD_KIND(KIND_DONE) |
		    THREAD_KIND(KIND_CONTRACT), .columns = all };
	p->thread[PORTRAIT_CONSENT] = consent_how;
	p->thread[PORTRAIT_POINTS] = points_how(&p->rules);
	p->thread[PORTRAIT_CAMPAIGNS] = campaign_how(NULL);
	p->terms = agenda_terms(c, AGENDA_DAYS);
	for (int i = 0; i < PORTRAIT_THREADS; i++)
		p->part[i] = (struct use){ &thread_measure, &p->thread[i],
			NULL };
	p->part[PORTRAIT_DUE] = (struct use){ &due_measure, &p->terms, NULL };
}

static void
gather_own(struct portrait *p, struct cli *c)
{
	struct input *in = small_journal(p);

	set_parts(p, c);
	cli_journal_from(c, &p->own, &in, 1);
	cli_run(c, &p->own, p->part, PORTRAIT_PARTS);
	for (int i = 0; i < PORTRAIT_THREADS; i++)
		thread_sort(p->part[i].state, &p->own.people,
		    i < PORTRAIT_CONSENT ? THREAD_BY_REF
					 : THREAD_BY_CUSTOMER);
}

/* --- what could be wrong, before anything is written ---------------------- */

const struct thread_event *
portrait_events(const struct portrait *p, enum portrait_part part, size_t *n)
{
	const struct threads *t = p->part[part].state;

	for (size_t at = 0, end; at < t->n; at = end) {
		end = thread_end(t, at);
		*n = end - at;
		if (slice_eq(thread_customer(t, t->event + at), p->id))
			return t->event + at;
	}
	*n = 0;
	return NULL;
}

/* A stage that is not in stages.tsv is shown as it is. */
static void
count_deals(struct portrait *p, struct cli *c)
{
	const struct funnel_how how = { NULL, WINDOW_ALL, INT64_MAX };
	struct err e = { 0 };

	if (!stages_load(&p->stages, &c->store, &e) ||
	    !funnel_read(&p->deals, p->part[PORTRAIT_DEALS].state, &how, &e))
		die_err(&e);
}

static void
count_points(struct portrait *p)
{
	struct points_walk w = { .t = p->part[PORTRAIT_POINTS].state,
		.rules = &p->rules };
	struct err e = { 0 };
	size_t n;
	const struct thread_event *v = portrait_events(p, PORTRAIT_POINTS,
	    &n);

	if (n > 0 && !points_of(&w, v, n, &p->points, &e))
		die_err(&e);
	points_free(&w);
}

/* The latest first; those of a day by name. */
static int
by_day(const void *a, const void *b)
{
	const struct campaign *c = a, *d = b;

	if (c->first != d->first)
		return c->first > d->first ? -1 : 1;
	return slice_cmp(c->name, d->name);
}

/* A campaign that was not sent to him is none of his. */
static void
count_campaigns(struct portrait *p)
{
	const struct campaign_ask ask = { .days = CAMPAIGNS_DAYS,
		.window = p->window };
	struct err e = { 0 };
	size_t n;

	p->campaign = campaign_all(p->part[PORTRAIT_CAMPAIGNS].state, &ask,
	    &n, &e);
	if (p->campaign == NULL)
		die_err(&e);
	for (size_t i = 0; i < n; i++)
		if (p->campaign[i].sent > 0)
			p->campaign[p->campaigns++] = p->campaign[i];
	if (p->campaigns > 0)
		qsort(p->campaign, p->campaigns, sizeof *p->campaign, by_day);
}

/* --- his place ------------------------------------------------------------ */

static struct segment_in
figures(const struct stat_row *flows)
{
	return (struct segment_in){ .orders = flows->orders,
		.net = flows->revenue - flows->refunds,
		.last_order = flows->last_order };
}

/* His place among all by these flows; those of nobody and of customers
 * without any move no one. */
static void
place(const struct portrait *p, const struct cli *c,
    const struct segment_in *one, const struct stat *flows,
    struct segment_out *out)
{
	struct segment_place at = { .one = one };
	struct segment_how how = crowd_how(c);
	struct err e = { 0 };
	struct stat_row row;

	for (uint32_t i = 0; i < p->journal.people.len; i++) {
		struct segment_in in;

		if (!stat_row(flows, i, &row) ||
		    map_key(&p->journal.people, i).len == 0)
			continue;
		in = figures(&row);
		segment_place_add(&at, &in);
	}
	die_unless(segment_place(out, &at, &how, &e), &e);
}

static bool
stat_of(const struct portrait *p, const struct stat *s, struct slice id,
    struct stat_row *row)
{
	uint32_t who = map_find(&p->journal.people, id);

	*row = (struct stat_row){ .last_contact = STAT_NEVER,
		.state_time = STAT_NEVER, .state = KIND_NONE,
		.first_order = DATE_NONE, .last_order = DATE_NONE };
	return who != MAP_NONE && stat_row(s, who, row);
}

void
portrait_stat(const struct portrait *p, struct slice id,
    struct stat_row *row)
{
	stat_of(p, p->use[0].state, id, row);
}

/* What counts of him whatever the flows are. */
static void
take_ever(struct segment_in *in, const struct portrait *p, struct cli *c,
    const struct stat_row *ever)
{
	const struct customers *all = cli_customers(c);
	uint32_t row = customers_find(all, p->id);

	in->first_ever = ever->first_order;
	in->last_ever = ever->last_order;
	in->state = ever->state;
	in->state_day = ever->state_time == STAT_NEVER ? DATE_NONE :
	    zone_day(&c->settings.zone, ever->state_time);
	in->tagged = row != MAP_NONE && customer_tagged(customers_field(all,
	    row, head_find(&all->head, "tags")), slice_of("key"));
}

/* What is due goes by the place that he has ever had. */
static void
place_him(struct portrait *p, struct cli *c)
{
	struct segment_in one;
	struct segment_out out;
	struct stat_row ever;
	struct err e = { 0 };

	die_unless(segments_load(&p->names, &c->store, &e), &e);
	p->placed = stat_of(p, p->all, p->id, &ever) ||
	    customers_find(cli_customers(c), p->id) != MAP_NONE;
	stat_of(p, p->use[0].state, p->id, &p->stat);
	one = figures(&p->stat);
	take_ever(&one, p, c, &ever);
	place(p, c, &one, p->use[0].state, &p->segment);
	one = figures(&ever);
	take_ever(&one, p, c, &ever);
	out = p->segment;
	if (p->stats > 1)
		place(p, c, &one, p->all, &out);
	agenda_make_one(&p->agenda, c, &(struct agenda_one){ p->id, &out.of,
		&ever, &p->own.people, p->part[PORTRAIT_DUE].state,
		&p->terms });
}

void
portrait_gather(struct portrait *p, struct cli *c)
{
	p->window = c->window;
	gather_all(p, c);
	gather_own(p, c);
	count_deals(p, c);
	count_points(p);
	count_campaigns(p);
	place_him(p, c);
}

void
portrait_free(struct portrait *p)
{
	agenda_free(&p->agenda);
	free(p->campaign);
	funnel_free(&p->deals);
	stages_free(&p->stages);
	for (int i = 0; i < PORTRAIT_PARTS; i++)
		use_free(&p->part[i]);
	for (size_t i = 0; i <= p->stats; i++)
		use_free(&p->use[i]);
	journal_close(&p->own);
	journal_close(&p->journal);
	free((void *)p->how.column);
	segments_free(&p->names);
}
