/* The rules; part of due.h. */
#include "base/mem.h"
#include "base/num.h"
#include "base/tr.h"
#include "measure/outcome.h"
#include "measure/owed.h"
#include "measure/vouchers.h"

/* Put a row that an event is the reason of, if it is asked for; `by` is the
 * word of who does it. */
static bool
put_event(struct owed *o, const struct thread_event *v, int64_t day,
    uint32_t by, struct due_row row)
{
	const struct threads *t = o->threads;

	if (!owed_asked(o, day, row.what) || v->who == THREAD_NOBODY ||
	    !owed_is_heard(o, v->who))
		return false;
	if (!owed_count(o, day, row.what))
		return true;
	row.id = thread_customer(t, v);
	row.by = by != 0 ? thread_word(t, by)
	    : due_person_owner(o->who, v->who);
	row.ref = thread_text(t, v, THREAD_REF);
	row.since = v->day;
	owed_put(o, day, row);
	return true;
}

/* --- threads ------------------------------------------------------------ */

/* A task without a day is due at once. */
static void
task(void *owed, const struct outcome *c)
{
	struct owed *o = owed;

	put_event(o, c->last, c->due != DATE_NONE ? c->due : c->last->day,
	    c->by, (struct due_row){ .what = DUE_TASK,
		.why = N_("task of {day}"),
		.text = thread_word(o->threads,
		    c->text != 0 ? c->text : c->topic) });
}

static void
deal(void *owed, const struct outcome *c)
{
	struct owed *o = owed;

	if (c->due != DATE_NONE)
		put_event(o, c->last, c->due, c->by,
		    (struct due_row){ .what = DUE_DEAL,
			.why = N_("is to close, last moved on {day}"),
			.text = thread_word(o->threads, c->topic) });
}

/* Only what was agreed last counts: perhaps it has no end. */
static void
contract(void *owed, const struct outcome *c)
{
	struct owed *o = owed;

	if (c->last->due != DATE_NONE)
		put_event(o, c->last, c->last->due, c->by,
		    (struct due_row){ .what = DUE_CONTRACT,
			.why = N_("contract of {day} ends"),
			.text = thread_word(o->threads, c->topic) });
}

static void
put_voucher(struct owed *o, const struct thread_event *v)
{
	if (v->due != DATE_NONE && v->chosen)
		put_event(o, v, v->due, v->word[THREAD_BY],
		    (struct due_row){ .what = DUE_VOUCHER,
			.why = N_("voucher of {money} ends, not redeemed"),
			.number = v->value });
}

/* Was a code given to several customers? */
static bool
is_shared(const struct thread_event *v, size_t n)
{
	const struct thread_event *first = NULL;

	for (size_t i = 0; i < n; i++) {
		if (v[i].kind != KIND_VOUCHER)
			continue;
		if (first != NULL && first->who != v[i].who)
			return true;
		first = &v[i];
	}
	return false;
}

/* Then each redeems his own; else whoever brings it. */
static void
vouchers(struct owed *o, const struct thread_event *v, size_t n)
{
	int64_t own = is_shared(v, n);
	struct vouchers all = { 0 };

	for (size_t i = 0; i < n; i++)
		if (v[i].kind == KIND_VOUCHER)
			vouchers_add(&all, own * v[i].who, &v[i]);
	vouchers_sort(&all);
	for (size_t i = 0; i < n; i++)
		if (v[i].kind == KIND_REDEEM)
			vouchers_use(&all, own * v[i].who, &v[i]);
	for (size_t i = 0; i < all.n; i++)
		if (!all.at[i].used)
			put_voucher(o, all.at[i].event);
	vouchers_free(&all);
}

void
owed_thread(struct owed *o, const struct thread_event *v, size_t n)
{
	switch (kind_info((enum kind)v->kind)->family) {
	case FAMILY_TASK: outcome_each(v, n, KIND_TODO, task, o); break;
	case FAMILY_DEAL: outcome_each(v, n, KIND_DEAL, deal, o); break;
	case FAMILY_CONTRACT:
		outcome_each(v, n, KIND_CONTRACT, contract, o);
		break;
	default: vouchers(o, v, n); break;
	}
}

/* --- cases -------------------------------------------------------------- */

