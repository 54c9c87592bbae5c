#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum {
	LINE_ROOM = ERR_TEXT / ERR_LINES - 8,
	SHOWN_CHAR = 4 * 4 + 1, /* \xNN for each of its bytes, and a NUL */
};

/* Characters that a terminal obeys, or hides, instead of showing them. */
static bool
is_hidden(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) ||
	    code == 0x061c || code == 0x200e || code == 0x200f ||
	    (code >= 0x2028 && code <= 0x202e) ||
	    (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

/* The next character of *rest, as it can be shown. */
static size_t
show(char to[SHOWN_CHAR], struct slice *rest)
{
	uint32_t code = 0;
	size_t known = text_char(*rest, &code), w = 0;

	for (size_t n = known > 0 ? known : 1; n > 0; n--) {
		if (known == 0 || is_hidden(code))
			w += (size_t)sprintf(to + w, "\\x%02x",
			    (unsigned char)*rest->at);
		else
			to[w++] = *rest->at;
		rest->at++;
		rest->len--;
	}
	return w;
}

/* A line in which hidden characters are made visible, into `to`. */
static size_t
scrub(char to[LINE_ROOM], const char *line)
{
	struct slice rest = slice_of(line);
	size_t n = 0;

	while (rest.len > 0 && n + SHOWN_CHAR <= LINE_ROOM)
		n += show(to + n, &rest);
	return n;
}

/* Where line number i of the text begins. */
static size_t
line_start(const struct err *e, int i)
{
	const char *at = e->text;

	while (i-- > 0)
		at = strchr(at, '\n') + 1;
	return (size_t)(at - e->text);
}

/* Put a line before line number i; there is room for it. */
static void
insert(struct err *e, int i, uint64_t at, const char *words)
{
	char line[LINE_ROOM];
	size_t n = scrub(line, words), used = strlen(e->text), from;

	if (e->lines > 0)
		e->text[used++] = '\n';
	from = line_start(e, i);
	memmove(e->text + from + n + 1, e->text + from, used - from);
	memcpy(e->text + from, line, n);
	e->text[from + n] = '\n';
	e->text[used + n] = '\0';
	memmove(e->at + i + 1, e->at + i,
	    (size_t)(e->lines - i) * sizeof *e->at);
	e->at[i] = at;
	e->lines++;
}

bool
err_set(struct err *e, int status, const char *fmt, ...)
{
	char line[LINE_ROOM];
	va_list ap;

	if (e->status != CRM_OK)
		return false;
	e->status = status;
	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	insert(e, 0, 0, line);
	return false;
}

bool
err_row(struct err *e, uint64_t at, const char *fmt, ...)
{
	char line[LINE_ROOM];
	int i = e->lines;
	va_list ap;

	if (e->status != CRM_OK && e->status != CRM_DATA)
		return false;
	while (i > 0 && e->at[i - 1] > at)
		i--;
	if (i == ERR_LINES)
		return false;
	if (e->lines == ERR_LINES)
		e->text[line_start(e, --e->lines) - 1] = '\0';
	e->status = CRM_DATA;
	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	insert(e, i, at, line);
	return false;
}

bool
err_sys(struct err *e, const char *what)
{
	return err_set(e, CRM_SYS, "%s: %s", what, strerror(errno));
}

const char *
err_shown(char to[static ERR_SHOWN], struct slice value)
{
	struct slice rest = value;
	size_t w = 0;

	while (rest.len > 0) {
		struct slice next = rest;
		char shown[SHOWN_CHAR];
		size_t n = show(shown, &next);

		if ((size_t)(next.at - value.at) > ERR_QUOTE)
			break;
		memcpy(to + w, shown, n);
		w += n;
		rest = next;
	}
	strcpy(to + w, rest.len > 0 ? "..." : "");
	return to;
}
