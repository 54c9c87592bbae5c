/*
 * thread - events of some kinds, kept in any order, read by thread in
 * theirs.
 *
 * Floor 4 (measure).  Uses: base, crm.
 *
 * What cases, deals, tasks, campaigns, consent and points have in common: a
 * figure of theirs is a walk over the events of one thread in the order of
 * time, and that order is known only at the end of a run.  So a run keeps
 * the events that are wanted, 56 bytes each and every different text once,
 * and thread_sort then puts them in order:
 *
 *	static const struct thread_how how = {
 *		.kinds = THREAD_KIND(KIND_DEAL) | THREAD_KIND(KIND_WON),
 *		.columns = THREAD_COLUMN(EVENT_REF) };
 *	struct use use = { &thread_measure, &how, NULL };
 *	...
 *	journal.marks = true;              // so that -w chooses threads,
 *	journal.whole = true;              // and -c those that are shared
 *	cli_run(&cli, &journal, &use, 1);
 *	t = use.state;
 *	thread_sort(t, &journal.people, THREAD_BY_REF);
 *	for (size_t at = 0, end; at < t->n; at = end) {
 *		end = thread_end(t, at);
 *		deal_of(t, t->event + at, end - at);
 *	}
 *
 * An event that is not wanted costs nothing.  The answer is the
 * same for rows in any order, split anywhere, merged in any grouping.
 *
 * A measure of its own that needs MEASURE_KINDS may instead have a struct
 * threads inside its state and call thread_begin, thread_add, thread_merge
 * and thread_free.
 */
#ifndef CRM_THREAD_H
#define CRM_THREAD_H

#include "base/few.h"
#include "crm/group.h"
#include "crm/journal.h"

#define THREAD_KIND(kind) (UINT64_C(1) << (kind))
#define THREAD_COLUMN(column) (1u << (column))

/* `how` of thread_measure; it must outlive the state. */
struct thread_how {
	uint64_t kinds;   /* THREAD_KINDs that are kept */
	unsigned columns; /* THREAD_COLUMNs whose text is kept, of CHANNEL,
	                     REF, TOPIC, BY and TEXT */
	const struct group *group; /* --by, or NULL */
	uint64_t grouped; /* THREAD_KINDs whose group is kept: those that
	                     open a thread */
	uint64_t texts;   /* THREAD_KINDs whose TEXT is kept; 0: all */
	const int64_t *since; /* only events from this time on; NULL: all */
};

enum thread_word { THREAD_CHANNEL, THREAD_REF, THREAD_TOPIC, THREAD_BY,
	THREAD_TEXT, THREAD_GROUP, THREAD_WORDS };

#define THREAD_NOBODY UINT32_MAX

struct thread_event {
	int64_t time;
	int64_t value; /* or EVENT_NO_VALUE */
	uint32_t who;  /* number of the customer in people, or
	                  THREAD_NOBODY where the event names none */
	int32_t day;   /* local day of time */
	int32_t due;   /* or DATE_NONE */
	uint32_t word[THREAD_WORDS]; /* for thread_text; 0 is empty, or not
	                                kept; same text, same number */
	uint8_t kind;
	int8_t tone;   /* or EVENT_NO_TONE */
	bool chosen;   /* -w holds, or there is none; where the journal
	                  marks (journal.h) a command shows those threads
	                  whose opening event is chosen */
	bool outside;  /* -c leaves its customer out: only where the journal
	                  is whole */
};

/* Does the thread that it opens belong to the answer, by -c and -w? */
static inline bool
thread_shown(const struct thread_event *opening)
{
	return opening->chosen && !opening->outside;
}

/* A state of thread_measure. */
struct threads {
	struct thread_event *event;
	size_t n;

	/* private */
	const struct thread_how *how;
	uint8_t kept[THREAD_GROUP]; /* words that are kept, `kepts` of them */
	size_t kepts;
	const struct map *people;
	int64_t since;
	size_t cap;
	struct map words;
	struct few few;
	enum thread_order { THREAD_BY_REF, THREAD_BY_CUSTOMER,
		THREAD_AS_MET, THREAD_WHO_AS_MET } order;
	bool sorted;   /* in that order */
	bool of_who;   /* are its threads those of customers? */
	bool families; /* else: are its kinds of several families? */
	bool by_day;   /* does the day alone tell the group? */
	int32_t day;   /* of the event grouped last ... */
	uint32_t group; /* ... and its word; 0 is not known */
	struct buf key;
};

extern const struct measure thread_measure;

void thread_begin(struct threads *t, const struct thread_how *how);
void thread_add(struct threads *t, const struct batch *b);
void thread_merge(struct threads *t, struct threads *from,
    const uint32_t *who);
void thread_free(struct threads *t);

/*
 * After the run: bring the events into the order of their threads, each
 * thread by time, kind, and then all that is kept as bytes.  `people` is
 * the journal's, and must outlive the state.
 *
 * THREAD_BY_REF: by family of the kind (a thread is known by both), then
 * refs in byte order; an event without a ref is a thread of its own, these
 * last.  THREAD_BY_CUSTOMER: ids in byte order, whatever the family; an
 * event without a customer is a thread of its own, these last.
 * THREAD_AS_MET, THREAD_WHO_AS_MET: by ref and family, by customer, too, but
 * as these were first met, which is cheaper, but differs from run to run: for
 * whom the order of threads does not matter.  What is in that order already
 * stays as it is.
 */
void thread_sort(struct threads *t, const struct map *people,
    enum thread_order order);

/* One behind the last event of the thread that begins at event `from`. */
size_t thread_end(const struct threads *t, size_t from);

/* A word of an event as a field, with its escapes.  Of THREAD_GROUP it is
 * the key of group_of. */
struct slice thread_word(const struct threads *t, uint32_t word);

static inline struct slice
thread_text(const struct threads *t, const struct thread_event *v,
    enum thread_word w)
{
	return thread_word(t, v->word[w]);
}

/* Once sorted: the id of the event's customer; empty if there is none. */
struct slice thread_customer(const struct threads *t,
    const struct thread_event *v);

#endif
