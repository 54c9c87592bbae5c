#include "crm/group.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"
#include "base/tr.h"

/* Any of the words that --by may say, for "did you mean". */
static struct slice *
known_words(const struct journal *j, const struct customers *list, size_t *n)
{
	static const char *const units[PERIOD_UNITS] = { "day", "week",
		"month", "quarter", "year" };
	struct expr_names names = journal_names((struct journal *)j);
	size_t columns = 0, lists = list != NULL ? list->head.cols : 0;
	const struct slice *column = names.all(names.ctx, &columns);
	struct slice *all = mem_zero(PERIOD_UNITS + lists + columns,
	    sizeof *all);

	*n = 0;
	for (size_t i = 0; i < PERIOD_UNITS; i++)
		all[(*n)++] = slice_of(units[i]);
	for (size_t i = 0; i < lists; i++)
		all[(*n)++] = list->head.column[i];
	for (size_t i = 0; i < columns; i++)
		all[(*n)++] = column[i];
	return all;
}

static bool
unknown(struct slice word, const struct journal *j,
    const struct customers *list, struct err *e)
{
	char told[NEAR_TOLD];
	size_t n;
	struct slice *all = known_words(j, list, &n);

	err_set(e, CRM_USAGE, _("unknown column: %s"),
	    near_told(told, word, near_word(word, all, n)));
	free(all);
	return false;
}

/* The handle of `customer.WORD`, or -1. */
static int
find_customer(const struct journal *j, struct slice word)
{
	struct buf name = { 0 };
	int handle;

	buf_str(&name, "customer.");
	buf_slice(&name, word);
	handle = journal_find(j, buf_all(&name));
	buf_free(&name);
	return handle;
}

static bool
key_parse(struct group_key *k, struct slice word, const struct journal *j,
    const struct customers *list)
{
	*k = (struct group_key){ .name = word, .handle = -1, .column = -1,
		.unit = period_unit_of(word) };
	if (k->unit != PERIOD_UNITS)
		return true;
	if (list != NULL)
		k->column = head_find_slice(&list->head, word);
	if (k->column < 0)
		k->handle = journal_find(j, word);
	if (k->column < 0 && k->handle < 0)
		k->handle = find_customer(j, word);
	return k->column >= 0 || k->handle >= 0;
}

bool
group_parse(struct group *g, const char *words, const struct journal *j,
    const struct customers *list, struct err *e)
{
	struct slice rest, word;

	*g = (struct group){ .list = list };
	if (words == NULL)
		return true;
	rest = slice_of(words);
	while (text_part(&rest, ',', &word)) {
		if (g->n == GROUP_KEYS)
			return err_set(e, CRM_USAGE,
			    _("more than %d keys to group by"), GROUP_KEYS);
		if (!key_parse(&g->key[g->n++], word, j, list))
			return unknown(word, j, list, e);
	}
	return true;
}

static void
add_key(const struct group *g, const struct group_key *k,
    const struct batch *b, const struct event *v, struct buf *key)
{
	char text[DATE_TEXT];
	uint32_t row;

	if (k->unit != PERIOD_UNITS) {
		buf_str(key, period_text(text, v->day, k->unit));
	} else if (k->column < 0) {
		buf_slice(key, journal_field(b, v, k->handle));
	} else {
		row = customers_find(g->list, v->customer);
		if (row != MAP_NONE)
			buf_slice(key, customers_field(g->list, row,
			    k->column));
	}
}

void
group_of(const struct group *g, const struct batch *b, const struct event *v,
    struct buf *key)
{
	buf_clear(key);
	if (g->n == 0)
		buf_str(key, "all");
	for (size_t i = 0; i < g->n; i++) {
		if (i > 0)
			buf_byte(key, '\t');
		add_key(g, &g->key[i], b, v, key);
	}
}

struct slice
group_slice(const struct group *g, const struct batch *b,
    const struct event *v, struct buf *room)
{
	const struct group_key *k = &g->key[0];

	if (g->n == 1 && k->unit == PERIOD_UNITS && k->column < 0)
		return journal_field(b, v, k->handle);
	group_of(g, b, v, room);
	return buf_all(room);
}

bool
group_by_day(const struct group *g)
{
	size_t i = 0;

	while (g != NULL && i < g->n && g->key[i].unit != PERIOD_UNITS)
		i++;
	return g == NULL || i == g->n;
}
