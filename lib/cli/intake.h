/*
 * intake - journals and tables of crm-stat, mixed, as states of measure stat.
 *
 * Floor 5 (cli).  Uses: base, crm/resume, measure/stat, cli, roll, state.
 *
 * What crm-stat and crm-segment begin with.
 */
#ifndef CRM_INTAKE_H
#define CRM_INTAKE_H

#include "cli/cli.h"
#include "cli/roll.h"
#include "cli/state.h"
#include "measure/stat.h"

/*
 * Fold the operands (or the journal of the store) into n states of
 * stat_measure, which uses[i].how tells the windows of, and settle them.
 * Rows of crm-stat tables go into the first (with tables there is no -p, so
 * one is enough).  The states are the caller's, for use_free; *people gets
 * the customers, for map_free.  With tables among the operands -p and -w end
 * the command with status 2, an as-of before a row's `last` with status 3.
 */
void intake_fold(struct cli *c, struct use *uses, size_t n,
    struct map *people);

/*
 * The same for one state, as a roll of all customers; `file` is NULL, or keeps
 * what was read of the journals before (state.h).
 */
struct intake {
	struct roll roll;
	bool kept; /* false after a warning: it could not be kept in the file;
	              the roll is right nevertheless */

	/* private */
	struct cli *cli;
	struct journal journal;
	size_t tables;
	struct use use;
	struct map people;
	struct state_file state;
};

void intake_roll(struct cli *c, const struct stat_how *how, const char *file,
    struct intake *in);

/* When roll.lost says that pieces of what the file kept are: read what that was
 * of after all.  The roll goes on behind the pieces that were good. */
void intake_anew(struct intake *in);

void intake_free(struct intake *in);

#endif
