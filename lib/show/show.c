#include "show/show.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/tr.h"
#include "show/align.h"
#include "show/cell.h"
#include "show/digits.h"

enum {
	PLAIN = DIGITS + 3, /* room for digits, marks and a NUL */
	STEP = 8,          /* bytes of a joint that are copied unasked */
};

/* What goes around the fields of a column: `before` in front of each, and
 * the mark (a quote, a NUL) before and behind those that are no text. */
struct show_joint {
	struct slice before;
	char mark;
	bool opens, closes;
};

/* What a format puts around fields, rows and the whole. */
struct format {
	const char *name;
	const char *begin, *end;         /* of the table */
	const char *first, *next, *last; /* around the fields of a row */
	const char *between;             /* two rows */
	void (*add)(struct show *s, struct slice value);
	void (*head)(struct show *s);
	void (*finish)(struct show *s);
};

static void add_tsv(struct show *s, struct slice value);
static void add_table(struct show *s, struct slice value);
static void add_csv(struct show *s, struct slice value);
static void add_json(struct show *s, struct slice value);
static void add_md(struct show *s, struct slice value);
static void head_names(struct show *s);
static void head_md(struct show *s);

static const struct format formats[] = {
	[SHOW_TSV] = { "tsv", "", "", "", "\t", "\n", "",
	    add_tsv, head_names, show_flush },
	[SHOW_TABLE] = { "table", "", "", "", "", "", "",
	    add_table, NULL, align_write },
	[SHOW_CSV] = { "csv", "", "", "", ",", "\n", "",
	    add_csv, head_names, show_flush },
	[SHOW_JSON] = { "json", "[\n", "]\n", "{", ",", "}", ",\n",
	    add_json, NULL, show_flush },
	[SHOW_MD] = { "md", "", "", "| ", " | ", " |\n", "",
	    add_md, head_md, show_flush },
};

int
show_format_of(const char *name)
{
	for (int i = 0; i <= SHOW_MD; i++)
		if (strcmp(formats[i].name, name) == 0)
			return i;
	return -1;
}

static const struct format *
format(const struct show *s)
{
	return &formats[s->format];
}

/* The stream remembers that it failed, but not why. */
void
show_write(struct show *s, const char *at, size_t n)
{
	errno = 0;
	if (fwrite(at, 1, n, s->to) < n && s->broken == 0)
		s->broken = errno;
}

void
show_flush(struct show *s)
{
	show_write(s, buf_text(&s->line), s->line.len);
	buf_clear(&s->line);
}

void
show_part(struct show *part, const struct show *s)
{
	*part = *s;
	part->line = part->value = part->safe = (struct buf){ 0 };
}

void
show_part_end(struct show *part, struct show *s)
{
	if (s->broken == 0)
		s->broken = part->broken;
	buf_free(&part->line);
	buf_free(&part->value);
	buf_free(&part->safe);
}

/* The joints of all columns and the row's end; their bytes are laid out
 * first, since the buffer moves while it grows.  What comes between rows
 * stands in front of the first joint, which takes it in after the first
 * row. */
static void
make_joints(struct show *s)
{
	const struct format *f = format(s);
	size_t at = strlen(f->between);

	s->joint = mem_zero(s->cols + 1, sizeof *s->joint);
	buf_str(&s->joints, f->between);
	for (size_t c = 0; c < s->cols; c++) {
		struct show_joint *j = &s->joint[c];

		buf_str(&s->joints, c == 0 ? f->first : f->next);
		if (s->format == SHOW_JSON) {
			buf_byte(&s->joints, '"');
			cell_json(&s->joints, slice_of(s->column[c].name));
			buf_str(&s->joints, "\":");
		}
		j->before.len = s->joints.len - at;
		at = s->joints.len;
		j->closes = s->format == SHOW_TABLE || s->format == SHOW_CSV ||
		    (s->format == SHOW_JSON && s->column[c].type == SHOW_TEXT);
		j->opens = j->closes && s->format != SHOW_TABLE;
		j->mark = s->format == SHOW_TABLE ? '\0' : '"';
	}
	buf_str(&s->joints, f->last);
	s->joint[s->cols].before.len = s->joints.len - at;
	memset(buf_room(&s->joints, STEP), 0, STEP);
	for (size_t c = 0, from = strlen(f->between); c <= s->cols; c++) {
		s->joint[c].before.at = s->joints.at + from;
		from += s->joint[c].before.len;
	}
}

/* The words of the columns, which are written at the end. */
static void
keep_words(struct show *s)
{
	for (size_t i = 0; i < s->cols; i++) {
		const char *words = s->column[i].heading != NULL ?
		    s->column[i].heading : s->column[i].name;

		s->column[i].heading = mem_text(words, strlen(words));
	}
}

static void
drop_words(struct show *s)
{
	for (size_t i = 0; i < s->cols; i++)
		free((char *)(uintptr_t)s->column[i].heading);
}

void
show_begin(struct show *s, const struct show_column *column, size_t n)
{
	s->cols = n;
	s->at = s->rows = 0;
	s->column = mem_zero(n, sizeof *column);
	memcpy(s->column, column, n * sizeof *column);
	for (size_t i = 0; i < n; i++)
		if (column[i].heading != NULL)
			s->column[i].heading = _(column[i].heading);
	make_joints(s);
	if (s->format == SHOW_TABLE) {
		keep_words(s);
		return;
	}
	buf_str(&s->line, format(s)->begin);
	if (format(s)->head != NULL)
		format(s)->head(s);
	show_flush(s);
	errno = 0;
	if (!s->file && fflush(s->to) != 0 && s->broken == 0)
		s->broken = errno;
}

