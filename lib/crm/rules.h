/*
 * rules - how a record of another program becomes rows of our tables.
 *
 * Floor 3 (crm).  Uses: base, table, customers, event, sheet, stages, steps.
 *
 * Rules are read from a file by rulefile.h; crm-import(1) describes it.
 * The order of use: bind to the header, learn every record, settle, then
 * apply to every record, block by block.
 */
#ifndef CRM_RULES_H
#define CRM_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "crm/event.h"
#include "crm/stages.h"
#include "crm/steps.h"
#include "table/like.h"

/* Where a value comes from. */
enum rule_from { RULE_COLUMN, RULE_TEXT, RULE_ROW, RULE_LINE };

struct rule_source {
	enum rule_from from;
	char *text; /* name of the column, or the text; owned */
	bool maybe; /* the column may be missing */
	int at;     /* its index after binding, or -1 */
};

/* Sources and what is done with them. */
struct rule_flow {
	struct rule_source *source;
	size_t sources;
	struct step *step;
	size_t steps;
	uint64_t line; /* of the rules file */
};

enum { RULES_COMMON = 0 }; /* the block of what stands before `row` */

/* A column of ours. */
struct rule {
	size_t column; /* index in rules.column */
	size_t block;
	struct rule_flow flow;
};

enum rule_op { RULE_IS, RULE_IS_NOT, RULE_LIKE, RULE_NOT_LIKE };

/* `skip` or `only`: which records, or rows of a block, are left out. */
struct rule_test {
	bool only;
	size_t block;
	struct rule_flow flow;
	enum rule_op op;
	char *text;
	struct like like;
};

/* What must be there for rules to be chosen by themselves. */
struct rule_for {
	char **column;
	size_t n;
};

struct rules {
	char *name; /* of the file, for messages */

	/* what the file says of the source */
	char delimiter; /* or NUL */
	char *encoding, *zone; /* or NULL */
	enum foreign_way decimal, order; /* or FOREIGN_FIND */
	bool trim;      /* all values without outer blanks */
	char **header;  /* names for a file without a header */
	size_t headers;
	struct rule_for *sign;
	size_t signs;

	/* what becomes of it */
	char **column; /* ours, in the order of output */
	size_t columns;
	bool journal;  /* a journal, or a table of customers */
	struct rule *rule;
	size_t n;
	struct rule_test *test;
	size_t tests;
	size_t blocks; /* the last one's number */

	/* set by the caller */
	const struct stages *stages; /* what topics of deals must be, or
	                                NULL: anything */

	/* private */
	size_t *chosen; /* rule of each column of each block, or n */
	size_t caps[5];
	struct parts parts;
	struct typer typer;
	int event[EVENT_COLUMNS];
	struct buf line;
	uint32_t *end;
	uint64_t empty;
};

/* A record of the source. */
struct rules_record {
	const struct slice *field;
	size_t fields;
	uint64_t line, row; /* physical line; number, the header not counted */
};

/*
 * Find the columns.  False with CRM_DATA: `kunden.rules:3: not a column of
 * kunden.csv: "Kundenr" (did you mean "Kundennr"?)`.  zone (NULL is UTC) is
 * that of clock times.
 */
bool rules_bind(struct rules *r, const struct rules_record *header,
    const char *file, const struct zone *zone, struct err *e);

/* Learn how dates and numbers are written. */
void rules_learn(struct rules *r, const struct rules_record *rec);

/*
 * Decide it.  False with CRM_DATA: `orders.csv:2: Date: day or month first:
 * give --date-order: "03/04/2026"`.
 */
bool rules_settle(struct rules *r, const char *file, struct err *e);

enum rules_answer { RULES_SKIPPED, RULES_ROW, RULES_BAD };

/*
 * Make the row of a block (1 to rules_rows) from a record: RULES_ROW with
 * r->line, the fields with their escapes and TABs between and LF behind;
 * RULES_BAD with `column: what: "value"` in *why.
 */
enum rules_answer rules_apply(struct rules *r,
    const struct rules_record *rec, size_t block, struct buf *why);

/* How many rows a record may become. */
size_t rules_rows(const struct rules *r);

/* Times so far that the clock has twice; the first was taken. */
uint64_t rules_twice(const struct rules *r);

/* Rows of customers so far of which nothing was known: they are skipped, as
 * a blank line is no row of a table. */
uint64_t rules_empty(const struct rules *r);

void rules_free(struct rules *r);

#endif
