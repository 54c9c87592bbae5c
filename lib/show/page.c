#include "show/page.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/fold.h"
#include "base/num.h"
#include "base/text.h"
#include "base/tr.h"
#include "show/cell.h"

static void
flush(struct page *p)
{
	show_write(p->out, buf_text(&p->line), p->line.len);
	buf_clear(&p->line);
}

void
page_begin(struct page *p, struct show *out)
{
	static const struct show_column column[] = {
		{ "section", SHOW_TEXT, NULL }, { "field", SHOW_TEXT, NULL },
		{ "value", SHOW_TEXT, NULL },
	};

	*p = (struct page){ .out = out };
	if (out->format == SHOW_JSON)
		buf_byte(&p->line, '{');
	else if (!show_people(p->out))
		show_begin(out, column, 3);
}

static const char *
heading(const struct show_column *c)
{
	return c->heading != NULL ? _(c->heading) : c->name;
}

static void
add_title(struct page *p)
{
	const bool color = p->out->color && p->out->format == SHOW_TABLE;

	if (p->sections++ > 0)
		buf_byte(&p->line, '\n');
	buf_str(&p->line, p->out->format == SHOW_MD ? "## " : "");
	buf_str(&p->line, color ? "\033[1m" : "");
	if (p->out->format == SHOW_MD)
		cell_md(&p->line, slice_of(_(p->title)));
	else
		cell_visible(&p->line, slice_of(_(p->title)));
	buf_str(&p->line, color ? "\033[0m\n" : "\n");
	buf_str(&p->line, p->out->format == SHOW_MD ? "\n" : "");
}

/* JSON: what comes before and behind sections, rows and fields */

static void
json_key(struct page *p, const char *key)
{
	buf_byte(&p->line, '"');
	cell_json(&p->line, slice_of(key));
	buf_str(&p->line, "\":");
}

static void
json_section(struct page *p)
{
	buf_str(&p->line, p->sections++ > 0 ? ",\n" : "\n");
	json_key(p, p->key);
	buf_str(&p->line, p->list ? "[" : "{");
}

static void
json_field(struct page *p, struct slice value)
{
	const struct show_column *c = &p->column[p->at];

	if (p->list && p->at == 0)
		buf_str(&p->line, p->rows > 0 ? ",\n{" : "\n{");
	else if (p->at > 0)
		buf_byte(&p->line, ',');
	json_key(p, c->name);
	if (c->type == SHOW_NUMBER && value.len == 0) {
		buf_str(&p->line, "null");
	} else if (c->type == SHOW_NUMBER && cell_json_number(value)) {
		buf_slice(&p->line, value);
	} else {
		buf_byte(&p->line, '"');
		cell_json(&p->line, value);
		buf_byte(&p->line, '"');
	}
	if (p->list && p->at + 1 == p->cols)
		buf_byte(&p->line, '}');
}

/* Sections for people */

static void
measure_labels(struct page *p)
{
	p->width = 0;
	for (size_t c = 0; c < p->cols; c++) {
		int w = fold_width(slice_of(heading(&p->column[c])));

		p->width = w > p->width ? w : p->width;
	}
}

static void
record_field(struct page *p, struct slice value)
{
	const char *label = heading(&p->column[p->at]);
	int pad = p->width - fold_width(slice_of(label));

	if (value.len == 0)
		return;
	if (p->rows++ == 0)
		add_title(p);
	if (p->out->format == SHOW_MD) {
		buf_fmt(&p->line, "- **%s**: ", label);
		cell_md(&p->line, value);
	} else {
		buf_fmt(&p->line, "  %s%*s  ", label, pad, "");
		cell_visible(&p->line, value);
	}
	buf_byte(&p->line, '\n');
}

static void
begin_list(struct page *p)
{
	add_title(p);
	flush(p);
	show_begin(p->out, p->column, p->cols);
}

static void
list_field(struct page *p, struct slice value)
{
	if (p->rows == 0 && p->at == 0)
		begin_list(p);
	show_value(p->out, value);
	if (p->at + 1 == p->cols)
		show_row(p->out);
}

static void
table_field(struct page *p, struct slice value)
{
	if (value.len == 0)
		return;
	show_text(p->out, p->key);
	show_text(p->out, p->column[p->at].name);
	show_value(p->out, value);
	show_row(p->out);
}

void
page_end_section(struct page *p)
{
	if (p->column == NULL)
		return;
	if (p->out->format == SHOW_JSON)
		buf_str(&p->line, p->list ? p->rows > 0 ? "\n]" : "]" : "}");
	else if (show_people(p->out) && p->list && p->rows > 0)
		show_end(p->out);
	flush(p);
	p->column = NULL;
}

void
page_section(struct page *p, const char *key, const char *title,
    const struct show_column *column, size_t n, bool list)
{
	page_end_section(p);
	p->key = key;
	p->title = title;
	p->column = column;
	p->cols = n;
	p->list = list;
	p->at = p->rows = 0;
	measure_labels(p);
	if (p->out->format == SHOW_JSON)
		json_section(p);
}

void
page_field(struct page *p, struct slice field)
{
	struct slice value = text_value(field, &p->room);

	if (p->out->format == SHOW_JSON)
		json_field(p, value);
	else if (!show_people(p->out))
		table_field(p, value);
	else if (p->list)
		list_field(p, value);
	else
		record_field(p, value);
	if (++p->at < p->cols)
		return;
	p->at = 0;
	p->rows += p->list;
}

void
page_text(struct page *p, const char *text)
{
	page_field(p, slice_of(text));
}

void
page_empty(struct page *p)
{
	page_field(p, SLICE_EMPTY);
}

void
page_int(struct page *p, int64_t v)
{
	char text[NUM_TEXT];

	page_text(p, num_text(text, v, 0));
}

void
page_fixed(struct page *p, int64_t v, int places)
{
	char text[NUM_TEXT];

	page_text(p, v == INT64_MIN ? "" : num_text(text, v, places));
}

void
page_money(struct page *p, int64_t v)
{
	char text[NUM_TEXT];

	page_text(p, v == INT64_MIN ? "" : num_money(text, v));
}

void
page_day(struct page *p, int32_t day)
{
	char text[DATE_TEXT];

	page_text(p, day == DATE_NONE ? "" : date_text(text, day));
}

void
page_time(struct page *p, int64_t time)
{
	char text[DATE_TEXT];

	page_text(p, time == INT64_MIN ? "" : date_time_text(text, time));
}

void
page_end(struct page *p)
{
	page_end_section(p);
	if (p->out->format == SHOW_JSON)
		buf_str(&p->line, "\n}\n");
	else if (!show_people(p->out))
		show_end(p->out);
	flush(p);
	buf_free(&p->line);
	buf_free(&p->room);
}
