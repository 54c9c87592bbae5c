/*
 * slot - a customer's row inside measure stat: for the files of stat, and for
 * who writes a million of them.
 *
 * Floor 4 (measure).  Uses: base, stat.
 */
#ifndef CRM_SLOT_H
#define CRM_SLOT_H

#include "base/mem.h"
#include "measure/stat.h"

/*
 * Everything in a slot begins as zero and only grows, so a fresh page is an
 * empty customer and merging is adding and taking the larger.  Times are
 * kept as seconds from 1900 on, plus 1; the first as seconds down from the
 * far end.  What is latest is time and value in one word, the value turned
 * so that the one that counts at equal times is the larger.  An order day
 * is counted from 1900 on, plus 1; days have a place of DAY_BITS each below
 * three of the times.
 */
#define EPOCH (DATE_FIRST * DATE_DAY - 1)
#define FAR ((DATE_LAST + 2) * DATE_DAY)

enum { VALUE_BITS = 6, VALUE_MASK = 63, TONE_BITS = 3, TONE_MASK = 7,
	TONE_TOP = 2, SCORE_TOP = 10 };
enum { DAY_BITS = 22, DAY_MASK = (1 << DAY_BITS) - 1 };
enum sum { MINUTES, REVENUE, SPEND, SUMS };
enum seldom { REFUNDS, COST, SERVICE, RARES };
enum count { CASES, SOLVED, COUNTS };
enum latest { NPS, CSAT, STATE, LATEST };

/* What nearly all events touch: one cache line. */
struct slot {
	uint64_t last;
	uint64_t first;     /* << DAY_BITS | last order day */
	uint64_t contact;   /* the last << DAY_BITS | first order day */
	uint64_t tone;      /* latest << DAY_BITS | how many order days, which
	                       stay at the most */
	uint32_t events, contacts, orders;
	uint32_t sum[SUMS]; /* ten-thousandths, the lower 32 bits; SPEND is
	                       what was spent on the first order day */
	uint32_t days;      /* number + 1 of the last entry, rising to it
	                       unless UNSORTED */
	uint32_t extra;     /* number + 1 in stat.extra, or 0 */
};

#define UNSORTED (UINT32_C(1) << 31) /* in slot.days */

/* What most events do not touch; never on two cache lines. */
struct extra {
	uint64_t latest[LATEST];
	uint16_t count[COUNTS]; /* the lower 16 bits */
	uint32_t rare;          /* number + 1 in stat.rare, or 0 */
};

_Static_assert(sizeof(struct slot) == 64, "one cache line");
_Static_assert(sizeof(struct extra) == 32, "half a cache line");

#define TOO_LARGE (UINT32_C(1) << 31)

/* Sums that few customers have, and what few need of sums and counts. */
struct rare {
	int64_t sum[RARES];     /* ten-thousandths; stays at INT64_MAX */
	uint32_t high[SUMS];    /* the upper bits; they stay at TOO_LARGE */
	uint16_t more[COUNTS];  /* the upper 16 bits */
};

/* An order day and the entry before it. */
struct entry {
	uint32_t day, before;
};

/* Order days that a table tells only the ends and number of. */
struct span {
	uint32_t who, first, last, n;
};

/* Order days, rising. */
struct slot_days {
	int32_t *day;
	size_t n, cap;
};

struct stat {
	struct window window;
	bool unsettled;    /* a sum is too large, or a chain UNSORTED */
	struct slot *slot; /* by number of customer */
	size_t slots;
	uint32_t people;   /* customers seen */
	struct entry *entry;
	size_t entries, entries_cap;
	struct extra *extra;
	size_t extras, extras_cap;
	struct rare *rare;
	size_t rares, rares_cap;
	struct span *span;
	size_t spans, spans_cap;
	struct slot_days list; /* of stat_days */
};

/* What stands above and below a day's place. */
static inline uint64_t
slot_above(uint64_t word)
{
	return word >> DAY_BITS;
}

