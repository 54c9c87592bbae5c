#include "cli/watch.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"

enum { CASES_AT, CONTRACTS_AT, STAT_AT, NPS_AT, AIM_AT };

static const struct thread_how case_events = { .kinds = CASES_KINDS,
	.columns = THREAD_COLUMN(EVENT_REF) | THREAD_COLUMN(EVENT_TOPIC) |
	    THREAD_COLUMN(EVENT_BY) };
static const struct thread_how contract_events = {
	.kinds = THREAD_KIND(KIND_CONTRACT),
	.columns = THREAD_COLUMN(EVENT_REF) };

/* --- before the run ------------------------------------------------------ */

static int64_t
as_of(const struct cli *c)
{
	return c->until != INT64_MAX ? c->until : c->now;
}

/* The last days up to today, and as many before them. */
static void
set_windows(struct watch *w)
{
	const struct cli *c = w->cli;
	const struct zone *z = &c->settings.zone;
	int32_t days = alarm_limit(ALARM_NPS, &c->settings);

	for (int side = 0; side < 2; side++) {
		int32_t end = c->today + 1 - (1 - side) * days;

		w->nps[side] = (struct nps_how){ KIND_NPS,
			{ zone_day_start(z, end - days),
			zone_day_start(z, end) }, NULL };
	}
}

static struct use *
add_use(struct watch *w, size_t *n, int at, const struct measure *m,
    const void *how)
{
	if (w->use_of[at] < 0)
		w->use_of[at] = (int)*n;
	w->use[*n] = (struct use){ m, how, NULL };
	return &w->use[(*n)++];
}

static void
begin_goals(struct watch *w, size_t *n)
{
	struct cli *c = w->cli;
	struct err e = { 0 };

	if (!goals_load(&w->goals, &c->store, &e))
		die_err(&e);
	if (w->goals.n == 0)
		return;
	w->aim = (struct aim){ .goals = &w->goals,
		.zone = &c->settings.zone,
		.terms = cases_terms(&c->settings, as_of(c)),
		.today = c->today,
		.has_cases = (w->needs & ALARM_CASES) != 0 ||
		    (w->only & WATCH_HAS_CASES) != 0 };
	w->use_of[AIM_AT] = (int)*n;
	*n += aim_begin(&w->aim, w->use + *n);
}

size_t
watch_begin(struct watch *w, struct cli *c, unsigned only, struct use *use)
{
	size_t n = 0;

	*w = (struct watch){ .cli = c, .only = only, .use = use,
		.use_of = { -1, -1, -1, -1, -1 } };
	for (enum alarm_code i = 0; i < ALARMS; i++)
		if ((only & 1u << i) != 0 &&
		    alarm_limit(i, &c->settings) > 0)
			w->needs |= alarm_info(i)->needs;
	if ((only & WATCH_CLASSES) != 0)
		w->needs |= ALARM_PEOPLE;
	set_windows(w);
	w->stat.window = (struct window){ INT64_MIN, c->until };
	if ((w->needs & ALARM_CASES) != 0 && (only & WATCH_HAS_CASES) == 0)
		add_use(w, &n, CASES_AT, &thread_measure, &case_events);
	if (w->needs & ALARM_CONTRACTS)
		add_use(w, &n, CONTRACTS_AT, &thread_measure,
		    &contract_events);
	if (w->needs & ALARM_PEOPLE)
		add_use(w, &n, STAT_AT, &stat_measure, &w->stat);
	for (int side = 0; side < 2 && (w->needs & ALARM_SCORES); side++)
		add_use(w, &n, NPS_AT, &nps_measure, &w->nps[side]);
	if ((only & 1u << ALARM_GOAL) != 0)
		begin_goals(w, &n);
	return n;
}

/* --- people -------------------------------------------------------------- */

static int32_t
later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

/* The day, or the day of the time, on which he was added to the store. */
static int32_t
created(const struct customers *all, struct slice id, int column)
{
	uint32_t row = customers_find(all, id);
	struct slice s;
	int32_t day;

	if (row == MAP_NONE)
		return DATE_NONE;
	s = customers_field(all, row, column);
	if (s.len > 10)
		s.len = 10;
	return date_parse(s, &day) ? day : DATE_NONE;
}

/* What the run has of number i of its people. */
static void
take_events(struct alarm_person *p, const struct watch *w, uint32_t i)
{
	struct stat_met met;
	struct stat_felt felt;

	stat_felt(w->ever, i, &felt);
	p->tone_time = felt.tone_time;
	p->nps_time = felt.nps_time;
	p->tone = felt.tone;
	p->nps = felt.nps;
	if (!p->key)
		return;
	stat_met(w->ever, i, &met);
	p->seen = later(p->seen, later(cli_day(w->cli, met.last_contact),
	    met.last_order));
}

