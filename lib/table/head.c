#include "table/head.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/tr.h"
#include "table/wash.h"

static bool
bad(struct err *e, const char *name, const char *what, struct slice value)
{
	char shown[ERR_SHOWN];

	return err_set(e, CRM_DATA, "%s:1: %s: \"%s\"", name, what,
	    err_shown(shown, value));
}

static bool
fit(const struct head *h, size_t at, const char *name, struct err *e)
{
	struct slice c = h->column[at];

	if (c.len == 0)
		return err_set(e, CRM_DATA, _("%s:1: column %zu has no name"),
		    name, at + 1);
	if (memchr(c.at, ' ', c.len) != NULL)
		return bad(e, name,
		    _("blank in a column name (is this a table with TABs?)"),
		    c);
	if (text_has_control(c) || memchr(c.at, '\\', c.len) != NULL)
		return bad(e, name, _("control character in a column name"),
		    c);
	if (head_find_slice(h, c) != (int)at)
		return bad(e, name, _("duplicate column"), c);
	return true;
}

bool
head_parse(struct head *h, struct slice line, const char *name,
    struct err *e)
{
	struct slice rest = { mem_text(line.at, line.len), line.len };
	size_t cap = 0;

	*h = (struct head){ .line = rest };
	if (line.len == 0)
		return err_set(e, CRM_DATA,
		    _("%s:1: the header line is missing"), name);
	if (text_utf8(rest) != rest.len)
		return bad(e, name, _("not UTF-8"), rest);
	if (wash_conflict(rest))
		return bad(e, name, _("merge conflict marker"), rest);
	for (struct slice c; text_part(&rest, '\t', &c);) {
		h->column = mem_grow(h->column, &cap, h->cols + 1,
		    sizeof *h->column);
		h->column[h->cols++] = c;
	}
	if (h->cols > HEAD_COLUMNS)
		return err_set(e, CRM_DATA, _("%s:1: more than %d columns"),
		    name, HEAD_COLUMNS);
	for (size_t i = 0; i < h->cols; i++)
		if (!fit(h, i, name, e))
			return false;
	return true;
}

int
head_find_slice(const struct head *h, struct slice column)
{
	for (size_t i = 0; i < h->cols; i++)
		if (slice_eq(h->column[i], column))
			return (int)i;
	return -1;
}

int
head_find(const struct head *h, const char *column)
{
	return head_find_slice(h, slice_of(column));
}

bool
head_need(const struct head *h, const char *name, const char *column,
    int *at, struct err *e)
{
	*at = head_find(h, column);
	return *at >= 0 || bad(e, name, _("missing column"), slice_of(column));
}

void
head_free(struct head *h)
{
	free((char *)(uintptr_t)h->line.at);
	free(h->column);
	*h = (struct head){ 0 };
}