static inline uint32_t
slot_below(uint64_t word)
{
	return (uint32_t)word & DAY_MASK;
}

static inline void
slot_set_below(uint64_t *word, uint32_t day)
{
	*word = (*word & ~(uint64_t)DAY_MASK) | day;
}

/* Count so many order days more. */
static inline void
slot_count_days(struct slot *c, uint32_t n)
{
	uint32_t days = slot_below(c->tone);

	slot_set_below(&c->tone, n < DAY_MASK - days ? days + n : DAY_MASK);
}

/* A time as slots keep it: seconds since the EPOCH. */
static inline uint64_t
slot_time(int64_t time)
{
	return (uint64_t)(time - EPOCH);
}

/* A day as slots keep it, and back. */
static inline uint32_t
slot_day(int32_t day)
{
	return (uint32_t)(day - DATE_FIRST + 1);
}

static inline int32_t
slot_date(uint32_t day)
{
	return day == 0 ? DATE_NONE : (int32_t)day + DATE_FIRST - 1;
}

/* What a customer has beyond his slot, and beyond that, or zeros. */
static inline const struct extra *
slot_extra(const struct stat *s, const struct slot *c)
{
	static const struct extra nothing;

	return c->extra == 0 ? &nothing : &s->extra[c->extra - 1];
}

static inline const struct rare *
slot_rare(const struct stat *s, const struct extra *x)
{
	static const struct rare nothing;

	return x->rare == 0 ? &nothing : &s->rare[x->rare - 1];
}

/* A sum in ten-thousandths, and a count. */
static inline int64_t
slot_whole(const struct slot *c, const struct rare *r, enum sum i)
{
	return (int64_t)((uint64_t)r->high[i] << 32 | c->sum[i]);
}

static inline uint32_t
slot_count(const struct extra *x, const struct rare *r, enum count i)
{
	return (uint32_t)r->more[i] << 16 | x->count[i];
}

static inline void
slot_larger(uint64_t *a, uint64_t b)
{
	*a = *a > b ? *a : b;
}

/* The same of what stands above a day. */
static inline void
slot_larger_above(uint64_t *a, uint64_t b)
{
	if (b << DAY_BITS > *a)
		*a = b << DAY_BITS | (*a & DAY_MASK);
}

/* An event at that time, which in most cases is the latest so far. */
static inline void
slot_add_time(struct slot *c, int64_t time)
{
	uint64_t since = slot_time(time);

	if (since >= c->last)
		c->last = since;
	if (since < c->last || c->first <= DAY_MASK)
		slot_larger_above(&c->first, (uint64_t)(FAR - time));
}

static inline uint64_t
slot_latest_of(int64_t time, int64_t value)
{
	return slot_time(time) << VALUE_BITS | (uint64_t)value;
}

static inline uint64_t
slot_tone_of(int64_t time, int tone)
{
	return slot_time(time) << TONE_BITS | (uint64_t)(TONE_TOP - tone);
}

/* Make room for n customers. */
void slot_more_room(struct stat *s, size_t n);

static inline void
slot_make_room(struct stat *s, size_t n)
{
	if (n > s->slots)
		slot_more_room(s, n);
}

/* A new entry of an order day; its number + 1. */
void slot_more_entries(struct stat *s);

static inline uint32_t
slot_new_entry(struct stat *s, uint32_t day, uint32_t before)
{
	if (s->entries == s->entries_cap)
		slot_more_entries(s);
	s->entry[s->entries] = (struct entry){ day, before };
	return (uint32_t)++s->entries;
}

/* What a customer has beyond his slot, from now on; good until the next
 * customer gets his. */
void slot_new_extra(struct stat *s, struct slot *c);
struct rare *slot_rare_of(struct stat *s, struct extra *x);

static inline struct extra *
slot_extra_of(struct stat *s, struct slot *c)
{
	if (c->extra == 0)
		slot_new_extra(s, c);
	return &s->extra[c->extra - 1];
}

