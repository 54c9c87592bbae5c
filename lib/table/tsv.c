#include "table/tsv.h"

#include <stdlib.h>

#include "base/near.h"
#include "base/tr.h"
#include "table/wash.h"

bool
tsv_open(struct tsv *t, struct input *in)
{
	struct slice line;

	t->in = in;
	t->line = t->first = 1;
	return in != NULL && input_header(in, &line, &t->err) &&
	    head_parse(&t->head, line, input_name(in), &t->err);
}

bool
tsv_need(struct tsv *t, const char *column, int *at)
{
	return head_need(&t->head, input_name(t->in), column, at, &t->err);
}

/* The next block, split; a block that is not clean is washed first. */
static bool
next_block(struct tsv *t)
{
	struct wash_words w = { .cols = t->head.cols,
		.column = t->head.column };
	uint64_t lines;

	t->first += t->washed ? 0 : t->scan.rows;
	if (err_full(&t->err) || !input_block(t->in, &t->block, &t->err))
		return false;
	t->row = 0;
	t->washed = !scan_block(&t->scan, t->block.at, t->block.len, w.cols);
	if (!t->washed)
		return true;
	w.name = input_name(t->in);
	w.line = t->first + 1;
	lines = wash_block(t->block.at, &t->block.len, &w, &t->lines,
	    &t->lines_cap, &t->err);
	t->first += lines;
	scan_block(&t->scan, t->block.at, t->block.len, w.cols);
	return true;
}

/* Row r of the block. */
static inline struct slice
line_of(const struct tsv *t, size_t r)
{
	const struct scan_line *row = &t->scan.row[r];

	return (struct slice){ t->scan.base + row[0].from,
		row[1].from - row[0].from - 1 };
}

/* Is this line passed over?  That of the header again, or nothing but TABs,
 * which is no row: spreadsheets write them by the thousand behind a table. */
static inline bool
is_passed(const struct tsv *t, struct slice line)
{
	return line.len == t->head.cols - 1 || slice_eq(line, t->head.line);
}

/* The line in hand; false where it is passed over. */
static bool
take_line(struct tsv *t)
{
	t->text = line_of(t, t->row);
	t->line = t->washed ? t->lines[t->row] : t->first + t->row + 1;
	t->row++;
	if (!is_passed(t, t->text))
		return true;
	if (t->text.len == t->head.cols - 1)
		err_row(&t->err, t->line, "%s:%ju: %s", input_name(t->in),
		    (uintmax_t)t->line, _("blank line"));
	return false;
}

bool
tsv_next(struct tsv *t)
{
	do {
		while (t->row == t->scan.rows)
			if (!next_block(t))
				return false;
		if (err_full(&t->err))
			return false;
	} while (!take_line(t));
	return true;
}

/* Does tsv_next give all rows of the block? */
static bool
gives_all(const struct tsv *t)
{
	for (size_t r = 0; r < t->scan.rows; r++)
		if (is_passed(t, line_of(t, r)))
			return false;
	return true;
}

bool
tsv_block(struct tsv *t, struct slice *rows)
{
	while (t->row == t->scan.rows)
		if (!next_block(t))
			return false;
	*rows = (struct slice){ t->block.at, t->block.len };
	return t->row == 0 && !err_full(&t->err) && gives_all(t);
}

size_t
tsv_pass(struct tsv *t)
{
	t->row = t->scan.rows;
	t->line = t->washed ? t->lines[t->row - 1] : t->first + t->row;
	return t->row;
}

struct slice
tsv_field(struct tsv *t, int c)
{
	if (c < 0)
		return SLICE_EMPTY;
	return scan_field(&t->scan, tsv_ends(t), (size_t)c);
}

static bool
told(struct tsv *t, int c, const char *what, const char *words)
{
	struct slice name = t->head.column[c];

	return err_row(&t->err, t->line, "%s:%ju: %.*s: %s: %s",
	    input_name(t->in), (uintmax_t)t->line, (int)name.len, name.at,
	    what, words);
}

bool
tsv_bad(struct tsv *t, int c, const char *what)
{
	char words[NEAR_TOLD];

	return told(t, c, what, near_told(words, tsv_field(t, c),
	    SLICE_EMPTY));
}

bool
tsv_unknown(struct tsv *t, int c, struct slice near)
{
	char words[NEAR_TOLD];

	return told(t, c, _("unknown"), near_told(words, tsv_field(t, c),
	    near));
}

bool
tsv_ok(const struct tsv *t)
{
	return t->err.status == CRM_OK;
}

bool
tsv_done(struct tsv *t, struct err *e)
{
	bool good = tsv_ok(t);

	if (!good)
		*e = t->err;
	tsv_close(t);
	return good;
}

void
tsv_close(struct tsv *t)
{
	if (t->in != NULL)
		input_close(t->in);
	head_free(&t->head);
	block_free(&t->block);
	scan_free(&t->scan);
	free(t->lines);
	t->in = NULL;
	t->lines = NULL;
}
