#include "crm/once.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"
#include "base/tr.h"
#include "crm/moment.h"
#include "table/tsv.h"

/* The search for keys: fields joined by TAB. */
struct search {
	struct once *once;
	int *column; /* of the entries that make the key, n of them */
	size_t n;
	bool all;         /* no columns were named */
	struct map keys;  /* of the entries */
	uint32_t *of;     /* key number of each entry */
	uint64_t *count;  /* rows of the journal with the key */
	char **ref;       /* the ref of the first of them */
	struct buf key;
};

static void
add_field(struct buf *key, const struct once *o, size_t c, struct slice field)
{
	char text[DATE_TEXT];
	int64_t time;

	if (c == EVENT_TIME && field.len > 0 &&
	    moment_parse(field, o->zone, &time) <= MOMENT_TWICE)
		field = slice_of(date_time_text(text, time));
	if (c == EVENT_CUSTOMER)
		field = aliases_of(o->aliases, field);
	buf_slice(key, field);
	buf_byte(key, '\t');
}

static void
key_of_entry(struct search *s, size_t i)
{
	const struct once *o = s->once;

	buf_clear(&s->key);
	for (size_t k = 0; k < s->n; k++) {
		int c = s->column[k];

		if (c == EVENT_CUSTOMER)
			add_field(&s->key, o, EVENT_CUSTOMER, o->customer[i]);
		else if (c != EVENT_REF || !s->all || !o->entries->made[i])
			add_field(&s->key, o, (size_t)c,
			    rows_field(&o->entries->rows, i, c));
	}
}

/* Two keys of a row of the journal: with its ref, and without, as entries
 * have it whose ref was just made. */
static void
key_of_row(struct search *s, struct tsv *t, const int *at, bool ref)
{
	buf_clear(&s->key);
	for (size_t k = 0; k < s->n; k++)
		if (s->column[k] != EVENT_REF || ref)
			add_field(&s->key, s->once, (size_t)s->column[k],
			    tsv_field(t, at[k]));
}

static void
count(struct search *s, struct tsv *t, int ref)
{
	uint32_t key = map_find(&s->keys, buf_all(&s->key));
	struct slice r = tsv_field(t, ref);

	if (key == MAP_NONE)
		return;
	if (s->count[key]++ == 0)
		s->ref[key] = mem_text(r.at, r.len);
}

static bool
search_file(struct search *s, const struct store *store, const char *name,
    struct err *e)
{
	struct tsv t = { 0 };
	struct input *in;
	int *at, ref;

	if (!store_input(store, name, &in, e))
		return false;
	if (in == NULL)
		return true; /* taken back meanwhile */
	at = mem_zero(s->n, sizeof *at);
	if (tsv_open(&t, in)) {
		for (size_t k = 0; k < s->n; k++)
			at[k] = head_find_slice(&t.head, entry_column(
			    s->once->entries, (size_t)s->column[k]));
		ref = head_find(&t.head, "ref");
		while (tsv_next(&t)) {
			key_of_row(s, &t, at, true);
			count(s, &t, ref);
			if (!s->all || tsv_field(&t, ref).len == 0)
				continue;
			key_of_row(s, &t, at, false);
			count(s, &t, ref);
		}
	}
	free(at);
	return tsv_done(&t, e);
}

static bool
search_store(struct search *s, const struct store *store, struct err *e)
{
	char **path;
	size_t n;
	bool good = store_journals(store, &path, &n, e);

	for (size_t i = 0; i < n; i++) {
		good = good &&
		    search_file(s, store, strrchr(path[i], '/') + 1, e);
		free(path[i]);
	}
	free(path);
	return good;
}

static bool
unknown(const struct entries *n, struct slice name, struct err *e)
{
	struct slice *all = mem_zero(n->rows.cols, sizeof *all);
	char told[NEAR_TOLD];

	for (size_t c = 0; c < n->rows.cols; c++)
		all[c] = entry_column(n, c);
	err_set(e, CRM_USAGE, _("unknown column: %s"),
	    near_told(told, name, near_word(name, all, n->rows.cols)));
	free(all);
	return false;
}

/* Which columns make the key. */
static bool
choose(struct search *s, struct err *e)
{
	const struct entries *n = s->once->entries;
	struct slice rest = { "", 0 }, name = { "", 0 };
	size_t cap = 0;

	s->all = s->once->columns == NULL;
	for (size_t c = 0; s->all && c < n->rows.cols; c++) {
		s->column = mem_grow(s->column, &cap, s->n + 1,
		    sizeof *s->column);
		s->column[s->n++] = (int)c;
	}
	if (s->all)
		return true;
	rest = slice_of(s->once->columns);
	while (text_part(&rest, ',', &name)) {
		size_t c = 0;

		while (c < n->rows.cols && !slice_eq(entry_column(n, c), name))
			c++;
		if (c == n->rows.cols)
			return unknown(n, name, e);
		s->column = mem_grow(s->column, &cap, s->n + 1,
		    sizeof *s->column);
		s->column[s->n++] = (int)c;
	}
	return true;
}

static void
collect(struct search *s)
{
	size_t n = s->once->entries->rows.n;

	s->of = mem_zero(n, sizeof *s->of);
	for (size_t i = 0; i < n; i++) {
		key_of_entry(s, i);
		s->of[i] = map_add(&s->keys, buf_all(&s->key));
	}
	s->count = mem_zero(s->keys.len, sizeof *s->count);
	s->ref = mem_zero(s->keys.len, sizeof *s->ref);
}

static void
answer(struct search *s)
{
	struct once *o = s->once;

	o->left = 0;
	for (size_t i = 0; i < o->entries->rows.n; i++) {
		uint32_t key = s->of[i];

		o->skip[i] = s->count[key] > 0;
		o->left += !o->skip[i];
		if (!o->skip[i])
			continue;
		if (o->entries->made[i] && o->ref[i] == NULL)
			o->ref[i] = mem_text(s->ref[key],
			    strlen(s->ref[key]));
		s->count[key] -= s->all;
	}
}

bool
once_look(struct once *o, const struct store *store, struct err *e)
{
	struct search s = { .once = o };
	size_t n = o->entries->rows.n;
	bool good;

	o->skip = mem_zero(n, sizeof *o->skip);
	o->ref = mem_zero(n, sizeof *o->ref);
	good = choose(&s, e);
	if (good) {
		collect(&s);
		good = search_store(&s, store, e);
	}
	if (good)
		answer(&s);
	for (uint32_t i = 0; i < s.keys.len && s.ref != NULL; i++)
		free(s.ref[i]);
	map_free(&s.keys);
	buf_free(&s.key);
	free(s.column);
	free(s.of);
	free(s.count);
	free(s.ref);
	return good;
}

void
once_free(struct once *o)
{
	for (size_t i = 0; o->ref != NULL && i < o->entries->rows.n; i++)
		free(o->ref[i]);
	free(o->ref);
	free(o->skip);
}
