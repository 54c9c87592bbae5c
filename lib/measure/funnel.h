/*
 * funnel - deals: how they went through the stages, how they ended, what is
 * expected of those that are open.
 *
 * Floor 4 (measure).  Uses: base, crm, median, score, thread.
 *
 * Pure: sorted threads in, arrays out.  A deal is a thread of `deal`, `won`
 * and `lost` that begins with a `deal`, its opening.  It is what its last
 * event says: open, won or lost; a `deal` behind its end opens it again.
 *
 *   - It is in the stage that the topic of its last `deal` with a topic
 *     names, in the first stage where no `deal` has named one yet.  (A topic
 *     that is no stage names none: journal.stages refuses it.)  It has
 *     entered the stages that it has been in, no others: one that goes from
 *     the first to the third has not entered the second.
 *   - It has moved on from a stage that it entered when it is won, or has
 *     at any time been in a later one.  Else it is lost from that stage, or
 *     open in it, which is then the furthest it has been in.  So in every
 *     stage entered = moved + lost + open, a lost deal is lost once, from
 *     the furthest stage, and being moved back undoes nothing.
 *   - Its time in a stage is that of all its stays there up to the next
 *     stage or its end, and is known once it is not there any more.
 *   - Its value is the last that any of its events gives, the day it is
 *     expected to close the last due of a `deal`.
 *
 * Win rate: won / (won + lost), open deals out (S. Rietberg, "Don't confuse
 * win rate and pipeline conversion rate", blogs.gartner.com/steve-rietberg).
 * Sales velocity: open deals x win rate x average value won / days from
 * opening to won (www.nrev.ai/glossary/sales-pipeline-velocity-formula: 50
 * deals x 10000 x 20 % / 30 days = 3333.33 a day), where the days are the
 * median, which a few slow deals do not move.
 */
#ifndef CRM_FUNNEL_H
#define CRM_FUNNEL_H

#include "crm/stages.h"
#include "measure/score.h"
#include "measure/thread.h"

/* What of a journal a funnel is made from: for thread_how. */
#define FUNNEL_KINDS (THREAD_KIND(KIND_DEAL) | THREAD_KIND(KIND_WON) | \
	THREAD_KIND(KIND_LOST))
#define FUNNEL_OPENS THREAD_KIND(KIND_DEAL)
#define FUNNEL_COLUMNS (THREAD_COLUMN(EVENT_REF) | THREAD_COLUMN(EVENT_TOPIC))

enum funnel_state { FUNNEL_OPEN, FUNNEL_WON, FUNNEL_LOST };

struct funnel_deal {
	int64_t opened, ended; /* UTC; ended only if it is won or lost */
	int64_t value;         /* or EVENT_NO_VALUE */
	uint64_t been;         /* stages entered, a bit each */
	uint32_t group, reason; /* words of the threads */
	int32_t due;           /* or DATE_NONE */
	uint8_t state;         /* enum funnel_state */
	int8_t stage, furthest; /* numbers of stages */
	uint8_t stays;         /* how many, from funnel.stay[stay] on */
	size_t stay;
	size_t at;             /* of its opening among the events */
};

/* What a deal spent in a stage that it is not in any more. */
struct funnel_stay {
	int64_t seconds;
	uint8_t stage;
};

/* A thread that is no deal, and left out. */
struct funnel_odd {
	struct slice ref;
	struct slice one, other; /* two customers; both empty where it
	                            ends without having been opened */
};

struct funnel {
	struct funnel_deal *deal; /* by group, byte order; then by ref */
	size_t n;
	struct funnel_odd *odd;   /* by ref */
	size_t odds;
	struct funnel_stay *stay;

	/* private */
	const struct threads *threads;
	size_t odd_cap, stays, stay_cap;
	int64_t value; /* of all deals */
};

struct funnel_how {
	const struct stages *stages; /* NULL: stages are not looked at */
	struct window opened;        /* of deals that count */
	int64_t until;               /* only events before it */
};

/*
 * The deals of sorted threads (THREAD_BY_REF, or THREAD_AS_MET where their
 * order does not matter) that were opened inside the window by an event that
 * is shown (thread.h).  False with CRM_DATA where the values of all are too
 * large a sum.  What is in f points into t.
 */
bool funnel_read(struct funnel *f, struct threads *t,
    const struct funnel_how *how, struct err *e);

/* Deals [at, end) are one group: its end, and its key.  at < f->n. */
size_t funnel_end(const struct funnel *f, size_t at);
struct slice funnel_group(const struct funnel *f, size_t at);

void funnel_free(struct funnel *f);

/* One stage, of deals [from, end). */
struct funnel_stage {
	int64_t entered, moved, lost, open;
	int64_t times; /* of how many deals the time there is known */
	int64_t days;  /* its median, tenths; SCORE_NONE without */
};

void funnel_stages(const struct funnel *f, size_t from, size_t end,
    struct funnel_stage *row, size_t stages);

/* Deals of one sort: how many, how many of them have a value, its sum. */
struct funnel_sum {
	int64_t n, valued, value;
};

struct funnel_sums {
	struct funnel_sum of[3]; /* by enum funnel_state */
	int64_t cycle;    /* median from opening to won: twice the seconds;
	                     SCORE_NONE without won deals */
	int64_t average;  /* won value of a won deal that has one, hundredths
	                     of a unit; SCORE_NONE without */
	int64_t velocity; /* hundredths of a unit a day; SCORE_NONE where a
	                     factor cannot be said, the cycle is 0, or it is
	                     too large */
};

struct funnel_sums funnel_sums(const struct funnel *f, size_t from,
    size_t end);

/* Of all deals that ended and were ever in each stage: how many were won
 * (part), how many there are. */
void funnel_observed(const struct funnel *f, struct score_part *won,
    size_t stages);

/* Open deals that are expected to close in the same month. */
struct funnel_month {
	int32_t first;   /* its first day, FUNNEL_OVERDUE or DATE_NONE */
	struct funnel_sum sum;
	int64_t in[STAGES_MAX];    /* value by present stage */
	uint64_t stages; /* those that deals are in, a bit each */
};
#define FUNNEL_OVERDUE (DATE_NONE + 1)

/*
 * Months of deals [from, end), malloc'd, *n of them: overdue (due before
 * today), months rising, no day known.
 */
struct funnel_month *funnel_months(const struct funnel *f, size_t from,
    size_t end, int32_t today, size_t *n);

/*
 * Sum of value in each stage x its chance (part / whole), in hundredths of a
 * unit.  SCORE_NONE where a stage of the month has a whole of 0.
 */
int64_t funnel_weighted(const struct funnel_month *m,
    const struct score_part *chance);

/* Why deals were lost. */
struct funnel_reason {
	struct slice reason; /* as a field */
	struct funnel_sum sum;
};

/* Reasons of deals [from, end), the most frequent first, then by bytes;
 * malloc'd, *n of them. */
struct funnel_reason *funnel_reasons(const struct funnel *f, size_t from,
    size_t end, size_t *n);

#endif
