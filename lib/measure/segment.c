#include "measure/segment.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/sort.h"
#include "base/tr.h"
#include "crm/kinds.h"
#include "measure/median.h"

__extension__ typedef __int128 wide; /* products of money and counts */

enum {
	AHEAD = 16, /* customers of a rank who are fetched */
	FIFTHS = 5,
};

const int pareto_top[PARETO_TOPS] = { 1, 10, 20 };

const char *const segment_stage[SEGMENT_STAGES] = { "left", "prospect",
	"lead", "lost", "sleeping", "new", "regular" };

static struct slice
id_of(const void *in, uint32_t i)
{
	return ((const struct segment_in *)in)[i].id;
}

/* Net as a value that rises as it falls. */
static int64_t
net_down(const void *in, uint32_t i)
{
	return ~((const struct segment_in *)in)[i].net;
}

uint32_t *
segment_rank(const struct segment_in *in, size_t n)
{
	uint32_t *rank = mem_zero(n, sizeof *rank);

	for (size_t i = 0; i < n; i++)
		rank[i] = (uint32_t)i;
	sort_keys(rank, n, id_of, in);
	sort_values(rank, n, net_down, in);
	return rank;
}

static bool
too_large(struct err *e)
{
	return err_set(e, CRM_DATA,
	    _("the sum of all net sales is too large"));
}

/* Customers with net above 0, and the sum of it. */
static bool
add_up(const struct segment_in *in, size_t n, size_t *customers,
    int64_t *total, struct err *e)
{
	*customers = 0;
	*total = 0;
	for (size_t i = 0; i < n; i++) {
		if (in[i].net <= 0)
			continue;
		++*customers;
		if (!num_add(total, in[i].net))
			return too_large(e);
	}
	return true;
}

/* The least part that is not below per_cent (in ten-thousandths) of the
 * total. */
static int64_t
least_of(int64_t total, int64_t per_cent)
{
	wide whole = 100 * NUM_ONE;
	wide least = ((wide)total * per_cent + whole - 1) / whole;

	return least > INT64_MAX ? INT64_MAX : (int64_t)least;
}

/* ceil(per_cent of n), per_cent in ten-thousandths. */
static size_t
top_of(size_t n, int64_t per_cent)
{
	wide whole = 100 * NUM_ONE;

	return (size_t)(((wide)n * per_cent + whole - 1) / whole);
}

/* Customers with net above 0, and where classes begin. */
struct scale {
	int64_t total;      /* net of all */
	int64_t b, c;       /* sums before the first of these classes */
	size_t top;         /* so many can get the key mark */
};

static struct scale
scale_of(int64_t total, size_t customers, const struct segment_how *how)
{
	return (struct scale){ total, least_of(total, how->abc_a),
		least_of(total, how->abc_b),
		top_of(customers, how->key_share) };
}

/* `more` have more than he, `sum` in all. */
static void
judge(struct segment_out *o, int64_t sum, size_t more, const struct scale *s)
{
	o->abc = sum < s->b ? 'A' : sum < s->c ? 'B' : 'C';
	o->key = o->key || (o->abc == 'A' && more < s->top);
}

static void
begin(struct segment_out *o, const struct segment_in *in,
    const struct segment_how *how)
{
	*o = (struct segment_out){ .share = SEGMENT_NONE, .abc = 'C',
		.key = in->tagged,
		.stage = (uint8_t)segment_stage_of(in, how) };
}

/* Class, share and key mark, from the top down. */
static bool
classify(struct segment_out *out, const struct segment_in *in,
    const uint32_t *rank, size_t n, const struct segment_how *how,
    struct err *e)
{
	struct scale scale;
	size_t customers, more = 0;
	int64_t total, sum = 0, before = 0, last = 0;

	if (!add_up(in, n, &customers, &total, e))
		return false;
	scale = scale_of(total, customers, how);
	for (size_t i = 0; i < customers; i++) {
		int64_t net = in[rank[i]].net;

		if (i + AHEAD < customers) {
			__builtin_prefetch(&in[rank[i + AHEAD]].net);
			__builtin_prefetch(&out[rank[i + AHEAD]], 1);
		}
		if (net != last) {
			more = i;
			before = sum;
			last = net;
		}
		sum += net;
		judge(&out[rank[i]], before, more, &scale);
		out[rank[i]].share = num_share(net, total);
	}
	return true;
}

static int64_t
last_order_of(const void *in, uint32_t i)
{
	return ((const struct segment_in *)in)[i].last_order;
}

static int64_t
orders_of(const void *in, uint32_t i)
{
	return ((const struct segment_in *)in)[i].orders;
}

static int64_t
net_of(const void *in, uint32_t i)
{
	return ((const struct segment_in *)in)[i].net;
}

