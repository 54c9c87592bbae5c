#include "crm/traces.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/tr.h"
#include "crm/scraps.h"
#include "crm/traced.h"
#include "table/crate.h"
#include "table/replace.h"

/* --- which files ------------------------------------------------------- */

/* One that is just being written: it is there under its name, too. */
static bool
is_passing(const char *name)
{
	return swap_is_left(name) ||
	    (name[0] == '.' && strstr(name, REPLACE_MARK) != NULL);
}

/* What a file is, by name and first bytes; PERSONAL_NOT where it is no
 * regular file, or gone. */
static bool
classify(int dir, const char *name, enum personal_file *is)
{
	char first[CRATE_MAGIC];
	struct stat st;
	int fd;
	ssize_t n;

	*is = PERSONAL_NOT;
	if (is_passing(name) || fstatat(dir, name, &st, 0) != 0)
		return is_passing(name) || errno == ENOENT;
	*is = personal_file(name, SLICE_EMPTY);
	if (!S_ISREG(st.st_mode))
		*is = PERSONAL_NOT;
	if (*is != PERSONAL_LINES)
		return true;
	fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	n = fd < 0 ? -1 : pread(fd, first, sizeof first, 0);
	if (n >= 0)
		*is = personal_file(name, (struct slice){ first, (size_t)n });
	if (fd >= 0)
		close(fd);
	return n >= 0;
}

static bool
add_file(struct traces *t, int dir, const char *name, struct err *e)
{
	enum personal_file is;
	char *path;

	if (!classify(dir, name, &is)) {
		path = store_path(t->store, name);
		err_sys(e, path);
		free(path);
		return false;
	}
	if (is == PERSONAL_NOT)
		return true;
	t->file = mem_grow(t->file, &t->cap, t->n + 1, sizeof *t->file);
	t->file[t->n++] = (struct traces_file){ mem_text(name, strlen(name)),
		is, 0, 0 };
	return true;
}

