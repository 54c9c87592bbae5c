/*
 * crm-import - tables of other programs into a table of customers or events
 *
 * The file is read whole and converted whole before the first row is
 * written: what a date or a number means may show in the last line only,
 * and one bad row without --reject means that nothing is written.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/cli.h"
#include "crm/import.h"
#include "crm/ready.h"
#include "table/decode.h"

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

/* What the options say; it comes before what the rules say. */
struct job {
	bool dry;
	const char *word, *encoding, *reject, *zone;
	char delimiter;
	enum foreign_way decimal, order;
	struct buf text;
	const char *found; /* encoding */
	struct rules rules;
	struct import import;
	struct zone other; /* than the store's */
};

static enum foreign_way
way(const struct cli *c, bool number)
{
	enum foreign_way w = foreign_way_of(slice_of(c->arg));

	if (w == FOREIGN_FIND || (w >= FOREIGN_COMMA) != number)
		cli_usage(c, number ? _("not comma or point: \"%s\"") :
		    _("not dmy, mdy or ymd: \"%s\""), c->arg);
	return w;
}

static char
delimiter(const struct cli *c)
{
	if (strcmp(c->arg, "tab") == 0 || strcmp(c->arg, "\\t") == 0)
		return '\t';
	if (strlen(c->arg) != 1 || strchr("\"\r\n", *c->arg) != NULL)
		cli_usage(c, _("not a delimiter: \"%s\""), c->arg);
	return *c->arg;
}

static void
read_options(struct cli *c, struct job *j)
{
	int o;

	while ((o = cli_next(c)) != -1)
		switch (o) {
		case 'f':
			if (strcmp(c->arg, "csv") != 0)
				cli_usage(c, _("unknown format: \"%s\" (known "
				    "is csv)"), c->arg);
			break;
		case 'm': j->word = c->arg; break;
		case 'n': j->dry = true; break;
		case DELIMITER: j->delimiter = delimiter(c); break;
		case ENCODING: j->encoding = c->arg; break;
		case DECIMAL: j->decimal = way(c, true); break;
		case DATE_ORDER: j->order = way(c, false); break;
		case ZONE: j->zone = c->arg; break;
		case REJECT: j->reject = c->arg; break;
		}
	if (c->operands != 1)
		cli_usage(c, _("one FILE or - is needed"));
}

/* Rules that are named are read first, as they may say how to read. */
static void
read_file(struct job *j, const char *path)
{
	const char *name = strcmp(path, "-") == 0 ? "stdin" : path;
	struct rules *r = &j->rules;
	struct buf raw = { 0 };
	struct err e = { 0 };

	if (!decode_read(&raw, path, &e) ||
	    !decode_text(&j->text, buf_all(&raw), name,
		j->encoding != NULL ? j->encoding : r->encoding, &j->found,
		&e))
		die_err(&e);
	buf_free(&raw);
	if (!import_open(&j->import, buf_all(&j->text), name,
		j->delimiter != '\0' ? j->delimiter : r->delimiter))
		die_err(&j->import.err);
}

static const char *
ready_dir(struct buf *room)
{
	const char *dir = getenv("CRM_SHARE");

	buf_fmt(room, "%s/rules", dir != NULL && *dir != '\0' ? dir :
	    CRM_SHAREDIR);
	return buf_text(room);
}

static void
read_rules(struct job *j, const char *path)
{
	struct buf room = { 0 };
	const char *dir = ready_dir(&room);
	struct rules *r = &j->rules;
	struct err e = { 0 };

	if (j->word != NULL && !ready_load(r, j->word, dir, &e))
		die_err(&e);
	read_file(j, path);
	if (j->word == NULL && !ready_choose(r, dir, j->import.header.field,
		j->import.header.fields, j->import.name, &e))
		die_err(&e);
	buf_free(&room);
	if (j->decimal != FOREIGN_FIND)
		r->decimal = j->decimal;
	if (j->order != FOREIGN_FIND)
		r->order = j->order;
}

