/*
 * cases - threads of complaints and requests: opened, answered, solved.
 *
 * Floor 4 (measure).  Uses: base, crm, thread.
 *
 * A case is a thread: the events of its kinds with one ref.  Its first
 * complaint or request opens it and says whose it is; one without a ref is
 * a case of its own that nothing can solve.  From then on
 *
 *	reply     the first is its first reply;
 *	assign    hands it to `by`, a transfer if another had it, who at first
 *	          is the `by` of the opening;
 *	solve     closes it; a later one, if no reopening is between, is the
 *	          one that counts;
 *	reopen    opens a closed one again, and so does a further complaint
 *	          or request.
 *
 * Its deadline is the end of the day `due` of the opening, else so many
 * hours after the opening, and moves by the time for which the case was
 * closed.  Until there is a first reply the deadline of that counts, where
 * it is earlier.  All hours are those of crm/hours.h.
 *
 * An unsolved case of somebody who was erased rests: nobody can be answered
 * any more, and it has no deadline.
 *
 * What does not fit moves nothing and is a finding; what is of another
 * customer than the case is one, too, but counts.
 */
#ifndef CRM_CASES_H
#define CRM_CASES_H

#include "crm/settings.h"
#include "measure/thread.h"

#define CASES_OPENS \
	(THREAD_KIND(KIND_COMPLAINT) | THREAD_KIND(KIND_REQUEST))
#define CASES_KINDS (CASES_OPENS | THREAD_KIND(KIND_SOLVE) | \
	THREAD_KIND(KIND_REOPEN) | THREAD_KIND(KIND_ASSIGN) | \
	THREAD_KIND(KIND_REPLY))

#define CASES_NEVER INT64_MIN /* no such time */

enum cases_state {
	CASES_OPEN,
	CASES_WAITING, /* its last event but for assigns is our reply */
	CASES_SOLVED,
	CASES_OVERDUE, /* not solved, and its deadline has come */
	CASES_STATES,
};
extern const char *const cases_state[CASES_STATES]; /* `open` ... */

/* By what cases are judged. */
struct cases_terms {
	const struct hours *hours;
	int64_t reply, solve; /* seconds until they are due */
	int64_t now;
	int64_t since; /* what was over before is history, and left out */
};

/* Those of the settings, as of a moment; nothing is history. */
struct cases_terms cases_terms(const struct settings *s, int64_t now);

struct cases_case {
	/* ref, customer, kind, channel, topic, text, group: in threads */
	const struct thread_event *opening;
	const struct thread_event *solution; /* NULL unless solved */
	int64_t opened, first_reply, solved; /* or CASES_NEVER */
	int64_t helped;        /* the first reply or solve, or CASES_NEVER */
	int64_t closed;        /* as solved, but also where it is open again */
	int64_t due;           /* the deadline that counts, or CASES_NEVER */
	int64_t reply_seconds; /* from the opening on, or CASES_NEVER */
	int64_t solve_seconds;
	uint32_t by, first_by; /* who has it, and who had it first: words */
	int32_t reopened, transfers;
	enum cases_state state;
	bool late;             /* solved behind its deadline */
	bool own;              /* solved by who had it first */
};

enum cases_fault {
	CASES_NOT_OPENED, /* nothing opens the case; told once of each */
	CASES_EARLY,      /* an event before the case was opened */
	CASES_NOT_SOLVED, /* a reopen of a case that is not solved */
	CASES_SHARED,     /* of another customer than the case: the first,
	                     and each complaint or request */
	CASES_FAULTS,
};
/* `not-opened`, `before-opening`, `not-solved`, `other-customer`: data,
 * never translated. */
extern const char *const cases_fault[CASES_FAULTS];

struct cases_finding {
	const struct thread_event *event;
	enum cases_fault fault;
};

struct cases {
	struct cases_case *at;
	size_t n;
	struct cases_finding *finding;
	size_t findings;
	const struct thread_event *first; /* the opening of the first case of
	                  all, even if that is history; NULL without any */

	/* private */
	size_t findings_cap;
	struct cases_ground { /* where they stand */
		const struct threads *t;
		struct cases_terms terms;
		struct hours hours; /* all days around are counted: for
		                       the report, too */
		bool veils;         /* was anybody erased? */
	} ground;
};

/*
 * All cases of threads that hold CASES_KINDS and at least the column REF,
 * sorted THREAD_AS_MET or THREAD_BY_REF, whose opening is shown (thread.h);
 * without those that are history: whose last event is a solve before
 * terms->since.  Findings are those of threads whose opening -w chooses, but
 * for events of customers whom -c leaves out.  They are in the order of the
 * threads, and look into t.
 */
void cases_make(struct cases *c, const struct threads *t,
    const struct cases_terms *terms);
void cases_free(struct cases *c);

/* Bring cases into the order of their openings, then of refs, those without
 * one last; findings into that of refs, those without one last, of one ref
 * as the events are. */
void cases_sort(struct cases *c);

/* Each case as it stood at the end of a window, in no order, but for those
 * that were over when it began; good until take returns. */
void cases_each(const struct threads *t, const struct cases_terms *terms,
    struct window w, void (*take)(void *arg, const struct cases_case *c),
    void *arg);

/* The same by the terms of c, of whose cases none is left out that was not
 * over when the window began. */
void cases_back(const struct cases *c, struct window w,
    void (*take)(void *arg, const struct cases_case *c), void *arg);

#endif
