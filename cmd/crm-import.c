/*
 * crm-import - tables of other programs into a table of customers or events
 *
 * The file is read whole and converted whole before the first row is
 * written: what a date or a number means may show in the last line only,
 * and one bad row without --reject means that nothing is written.
 */
#include <inttypes.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/reject.h"
#include "crm/source.h"
#include "crm/stages.h"
#include "show/named.h"

enum { DELIMITER = OPTION_OWN, ENCODING, DECIMAL, DATE_ORDER, ZONE, REJECT };

static const struct cli_option options[] = {
	{ 'f', "format", "FORMAT", N_("what FILE is: csv") },
	{ 'm', "rules", "RULES", N_("a file of rules, or ready ones") },
	{ 'n', "dry-run", NULL, N_("only say what would come out") },
	{ DELIMITER, "delimiter", "CHAR", N_("between fields") },
	{ ENCODING, "encoding", "NAME", N_("of FILE") },
	{ DECIMAL, "decimal", "WORD", N_("comma or point") },
	{ DATE_ORDER, "date-order", "WORD", N_("dmy, mdy or ymd") },
	{ ZONE, "zone", "ZONE", N_("of clock times without one") },
	{ REJECT, "reject", "FILE", N_("write bad rows there and go on") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-import",
	.summary = N_("turn what other programs export into our tables"),
	.operands = "FILE|-",
	.options = options,
	.uses = CLI_STORE | CLI_OUT,
	.example = { "crm-import kunden.csv | crm-add -",
	    "crm-import -m orders.rules --reject bad.csv orders.csv" },
};

struct job {
	struct cli cli;
	bool dry;
	const char *reject;
	struct source source;
	struct stages stages; /* of the store */
};

static void
set_way(const struct cli *c, enum foreign_way first, enum foreign_way *way)
{
	const char *what = foreign_way_of(slice_of(c->arg), first, way);

	if (what != NULL)
		cli_usage(c, "%s: \"%s\"", what, c->arg);
}

static void
set_delimiter(const struct cli *c, char *delimiter)
{
	if (!csv_delimiter(c->arg, delimiter))
		cli_usage(c, _("not a delimiter: \"%s\""), c->arg);
}

static void
check_format(const struct cli *c)
{
	if (strcmp(c->arg, "csv") != 0)
		cli_usage(c, _("unknown format: \"%s\" (known is csv)"),
		    c->arg);
}

static void
read_options(struct job *j)
{
	struct cli *c = &j->cli;
	struct source *s = &j->source;
	int o;

	while ((o = cli_next(c)) != -1)
		switch (o) {
		case 'f': check_format(c); break;
		case 'm': s->named = c->arg; break;
		case 'n': j->dry = true; break;
		case DELIMITER: set_delimiter(c, &s->delimiter); break;
		case ENCODING: s->encoding = c->arg; break;
		case DECIMAL: set_way(c, FOREIGN_COMMA, &s->decimal); break;
		case DATE_ORDER: set_way(c, FOREIGN_DMY, &s->order); break;
		case ZONE: s->zone = c->arg; break;
		case REJECT: j->reject = c->writes = c->arg; break;
		}
	if (c->operands != 1)
		cli_usage(c, _("one FILE or - is needed"));
}

/* Deals are held to the stages that crm-log would hold them to. */
static void
know_stages(struct job *j)
{
	struct err e = { 0 };

	if (!j->source.rules.journal)
		return;
	die_unless(stages_chosen(&j->stages, &j->cli.store, &e), &e);
	if (j->stages.names.len > 0)
		j->source.rules.stages = &j->stages;
}

static void
convert(struct job *j, const char *path)
{
	struct reject r;
	struct err e = { 0 };
	FILE *rows;
	bool good;

	die_unless(source_open(&j->source, path, &e), &e);
	know_stages(j);
	rows = reject_begin(&r, j->reject, path);
	good = source_convert(&j->source, &j->cli.settings.zone, rows, &e);
	reject_end(&r, good && !j->dry);
	die_unless(good, &e);
}

/* What was found, for -n. */
static void
tell(const struct source *s)
{
	const struct import *im = &s->import;
	char d = im->delimiter;

	warn(_("%s: %" PRIu64 " records, %zu rows of %s, %" PRIu64
	    " skipped, %" PRIu64 " bad"), im->name, im->records, im->rows.n,
	    s->rules.journal ? _("events") : _("customers"), im->skipped,
	    im->bad);
	warn(_("%s: %s, delimiter %s, rules %s"), im->name, s->found,
	    d == '\t' ? "TAB" : (char[]){ d, '\0' }, s->rules.name);
}

static int
finish(struct job *j)
{
	const struct import *im = &j->source.import;
	uint64_t twice = rules_twice(&j->source.rules);
	uint64_t empty = rules_empty(&j->source.rules);

	if (twice > 0)
		warn(_("%s: %" PRIu64 " times are in an hour that the clock "
		    "has twice: the first was taken"), im->name, twice);
	if (empty > 0)
		warn(_("%s: %" PRIu64 " rows would be empty: they are left "
		    "out"), im->name, empty);
	if (j->dry)
		tell(&j->source);
	else
		named_write(&j->cli.out, j->source.rules.column, &im->rows);
	if (im->bad > 0 && j->reject != NULL && !j->dry)
		warn(_("%s: %" PRIu64 " of %" PRIu64 " rows are not in the "
		    "output but in %s"), im->name, im->bad, im->records,
		    j->reject);
	return im->bad > 0 ? CRM_NO : CRM_OK;
}

int
main(int argc, char *argv[])
{
	struct job j = { 0 };
	int status;

	cli_begin(&j.cli, argc, argv, &spec);
	read_options(&j);
	cli_ready(&j.cli);
	convert(&j, j.cli.operand[0]);
	status = finish(&j);
	source_free(&j.source);
	stages_free(&j.stages);
	return cli_end(&j.cli, status);
}
