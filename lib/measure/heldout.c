#include "measure/heldout.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/sort.h"

/* Times, or what begins with one. */
static int
by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return num_cmp(x, y);
}

void
heldout_begin(struct heldout *h, struct heldout_campaign *campaign, size_t n,
    int days)
{
	*h = (struct heldout){ .campaign = campaign, .n = n, .days = days,
		.begun = mem_zero(n, sizeof(struct heldout_begun)) };
	for (uint32_t i = 0; i < n; i++)
		h->begun[i] = (struct heldout_begun){ campaign[i].begun, i };
	if (n > 1)
		qsort(h->begun, n, sizeof *h->begun, by_time);
}

void
heldout_free(struct heldout *h)
{
	free(h->begun);
	free(h->first);
}

/* An order in the days of the campaigns that began before it; `first` is
 * that of the member's first order. */
static void
add_order(struct heldout *h, const struct thread_event *v, int64_t first)
{
	size_t i = sort_first(h->begun, h->n, sizeof *h->begun, v->time);

	while (i-- > 0) {
		struct heldout_campaign *c =
		    &h->campaign[h->begun[i].campaign];

		if ((int64_t)c->day + h->days < v->day)
			return;
		if (c->seen == (uint64_t)h->members ||
		    c->sent == (uint64_t)h->members)
			continue;
		c->seen = (uint64_t)h->members;
		c->side[first <= c->begun].bought++;
	}
}

void
heldout_add(struct heldout *h, const struct thread_event *v, size_t n,
    const uint32_t *sent, size_t sents)
{
	size_t i = 0;
	int64_t first;

	h->members++;
	while (i < n && v[i].kind != KIND_ORDER)
		i++;
	first = i < n ? v[i].time : INT64_MAX;
	for (size_t k = 0; k < sents; k++) {
		struct heldout_campaign *c = &h->campaign[sent[k]];

		c->sent = (uint64_t)h->members;
		c->side[first <= c->begun].sent_to++;
	}
	for (; i < n; i++)
		if (v[i].kind == KIND_ORDER)
			add_order(h, &v[i], first);
	if (first == INT64_MAX)
		return;
	h->first = mem_grow(h->first, &h->cap, h->firsts + 1,
	    sizeof *h->first);
	h->first[h->firsts++] = first;
	h->sorted = false;
}

/* Members with an order at this time or before. */
static int64_t
had_ordered(struct heldout *h, int64_t time)
{
	if (!h->sorted && h->firsts > 1)
		qsort(h->first, h->firsts, sizeof *h->first, by_time);
	h->sorted = true;
	return (int64_t)sort_first(h->first, h->firsts, sizeof *h->first,
	    time + 1);
}

struct score_part
heldout_part(struct heldout *h, uint32_t campaign, bool before)
{
	const struct heldout_campaign *c = &h->campaign[campaign];
	int64_t had = had_ordered(h, c->begun);

	return (struct score_part){ c->side[before].bought,
		(before ? had : h->members - had) - c->side[before].sent_to };
}
