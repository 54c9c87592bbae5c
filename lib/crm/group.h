/*
 * group - what --by says: events in groups.
 *
 * Floor 3 (crm).  Uses: base, journal, period.
 *
 * Keys are `day week month quarter year`, columns of the -c file, of the
 * journal and of the customers, looked up in that order (`customer.NAME`
 * forces the last).  A group is known by its key fields joined by TAB,
 * which are fields of a table as they stand.
 */
#ifndef CRM_GROUP_H
#define CRM_GROUP_H

#include "base/buf.h"
#include "crm/journal.h"
#include "crm/period.h"

enum { GROUP_KEYS = 8 };

struct group {
	size_t n;        /* number of keys; 0 is one group, `all` */
	struct group_key {
		struct slice name;     /* as given; borrowed */
		enum period_unit unit; /* or PERIOD_UNITS */
		int handle;            /* of journal_find, or -1 */
		int column;            /* of the -c table, or -1 */
	} key[GROUP_KEYS];
	const struct customers *list; /* the -c table, or NULL */
};

/*
 * Parse `words` (NULL is no grouping) against an opened journal and the -c
 * table (or NULL).  CRM_USAGE: `unknown column: "chanel" (did you mean
 * "channel"?)`.  words must outlive g.
 */
bool group_parse(struct group *g, const char *words,
    const struct journal *j, const struct customers *list, struct err *e);

/* The key of an event's group, into *key, which is cleared first. */
void group_of(const struct group *g, const struct batch *b,
    const struct event *v, struct buf *key);

/* The same without a copy where that is one column of the journal; else it
 * stands in *room. */
struct slice group_slice(const struct group *g, const struct batch *b,
    const struct event *v, struct buf *room);

/* Does an event's day alone tell its group?  Also of NULL, no grouping. */
bool group_by_day(const struct group *g);

#endif
