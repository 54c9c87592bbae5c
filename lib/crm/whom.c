#include "crm/whom.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"
#include "base/tr.h"
#include "table/append.h"
#include "table/tsv.h"

/* Is there a row in the block that begins with the needle behind its LF? */
static bool
has_row(const struct block *b, struct slice needle)
{
	struct slice first = { needle.at + 1, needle.len - 1 };

	if (b->len >= first.len && memcmp(b->at, first.at, first.len) == 0)
		return true;
	return memmem(b->at, b->len, needle.at, needle.len) != NULL;
}

/* The id is the first column: LF, the id and what ends the field. */
static bool
search_first(struct input *in, struct slice field, char end, struct err *e)
{
	struct buf needle = { 0 };
	struct block b = { 0 };
	bool found = false;

	buf_fmt(&needle, "\n%.*s%c", (int)field.len, field.at, end);
	while (!found && input_block(in, &b, e))
		found = has_row(&b, buf_all(&needle));
	buf_free(&needle);
	block_free(&b);
	return found;
}

static bool
search_any(struct input *in, struct slice field, struct err *e)
{
	struct tsv t = { 0 };
	bool found = false;

	if (tsv_open(&t, in)) {
		int id = head_find(&t.head, "id");

		while (!found && tsv_next(&t))
			found = id >= 0 && slice_eq(tsv_field(&t, id), field);
	}
	return tsv_done(&t, e) && found;
}

static bool
search(struct input *in, struct slice field, struct err *e)
{
	struct slice line;
	bool found = false;

	if (input_header(in, &line, e)) {
		if (!slice_is(line, "id") &&
		    (line.len < 3 || memcmp(line.at, "id\t", 3) != 0))
			return search_any(in, field, e);
		found = search_first(in, field, line.len == 2 ? '\n' : '\t',
		    e);
	}
	input_close(in);
	return found;
}

bool
whom_id(const struct store *s, struct slice id, struct err *e)
{
	struct buf field = { 0 };
	struct input *in;
	bool found;

	text_escape(&field, id);
	found = store_input(s, "customers.tsv", &in, e) && in != NULL &&
	    search(in, buf_all(&field), e);
	buf_free(&field);
	return found;
}

static struct slice
id_of(const struct whom *w, uint32_t row)
{
	return aliases_of(w->aliases, map_key(&w->table->ids, row));
}

/* Customers that were merged are one: their address is that one's. */
static void
add_mail(struct whom *w, struct slice mail, uint32_t row)
{
	uint32_t n = w->mail.len, at = map_add(&w->mail, mail);

	if (at < n) {
		if (w->row[at] != MAP_NONE &&
		    !slice_eq(id_of(w, w->row[at]), id_of(w, row)))
			w->row[at] = MAP_NONE;
		return;
	}
	w->row = mem_grow(w->row, &w->row_cap, w->mail.len, sizeof *w->row);
	w->row[at] = row;
}

static void
index_mails(struct whom *w)
{
	int email = head_find(&w->table->head, "email");
	struct buf room = { 0 };

	for (uint32_t r = 0; r < w->table->rows; r++) {
		struct slice rest = customers_field(w->table, r, email), one;

		while (customer_part(&rest, &one))
			add_mail(w, customer_folded(one, &room), r);
	}
	buf_free(&room);
}

/* `"info@firm.example" (C2, C3)`: all who have the address. */
static void
tell_several(const struct whom *w, struct slice mail, struct buf *told)
{
	int email = head_find(&w->table->head, "email");
	char shown[ERR_SHOWN];
	struct map ids = { 0 };

	for (uint32_t r = 0; r < w->table->rows; r++)
		if (customer_has_mail(customers_field(w->table, r, email),
			mail))
			map_add(&ids, id_of(w, r));
	buf_clear(told);
	buf_fmt(told, "\"%s\" (", err_shown(shown, mail));
	for (uint32_t i = 0; i < ids.len; i++) {
		struct slice id = map_key(&ids, i);

		buf_fmt(told, "%s%.*s", i > 0 ? ", " : "", (int)id.len,
		    id.at);
	}
	buf_byte(told, ')');
	map_free(&ids);
}

static enum whom_answer
unknown(const struct whom *w, struct slice field, struct buf *told)
{
	char words[NEAR_TOLD];

	buf_clear(told);
	buf_str(told, near_told(words, field,
	    customers_near(w->table, field)));
	return WHOM_UNKNOWN;
}

enum whom_answer
whom_find(struct whom *w, struct slice field, struct slice *id,
    struct buf *told)
{
	uint32_t at;

	*id = field;
	if (customers_find(w->table, field) != MAP_NONE ||
	    customers_find(w->table, aliases_of(w->aliases, field)) !=
	    MAP_NONE)
		return WHOM_FOUND;
	if (field.len == 0 || memchr(field.at, '@', field.len) == NULL)
		return unknown(w, field, told);
	if (w->mail.len == 0)
		index_mails(w);
	at = map_find(&w->mail, customer_folded(field, told));
	if (at == MAP_NONE)
		return unknown(w, field, told);
	if (w->row[at] == MAP_NONE) {
		tell_several(w, field, told);
		return WHOM_SEVERAL;
	}
	*id = id_of(w, w->row[at]);
	return WHOM_FOUND;
}

bool
whom_named(struct whom *w, const char *words, struct slice *id,
    struct buf *room, struct err *e)
{
	struct buf told = { 0 };
	enum whom_answer a;

	buf_clear(room);
	text_escape(room, slice_of(words));
	a = whom_find(w, aliases_of(w->aliases, buf_all(room)), id, &told);
	if (a == WHOM_UNKNOWN)
		err_set(e, CRM_NO, _("unknown customer: %s"),
		    buf_text(&told));
	if (a == WHOM_SEVERAL)
		err_set(e, CRM_NO,
		    _("several customers have this e-mail address: %s"),
		    buf_text(&told));
	buf_free(&told);
	return a == WHOM_FOUND;
}

void
whom_free(struct whom *w)
{
	map_free(&w->mail);
	free(w->row);
	*w = (struct whom){ 0 };
}

struct file_mark
whom_mark(const struct store *s)
{
	char *path = store_path(s, "customers.tsv");
	struct file_mark m = { 0 };
	struct stat st;

	/* In this order: of a load that begins later the size tells. */
	if (stat(path, &st) == 0 && !append_loads(path))
		m = file_mark(&st);
	free(path);
	return m;
}
