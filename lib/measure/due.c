#include "measure/due.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/sort.h"
#include "base/tr.h"
#include "measure/owed.h"

enum { AHEAD = 16 }; /* cases, events whose persons are fetched */

const struct due_rule due_rule[DUE_WHATS] = {
	[DUE_TASK] = { "task", DUE_STAYS, SETTINGS,
	    N_("a task that is not done") },
	[DUE_REPLY] = { "reply", DUE_STAYS, SETTINGS,
	    N_("a case that nobody has replied to") },
	[DUE_SOLVE] = { "solve", DUE_STAYS, SETTINGS,
	    N_("a case that is not solved") },
	[DUE_FOLLOW_UP] = { "follow_up", DUE_STAYS, SETTINGS,
	    N_("a customer of whom we have not heard for long") },
	[DUE_WAKE] = { "wake", DUE_STAYS, SETTINGS,
	    N_("a good customer who does not order any more") },
	[DUE_BIRTHDAY] = { "birthday", DUE_GOES, SETTINGS,
	    N_("a birthday") },
	[DUE_THANKS] = { "thanks", DUE_FADES, SETTINGS,
	    N_("an answer to a survey without a thanks") },
	[DUE_APOLOGY] = { "apology", DUE_FADES, SETTINGS,
	    N_("a complaint without an apology") },
	[DUE_DEAL] = { "deal", DUE_STAYS, SETTINGS,
	    N_("an open deal that is to close") },
	[DUE_CONTRACT] = { "contract", DUE_FADES, SET_CONTRACT_DAYS,
	    N_("a contract that ends") },
	[DUE_VOUCHER] = { "voucher", DUE_GOES, SET_VOUCHER_DAYS,
	    N_("a voucher that ends and is not redeemed") },
};

enum due_what
due_of(struct slice code)
{
	int i = 0;

	while (i < DUE_WHATS && !slice_is(code, due_rule[i].code))
		i++;
	return (enum due_what)i;
}

/* --- the measure -------------------------------------------------------- */

#define COLUMNS (THREAD_COLUMN(EVENT_REF) | THREAD_COLUMN(EVENT_BY) | \
	THREAD_COLUMN(EVENT_TOPIC))
static const struct thread_how cases_how = { .kinds = CASES_KINDS,
	.columns = COLUMNS };
static const struct thread_how deals_how = { .kinds = DUE_DEALS,
	.columns = COLUMNS };
static const struct thread_how refs_how = { .kinds = DUE_REFS,
	.columns = COLUMNS | THREAD_COLUMN(EVENT_TEXT),
	.texts = THREAD_KIND(KIND_TODO) };

/* What is said before this day is too old to be thanked for or to be sorry
 * for, and answers nothing that is not. */
static int64_t
since(const struct due_terms *terms)
{
	int64_t thanks = owed_days(terms, SET_THANKS_DAYS);
	int64_t apology = owed_days(terms, SET_APOLOGY_DAYS);
	int64_t day = terms->from != DATE_NONE ? terms->from :
	    terms->today - owed_days(terms, SET_DUE_DAYS);

	day -= thanks > apology ? thanks : apology;
	return zone_day_start(&terms->settings->zone,
	    day < DATE_FIRST ? DATE_FIRST : (int32_t)day);
}

static void
init(void *state, const void *how)
{
	struct due *d = state;

	d->has_lent = ((const struct due_terms *)how)->lent;
	thread_begin(&d->cases, &cases_how);
	thread_begin(&d->deals, &deals_how);
	thread_begin(&d->refs, &refs_how);
	d->since = since(how);
	d->words_how = (struct thread_how){ .kinds = DUE_WORDS,
		.columns = THREAD_COLUMN(EVENT_REF) |
		    THREAD_COLUMN(EVENT_TOPIC), .since = &d->since };
	thread_begin(&d->words, &d->words_how);
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	struct due *d = state;

	(void)e;
	if (!d->has_lent) {
		thread_add(&d->cases, b);
		thread_add(&d->deals, b);
	}
	thread_add(&d->refs, b);
	thread_add(&d->words, b);
	return true;
}

static bool
merge(void *state, void *from, const uint32_t *who, struct err *e)
{
	struct due *d = state, *f = from;

	(void)e;
	thread_merge(&d->cases, &f->cases, who);
	thread_merge(&d->deals, &f->deals, who);
	thread_merge(&d->refs, &f->refs, who);
	thread_merge(&d->words, &f->words, who);
	return true;
}

static void
end(void *state)
{
	struct due *d = state;

	thread_free(&d->cases);
	thread_free(&d->deals);
	thread_free(&d->refs);
	thread_free(&d->words);
}

const struct measure due_measure = { "due", sizeof(struct due),
	MEASURE_PEOPLE | MEASURE_KINDS, init, add, merge, end };

void
due_lend(struct due *d, const struct due_lent *lent)
{
	d->lent = *lent;
}

/* --- people ------------------------------------------------------------- */

