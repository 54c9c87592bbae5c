/*
 * traces - what a whole store has of certain persons, file by file; and the
 * store without it.
 *
 * Floor 3 (crm).  Uses: base, table, look, scraps, traced.
 *
 * All regular files in the directory of a store are walked, in byte order
 * of their names, packed ones too; directories in it are not.  Tables are
 * read row by row in constant memory, other files (torn tails, rejects,
 * copies) as a whole.
 */
#ifndef CRM_TRACES_H
#define CRM_TRACES_H

#include "crm/look.h"
#include "table/store.h"

/* A field, or a line of a file that is no table of the store. */
struct trace {
	const char *file;
	uint64_t line;        /* 0 for a file that is derived from others */
	struct slice column;  /* empty for a line */
	struct slice value;   /* with its escapes */
	enum look_mark mark;
	uint32_t who;
	bool other;           /* does it stand in somebody else's row? */
};

typedef void traces_take(void *ctx, const struct trace *t);

struct traces {
	/* set by the caller */
	const struct store *store;
	struct persons *persons;
	traces_take *take; /* every trace as it is found; or NULL */
	void *ctx;

	/* answers */
	struct err notes; /* files that could not be looked into */

	/* private */
	struct traces_file {
		char *name;
		enum personal_file is;
		uint64_t changes; /* rows or lines */
		uint64_t names;   /* fields of others that name them */
	} *file;
	size_t n, cap;
	struct buf room;
};

/* Find them all, and count them in `persons`. */
bool traces_look(struct traces *t, struct err *e);

/*
 * Then, under the same lock and behind persons_veil: add to w all files that
 * erasure changes, as it leaves them, and tell `take` who is named in rows of
 * others (LOOK_NAMED) with the lines that these are in then.
 */
bool traces_erase(struct traces *t, struct swap *w, struct err *e);

void traces_free(struct traces *t);

#endif
