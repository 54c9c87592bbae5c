#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "cli/confine.h"
#include "cli/language.h"
#include "cli/term.h"
#include "crm/moment.h"

/*
 * A closed standard descriptor must not be given to a file of the store.
 * What takes its place cannot be read (0) or written (1, 2), so that the
 * loss of an answer is still noticed.
 */
static void
open_standard(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

/* All files of a journal are open at once. */
static void
allow_files(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) == 0 &&
	    files.rlim_cur < files.rlim_max) {
		files.rlim_cur = files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}
}

/* A reader that stops early is no error. */
static void
reader_left(int sig)
{
	(void)sig;
	_exit(CRM_OK);
}

static void
set_signals(void)
{
	signal(SIGXFSZ, SIG_IGN);
	signal(SIGPIPE, reader_left);
}

void
cli_begin(struct cli *c, int argc, char *argv[], const struct cli_spec *spec)
{
	*c = (struct cli){ .spec = spec, .operand = argv,
		.operands = argc };
	open_standard();
	allow_files();
	set_signals();
	die_name(spec->name);
	c->language_given = language_begin();
	option_collect(&c->options, spec);
	opterr = 0;
}

void
cli_usage(const struct cli *c, const char *fmt, ...)
{
	struct buf text = { 0 };
	char line[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	warn("%s", line);
	option_usage(&c->options, c->spec, &text);
	fputs(buf_text(&text), stderr);
	exit(CRM_USAGE);
}

int64_t
cli_number(const struct cli *c, const char *option, int64_t min, int64_t max)
{
	char shown[ERR_SHOWN];
	int64_t n;
	const char *bad = num_int(slice_of(c->arg), min, max, &n);

	if (bad != NULL)
		cli_usage(c, "%s: %s: \"%s\"", option, bad,
		    err_shown(shown, slice_of(c->arg)));
	return n;
}

static _Noreturn void
say_and_end(struct cli *c, bool help)
{
	struct buf text = { 0 };

	if (help)
		option_help(&c->options, c->spec, &text);
	else
		buf_fmt(&text, "%s (crm) %s\n", c->spec->name, CRM_VERSION);
	fputs(buf_text(&text), stdout);
	buf_free(&text);
	exit(cli_end(c, CRM_OK));
}

/* Where a common option's argument is kept, or NULL for others. */
static const char **
common_slot(struct cli *c, int o)
{
	const struct {
		int letter, uses;
		const char **slot;
	} slots[] = {
		{ 'd', CLI_STORE, &c->dir },
		{ 'o', CLI_OUT, &c->format },
		{ OPTION_COLOR, CLI_OUT, &c->color },
		{ 'p', CLI_DAYS, &c->period },
		{ OPTION_AS_OF, CLI_DAYS | CLI_AS_OF, &c->as_of },
		{ 'c', CLI_ROWS | CLI_WHO, &c->only },
		{ 'w', CLI_ROWS, &c->where },
		{ OPTION_BY, CLI_BY, &c->by },
	};

	for (size_t i = 0; i < LEN(slots); i++)
		if (slots[i].letter == o &&
		    (c->spec->uses & slots[i].uses) != 0)
			return slots[i].slot;
	return NULL;
}

/* An option behind an operand would be taken for another operand: crm-log
 * would write it down. */
static void
refuse_late(const struct cli *c)
{
	if (optind < 1 || strcmp(c->operand[optind - 1], "--") == 0)
		return;
	for (int i = optind; i < c->operands; i++)
		if (option_is(&c->options, c->operand[i]))
			cli_usage(c, _("options come before operands, "
			    "-- ends them: \"%s\""), c->operand[i]);
}

int
cli_next(struct cli *c)
{
	const char **slot;
	int o, at = optind;

	while ((o = getopt_long(c->operands, c->operand, c->options.shorts,
		    c->options.longs, NULL)) != -1) {
		if (o == OPTION_HELP || o == OPTION_VERSION)
			say_and_end(c, o == OPTION_HELP);
		if (o == ':')
			cli_usage(c, _("option %s needs an argument"),
			    c->operand[optind - 1]);
		if (o == '?' && optopt != 0 && optopt < 256)
			cli_usage(c, _("unknown option -%c"), optopt);
		if (o == '?')
			cli_usage(c, _("unknown option %s"), c->operand[at]);
		if (o == 'a' && (c->spec->uses & (CLI_ROWS | CLI_WHO))) {
			c->accounts = true;
			continue;
		}
		slot = common_slot(c, o);
		if (slot == NULL) {
			c->arg = optarg;
			return o;
		}
		*slot = optarg;
		at = optind;
	}
	refuse_late(c);
	c->operand += optind;
	c->operands -= optind;
	return -1;
}

static int64_t
now(const struct zone *z)
{
	const char *word = getenv("CRM_NOW");
	int64_t t;

	if (word == NULL || *word == '\0')
		return (int64_t)time(NULL);
	if (moment_parse(slice_of(word), z, &t) > MOMENT_TWICE)
		die(CRM_USAGE, _("CRM_NOW: not a day or time: \"%s\""), word);
	return t;
}

static void
check_threads(void)
{
	const char *word = getenv("CRM_THREADS"), *what;
	char shown[ERR_SHOWN];
	int64_t n;

	if (word == NULL || *word == '\0')
		return;
	what = num_int(slice_of(word), 1, INT32_MAX, &n);
	if (what != NULL)
		die(CRM_USAGE, "CRM_THREADS: %s: \"%s\"", what,
		    err_shown(shown, slice_of(word)));
}

/* -p and --as-of: what flows and what stands. */
static void
ready_days(struct cli *c, struct err *e)
{
	const struct zone *z = &c->settings.zone;

	c->now = now(z);
	c->today = zone_day(z, c->now);
	c->days = (struct period){ DATE_NONE, DATE_NONE, PERIOD_UNITS };
	c->window = WINDOW_ALL;
	c->until = INT64_MAX;
	if ((c->as_of != NULL &&
		!period_day(&c->today, c->as_of, c->today, e)) ||
	    (c->period != NULL &&
		!period_parse(&c->days, c->period, c->today, e)))
		die_err(e);
	c->as_of_given = c->as_of != NULL;
	if (c->days.first != DATE_NONE)
		c->window.from = zone_day_start(z, c->days.first);
	if (c->days.last != DATE_NONE &&
	    (!c->as_of_given || c->days.last < c->today)) {
		c->today = c->days.last;
		c->as_of_given = true;
	}
	if (c->as_of_given)
		c->until = c->window.to = zone_day_start(z, c->today + 1);
}

/* In a file that begins empty blocks begin at multiples of their size: there
 * the kernel keeps them in one piece, which is faster to write, and to read
 * again. */
static void
ready_file(struct cli *c)
{
	struct stat st;

	c->out.file = fstat(1, &st) == 0 && S_ISREG(st.st_mode);
	if (!c->out.file)
		return;
	c->block = mem_pages(SHOW_BLOCK, 1);
	setvbuf(stdout, c->block, _IOFBF, SHOW_BLOCK);
}

static void
ready_out(struct cli *c)
{
	int format = c->format == NULL ? SHOW_TSV : show_format_of(c->format);

	if (format < 0)
		cli_usage(c, _("unknown format: \"%s\" "
		    "(tsv, table, csv, json or md)"), c->format);
	c->out.terminal = isatty(1) != 0;
	if (c->format == NULL && c->out.terminal)
		format = SHOW_TABLE;
	c->out.to = stdout;
	c->out.format = (enum show_format)format;
	if (!term_color(c->color, &c->out.color))
		cli_usage(c, _("unknown --color: \"%s\" "
		    "(always, never or auto)"), c->color);
	if (format == SHOW_TABLE) {
		c->out.width = term_width();
		c->pager = term_pager();
	}
	ready_file(c);
}

/* The pager has been started: it must do as it likes. */
static void
ready_rights(const struct cli *c)
{
	struct confine rights;

	confine_begin(&rights);
	if ((c->spec->uses & CLI_WRITES) != 0 && c->store.dir != NULL)
		confine_dir(&rights, c->store.dir);
	if (c->writes != NULL)
		confine_file(&rights, c->writes);
	if (c->replaces != NULL)
		confine_replaced(&rights, c->replaces);
	confine_end(&rights);
}

void
cli_ready(struct cli *c)
{
	struct err e = { 0 };

	c->store.lock = -1;
	if ((c->spec->uses & CLI_STORE) && !store_find(&c->store, c->dir, &e))
		e = (struct err){ 0 }; /* it may not be needed */
	tails_begin(&c->tails, &c->store);
	if (!settings_load(&c->settings, c->store.here ? &c->store : NULL, &e))
		die_err(&e);
	check_threads();
	ready_days(c, &e);
	if ((c->spec->uses & CLI_OUT) != 0)
		ready_out(c);
	ready_rights(c);
}

void
cli_speak(const struct cli *c)
{
	const char *word = c->settings.text[SET_LANGUAGE];

	if (word[0] != '\0' && !c->language_given)
		language_use(word);
}

void
cli_need_store(const struct cli *c)
{
	struct store s = { .lock = -1 };
	struct err e = { 0 };

	if (c->store.dir == NULL && !store_find(&s, c->dir, &e))
		die_err(&e);
	if (!c->store.here)
		die(CRM_SYS, _("%s: no store here (crm-add makes one)"),
		    c->store.dir);
}

/* Standard output must have been written: a lost answer is an error. */
static int
close_out(int status, int why)
{
	bool failed = ferror(stdout) != 0;

	errno = 0;
	if (fclose(stdout) == 0 && !failed)
		return status;
	why = why != 0 ? why : errno;
	if (why == EPIPE)
		return status;
	warn("%s: %s", _("standard output"),
	    why != 0 ? strerror(why) : _("not all could be written"));
	return CRM_SYS;
}

int
cli_end(struct cli *c, int status)
{
	status = close_out(status, c->out.broken);
	mem_pages_free(c->block, SHOW_BLOCK, 1);
	if (c->pager > 0)
		waitpid(c->pager, NULL, 0);
	if (c->free_tables != NULL)
		c->free_tables(c);
	tails_end(&c->tails);
	settings_free(&c->settings);
	if (c->store.dir != NULL)
		store_close(&c->store);
	return status;
}