/* What is not needed is never touched. */
void
due_people_begin(struct due_people *p, const struct map *people,
    const struct customers *customers)
{
	size_t most = people->len + 2 * customers->rows + 1;

	*p = (struct due_people){ .people = people, .n = people->len,
		.customers = customers,
		.owner = head_find(&customers->head, "owner"),
		.is = mem_zero(most, sizeof *p->is),
		.row = mem_zero(most, sizeof *p->row),
		.dates = mem_zero(most, sizeof *p->dates) };
}

uint32_t
due_person_of(struct due_people *p, struct slice id, uint32_t who)
{
	uint32_t i = who;

	if (who == MAP_NONE) {
		i = p->people->len + map_add(&p->more, id);
		p->n = p->people->len + p->more.len;
	}
	p->is[i] |= DUE_HERE;
	return i;
}

uint32_t
due_person(struct due_people *p, struct slice id)
{
	return due_person_of(p, id, map_find(p->people, id));
}

struct slice
due_person_id(const struct due_people *p, uint32_t i)
{
	return i < p->people->len ? map_key(p->people, i)
				  : map_key(&p->more, i - p->people->len);
}

struct slice
due_person_owner(const struct due_people *p, uint32_t i)
{
	return p->row[i] == 0 ? SLICE_EMPTY :
	    customers_field(p->customers, p->row[i] - 1, p->owner);
}

void
due_people_free(struct due_people *p)
{
	map_free(&p->more);
	free(p->is);
	free(p->row);
	free(p->dates);
	*p = (struct due_people){ 0 };
}

/* --- rows --------------------------------------------------------------- */

bool
owed_asked(const struct owed *o, int64_t day, enum due_what what)
{
	const struct due_terms *terms = o->terms;
	const struct due_rule *rule = &due_rule[what];

	if (terms->from != DATE_NONE)
		return day >= terms->from && day <= terms->to;
	if (day > DATE_LAST || day > terms->to + owed_days(terms, rule->ahead))
		return false;
	return rule->stay == DUE_STAYS || day >= terms->today -
	    (rule->stay == DUE_GOES ? 0 : owed_days(terms, SET_DUE_DAYS));
}

static int
compare(const struct due_row *r, const struct due_row *s)
{
	int c = slice_cmp(r->by, s->by);

	if (c == 0)
		c = slice_cmp(r->id, s->id);
	if (c == 0)
		c = strcmp(due_rule[r->what].code, due_rule[s->what].code);
	if (c == 0)
		c = slice_cmp(r->ref, s->ref);
	if (c == 0)
		c = num_cmp(r->since, s->since);
	if (c == 0)
		c = strcmp(r->word, s->word);
	if (c == 0)
		c = num_cmp(r->number, s->number);
	return c != 0 ? c : slice_cmp(r->text, s->text);
}

/* A row and how its person and customer begin, which tells most apart
 * without a look at them. */
struct place {
	uint64_t by, id;
	const struct due_row *row;
	uint32_t number;
};

/* Rows of one day. */
static int
in_day(const void *a, const void *b)
{
	const struct place *p = a, *q = b;

	if (p->by != q->by)
		return p->by < q->by ? -1 : 1;
	/* a NUL in it: it is all that there is */
	if (p->id != q->id && ((p->by & UINT8_MAX) == 0 ||
		slice_eq(p->row->by, q->row->by)))
		return p->id < q->id ? -1 : 1;
	return compare(p->row, q->row);
}

static bool
goes_before(const struct due_row *r, const struct due_row *s)
{
	return r->day != s->day ? r->day < s->day : compare(r, s) < 0;
}

struct day {
	const struct due_row *row; /* all of them */
	struct place *room;        /* for as many */
};

static void
sort_day(void *arg, uint32_t *number, size_t n)
{
	const struct day *d = arg;
	struct place *room = d->room;

	for (size_t i = 0; i < n; i++) {
		const struct due_row *row = &d->row[number[i]];

		room[i] = (struct place){ slice_start(row->by),
			slice_start(row->id), row, number[i] };
	}
	qsort(room, n, sizeof *room, in_day);
	for (size_t i = 0; i < n; i++)
		number[i] = room[i].number;
}

static int64_t
day_of(const void *row, uint32_t i)
{
	return ((const struct due_row *)row)[i].day;
}

static void
sort(struct due_list *l)
{
	struct day d = { l->row, mem_resize(NULL, l->n, sizeof *d.room) };
	uint32_t *number = mem_resize(NULL, l->n, sizeof *number);

	for (size_t i = 0; i < l->n; i++)
		number[i] = (uint32_t)i;
	sort_twice(number, l->n, day_of, l->row, sort_day, &d);
	sort_lay_out(l->row, sizeof *l->row, number, l->n);
	free(number);
	free(d.room);
}

bool
owed_count(struct owed *o, int64_t day, enum due_what what)
{
	struct due_list *l = o->list;
	size_t first = o->terms->first;

	l->of[what]++;
	l->overdue += day < o->terms->today;
	return first == 0 || l->n < first || day <= l->row[first - 1].day;
}

