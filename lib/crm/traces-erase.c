/* traces_erase: the store without persons; part of traces.h. */
#include <stdlib.h>

#include "base/tr.h"
#include "crm/scraps.h"
#include "crm/traced.h"

/* A table that is gone through once more. */
struct again {
	struct traces *traces;
	const struct traces_file *file;
	struct swap *to; /* where it is written anew; NULL if it stays */
	struct tsv tsv;
	struct look look;
	struct buf row;
	uint64_t line; /* the last that was written, or read */
};

static bool
put(struct again *a, struct slice rows, size_t lines, struct err *e)
{
	a->line += lines;
	return a->to == NULL || swap_add(a->to, rows, e);
}

/* A row, as it was or as erasure leaves it, which may be not at all. */
static bool
put_row(struct again *a, struct err *e)
{
	bool any = look_row(&a->look, &a->tsv);
	bool good;

	buf_clear(&a->row);
	if (any && a->look.changes)
		look_write(&a->look, &a->tsv, &a->row);
	else
		look_copy(&a->look, tsv_line(&a->tsv), &a->row);
	good = put(a, buf_all(&a->row), a->row.len > 0, e);
	if (a->to == NULL)
		a->line = a->tsv.line;
	if (any)
		traced_tell(a->traces, a->file, &a->look, &a->tsv, LOOK_NAMED,
		    a->line);
	return good;
}

/* Most blocks are copied as they are. */
static bool
put_rows(struct again *a, struct err *e)
{
	struct slice rows;
	bool good = true;

	while (good)
		if (!a->look.tagless &&
		    traced_others(a->traces, &a->tsv, &rows))
			good = put(a, rows, tsv_pass(&a->tsv), e);
		else if (!tsv_next(&a->tsv))
			break;
		else
			good = put_row(a, e);
	return good;
}

/* One who was in the journal only: somebody must say that nobody is to
 * address the pseudonym. */
static bool
is_unlisted(const struct person *p)
{
	return p->uses > 0 && !p->listed;
}

static bool
has_unlisted(const struct persons *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (is_unlisted(&p->person[i]))
			return true;
	return false;
}

static bool
put_unlisted(struct again *a, struct err *e)
{
	const struct persons *p = a->traces->persons;

	buf_clear(&a->row);
	for (size_t i = 0; i < p->n; i++)
		if (is_unlisted(&p->person[i]))
			look_add(&a->look, (uint32_t)i, &a->row);
	return put(a, buf_all(&a->row), 0, e);
}

/* All of the new table but its end. */
static bool
put_table(struct again *a, struct err *e)
{
	bool good;

	look_header(&a->look, &a->row);
	good = put(a, buf_all(&a->row), 1, e) && put_rows(a, e);
	if (good && a->to != NULL && a->file->is == PERSONAL_CUSTOMERS)
		good = put_unlisted(a, e);
	if (good && input_torn(a->tsv.in) > 0)
		good = err_set(e, CRM_DATA, _("%s: the last row has no end"),
		    input_name(a->tsv.in));
	return good;
}

/* Write a table anew, or only tell who is named in it. */
static bool
erase_table(struct traces *t, const struct traces_file *f, struct input *in,
    struct swap *w, struct err *e)
{
	struct again a = { .traces = t, .file = f, .to = w };

	if (tsv_open(&a.tsv, in) &&
	    (w == NULL || swap_open(w, f->name, input_kind(in), e))) {
		look_begin(&a.look, t->persons, &a.tsv.head, f->is);
		if (put_table(&a, e) && tsv_ok(&a.tsv) && w != NULL)
			swap_close(w, e);
		look_end(&a.look);
	}
	if (e->status == CRM_OK && !tsv_ok(&a.tsv))
		*e = a.tsv.err;
	tsv_close(&a.tsv);
	buf_free(&a.row);
	return e->status == CRM_OK;
}

static bool
erase_lines(struct traces *t, const struct traces_file *f, struct input *in,
    struct swap *w, struct err *e)
{
	struct scraps all = { .persons = t->persons };
	struct buf left = { 0 };
	struct scrap s;
	bool good = scraps_read(&all, in, e);

	while (good && scraps_next(&all, &s))
		if (s.who == MAP_NONE)
			buf_slice(&left, s.text);
	if (good && left.len == 0)
		good = swap_remove(w, f->name, e);
	else
		good = good && swap_open(w, f->name, all.kind, e) &&
		    swap_add(w, buf_all(&left), e) && swap_close(w, e);
	buf_free(&left);
	scraps_free(&all);
	return good;
}

/* A store that had no customers, only events. */
static bool
make_customers(const struct traces *t, struct swap *w, struct err *e)
{
	struct buf all = { 0 };
	bool good;

	buf_str(&all, "id\ttags\n");
	for (size_t i = 0; i < t->persons->n; i++)
		if (is_unlisted(&t->persons->person[i]))
			buf_fmt(&all, "%s\t" LOOK_TAG "\n",
			    t->persons->person[i].pseudonym);
	good = swap_open(w, "customers.tsv", UNPACK_PLAIN, e) &&
	    swap_add(w, buf_all(&all), e) && swap_close(w, e);
	buf_free(&all);
	return good;
}

/* What of a file erasure changes, and whom it leaves named. */
static bool
erase_file(struct traces *t, const struct traces_file *f, bool unlisted,
    struct swap *w, struct err *e)
{
	bool lines = f->is == PERSONAL_LINES, changes = f->changes > 0 ||
	    (unlisted && f->is == PERSONAL_CUSTOMERS);
	char *path;
	struct input *in;

	if (!changes && f->names == 0)
		return true;
	if (f->is == PERSONAL_DERIVED)
		return swap_remove(w, f->name, e);
	path = store_path(t->store, f->name);
	in = input_open(path, lines ? 0 : INPUT_STORE, e);
	free(path);
	return in != NULL && (lines ? erase_lines : erase_table)(t, f, in,
	    changes ? w : NULL, e);
}

bool
traces_erase(struct traces *t, struct swap *w, struct err *e)
{
	bool unlisted = has_unlisted(t->persons);

	if (unlisted && !store_has(t->store, "customers.tsv"))
		make_customers(t, w, e);
	for (size_t i = 0; e->status == CRM_OK && i < t->n; i++)
		erase_file(t, &t->file[i], unlisted, w, e);
	return e->status == CRM_OK;
}
