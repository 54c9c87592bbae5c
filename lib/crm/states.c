#include "crm/states.h"

#include <stdlib.h>

#include "base/mem.h"

void
states_init(struct states *s, const struct use *uses, size_t n)
{
	*s = (struct states){ .uses = uses, .n = n };
	pthread_mutex_init(&s->lock, NULL);
	s->state = mem_zero(n, sizeof *s->state);
	for (size_t i = 0; i < n; i++) {
		s->need_people |= uses[i].measure->people;
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

void
states_add(struct states *s, const struct batch *b, struct event *event,
    struct err *e)
{
	bool good = true;

	pthread_mutex_lock(&s->lock);
	if (s->need_people)
		map_add_many(&s->people, &event[0].customer, sizeof *event,
		    b->n, &event[0].who, sizeof *event);
	for (size_t i = 0; good && i < s->n; i++)
		good = s->uses[i].measure->add(s->state[i], b, e);
	pthread_mutex_unlock(&s->lock);
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
	pthread_mutex_destroy(&from->lock);
	free(from->state);
	free(who);
}
