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

enum { FIFTHS = 5 };

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

/* Customers, and their net. */
struct part {
	int64_t sum;
	size_t n;
};

/* Who gets a class, or the mark: whoever has less than this before him. */
struct scale {
	struct part a, b, key;
};

static struct scale
scale_of(const struct part *all, const struct segment_how *how)
{
	int64_t a = least_of(all->sum, how->abc_a);

	return (struct scale){ { a, SIZE_MAX },
		{ least_of(all->sum, how->abc_b), SIZE_MAX },
		{ a, top_of(all->n, how->key_share) } };
}

static bool
is_less(const struct part *p, const struct part *than)
{
	return p->sum < than->sum && p->n < than->n;
}

struct segment_class
segment_class(const struct segment_in *in, const struct segment_how *how)
{
	return (struct segment_class){ 'C',
		(uint8_t)segment_stage_of(in, how), in->tagged };
}

/* --- limits -------------------------------------------------------------- */

/*
 * Customers of about the same net: from each power of two to the next there
 * are 32 heaps.  A limit is looked for in one of them only.
 */
enum { HEAP_BITS = 5, EACH = 1 << HEAP_BITS, HEAPS = 63 << HEAP_BITS };

/* The number of the heap of a net above 0. */
static size_t
heap_of(int64_t net)
{
	int power = 63 - __builtin_clzll((uint64_t)net);
	int64_t start = power > HEAP_BITS ? net >> (power - HEAP_BITS) : net;

	return (size_t)(power * EACH + start % EACH);
}

/* The least net that belongs into a heap. */
static uint64_t
heap_start(size_t heap)
{
	size_t power = heap / EACH, start = heap % EACH;

	return power < HEAP_BITS ? start
	    : (EACH + start) << (power - HEAP_BITS);
}

static bool
fill_heaps(struct part *heap, struct part *all, const int64_t *net, size_t n,
    struct err *e)
{
	*all = (struct part){ 0 };
	for (size_t i = 0; i < n; i++) {
		struct part *h;

		if (net[i] <= 0)
			continue;
		if (!num_add(&all->sum, net[i]))
			return too_large(e);
		all->n++;
		h = &heap[heap_of(net[i])];
		h->sum += net[i];
		h->n++;
	}
	return true;
}

/* Net as a value that rises as it falls. */
static int64_t
down(const void *net, uint32_t i)
{
	return ~((const int64_t *)net)[i];
}

/* The least net of the `in_heap` in a heap who have less than that before
 * them, or INT64_MAX. */
static int64_t
least_in(size_t heap, size_t in_heap, struct part before,
    const struct part *than, const int64_t *net, size_t n)
{
	uint32_t *list = mem_resize(NULL, in_heap, sizeof *list);
	uint64_t start = heap_start(heap);
	uint64_t width = heap_start(heap + 1) - start;
	int64_t least = INT64_MAX;
	size_t len = 0;

	for (size_t i = 0; i < n; i++)
		if ((uint64_t)net[i] - start < width)
			list[len++] = (uint32_t)i;
	sort_values(list, len, down, net);
	for (size_t i = 0; i < len && is_less(&before, than); i++) {
		least = net[list[i]];
		before.sum += least;
		before.n++;
	}
	free(list);
	return least;
}

/* The least net of those who have less than that before them.  Of all heaps
 * before the one in which that ends they all have. */
static int64_t
limit_of(const struct part *than, const struct part *heap,
    const int64_t *net, size_t n)
{
	struct part before = { 0 };

	for (size_t i = HEAPS; i-- > 0;) {
		struct part behind = { before.sum + heap[i].sum,
			before.n + heap[i].n };

		if (!is_less(&behind, than))
			return least_in(i, heap[i].n, before, than, net, n);
		before = behind;
	}
	return 1;
}

bool
segment_limits(struct segment_limits *l, const int64_t *net, size_t n,
    const struct segment_how *how, struct err *e)
{
	struct part all, *heap = mem_zero(HEAPS, sizeof *heap);
	bool fits = fill_heaps(heap, &all, net, n, e);
	struct scale s;

	if (fits) {
		s = scale_of(&all, how);
		*l = (struct segment_limits){ limit_of(&s.a, heap, net, n),
			limit_of(&s.b, heap, net, n),
			limit_of(&s.key, heap, net, n), all.sum };
	}
	free(heap);
	return fits;
}

/* --- all of each --------------------------------------------------------- */

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

/* Class, share and key mark. */
static bool
classify(struct segment_out *out, const struct segment_in *in, size_t n,
    const struct segment_how *how, struct err *e)
{
	int64_t *net = mem_resize(NULL, n, sizeof *net);
	struct segment_limits l;
	bool fits;

	for (size_t i = 0; i < n; i++)
		net[i] = in[i].net;
	fits = segment_limits(&l, net, n, how, e);
	for (size_t i = 0; i < n && fits; i++) {
		segment_judge(&out[i].of, net[i], &l);
		if (net[i] > 0)
			out[i].share = num_share(net[i], l.total);
	}
	free(net);
	return fits;
}

static void
begin(struct segment_out *o, const struct segment_in *in,
    const struct segment_how *how)
{
	*o = (struct segment_out){ .share = SEGMENT_NONE,
		.of = segment_class(in, how) };
}

bool
segment_all(struct segment_out *out, const struct segment_in *in, size_t n,
    const struct segment_how *how, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		begin(&out[i], &in[i], how);
	for (int which = 0; which < 3; which++)
		score(out, in, n, which);
	return classify(out, in, n, how, e);
}

/* --- one alone ----------------------------------------------------------- */

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
	const struct part all = { p->total, p->customers };
	const struct part more = { p->sum, p->more };
	const struct scale s = scale_of(&all, how);

	begin(out, p->one, how);
	if (p->full)
		return too_large(e);
	if (p->one->net > 0) {
		out->of.abc = is_less(&more, &s.a) ? 'A' :
		    is_less(&more, &s.b) ? 'B' : 'C';
		out->of.key |= is_less(&more, &s.key);
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
