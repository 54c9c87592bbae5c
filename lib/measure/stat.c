#include "measure/stat.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/tr.h"

/*
 * Everything in a slot begins as zero and only grows, so a fresh page is an
 * empty customer and merging is adding and taking the larger.  Times are
 * kept as seconds from 1900 on, plus 1; the first as seconds down from the
 * far end.  What is latest is time and value in one word, the value turned
 * so that the one that counts at equal times is the larger.
 */
#define EPOCH (DATE_FIRST * DATE_DAY - 1)
#define FAR ((DATE_LAST + 2) * DATE_DAY)

enum { VALUE_BITS = 6, VALUE_MASK = 63, TONE_TOP = 2, SCORE_TOP = 10 };
enum sum { MINUTES, REVENUE, SUMS };
enum seldom { REFUNDS, COST, SERVICE, RARES };
enum count { ORDERS, CASES, SOLVED, COUNTS };
enum latest { TONE, NPS, CSAT, STATE, LATEST };

/* Two cache lines; what most events touch is in the first. */
struct slot {
	uint64_t first, last, last_contact;
	int64_t sum[SUMS];       /* ten-thousandths; stays at INT64_MAX */
	uint32_t events, contacts;
	uint32_t first_day, last_day; /* from 1900 on, plus 1 */
	uint32_t days;           /* number + 1 of the last entry, rising
	                            to it unless UNSORTED */
	uint32_t order_days;

	uint64_t latest[LATEST];
	int64_t first_spend;
	uint32_t count[COUNTS];
	uint32_t rare;           /* number + 1 in stat.rare, or 0 */
	uint64_t spare;
};

_Static_assert(sizeof(struct slot) == 128, "two cache lines");

#define UNSORTED (UINT32_C(1) << 31) /* in slot.days */

/* Sums that few customers have. */
struct rare {
	int64_t sum[RARES];
};

/* An order day and the entry before it. */
struct entry {
	uint32_t day, before;
};

/* Order days that a table tells only the ends and number of. */
struct span {
	uint32_t who, first, last, n;
};

struct stat {
	struct window window;
	struct slot *slot; /* by number of customer */
	size_t slots;
	uint32_t people;   /* customers seen */
	struct entry *entry;
	size_t entries, entries_cap;
	struct rare *rare;
	size_t rares, rares_cap;
	struct span *span;
	size_t spans, spans_cap;
	int32_t *list;     /* of stat_days */
	size_t list_cap;
};

/* What each kind adds to. */
static const struct effect {
	uint8_t sum, summed;    /* value to sum[sum] */
	uint8_t contact;
	uint8_t second;         /* anything of the following, so the second
	                           cache line is touched */
	uint8_t count, counted; /* 1 to count[count] */
	uint8_t latest, answer; /* value to latest[latest] */
	uint8_t state;          /* kind to latest[STATE] */
	uint8_t rare, seldom;   /* value to sum[rare] of struct rare */
} effect[KINDS] = {
	[KIND_IN] = { .sum = MINUTES, .summed = 1, .contact = 1 },
	[KIND_OUT] = { .sum = MINUTES, .summed = 1, .contact = 1 },
	[KIND_VISIT] = { .sum = MINUTES, .summed = 1, .contact = 1 },
	[KIND_ORDER] = { .sum = REVENUE, .summed = 1, .second = 1,
	    .count = ORDERS, .counted = 1 },
	[KIND_REFUND] = { .second = 1, .rare = REFUNDS, .seldom = 1 },
	[KIND_COST] = { .second = 1, .rare = COST, .seldom = 1 },
	[KIND_NPS] = { .second = 1, .latest = NPS, .answer = 1 },
	[KIND_CSAT] = { .second = 1, .latest = CSAT, .answer = 1 },
	[KIND_COMPLAINT] = { .contact = 1, .second = 1, .count = CASES,
	    .counted = 1 },
	[KIND_REQUEST] = { .contact = 1, .second = 1, .count = CASES,
	    .counted = 1 },
	[KIND_REPLY] = { .contact = 1 },
	[KIND_SOLVE] = { .second = 1, .count = SOLVED, .counted = 1 },
	[KIND_DEAL] = { .second = 1, .state = 1 },
	[KIND_WON] = { .second = 1, .state = 1 },
	[KIND_LOST] = { .second = 1, .state = 1 },
	[KIND_LEAVE] = { .second = 1, .state = 1 },
	[KIND_RETURN] = { .second = 1, .state = 1 },
};

