#include "crm/sheet.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"
#include "base/tr.h"

static void
check_sizes(struct tsv *t)
{
	for (size_t c = 0; c < t->head.cols; c++)
		if (tsv_field(t, (int)c).len > SHEET_FIELD)
			tsv_bad(t, (int)c, _("longer than 64 KiB"));
}

bool
sheet_read(struct sheet *s, struct input *in, struct err *e)
{
	struct tsv t = { 0 };

	*s = (struct sheet){ 0 };
	s->name = mem_text(input_name(in), strlen(input_name(in)));
	if (tsv_open(&t, in)) {
		s->rows.cols = t.head.cols;
		while (tsv_next(&t)) {
			check_sizes(&t);
			rows_take(&s->rows, &t);
		}
	}
	s->head = t.head;
	t.head = (struct head){ 0 };
	return tsv_done(&t, e);
}

static bool
is_name_byte(char c, bool first)
{
	char l = text_lower(c);

	return (l >= 'a' && l <= 'z') || (c & 0x80) != 0 ||
	    (!first && ((c >= '0' && c <= '9') || c == '_' || c == '-'));
}

bool
sheet_word(const char *operand, struct slice *name, struct slice *value)
{
	size_t n = 0;

	while (is_name_byte(operand[n], n == 0))
		n++;
	if (n == 0 || operand[n] != '=')
		return false;
	*name = (struct slice){ operand, n };
	*value = slice_of(operand + n + 1);
	return true;
}

/* Is the name among the TAB-parted ones? */
static bool
is_put(const struct sheet *s, struct slice name)
{
	struct slice rest = buf_all(&s->names), one = { "", 0 };

	while (rest.len > 0 && text_part(&rest, '\t', &one))
		if (slice_eq(one, name))
			return true;
	return false;
}

bool
sheet_put(struct sheet *s, struct slice name, struct slice value,
    struct err *e)
{
	const char *what = NULL;
	char column[NEAR_MAX + 1], shown[ERR_SHOWN];

	snprintf(column, sizeof column, "%.*s", (int)name.len, name.at);
	if (is_put(s, name))
		what = _("given twice");
	else if (text_utf8(value) < value.len)
		what = _("not UTF-8");
	if (s->names.len > 0) {
		buf_byte(&s->names, '\t');
		buf_byte(&s->line, '\t');
	}
	buf_slice(&s->names, name);
	text_escape(&s->line, value);
	if (what == NULL && value.len > SHEET_FIELD)
		what = _("longer than 64 KiB");
	return what == NULL || err_set(e, CRM_DATA, "%s: %s: \"%s\"", column,
	    what, err_shown(shown, value));
}

bool
sheet_done(struct sheet *s, struct err *e)
{
	bool good = head_parse(&s->head, buf_all(&s->names), "-", e);

	s->rows.cols = s->head.cols;
	if (good && s->line.len >= INPUT_ROW)
		good = err_set(e, CRM_DATA, _("the row is longer than 1 MiB"));
	if (good)
		rows_add(&s->rows, buf_all(&s->line), 0);
	buf_free(&s->names);
	buf_free(&s->line);
	return good;
}

struct slice
sheet_value(const struct sheet *s, size_t i, int col, struct buf *room)
{
	return text_value(rows_field(&s->rows, i, col), room);
}

bool
sheet_told(const struct sheet *s, size_t i, const char *column,
    const char *what, const char *quoted, struct err *e)
{
	uint64_t line = rows_number(&s->rows, i);

	if (s->name == NULL)
		return err_row(e, i, "%s: %s: %s", column, what, quoted);
	return err_row(e, line, "%s:%ju: %s: %s: %s", s->name,
	    (uintmax_t)line, column, what, quoted);
}

bool
sheet_bad(const struct sheet *s, size_t i, const char *column,
    const char *what, struct slice value, struct err *e)
{
	char words[NEAR_TOLD];

	return sheet_told(s, i, column, what,
	    near_told(words, value, SLICE_EMPTY), e);
}

bool
sheet_unknown(const struct sheet *s, size_t i, const char *column,
    struct slice value, struct slice near, struct err *e)
{
	char words[NEAR_TOLD];

	return sheet_told(s, i, column, _("unknown"),
	    near_told(words, value, near), e);
}

bool
sheet_unknown_column(const struct sheet *s, size_t col,
    const struct slice *known, size_t n, struct err *e)
{
	struct slice name = s->head.column[col];
	char words[NEAR_TOLD];

	near_told(words, name, near_word(name, known, n));
	if (s->name == NULL)
		return err_row(e, 1, _("unknown field: %s"), words);
	return err_row(e, 1, _("%s:1: unknown column: %s"), s->name, words);
}

void
sheet_free(struct sheet *s)
{
	head_free(&s->head);
	rows_free(&s->rows);
	buf_free(&s->names);
	buf_free(&s->line);
	free(s->name);
	*s = (struct sheet){ 0 };
}
