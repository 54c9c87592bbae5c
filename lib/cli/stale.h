/*
 * stale - customers past the time for which they may be kept.
 *
 * Floor 5 (cli).  Uses: base, crm/persons, measure/idle, cli.
 *
 * Like cli, these functions end the command on failure.
 */
#ifndef CRM_STALE_H
#define CRM_STALE_H

#include "cli/cli.h"
#include "crm/persons.h"

/* Everyone in customers.tsv or the journal. */
struct stale {
	struct map ids; /* those that count, not the merged ones */
	int64_t *last;  /* time of the last event, or of the day when the row
	                   was made; IDLE_NEVER where neither is known */
	bool *open;     /* something is open */
};

/* Read the journal; the lock of the store may be held. */
void stale_read(struct stale *s, struct cli *c);

/*
 * Add those to p of whom the last was heard before this time and who have
 * nothing open.  An account lives as long as one of its persons.  Left out:
 * pseudonyms, and customers of whom no time is known.
 */
void stale_add(const struct stale *s, int64_t before, struct persons *p);

/* When was the last of this customer? */
int64_t stale_last(const struct stale *s, struct slice id);

void stale_free(struct stale *s);

#endif
