#include "crm/states.h"

#include <stdlib.h>

#include "base/mem.h"

void
states_init(struct states *s, const struct use *uses, size_t n)
{
	*s = (struct states){ .uses = uses, .n = n };
	pthread_mutex_init(&s->naming, NULL);
	pthread_mutex_init(&s->adding, NULL);
	s->state = mem_zero(n, sizeof *s->state);
	for (size_t i = 0; i < n; i++) {
		s->needs |= uses[i].measure->needs;
		s->state[i] = mem_zero(1, uses[i].measure->size);
		uses[i].measure->init(s->state[i], uses[i].how);
	}
}

void
states_go_on(struct states *s, const struct map *people)
{
	for (size_t i = 0; i < s->n; i++) {
		s->uses[i].measure->free(s->state[i]);
		free(s->state[i]);
		s->state[i] = s->uses[i].state;
	}
	s->people = *people;
}

/* Chain the events of each kind, for batch_next. */
static void
chain(struct event *event, size_t n, uint32_t first[KINDS])
{
	memset(first, 0, KINDS * sizeof *first);
	for (size_t i = n; i > 0; i--) {
		struct event *v = &event[i - 1];

		v->next = first[v->kind];
		first[v->kind] = (uint32_t)i;
	}
}

/* Number the customers of n events; returns how many have been met. */
static uint32_t
number(struct states *s, struct event *event, size_t n)
{
	uint32_t people;

	pthread_mutex_lock(&s->naming);
	map_add_many(&s->people, &event[0].customer, sizeof *event, n,
	    &event[0].who, sizeof *event);
	people = s->people.len;
	pthread_mutex_unlock(&s->naming);
	return people;
}

void
states_add(struct states *s, const struct batch *b, struct event *event,
    struct err *e)
{
	uint32_t first[KINDS];
	struct batch own = *b;
	bool good = true;

	if ((s->needs & MEASURE_KINDS) != 0)
		chain(event, own.n, first);
	own.first = first;
	if ((s->needs & MEASURE_PEOPLE) != 0)
		own.people = number(s, event, own.n);
	pthread_mutex_lock(&s->adding);
	for (size_t i = 0; good && i < s->n; i++)
		good = s->uses[i].measure->add(s->state[i], &own, e);
	pthread_mutex_unlock(&s->adding);
}

void
states_merge(struct states *s, struct states *from, struct err *e)
{
	uint32_t *who = map_join(&s->people, &from->people);

	for (size_t i = 0; i < s->n; i++) {
		const struct measure *m = s->uses[i].measure;

		if (e->status == CRM_OK)
			m->merge(s->state[i], from->state[i], who, e);
		m->free(from->state[i]);
		free(from->state[i]);
	}
	map_free(&from->people);
	pthread_mutex_destroy(&from->naming);
	pthread_mutex_destroy(&from->adding);
	free(from->state);
	free(who);
}
