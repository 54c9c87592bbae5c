#include "table/wash.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/tr.h"

/* A line to be judged. */
struct washing {
	const struct wash_words *w;
	uint64_t line;
	struct err *e;
};

static bool bad(const struct washing *g, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static bool
bad(const struct washing *g, const char *fmt, ...)
{
	char words[2 * ERR_SHOWN];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	if (g->w->name == NULL)
		return err_row(g->e, g->line, "%s", words);
	return err_row(g->e, g->line, "%s:%ju: %s", g->w->name,
	    (uintmax_t)g->line, words);
}

static bool
bad_field(const struct washing *g, size_t column, const char *what,
    struct slice field)
{
	struct slice name = g->w->column[column];
	char shown[ERR_SHOWN];

	return bad(g, "%.*s: %s: \"%s\"", (int)name.len, name.at, what,
	    err_shown(shown, field));
}

static bool
escapes_known(struct slice field)
{
	for (size_t i = 0; i < field.len; i++)
		if (field.at[i] == '\\' &&
		    (++i == field.len || strchr("tnr\\", field.at[i]) == NULL))
			return false;
	return true;
}

static bool
field_fits(const struct washing *g, size_t column, struct slice field)
{
	if (memchr(field.at, '\0', field.len) != NULL)
		return bad_field(g, column, _("NUL byte"), field);
	if (memchr(field.at, '\r', field.len) != NULL)
		return bad_field(g, column, _("carriage return in a field"),
		    field);
	if (text_utf8(field) != field.len)
		return bad_field(g, column, _("not UTF-8"), field);
	if (!escapes_known(field))
		return bad_field(g, column, _("unknown escape"), field);
	return true;
}

bool
wash_conflict(struct slice line)
{
	static const char *const marker[] = { "<<<<<<<", "=======",
		">>>>>>>" };

	for (size_t i = 0; i < 3; i++)
		if (line.len >= 7 && memcmp(line.at, marker[i], 7) == 0 &&
		    (line.len == 7 || line.at[7] == ' '))
			return true;
	return false;
}

static bool
count_fits(const struct washing *g, struct slice line)
{
	size_t n = 1;
	char shown[ERR_SHOWN];

	for (size_t i = 0; i < line.len; i++)
		n += line.at[i] == '\t';
	if (n == g->w->cols)
		return true;
	if (wash_conflict(line))
		return bad(g, "%s: \"%s\"", _("merge conflict marker"),
		    err_shown(shown, line));
	if (line.len == 0)
		return bad(g, "%s", _("blank line"));
	return bad(g,
	    n < g->w->cols ? _("too few fields: %zu, not %zu")
			   : _("too many fields: %zu, not %zu"),
	    n, g->w->cols);
}

static bool
line_fits(const struct washing *g, struct slice line)
{
	struct slice rest = line, field;

	if (!count_fits(g, line))
		return false;
	if (g->w->cols == 1 && line.len == 0)
		return bad(g, "%s", _("blank line"));
	for (size_t c = 0; text_part(&rest, '\t', &field); c++)
		if (!field_fits(g, c, field))
			return false;
	return true;
}

uint64_t
wash_block(char *block, size_t *len, const struct wash_words *w,
    uint64_t **line, size_t *cap, struct err *e)
{
	struct washing g = { w, w->line, e };
	size_t to = 0, rows = 0;

	for (size_t at = 0; at < *len; g.line++) {
		char *lf = memchr(block + at, '\n', *len - at);
		struct slice text = { block + at,
			(size_t)(lf - (block + at)) };

		at += text.len + 1;
		if (text.len > 0 && text.at[text.len - 1] == '\r')
			text.len--;
		if (!line_fits(&g, text))
			continue;
		memmove(block + to, text.at, text.len);
		to += text.len;
		block[to++] = '\n';
		*line = mem_grow(*line, cap, rows + 1, sizeof **line);
		(*line)[rows++] = g.line;
	}
	*len = to;
	return g.line - w->line;
}
