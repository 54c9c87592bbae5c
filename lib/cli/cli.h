/*
 * cli - the hall behind every front door: options, usage, the store, the
 * clock, input tables, and the end of output.
 *
 * Floor 5 (cli).  Uses: everything below, confine, language, option, tails,
 * term.
 *
 * A command is
 *
 *	static const struct cli_option options[] = {
 *		{ 'm', "measure", "nps|csat|ces", N_("which survey") }, { 0 } };
 *	static const struct cli_spec spec = { .name = "crm-nps", ... };
 *
 *	cli_begin(&c, argc, argv, &spec);
 *	while ((o = cli_next(&c)) != -1)
 *		switch (o) { case 'm': j.word = c.arg; break; }
 *	...
 *	return cli_end(&c, CRM_OK);
 *
 * cli_next never returns what is wrong or common: -d, -o, -p and so on are
 * kept in struct cli, --help and --version are answered, mistakes end with
 * status 2.  Functions here end the command on failure (die.h), so commands
 * have no error paths of their own for them.
 */
#ifndef CRM_CLI_H
#define CRM_CLI_H

#include <stdbool.h>
#include <stdint.h>

#include "base/die.h"
#include "base/tr.h"
#include "cli/option.h"
#include "cli/tails.h"
#include "crm/customers.h"
#include "crm/group.h"
#include "crm/journal.h"
#include "crm/period.h"
#include "crm/settings.h"
#include "crm/whom.h"
#include "show/show.h"
#include "table/store.h"
#include "table/tsv.h"

struct cli {
	const struct cli_spec *spec;
	char **operand; /* what is left behind the options */
	int operands;
	const char *arg; /* argument of the option in hand */

	/* the common options */
	const char *dir, *period, *as_of, *only, *where, *by;
	bool accounts; /* -a */
	uint32_t columns; /* of the store's customers, CUSTOMER_BITs: those
	                     that the command looks at, set by it before
	                     cli_journal and cli_customers; 0 for all */
	const char *writes; /* a file that is to be written, or NULL: for
	                       cli_ready, see confine.h */
	const char *replaces; /* the same of one that is to be replaced */

	/* filled by cli_ready */
	struct store store;       /* store.here says whether there is one */
	struct settings settings; /* of the store, or the defaults */
	int64_t now;              /* UTC time: $CRM_NOW or the clock */
	int32_t today;            /* --as-of, or the local day of now */
	bool as_of_given;         /* by --as-of or the end of -p */
	struct period days;       /* -p; both DATE_NONE without */
	struct window window;     /* -p as times: flows */
	int64_t until;            /* end of as-of day, or INT64_MAX */
	struct show out;          /* where tables go */

	/* filled by cli_journal and cli_customers; freed by cli_end */
	struct customers customers; /* of the store */
	struct aliases aliases;
	struct customers list;      /* the -c table */
	struct group group;         /* --by */
	struct expr *condition;     /* -w */

	/* private */
	struct option_set options;
	bool language_given; /* by $LANGUAGE */
	const char *format, *color;
	bool have_customers, have_aliases;
	int pager; /* process, or 0 */
	char *block; /* rows on their way to a file */
	struct tails tails;
	void (*free_tables)(struct cli *c); /* what feed.c has filled */
};

/* Begin with the arguments of main, which live as long as c.  From now on
 * the command ends with status 0 where whoever reads its output leaves. */
void cli_begin(struct cli *c, int argc, char *argv[],
    const struct cli_spec *spec);

/* The next option of the command's own, its argument in c->arg; -1 when
 * all are done, with operands set. */
int cli_next(struct cli *c);

/* Settle store, settings, clock, days and output, and give away all rights
 * that are not needed behind it (confine.h).  Called once, behind the
 * options; writers call it too. */
void cli_ready(struct cli *c);

/* For reports, behind cli_ready: speak the language of the settings, if
 * they name one and $LANGUAGE does not. */
void cli_speak(const struct cli *c);

/* The argument of the option in hand, called `--days`, as a whole number;
 * else end as cli_usage does. */
int64_t cli_number(const struct cli *c, const char *option, int64_t min,
    int64_t max);

/* End with status 2, the words and the usage lines. */
_Noreturn void cli_usage(const struct cli *c, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* End with status 4 unless there is a store: `DIR: no store here (crm-add
 * makes one)`. */
void cli_need_store(const struct cli *c);

/* The customers of the store, read once, with c->columns and those that -a
 * and -w look at; an empty table without a store. */
const struct customers *cli_customers(struct cli *c);

/* The aliases of the store, read once; none without a store. */
const struct aliases *cli_aliases(struct cli *c);

/*
 * Whom the words of a user name, in these tables: whom_named, into a *w that
 * is all 0 or was used here before.  False with *who where they do not know
 * him: the journal may, by id, so the caller looks there and ends with *who
 * if it does not.  No id at all ends the command: it is nobody, though events
 * without a customer have it.
 */
bool cli_whom(struct cli *c, struct whom *w, const char *words,
    struct slice *id, struct buf *room, struct err *who);

/*
 * The n operands (or, with n = 0, the journal of the store, which must be
 * there) as an opened journal with zone, currency, aliases, -c, -w and
 * as-of set, and --by parsed into c->group.
 */
void cli_journal(struct cli *c, struct journal *j, char **path, size_t n);

/* The same from inputs that are open already; they belong to j then. */
void cli_journal_from(struct cli *c, struct journal *j, struct input **in,
    size_t n);

/* journal_run or die; warns of torn tails. */
void cli_run(struct cli *c, struct journal *j, struct use *uses, size_t n);

/* Open an operand as input ("-" is standard input), or die. */
struct input *cli_input(const char *path);

/* The columns of an input that is not read yet, to tell what it is, or die;
 * head_free is due. */
struct head cli_head(struct input *in);

/* The local day of a time; of INT64_MIN DATE_NONE. */
int32_t cli_day(const struct cli *c, int64_t time);

/* Close standard output, checked: CRM_SYS with words if it could not all be
 * written, quietly so if the reader left.  Frees c.  Returns the status. */
int cli_end(struct cli *c, int status);

#endif