/* What is scored: r, f, m. */
static int64_t (*const scored[])(const void *in, uint32_t i) = {
	last_order_of, orders_of, net_of,
};

/* Who has orders gets 1, and 1 more where one fifth of them have less than he,
 * where two have, three, four. */
static void
score(struct segment_out *out, const struct segment_in *in, size_t n,
    int which)
{
	int64_t *value = mem_resize(NULL, n, sizeof *value);
	int64_t top[FIFTHS - 1] = { 0 };
	size_t len = 0;

	for (size_t i = 0; i < n; i++)
		if (in[i].orders > 0)
			value[len++] = scored[which](in, (uint32_t)i);
	if (len > 0)
		median_parts(top, value, len, FIFTHS);
	for (size_t i = 0; i < n; i++) {
		int64_t his = scored[which](in, (uint32_t)i);

		if (in[i].orders > 0)
			out[i].rfm[which] = (uint8_t)(1 + (his > top[0]) +
			    (his > top[1]) + (his > top[2]) +
			    (his > top[3]));
	}
	free(value);
}

bool
segment_all(struct segment_out *out, const struct segment_in *in,
    const uint32_t *rank, size_t n, const struct segment_how *how,
    struct err *e)
{
	for (size_t i = 0; i < n; i++)
		begin(&out[i], &in[i], how);
	for (int which = 0; which < 3; which++)
		score(out, in, n, which);
	return classify(out, in, rank, n, how, e);
}

/* --- classes without an order ------------------------------------------- */

/*
 * Customers of about the same net: from each power of two to the next there
 * are 128 heaps.  Of most heaps all get the same class and mark.
 */
enum { HEAP_BITS = 7, HEAPS = 63 << HEAP_BITS };

struct heap {
	int64_t sum, before; /* net of these, and of all with more */
	uint32_t n, more;    /* how many these are */
	bool mixed;          /* not all get these */
	bool key;
	char abc;
};

/* The number of the heap of a net above 0. */
static size_t
heap_of(int64_t net)
{
	int power = 63 - __builtin_clzll((uint64_t)net);
	int64_t start = power > HEAP_BITS ? net >> (power - HEAP_BITS) : net;

	return (size_t)power << HEAP_BITS |
	    ((size_t)start & ((1u << HEAP_BITS) - 1));
}

/* What the customers of each heap get: that of the first, if it is also
 * that of who came behind the last.  Returns how many are in mixed ones. */
static size_t
judge_heaps(struct heap *heap, const struct scale *scale)
{
	size_t mixed = 0, more = 0;
	int64_t before = 0;

	for (size_t i = HEAPS; i-- > 0;) {
		struct segment_out first = { 0 }, behind = { 0 };
		struct heap *h = &heap[i];

		if (h->n == 0)
			continue;
		h->before = before;
		h->more = (uint32_t)more;
		judge(&first, before, more, scale);
		before += h->sum;
		more += h->n;
		judge(&behind, before, more, scale);
		h->abc = first.abc;
		h->key = first.key;
		h->mixed = first.abc != behind.abc || first.key != behind.key;
		mixed += h->mixed ? h->n : 0;
	}
	return mixed;
}

/* Those of mixed heaps, one by one from the top down. */
static void
judge_mixed(struct segment_out *out, const struct segment_in *in,
    uint32_t *list, size_t n, const struct heap *heap,
    const struct scale *scale)
{
	int64_t last = 0, sum = 0, before = 0;
	size_t customers = 0, more = 0, at = HEAPS;

	sort_values(list, n, net_down, in);
	for (size_t i = 0; i < n; i++) {
		int64_t net = in[list[i]].net;

		if (heap_of(net) != at) {
			at = heap_of(net);
			sum = heap[at].before;
			customers = heap[at].more;
		}
		if (net != last) {
			before = sum;
			more = customers;
			last = net;
		}
		sum += net;
		customers++;
		judge(&out[list[i]], before, more, scale);
	}
}

/* All others get what their heap gets. */
static void
judge_all(struct segment_out *out, const struct segment_in *in, size_t n,
    struct heap *heap, const struct scale *scale)
{
	uint32_t *list = mem_resize(NULL, judge_heaps(heap, scale),
	    sizeof *list);
	size_t mixed = 0;

	for (size_t i = 0; i < n; i++) {
		const struct heap *h;

		if (in[i].net <= 0)
			continue;
		h = &heap[heap_of(in[i].net)];
		if (h->mixed) {
			list[mixed++] = (uint32_t)i;
			continue;
		}
		out[i].abc = h->abc;
		out[i].key |= h->key;
	}
	judge_mixed(out, in, list, mixed, heap, scale);
	free(list);
}

