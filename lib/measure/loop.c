#include "measure/loop.h"

#include "base/num.h"

/* The highest score that is low. */
static int64_t
low_of(uint8_t kind)
{
	return kind == KIND_NPS ? 6 : kind == KIND_CSAT ? 3 : 4;
}

static bool
among(uint64_t kinds, const struct thread_event *v)
{
	return (kinds >> v->kind & 1) != 0;
}

/* The n events of one customer: the last that takes up takes up all answers
 * before it. */
static void
count(struct loop_sums *sum, const struct thread_event *v, size_t n,
    struct window w)
{
	int64_t taken = INT64_MIN;

	for (size_t i = 0; i < n; i++)
		if (among(LOOP_TAKES, &v[i]) && v[i].time < w.to)
			taken = v[i].time;
	for (size_t i = 0; i < n; i++) {
		bool low;

		if (!among(LOOP_ANSWERS, &v[i]) || !window_has(w, v[i].time))
			continue;
		low = v[i].value <= low_of(v[i].kind) * NUM_ONE;
		sum->answers++;
		sum->taken += taken >= v[i].time;
		sum->low += low;
		sum->low_taken += low && taken >= v[i].time;
	}
}

struct loop_sums
loop_count(const struct threads *t, struct window w)
{
	struct loop_sums sum = { 0 };

	for (size_t at = 0, end; at < t->n; at = end) {
		end = thread_end(t, at);
		if (t->event[at].who != THREAD_NOBODY)
			count(&sum, t->event + at, end - at, w);
	}
	return sum;
}
