/*
 * lex - the words of an expression, and its errors with their place.
 *
 * Floor 2 (table).  Uses: base, cond.
 */
#ifndef CRM_LEX_H
#define CRM_LEX_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "table/cond.h"

enum lex_token { LEX_END, LEX_OPEN, LEX_CLOSE, LEX_OPERATOR, LEX_WORD,
	LEX_QUOTED };

/* The token in hand. */
struct lex {
	enum lex_token token;
	enum cond_op op;   /* of an operator */
	struct slice word; /* of a word or quoted text, good until the next */

	/* private */
	struct err *err;
	struct slice text;
	size_t at;       /* behind the token */
	size_t begin;    /* of the token */
	struct buf room; /* what a quoted text says */
};

/* Begin before the first token; text is borrowed.  False if not UTF-8. */
bool lex_begin(struct lex *x, const char *text, struct err *e);

/* Take the next token.  False at a quote that is never closed. */
bool lex_next(struct lex *x);

/* Is the token this keyword (ASCII case not counted), or any? */
bool lex_is(const struct lex *x, const char *keyword);
bool lex_is_keyword(const struct lex *x);

/* Record `expression: column N: words` with the place of the token,
 * counted in characters from 1.  Returns false. */
bool lex_fail(struct lex *x, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The same for `expected WHAT, not "token"`. */
bool lex_expected(struct lex *x, const char *what);

/* Has the text an operator outside of quoted words? */
bool lex_has_operator(const struct lex *x);

/* The next word of a search, up to a blank, or what is quoted.  False at
 * the end, or with *ok false at a quote that is never closed. */
bool lex_search(struct lex *x, bool *ok);

void lex_free(struct lex *x);

#endif