void
owed_case(struct owed *o, const struct cases_case *c)
{
	static const char *const why[2][2] = {
		{ N_("complaint of {day}, no reply yet"),
		    N_("complaint of {day}, not solved yet") },
		{ N_("request of {day}, no reply yet"),
		    N_("request of {day}, not solved yet") } };
	bool replied = c->first_reply != CASES_NEVER;

	/* a deadline at midnight is the end of the day before */
	if (c->solution == NULL && c->due != CASES_NEVER)
		put_event(o, c->opening, zone_day(&o->terms->settings->zone,
		    c->due - 1), c->by, (struct due_row){
			.what = replied ? DUE_SOLVE : DUE_REPLY,
			.why = why[c->opening->kind == KIND_REQUEST][replied],
			.text = thread_text(o->threads, c->opening,
			    THREAD_TOPIC) });
}

/* --- words -------------------------------------------------------------- */

/* The last day of a kind, of events without a ref where that is asked. */
static int32_t
last_day(const struct thread_event *v, size_t n, enum kind kind, bool bare)
{
	int32_t day = DATE_NONE;

	for (size_t i = 0; i < n; i++)
		if (v[i].kind == kind && v[i].day > day &&
		    (!bare || v[i].word[THREAD_REF] == 0))
			day = v[i].day;
	return day;
}

/* One thanks is for all answers before it, so one row is enough. */
static void
thanks(struct owed *o, const struct thread_event *v, size_t n)
{
	int32_t thanked = last_day(v, n, KIND_THANKS, false);
	int64_t days = owed_days(o->terms, SET_THANKS_DAYS);

	for (size_t i = 0; i < n; i++)
		if (kind_info((enum kind)v[i].kind)->value == VALUE_SCORE &&
		    v[i].day > thanked && v[i].chosen &&
		    put_event(o, &v[i], v[i].day + days, 0,
			(struct due_row){ .what = DUE_THANKS,
			    .why = N_("answered {word} {number} on {day}, no "
				"thanks yet"),
			    .word = kind_info((enum kind)v[i].kind)->name,
			    .number = v[i].value }))
			return;
}

static void
later(int32_t *day, int32_t than)
{
	*day = than > *day ? than : *day;
}

static void
add_excuse(struct owed *o, const struct thread_event *v)
{
	struct owed_excuse *x = &o->excuse[v->word[THREAD_REF]];

	if (v->word[THREAD_REF] == 0)
		return;
	if (v->kind == KIND_APOLOGY)
		later(&x->day, v->day);
	if (v->kind != KIND_COMPLAINT)
		return;
	x->several |= x->who != THREAD_NOBODY && x->who != v->who;
	x->who = v->who;
}

void
owed_excuses(struct owed *o)
{
	const struct threads *t = o->threads;

	o->excuse = mem_resize(NULL, t->words.len, sizeof *o->excuse);
	for (uint32_t w = 0; w < t->words.len; w++)
		o->excuse[w] = (struct owed_excuse){ .day = DATE_NONE,
			.own = DATE_NONE, .who = THREAD_NOBODY };
	for (size_t i = 0; i < t->n; i++)
		add_excuse(o, &t->event[i]);
}

/* Note the apologies to the customer in hand; or forget them. */
static void
own_excuses(struct owed *o, const struct thread_event *v, size_t n, bool his)
{
	for (size_t i = 0; i < n; i++) {
		struct owed_excuse *x = &o->excuse[v[i].word[THREAD_REF]];

		if (!his)
			x->own = DATE_NONE;
		else if (v[i].kind == KIND_APOLOGY)
			later(&x->own, v[i].day);
	}
}

static bool
is_excused(const struct owed *o, const struct thread_event *v)
{
	const struct owed_excuse *x = &o->excuse[v->word[THREAD_REF]];

	return v->day <= (x->several ? x->own : x->day);
}

static void
apology(struct owed *o, const struct thread_event *v, size_t n)
{
	int32_t excused = last_day(v, n, KIND_APOLOGY, true);
	int64_t days = owed_days(o->terms, SET_APOLOGY_DAYS);

	own_excuses(o, v, n, true);
	for (size_t i = 0; i < n; i++)
		if (v[i].kind == KIND_COMPLAINT && v[i].day > excused &&
		    !is_excused(o, &v[i]) && v[i].chosen)
			put_event(o, &v[i], v[i].day + days, 0,
			    (struct due_row){ .what = DUE_APOLOGY,
				.why = N_("complaint of {day}, no apology "
				    "yet"),
				.text = thread_text(o->threads, &v[i],
				    THREAD_TOPIC) });
	own_excuses(o, v, n, false);
}

void
owed_words(struct owed *o, const struct thread_event *v, size_t n)
{
	if (v->who == THREAD_NOBODY)
		return;
	thanks(o, v, n);
	apology(o, v, n);
}

/* --- people ------------------------------------------------------------- */

