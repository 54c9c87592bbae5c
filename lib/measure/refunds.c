#include "measure/refunds.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/sort.h"

static void
add_refund(struct refunds *r, uint32_t event)
{
	r->at = mem_grow(r->at, &r->cap, r->n + 1, sizeof *r->at);
	r->at[r->n++] = (struct refund){ event, REFUND_LOOSE };
}

static void
add_order(struct refunds *r, uint32_t word, uint32_t order)
{
	if (word == 0)
		return;
	r->ref = mem_grow(r->ref, &r->ref_cap, r->refs + 1, sizeof *r->ref);
	r->ref[r->refs++] = (struct refund_ref){ word, order };
}

static int
by_word(const void *a, const void *b)
{
	const struct refund_ref *x = a, *y = b;
	int c = num_cmp(x->word, y->word);

	return c != 0 ? c : num_cmp(x->order, y->order);
}

static uint32_t
find(const struct refunds *r, uint32_t word)
{
	size_t i = sort_first(r->ref, r->refs, sizeof *r->ref, word);

	return i < r->refs && r->ref[i].word == word ? r->ref[i].order
						     : REFUND_LOOSE;
}

/* Most customers have none, and then their orders need not be sorted. */
void
refunds_find(struct refunds *r, const struct thread_event *v, size_t n)
{
	r->n = r->refs = 0;
	for (uint32_t i = 0; i < n; i++)
		if (v[i].kind == KIND_REFUND)
			add_refund(r, i);
	for (uint32_t i = 0; i < n && r->n > 0; i++)
		if (v[i].kind == KIND_ORDER)
			add_order(r, v[i].word[THREAD_REF], i);
	if (r->refs > 1)
		qsort(r->ref, r->refs, sizeof *r->ref, by_word);
	for (size_t i = 0; i < r->n; i++)
		r->at[i].order = find(r,
		    v[r->at[i].event].word[THREAD_REF]);
}

void
refunds_free(struct refunds *r)
{
	free(r->at);
	free(r->ref);
	*r = (struct refunds){ 0 };
}
