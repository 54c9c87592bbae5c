#include "measure/outcome.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

static void
say_last(uint32_t *word, const struct thread_event *v, enum thread_word w)
{
	if (v->word[w] != 0)
		*word = v->word[w];
}

static void
add(struct outcome *c, const struct thread_event *v, enum kind opens)
{
	c->open = v->kind == opens;
	if (!c->open)
		return;
	if (c->first == NULL)
		c->first = v;
	c->last = v;
	say_last(&c->by, v, THREAD_BY);
	say_last(&c->topic, v, THREAD_TOPIC);
	say_last(&c->text, v, THREAD_TEXT);
	if (v->due != DATE_NONE)
		c->due = v->due;
}

struct outcome
outcome_of(const struct thread_event *v, size_t n, enum kind opens)
{
	struct outcome c = { .due = DATE_NONE };

	for (size_t i = 0; i < n; i++)
		add(&c, &v[i], opens);
	c.open = c.open && c.first->chosen;
	return c;
}

/* --- one of each customer ------------------------------------------------- */

/* Was one given to several customers? */
static bool
is_shared(const struct thread_event *v, size_t n, enum kind opens)
{
	const struct thread_event *first = NULL;

	for (size_t i = 0; i < n; i++) {
		if (v[i].kind != opens)
			continue;
		if (first != NULL && first->who != v[i].who)
			return true;
		first = &v[i];
	}
	return false;
}

/* By customer, each one's in their order. */
static int
by_who(const void *a, const void *b)
{
	const struct thread_event *v = *(const struct thread_event *const *)a;
	const struct thread_event *w = *(const struct thread_event *const *)b;
	int c = num_cmp(v->who, w->who);

	return c != 0 ? c : (v > w) - (v < w);
}

static void
part(const struct thread_event *v, size_t n, enum kind opens,
    void (*put)(void *ctx, const struct outcome *c), void *ctx)
{
	const struct thread_event **his = mem_zero(n, sizeof(void *));

	for (size_t i = 0; i < n; i++)
		his[i] = &v[i];
	qsort(his, n, sizeof(void *), by_who);
	for (size_t at = 0, end; at < n; at = end) {
		struct outcome c = { .due = DATE_NONE };

		for (end = at; end < n && his[end]->who == his[at]->who; end++)
			add(&c, his[end], opens);
		if (c.open && c.first->chosen)
			put(ctx, &c);
	}
	free(his);
}

void
outcome_each(const struct thread_event *v, size_t n, enum kind opens,
    void (*put)(void *ctx, const struct outcome *c), void *ctx)
{
	struct outcome c;

	if (is_shared(v, n, opens)) {
		part(v, n, opens, put, ctx);
		return;
	}
	c = outcome_of(v, n, opens);
	if (c.open)
		put(ctx, &c);
}
