/*
 * alike - who bought alike, and what they bought besides.
 *
 * Floor 4 (measure).  Uses: base, crm.
 *
 * A measure.  What a customer bought is the set of the topics of his orders,
 * and of his items where an order has the same ref (the lines of a deal that
 * came to nothing were not bought).  Two customers are as alike as the part
 * of what either bought that both bought: P. Jaccard, "The distribution of
 * the flora in the alpine zone", New Phytologist 11(2), 1912, 37-50.
 */
#ifndef CRM_ALIKE_H
#define CRM_ALIKE_H

#include "crm/journal.h"

struct alike; /* a state; its size is in alike_measure */

/* `how`: only orders and items inside the window are counted. */
struct alike_how {
	struct window window;
};

extern const struct measure alike_measure;

/* Once after the run, before any question. */
void alike_settle(struct alike *s);

/* A customer who bought something that the one in question bought too. */
struct alike_customer {
	uint32_t who;    /* number in the people of the run */
	uint32_t common; /* topics that both bought */
	uint32_t either; /* topics that at least one of them bought */
};

/* How many topics a customer bought. */
uint32_t alike_topics(const struct alike *s, uint32_t who);

/*
 * The others by likeness, falling; then by common, falling, and by id.
 * malloc'd, *n of them.
 */
struct alike_customer *alike_customers(const struct alike *s,
    const struct map *people, uint32_t who, size_t *n);

/* A topic that customers bought. */
struct alike_topic {
	struct slice name;  /* as a field; into the state */
	uint32_t customers; /* how many of them */
};

/*
 * What these n customers bought and `who` did not, by number of customers,
 * falling, then by name.  malloc'd, *topics of them.
 */
struct alike_topic *alike_besides(const struct alike *s, uint32_t who,
    const struct alike_customer *others, size_t n, size_t *topics);

#endif