/* Is a row asked for, and among the first?  It is counted. */
static bool
counted(struct owed *o, int64_t day, enum due_what what)
{
	return owed_asked(o, day, what) && owed_count(o, day, what);
}

static void
put_person(struct owed *o, const struct due_person *p, int64_t day,
    struct due_row row)
{
	row.id = due_person_id(o->who, p->number);
	row.by = due_person_owner(o->who, p->number);
	row.ref = row.text = SLICE_EMPTY;
	owed_put(o, day, row);
}

static const char *
class_of(const struct due_person *p)
{
	return p->abc == 'A' ? "A" : p->abc == 'B' ? "B" : "C";
}

static int64_t
care_days(const struct owed *o, const struct due_person *p)
{
	return owed_days(o->terms, p->abc == 'A' ? SET_CARE_DAYS_A :
	    p->abc == 'B' ? SET_CARE_DAYS_B : SET_CARE_DAYS_C);
}

/* The local day of the last contact, or DATE_NONE. */
static int32_t
day_met(const struct owed *o, const struct due_person *p)
{
	return p->last_contact == INT64_MIN ? DATE_NONE :
	    zone_day(&o->terms->settings->zone, p->last_contact);
}

/* The day since which there could have been a contact. */
static int32_t
day_known(const struct owed *o, const struct due_person *p)
{
	uint32_t created = o->who->dates[p->number].created;

	return p->first_order != DATE_NONE ? p->first_order :
	    created > 0 ? (int32_t)created + DATE_FIRST - 1 : DATE_NONE;
}

/* After the last contact, or that day. */
static void
follow_up(struct owed *o, const struct due_person *p)
{
	int64_t days = care_days(o, p);
	int32_t met, since;

	if (days == 0)
		return;
	met = day_met(o, p);
	since = met != DATE_NONE ? met : day_known(o, p);
	if (since != DATE_NONE && counted(o, since + days, DUE_FOLLOW_UP))
		put_person(o, p, since + days, (struct due_row){
			.what = DUE_FOLLOW_UP, .since = since,
			.word = class_of(p), .why = met != DATE_NONE ?
			    N_("class {word}, last contact on {day}") :
			    N_("class {word}, no contact since {day}") });
}

/* Without care_days a contact since he sleeps is all that is asked for. */
static void
wake(struct owed *o, const struct due_person *p)
{
	int32_t met = day_met(o, p);
	int64_t days = care_days(o, p);
	int64_t day = p->last_order +
	    owed_days(o->terms, SET_SLEEPING_DAYS) + 1;

	if (met != DATE_NONE) {
		if (days == 0 && met >= day)
			return;
		if (met + days > day)
			day = met + days;
	}
	if (counted(o, day, DUE_WAKE))
		put_person(o, p, day, (struct due_row){ .what = DUE_WAKE,
			.since = p->last_order, .word = class_of(p),
			.why = N_("class {word}, no order since {day}") });
}

/* The day in a year on which a birthday is kept. */
static int32_t
kept(const struct due_birthday *d, int year)
{
	bool leaps = d->month == 2 && d->day == 29 &&
	    date_month_length(year, 2) == 28;

	return date_days(year, d->month, d->day - leaps);
}

/* The next one; where that is not asked for, the one before it may be. */
static void
birthday(struct owed *o, const struct due_person *p)
{
	const struct due_terms *terms = o->terms;
	int32_t from = terms->from > terms->today ? terms->from : terms->today;
	struct due_row row = { .what = DUE_BIRTHDAY, .why = N_("birthday") };
	const struct due_birthday born = o->who->dates[p->number].birthday;
	int32_t day;
	int year;

	if (born.month == 0)
		return;
	year = date_of(from).year;
	if (kept(&born, year) < from)
		year++;
	day = kept(&born, year);
	if (!owed_asked(o, day, DUE_BIRTHDAY))
		day = kept(&born, --year);
	if (born.year != 0) {
		row.number = (year - born.year) * NUM_ONE;
		row.why = N_("becomes {number} years old");
	}
	if ((born.year == 0 || year > born.year) &&
	    counted(o, day, DUE_BIRTHDAY))
		put_person(o, p, day, row);
}

void
due_care(struct due_list *l, const struct due_people *who,
    const struct due_person *p, const struct due_terms *terms)
{
	struct owed o = { .list = l, .who = who, .terms = terms };

	if (terms->events || !owed_is_heard(&o, p->number))
		return;
	birthday(&o, p);
	if (who->is[p->number] & DUE_MEMBER)
		return;
	if (p->sleeping && p->abc != 'C')
		wake(&o, p);
	else
		follow_up(&o, p);
}
