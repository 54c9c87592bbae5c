#include "base/near.h"

#include <stdio.h>

#include "base/text.h"
#include "base/tr.h"

static int
least(int a, int b)
{
	return a < b ? a : b;
}

static bool
same(char a, char b)
{
	return text_lower(a) == text_lower(b);
}

/*
 * One row of the table of distances: row[j] is how far the first i bytes
 * of a are from the first j of b; one and two are the rows before.
 */
static void
fill(int *row, const int *one, const int *two, size_t i, struct slice a,
    struct slice b)
{
	row[0] = (int)i;
	for (size_t j = 1; j <= b.len; j++) {
		bool eq = same(a.at[i - 1], b.at[j - 1]);

		row[j] = least(one[j - 1] + !eq,
		    least(one[j], row[j - 1]) + 1);
		if (i > 1 && j > 1 && same(a.at[i - 1], b.at[j - 2]) &&
		    same(a.at[i - 2], b.at[j - 1]))
			row[j] = least(row[j], two[j - 2] + 1);
	}
}

int
near_distance(struct slice a, struct slice b, int limit)
{
	int rows[3][NEAR_MAX + 1];

	if (a.len > NEAR_MAX || b.len > NEAR_MAX)
		return limit + 1;
	for (size_t j = 0; j <= b.len; j++)
		rows[0][j] = (int)j;
	for (size_t i = 1; i <= a.len; i++)
		fill(rows[i % 3], rows[(i + 2) % 3], rows[(i + 1) % 3], i, a,
		    b);
	return least(rows[a.len % 3][b.len], limit + 1);
}

struct slice
near_word(struct slice word, const struct slice *words, size_t n)
{
	int limit = word.len < 6 ? 1 : word.len < 9 ? 2 : 3;
	struct slice near = SLICE_EMPTY;

	for (size_t i = 0; i < n && limit >= 0; i++) {
		int d = near_distance(word, words[i], limit);

		if (d <= limit) {
			near = words[i];
			limit = d - 1;
		}
	}
	return near;
}

const char *
near_told(char to[static NEAR_TOLD], struct slice value, struct slice near)
{
	char shown[ERR_SHOWN], meant[ERR_SHOWN];

	err_shown(shown, value);
	if (near.len > 0)
		snprintf(to, NEAR_TOLD, _("\"%s\" (did you mean \"%s\"?)"),
		    shown, err_shown(meant, near));
	else
		snprintf(to, NEAR_TOLD, "\"%s\"", shown);
	return to;
}

const char *
near_choice(struct buf *to, struct slice value, const struct slice *words,
    size_t n)
{
	struct slice near = near_word(value, words, n);
	char told[NEAR_TOLD];
	struct buf all = { 0 };

	buf_clear(to);
	near_told(told, value, near);
	for (size_t i = 0; i < n && near.len == 0; i++) {
		buf_str(&all, i == 0 ? "" : ", ");
		buf_slice(&all, words[i]);
	}
	if (near.len == 0)
		buf_fmt(to, _("%s (one of: %s)"), told, buf_text(&all));
	else
		buf_str(to, told);
	buf_free(&all);
	return buf_text(to);
}
