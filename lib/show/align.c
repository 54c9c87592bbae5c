#include "show/align.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/fold.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/tr.h"

static const char *
heading(const struct show_column *c)
{
	return c->heading != NULL ? c->heading : c->name;
}

static int
most(int a, int b)
{
	return a > b ? a : b;
}

/* The width of each column: of its widest field or heading. */
static int *
widths(const struct show *s)
{
	int *w = mem_zero(s->cols, sizeof *w);
	const char *at = buf_text(&s->line);

	for (size_t c = 0; c < s->cols; c++)
		w[c] = fold_width(slice_of(heading(&s->column[c])));
	for (size_t i = 0; i < s->rows * s->cols; i++) {
		struct slice f = slice_of(at);

		w[i % s->cols] = most(w[i % s->cols], fold_width(f));
		at += f.len + 1;
	}
	return w;
}

/* The widest text column that may be cut, or s->cols; *next gets the width
 * of the second widest, or SHOW_LEAST. */
static size_t
widest(const struct show *s, const int *w, int *next)
{
	size_t best = s->cols;

	*next = SHOW_LEAST;
	for (size_t c = 0; c < s->cols; c++) {
		if (s->column[c].type != SHOW_TEXT || w[c] <= SHOW_LEAST)
			continue;
		if (best < s->cols && w[c] <= w[best]) {
			*next = most(*next, w[c]);
			continue;
		}
		if (best < s->cols)
			*next = w[best];
		best = c;
	}
	return best;
}

/* What text columns have beyond `least` columns each. */
static int
spare(const struct show *s, const int *w, int least)
{
	int sum = 0;

	for (size_t c = 0; c < s->cols; c++)
		if (s->column[c].type == SHOW_TEXT)
			sum += most(0, w[c] - least);
	return sum;
}

/* Take what is too much from the widest text column, again and again.  Where
 * that cannot be enough, whoever reads has to scroll to the right anyway:
 * then only what would fill the screen alone is cut. */
static void
squeeze(const struct show *s, int *w)
{
	int over = 2 * ((int)s->cols - 1) - s->width, next;
	size_t c;

	for (c = 0; c < s->cols; c++)
		over += w[c];
	if (over > spare(s, w, SHOW_LEAST))
		over = spare(s, w, most(SHOW_LEAST, s->width / 2));
	while (over > 0 && (c = widest(s, w, &next)) < s->cols) {
		int take = w[c] - next;

		take = take < 1 ? 1 : take > over ? over : take;
		w[c] -= take;
		over -= take;
	}
}

static struct slice
behind(struct slice s, size_t n)
{
	return (struct slice){ s.at + n, s.len - n };
}

/* Length of the first grapheme of s, which is not empty. */
static size_t
grapheme(struct slice s)
{
	utf8proc_int32_t state = 0;
	uint32_t code, next;
	size_t i = text_char(s, &code), n;

	while (i > 0 && i < s.len) {
		n = text_char(behind(s, i), &next);
		if (n == 0 ||
		    utf8proc_grapheme_break_stateful((utf8proc_int32_t)code,
			(utf8proc_int32_t)next, &state))
			break;
		i += n;
		code = next;
	}
	return i > 0 ? i : 1;
}

size_t
align_cut(struct slice s, int width)
{
	size_t i = 0;
	int w = 0;

	while (i < s.len) {
		size_t n = grapheme(behind(s, i));

		w += fold_width((struct slice){ s.at + i, n });
		if (w > width)
			break;
		i += n;
	}
	return i;
}

static void
pad(struct buf *to, int n)
{
	for (; n > 0; n--)
		buf_byte(to, ' ');
}

static void
add_cell(struct buf *to, const char *text, int width, bool right)
{
	struct slice f = slice_of(text);
	int w = fold_width(f);

	if (w > width) {
		f.len = align_cut(f, width - 1);
		w = fold_width(f) + 1;
	}
	if (right)
		pad(to, width - w);
	buf_slice(to, f);
	if (f.at[f.len] != '\0')
		buf_str(to, "…");
	if (!right)
		pad(to, width - w);
	buf_str(to, "  ");
}

/* End a line: without the blanks that nobody sees. */
static void
end_line(struct buf *to, const char *end)
{
	while (to->len > 0 && to->at[to->len - 1] == ' ')
		to->len--;
	buf_str(to, end);
}

static void
add_heading(const struct show *s, const int *w, struct buf *to)
{
	if (s->color)
		buf_str(to, "\033[1m");
	for (size_t c = 0; c < s->cols; c++)
		add_cell(to, heading(&s->column[c]), w[c],
		    s->column[c].type == SHOW_NUMBER);
	end_line(to, s->color ? "\033[0m\n" : "\n");
}

void
align_write(struct show *s)
{
	int *w = widths(s);
	const char *at = buf_text(&s->line);
	struct buf line = { 0 };

	if (s->width > 0)
		squeeze(s, w);
	add_heading(s, w, &line);
	for (size_t r = 0; r < s->rows; r++) {
		for (size_t c = 0; c < s->cols; c++) {
			add_cell(&line, at, w[c],
			    s->column[c].type == SHOW_NUMBER);
			at += strlen(at) + 1;
		}
		end_line(&line, "\n");
		show_write(s, line.at, line.len);
		buf_clear(&line);
	}
	if (s->rows == 0)
		show_write(s, line.at, line.len);
	buf_free(&line);
	free(w);
}
