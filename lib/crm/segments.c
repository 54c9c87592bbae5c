#include "crm/segments.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/tr.h"

/* After the table in the documentation of the R package rfm, which says
 * first match wins too; lib/share/segments.tsv is the same to edit. */
static const struct preset {
	const char *name;
	uint8_t low[3], high[3];
} preset[] = {
	{ "Champions", { 5, 5, 5 }, { 5, 5, 5 } },
	{ "Potential Loyalist", { 3, 3, 2 }, { 5, 5, 5 } },
	{ "Loyal Customers", { 2, 2, 2 }, { 4, 4, 4 } },
	{ "Promising", { 3, 1, 3 }, { 4, 3, 5 } },
	{ "New Customers", { 4, 1, 1 }, { 5, 3, 5 } },
	{ "Can't Lose Them", { 1, 3, 4 }, { 2, 4, 5 } },
	{ "At Risk", { 1, 2, 4 }, { 2, 5, 5 } },
	{ "Need Attention", { 1, 3, 3 }, { 3, 5, 5 } },
	{ "About To Sleep", { 2, 1, 1 }, { 3, 3, 4 } },
	{ "Lost", { 1, 1, 1 }, { 1, 5, 5 } },
};

static struct segments_row *
new_row(struct segments *g, struct slice name)
{
	struct segments_row *r;

	g->row = mem_grow(g->row, &g->cap, g->rows + 1, sizeof *g->row);
	r = &g->row[g->rows++];
	r->name = (uint32_t)g->names.len;
	r->len = (uint32_t)name.len;
	buf_slice(&g->names, name);
	return r;
}

static void
use_preset(struct segments *g)
{
	for (size_t i = 0; i < LEN(preset); i++) {
		struct segments_row *r = new_row(g, slice_of(preset[i].name));

		memcpy(r->low, preset[i].low, sizeof r->low);
		memcpy(r->high, preset[i].high, sizeof r->high);
	}
}

static bool
is_score(char c)
{
	return c >= '1' && c <= '5';
}

/* `4` or `2-4`. */
static bool
read_range(struct slice s, uint8_t *low, uint8_t *high)
{
	if ((s.len != 1 && s.len != 3) || !is_score(s.at[0]))
		return false;
	if (s.len == 3 && (s.at[1] != '-' || !is_score(s.at[2])))
		return false;
	*low = (uint8_t)(s.at[0] - '0');
	*high = (uint8_t)(s.at[s.len - 1] - '0');
	return *low <= *high;
}

static bool
read_row(struct segments *g, struct tsv *t, int name, const int score[3])
{
	struct segments_row *r;

	if (tsv_field(t, name).len == 0)
		return tsv_bad(t, name, _("missing"));
	r = new_row(g, tsv_field(t, name));
	for (int i = 0; i < 3; i++)
		if (!read_range(tsv_field(t, score[i]), &r->low[i],
		    &r->high[i]))
			return tsv_bad(t, score[i],
			    _("not a score or a range from 1 to 5"));
	return true;
}

bool
segments_read(struct segments *g, struct tsv *t)
{
	static const char *const column[4] = { "segment", "r", "f", "m" };
	int at[4];

	for (int i = 0; i < 4; i++)
		if (!tsv_need(t, column[i], &at[i]))
			return false;
	while (tsv_next(t))
		read_row(g, t, at[0], at + 1);
	return tsv_ok(t);
}

bool
segments_load(struct segments *g, const struct store *s, struct err *e)
{
	struct tsv t = { 0 };
	struct input *in;

	*g = (struct segments){ 0 };
	if (!store_input(s, "segments.tsv", &in, e))
		return false;
	if (in == NULL) {
		use_preset(g);
		return true;
	}
	if (tsv_open(&t, in))
		segments_read(g, &t);
	return tsv_done(&t, e);
}

struct slice
segments_name(const struct segments *g, const uint8_t rfm[3])
{
	for (size_t i = 0; i < g->rows; i++) {
		const struct segments_row *r = &g->row[i];
		bool fits = true;

		for (int k = 0; k < 3; k++)
			fits = fits && rfm[k] >= r->low[k] &&
			    rfm[k] <= r->high[k];
		if (fits)
			return (struct slice){ g->names.at + r->name, r->len };
	}
	return slice_of(rfm[0] > 0 ? "Others" : "");
}

void
segments_free(struct segments *g)
{
	free(g->row);
	buf_free(&g->names);
	*g = (struct segments){ 0 };
}
