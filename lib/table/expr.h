/*
 * expr - conditions on rows: the language of -w and crm-find.
 *
 * Floor 2 (table).  Uses: base.
 *
 *	expr   = and { "or" and }
 *	and    = not { "and" not }
 *	not    = [ "not" ] ( "(" expr ")" | term )
 *	term   = column op value | column op column
 *	op     = "=" "!=" "<" "<=" ">" ">=" "~" "!~"
 *	value  = number | day | month | time | 'text' | "text" | word
 *
 * Keywords are ASCII, in any case.  A word on the right is a column if the
 * table has one of that name and it is not quoted, else text.
 *
 * Comparing: with a number on the right, the field must be a number (exact
 * decimals) or empty; with a day, month or time it must be a day, time or
 * empty, and the right side stands for its whole span (`time = 2026-11` is
 * any moment of that November in the zone given); otherwise bytes are
 * compared.  `=` and `!=` with a number compare as numbers where the field
 * is one, else as bytes.  An empty field is less, equal and greater to
 * nothing but `""`; `!=` holds for it.  `~` is a POSIX extended regular
 * expression found anywhere in the case-folded field; without special
 * characters it is plain text.
 *
 * Text without any operator is a search: every word of it must be found,
 * case folded, in some field of the row.
 */
#ifndef CRM_EXPR_H
#define CRM_EXPR_H

#include <stdbool.h>

#include "base/err.h"
#include "base/zone.h"

struct expr;

/* What names mean: the caller's tables. */
struct expr_names {
	/* Handle >= 0 of a column, or -1.  For `customer.channel` the whole
	 * name comes in. */
	int (*find)(void *ctx, struct slice name);
	/* All known names for "did you mean", as *n slices; may be NULL. */
	const struct slice *(*all)(void *ctx, size_t *n);
	void *ctx;
	const struct zone *zone; /* for days against times; NULL is UTC */
	bool search; /* text without an operator is a search, not an error */
};

/*
 * Parse.  NULL with CRM_USAGE and words that name the place:
 * `expression: column 9: unknown column "revenu" (did you mean
 * "revenue"?)`.  Freed with expr_free.
 */
struct expr *expr_parse(const char *text, const struct expr_names *names,
    struct err *e);

/* How to get fields of a row.  Fields come with their escapes. */
struct expr_row {
	struct slice (*field)(void *row, int handle);
	/* Fields 0..n-1 by number, for a search in any field. */
	struct slice (*any)(void *row, size_t i);
	size_t n;
	void *row;
};

/* Why a row could not be judged: field `handle` is not what is asked. */
struct expr_bad {
	int handle;
	const char *what; /* "not a number", "not a day or time" */
};

/*
 * Does it hold?  1 yes, 0 no, -1 cannot say, with *bad filled.  The
 * expression is only read: threads may share it.
 */
int expr_holds(const struct expr *x, const struct expr_row *row,
    struct expr_bad *bad);

void expr_free(struct expr *x);

#endif