static inline void
larger(uint64_t *a, uint64_t b)
{
	*a = *a > b ? *a : b;
}

/* Sums stay at the top once they have reached it: too large is too large
 * in any order. */
static inline void
sum_up(int64_t *sum, int64_t add)
{
	if (__builtin_add_overflow(*sum, add, sum))
		*sum = INT64_MAX;
}

static inline uint64_t
since(int64_t time)
{
	return (uint64_t)(time - EPOCH);
}

static inline uint64_t
latest_of(int64_t time, int64_t value)
{
	return since(time) << VALUE_BITS | (uint64_t)value;
}

/* A day as slots keep it, and back. */
static inline uint32_t
day_of(int32_t day)
{
	return (uint32_t)(day - DATE_FIRST + 1);
}

static inline int32_t
day_in(uint32_t day)
{
	return day == 0 ? DATE_NONE : (int32_t)day + DATE_FIRST - 1;
}

static void
init(void *state, const void *how)
{
	struct stat *s = state;
	const struct stat_how *h = how;

	s->window = h != NULL ? h->window : WINDOW_ALL;
}

static inline void
make_room(struct stat *s, size_t n)
{
	size_t more = s->slots < 512 ? 512 : s->slots;

	if (n <= s->slots)
		return;
	while (more < n)
		more *= 2;
	s->slot = mem_pages_grow(s->slot, s->slots, more, sizeof *s->slot);
	s->slots = more;
}

static uint32_t
new_entry(struct stat *s, uint32_t day, uint32_t before)
{
	if (s->entries == s->entries_cap) {
		size_t more = s->entries_cap < 512 ? 512 : 2 * s->entries_cap;

		s->entry = mem_pages_grow(s->entry, s->entries_cap, more,
		    sizeof *s->entry);
		s->entries_cap = more;
	}
	s->entry[s->entries] = (struct entry){ day, before };
	return (uint32_t)++s->entries;
}

/* An order day: appended where it is later than all before it, passed over
 * where it is the last again, else put on top and left for stat_settle. */
static inline void
add_day(struct stat *s, struct slot *c, uint32_t day)
{
	uint32_t flag = c->days & UNSORTED;

	if (day == c->last_day)
		return;
	if (day < c->last_day)
		flag = UNSORTED;
	else
		c->last_day = day;
	c->days = new_entry(s, day, c->days & ~UNSORTED) | flag;
	c->order_days++;
}

static inline void
add_spend(struct slot *c, uint32_t day, int64_t value)
{
	if (c->first_day == 0 || day < c->first_day) {
		c->first_day = day;
		c->first_spend = value;
	} else if (day == c->first_day) {
		sum_up(&c->first_spend, value);
	}
}

static void
add_order(struct stat *s, struct slot *c, int32_t day, int64_t value)
{
	uint32_t d = day_of(day);

	add_spend(c, d, value);
	add_day(s, c, d);
}

static int64_t *
rare_of(struct stat *s, struct slot *c)
{
	if (c->rare == 0) {
		s->rare = mem_grow(s->rare, &s->rares_cap, s->rares + 1,
		    sizeof *s->rare);
		s->rare[s->rares] = (struct rare){ { 0 } };
		c->rare = (uint32_t)++s->rares;
	}
	return s->rare[c->rare - 1].sum;
}

static void
add_rare(struct stat *s, struct slot *c, const struct batch *b,
    const struct event *v, int64_t value)
{
	int64_t *sum = rare_of(s, c);

	sum_up(&sum[effect[v->kind].rare], value);
	if (v->kind == KIND_COST &&
	    slice_is(event_field(b, v, EVENT_TOPIC), "service"))
		sum_up(&sum[SERVICE], value);
}

/* What a kind does beyond the first cache line. */
static void
add_second(struct stat *s, struct slot *c, const struct batch *b,
    const struct event *v, int64_t value)
{
	const struct effect *f = &effect[v->kind];

	c->count[f->count] += f->counted;
	if (f->answer)
		larger(&c->latest[f->latest],
		    latest_of(v->time, SCORE_TOP - value / NUM_ONE));
	if (v->kind == KIND_ORDER)
		add_order(s, c, v->day, value);
	if (f->seldom)
		add_rare(s, c, b, v, value);
}