bool
segment_classes(struct segment_out *out, const struct segment_in *in,
    size_t n, const struct segment_how *how, struct err *e)
{
	struct heap *heap;
	struct scale scale;
	size_t customers;
	int64_t total;

	if (!add_up(in, n, &customers, &total, e))
		return false;
	heap = mem_zero(HEAPS, sizeof *heap);
	scale = scale_of(total, customers, how);
	for (size_t i = 0; i < n; i++) {
		begin(&out[i], &in[i], how);
		if (in[i].net > 0) {
			struct heap *h = &heap[heap_of(in[i].net)];

			h->sum += in[i].net;
			h->n++;
		}
	}
	judge_all(out, in, n, heap, &scale);
	free(heap);
	return true;
}

void
segment_place_add(struct segment_place *p, const struct segment_in *in)
{
	const struct segment_in *one = p->one;

	if (in->net > 0) {
		p->customers++;
		p->full |= !num_add(&p->total, in->net);
	}
	if (in->net > 0 && in->net > one->net) {
		p->more++;
		p->sum += p->full ? 0 : in->net;
	}
	if (in->orders <= 0)
		return;
	p->buyers++;
	for (int which = 0; which < 3; which++)
		p->worse[which] += scored[which](in, 0) <
		    scored[which](one, 0);
}

bool
segment_place(struct segment_out *out, const struct segment_place *p,
    const struct segment_how *how, struct err *e)
{
	const struct scale scale = scale_of(p->total, p->customers, how);

	begin(out, p->one, how);
	if (p->full)
		return too_large(e);
	if (p->one->net > 0) {
		judge(out, p->sum, p->more, &scale);
		out->share = num_share(p->one->net, p->total);
	}
	if (p->one->orders <= 0)
		return true;
	for (int which = 0; which < 3; which++)
		out->rfm[which] = (uint8_t)(1 + 5 * p->worse[which] /
		    p->buyers);
	return true;
}

enum segment_stage
segment_stage_of(const struct segment_in *in, const struct segment_how *how)
{
	int64_t age = (int64_t)how->today - in->last_ever;

	if (in->state == KIND_LEAVE && (in->last_ever == DATE_NONE ||
	    in->last_ever <= in->state_day))
		return SEGMENT_LEFT;
	if (in->last_ever == DATE_NONE)
		return in->state == KIND_DEAL ? SEGMENT_PROSPECT
					      : SEGMENT_LEAD;
	if (age > how->lost_days)
		return SEGMENT_LOST;
	if (age > how->sleeping_days)
		return SEGMENT_SLEEPING;
	return in->first_ever == in->last_ever ? SEGMENT_NEW
					       : SEGMENT_REGULAR;
}

/* Gini = sum of (2 i - n - 1) x_i over n times the total, x rising from
 * i = 1 (MathWorld, "Gini coefficient"); here from the largest down, and
 * those behind the first `above` have nothing. */
static int64_t
gini(const struct segment_in *in, const uint32_t *rank, size_t above,
    const struct pareto *p)
{
	wide sum = 0, n = p->customers, whole = p->net * n;

	for (size_t i = 0; i < above; i++)
		sum += (n - 1 - 2 * (wide)i) * in[rank[i]].net;
	return (int64_t)((2 * 100000 * sum + whole) / (2 * whole));
}

/* How many are per_cent of n: the nearest number, but at least one. */
static size_t
nearest_of(int64_t n, int per_cent)
{
	int64_t some = num_div(n * per_cent, 100);

	return some < 1 ? 1 : (size_t)some;
}

bool
segment_pareto(struct pareto *p, const struct segment_in *in,
    const uint32_t *rank, size_t n, struct err *e)
{
	size_t above;
	int64_t sum = 0, most;

	*p = (struct pareto){ .gini = SEGMENT_NONE };
	if (!add_up(in, n, &above, &p->net, e))
		return false;
	p->customers = (int64_t)above;
	most = least_of(p->net, 80 * NUM_ONE);
	for (size_t i = above; i < n; i++)
		p->customers += in[rank[i]].net == 0 && in[rank[i]].orders > 0;
	for (int t = 0; t < PARETO_TOPS; t++)
		p->top[t] = above > 0 ? 100 * 100 : SEGMENT_NONE;
	for (size_t i = 0; i < above; i++) {
		p->make80 += sum < most;
		sum += in[rank[i]].net;
		for (int t = 0; t < PARETO_TOPS; t++)
			if (i + 1 == nearest_of(p->customers, pareto_top[t]))
				p->top[t] = num_share(sum, p->net);
	}
	if (above > 0)
		p->gini = gini(in, rank, above, p);
	return true;
}
