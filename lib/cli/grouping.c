#include "cli/grouping.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/tr.h"

void
grouping_begin(struct show *out, const struct group *g,
    const struct show_column *column, size_t n)
{
	struct show_column all[GROUP_KEYS + GROUPING_COLUMNS];
	char *name[GROUP_KEYS] = { NULL };
	size_t cols = 0;

	all[cols++] = (struct show_column){ "group", SHOW_TEXT, N_("group") };
	for (size_t i = 1; i < g->n; i++) {
		name[i] = mem_text(g->key[i].name.at, g->key[i].name.len);
		all[cols++] = (struct show_column){ name[i], SHOW_TEXT,
			NULL };
	}
	for (size_t i = 0; i < n; i++)
		all[cols++] = column[i];
	show_begin(out, all, cols);
	for (size_t i = 1; i < g->n; i++)
		free(name[i]);
}

void
grouping_key(struct show *out, const struct group *g, struct slice key)
{
	struct slice part;

	if (g->n == 0)
		show_text(out, "all");
	for (size_t i = 0; i < g->n; i++)
		show_field(out, text_part(&key, '\t', &part) ? part
							     : SLICE_EMPTY);
}

struct slice
grouping_parent(struct slice key)
{
	const char *tab = key.len == 0 ? NULL : memrchr(key.at, '\t', key.len);

	return tab == NULL ? SLICE_EMPTY :
	    (struct slice){ key.at, (size_t)(tab - key.at) };
}

void
grouping_part(struct show *out, int64_t part, int64_t whole)
{
	show_fixed(out, score_share((struct score_part){ part, whole }), 2);
}

void
grouping_share(struct show *out, struct score_part s)
{
	struct score_range r = score_share_range(s);

	grouping_part(out, s.part, s.whole);
	show_fixed(out, r.low, 2);
	show_fixed(out, r.high, 2);
}