void
show_end(struct show *s)
{
	if (s->rows > 0 && s->format == SHOW_JSON)
		buf_byte(&s->line, '\n');
	buf_str(&s->line, format(s)->end);
	format(s)->finish(s);
	if (s->format == SHOW_TABLE)
		drop_words(s);
	free(s->column);
	free(s->joint);
	buf_free(&s->joints);
	buf_free(&s->line);
	buf_free(&s->value);
	buf_free(&s->safe);
	s->column = NULL;
	s->joint = NULL;
}

/* Start field s->at, or the row's end behind the last one, with room for n
 * bytes; returns where they go. */
static inline char *
start(struct show *s, size_t n)
{
	const struct show_joint *j = &s->joint[s->at];
	size_t want = j->before.len + n + STEP;
	char *to;

	assert(s->at <= s->cols);
	if (s->line.cap - s->line.len <= want)
		buf_room(&s->line, want);
	to = s->line.at + s->line.len;
	memcpy(to, j->before.at, STEP);
	if (j->before.len > STEP)
		memcpy(to, j->before.at, j->before.len);
	return to + j->before.len;
}

/* The line ends at `to`. */
static inline void
stop(struct show *s, char *to)
{
	*to = '\0';
	s->line.len = (size_t)(to - s->line.at);
}

/* Start and end of a field that is all digits and signs. */
static inline char *
start_plain(struct show *s)
{
	char *to = start(s, PLAIN);

	*to = s->joint[s->at].mark;
	return to + s->joint[s->at].opens;
}

static inline void
stop_plain(struct show *s, char *to)
{
	*to = s->joint[s->at].mark;
	stop(s, to + s->joint[s->at].closes);
	s->at++;
}

static void
add_tsv(struct show *s, struct slice value)
{
	buf_clear(&s->safe);
	text_escape(&s->safe, value);
	if (s->terminal)
		cell_visible(&s->line, buf_all(&s->safe));
	else
		buf_slice(&s->line, buf_all(&s->safe));
}

static void
add_table(struct show *s, struct slice value)
{
	cell_visible(&s->line, value);
	buf_byte(&s->line, '\0');
}

static void
add_csv(struct show *s, struct slice value)
{
	buf_clear(&s->safe);
	if (s->terminal) {
		cell_visible(&s->safe, value);
		value = buf_all(&s->safe);
	}
	cell_csv(&s->line, value);
}

static void
add_json(struct show *s, struct slice value)
{
	bool number = s->column[s->at].type == SHOW_NUMBER;

	if (number && value.len == 0) {
		buf_str(&s->line, "null");
	} else if (number && cell_json_number(value)) {
		buf_slice(&s->line, value);
	} else {
		buf_byte(&s->line, '"');
		cell_json(&s->line, value);
		buf_byte(&s->line, '"');
	}
}

static void
add_md(struct show *s, struct slice value)
{
	cell_md(&s->line, value);
}

void
show_value(struct show *s, struct slice value)
{
	stop(s, start(s, 0));
	format(s)->add(s, value);
	s->at++;
}

void
show_field(struct show *s, struct slice field)
{
	char *to;

	if (s->format != SHOW_TSV) {
		show_value(s, text_value(field, &s->value));
		return;
	}
	if (s->terminal) {
		stop(s, start(s, 0));
		cell_visible(&s->line, field);
	} else {
		to = start(s, field.len);
		if (field.len > 0)
			memcpy(to, field.at, field.len);
		stop(s, to + field.len);
	}
	s->at++;
}

void
show_text(struct show *s, const char *value)
{
	show_value(s, slice_of(value));
}

void
show_empty(struct show *s)
{
	if (s->format == SHOW_TSV) {
		stop(s, start(s, 0));
		s->at++;
	} else {
		show_value(s, SLICE_EMPTY);
	}
}

/* Header line of TSV and CSV: the names. */
static void
head_names(struct show *s)
{
	for (size_t c = 0; c < s->cols; c++)
		show_text(s, s->column[c].name);
	s->at = 0;
	buf_byte(&s->line, '\n');
}

static void
head_md(struct show *s)
{
	for (size_t c = 0; c < s->cols; c++)
		show_text(s, s->column[c].heading != NULL ?
		    s->column[c].heading : s->column[c].name);
	s->at = 0;
	buf_str(&s->line, " |\n|");
	for (size_t c = 0; c < s->cols; c++)
		buf_str(&s->line, s->column[c].type == SHOW_NUMBER ?
		    " ---: |" : " --- |");
	buf_byte(&s->line, '\n');
}

void
show_row(struct show *s)
{
	struct slice *first = &s->joint[0].before;

	assert(s->at == s->cols);
	stop(s, start(s, 0));
	s->at = 0;
	if (s->rows++ == 0) {
		first->len += (size_t)(first->at - s->joints.at);
		first->at = s->joints.at;
	}
	if (s->format != SHOW_TABLE && s->line.len >= SHOW_BLOCK)
		show_flush(s);
}

void
show_int(struct show *s, int64_t v)
{
	stop_plain(s, digits_int(start_plain(s), v));
}

void
show_fixed(struct show *s, int64_t v, int places)
{
	if (v == INT64_MIN)
		show_empty(s);
	else
		stop_plain(s, digits_fixed(start_plain(s), v, places));
}

void
show_money(struct show *s, int64_t v)
{
	stop_plain(s, digits_money(start_plain(s), v));
}

void
show_day(struct show *s, int32_t day)
{
	if (day == DATE_NONE)
		show_empty(s);
	else
		stop_plain(s, digits_day(start_plain(s), day));
}

void
show_time(struct show *s, int64_t time)
{
	if (time == INT64_MIN)
		show_empty(s);
	else
		stop_plain(s, digits_time(start_plain(s), time));
}
