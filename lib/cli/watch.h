/*
 * watch - the alarms of a store: gathered, and shown.
 *
 * Floor 5 (cli).  Uses: base, measure, classes.
 *
 *	struct watch w;
 *	struct use use[WATCH_USES];
 *	size_t n = watch_begin(&w, &cli, WATCH_ALL, use);
 *
 *	cli_run(&cli, &journal, use, n);        // others' uses may join in
 *	watch_find(&w, &journal.people);
 *	... w.alarms, w.standing ...
 *	watch_free(&w);                         // the uses are the caller's
 *
 * The as-of is that of cli: --as-of, the end of -p, else the clock.  The
 * journal has no marks (journal.h).
 */
#ifndef CRM_WATCH_H
#define CRM_WATCH_H

#include "cli/classes.h"
#include "measure/alarm.h"
#include "measure/nps.h"

/* The columns of the customers that are looked at. */
#define WATCH_COLUMNS (CLASSES_COLUMNS | CUSTOMER_NAMES | \
    CUSTOMER_BIT(CREATED) | CUSTOMER_BIT(OWNER))

enum { WATCH_USES = 5 + AIM_USES };

#define WATCH_ALL ((1u << ALARMS) - 1)
/* The caller keeps the events of cases, as aim.h and alarm.h want them. */
#define WATCH_HAS_CASES (1u << ALARMS)
/* The classes are wanted, also where no alarm wants them. */
#define WATCH_CLASSES (1u << (ALARMS + 1))

struct watch {
	/* set by the caller before watch_find, with WATCH_HAS_CASES: the
	 * events, sorted THREAD_AS_MET, and the cases that they are, but for
	 * those that were over before alarm_since */
	struct threads *turns;
	const struct cases *cases;

	/* the same: only so many alarms of each code are kept, the first
	 * ones; 0: all are */
	size_t first;

	/* filled by watch_find */
	struct alarms alarms;
	struct goals goals;
	struct goal_standing standing[GOALS_MAX]; /* of each goal, if alarm
	                                             `goal` is asked for */

	struct classes classes;  /* of everybody, if people were looked at */
	const struct stat *ever; /* the same */

	/* private */
	struct cli *cli;
	unsigned only;
	int needs; /* facts */
	struct stat_how stat;
	struct nps_how nps[2];
	struct aim aim;
	struct use *use;
	int use_of[5]; /* cases, contracts, stat, nps, aim; -1 for none */
	struct alarm_person *person; /* of whom there is an alarm */
	size_t person_cap;
	struct alarm_facts facts;
	struct map gone;
	struct map let_go; /* who is to be let alone */
	struct cases own; /* cases, where the caller has none */
};

/*
 * Read goals.tsv, and fill at most WATCH_USES uses for the alarms `only`, a
 * bit for each code; how many.  *w and the uses stay where they are until
 * watch_free.  An alarm whose settings switch it off wants none; goals are
 * measured all the same if their alarm is asked for.
 */
size_t watch_begin(struct watch *w, struct cli *c, unsigned only,
    struct use *use);

/* After the run; people is that of the journal.  Or end the command. */
void watch_find(struct watch *w, const struct map *people);

void watch_free(struct watch *w);

/* A row for each alarm; nothing, no header either, where there is none. */
void watch_write(const struct watch *w, struct show *out);

/* A row for each goal, also those that stand well; how many do not. */
size_t watch_goals(const struct watch *w, struct show *out);

/* Why there is this alarm, in English or, for people, as they speak; good
 * until the buffer changes. */
const char *watch_why(const struct alarm *a, bool people, struct buf *to);

#endif
