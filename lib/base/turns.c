#include "base/turns.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

/* What the threads share, under the lock. */
struct shared {
	const struct turns *turns;
	pthread_mutex_t lock;
	pthread_cond_t given; /* one more was */
	size_t next;          /* to be made */
	size_t turn;          /* to be handed over */
};

struct worker {
	struct shared *shared;
	void *hand;
	pthread_t thread;
};

size_t
turns_threads(void)
{
	const char *word = getenv("CRM_THREADS");
	long n = word == NULL ? 0 : strtol(word, NULL, 10);

	if (n <= 0)
		n = sysconf(_SC_NPROCESSORS_ONLN);
	return n < 1 ? 1 : n > TURNS_MOST ? TURNS_MOST : (size_t)n;
}

/* Hand a piece over when it is its turn. */
static void
hand_over(struct worker *w, size_t piece)
{
	struct shared *s = w->shared;

	pthread_mutex_lock(&s->lock);
	while (s->turn != piece)
		pthread_cond_wait(&s->given, &s->lock);
	pthread_mutex_unlock(&s->lock);
	s->turns->give(w->hand, piece);
	pthread_mutex_lock(&s->lock);
	s->turn++;
	pthread_cond_broadcast(&s->given);
	pthread_mutex_unlock(&s->lock);
}

static void *
work(void *worker)
{
	struct worker *w = worker;
	struct shared *s = w->shared;

	for (;;) {
		size_t piece;

		pthread_mutex_lock(&s->lock);
		piece = s->next++;
		pthread_mutex_unlock(&s->lock);
		if (piece >= s->turns->pieces)
			return NULL;
		s->turns->make(w->hand, piece);
		hand_over(w, piece);
	}
}

void
turns_run(const struct turns *t, void *hands, size_t n, size_t size)
{
	struct shared s = { .turns = t };
	struct worker *w = mem_zero(n, sizeof *w);
	size_t started = 1;

	pthread_mutex_init(&s.lock, NULL);
	pthread_cond_init(&s.given, NULL);
	for (size_t i = 0; i < n; i++)
		w[i] = (struct worker){ .shared = &s,
			.hand = (char *)hands + i * size };
	while (started < n && pthread_create(&w[started].thread, NULL, work,
		&w[started]) == 0)
		started++;
	work(&w[0]);
	while (--started > 0)
		pthread_join(w[started].thread, NULL);
	pthread_cond_destroy(&s.given);
	pthread_mutex_destroy(&s.lock);
	free(w);
}
