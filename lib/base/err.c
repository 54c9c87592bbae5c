#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LINE_MAX_BYTES = ERR_TEXT / ERR_LINES - 8 };

/* Append one line, control bytes made visible, cut at the line's room. */
static void
append(struct err *e, const char *line)
{
	size_t at = strlen(e->text), end = at + LINE_MAX_BYTES;

	if (e->lines++ > 0)
		e->text[at++] = '\n';
	for (; *line != '\0' && at + 5 < end; line++) {
		unsigned char c = (unsigned char)*line;

		if (c < 0x20 || c == 0x7f)
			at += (size_t)sprintf(e->text + at, "\\x%02x", c);
		else
			e->text[at++] = (char)c;
	}
	e->text[at] = '\0';
}

bool
err_set(struct err *e, int status, const char *fmt, ...)
{
	char line[LINE_MAX_BYTES];
	va_list ap;

	if (e->status != CRM_OK)
		return false;
	e->status = status;
	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	append(e, line);
	return false;
}

bool
err_row(struct err *e, const char *fmt, ...)
{
	char line[LINE_MAX_BYTES];
	va_list ap;

	if (err_full(e))
		return false;
	e->status = CRM_DATA;
	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	append(e, line);
	return false;
}

bool
err_sys(struct err *e, const char *what)
{
	return err_set(e, CRM_SYS, "%s: %s", what, strerror(errno));
}

bool
err_full(const struct err *e)
{
	return e->lines >= ERR_LINES ||
	    (e->status != CRM_OK && e->status != CRM_DATA);
}

const char *
err_shown(char to[static ERR_SHOWN], struct slice value)
{
	size_t n = value.len <= ERR_QUOTE ? value.len : ERR_QUOTE, w = 0;

	while (n < value.len && n > 0 &&
	    ((unsigned char)value.at[n] & 0xc0) == 0x80)
		n--;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)value.at[i];

		if (c < 0x20 || c == 0x7f)
			w += (size_t)sprintf(to + w, "\\x%02x", c);
		else
			to[w++] = (char)c;
	}
	strcpy(to + w, n < value.len ? "..." : "");
	return to;
}
