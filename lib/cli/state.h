/*
 * state - a file that keeps a fold of journals and how far they were read,
 * so that the next fold reads only what is new.
 *
 * Floor 5 (cli).  Uses: base, table/crate, crm/resume, measure/slot, show,
 * cli, roll, tally.
 *
 * What is kept is used only where it is certain to be what a fold of the
 * old part would give: same bytes of the journals up to there, same merged
 * ids, time zone and currency, same version of the toolkit.  Else all is
 * folded anew, without a word.  What is new is folded by itself: roll.h weaves
 * it into what is kept, for the answer and for the next state.
 */
#ifndef CRM_STATE_H
#define CRM_STATE_H

#include "cli/cli.h"
#include "cli/roll.h"
#include "table/crate.h"

struct state_file {
	struct cli *cli;
	const char *path;
	int64_t began;       /* before any journal was opened */
	struct crate crate;
	struct buf settings; /* what a fold depends on besides journals */
	struct buf noted;    /* by resume.h: how far was read */
	bool little;         /* went on from there, and not worth writing */
};

/*
 * Before the journals are opened.  Ends the command where -p, --as-of, -a,
 * -c, -w or the operand - leave nothing to be kept (status 2), or where the
 * file is not one of these (status 3).
 */
void state_begin(struct state_file *f, struct cli *c, const char *path);

/* cli_run for one state, of what is new; r->kept is what was kept. */
void state_fold(struct state_file *f, struct journal *j, struct use *use,
    struct roll *r);

/*
 * Keep both for the next time, unless what is new is so little that reading
 * it again costs less than writing, and nothing but the new is read next time
 * anyhow.  False after a warning where that failed.  See r->lost, too.
 */
bool state_keep(struct state_file *f, const struct journal *j,
    struct roll *r);

/* The same once all has been counted because what was kept is lost.  With
 * tables nothing is kept, not what was either. */
bool state_keep_anew(struct state_file *f, const struct journal *j,
    struct roll *r, bool tables);

/* Once nobody looks at r->kept any more. */
void state_end(struct state_file *f);

#endif
