/*
 * index - where in customers.tsv an id or an e-mail address stands, so that
 * one customer is found without reading a large table.
 *
 * Floor 3 (crm).  Uses: base, table, customers, paged; xxHash.
 *
 * The index is a file beside the table, .customers.tsv.index (crate.h).  It
 * may be removed at any time, and goes when the table is replaced (store.h).
 * It holds no ids and no addresses, but 24 bits of a keyed hash of each,
 * and the byte at which the row begins.
 *
 * It is never believed where it could be stale.  That there is a row with an
 * id is read in the row itself.  That nobody else has an address is
 * believed where the kernel says that the table is the one that the index
 * was made of: same device, inode, size and ctime, on a file system that
 * keeps ctime (file_has_ctime); and it was made of a table that had not
 * been changed for INDEX_SETTLED seconds, so that any change since has
 * another ctime, however coarse the clock.  Each page that is looked at has
 * a hash of its own.  Whatever is in doubt is not known, and then the
 * caller reads the table.
 */
#ifndef CRM_INDEX_H
#define CRM_INDEX_H

#include "crm/customers.h"

enum {
	INDEX_LEAST = 64 * 1024, /* bytes of a table that is worth one */
	INDEX_SETTLED = 2,        /* seconds */
};

enum index_answer { INDEX_UNKNOWN, INDEX_ID, INDEX_MAIL };

/*
 * Whom a field names: the customer with this id, or the only one with this
 * address (ASCII case not counted), whose id goes to *id as the table has
 * it.  INDEX_UNKNOWN says nothing: there may be one all the same.
 */
enum index_answer index_find(const struct store *s, struct slice field,
    struct buf *id);

/*
 * Under the lock: make the index anew if the table is large and settled at
 * `clock` (the time of the system, taken before) and has none.  Where it
 * cannot be written there is none.  False where the table has an id twice:
 * `customers.tsv:9: id: already in line 4: "C17"`.
 */
bool index_make(const struct store *s, int64_t clock, struct err *e);

#endif
