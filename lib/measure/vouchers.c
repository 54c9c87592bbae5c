#include "measure/vouchers.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/sort.h"

void
vouchers_add(struct vouchers *a, int64_t key, const struct thread_event *v)
{
	a->at = mem_grow(a->at, &a->cap, a->n + 1, sizeof *a->at);
	a->at[a->n++] = (struct voucher){ key, v, false };
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

const struct voucher *
vouchers_use(struct vouchers *a, int64_t key,
    const struct thread_event *redeem)
{
	struct voucher *found = NULL;

	for (size_t i = sort_first(a->at, a->n, sizeof *a->at, key);
	    i < a->n && a->at[i].key == key &&
	    a->at[i].event->time <= redeem->time; i++) {
		struct voucher *o = &a->at[i];
		bool good = voucher_is_good(o, redeem->day);

		if (!o->used && (good || found == NULL))
			found = o;
		if (!o->used && good)
			break;
	}
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
