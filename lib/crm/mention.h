/*
 * mention - persons found in free text: by name, e-mail address, telephone
 * number or id.
 *
 * Floor 3 (crm).  Uses: base.
 *
 * Words are compared case-folded, whatever stands between them: "Lehnert,
 * Miriam" is found for "Miriam Lehnert", "+49-30-23125" for "+49 30 23125".
 * What is too common to say anything is not looked for: a single name
 * without another, ids of nothing but digits below five of them.
 */
#ifndef CRM_MENTION_H
#define CRM_MENTION_H

#include "base/buf.h"
#include "base/map.h"

/* What is looked for.  A zeroed struct is nothing. */
struct mention {
	/* private */
	struct map needle; /* words with a blank between them -> */
	struct map start;  /* their first words */
	uint32_t *who;     /* whom it names */
	size_t cap;
	size_t words;      /* of the longest needle */
	uint64_t first[256]; /* lengths of first words, by first byte */
	uint64_t raw[256];   /* the same by a byte that is not folded yet;
	                        all ones where that cannot be known */
	bool word[256];      /* bytes of words */
	bool high;           /* does a first word begin with a letter that
	                        is not ASCII? */
	bool *pair;          /* may a first word begin with the first of
	                        these two bytes, before the second? */
};

/* Look for person number `who` by these values, which are fields.  False
 * where an id is too common. */
bool mention_id(struct mention *m, struct slice id, uint32_t who);
void mention_name(struct mention *m, struct slice name, uint32_t who);
void mention_mail(struct mention *m, struct slice mail, uint32_t who);
void mention_phone(struct mention *m, struct slice phone, uint32_t who);

/* The first person that a field (or a line) names, or MAP_NONE.  *room is
 * for its use. */
uint32_t mention_find(const struct mention *m, struct slice field,
    struct buf *room);

/*
 * Could mention_find find anybody in a line, or a block of lines, field by
 * field?  Much faster, and seldom wrong: false is certain.
 */
bool mention_may(const struct mention *m, struct slice text,
    struct buf *room);

void mention_free(struct mention *m);

#endif