static inline void
add_event(struct stat *s, struct slot *c, const struct batch *b,
    const struct event *v)
{
	const struct effect *f = &effect[v->kind];
	int64_t value = v->value == EVENT_NO_VALUE ? 0 : v->value;
	uint64_t at = since(v->time);

	if (f->state)
		larger(&c->latest[STATE], latest_of(v->time, v->kind));
	if (v->time < s->window.from)
		return;
	c->events++;
	larger(&c->first, (uint64_t)(FAR - v->time));
	larger(&c->last, at);
	c->contacts += f->contact;
	larger(&c->last_contact, f->contact ? at : 0);
	sum_up(&c->sum[f->sum], f->summed ? value : 0);
	if (v->tone != EVENT_NO_TONE)
		larger(&c->latest[TONE],
		    latest_of(v->time, TONE_TOP - v->tone));
	if (f->second)
		add_second(s, c, b, v, value);
}

/* Fetch what an event some rows on will touch. */
static inline void
fetch(const struct stat *s, const struct event *v)
{
	struct slot *c = &s->slot[v->who];

	__builtin_prefetch(c, 1);
	if (effect[v->kind].second || v->tone != EVENT_NO_TONE)
		__builtin_prefetch(&c->latest, 1);
}

static bool
add(void *state, const struct batch *b, struct err *e)
{
	enum { AHEAD = 16 };
	struct stat *s = state;

	(void)e;
	make_room(s, b->people->len);
	s->people = b->people->len;
	for (size_t i = 0; i < b->n; i++) {
		const struct event *v = &b->event[i];

		if (i + AHEAD < b->n)
			fetch(s, v + AHEAD);
		if (v->time < s->window.to)
			add_event(s, &s->slot[v->who], b, v);
	}
	return true;
}

/* --- merging --------------------------------------------------------- */

/* Take over a chain of order days. */
static void
take_days(struct stat *s, struct slot *c, const struct stat *from,
    const struct slot *o)
{
	uint32_t at = o->days & ~UNSORTED;

	for (; at != 0; at = from->entry[at - 1].before) {
		uint32_t day = from->entry[at - 1].day;

		c->days = new_entry(s, day, c->days & ~UNSORTED) | UNSORTED;
		c->order_days++;
		c->last_day = c->last_day > day ? c->last_day : day;
	}
}

static void
take_slot(struct stat *s, struct slot *c, const struct stat *from,
    const struct slot *o)
{
	for (int i = 0; i < SUMS; i++)
		sum_up(&c->sum[i], o->sum[i]);
	for (int i = 0; o->rare != 0 && i < RARES; i++)
		sum_up(&rare_of(s, c)[i], from->rare[o->rare - 1].sum[i]);
	for (int i = 0; i < COUNTS; i++)
		c->count[i] += o->count[i];
	for (int i = 0; i < LATEST; i++)
		larger(&c->latest[i], o->latest[i]);
	larger(&c->first, o->first);
	larger(&c->last, o->last);
	larger(&c->last_contact, o->last_contact);
	c->events += o->events;
	c->contacts += o->contacts;
	if (o->first_day != 0)
		add_spend(c, o->first_day, o->first_spend);
	take_days(s, c, from, o);
}

static void
add_span(struct stat *s, struct span p)
{
	s->span = mem_grow(s->span, &s->spans_cap, s->spans + 1,
	    sizeof *s->span);
	s->span[s->spans++] = p;
}

static bool
merge(void *state, void *other, const uint32_t *who, struct err *e)
{
	struct stat *s = state, *from = other;

	(void)e;
	for (uint32_t i = 0; i < from->people; i++) {
		make_room(s, (size_t)who[i] + 1);
		take_slot(s, &s->slot[who[i]], from, &from->slot[i]);
	}
	for (size_t i = 0; i < from->spans; i++) {
		struct span p = from->span[i];

		p.who = who[p.who];
		add_span(s, p);
	}
	return true;
}

/* A word of latest from a row; nothing where there is none. */
static uint64_t
latest_word(int64_t time, int64_t value)
{
	return time == STAT_NEVER ? 0 : latest_of(time, value);
}

