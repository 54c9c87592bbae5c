/*
 * customers - customers.tsv: its columns, their checks, and the table in
 * memory for names and joins.
 *
 * Floor 3 (crm).  Uses: base, table, aliases.
 */
#ifndef CRM_CUSTOMERS_H
#define CRM_CUSTOMERS_H

#include <assert.h>

#include "base/map.h"
#include "crm/aliases.h"
#include "table/head.h"
#include "table/input.h"
#include "table/rows.h"
#include "table/store.h"

/* The columns of crm(5) in their order; CUSTOMER_COLUMNS of them. */
enum { CUSTOMER_ID, CUSTOMER_SALUTATION, CUSTOMER_NAME, CUSTOMER_COMPANY,
	CUSTOMER_EMAIL, CUSTOMER_PHONE, CUSTOMER_STREET, CUSTOMER_POSTCODE,
	CUSTOMER_CITY, CUSTOMER_COUNTRY, CUSTOMER_LANGUAGE,
	CUSTOMER_CHANNEL, CUSTOMER_BIRTHDAY, CUSTOMER_MARITAL,
	CUSTOMER_POSITION, CUSTOMER_INTERESTS, CUSTOMER_SOURCE,
	CUSTOMER_OWNER, CUSTOMER_ACCOUNT, CUSTOMER_TAGS, CUSTOMER_CREATED,
	CUSTOMER_NOTE, CUSTOMER_COLUMNS };
extern const char *const customer_column[CUSTOMER_COLUMNS];

/* Some of them, as bits; and all, those of the user's own too. */
#define CUSTOMER_BIT(column) (UINT32_C(1) << CUSTOMER_##column)
#define CUSTOMER_ALL UINT32_MAX
#define CUSTOMER_NAMES (CUSTOMER_BIT(NAME) | CUSTOMER_BIT(COMPANY))

enum { CUSTOMER_ID_MAX = 64 }; /* bytes */

/*
 * Is this value (without escapes) fit for the column?  NULL, or what is
 * wrong: "not an id" (1 to 64 bytes, no blanks, no control characters, not
 * "-"), "not an e-mail address", "not a birthday", "not a day", "has a
 * control character" (a line end is fine in addresses, notes and columns
 * of the user's own).  Empty is fit for all but id.
 */
const char *customer_fit(struct slice column, struct slice value);

/* Cut the next address or number off a list of several: `, ` parts them.
 * Empty ones are passed over; false when none is left. */
bool customer_part(struct slice *rest, struct slice *part);

/* Is this tag one of a field `tags`?  Commas part them, blanks around them
 * do not count.  The empty tag is none. */
bool customer_tagged(struct slice tags, struct slice tag);

/* Does a field `tags` say that he is to be let alone: `released` or
 * `blocked`? */
bool customer_let_go(struct slice tags);

/* Is the address (ASCII case not counted) among those of this field? */
bool customer_has_mail(struct slice field, struct slice mail);

/* An address as it is compared: in lower case, into *room. */
struct slice customer_folded(struct slice mail, struct buf *room);

/* A customers table in memory: whole, or the columns that are asked for. */
struct customers {
	struct head head;  /* of the file, with all of its columns */
	struct map ids;    /* id -> row number */
	size_t rows;       /* how many */
	struct rows lines; /* the rows, for rows_number */

	/* private */
	int id, name, company, account; /* where these are, or -1 */
	int *gap;   /* for rows_pick, or NULL where all columns are kept */
	int *place; /* where in them each of the head is, or -1 */
};

/*
 * Read a table with a column `id` (customers.tsv, or any list of
 * customers).  Refused: no id, `customers.tsv:9: id: already in line 4:
 * "C17"`, an id that is not one.  Other columns of customers.tsv are
 * checked by crm-add, not here.
 */
bool customers_read(struct customers *c, struct input *in, struct err *e);

/*
 * The same for who looks at these columns (bits) and the id only: of a
 * million customers the others take more memory than all that is counted of
 * them.  Asking for a field of any other is a mistake of the caller.
 */
bool customers_read_some(struct customers *c, struct input *in,
    uint32_t columns, struct err *e);

/*
 * A list as -c takes it, which is a set: an id may be there again, as many
 * tables have a row per task or channel.  Its first row counts.  Refused is
 * one that says something else in one of these n columns: `due.tsv:7: what:
 * not as in line 2: "reply"`.
 */
bool customers_read_set(struct customers *c, struct input *in,
    const struct slice *same, size_t n, struct err *e);

/* The first row of those who were merged is that of who they are now, too,
 * if he has none: for lists, which may be older than that. */
void customers_follow(struct customers *c, const struct aliases *a);

/* The ids, as who they are now, of those of whom any row has the tag
 * `blocked`; a may be NULL. */
void customers_blocked(const struct customers *c, const struct aliases *a,
    struct map *ids);

/* The same of the tags of customer_let_go. */
void customers_let_go(const struct customers *c, const struct aliases *a,
    struct map *ids);

/* customers.tsv of a store, so read; an empty table where there is none. */
bool customers_load(struct customers *c, const struct store *s,
    uint32_t columns, struct err *e);

/* The id nearest to one that is not there; empty if none is near. */
struct slice customers_near(const struct customers *c, struct slice id);

/* Field of row r by column index of the head, with its escapes; empty
 * where col < 0. */
static inline struct slice
customers_field(const struct customers *c, uint32_t r, int col)
{
	if (col < 0)
		return SLICE_EMPTY;
	if (col == c->id)
		return map_key(&c->ids, r);
	assert(c->place[col] >= 0);
	return rows_field(&c->lines, r, c->place[col]);
}

/* Row number of an id, or MAP_NONE. */
uint32_t customers_find(const struct customers *c, struct slice id);

/* Those of n ids, whose rows will be looked at next: the waits for memory
 * overlap. */
void customers_find_many(const struct customers *c, const struct slice *id,
    size_t n, uint32_t *row);

/* Begin to fetch n rows (MAP_NONE is none) that will be looked at next. */
void customers_fetch(const struct customers *c, const uint32_t *row,
    size_t n);

/* What a customer is called: the name, else the company, as a field; empty
 * if he is unknown.  By id, or by row number (MAP_NONE is nobody). */
struct slice customers_name(const struct customers *c, struct slice id);
struct slice customers_called(const struct customers *c, uint32_t row);

void customers_free(struct customers *c);

/*
 * The id that counts where accounts are counted: that of his account, if
 * the table names one for him, else his own.  One step only: the account of
 * an account is not looked for.
 */
struct slice customers_account(const struct customers *c,
    const struct aliases *a, struct slice id);

#endif
