/*
 * owed - what the rules of due put their rows into: shared by due.c and
 * due-rules.c, and nobody else needs it.
 *
 * Floor 4 (measure).  Uses: base, cases, due.
 */
#ifndef CRM_OWED_H
#define CRM_OWED_H

#include "base/num.h"
#include "measure/cases.h"
#include "measure/due.h"

#define DUE_DEALS (THREAD_KIND(KIND_DEAL) | THREAD_KIND(KIND_WON) | \
	THREAD_KIND(KIND_LOST))
#define DUE_REFS (THREAD_KIND(KIND_TODO) | THREAD_KIND(KIND_DONE) | \
	THREAD_KIND(KIND_CONTRACT) | THREAD_KIND(KIND_VOUCHER) | \
	THREAD_KIND(KIND_REDEEM))
#define DUE_WORDS (THREAD_KIND(KIND_NPS) | THREAD_KIND(KIND_CSAT) | \
	THREAD_KIND(KIND_CES) | THREAD_KIND(KIND_THANKS) | \
	THREAD_KIND(KIND_COMPLAINT) | THREAD_KIND(KIND_APOLOGY))

struct owed {
	struct due_list *list;
	const struct due_people *who;
	const struct due_terms *terms;
	const struct threads *threads; /* of those in hand */
	struct owed_excuse *excuse; /* by number of a ref */
};

/* The last apologies with a ref. */
struct owed_excuse {
	int32_t day;  /* to anybody, or DATE_NONE */
	int32_t own;  /* to the customer in hand */
	uint32_t who; /* who complained with it, or THREAD_NOBODY */
	bool several; /* others have, too: each has his own */
};

/* A setting of days; SETTINGS is none. */
static inline int64_t
owed_days(const struct due_terms *terms, enum setting s)
{
	return s == SETTINGS ? 0 : terms->settings->number[s] / NUM_ONE;
}

/* Can there be rows of number i of the people? */
static inline bool
owed_is_heard(const struct owed *o, uint32_t i)
{
	const uint8_t all = DUE_HERE | DUE_QUIET | DUE_HUSHED;

	return (o->who->is[i] & all) == DUE_HERE;
}

/* Is a row of this day asked for? */
bool owed_asked(const struct owed *o, int64_t day, enum due_what what);

/* Count a row of this day; false where only the first are kept and it is
 * none of them. */
bool owed_count(struct owed *o, int64_t day, enum due_what what);

/* Keep a row that was counted. */
void owed_put(struct owed *o, int64_t day, struct due_row row);

/* Find all excuses, in o->threads; free is due. */
void owed_excuses(struct owed *o);

/* The rules: over one thread, one customer's events, one case. */
void owed_thread(struct owed *o, const struct thread_event *v, size_t n);
void owed_words(struct owed *o, const struct thread_event *v, size_t n);
void owed_case(struct owed *o, const struct cases_case *c);

#endif
