/*
 * rulelex - the words, texts, columns and signs of a line of import rules.
 *
 * Floor 3 (crm).  Uses: base.
 */
#ifndef CRM_RULELEX_H
#define CRM_RULELEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_TEXT, TOKEN_COLUMN,
	TOKEN_SIGN };

/* A line being taken apart, one token in hand. */
struct rulelex {
	const char *name; /* of the file, for messages */
	struct err *err;
	uint64_t line;
	struct slice rest;
	enum token_kind kind;
	char sign;        /* of TOKEN_SIGN: + | = ? ~ !  (! is `!=`) */
	bool not_like;    /* with sign ~: `!~` */
	struct buf token; /* the word, text or column without its marks, or
	                     the sign */
};

/* Take the next token; commas and blanks only part them, # ends the line.
 * False after a complaint. */
bool rulelex_next(struct rulelex *p);

/* Is the token in hand this sign? */
bool rulelex_at(const struct rulelex *p, char sign);

/* A copy of the token, malloc'd. */
char *rulelex_text(const struct rulelex *p);

/* Add `name:line: what` or, with a text, `name:line: what: "with"`.  Both
 * return false. */
bool rulelex_complain(struct rulelex *p, const char *what, const char *with);
/* The same about the token in hand; `near`, unless empty, was perhaps meant. */
bool rulelex_unknown(struct rulelex *p, const char *what, struct slice near);

#endif