static void
take_row(struct stat *s, struct slot *c, const struct stat_row *r)
{
	const int64_t rare[RARES] = { r->refunds, r->cost, r->service_cost };

	sum_up(&c->sum[MINUTES], r->minutes);
	sum_up(&c->sum[REVENUE], r->revenue);
	for (int i = 0; i < RARES; i++)
		if (rare[i] != 0)
			sum_up(&rare_of(s, c)[i], rare[i]);
	c->events += (uint32_t)r->events;
	c->contacts += (uint32_t)r->contacts;
	c->count[ORDERS] += (uint32_t)r->orders;
	c->count[CASES] += (uint32_t)r->cases;
	c->count[SOLVED] += (uint32_t)r->solved;
	if (r->first != STAT_NEVER)
		larger(&c->first, (uint64_t)(FAR - r->first));
	if (r->last != STAT_NEVER)
		larger(&c->last, since(r->last));
	if (r->last_contact != STAT_NEVER)
		larger(&c->last_contact, since(r->last_contact));
	larger(&c->latest[TONE], latest_word(r->tone_time, TONE_TOP - r->tone));
	larger(&c->latest[NPS], latest_word(r->nps_time, SCORE_TOP - r->nps));
	larger(&c->latest[CSAT],
	    latest_word(r->csat_time, SCORE_TOP - r->csat));
	larger(&c->latest[STATE], latest_word(r->state_time, r->state));
}

void
stat_add_row(struct stat *s, uint32_t who, const struct stat_row *r,
    const int32_t *days, size_t n)
{
	struct slot *c;

	make_room(s, (size_t)who + 1);
	s->people = s->people > who ? s->people : who + 1;
	c = &s->slot[who];
	take_row(s, c, r);
	if (r->orders == 0)
		return;
	add_spend(c, day_of(r->first_order),
	    r->first_spend);
	if (n == 0) {
		uint32_t last = day_of(r->last_order);

		add_span(s, (struct span){ who, day_of(r->first_order), last,
		    (uint32_t)r->order_days });
		c->last_day = c->last_day > last ? c->last_day : last;
	}
	for (size_t i = 0; i < n; i++)
		add_day(s, c, day_of(days[i]));
}

static void
free_state(void *state)
{
	struct stat *s = state;

	mem_pages_free(s->slot, s->slots, sizeof *s->slot);
	mem_pages_free(s->entry, s->entries_cap, sizeof *s->entry);
	free(s->rare);
	free(s->span);
	free(s->list);
	*s = (struct stat){ 0 };
}

const struct measure stat_measure = { "stat", sizeof(struct stat), true,
	init, add, merge, free_state };

/* --- settling -------------------------------------------------------- */

static int
by_number(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

/* The chain of a customer as a rising list without doubles. */
static size_t
list_days(struct stat *s, const struct slot *c)
{
	size_t n = 0, kept = 0;

	for (uint32_t at = c->days & ~UNSORTED; at != 0;
	    at = s->entry[at - 1].before) {
		s->list = mem_grow(s->list, &s->list_cap, n + 1,
		    sizeof *s->list);
		s->list[n++] = day_in(s->entry[at - 1].day);
	}
	if (n > 1)
		qsort(s->list, n, sizeof *s->list, by_number);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || s->list[i] != s->list[kept - 1])
			s->list[kept++] = s->list[i];
	return kept;
}

size_t
stat_days(const struct stat *s, uint32_t who, const int32_t **days)
{
	struct stat *rw = (struct stat *)(uintptr_t)s;
	size_t n = who < s->slots ? list_days(rw, &s->slot[who]) : 0;

	*days = s->list;
	return n;
}

static bool
bad(struct err *e, const char *column, const char *what, struct slice id)
{
	char shown[ERR_SHOWN];

	return err_set(e, CRM_DATA, "%s: %s: \"%s\"", column, what,
	    err_shown(shown, id));
}

static bool
sums_fit(const struct stat *s, const struct slot *c, struct slice id,
    struct err *e)
{
	static const char *const name[] = { "minutes", "revenue", "refunds",
		"cost", "service_cost" };
	static const struct rare none;
	const struct rare *r = c->rare != 0 ? &s->rare[c->rare - 1] : &none;

