/* index_make: all ids and addresses of a table; part of index.h. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "crm/paged.h"
#include "table/scan.h"

enum {
	FILL = 400, /* entries of a page, as they fall */
	TRIES = 8,
};

/* Where an id or an address stands. */
struct spot {
	uint64_t hash, at;
};

struct making {
	struct about about;
	int table;
	struct spot *spot;
	size_t n, cap;
	mode_t mode;
	bool twice; /* an id is */
};

static void
add_spot(struct making *m, uint64_t hash, uint64_t at)
{
	m->spot = mem_grow(m->spot, &m->cap, m->n + 1, sizeof *m->spot);
	m->spot[m->n++] = (struct spot){ hash, at };
}

/* The id and the addresses of a row; false if that is no id. */
static bool
gather_row(struct making *m, struct slice id, struct slice mails, uint64_t at,
    struct buf *room)
{
	struct slice one;

	if (id.len == 0 || at >> PAGED_OFFSET != 0)
		return false;
	add_spot(m, paged_id(m->about.key, id), at);
	while (customer_part(&mails, &one))
		add_spot(m, paged_mail(m->about.key,
		    customer_folded(one, room)), at);
	return true;
}

static bool
gather_rows(struct making *m, struct input *in, const struct head *h,
    uint64_t at)
{
	struct block b = { 0 };
	struct scan s = { .form = scan_best() };
	struct buf room = { 0 };
	struct err e = { 0 };
	int email = head_find(h, "email");
	bool good = true;

	for (; good && input_block(in, &b, &e); at += b.len) {
		good = scan_block(&s, b.at, b.len, h->cols);
		for (size_t r = 0; good && r < s.rows; r++) {
			const uint32_t *row = scan_row(&s, r);
			struct slice id = scan_field(&s, row, 0);

			good = gather_row(m, id, email < 0 ? SLICE_EMPTY :
			    scan_field(&s, row, (size_t)email),
			    at + (uint64_t)(id.at - b.at), &room);
		}
	}
	block_free(&b);
	scan_free(&s);
	buf_free(&room);
	return good && e.status == CRM_OK && input_torn(in) == 0;
}

/* All of a table that is sound and as we write it; others have no index. */
static bool
gather(struct making *m, const char *path)
{
	int fd = fcntl(m->table, F_DUPFD_CLOEXEC, 3);
	struct err e = { 0 };
	struct input *in = fd < 0 ? NULL :
	    input_fd(fd, path, INPUT_STORE, &e);
	struct head h = { 0 };
	struct slice line;
	char lf = '\0';
	bool good = in != NULL && paged_ids_first(m->table) &&
	    input_header(in, &line, &e) &&
	    head_parse(&h, line, "customers.tsv", &e) &&
	    pread(m->table, &lf, 1, (off_t)line.len) == 1 && lf == '\n' &&
	    gather_rows(m, in, &h, line.len + 1);

	head_free(&h);
	input_close(in);
	return good;
}

