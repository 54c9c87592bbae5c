#include "show/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/text.h"
#include "base/tr.h"
#include "show/lines.h"
#include "show/wording.h"
#include "show/wrap.h"

enum {
	PAGE = 80,   /* columns of a line, at most */
	INDENT = 2,  /* of what stands below a heading */
	LEAST = 4,   /* columns of labels, whatever stands behind them */
};

static const int places[] = { [FIGURE_COUNT] = 0, [FIGURE_SHARE] = 2,
	[FIGURE_SCORE] = 1, [FIGURE_MEAN] = 2 };

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

/* --- columns -------------------------------------------------------------- */

static const char *
column_words(int cell)
{
	static const char *const words[CELLS] = { [CELL_NOW] = N_("now"),
		[CELL_BEFORE] = N_("before"), [CELL_CHANGE] = N_("change"),
		[CELL_P] = N_("p") };

	return words[cell] == NULL ? "" : _(words[cell]);
}

/* Labels get what the other cells leave. */
static void
fit_labels(struct layout *l)
{
	int left = PAGE - INDENT;

	for (int c = CELL_NOW; c < CELLS; c++)
		left -= 2 + l->width[c];
	left = left > LEAST ? left : LEAST;
	if (l->width[CELL_LABEL] > left)
		l->width[CELL_LABEL] = left;
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
		for (int c = 0; c < CELLS && !lines_notes(l->line[i].section);
		    c++) {
			int w = fold_width(buf_all(&l->line[i].cell[c]));

			if (w > l->width[c])
				l->width[c] = w;
		}
	fit_labels(l);
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

static void
put_text(const struct layout *l, struct buf *to, struct slice text, int at,
    int indent)
{
	if (l->out->format == SHOW_MD)
		buf_slice(to, text);
	else
		wrap_text(to, text, at, indent, PAGE);
}

/* The label or heading that begins at column `at`; one that is too wide has
 * a line for itself. */
static void
add_first(const struct layout *l, struct buf *to, struct slice words, int at)
{
	int width = l->width[CELL_LABEL] + INDENT - at;

	put_text(l, to, words, at, 2 * INDENT);
	if (fold_width(words) > width) {
		buf_byte(to, '\n');
		pad(to, l->width[CELL_LABEL] + INDENT);
	} else {
		pad(to, width - fold_width(words));
	}
}

/* Numbers, to the right. */
static void
add_numbers(const struct layout *l, struct buf *to,
    const struct slice cell[CELLS])
{
	for (int c = CELL_NOW; c < CELL_REMARK; c++) {
		pad(to, 2 + l->width[c] - fold_width(cell[c]));
		buf_slice(to, cell[c]);
	}
}

/* ... and the remark, in the next line if there is no room for it. */
static void
add_cells(const struct layout *l, struct buf *to,
    const struct slice cell[CELLS])
{
	int at = INDENT + l->width[CELL_LABEL];

	add_numbers(l, to, cell);
	for (int c = CELL_NOW; c < CELL_REMARK; c++)
		at += 2 + l->width[c];
	if (at + 2 + l->width[CELL_REMARK] > PAGE &&
	    cell[CELL_REMARK].len > 0) {
		while (to->at[to->len - 1] == ' ')
			to->len--;
		buf_byte(to, '\n');
		pad(to, INDENT);
	}
	pad(to, 2);
	buf_slice(to, cell[CELL_REMARK]);
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
	add_first(l, to, slice_of(words), 0);
	add_numbers(l, to, cell);
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
	pad(to, INDENT);
	add_first(l, to, cell[CELL_LABEL], INDENT);
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

	if (lines_notes(s))
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
	put_text(l, to, buf_all(&line->cell[CELL_LABEL]), INDENT, 2 * INDENT);
	buf_byte(to, '\n');
}

static void
add_section(const struct layout *l, struct buf *to, const struct wording *s)
{
	const struct report *r = l->report;
	bool told = tells(l, s), plain = !told || lines_notes(s);

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
	struct buf text = { 0 };

	buf_str(to, l->out->format == SHOW_MD ? "# " : "");
	bold(l, to, true);
	buf_fmt(to, "%s %s", _(titles[r->now.unit]),
	    period_name(name, r->now));
	bold(l, to, false);
	buf_str(to, l->out->format == SHOW_MD ? "\n\n" : "\n");
	buf_fmt(&text, _("%s to %s, compared with %s"),
	    date_text(first, r->now.first), date_text(last, r->now.last),
	    period_name(name, r->before));
	if (r->currency[0] != '\0')
		buf_fmt(&text, _("; amounts in %s"), r->currency);
	buf_str(&text, r->running ? _("; not over yet") : "");
	put_text(l, to, buf_all(&text), 0, INDENT);
	buf_byte(to, '\n');
	buf_free(&text);
}

static bool
is_news(const struct layout *l, size_t at)
{
	const struct wording *s = l->line[at].section;

	return l->line[at].moved && s != NULL && tells(l, s) &&
	    !(wording_listed(s) && figure_repeats(l->report->figure, at));
}

/* A line of what comes first.  In Markdown lists of another mark are others. */
static void
add_item(const struct layout *l, struct buf *to, const char *mark,
    const struct buf *text)
{
	buf_str(to, l->out->format != SHOW_MD ? mark :
		    mark[0] == '!' ? "* " : "- ");
	put_text(l, to, buf_all(text), INDENT, INDENT);
	buf_byte(to, '\n');
}

/* What is to be looked at, whatever has changed. */
static void
add_alarms(const struct layout *l, struct buf *to)
{
	const struct report *r = l->report;
	struct buf text = { 0 };

	for (size_t i = 0; i < r->figures; i++) {
		const struct buf *cell = l->line[i].cell;

		if (!r->figure[i].alarm || r->figure[i].value <= 0)
			continue;
		buf_str(to, text.len > 0 ? "" : "\n");
		buf_clear(&text);
		buf_fmt(&text, "%s: %s", buf_text(&cell[CELL_LABEL]),
		    buf_text(&cell[CELL_NOW]));
		add_item(l, to, "! ", &text);
	}
	buf_free(&text);
}

static void
news(struct buf *to, const struct line *line, const struct figure *f)
{
	const struct buf *cell = line->cell;

	if (wording_listed(line->section))
		buf_fmt(to, "%s, ", _(line->section->heading));
	buf_fmt(to, _("%s: %s after %s, more than chance"),
	    buf_text(&cell[CELL_LABEL]), buf_text(&cell[CELL_NOW]),
	    buf_text(&cell[CELL_BEFORE]));
	if (lines_few(f)) {
		buf_str(to, ", ");
		buf_fmt(to, _("small sample (%lld)"), (long long)f->n);
	}
}

/* The figures that changed by more than chance, first of all. */
static void
add_news(const struct layout *l, struct buf *to)
{
	const struct report *r = l->report;
	struct buf text = { 0 };

	buf_byte(to, '\n');
	for (size_t i = 0; i < r->figures; i++) {
		if (!is_news(l, i))
			continue;
		buf_clear(&text);
		news(&text, &l->line[i], &r->figure[i]);
		add_item(l, to, "* ", &text);
	}
	if (text.len == 0)
		buf_fmt(to, "%s\n",
		    _("Nothing changed by more than chance."));
	add_alarms(l, to);
	buf_free(&text);
}

static void
write_pages(const struct report *r, struct show *out)
{
	struct layout l = { .report = r, .out = out };
	struct buf text = { 0 };

	l.line = lines_make(r, out->format == SHOW_MD);
	measure_widths(&l);
	add_title(&l, &text);
	add_news(&l, &text);
	for (size_t s = 0; wording_at(s) != NULL; s++)
		add_section(&l, &text, wording_at(s));
	show_write(out, buf_text(&text), text.len);
	lines_free(l.line, r->figures);
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