/* Behind all that do not come after it; of the first ones, if there are
 * enough, the last one goes. */
static void
put_among_first(struct due_list *l, size_t first, const struct due_row *row)
{
	bool full = l->n == first;
	size_t i = full ? first - 1 : l->n;

	if (full && !goes_before(row, &l->row[i]))
		return;
	l->n = i + 1;
	for (; i > 0 && goes_before(row, &l->row[i - 1]); i--)
		l->row[i] = l->row[i - 1];
	l->row[i] = *row;
}

void
owed_put(struct owed *o, int64_t day, struct due_row row)
{
	struct due_list *l = o->list;
	size_t first = o->terms->first;

	row.day = (int32_t)day;
	if (row.word == NULL)
		row.word = "";
	l->row = mem_grow(l->row, &l->cap, l->n + 1, sizeof *l->row);
	if (first > 0)
		put_among_first(l, first, &row);
	else
		l->row[l->n++] = row;
}

/* --- all rules ---------------------------------------------------------- */

/* Begin to fetch the person whom an event is of. */
static void
fetch(const struct owed *o, const struct thread_event *v)
{
	if (v->who != THREAD_NOBODY)
		__builtin_prefetch(&o->who->is[v->who]);
}

static void
put_cases(struct owed *o, const struct threads *t, const struct cases *all)
{
	o->threads = t;
	for (size_t i = 0; i < all->n; i++) {
		if (i + AHEAD < all->n && all->at[i + AHEAD].solution == NULL)
			fetch(o, all->at[i + AHEAD].opening);
		owed_case(o, &all->at[i]);
	}
}

static void
make_cases(struct owed *o, struct threads *t)
{
	const struct settings *set = o->terms->settings;
	struct cases_terms terms = cases_terms(set,
	    zone_day_start(&set->zone, o->terms->today));
	struct cases all;

	terms.since = INT64_MAX; /* only those that are not over */
	thread_sort(t, o->who->people, THREAD_AS_MET);
	cases_make(&all, t, &terms);
	put_cases(o, t, &all);
	cases_free(&all);
}

static void
make_events(struct owed *o, const struct threads *t,
    void rules(struct owed *o, const struct thread_event *v, size_t n))
{
	o->threads = t;
	for (size_t at = 0, to; at < t->n; at = to) {
		to = thread_end(t, at);
		for (size_t i = at; i < to && i + AHEAD < t->n; i++)
			fetch(o, &t->event[i + AHEAD]);
		rules(o, t->event + at, to - at);
	}
}

static void
make_threads(struct owed *o, struct threads *t)
{
	thread_sort(t, o->who->people, THREAD_AS_MET);
	make_events(o, t, owed_thread);
}

static void
make_words(struct owed *o, struct threads *t)
{
	thread_sort(t, o->who->people, THREAD_WHO_AS_MET);
	o->threads = t;
	owed_excuses(o);
	make_events(o, t, owed_words);
	free(o->excuse);
}

void
due_make(struct due_list *l, struct due *state, const struct due_people *who,
    const struct due_terms *terms)
{
	struct owed o = { .list = l, .who = who, .terms = terms };

	if (state->has_lent) {
		put_cases(&o, state->lent.turns, state->lent.cases);
		make_events(&o, state->lent.deals, owed_thread);
	} else {
		make_cases(&o, &state->cases);
		make_threads(&o, &state->deals);
	}
	make_threads(&o, &state->refs);
	make_words(&o, &state->words);
	if (terms->first == 0)
		sort(l);
}

void
due_free(struct due_list *l)
{
	free(l->row);
	*l = (struct due_list){ 0 };
}

/* --- why ---------------------------------------------------------------- */

static void
add_part(struct buf *to, const struct due_row *row, struct slice part)
{
	char text[DATE_TEXT], number[NUM_TEXT];

	if (slice_is(part, "day"))
		buf_str(to, date_text(text, row->since));
	else if (slice_is(part, "word"))
		buf_str(to, row->word);
	else if (slice_is(part, "number"))
		buf_str(to, num_text(number, row->number / NUM_ONE, 0));
	else
		buf_str(to, num_money(number, row->number));
}

struct slice
due_why(const struct due_row *row, bool translated, struct buf *room)
{
	const char *at = translated ? _(row->why) : row->why;
	size_t n;

	buf_clear(room);
	for (; *at != '\0'; at += n) {
		n = (size_t)(strchrnul(at, '{') - at);
		buf_add(room, at, n);
		if (at[n] == '{') {
			size_t len = (size_t)(strchrnul(at + n, '}') -
			    at) - n;

			add_part(room, row,
			    (struct slice){ at + n + 1, len - 1 });
			n += len + (at[n + len] == '}');
		}
	}
	if (row->text.len > 0) {
		buf_str(room, ": ");
		buf_slice(room, row->text);
	}
	return buf_all(room);
}