static int
by_hash(const void *a, const void *b)
{
	const struct spot *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* Spots one page behind the other; those of page p begin at first[p]. */
static void
part(struct making *m, size_t *first)
{
	uint64_t pages = m->about.pages;
	struct spot *to = mem_resize(NULL, m->n + 1, sizeof *to);

	memset(first, 0, (pages + 1) * sizeof *first);
	for (size_t i = 0; i < m->n; i++)
		first[paged_number(m->spot[i].hash, pages) + 1]++;
	for (uint64_t p = 0; p < pages; p++)
		first[p + 1] += first[p];
	for (size_t i = 0; i < m->n; i++)
		to[first[paged_number(m->spot[i].hash, pages)]++] = m->spot[i];
	memmove(first + 1, first, pages * sizeof *first);
	first[0] = 0;
	free(m->spot);
	m->spot = to;
	m->cap = m->n + 1;
}

/* Do the rows at two spots have the same id? */
static bool
are_same(const struct making *m, uint64_t a, uint64_t b)
{
	char left[PAGED_ROW], right[PAGED_ROW];
	struct slice x, y;

	return paged_row(m->table, a, left, &x) &&
	    paged_row(m->table, b, right, &y) &&
	    slice_eq(paged_field(x, 0), paged_field(y, 0));
}

/* Of an address that many have two are enough to know it; how many spots
 * are left. */
static size_t
thin(struct making *m, struct spot *at, size_t n)
{
	size_t left = 0;

	qsort(at, n, sizeof *at, by_hash);
	for (size_t i = 0; i < n; i++) {
		bool one = left > 0 && at[left - 1].hash == at[i].hash;

		if (one && at[left - 1].at == at[i].at)
			continue;
		if (one && left > 1 && at[left - 2].hash == at[i].hash)
			continue;
		if (one && are_same(m, at[left - 1].at, at[i].at))
			m->twice = true;
		at[left++] = at[i];
	}
	return left;
}

static void
write_page(const struct spot *at, size_t n, uint64_t number,
    struct crate_writer *w)
{
	struct page p = { 0 };

	for (size_t i = 0; i < n; i++)
		p.entry[i] = at[i].hash << PAGED_OFFSET | at[i].at;
	p.seal = paged_seal(&p, number);
	crate_add(w, &p, sizeof p);
}

/* Spots as pages; with more pages if one has too many. */
static size_t *
lay_out(struct making *m, size_t **count)
{
	size_t *first = NULL, most = PAGED_ENTRIES + 1;

	m->about.pages = m->n / FILL + 1;
	*count = NULL;
	for (int i = 0; i < TRIES && most > PAGED_ENTRIES; i++) {
		m->about.pages += (uint64_t)i * m->about.pages / 4;
		first = mem_resize(first, m->about.pages + 1, sizeof *first);
		*count = mem_resize(*count, m->about.pages, sizeof **count);
		part(m, first);
		most = 0;
		for (uint64_t p = 0; p < m->about.pages; p++) {
			size_t n = thin(m, m->spot + first[p],
			    first[p + 1] - first[p]);

			(*count)[p] = n;
			most = n > most ? n : most;
		}
	}
	if (most > PAGED_ENTRIES)
		m->about.pages = 0;
	return first;
}

static void
write_index(struct making *m, const struct store *s)
{
	char *path = store_path(s, PAGED_NAME);
	struct crate_writer w;
	struct err e = { 0 };
	size_t *count = NULL, *first = NULL;

	if (m->about.pages > 0)
		first = lay_out(m, &count);
	if (!m->twice) {
		/* Others have the lock no more: what is left is of the dead. */
		crate_remove(path);
		crate_begin(&w, path);
		crate_mode(&w, m->mode);
		crate_part(&w);
		crate_add(&w, &m->about, sizeof m->about);
		crate_part(&w);
		for (uint64_t p = 0; p < m->about.pages; p++)
			write_page(m->spot + first[p], count[p], p, &w);
		crate_end(&w, &e);
	}
	free(first);
	free(count);
	free(path);
}

/* The words for an id that is there twice. */
static bool
refuse(const struct store *s, struct err *e)
{
	struct customers c;
	bool good = customers_load(&c, s, CUSTOMER_BIT(ID), e);

	customers_free(&c);
	return good;
}

static bool
has_index(const struct store *s, struct file_mark table)
{
	struct crate c;
	struct about a;
	bool has = paged_open(&c, s, &a) && file_same(a.table, table);

	crate_close(&c);
	return has;
}

bool
index_make(const struct store *s, int64_t clock, struct err *e)
{
	struct stat st;
	struct making m = { .table = paged_table(s, &st) };
	char *path;
	bool good = true;

	if (m.table < 0)
		return true;
	path = store_path(s, "customers.tsv");
	m.about.table = file_mark(&st);
	m.mode = st.st_mode & 0660;
	if (st.st_size >= INDEX_LEAST && file_has_ctime(m.table) &&
	    st.st_ctim.tv_sec < clock - INDEX_SETTLED &&
	    !has_index(s, m.about.table) &&
	    getrandom(&m.about.key, sizeof m.about.key, 0) ==
		sizeof m.about.key) {
		m.about.pages = gather(&m, path);
		write_index(&m, s);
		good = !m.twice || refuse(s, e);
	}
	free(path);
	free(m.spot);
	close(m.table);
	return good;
}
