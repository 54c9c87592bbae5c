/*
 * once - which of the entries are in the journal already.
 *
 * Floor 3 (crm).  Uses: base, table, aliases, entry, moment.
 *
 * With columns named, an entry is there if a row of the journal had the
 * same values in them.  Without, all columns are compared (but for a ref
 * that crm-log has just made), and rows that are alike are counted: of
 * three alike of which one is there two are left.  So a load can be tried
 * again however far it came.  Times are compared as moments.
 */
#ifndef CRM_ONCE_H
#define CRM_ONCE_H

#include "crm/aliases.h"
#include "crm/entry.h"
#include "table/store.h"

struct once {
	/* set by the caller */
	const struct entries *entries;
	const struct slice *customer; /* ids of the entries, as fields */
	const struct aliases *aliases; /* who was merged is one */
	const struct zone *zone;
	const char *columns; /* `kind,ref`, or NULL for all */

	/* answers */
	bool *skip;      /* is entry i there already? */
	char **ref;      /* its ref there, where one was made for it */
	size_t left;     /* entries that are not */
};

/*
 * Read the whole journal.  CRM_USAGE where a column is not one of the
 * entries: `unknown column: "rf" (did you mean "ref"?)`.
 */
bool once_look(struct once *o, const struct store *s, struct err *e);

void once_free(struct once *o);

#endif
