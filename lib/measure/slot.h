/*
 * slot - a customer's row inside measure stat: what stat.c and
 * stat-answer.c share and nobody else needs.
 *
 * Floor 4 (measure).  Uses: stat.
 */
#ifndef CRM_SLOT_H
#define CRM_SLOT_H

#include "measure/stat.h"

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

/* Keep order days that a table tells only the ends and number of. */
void slot_add_span(struct stat *s, struct span p);

#endif
