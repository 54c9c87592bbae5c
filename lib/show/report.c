#include "show/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/text.h"
#include "base/tr.h"
#include "show/cell.h"
#include "show/wording.h"

enum { CELL_LABEL, CELL_NOW, CELL_BEFORE, CELL_CHANGE, CELL_P, CELL_REMARK,
	CELLS };
enum { SURE = 50 }; /* p below 0.05 is more than chance */

static const int places[] = { [FIGURE_COUNT] = 0, [FIGURE_SHARE] = 2,
	[FIGURE_SCORE] = 1, [FIGURE_MEAN] = 2 };

/* One line of a section, its cells already safe for the format. */
struct line {
	const struct wording *section; /* or NULL: not for people */
	struct buf cell[CELLS];
	bool moved; /* by more than chance */
};

/* A layout in the making. */
struct layout {
	const struct report *report;
	struct show *out;
	struct line *line; /* one per figure */
	int width[CELLS];
};

/* --- one table ------------------------------------------------------------ */

static void
show_figure(struct show *out, enum figure_unit unit, int64_t v)
{
	if (unit == FIGURE_MONEY && v != FIGURE_NONE)
		show_money(out, v);
	else
		show_fixed(out, v, places[unit]);
}

static void
write_table(const struct report *r, struct show *out)
{
	static const struct show_column column[] = {
		{ "section", SHOW_TEXT, NULL }, { "figure", SHOW_TEXT, NULL },
		{ "value", SHOW_NUMBER, NULL }, { "n", SHOW_NUMBER, NULL },
		{ "before", SHOW_NUMBER, NULL },
		{ "change", SHOW_NUMBER, NULL }, { "p", SHOW_NUMBER, NULL },
	};

	show_begin(out, column, LEN(column));
	for (size_t i = 0; i < r->figures; i++) {
		const struct figure *f = &r->figure[i];

		show_text(out, f->section);
		show_field(out, f->name);
		show_figure(out, f->unit, f->value);
		show_figure(out, FIGURE_COUNT, f->n);
		show_figure(out, f->unit, f->before);
		show_figure(out, f->unit, f->change);
		show_fixed(out, f->p, 3);
		show_row(out);
	}
	show_end(out);
}

/* --- cells ---------------------------------------------------------------- */

static void
add_safe(const struct layout *l, struct buf *to, struct slice value)
{
	if (l->out->format == SHOW_MD)
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
add_label(const struct layout *l, struct buf *to, const struct figure *f)
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
	add_safe(l, to, buf_all(&text));
	buf_free(&text);
	buf_free(&room);
}

static bool
is_notes(const struct wording *s)
{
	return s != NULL && s->rows == WORDING_NOTES;
}

/*
 * More than chance?  Of a list that is asked of its rows all together: with
 * ten of them, one p in ten times ten may be that small (Bonferroni).
 */
static bool
moved(const struct layout *l, const struct wording *s,
    const struct figure *f)
{
	int64_t rows = 0;

	if (f->p == FIGURE_NONE || is_notes(s))
		return false;
	if (!wording_listed(s))
		return f->p < SURE;
	for (size_t i = 0; i < l->report->figures; i++)
		rows += l->report->figure[i].p != FIGURE_NONE &&
		    strcmp(l->report->figure[i].section, s->key) == 0;
	return f->p * rows < SURE;
}

static bool
is_small(const struct figure *f)
{
	return f->few && f->value != FIGURE_NONE;
}

static void
add_small(struct buf *to, const struct figure *f)
{
	buf_fmt(to, _("small sample (%lld)"), (long long)f->n);
}

static void
add_remark(struct buf *to, const struct line *line, const struct figure *f)
{
	const char *words = f->n > 0
	    ? wording_count(line->section, (unsigned long)f->n)
	    : NULL;

	if (words != NULL && !line->moved)
		buf_fmt(to, words, (long long)f->n);
	else if (is_small(f) && words == NULL)
		add_small(to, f);
	else if (line->moved)
		buf_str(to, _("more than chance"));
	else if (f->p != FIGURE_NONE && f->change != 0)
		buf_str(to, _("may be chance"));
}

static void
make_line(struct layout *l, struct line *to, const struct figure *f)
{
	to->section = wording_of(f->section);
	to->moved = moved(l, to->section, f);
	add_label(l, &to->cell[CELL_LABEL], f);
	add_number(&to->cell[CELL_NOW], f->unit, f->value, false);
	add_number(&to->cell[CELL_BEFORE], f->unit, f->before, false);
	add_number(&to->cell[CELL_CHANGE], f->unit, f->change, true);
	if (f->p != FIGURE_NONE) {
		char text[NUM_TEXT];

		buf_str(&to->cell[CELL_P], num_text(text, f->p, 3));
	}
	add_remark(&to->cell[CELL_REMARK], to, f);
}

