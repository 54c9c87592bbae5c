#include "measure/vouchers.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/sort.h"

void
vouchers_add(struct vouchers *a, int64_t key, const struct thread_event *v)
{
	a->at = mem_grow(a->at, &a->cap, a->n + 1, sizeof *a->at);
	a->at[a->n++] = (struct voucher){ .key = key, .event = v };
}

/* By key, then as they were given. */
static int
by_key(const void *a, const void *b)
{
	const struct voucher *x = a, *y = b;
	int c = num_cmp(x->key, y->key);

	if (c == 0)
		c = num_cmp(x->event->time, y->event->time);
	if (c == 0)
		c = num_cmp(x->event->due, y->event->due);
	return c != 0 ? c : num_cmp(x->event->value, y->event->value);
}

void
vouchers_sort(struct vouchers *a)
{
	if (a->n > 1)
		qsort(a->at, a->n, sizeof *a->at, by_key);
}

bool
voucher_is_good(const struct voucher *o, int32_t day)
{
	return o->event->due == DATE_NONE || o->event->due >= day;
}

/* Number i of those from `first` on that have its key, if it was given by
 * then; or NULL. */
static struct voucher *
nth(const struct vouchers *a, struct voucher *first, size_t i, int64_t time)
{
	struct voucher *o = first + i;

	return o < a->at + a->n && o->key == first->key &&
	    o->event->time <= time ? o : NULL;
}

/* One that is not good any more, or used, stays so: it is passed over once. */
const struct voucher *
vouchers_use(struct vouchers *a, int64_t key,
    const struct thread_event *redeem)
{
	size_t at = sort_first(a->at, a->n, sizeof *a->at, key);
	struct voucher *first = a->at + at, *found;

	if (at == a->n || first->key != key)
		return NULL;
	while ((found = nth(a, first, first->good, redeem->time)) != NULL &&
	    (found->used || !voucher_is_good(found, redeem->day)))
		first->good++;
	if (found == NULL)
		while ((found = nth(a, first, first->left, redeem->time)) !=
			NULL && found->used)
			first->left++;
	if (found != NULL)
		found->used = true;
	return found;
}

void
vouchers_free(struct vouchers *a)
{
	free(a->at);
	*a = (struct vouchers){ 0 };
}
