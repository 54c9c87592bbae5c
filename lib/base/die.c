#include "base/die.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
die_name(const char *name)
{
	program_invocation_short_name = (char *)(uintptr_t)name;
}

static struct {
	void (*last)(void *ctx);
	void *ctx;
} behind;

void
die_behind(void (*last)(void *ctx), void *ctx)
{
	behind.last = last;
	behind.ctx = ctx;
}

/* Once: it may itself run out of memory.  Where both go to one file the
 * words stand behind what was written before. */
static void
last_words(void)
{
	void (*last)(void *ctx) = behind.last;

	behind.last = NULL;
	if (last != NULL)
		last(behind.ctx);
	fflush(stdout);
}

static void
say(const char *fmt, va_list ap)
{
	struct err e = { 0 };
	char line[ERR_TEXT / ERR_LINES];

	vsnprintf(line, sizeof line, fmt, ap);
	err_set(&e, CRM_SYS, "%s", line);
	warn_err(&e);
}

void
warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}

void
die(int status, const char *fmt, ...)
{
	va_list ap;

	last_words();
	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	exit(status);
}

void
warn_err(const struct err *e)
{
	const char *line = e->text;

	for (int i = 0; i < e->lines; i++) {
		int n = (int)strcspn(line, "\n");

		fprintf(stderr, "%s: %.*s\n", program_invocation_short_name, n,
		    line);
		line += n + 1;
	}
}

void
die_err(const struct err *e)
{
	last_words();
	warn_err(e);
	exit(e->status);
}

void
die_unless(bool good, const struct err *e)
{
	if (!good)
		die_err(e);
}