	for (int i = 0; i < SUMS + RARES; i++)
		if ((i < SUMS ? c->sum[i] : r->sum[i - SUMS]) == INT64_MAX)
			return bad(e, name[i], _("the sum is too large"), id);
	return true;
}

static int
by_who_and_day(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	if (x->who != y->who)
		return x->who < y->who ? -1 : 1;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return (x->last > y->last) - (x->last < y->last);
}

/*
 * Spans of tables and single days of journals, in order: one may begin on
 * the day on which the one before ends, which is an order day of both; more,
 * and nobody can say how many days they are together.
 */
static bool
settle_spans(struct stat *s, const struct map *people, struct err *e)
{
	size_t told = s->spans;

	for (size_t i = 0; i < told; i++) {
		struct slot *c = &s->slot[s->span[i].who];
		size_t n = c->days != 0 ? list_days(s, c) : 0;

		for (size_t k = 0; k < n; k++) {
			uint32_t d = day_of(s->list[k]);

			add_span(s, (struct span){ s->span[i].who, d, d, 1 });
		}
		c->days = c->order_days = 0;
	}
	if (s->spans > 1)
		qsort(s->span, s->spans, sizeof *s->span, by_who_and_day);
	for (size_t i = 0; i < s->spans; i++) {
		const struct span *p = &s->span[i], *o = p - 1;
		struct slot *c = &s->slot[p->who];
		bool shared = i > 0 && o->who == p->who && o->last >= p->first;

		if (shared && o->last > p->first)
			return bad(e, "order_days",
			    _("tables overlap in more than one day"),
			    map_key(people, p->who));
		c->order_days += p->n - shared;
	}
	return true;
}

bool
stat_settle(struct stat *s, const struct map *people, struct err *e)
{
	for (uint32_t i = 0; i < people->len && i < s->slots; i++) {
		struct slot *c = &s->slot[i];

		if (!sums_fit(s, c, map_key(people, i), e))
			return false;
		if (c->days & UNSORTED)
			c->order_days = (uint32_t)list_days(s, c);
	}
	return s->spans == 0 || settle_spans(s, people, e);
}

/* --- the answer ------------------------------------------------------- */

static int64_t
time_of(uint64_t since_epoch)
{
	return since_epoch == 0 ? STAT_NEVER : (int64_t)since_epoch + EPOCH;
}

static int
latest_in(uint64_t word, int top, int64_t *time)
{
	*time = time_of(word >> VALUE_BITS);
	return top - (int)(word & VALUE_MASK);
}

void
stat_fetch(const struct stat *s, uint32_t who)
{
	if (who < s->slots) {
		__builtin_prefetch(&s->slot[who]);
		__builtin_prefetch(&s->slot[who].latest);
	}
}

bool
stat_row(const struct stat *s, uint32_t who, struct stat_row *row)
{
	static const struct slot nothing;
	static const struct rare none;
	const struct slot *c = who < s->slots ? &s->slot[who] : &nothing;
	const struct rare *r = c->rare != 0 ? &s->rare[c->rare - 1] : &none;

	*row = (struct stat_row){
		.first = c->first == 0 ? STAT_NEVER
				       : FAR - (int64_t)c->first,
		.last = time_of(c->last),
		.events = c->events,
		.contacts = c->contacts,
		.minutes = c->sum[MINUTES],
		.last_contact = time_of(c->last_contact),
		.orders = c->count[ORDERS],
		.order_days = c->order_days,
		.first_order = day_in(c->first_day),
		.last_order = day_in(c->last_day),
		.first_spend = c->first_spend,
		.revenue = c->sum[REVENUE],
		.refunds = r->sum[REFUNDS],
		.cost = r->sum[COST],
		.service_cost = r->sum[SERVICE],
		.cases = c->count[CASES],
		.solved = c->count[SOLVED],
	};
	row->tone = latest_in(c->latest[TONE], TONE_TOP, &row->tone_time);
	row->nps = latest_in(c->latest[NPS], SCORE_TOP, &row->nps_time);
	row->csat = latest_in(c->latest[CSAT], SCORE_TOP, &row->csat_time);
	row->state = (uint8_t)-latest_in(c->latest[STATE], 0,
	    &row->state_time);
	if (row->state_time == STAT_NEVER)
		row->state = KIND_NONE;
	return c->events > 0;
}
