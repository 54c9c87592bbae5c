/*
 * alarm - what somebody should look at today: the alarms of crm-watch.
 *
 * Floor 4 (measure).  Uses: base, crm, aim, cases, score, surge.
 *
 * Pure: facts in, a list of alarms out.  One table has all of them: code,
 * the setting that limits it, what facts it needs, what it is for.  A limit
 * of 0 switches an alarm off.
 *
 *   surge       a topic has had more complaints in the last `limit` days
 *               than in the weeks before (surge.h), by the exact test of
 *               two Poisson rates, two-sided, adjusted for all topics after
 *               Holm: p < level
 *   nps         the score of the last `limit` days is below that of as many
 *               before, and score_nps_change has p < level; both sides
 *               have at least ALARM_ANSWERS, under which that test says
 *               too much
 *   silent      a key account has had no contact and no order for more than
 *               `limit` days
 *   impression  the last impression of a customer of class A or a key
 *               account is bad and at most `limit` days old, today
 *               counted: a tone of -1 or -2, or an nps of 0 to 6, whichever
 *               was last; at equal times the bad one
 *   overdue     cases that are overdue, where they are `limit` or more
 *   goal        goals that are off track, or missed in the last AIM_DAYS
 *               days, where they are `limit` or more
 *   contract    a contract that ends today or within `limit` days, and the
 *               customer has no other that ends later or not at all
 *
 * silent, impression and contract pass over those that are let go.
 */
#ifndef CRM_ALARM_H
#define CRM_ALARM_H

#include "crm/settings.h"
#include "measure/aim.h"
#include "measure/cases.h"
#include "measure/score.h"

enum alarm_code { ALARM_SURGE, ALARM_NPS, ALARM_SILENT, ALARM_IMPRESSION,
	ALARM_OVERDUE, ALARM_GOAL, ALARM_CONTRACT, ALARMS };

enum { ALARM_ANSWERS = 20 };
enum { ALARM_DAYS = 36500 }; /* a limit of more days is as many */

/* Facts, a bit each. */
enum { ALARM_CASES = 1, ALARM_SCORES = 2, ALARM_PEOPLE = 4,
	ALARM_GOALS = 8, ALARM_CONTRACTS = 16 };

struct alarm_info {
	const char *name;     /* `surge` ...; data, never translated */
	enum setting setting; /* whose number, in units, is the limit */
	bool tests;           /* does watch_level matter, too? */
	int needs;            /* facts */
	const char *help;     /* one line, translatable */
};

const struct alarm_info *alarm_info(enum alarm_code c);

/* What value and limit of an alarm are counted in. */
enum alarm_unit { ALARM_WHOLE, ALARM_TENTHS, ALARM_HUNDREDTHS, ALARM_MONEY };

#define ALARM_NONE INT64_MIN /* cannot be said */

struct alarm {
	enum alarm_code code;
	struct slice what;     /* topic, ref of a case or contract, metric,
	                          `nps`, `tone`; as a field */
	struct slice customer; /* id as a field; empty if of none */
	struct slice owner;    /* of the case or goal; else empty */
	int32_t day;           /* since when, or by when; or DATE_NONE */
	enum alarm_unit unit, limit_unit;
	int64_t value, limit;  /* or ALARM_NONE */
	int64_t p;             /* thousandths, or ALARM_NONE */
	int64_t more[3];       /* for words, see below */
};

/*
 * more: surge, how many before, in how many days, topics tested; nps,
 * answers and answers before; overdue, 1 if it has no reply; goal, pace and
 * needed (aim.h), enum aim_state.
 */

/* A key account or customer of class A that is not let go. */
struct alarm_person {
	struct slice id;
	bool key;
	int32_t seen;                /* last contact or order, DATE_NONE */
	int64_t tone_time, nps_time; /* INT64_MIN without */
	int tone, nps;
};

struct alarm_facts {
	const struct settings *settings;
	int64_t now;   /* the as-of */
	int32_t today;
	/* ALARM_CASES: threads hold CASES_KINDS, REF, TOPIC and BY; cases
	 * that were over before alarm_since may be left out */
	const struct threads *case_events;
	const struct cases *cases;
	/* ALARM_SCORES: before, now */
	struct score_nps nps[2];
	/* ALARM_PEOPLE */
	const struct alarm_person *person;
	size_t people;
	/* ALARM_GOALS */
	const struct goal_standing *goal;
	size_t goals;
	/* ALARM_CONTRACTS: KIND_CONTRACT and REF, THREAD_WHO_AS_MET; ids
	 * of those let go */
	const struct threads *contracts;
	const struct map *gone;
	size_t first; /* only so many of each code are kept, the first ones;
	                 0: all are */
};

struct alarms {
	struct alarm *at; /* by code in the order above, then day, customer,
	                     what */
	size_t n;
	int64_t of[ALARMS]; /* how many there are, kept or not */

	/* private */
	size_t cap, first;
	size_t from;  /* where those of the code in hand begin */
	int32_t last; /* a later day is none of the first ones */
};

/* The limit of an alarm; 0 if its settings switch it off. */
int32_t alarm_limit(enum alarm_code c, const struct settings *s);

/* Cases that were over before it are no reason for an alarm. */
int64_t alarm_since(const struct settings *s, int32_t today);

/* Is there reason for an alarm about somebody? */
bool alarm_is_of(const struct alarm_facts *f, const struct alarm_person *p);

/* Those of the alarms `only` (a bit for each code) that there is reason
 * for.  They point into the facts. */
void alarm_find(struct alarms *to, const struct alarm_facts *f,
    unsigned only);

void alarms_free(struct alarms *a);

#endif
