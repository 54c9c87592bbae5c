/*
 * cases - threads of complaints and requests, by their ref.
 *
 * Floor 4 (measure).  Uses: base, crm.
 *
 * A measure.  A case is opened by the first complaint or request of its
 * ref; its last complaint, request, reopen or solve (at equal times the
 * last in the table of kinds) says whether it is open.  A complaint or
 * request without a ref is a case of its own that nothing can solve.
 * Events of a ref that nothing opened are no case.
 */
#ifndef CRM_CASES_H
#define CRM_CASES_H

#include "crm/journal.h"

struct cases; /* a state; its size is in cases_measure */

/* `how`: flows are counted inside, what is open stands at its end. */
struct cases_how {
	struct window window;
};

extern const struct measure cases_measure;

struct cases_sums {
	int64_t opened; /* cases opened inside the window */
	int64_t solved; /* cases with a solve inside the window */
	int64_t open;   /* cases open at its end */
};

struct cases_sums cases_sums(const struct cases *s);

#endif
