#include "show/lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/text.h"
#include "base/tr.h"
#include "show/cell.h"

enum { SURE = 50 }; /* p below 0.05 is more than chance */

static const int places[] = { [FIGURE_COUNT] = 0, [FIGURE_SHARE] = 2,
	[FIGURE_SCORE] = 1, [FIGURE_MEAN] = 2 };

struct make {
	const struct report *report;
	bool md;
};

static void
add_safe(const struct make *m, struct buf *to, struct slice value)
{
	if (m->md)
		cell_md(to, value);
	else
		cell_visible(to, value);
}

static void
add_number(struct buf *to, enum figure_unit unit, int64_t v, bool sign)
{
	char text[NUM_TEXT];

	if (v == FIGURE_NONE)
		return;
	if (sign && v > 0)
		buf_byte(to, '+');
	buf_str(to, unit == FIGURE_MONEY ? num_money(text, v) :
	    num_text(text, v, places[unit]));
	if (unit == FIGURE_SHARE && !sign)
		buf_str(to, " %");
}

/* What a figure is called: its words, or what the row is of. */
static void
add_label(const struct make *m, struct buf *to, const struct figure *f)
{
	const char *words = wording_label(f);
	struct buf room = { 0 }, text = { 0 };

	if (f->note != NULL) {
		buf_str(&text, f->note);
	} else if (words != NULL) {
		buf_str(&text, words);
	} else if (f->name.len == 0) {
		buf_str(&text, _("not known"));
	} else {
		if (f->who.len > 0) {
			buf_slice(&text, text_value(f->who, &room));
			buf_str(&text, " (");
		}
		buf_slice(&text, text_value(f->name, &room));
		buf_str(&text, f->who.len > 0 ? ")" : "");
	}
	add_safe(m, to, buf_all(&text));
	buf_free(&text);
	buf_free(&room);
}

bool
lines_notes(const struct wording *s)
{
	return s != NULL && s->rows == WORDING_NOTES;
}

/*
 * More than chance?  Of a list that is asked of its rows all together: with
 * ten of them, one p in ten times ten may be that small (Bonferroni).
 */
static bool
moved(const struct make *m, const struct wording *s,
    const struct figure *f)
{
	int64_t rows = 0;

	if (f->p == FIGURE_NONE || lines_notes(s))
		return false;
	if (!wording_listed(s))
		return f->p < SURE;
	for (size_t i = 0; i < m->report->figures; i++)
		rows += m->report->figure[i].p != FIGURE_NONE &&
		    strcmp(m->report->figure[i].section, s->key) == 0;
	return f->p * rows < SURE;
}

bool
lines_few(const struct figure *f)
{
	return f->few && f->value != FIGURE_NONE;
}

static void
add_remark(struct buf *to, const struct line *line, const struct figure *f)
{
	const char *words = f->n > 0
	    ? wording_count(line->section, (unsigned long)f->n)
	    : NULL;

	if (words != NULL && !line->moved)
		buf_fmt(to, words, (long long)f->n);
	else if (lines_few(f) && words == NULL)
		buf_fmt(to, _("few (%lld)"), (long long)f->n);
	else if (line->moved)
		buf_str(to, _("beyond chance"));
	else if (f->p != FIGURE_NONE && f->change != 0)
		buf_str(to, _("may be chance"));
}

static void
make_line(const struct make *m, struct line *to, const struct figure *f)
{
	to->section = wording_of(f->section);
	to->moved = moved(m, to->section, f);
	add_label(m, &to->cell[CELL_LABEL], f);
	add_number(&to->cell[CELL_NOW], f->unit, f->value, false);
	add_number(&to->cell[CELL_BEFORE], f->unit, f->before, false);
	add_number(&to->cell[CELL_CHANGE], f->unit, f->change, true);
	if (f->p != FIGURE_NONE) {
		char text[NUM_TEXT];

		buf_str(&to->cell[CELL_P], num_text(text, f->p, 3));
	}
	add_remark(&to->cell[CELL_REMARK], to, f);
}

struct line *
lines_make(const struct report *r, bool md)
{
	const struct make m = { r, md };
	struct line *line = mem_zero(r->figures, sizeof *line);

	for (size_t i = 0; i < r->figures; i++)
		make_line(&m, &line[i], &r->figure[i]);
	return line;
}

void
lines_free(struct line *line, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (int c = 0; c < CELLS; c++)
			buf_free(&line[i].cell[c]);
	free(line);
}
