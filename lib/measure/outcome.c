#include "measure/outcome.h"

static void
say_last(uint32_t *word, const struct thread_event *v, enum thread_word w)
{
	if (v->word[w] != 0)
		*word = v->word[w];
}

struct outcome
outcome_of(const struct thread_event *v, size_t n, enum kind opens)
{
	struct outcome c = { .due = DATE_NONE };

	for (size_t i = 0; i < n; i++) {
		c.open = v[i].kind == opens;
		if (!c.open)
			continue;
		if (c.first == NULL)
			c.first = &v[i];
		c.last = &v[i];
		say_last(&c.by, &v[i], THREAD_BY);
		say_last(&c.topic, &v[i], THREAD_TOPIC);
		say_last(&c.text, &v[i], THREAD_TEXT);
		if (v[i].due != DATE_NONE)
			c.due = v[i].due;
	}
	c.open = c.open && c.first->chosen;
	return c;
}