static bool
is_let_go(const struct watch *w, struct slice id)
{
	return map_find(&w->let_go, id) != MAP_NONE;
}

/* Number i of the people, or a lead: MAP_NONE. */
static void
choose(struct watch *w, int created_at, struct slice id, bool key, uint32_t i)
{
	struct alarm_person p = { .id = id, .key = key, .seen = DATE_NONE,
		.tone_time = STAT_NEVER, .nps_time = STAT_NEVER };

	if (key)
		p.seen = created(&w->cli->customers, id, created_at);
	if (i != MAP_NONE)
		take_events(&p, w, i);
	if (!alarm_is_of(&w->facts, &p) || is_let_go(w, id))
		return;
	w->person = mem_grow(w->person, &w->person_cap,
	    w->facts.people + 1, sizeof *w->person);
	w->person[w->facts.people++] = p;
}

/* Those of class A and key accounts of whom there is an alarm; most are
 * asked no more than that.  And the ids of all who have left. */
static void
choose_people(struct watch *w, const struct map *people)
{
	const int at = head_find(&w->cli->customers.head, "created");
	const struct classes *all = &w->classes;

	for (uint32_t i = 0; i < all->n; i++) {
		const struct segment_class *of = &all->of[i];

		if (of->abc != 0 && of->stage == SEGMENT_LEFT)
			map_add(&w->gone, map_key(people, i));
		else if (of->key || of->abc == 'A')
			choose(w, at, map_key(people, i), of->key, i);
	}
	for (uint32_t i = 0; i < all->leads.len; i++)
		choose(w, at, map_key(&all->leads, i), true, MAP_NONE);
	w->facts.person = w->person;
	w->facts.gone = &w->gone;
}

/* Those who have a contract and are to be let alone. */
static void
leave_alone(struct watch *w, const struct threads *contracts)
{
	for (size_t at = 0; at < contracts->n;
	    at = thread_end(contracts, at)) {
		struct slice id = thread_customer(contracts,
		    &contracts->event[at]);

		if (is_let_go(w, id))
			map_add(&w->gone, id);
	}
}

static void
find_people(struct watch *w, const struct map *people)
{
	struct stat *stat = w->use[w->use_of[STAT_AT]].state;
	struct err e = { 0 };

	if (!stat_settle(stat, people, &e))
		die_err(&e);
	w->ever = stat;
	classes_find(&w->classes, w->cli, people, stat);
	customers_let_go(&w->cli->customers, &w->cli->aliases, &w->let_go);
	choose_people(w, people);
	if (w->facts.contracts != NULL)
		leave_alone(w, w->facts.contracts);
}

/* --- after the run ------------------------------------------------------- */

static void
find_threads(struct watch *w, const struct map *people)
{
	struct cases_terms terms = cases_terms(&w->cli->settings,
	    as_of(w->cli));
	int cases = w->use_of[CASES_AT];
	int contracts = w->use_of[CONTRACTS_AT];

	terms.since = alarm_since(&w->cli->settings, w->cli->today);
	if (cases >= 0) {
		w->turns = w->use[cases].state;
		thread_sort(w->turns, people, THREAD_AS_MET);
		cases_make(&w->own, w->turns, &terms);
		w->cases = &w->own;
	}
	w->facts.case_events = w->aim.cases = w->turns;
	w->facts.cases = w->cases;
	if (contracts >= 0) {
		w->facts.contracts = w->use[contracts].state;
		thread_sort(w->use[contracts].state, people,
		    THREAD_WHO_AS_MET);
	}
}

static void
find_scores(struct watch *w)
{
	for (int side = 0; side < 2; side++) {
		size_t n;
		struct nps_answers *a = nps_groups(
		    w->use[w->use_of[NPS_AT] + side].state, &n);

		w->facts.nps[side] = nps_counts(a);
		free(a);
	}
}

void
watch_find(struct watch *w, const struct map *people)
{
	const struct cli *c = w->cli;
	struct err e = { 0 };

	w->facts = (struct alarm_facts){ .settings = &c->settings,
		.now = as_of(c), .today = c->today, .first = w->first };
	find_threads(w, people);
	if (w->use_of[NPS_AT] >= 0)
		find_scores(w);
	if (w->use_of[STAT_AT] >= 0)
		find_people(w, people);
	if (w->use_of[AIM_AT] >= 0 &&
	    !aim_standings(&w->aim, people, w->standing, &e))
		die_err(&e);
	w->facts.goal = w->standing;
	w->facts.goals = w->goals.n;
	alarm_find(&w->alarms, &w->facts, w->only);
	free(w->person);
	w->person = NULL;
}

void
watch_free(struct watch *w)
{
	alarms_free(&w->alarms);
	goals_free(&w->goals);
	cases_free(&w->own);
	classes_free(&w->classes);
	map_free(&w->gone);
	map_free(&w->let_go);
}
