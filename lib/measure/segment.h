/*
 * segment - ABC class, RFM scores, stage and key mark of customers, and
 * how unevenly their sales are spread: pure, arrays in, arrays out.
 *
 * Floor 4 (measure).  Uses: base, crm/kinds, median.
 *
 * All sums and comparisons of shares are exact integers.
 */
#ifndef CRM_SEGMENT_H
#define CRM_SEGMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

/* What is known of a customer.  Days may be DATE_NONE. */
struct segment_in {
	struct slice id;
	int64_t orders, net;      /* of the period; net in ten-thousandths */
	int32_t last_order;       /* of the period */
	int32_t first_ever, last_ever; /* order days up to the as-of */
	int32_t state_day;        /* of state */
	uint8_t state;            /* KIND_DEAL WON LOST LEAVE RETURN or NONE */
	bool tagged;              /* has the tag `key` */
};

struct segment_how {
	int32_t today;            /* the as-of */
	int64_t abc_a, abc_b;     /* per cent, in ten-thousandths */
	int64_t key_share;        /* the same */
	int64_t sleeping_days, lost_days;
};

/* Where a customer stands. */
enum segment_stage { SEGMENT_LEFT, SEGMENT_PROSPECT, SEGMENT_LEAD,
	SEGMENT_LOST, SEGMENT_SLEEPING, SEGMENT_NEW, SEGMENT_REGULAR,
	SEGMENT_STAGES };
extern const char *const segment_stage[SEGMENT_STAGES]; /* `left` ... */

struct segment_class {
	char abc;           /* A B C */
	uint8_t stage;      /* enum segment_stage */
	bool key;
};

struct segment_out {
	int64_t share;      /* of all net above 0, hundredths of a per cent;
	                       SEGMENT_NONE for those outside the total */
	uint8_t rfm[3];     /* r f m, 1 to 5; 0 without orders */
	struct segment_class of;
};
#define SEGMENT_NONE INT64_MIN

/* Numbers of n customers by net, falling, ties by id; malloc'd. */
uint32_t *segment_rank(const struct segment_in *in, size_t n);

/*
 * Class and key mark go by net: A while the share of the total before the
 * customer is under abc_a per cent, B under abc_b, else C; net of 0 or less
 * is C and not in the total; equal nets get the class of the first of them.
 * key is the tag, or class A among the first ceil(key_share per cent) of the
 * customers with net above 0, ties included.
 */
struct segment_limits {
	int64_t a, b, key; /* so much net is enough for A, for A or B ... */
	int64_t total;     /* all net above 0 */
};

/* The limits among n customers.  False with CRM_DATA where the sum of net
 * does not fit. */
bool segment_limits(struct segment_limits *l, const int64_t *net, size_t n,
    const struct segment_how *how, struct err *e);

/* What he is whatever the net of all: C, key by his tag, his stage ... */
struct segment_class segment_class(const struct segment_in *in,
    const struct segment_how *how);

/* ... and then by his net. */
static inline void
segment_judge(struct segment_class *of, int64_t net,
    const struct segment_limits *l)
{
	of->abc = net >= l->a ? 'A' : net >= l->b ? 'B' : 'C';
	of->key |= net >= l->key;
}

/* Fill out[0..n): all of each.  Scores are 1 + floor(5 w / n) for w of n
 * customers with orders that are strictly worse. */
bool segment_all(struct segment_out *out, const struct segment_in *in,
    size_t n, const struct segment_how *how, struct err *e);

/*
 * segment_all of one customer, without sorting all: `one` set, all of them are
 * added, himself too, in any order, where only orders, net and last_order
 * count; all of him is in one.
 */
struct segment_place {
	const struct segment_in *one;

	/* private */
	int64_t total, sum;     /* net of all, and of those with more */
	size_t customers, more; /* how many these are */
	size_t buyers, worse[3]; /* with orders, and of these the worse */
	bool full;              /* the total is too large */
};

void segment_place_add(struct segment_place *p,
    const struct segment_in *in);
bool segment_place(struct segment_out *out, const struct segment_place *p,
    const struct segment_how *how, struct err *e);

/*
 * The first that holds: left (state leave and no order on a later day),
 * prospect (no order, state deal), lead (no order), lost and sleeping (last
 * order longer ago than so many days), new (one order day), regular.
 */
enum segment_stage segment_stage_of(const struct segment_in *in,
    const struct segment_how *how);

/* How sales are spread over the customers with net above 0. */
enum { PARETO_TOPS = 3 };
extern const int pareto_top[PARETO_TOPS]; /* 1, 10, 20 per cent */
struct pareto {
	int64_t customers, net;   /* with orders, net not below 0 */
	int64_t top[PARETO_TOPS]; /* net of the first per cent of them (the
	                             nearest number, but at least one),
	                             hundredths of a per cent of all */
	int64_t make80; /* fewest customers that make 80 % of the net */
	int64_t gini;   /* hundred-thousandths, without n / (n - 1) */
};

/* Shares and gini are SEGMENT_NONE where nobody has net above 0. */
bool segment_pareto(struct pareto *p, const struct segment_in *in,
    const uint32_t *rank, size_t n, struct err *e);

#endif
