/*
 * tails - ends of the store's files that are no rows: seen, or moved aside;
 * each is told once, when no lock is held.
 *
 * Floor 5 (cli).  Uses: base, table/input, table/store.
 */
#ifndef CRM_TAILS_H
#define CRM_TAILS_H

#include "table/store.h"

struct tails {
	struct store *store;

	/* private */
	struct tail {
		char *path;
		size_t bytes;
		enum store_tail what;
		bool told;
	} *tail;
	size_t n, cap;
};

/* Be told by this store, and have the last word of a command that fails. */
void tails_begin(struct tails *t, struct store *s);

/* A file ends with so many bytes that are no rows.  Told now, or, where the
 * lock is held, by tails_say. */
void tails_seen(struct tails *t, const char *path, size_t bytes);

/* Tell what has not been told yet; of what was only seen, if it is still
 * so. */
void tails_say(struct tails *t);

/* Tell, and free. */
void tails_end(struct tails *t);

#endif
