/*
 * persons - the persons whom an access report or an erasure is about: all
 * of their ids, what names them, and what was found of them.
 *
 * Floor 3 (crm).  Uses: base, customers, mention.  No clock.
 */
#ifndef CRM_PERSONS_H
#define CRM_PERSONS_H

#include "crm/customers.h"
#include "crm/mention.h"

enum { PERSONS_PSEUDONYM = 24 }; /* bytes of one, with NUL */
#define PERSONS_ERASED "erased-" /* what pseudonyms begin with */

struct person {
	char pseudonym[PERSONS_PSEUDONYM]; /* empty until persons_veil */
	struct slice id;   /* as a field; into ids, good once settled */
	uint64_t uses;     /* rows of the journal, and of others, with an id */
	uint64_t rows;     /* all that erasure changes */
	bool listed;       /* has a row of customers.tsv with the id that
	                      counts */
	uint64_t mentions; /* what it leaves for somebody to look at */
};

/* A zeroed struct is nobody. */
struct persons {
	struct person *person;
	size_t n;
	struct mention mention;

	/* private */
	struct map ids; /* of all of them, the merged ones too */
	uint32_t *who;  /* whose */
	bool common;    /* an id is not looked for in free text */
	size_t cap, who_cap;
};

/* Add a person by an id (a field) that nobody is merged into; one that is
 * there already is not added again. */
void persons_add(struct persons *p, struct slice id);

/* When all are there: find their merged ids, and what names them. */
void persons_settle(struct persons *p, const struct customers *c,
    const struct aliases *a);

/* Whose id is this?  MAP_NONE where it is nobody's of them. */
uint32_t persons_find(const struct persons *p, struct slice id);

/*
 * Could one of these rows of any table have the id of one of them in a field
 * (or behind its last colon), or name him?  False is certain.  *room is for
 * its use.
 */
bool persons_may(const struct persons *p, struct slice rows,
    struct buf *room);

/* Is it the id that counts of this person, not one that was merged? */
bool persons_is_main(const struct persons *p, uint32_t who, struct slice id);

/*
 * Give each a pseudonym: random, so that nothing leads back.  False where
 * the system has no random bytes.
 */
bool persons_veil(struct persons *p, struct err *e);

/* Is it such a pseudonym? */
bool persons_veiled(struct slice id);

/*
 * Add the field with pseudonyms for ids: of `who`, wherever one stands
 * between what are no letters or digits.
 */
void persons_replace(const struct persons *p, uint32_t who,
    struct slice field, struct buf *to);

/* The id behind the last colon of `referral:C17`; empty if there is none. */
struct slice persons_behind_colon(struct slice field);

void persons_free(struct persons *p);

#endif