static const struct zone *
find_zone(struct cli *c, struct job *j)
{
	const char *name = j->zone != NULL ? j->zone : j->rules.zone;
	struct err e = { 0 };

	if (name == NULL)
		return &c->settings.zone;
	if (!zone_load(&j->other, name, &e))
		die_err(&e);
	return &j->other;
}

static bool
is_same(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
	    x.st_ino == y.st_ino;
}

/* Customers' data are in it: nobody else may read it. */
static FILE *
open_reject(const struct job *j, const char *path)
{
	int fd;

	if (j->reject == NULL || j->dry)
		return NULL;
	if (is_same(j->reject, path))
		die(CRM_USAGE, _("%s: rejects would overwrite the input"),
		    path);
	fd = open(j->reject, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		die(CRM_SYS, "%s: %s", j->reject, strerror(errno));
	return fdopen(fd, "w");
}

static void
close_reject(const struct job *j, FILE *f)
{
	bool failed = f != NULL && ferror(f) != 0;

	errno = 0;
	if (f != NULL && (fclose(f) != 0 || failed))
		die(CRM_SYS, "%s: %s", j->reject, errno != 0 ?
		    strerror(errno) : _("not all could be written"));
}

static void
print(struct cli *c, struct job *j)
{
	const struct rules *r = &j->rules;
	const struct rows *rows = &j->import.rows;
	struct show_column *column = mem_zero(r->columns, sizeof *column);

	for (size_t i = 0; i < r->columns; i++) {
		column[i].name = r->column[i];
		if (r->journal && strcmp(r->column[i], "value") == 0)
			column[i].type = SHOW_NUMBER;
	}
	show_begin(&c->out, column, r->columns);
	for (size_t i = 0; i < rows->n; i++) {
		for (size_t k = 0; k < r->columns; k++)
			show_field(&c->out, rows_field(rows, i, (int)k));
		show_row(&c->out);
	}
	show_end(&c->out);
	free(column);
}

/* What was found, for -n. */
static void
tell(const struct job *j)
{
	const struct import *im = &j->import;
	char d = im->delimiter;

	warn(_("%s: %" PRIu64 " records, %zu rows of %s, %" PRIu64
	    " skipped, %" PRIu64 " bad"), im->name, im->records, im->rows.n,
	    j->rules.journal ? _("events") : _("customers"), im->skipped,
	    im->bad);
	warn(_("%s: %s, delimiter %s, rules %s"), im->name, j->found,
	    d == '\t' ? "TAB" : (char[]){ d, '\0' }, j->rules.name);
}

static int
finish(struct cli *c, struct job *j)
{
	const struct import *im = &j->import;
	uint64_t twice = rules_twice(&j->rules);

	if (twice > 0)
		warn(_("%s: %" PRIu64 " times are in an hour that the clock "
		    "has twice: the first was taken"), im->name, twice);
	if (j->dry)
		tell(j);
	else
		print(c, j);
	if (im->bad > 0 && j->reject != NULL && !j->dry)
		warn(_("%s: %" PRIu64 " of %" PRIu64 " rows are not in the "
		    "output but in %s"), im->name, im->bad, im->records,
		    j->reject);
	return im->bad > 0 ? CRM_NO : CRM_OK;
}

int
main(int argc, char *argv[])
{
	struct cli c;
	struct job j = { 0 };
	FILE *reject;
	bool ok;
	int status;

	cli_begin(&c, argc, argv, &spec);
	read_options(&c, &j);
	cli_ready(&c);
	read_rules(&j, c.operand[0]);
	reject = open_reject(&j, c.operand[0]);
	ok = import_run(&j.import, &j.rules, find_zone(&c, &j), reject);
	close_reject(&j, reject);
	if (!ok)
		die_err(&j.import.err);
	status = finish(&c, &j);
	import_close(&j.import);
	rules_free(&j.rules);
	buf_free(&j.text);
	zone_free(&j.other);
	return cli_end(&c, status);
}
