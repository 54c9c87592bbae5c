/*
 * precedent - solved cases that sound like a text, and how they were
 * solved.
 *
 * Floor 4 (measure).  Uses: base, cases.
 *
 * A case sounds as the words of its topic and of the text of its opening,
 * whatever their case (base/fold.h); how often a word comes does not
 * matter.  A word weighs ln(1 + N / n) where n of the N solved cases have
 * it, so that rare ones decide.  The likeness of two sets of words is the
 * cosine of their weights: the sum of the squared weights of the words that
 * both have, by the root of the product of the sums of each.  It is 1 for
 * the same words and 0 for none in common.  G. Salton, A. Wong, C. S. Yang,
 * "A vector space model for automatic indexing", Communications of the ACM
 * 18(11), 1975, 613-620.
 */
#ifndef CRM_PRECEDENT_H
#define CRM_PRECEDENT_H

#include "measure/cases.h"

struct precedent {
	const struct cases_case *of;
	int64_t likeness; /* thousandths, above 0 */
};

/*
 * Solved cases whose solution has a text, the likest first; of equal ones
 * those solved last first, then as cases are.  `text` is a plain text, not
 * a field.  malloc'd, *n of them.
 */
struct precedent *precedent_find(const struct cases *c,
    const struct threads *t, struct slice text, size_t *n);

#endif