static const char *
column_words(int cell)
{
	static const char *const words[CELLS] = { [CELL_NOW] = N_("now"),
		[CELL_BEFORE] = N_("before"), [CELL_CHANGE] = N_("change"),
		[CELL_P] = N_("p") };

	return words[cell] == NULL ? "" : _(words[cell]);
}

static void
measure_widths(struct layout *l)
{
	for (int c = 0; c < CELLS; c++)
		l->width[c] = fold_width(slice_of(column_words(c)));
	for (size_t s = 0; wording_at(s) != NULL; s++) {
		int w = fold_width(slice_of(_(wording_at(s)->heading))) - 2;

		if (w > l->width[CELL_LABEL])
			l->width[CELL_LABEL] = w;
	}
	for (size_t i = 0; i < l->report->figures; i++)
		for (int c = 0; c < CELLS && !is_notes(l->line[i].section);
		    c++) {
			int w = fold_width(buf_all(&l->line[i].cell[c]));

			if (w > l->width[c])
				l->width[c] = w;
		}
}

/* --- pages ---------------------------------------------------------------- */

static void
pad(struct buf *to, int n)
{
	for (; n > 0; n--)
		buf_byte(to, ' ');
}

static void
bold(const struct layout *l, struct buf *to, bool on)
{
	if (l->out->color)
		buf_str(to, on ? "\033[1m" : "\033[0m");
}

/* The cells behind the label: numbers to the right. */
static void
add_cells(const struct layout *l, struct buf *to,
    const struct slice cell[CELLS])
{
	for (int c = CELL_NOW; c < CELLS; c++) {
		buf_str(to, "  ");
		if (c != CELL_REMARK)
			pad(to, l->width[c] - fold_width(cell[c]));
		buf_slice(to, cell[c]);
	}
	while (to->at[to->len - 1] == ' ')
		to->len--;
}

static void
add_heading(const struct layout *l, struct buf *to, const struct wording *s)
{
	struct slice cell[CELLS];
	const char *words = _(s->heading);

	for (int c = 0; c < CELLS; c++)
		cell[c] = slice_of(column_words(c));
	if (l->out->format == SHOW_MD) {
		buf_fmt(to, "\n## %s\n\n|  | %s | %s | %s | %s |  |\n"
		    "| --- | ---: | ---: | ---: | ---: | --- |\n", words,
		    cell[CELL_NOW].at, cell[CELL_BEFORE].at,
		    cell[CELL_CHANGE].at, cell[CELL_P].at);
		return;
	}
	buf_byte(to, '\n');
	bold(l, to, true);
	buf_str(to, words);
	pad(to, l->width[CELL_LABEL] + 2 - fold_width(slice_of(words)));
	add_cells(l, to, cell);
	bold(l, to, false);
	buf_byte(to, '\n');
}

static void
add_line(const struct layout *l, struct buf *to, const struct line *line)
{
	struct slice cell[CELLS];

	for (int c = 0; c < CELLS; c++)
		cell[c] = buf_all(&line->cell[c]);
	if (l->out->format == SHOW_MD) {
		for (int c = 0; c < CELLS; c++) {
			buf_str(to, "| ");
			buf_slice(to, cell[c]);
			buf_byte(to, ' ');
		}
		buf_str(to, "|\n");
		return;
	}
	buf_str(to, "  ");
	buf_slice(to, cell[CELL_LABEL]);
	pad(to, l->width[CELL_LABEL] - fold_width(cell[CELL_LABEL]));
	add_cells(l, to, cell);
	buf_byte(to, '\n');
}

static bool
says_nothing(int64_t v, bool zero)
{
	return v == FIGURE_NONE || (zero && v == 0);
}

/* Does a figure say nothing? */
static bool
empty(const struct wording *s, const struct figure *f)
{
	bool zero = s->rows == WORDING_OURS_BUT_ZEROS &&
	    (f->unit == FIGURE_COUNT || f->unit == FIGURE_MONEY);

	if (is_notes(s))
		return f->note == NULL;
	return says_nothing(f->value, zero) && says_nothing(f->before, zero);
}

/* Is there anything to tell?  Not by a list in which nothing is named. */
static bool
tells(const struct layout *l, const struct wording *s)
{
	const struct report *r = l->report;

	for (size_t i = 0; i < r->figures; i++)
		if (l->line[i].section == s && !empty(s, &r->figure[i]) &&
		    (!wording_listed(s) || r->figure[i].name.len > 0))
			return true;
	return false;
}

static void
add_plain_heading(const struct layout *l, struct buf *to,
    const struct wording *s)
{
	bool md = l->out->format == SHOW_MD;

	buf_str(to, md ? "\n## " : "\n");
	bold(l, to, true);
	buf_str(to, _(s->heading));
	bold(l, to, false);
	buf_str(to, md ? "\n\n" : "\n");
}

