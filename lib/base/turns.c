#include "base/turns.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

/* A hand, and the piece that is in it. */
struct held {
	void *hand;
	enum { FREE, MAKING, MADE } state;
	size_t piece;
};

/* What the threads share, under the lock. */
struct shared {
	const struct turns *turns;
	struct held *held;
	size_t hands;
	pthread_mutex_t lock;
	pthread_cond_t freed; /* a hand was */
	size_t next;          /* to be made */
	size_t turn;          /* to be handed over */
	bool giving;          /* a thread hands over */
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

size_t
turns_hands(void)
{
	size_t n = turns_threads();

	return n == 1 ? 1 : 2 * n;
}

static struct held *
free_hand(struct shared *s)
{
	for (size_t i = 0; i < s->hands; i++)
		if (s->held[i].state == FREE)
			return &s->held[i];
	return NULL;
}

static struct held *
next_made(struct shared *s)
{
	for (size_t i = 0; i < s->hands; i++)
		if (s->held[i].state == MADE && s->held[i].piece == s->turn)
			return &s->held[i];
	return NULL;
}

/* Hand over what is made and has its turn, unless somebody else does: he
 * sees it, too. */
static void
hand_over(struct shared *s)
{
	struct held *h;

	if (s->giving)
		return;
	s->giving = true;
	while ((h = next_made(s)) != NULL) {
		pthread_mutex_unlock(&s->lock);
		s->turns->give(h->hand, h->piece);
		pthread_mutex_lock(&s->lock);
		s->turn++;
		h->state = FREE;
		pthread_cond_signal(&s->freed);
	}
	s->giving = false;
}

/* A free hand, once there is one and as long as there is work. */
static struct held *
take_hand(struct shared *s)
{
	struct held *h = NULL;

	while (s->next < s->turns->pieces && (h = free_hand(s)) == NULL)
		pthread_cond_wait(&s->freed, &s->lock);
	return h;
}

static void *
work(void *shared)
{
	struct shared *s = shared;
	struct held *h;

	pthread_mutex_lock(&s->lock);
	while ((h = take_hand(s)) != NULL) {
		h->piece = s->next++;
		h->state = MAKING;
		pthread_mutex_unlock(&s->lock);
		s->turns->make(h->hand, h->piece);
		pthread_mutex_lock(&s->lock);
		h->state = MADE;
		hand_over(s);
	}
	pthread_cond_signal(&s->freed);
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

void
turns_run(const struct turns *t, void *hands, size_t n, size_t size)
{
	struct shared s = { .turns = t, .hands = n };
	pthread_t *thread = mem_zero(n, sizeof *thread);
	size_t started = 0;

	s.held = mem_zero(n, sizeof *s.held);
	for (size_t i = 0; i < n; i++)
		s.held[i].hand = (char *)hands + i * size;
	pthread_mutex_init(&s.lock, NULL);
	pthread_cond_init(&s.freed, NULL);
	while (2 * started + 2 < n && pthread_create(&thread[started], NULL,
		work, &s) == 0)
		started++;
	work(&s);
	while (started > 0)
		pthread_join(thread[--started], NULL);
	pthread_cond_destroy(&s.freed);
	pthread_mutex_destroy(&s.lock);
	free(s.held);
	free(thread);
}
