/*
 * outlook - what is to be looked at and to be done, as figures of the
 * report: goals, alarms, what is due.
 *
 * Floor 5 (cli).  Uses: base, measure, agenda, watch.
 *
 * As of the end of the period, or of now where that is not over yet.  The
 * events of cases are those of the review.  Sections and figures, whose
 * notes are in the language of the user:
 *
 *   goals   METRIC/DUE: value; METRIC/DUE/target, progress, pace and needed
 *           (change a day), on_track (1 on track or reached, 0 off track or
 *           missed)
 *   alarm   CODE/WHAT: the rows of crm-watch, their value; at most
 *           REVIEW_LIST of each code
 *   alarms  CODE: how many there are
 *   due     CODE: how many rows crm-due has by then; overdue: how many of
 *           all are of earlier days
 *   urgent  CODE/REF: the OUTLOOK_URGENT oldest of these, their days
 */
#ifndef CRM_OUTLOOK_H
#define CRM_OUTLOOK_H

#include "cli/agenda.h"
#include "cli/watch.h"
#include "measure/review.h"

/* The columns of the customers that are looked at. */
#define OUTLOOK_COLUMNS (WATCH_COLUMNS | AGENDA_COLUMNS)

enum { OUTLOOK_URGENT = 5 };
enum { OUTLOOK_USES = WATCH_USES + 1 };

struct outlook {
	/* private */
	struct cli *cli;
	struct watch watch;
	struct agenda agenda;
	struct due_terms due;
	struct use *use;
	size_t uses;
	struct review *review;
	char **text; /* names and notes of the figures */
	size_t texts, cap;
};

/* Fill at most OUTLOOK_USES uses, which the caller frees; how many.  *o and
 * the uses stay where they are until outlook_free. */
size_t outlook_begin(struct outlook *o, struct cli *c, struct use *use);

/* After the run and review_figures: add the figures.  Or end the command. */
void outlook_figures(struct outlook *o, struct review *r,
    const struct map *people);

/* The figures end with it. */
void outlook_free(struct outlook *o);

#endif