static void
add_note(const struct layout *l, struct buf *to, const struct line *line)
{
	buf_str(to, l->out->format == SHOW_MD ? "- " : "  ");
	buf_slice(to, buf_all(&line->cell[CELL_LABEL]));
	buf_byte(to, '\n');
}

static void
add_section(const struct layout *l, struct buf *to, const struct wording *s)
{
	const struct report *r = l->report;
	bool told = tells(l, s), plain = !told || is_notes(s);

	if (!told && s->none == NULL)
		return;
	(plain ? add_plain_heading : add_heading)(l, to, s);
	if (!told)
		buf_fmt(to, "%s%s\n", l->out->format == SHOW_MD ? "" : "  ",
		    _(s->none));
	for (size_t i = 0; i < r->figures; i++) {
		const struct line *line = &l->line[i];

		if (line->section == s && !empty(s, &r->figure[i]))
			(plain ? add_note : add_line)(l, to, line);
	}
}

static void
add_title(const struct layout *l, struct buf *to)
{
	static const char *const titles[] = { N_("Report of the day"),
		N_("Weekly report"), N_("Monthly report"),
		N_("Quarterly report"), N_("Report of the year"),
		N_("Report") };
	const struct report *r = l->report;
	char name[PERIOD_TEXT], first[DATE_TEXT], last[DATE_TEXT];

	buf_str(to, l->out->format == SHOW_MD ? "# " : "");
	bold(l, to, true);
	buf_fmt(to, "%s %s", _(titles[r->now.unit]),
	    period_name(name, r->now));
	bold(l, to, false);
	buf_str(to, l->out->format == SHOW_MD ? "\n\n" : "\n");
	buf_fmt(to, _("%s to %s, compared with %s"),
	    date_text(first, r->now.first), date_text(last, r->now.last),
	    period_name(name, r->before));
	if (r->currency[0] != '\0')
		buf_fmt(to, _("; amounts in %s"), r->currency);
	buf_str(to, r->running ? _("; not over yet") : "");
	buf_byte(to, '\n');
}

static bool
is_news(const struct layout *l, size_t at)
{
	const struct wording *s = l->line[at].section;

	return l->line[at].moved && s != NULL && tells(l, s) &&
	    !(wording_listed(s) && figure_repeats(l->report->figure, at));
}

/* What is to be looked at, whatever has changed. */
static void
add_alarms(const struct layout *l, struct buf *to)
{
	const struct report *r = l->report;
	bool any = false;

	for (size_t i = 0; i < r->figures; i++) {
		const struct buf *cell = l->line[i].cell;

		if (!r->figure[i].alarm || r->figure[i].value <= 0)
			continue;
		buf_str(to, any ? "" : "\n");
		any = true;
		buf_fmt(to, "%s%s: %s\n",
		    l->out->format == SHOW_MD ? "- " : "! ",
		    buf_text(&cell[CELL_LABEL]), buf_text(&cell[CELL_NOW]));
	}
}

/* The figures that changed by more than chance, first of all. */
static void
add_news(const struct layout *l, struct buf *to)
{
	const struct report *r = l->report;
	bool any = false, md = l->out->format == SHOW_MD;

	buf_byte(to, '\n');
	for (size_t i = 0; i < r->figures; i++) {
		const struct line *line = &l->line[i];
		const struct buf *cell = line->cell;

		if (!is_news(l, i))
			continue;
		any = true;
		buf_str(to, md ? "- " : "* ");
		if (wording_listed(line->section))
			buf_fmt(to, "%s, ", _(line->section->heading));
		buf_fmt(to, _("%s: %s after %s, more than chance"),
		    buf_text(&cell[CELL_LABEL]), buf_text(&cell[CELL_NOW]),
		    buf_text(&cell[CELL_BEFORE]));
		if (is_small(&r->figure[i])) {
			buf_str(to, ", ");
			add_small(to, &r->figure[i]);
		}
		buf_byte(to, '\n');
	}
	if (!any)
		buf_fmt(to, "%s\n",
		    _("Nothing changed by more than chance."));
	add_alarms(l, to);
}

static void
write_pages(const struct report *r, struct show *out)
{
	struct layout l = { .report = r, .out = out };
	struct buf text = { 0 };

	l.line = mem_zero(r->figures, sizeof *l.line);
	for (size_t i = 0; i < r->figures; i++)
		make_line(&l, &l.line[i], &r->figure[i]);
	measure_widths(&l);
	add_title(&l, &text);
	add_news(&l, &text);
	for (size_t s = 0; wording_at(s) != NULL; s++)
		add_section(&l, &text, wording_at(s));
	show_write(out, buf_text(&text), text.len);
	for (size_t i = 0; i < r->figures; i++)
		for (int c = 0; c < CELLS; c++)
			buf_free(&l.line[i].cell[c]);
	free(l.line);
	buf_free(&text);
}

void
report_write(const struct report *r, struct show *out)
{
	if (show_people(out))
		write_pages(r, out);
	else
		write_table(r, out);
}