/* Add to a sum of a struct rare, and to the upper bits of another.  Sums stay
 * at the top once they have reached it: too large is too large in any order. */
void slot_sum_up(struct stat *s, int64_t *sum, int64_t add);
/* The same of events; his other counts are never larger. */
void slot_add_events(struct stat *s, struct slot *c, uint32_t add);
void slot_add_high(struct stat *s, struct slot *c, enum sum i, uint64_t high);

static inline void
slot_add_sum(struct stat *s, struct slot *c, enum sum i, int64_t add)
{
	uint64_t sum = c->sum[i] + (uint64_t)add;

	c->sum[i] = (uint32_t)sum;
	if (sum >> 32 != 0)
		slot_add_high(s, c, i, sum >> 32);
}

static inline void
slot_add_count(struct stat *s, struct extra *x, enum count i, uint32_t add)
{
	uint32_t count = x->count[i] + add;

	x->count[i] = (uint16_t)count;
	if (count >> 16 != 0)
		slot_rare_of(s, x)->more[i] += (uint16_t)(count >> 16);
}

/* An order day before the last one, or of a chain that is UNSORTED. */
void slot_add_late_day(struct stat *s, struct slot *c, uint32_t day);

/* An order day: appended where it is later than all before it, passed over
 * where it is the last again. */
static inline void
slot_add_day(struct stat *s, struct slot *c, uint32_t day)
{
	uint32_t last = slot_below(c->first);

	if (day == last)
		return;
	if (day < last || c->days >= UNSORTED) {
		slot_add_late_day(s, c, day);
		return;
	}
	c->first += day - last;
	c->days = slot_new_entry(s, day, c->days);
	c->tone += slot_below(c->tone) < DAY_MASK;
}

/* What was spent on a day, if that is the first so far. */
static inline void
slot_add_spend(struct stat *s, struct slot *c, uint32_t day, int64_t value)
{
	uint32_t first = slot_below(c->contact);

	if (first == 0 || day < first) {
		slot_set_below(&c->contact, day);
		c->sum[SPEND] = 0;
		if (first != 0 &&
		    slot_rare(s, slot_extra(s, c))->high[SPEND] != 0)
			slot_rare_of(s, slot_extra_of(s, c))->high[SPEND] = 0;
	} else if (day > first) {
		return;
	}
	slot_add_sum(s, c, SPEND, value);
}

/* The merge of stat_measure. */
bool slot_merge(void *state, void *other, const uint32_t *who,
    struct err *e);

/* The same of one customer, but for his spans. */
void slot_take(struct stat *s, struct slot *c, const struct stat *from,
    const struct slot *o);

/*
 * The same of a row, but for his order days, where `o`, which is to be taken
 * next, has none before the last of the row: that many are counted.
 */
bool slot_follows(const struct slot *o, const struct stat_row *r);
void slot_take_row(struct stat *s, struct slot *c, const struct stat_row *r,
    const struct slot *o);

/* Keep order days that a table tells only the ends and number of. */
void slot_add_span(struct stat *s, struct span p);

/* Spans in the order of customers, and those of one for `to` of another. */
void slot_sort_spans(struct stat *s);
void slot_take_spans(struct stat *s, uint32_t to, const struct stat *from,
    uint32_t who);

/* Empty again: what it has grown by stays for others. */
void slot_clear(struct stat *s);

/* The order days of a customer, without doubles. */
void slot_list_days(const struct stat *s, const struct slot *c,
    struct slot_days *list);

/* What stat_settle says, and of whom: all but his id. */
struct slot_wrong {
	uint32_t who;
	const char *column, *what;
};

bool slot_settle(struct stat *s, uint32_t people, struct slot_wrong *w);
bool slot_tell_wrong(const struct slot_wrong *w, struct slice id,
    struct err *e);

