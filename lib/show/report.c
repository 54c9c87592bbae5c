#include "show/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/text.h"
#include "base/tr.h"
#include "show/cell.h"

enum { CELL_LABEL, CELL_NOW, CELL_BEFORE, CELL_CHANGE, CELL_P, CELL_REMARK,
	CELLS };
enum { SURE = 50 }; /* p below 0.05 is more than chance */

/* What the rows of a section are: figures that have words of their own
 * (counts of nothing left out, or not), or a list whose rows are named by
 * the data, and what their n counts. */
enum rows { OURS, OURS_BUT_ZEROS, LISTED, LISTED_ORDERS, LISTED_ANSWERS,
	LISTED_TONES };

/* In their order.  Where there is nothing to tell they say so, or are left
 * out. */
static const struct section {
	const char *key, *heading, *none;
	enum rows rows;
} sections[] = {
	{ "health", N_("Customer relationship"), NULL, OURS },
	{ "customers", N_("Customers"), NULL, OURS },
	{ "sales", N_("Sales"), NULL, OURS },
	{ "source", N_("Source of new customers"), NULL, LISTED },
	{ "touch", N_("First touch by channel"), NULL, LISTED },
	{ "referrals", N_("Referrals by customer"), NULL, LISTED },
	{ "nps", N_("Recommendation (NPS)"), N_("nobody was asked"), OURS },
	{ "nps_channel", N_("NPS by channel"), NULL, LISTED_ANSWERS },
	{ "csat_channel", N_("Satisfaction by channel"), NULL,
	    LISTED_ANSWERS },
	{ "ces_channel", N_("Ease by channel"), NULL, LISTED_ANSWERS },
	{ "tone_channel", N_("Impression by channel"), NULL, LISTED_TONES },
	{ "nps_person", N_("NPS by person"), NULL, LISTED_ANSWERS },
	{ "csat_person", N_("Satisfaction by person"), NULL,
	    LISTED_ANSWERS },
	{ "ces_person", N_("Ease by person"), NULL, LISTED_ANSWERS },
	{ "tone_person", N_("Impression by person"), NULL, LISTED_TONES },
	{ "unmet", N_("Needs not met"), NULL, LISTED },
	{ "loop", N_("Closed loop"), NULL, OURS_BUT_ZEROS },
	{ "cases", N_("Complaints and requests"), N_("none"), OURS },
	{ "best", N_("Best customers"), N_("nobody ordered"),
	    LISTED_ORDERS },
	{ "falling", N_("Falling customers"), N_("none"), LISTED_ORDERS },
};

static const struct label {
	const char *section, *name, *words;
} labels[] = {
	{ "health", "orientation", N_("Orientation (in time)") },
	{ "health", "satisfaction", N_("Satisfaction (4 or 5)") },
	{ "health", "loyalty", N_("Loyalty (bought again)") },
	{ "health", "value", N_("Value (per customer)") },
	{ "customers", "new", N_("New customers") },
	{ "customers", "active", N_("Customers who ordered") },
	{ "customers", "regular", N_("Regular customers") },
	{ "sales", "orders", N_("Orders") },
	{ "sales", "revenue", N_("Revenue") },
	{ "sales", "refunds", N_("Refunds") },
	{ "sales", "basket", N_("Mean basket") },
	{ "sales", "repeat_rate", N_("Share of repeat buyers") },
	{ "nps", "score", N_("Score (-100 to 100)") },
	{ "nps", "low", N_("Interval from (95 %)") },
	{ "nps", "high", N_("Interval to (95 %)") },
	{ "loop", "answers", N_("Answers to surveys") },
	{ "loop", "taken_up", N_("Taken up") },
	{ "loop", "low_taken_up", N_("Low ones taken up") },
	{ "cases", "opened", N_("Cases opened") },
	{ "cases", "solved", N_("Cases solved") },
	{ "cases", "open", N_("Cases open at the end") },
};

static const int places[] = { [FIGURE_COUNT] = 0, [FIGURE_SHARE] = 2,
	[FIGURE_SCORE] = 1, [FIGURE_MEAN] = 2 };

/* One line of a section, its cells already safe for the format. */
struct line {
	const struct section *section; /* or NULL: not for people */
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
	if (v == FIGURE_NONE)
		show_empty(out);
	else if (unit == FIGURE_MONEY)
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

