/*
 * due - what is to be done for customers: on which day, by whom, and why.
 *
 * Floor 4 (measure).  Uses: base, crm, cases, outcome, owed, thread, vouchers.
 *
 * A measure keeps the events that rules ask for; due_make then lays all
 * rules over them, after due_care has laid those that ask for no event over
 * what the caller knows of each customer.  Rules are lines of due_rule:
 *
 *	task       a `todo` that is not done, on its day
 *	reply      a case without a reply, by the deadline of that
 *	solve      a case with a reply that is not solved, by its deadline
 *	follow_up  care_days of his class after the last contact
 *	wake       the same for a sleeping customer of class A or B, but not
 *	           before he fell asleep
 *	birthday   on the day; that of 29 February in other years on the 28th;
 *	           one a customer: the next, or in a period that ends before
 *	           it the last
 *	thanks     thanks_days after an answer to a survey, until one thanks
 *	           him on that day or later; one a customer
 *	apology    apology_days after a complaint, until there is an apology
 *	           on that day or later, with its ref or without any
 *	deal       an open deal, on the day on which it is to close
 *	contract   on the day on which it ends, told contract_days before
 *	voucher    one not redeemed, on its last day, voucher_days before
 *
 * Threads are those of crm(5): known by their family and ref, ended by
 * whomever the ending event is of; where several customers were given a task,
 * deal, contract or voucher of one ref, or complained with it, each has his
 * own.  Who is to do it is the last `by` of the thread, or who has the case,
 * else the owner of the customer.  Customers that are quiet have no rows, nor
 * has anybody who is not among the people.
 */
#ifndef CRM_DUE_H
#define CRM_DUE_H

#include "crm/customers.h"
#include "crm/settings.h"
#include "measure/cases.h"
#include "measure/thread.h"

enum due_what { DUE_TASK, DUE_REPLY, DUE_SOLVE, DUE_FOLLOW_UP, DUE_WAKE,
	DUE_BIRTHDAY, DUE_THANKS, DUE_APOLOGY, DUE_DEAL, DUE_CONTRACT,
	DUE_VOUCHER, DUE_WHATS };

/* How long a row stays behind its day. */
enum due_stay {
	DUE_STAYS, /* until it is done */
	DUE_FADES, /* for due_days */
	DUE_GOES,  /* not at all */
};

struct due_rule {
	const char *code;
	enum due_stay stay;
	enum setting ahead; /* days for which it is told before its day, or
	                       SETTINGS for none */
	const char *help;   /* one line, translatable */
};
extern const struct due_rule due_rule[DUE_WHATS];

/* The rule of a code, or DUE_WHATS. */
enum due_what due_of(struct slice code);

/* What is asked for. */
struct due_terms {
	const struct settings *settings;
	int32_t today;
	int32_t from;   /* only rows from this day on, whatever their rule says;
	                   DATE_NONE: those that stay, and none ahead of ... */
	int32_t to;     /* ... the last day that is asked for */
	bool events;    /* only rows of events that -w has chosen: no
	                   follow-ups, birthdays, customers to wake */
	size_t first;   /* only so many rows are kept, the first ones; 0: all
	                   are */
	bool lent;      /* the caller keeps the events of cases and deals, and
	                   lends them after the run: due_lend */
};

/* --- the measure -------------------------------------------------------- */

/* What another has kept: events of CASES_KINDS with REF, BY and TOPIC; the
 * cases that they are by the reply and solve hours of the settings, all that
 * are not over; and deals, wons and losts, with the same columns.  Sorted in
 * any way by ref. */
struct due_lent {
	const struct threads *turns;
	const struct cases *cases;
	const struct threads *deals;
};

/* A state of due_measure; `how` are the due_terms. */
struct due {
	/* private */
	int64_t since;
	struct thread_how words_how;
	bool has_lent;        /* of another are ... */
	struct due_lent lent; /* ... these; if not: */
	struct threads cases; /* complaints and requests */
	struct threads deals;
	struct threads refs;  /* tasks, contracts, vouchers */
	struct threads words; /* answers, thanks, complaints, apologies */
};

extern const struct measure due_measure;

/* For a state that is to be lent them: they live as long as the list that is
 * made. */
void due_lend(struct due *d, const struct due_lent *lent);

/* --- what is known of customers ----------------------------------------- */

struct due_birthday {
	int16_t year;  /* 0: not known */
	int8_t month, day; /* month 0: not known */
};

/* What the store knows of a customer. */
struct due_dates {
	struct due_birthday birthday;
	uint32_t created; /* days from DATE_FIRST on, plus 1; 0: not known */
};

/* What the run does. */
struct due_person {
	uint32_t number;      /* in struct due_people */
	int64_t last_contact; /* UTC, or INT64_MIN */
	int32_t first_order, last_order; /* local days, or DATE_NONE */
	char abc;             /* class A, B, C */
	bool sleeping;
};

/* What else somebody is. */
enum {
	DUE_HERE = 1,   /* a customer; else nobody */
	DUE_QUIET = 2,  /* released, blocked, gone, or not asked for */
	DUE_MEMBER = 4, /* what he does counts for another, who is here too:
	                   only his birthday is his own ... */
	DUE_HUSHED = 8, /* ... and not even that, as the other is quiet */
};

/* There is one of each customer: every byte counts. */
struct due_people {
	uint8_t *is;   /* of each, by number: bits; of those in the people of
	                  the run it is the number there */
	uint32_t *row; /* number + 1 of his row in the customers, whose owner
	                  is his, or 0 */
	struct due_dates *dates; /* of each; zeros unless something is known */
	size_t n;

	/* private */
	const struct map *people;
	struct map more; /* ids of all others, who come behind them */
	const struct customers *customers;
	int owner; /* its column */
};

/* Nobody so far, and room for all people and two more for each row of the
 * customers, and one.  Both live as long. */
void due_people_begin(struct due_people *p, const struct map *people,
    const struct customers *customers);

/* The number of an id, who is here from now on; or of one whose number in
 * the people is known, or MAP_NONE. */
uint32_t due_person(struct due_people *p, struct slice id);
uint32_t due_person_of(struct due_people *p, struct slice id, uint32_t who);

/* The id of number i, and who looks after him. */
struct slice due_person_id(const struct due_people *p, uint32_t i);
struct slice due_person_owner(const struct due_people *p, uint32_t i);

void due_people_free(struct due_people *p);

/* --- the answer --------------------------------------------------------- */

struct due_row {
	int32_t day;
	enum due_what what;
	struct slice id, by, ref; /* fields; borrowed from state and people */

	/* for due_why */
	const char *why;
	const char *word;
	struct slice text;
	int64_t number;
	int32_t since;
};

struct due_list {
	struct due_row *row; /* by day, by, id, code and ref */
	size_t n;
	int64_t of[DUE_WHATS]; /* how many there are, kept or not */
	int64_t overdue;       /* of days before today */

	/* private */
	size_t cap;
};

/* Add to a list, which begins zeroed, what is due for somebody without any
 * event. */
void due_care(struct due_list *l, const struct due_people *who,
    const struct due_person *p, const struct due_terms *terms);

/*
 * Then all else that is, after a run with the same terms, whose people are
 * those of `who`.  The rows look into the state and `who`.
 */
void due_make(struct due_list *l, struct due *state,
    const struct due_people *who, const struct due_terms *terms);

/* Why the row is there, as a field, into *room: in English, which never
 * changes, or in the language of the user. */
struct slice due_why(const struct due_row *row, bool translated,
    struct buf *room);

void due_free(struct due_list *l);

#endif