/* No sum of a customer is larger; over SLOT_MOST one is too large. */
#define SLOT_MOST ((uint64_t)INT64_MAX - 1)
uint64_t slot_bound(const struct stat *s);

/* --- rows of the answer ------------------------------------------------

 * Inline: who writes rows out at once needs no struct stat_row in memory. */

static inline const struct slot *
slot_of(const struct stat *s, uint32_t who)
{
	static const struct slot nobody;

	return who < s->slots ? &s->slot[who] : &nobody;
}

static inline int64_t
slot_time_of(uint64_t since_epoch)
{
	return since_epoch == 0 ? STAT_NEVER : (int64_t)since_epoch + EPOCH;
}

static inline int64_t
slot_first(const struct slot *c)
{
	uint64_t first = slot_above(c->first);

	return first == 0 ? STAT_NEVER : FAR - (int64_t)first;
}

/* What nearly all have: the members of *row down to `revenue` in the order
 * of stat_field. */
static inline void
slot_tell(const struct slot *c, const struct rare *r, struct stat_row *row)
{
	uint64_t tone = slot_above(c->tone);

	row->first = slot_first(c);
	row->last = slot_time_of(c->last);
	row->events = c->events;
	row->contacts = c->contacts;
	row->minutes = slot_whole(c, r, MINUTES);
	row->last_contact = slot_time_of(slot_above(c->contact));
	row->tone = TONE_TOP - (int)(tone & TONE_MASK);
	row->tone_time = slot_time_of(tone >> TONE_BITS);
	row->orders = c->orders;
	row->order_days = slot_below(c->tone);
	row->first_order = slot_date(slot_below(c->contact));
	row->last_order = slot_date(slot_below(c->first));
	row->first_spend = slot_whole(c, r, SPEND);
	row->revenue = slot_whole(c, r, REVENUE);
}

static inline int
slot_latest(uint64_t word, int top, int64_t *time)
{
	*time = slot_time_of(word >> VALUE_BITS);
	return top - (int)(word & VALUE_MASK);
}

/* What few have: all others. */
static inline void
slot_tell_extra(const struct extra *x, const struct rare *r,
    struct stat_row *row)
{
	row->refunds = r->sum[REFUNDS];
	row->cost = r->sum[COST];
	row->service_cost = r->sum[SERVICE];
	row->cases = slot_count(x, r, CASES);
	row->solved = slot_count(x, r, SOLVED);
	row->nps = slot_latest(x->latest[NPS], SCORE_TOP, &row->nps_time);
	row->csat = slot_latest(x->latest[CSAT], SCORE_TOP, &row->csat_time);
	row->state = (uint8_t)-slot_latest(x->latest[STATE], 0,
	    &row->state_time);
	if (row->state_time == STAT_NEVER)
		row->state = KIND_NONE;
}

/* Begin to fetch a slot, once it is there his extra, and once that is there
 * what few have, which may lie on two cache lines. */
MEM_FETCH
slot_fetch(const struct stat *s, uint32_t who)
{
	if (who < s->slots)
		__builtin_prefetch(&s->slot[who]);
}

MEM_FETCH
slot_fetch_extra(const struct stat *s, uint32_t who)
{
	__builtin_prefetch(slot_extra(s, slot_of(s, who)));
}

MEM_FETCH
slot_fetch_rare(const struct stat *s, uint32_t who)
{
	const struct extra *x = slot_extra(s, slot_of(s, who));

	if (x->rare != 0) {
		__builtin_prefetch(&s->rare[x->rare - 1]);
		__builtin_prefetch(s->rare[x->rare - 1].more);
	}
}

/* Once the slot is there: his last order day. */
MEM_FETCH
slot_fetch_day(const struct stat *s, uint32_t who)
{
	uint32_t days = slot_of(s, who)->days & ~UNSORTED;

	if (days != 0)
		__builtin_prefetch(&s->entry[days - 1]);
}

#endif