	show_begin(out, column, sizeof column / sizeof *column);
	for (size_t i = 0; i < r->figures; i++) {
		const struct figure *f = &r->figure[i];

		show_text(out, f->section);
		show_field(out, f->name);
		show_figure(out, f->unit, f->value);
		show_figure(out, FIGURE_COUNT, f->n);
		show_figure(out, f->unit, f->before);
		show_figure(out, f->unit, f->change);
		if (f->p == FIGURE_NONE)
			show_empty(out);
		else
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

static const char *
words_of(const struct figure *f)
{
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (strcmp(labels[i].section, f->section) == 0 &&
		    slice_is(f->name, labels[i].name))
			return _(labels[i].words);
	return NULL;
}

static const struct section *
section_of(const struct figure *f)
{
	for (size_t s = 0; s < sizeof sections / sizeof *sections; s++)
		if (strcmp(sections[s].key, f->section) == 0)
			return &sections[s];
	return NULL;
}

static bool
listed(const struct section *s)
{
	return s != NULL && s->rows >= LISTED;
}

/* What a figure is called: its words, or what the row is of. */
static void
add_label(const struct layout *l, struct buf *to, const struct figure *f)
{
	const char *words = words_of(f);
	struct buf room = { 0 }, text = { 0 };

	if (words != NULL) {
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

/*
 * More than chance?  Of a list that is asked of its rows all together: with
 * ten of them, one p in ten times ten may be that small (Bonferroni).
 */
static bool
moved(const struct layout *l, const struct section *s,
    const struct figure *f)
{
	int64_t rows = 0;

	if (f->p == FIGURE_NONE)
		return false;
	if (!listed(s))
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

/* What n counts, where a list says so. */
static const char *
count_words(const struct section *s, unsigned long n)
{
	switch (s == NULL ? OURS : s->rows) {
	case LISTED_ORDERS: return ngettext("%lld order", "%lld orders", n);
	case LISTED_ANSWERS: return ngettext("%lld answer", "%lld answers", n);
	case LISTED_TONES:
		return ngettext("%lld impression", "%lld impressions", n);
	default: return NULL;
	}
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
	    ? count_words(line->section, (unsigned long)f->n)
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
	to->section = section_of(f);
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
	for (size_t s = 0; s < sizeof sections / sizeof *sections; s++) {
		int w = fold_width(slice_of(_(sections[s].heading))) - 2;

		if (w > l->width[CELL_LABEL])
			l->width[CELL_LABEL] = w;
	}
	for (size_t i = 0; i < l->report->figures; i++)
		for (int c = 0; c < CELLS; c++) {
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
add_heading(const struct layout *l, struct buf *to, const struct section *s)
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

/* Does a figure say nothing? */
static bool
empty(const struct section *s, const struct figure *f)
{
	if (s->rows == OURS_BUT_ZEROS && f->unit == FIGURE_COUNT)
		return f->value == 0 && f->before == 0;
	return f->value == FIGURE_NONE && f->before == FIGURE_NONE;
}

/* Is there anything to tell?  Not by a list in which nothing is named. */
static bool
tells(const struct layout *l, const struct section *s)
{
	const struct report *r = l->report;

	for (size_t i = 0; i < r->figures; i++)
		if (l->line[i].section == s && !empty(s, &r->figure[i]) &&
		    (!listed(s) || r->figure[i].name.len > 0))
			return true;
	return false;
}

static void
add_section(const struct layout *l, struct buf *to, const struct section *s)
{
	const struct report *r = l->report;

	if (tells(l, s)) {
		add_heading(l, to, s);
		for (size_t i = 0; i < r->figures; i++)
			if (l->line[i].section == s &&
			    !empty(s, &r->figure[i]))
				add_line(l, to, &l->line[i]);
		return;
	}
	if (s->none == NULL)
		return;
	buf_str(to, l->out->format == SHOW_MD ? "\n## " : "\n");
	bold(l, to, true);
	buf_str(to, _(s->heading));
	bold(l, to, false);
	buf_str(to, l->out->format == SHOW_MD ? "\n\n" : "\n  ");
	buf_fmt(to, "%s\n", _(s->none));
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
is_news(const struct layout *l, const struct line *line)
{
	return line->moved && line->section != NULL &&
	    tells(l, line->section);
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

		if (!is_news(l, line))
			continue;
		any = true;
		buf_str(to, md ? "- " : "* ");
		if (listed(line->section))
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
	for (size_t s = 0; s < sizeof sections / sizeof *sections; s++)
		add_section(&l, &text, &sections[s]);
	fwrite(buf_text(&text), 1, text.len, out->to);
	for (size_t i = 0; i < r->figures; i++)
		for (int c = 0; c < CELLS; c++)
			buf_free(&l.line[i].cell[c]);
	free(l.line);
	buf_free(&text);
}

void
report_write(const struct report *r, struct show *out)
{
	if (out->format == SHOW_TABLE || out->format == SHOW_MD)
		write_pages(r, out);
	else
		write_table(r, out);
}
