/*
 * cond - one comparison of a field with a value or another field.
 *
 * Floor 2 (table).  Uses: base, like.
 *
 * What the words on the right are, a number, a stretch of time or text, is
 * settled once, when the cond is made; expr.h says what follows from it.
 */
#ifndef CRM_COND_H
#define CRM_COND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/zone.h"
#include "table/like.h"

enum cond_op { COND_EQ, COND_NE, COND_LT, COND_LE, COND_GT, COND_GE,
	COND_LIKE, COND_UNLIKE, COND_OPS };
extern const char *const cond_op_text[COND_OPS];

/* A decimal of any length: sign, digits before and behind the point, both
 * without zeros that do not count. */
struct cond_number {
	bool negative;
	struct slice whole, part;
};

struct cond {
	int left;  /* handle of the column */
	int right; /* of the other column, or -1: a value */
	enum cond_op op;

	/* the value */
	struct buf text;           /* as a field has it, with escapes */
	struct like like;          /* for ~ and !~ */
	bool is_number, is_span;   /* a year is both */
	struct cond_number number; /* into text */
	int64_t from, to;          /* UTC times, half open */
	const struct zone *zone;   /* NULL is UTC */
};

/* A plain decimal: "12", "-0.5", of any length; "007", "1e3" are none. */
bool cond_number(struct slice s, struct cond_number *out);

/*
 * The stretch of time that a word stands for: a day, `YYYY-MM`, `YYYY-Qn`,
 * `YYYY-Wnn`, `YYYY`, or a time (its second).  False where it is none.
 */
bool cond_span(struct slice s, const struct zone *zone, int64_t *from,
    int64_t *to);

/*
 * Take the value on the right.  A quoted one is text.  NULL, or what is
 * wrong with it (a pattern).  t->op and t->zone are set before.
 */
const char *cond_value(struct cond *t, struct slice word, bool quoted);

/* Does it hold?  1 yes, 0 no, -1 cannot say, with *what: left is "not a
 * number" or "not a day or time".  `right` counts if t->right is set. */
int cond_holds(const struct cond *t, struct slice left, struct slice right,
    const char **what);

void cond_free(struct cond *t);

#endif