static int
by_name(const void *a, const void *b)
{
	const struct traces_file *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* The same journal packed and not would be erased in one of them only. */
static bool
check_journals(const struct store *s, struct err *e)
{
	char **path;
	size_t n;
	bool good = store_journals(s, &path, &n, e);

	while (n > 0)
		free(path[--n]);
	free(path);
	return good;
}

static bool
list(struct traces *t, struct err *e)
{
	const struct dirent *f;
	DIR *d;

	if (!check_journals(t->store, e))
		return false;
	d = opendir(t->store->dir);
	if (d == NULL)
		return err_sys(e, t->store->dir);
	while (errno = 0, e->status == CRM_OK && (f = readdir(d)) != NULL)
		add_file(t, dirfd(d), f->d_name, e);
	if (errno != 0)
		err_sys(e, t->store->dir);
	closedir(d);
	if (t->n > 0)
		qsort(t->file, t->n, sizeof *t->file, by_name);
	return e->status == CRM_OK;
}

/* --- looking ----------------------------------------------------------- */

static void
tell(const struct traces *t, const struct trace *trace)
{
	if (t->take != NULL)
		t->take(t->ctx, trace);
}

void
traced_tell(const struct traces *t, const struct traces_file *f,
    const struct look *l, struct tsv *tsv, enum look_mark mark,
    uint64_t line)
{
	for (size_t c = 0; c < tsv->head.cols; c++)
		if (l->cell[c].mark != LOOK_NONE &&
		    (mark == LOOK_NONE || l->cell[c].mark == mark))
			tell(t, &(struct trace){ f->name, line,
			    tsv->head.column[c], tsv_field(tsv, (int)c),
			    l->cell[c].mark, l->cell[c].who,
			    l->own == MAP_NONE });
}

static void
count_row(struct traces *t, struct traces_file *f, const struct look *l,
    struct tsv *tsv)
{
	if (l->changes)
		f->changes++;
	if (l->own != MAP_NONE) {
		t->persons->person[l->own].rows++;
		if (f->is == PERSONAL_JOURNAL)
			t->persons->person[l->own].uses++;
		if (f->is == PERSONAL_CUSTOMERS && persons_is_main(t->persons,
			l->own, tsv_field(tsv, l->who)))
			t->persons->person[l->own].listed = true;
	}
}

static void
count_cell(struct traces *t, struct traces_file *f, const struct look *l,
    const struct look_cell *c)
{
	struct person *p = &t->persons->person[c->who];

	if (c->mark == LOOK_NAMED) {
		p->mentions++;
		f->names++;
	}
	if (c->mark == LOOK_ID && c->who != l->own) {
		p->uses++;
		p->rows++;
	}
}

/* The row in hand has traces. */
static void
take_row(struct traces *t, struct traces_file *f, const struct look *l,
    struct tsv *tsv)
{
	count_row(t, f, l, tsv);
	for (size_t c = 0; c < tsv->head.cols; c++)
		if (l->cell[c].mark != LOOK_NONE)
			count_cell(t, f, l, &l->cell[c]);
	traced_tell(t, f, l, tsv, LOOK_NONE, tsv->line);
}

bool
traced_others(struct traces *t, struct tsv *tsv, struct slice *rows)
{
	return tsv_block(tsv, rows) &&
	    !persons_may(t->persons, *rows, &t->room);
}

/* A line of a file that is no table: it goes as a whole. */
static void
take_line(struct traces *t, struct traces_file *f, const struct scrap *s)
{
	struct buf shown = { 0 };

	f->changes++;
	t->persons->person[s->who].rows++;
	scraps_show(s, &shown);
	tell(t, &(struct trace){ f->name, s->line, SLICE_EMPTY,
	    buf_all(&shown), LOOK_GOES, s->who, false });
	buf_free(&shown);
}

/* Bytes behind the last row that are no row (yet): erasure would move them
 * to a file of their own and look there. */
static void
look_tail(struct traces *t, struct traces_file *f, uint64_t line, size_t n)
{
	char *path = store_path(t->store, f->name);
	struct scraps all = { .persons = t->persons, .line = line - 1 };
	struct scrap s;

	scraps_tail(&all, path, n);
	while (scraps_next(&all, &s))
		if (s.who != MAP_NONE)
			take_line(t, f, &s);
	scraps_free(&all);
	free(path);
}

static bool
look_table(struct traces *t, struct traces_file *f, struct input *in,
    struct err *e)
{
	struct tsv tsv = { 0 };
	struct look l;
	struct slice rows;
	size_t tail;

	if (tsv_open(&tsv, in)) {
		look_begin(&l, t->persons, &tsv.head, f->is);
		for (;;)
			if (traced_others(t, &tsv, &rows))
				tsv_pass(&tsv);
			else if (!tsv_next(&tsv))
				break;
			else if (look_row(&l, &tsv))
				take_row(t, f, &l, &tsv);
		look_end(&l);
	}
	tail = tsv_ok(&tsv) ? input_torn(in) : 0;
	if (tail > 0 && input_kind(in) == UNPACK_PLAIN)
		look_tail(t, f, tsv.line + 1, tail);
	else if (tail > 0)
		err_row(&t->notes, (uint64_t)(f - t->file),
		    _("%s: the last row has no end: not looked into"),
		    f->name);
	return tsv_done(&tsv, e);
}

/* What cannot be read as lines is for somebody to look at. */
static bool
look_lines(struct traces *t, struct traces_file *f, struct input *in,
    struct err *e)
{
	struct scraps all = { .persons = t->persons };
	struct scrap s;

	if (!scraps_read(&all, in, e) && e->status == CRM_DATA) {
		*e = (struct err){ 0 };
		err_row(&t->notes, (uint64_t)(f - t->file),
		    _("%s: not text: not looked into"), f->name);
	}
	while (scraps_next(&all, &s))
		if (s.who != MAP_NONE)
			take_line(t, f, &s);
	scraps_free(&all);
	return e->status == CRM_OK;
}

/* A file derived from the others goes whatever is in it; only one person is
 * looked for, since no more are ever shown. */
static void
look_derived(struct traces *t, struct traces_file *f, const char *path)
{
	f->changes = 1;
	if (t->take != NULL && t->persons->n == 1 &&
	    scraps_has(t->persons, path))
		tell(t, &(struct trace){ f->name, 0, SLICE_EMPTY, SLICE_EMPTY,
		    LOOK_GOES, 0, false });
}

bool
traces_look(struct traces *t, struct err *e)
{
	if (!list(t, e))
		return false;
	for (size_t i = 0; e->status == CRM_OK && i < t->n; i++) {
		struct traces_file *f = &t->file[i];
		char *path = store_path(t->store, f->name);
		struct input *in = NULL;

		if (f->is == PERSONAL_DERIVED)
			look_derived(t, f, path);
		else if ((in = input_open(path, f->is == PERSONAL_LINES ? 0 :
			INPUT_STORE, e)) != NULL)
			(f->is == PERSONAL_LINES ? look_lines : look_table)(
			    t, f, in, e);
		free(path);
	}
	return e->status == CRM_OK;
}

void
traces_free(struct traces *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->file[i].name);
	free(t->file);
	buf_free(&t->room);
	*t = (struct traces){ 0 };
}
