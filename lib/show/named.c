#include "show/named.h"

#include <stdlib.h>

#include "base/mem.h"

/* JSON shows these bare, people see them to the right. */
static bool
is_figure(struct slice name)
{
	static const char *const figures[] = { "tone", "value", "events",
		"contacts", "minutes", "orders", "order_days", "first_spend",
		"revenue", "refunds", "cost", "service_cost", "cases",
		"solved", "nps", "csat", "n", "promoters", "passives",
		"detractors", "low", "high", "mean", "share", "change", "z",
		"p", "net", "r", "f", "m", "satisfied" };

	for (size_t i = 0; i < LEN(figures); i++)
		if (slice_is(name, figures[i]))
			return true;
	return false;
}

struct show_column *
named_columns(const struct slice *name, size_t n, char **names)
{
	struct show_column *column = mem_zero(n, sizeof *column);
	struct buf all = { 0 };

	for (size_t i = 0; i < n; i++) {
		buf_slice(&all, name[i]);
		buf_byte(&all, '\0');
	}
	for (size_t i = 0, at = 0; i < n; at += name[i].len + 1, i++) {
		column[i].name = all.at + at;
		column[i].type = is_figure(name[i]) ? SHOW_NUMBER : SHOW_TEXT;
	}
	*names = all.at;
	return column;
}

char *
named_begin(struct show *s, const struct slice *name, size_t n)
{
	char *names;
	struct show_column *column = named_columns(name, n, &names);

	show_begin(s, column, n);
	free(column);
	return names;
}

void
named_write(struct show *s, char *const *column, const struct rows *rows)
{
	struct slice *name = mem_zero(rows->cols, sizeof *name);
	char *names;

	for (size_t c = 0; c < rows->cols; c++)
		name[c] = slice_of(column[c]);
	names = named_begin(s, name, rows->cols);
	for (size_t i = 0; i < rows->n; i++) {
		for (size_t c = 0; c < rows->cols; c++)
			show_field(s, rows_field(rows, i, (int)c));
		show_row(s);
	}
	show_end(s);
	free(names);
	free(name);
}
