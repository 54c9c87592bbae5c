#include "crm/index.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "crm/paged.h"

int
paged_table(const struct store *s, struct stat *st)
{
	char *path = store_path(s, "customers.tsv");
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	free(path);
	if (fd >= 0 && (fstat(fd, st) != 0 || !S_ISREG(st->st_mode))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

bool
paged_open(struct crate *c, const struct store *s, struct about *a)
{
	char *path = store_path(s, PAGED_NAME);
	struct err e = { 0 };
	bool good = crate_open(c, path, &e) && c->parts == PAGED_PARTS &&
	    c->len[PAGED_ABOUT] == sizeof *a &&
	    crate_read(c, PAGED_ABOUT, a) &&
	    c->len[PAGED_PAGES] == a->pages * sizeof(struct page);

	free(path);
	return good;
}

bool
paged_ids_first(int fd)
{
	char top[3];

	return pread(fd, top, sizeof top, 0) == sizeof top &&
	    (memcmp(top, "id\t", 3) == 0 || memcmp(top, "id\n", 3) == 0);
}

/* --- looking up --------------------------------------------------------- */

struct look {
	struct crate crate;
	struct about about;
	int table;    /* descriptor */
	bool current; /* is the index of the table as it is? */
};

static bool
look_begin(struct look *l, const struct store *s)
{
	struct stat st;

	l->table = -1;
	if (!paged_open(&l->crate, s, &l->about) || l->about.pages == 0)
		return false;
	l->table = paged_table(s, &st);
	l->current = l->table >= 0 &&
	    file_same(file_mark(&st), l->about.table) &&
	    file_has_ctime(l->table);
	return l->table >= 0 && paged_ids_first(l->table);
}

static void
look_end(struct look *l)
{
	crate_close(&l->crate);
	if (l->table >= 0)
		close(l->table);
}

static bool
read_page(const struct look *l, uint64_t hash, struct page *p)
{
	uint64_t n = paged_number(hash, l->about.pages);

	return crate_peek(&l->crate, PAGED_PAGES, n * sizeof *p, p,
	    sizeof *p) && p->seal == paged_seal(p, n);
}

bool
paged_row(int table, uint64_t at, char room[static PAGED_ROW],
    struct slice *line)
{
	ssize_t n = at == 0 ? 0 :
	    pread(table, room, PAGED_ROW, (off_t)at - 1);
	const char *lf = n > 1 && room[0] == '\n' ?
	    memchr(room + 1, '\n', (size_t)n - 1) : NULL;

	if (lf != NULL)
		*line = (struct slice){ room + 1, (size_t)(lf - room) - 1 };
	return lf != NULL;
}

struct slice
paged_field(struct slice line, int c)
{
	struct slice field = SLICE_EMPTY;

	while (c >= 0 && text_part(&line, '\t', &field))
		c--;
	return c < 0 ? field : SLICE_EMPTY;
}

/* The next row that an entry of this hash leads to, *i on. */
static bool
next_entry(const struct page *p, uint64_t hash, size_t *i, uint64_t *at)
{
	for (; *i < PAGED_ENTRIES && p->entry[*i] != 0; ++*i)
		if (((p->entry[*i] >> PAGED_OFFSET ^ hash) &
			((1u << (64 - PAGED_OFFSET)) - 1)) == 0) {
			*at = p->entry[(*i)++] &
			    ((UINT64_C(1) << PAGED_OFFSET) - 1);
			return true;
		}
	return false;
}

static bool
find_id(const struct look *l, const struct page *p, uint64_t hash,
    struct slice field)
{
	char room[PAGED_ROW];
	struct slice line;
	uint64_t at;

	for (size_t i = 0; next_entry(p, hash, &i, &at);)
		if (paged_row(l->table, at, room, &line) &&
		    slice_eq(paged_field(line, 0), field))
			return true;
	return false;
}

static int
email_column(const struct look *l)
{
	char room[PAGED_ROW];
	ssize_t n = pread(l->table, room, sizeof room, 0);
	const char *lf = n > 0 ? memchr(room, '\n', (size_t)n) : NULL;
	struct head h = { 0 };
	struct err e = { 0 };
	int column = -1;

	if (lf != NULL && head_parse(&h,
		(struct slice){ room, (size_t)(lf - room) }, "-", &e))
		column = head_find(&h, "email");
	head_free(&h);
	return column;
}

/* The id of the only one; a row that cannot be read may be another's. */
static bool
find_mail(const struct look *l, const struct page *p, uint64_t hash,
    struct slice mail, struct buf *id)
{
	char room[PAGED_ROW];
	struct slice line;
	uint64_t at;
	int email = email_column(l), found = 0;

	for (size_t i = 0; email >= 0 && next_entry(p, hash, &i, &at);) {
		if (!paged_row(l->table, at, room, &line))
			return false;
		if (!customer_has_mail(paged_field(line, email), mail))
			continue;
		found++;
		buf_clear(id);
		buf_slice(id, paged_field(line, 0));
	}
	return found == 1;
}

/* An id counts before an address; so there must be none. */
static enum index_answer
answer(const struct look *l, struct slice field, struct buf *id)
{
	uint64_t hash = paged_id(l->about.key, field);
	struct page p;
	bool sound = read_page(l, hash, &p);

	if (!sound)
		return INDEX_UNKNOWN;
	if (find_id(l, &p, hash, field)) {
		buf_clear(id);
		buf_slice(id, field);
		return INDEX_ID;
	}
	if (!l->current || memchr(field.at, '@', field.len) == NULL)
		return INDEX_UNKNOWN;
	hash = paged_mail(l->about.key, customer_folded(field, id));
	return read_page(l, hash, &p) && find_mail(l, &p, hash, field, id) ?
	    INDEX_MAIL : INDEX_UNKNOWN;
}

enum index_answer
index_find(const struct store *s, struct slice field, struct buf *id)
{
	struct look l;
	enum index_answer a = INDEX_UNKNOWN;

	if (look_begin(&l, s) && field.len > 0)
		a = answer(&l, field, id);
	look_end(&l);
	return a;
}
