#include "table/pick.h"

static int
find(void *ctx, struct slice name)
{
	return head_find_slice(ctx, name);
}

static const struct slice *
all(void *ctx, size_t *n)
{
	const struct head *h = ctx;

	*n = h->cols;
	return h->column;
}

struct expr_names
pick_names(struct head *h)
{
	return (struct expr_names){ .find = find, .all = all, .ctx = h };
}

static struct slice
field(void *row, int column)
{
	return tsv_field(row, column);
}

static struct slice
any(void *row, size_t i)
{
	return tsv_field(row, (int)i);
}

bool
pick_next(struct tsv *t, const struct expr *x, const struct map *hidden)
{
	struct expr_row row = { field, any, t->head.cols, t };
	int id = hidden != NULL ? head_find(&t->head, "id") : -1;
	struct expr_bad bad;

	while (tsv_next(t)) {
		int holds;

		if (id >= 0 && map_find(hidden, tsv_field(t, id)) != MAP_NONE)
			continue;
		holds = expr_holds(x, &row, &bad);
		if (holds > 0)
			return true;
		if (holds < 0)
			tsv_bad(t, bad.handle, bad.what);
	}
	return false;
}
