#include "measure/heldout.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

static int
by_begun(const void *a, const void *b, void *campaigns)
{
	const struct heldout_campaign *c = campaigns;
	int64_t x = c[*(const uint32_t *)a].begun;
	int64_t y = c[*(const uint32_t *)b].begun;

	return num_cmp(x, y);
}

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
		.order = mem_zero(n, sizeof(uint32_t)) };
	for (uint32_t i = 0; i < n; i++)
		h->order[i] = i;
	if (n > 1)
		qsort_r(h->order, n, sizeof *h->order, by_begun, campaign);
}

void
heldout_free(struct heldout *h)
{
	free(h->order);
	free(h->first);
}

/* The first campaign in order that begins at this time or later. */
static size_t
from_time(const struct heldout *h, int64_t time)
{
	size_t low = 0, high = h->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (h->campaign[h->order[middle]].begun < time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* An order in the days of the campaigns that began before it; `first` is
 * that of the member's first order. */
static void
add_order(struct heldout *h, const struct thread_event *v, int64_t first)
{
	for (size_t i = from_time(h, v->time); i-- > 0;) {
		struct heldout_campaign *c = &h->campaign[h->order[i]];

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
	size_t low = 0, high = h->firsts;

	if (!h->sorted && h->firsts > 1)
		qsort(h->first, h->firsts, sizeof *h->first, by_time);
	h->sorted = true;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (h->first[middle] <= time)
			low = middle + 1;
		else
			high = middle;
	}
	return (int64_t)low;
}

struct score_part
heldout_part(struct heldout *h, uint32_t campaign, bool before)
{
	const struct heldout_campaign *c = &h->campaign[campaign];
	int64_t had = had_ordered(h, c->begun);

	return (struct score_part){ c->side[before].bought,
		(before ? had : h->members - had) - c->side[before].sent_to };
}
