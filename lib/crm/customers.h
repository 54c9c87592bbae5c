/*
 * customers - customers.tsv: its columns, their checks, and the table in
 * memory for names and joins; aliases of merged customers.
 *
 * Floor 3 (crm).  Uses: base, table.
 */
#ifndef CRM_CUSTOMERS_H
#define CRM_CUSTOMERS_H

#include "base/map.h"
#include "table/head.h"
#include "table/input.h"
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

/*
 * Is this value fit for the column?  NULL, or what is wrong: for id "not
 * an id" (1 to 64 bytes, no blanks, no control characters), "not an e-mail
 * address", "not a birthday", "not a day" ...  Empty is fit for all but id.
 * `column` is the name; unknown columns take any text.
 */
const char *customer_fit(struct slice column, struct slice value);

/* A whole customers table in memory. */
struct customers {
	struct head head;
	struct map ids;         /* id -> row number */
	struct slice *field;    /* rows * head.cols fields, with escapes */
	size_t rows;
	struct buf bytes;       /* what field points into; private */
	size_t cap;             /* private */
};

/*
 * Read a table with a column `id` (customers.tsv, or any list of
 * customers).  Refused: no id, `customers.tsv:9: id: already in line 4:
 * "C17"`, an id that is not one.  Other columns of customers.tsv are
 * checked by crm-add and crm-check, not here.
 */
bool customers_read(struct customers *c, struct input *in, struct err *e);

/* customers.tsv of a store; an empty table where there is none. */
bool customers_load(struct customers *c, const struct store *s,
    struct err *e);

/* Field of row r by column index of the head, empty where col < 0. */
struct slice customers_field(const struct customers *c, uint32_t r, int col);

/* Row number of an id, or MAP_NONE. */
uint32_t customers_find(const struct customers *c, struct slice id);

void customers_free(struct customers *c);

/* aliases.tsv: ids that were merged, old -> new, followed to the end. */
struct aliases {
	struct map old;
	struct slice *now; /* by number of old; owned with bytes */
	struct buf bytes;
};

/* Read DIR/aliases.tsv; none is empty.  A circle is an error. */
bool aliases_load(struct aliases *a, const struct store *s, struct err *e);

/* The id that counts for this one: itself, or what it was merged into. */
struct slice aliases_of(const struct aliases *a, struct slice id);

void aliases_free(struct aliases *a);

#endif
