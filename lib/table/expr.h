/*
 * expr - conditions on rows: the language of -w and crm-find.
 *
 * Floor 2 (table).  Uses: base, lex.
 *
 *	expr   = and { "or" and }
 *	and    = not { "and" not }
 *	not    = { "not" } ( "(" expr ")" | term )
 *	term   = column op ( value | column )
 *	op     = "=" "!=" "<" "<=" ">" ">=" "~" "!~"
 *	value  = number | day | month | time | 'text' | "text" | word
 *
 * Keywords are ASCII, in any case.  A quote inside a quoted text is written
 * twice.  What a bare word on the right means does not depend on which
 * columns the table has: behind = != ~ !~ it is text (`channel = email`),
 * behind < <= > >= a column (`due < time`), and `column.NAME` and
 * `customer.NAME` are columns everywhere.  On the left a name that would
 * not read as one may be quoted, or written `column.NAME`.
 *
 * Comparing: with a number on the right, the field must be a number (exact
 * decimals of any length) or empty; with a day, a month `2026-11`, quarter
 * `2026-Q4`, week `2026-W47`, year or time it must be one of these or empty,
 * and the right side stands for its whole span (`time = 2026-11` is any
 * moment of that November in the zone given), the field for its first
 * moment.  A number of four digits is a year where the field is a day or
 * time.  A birthday without year (`--12-24`) is like empty there.  With
 * text the values are compared byte by byte.  `=` and `!=` refuse no field:
 * what is no number or time is compared as bytes.  Two columns are compared
 * as numbers or times where both are, else as bytes.
 *
 * An empty field is less, equal and greater to nothing but `""` (and an
 * empty column); `!=` holds for it.  `~` is a POSIX extended regular
 * expression found anywhere in the case-folded field (like.h); without
 * special characters, and from a column, it is plain text.
 *
 * A field that is not what is asked makes the row unjudged, unless the rest
 * of the expression decides: `kind = order and value > 5` asks values of
 * orders only, in either order of its parts.
 *
 * Text without any operator is a search: every word of it must be found,
 * case folded, in some field of the row; a quoted text is one word.
 */
#ifndef CRM_EXPR_H
#define CRM_EXPR_H

#include <stdbool.h>

#include "base/err.h"
#include "base/zone.h"

enum {
	EXPR_DEPTH = 100,        /* parentheses within one another */
	EXPR_BYTES = 256 * 1024, /* longest expression */
};

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
 * `expression: column 9: unknown column: "revenu" (did you mean
 * "revenue"?)`.  Freed with expr_free.
 */
struct expr *expr_parse(const char *text, const struct expr_names *names,
    struct err *e);

/* Turn its answers around: yes is no, no is yes. */
void expr_negate(struct expr *x);

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
