/*
 * option - what a command says of its options, and all that follows from
 * it: getopt's tables, the usage lines, --help.
 *
 * Floor 5 (cli).  Uses: base.
 */
#ifndef CRM_OPTION_H
#define CRM_OPTION_H

#include <getopt.h>
#include <stdbool.h>

#include "base/buf.h"

struct cli_option {
	int letter;       /* OPTION_OWN and above: a long name only */
	const char *name; /* long name */
	const char *arg;  /* its argument's name, or NULL; of a long option
	                     `[=NAME]` where it may be left out */
	const char *help; /* N_("...") */
};

/* Which common options a command has. */
enum cli_uses {
	CLI_STORE = 1, /* -d DIR */
	CLI_OUT = 2,   /* -o FORMAT, --color WHEN */
	CLI_DAYS = 4,  /* -p PERIOD, --as-of DAY */
	CLI_ROWS = 8,  /* -a, -c FILE, -w EXPR */
	CLI_BY = 16,   /* --by KEYS */
	CLI_WRITES = 32, /* no option: the store may be written */
	CLI_WHO = 64,  /* of CLI_ROWS -a and -c FILE only */
	CLI_AS_OF = 128, /* of CLI_DAYS --as-of DAY only */
};

struct cli_spec {
	const char *name;     /* crm-nps */
	const char *summary;  /* N_("..."), the line of the manual's NAME */
	const char *operands; /* "[FILE ...]"; several forms parted by \n */
	const struct cli_option *options; /* ends with { 0 } */
	int uses;             /* enum cli_uses */
	const char *example[2];
};

enum { OPTION_MAX = 48 };

/* Letters of common options that have no short one. */
enum { OPTION_COLOR = 0x100, OPTION_AS_OF, OPTION_BY, OPTION_HELP,
	OPTION_VERSION, OPTION_OWN };

/* All options of a command, common and own, and getopt's view of them. */
struct option_set {
	struct cli_option all[OPTION_MAX]; /* in the order of the usage */
	size_t n;
	struct option longs[OPTION_MAX + 1];
	char shorts[3 * OPTION_MAX + 4];
};

/* Fill in a set; the names in it are those of the spec, borrowed. */
void option_collect(struct option_set *set, const struct cli_spec *spec);

/* Whether a word is one of the options, as `-n`, `--dry-run`, `--dir=x`. */
bool option_is(const struct option_set *set, const char *word);

/* Add the usage line(s), as --help and the manual's SYNOPSIS have them:
 * `usage: crm-nps [-d DIR] ... [FILE ...]`, broken before column 80. */
void option_usage(const struct option_set *set, const struct cli_spec *spec,
    struct buf *to);

/* Add the one screen of --help. */
void option_help(const struct option_set *set, const struct cli_spec *spec,
    struct buf *to);

#endif
