#include "cli/kept.h"

#include <stdlib.h>

#include "base/mem.h"
#include "show/quick.h"

_Static_assert((int)STAT_SLACK >= (int)QUICK_SLACK, "ids can be copied");

/* Of each row in front of the rows of a piece: its bytes, and those of them
 * that are the id. */
struct end {
	uint32_t row, id;
};

/* --- finding -------------------------------------------------------------- */

/* Is this piece behind the one before it, and inside of all?  *at is where
 * it must begin. */
static bool
is_piece(const struct kept_piece *p, uint64_t *at, uint64_t all)
{
	uint64_t left = all - *at;

	if (p->at != *at || p->rows > left || p->days > left - p->rows ||
	    p->customers == 0 || p->customers > UINT32_MAX ||
	    p->rows / sizeof(struct end) < p->customers ||
	    p->days / sizeof(uint32_t) < p->customers ||
	    p->most > SLOT_MOST)
		return false;
	*at += p->rows + p->days;
	return true;
}

/* Do the pieces of the index follow one another to the end, and their first
 * ids too? */
static bool
are_pieces(struct kept *k)
{
	uint64_t at = 0, all = k->crate->len[k->part + KEPT_PIECES];
	struct slice firsts = buf_all(&k->firsts);

	for (size_t i = 0; i < k->pieces; i++) {
		const struct kept_piece *p = &k->piece[i];

		if (!is_piece(p, &at, all) || p->first > firsts.len)
			return false;
		k->first[i] = (struct slice){ firsts.at, p->first };
		firsts.at += p->first;
		firsts.len -= p->first;
		k->customers += p->customers;
		if (p->most > k->most)
			k->most = p->most;
	}
	return at == all && firsts.len == 0;
}

static bool
take_up(struct kept *k)
{
	if (!crate_take(k->crate, k->part + KEPT_INDEX, &k->index) ||
	    !crate_take(k->crate, k->part + KEPT_FIRSTS, &k->firsts) ||
	    k->index.len % sizeof *k->piece != 0)
		return false;
	k->piece = (void *)k->index.at;
	k->pieces = k->index.len / sizeof *k->piece;
	k->first = mem_zero(k->pieces, sizeof *k->first);
	return are_pieces(k);
}

bool
kept_open(struct kept *k, const struct crate *c, size_t part)
{
	*k = (struct kept){ .crate = c, .part = part };
	if (take_up(k))
		return true;
	kept_close(k);
	return false;
}

void
kept_close(struct kept *k)
{
	buf_free(&k->index);
	buf_free(&k->firsts);
	free(k->first);
	*k = (struct kept){ 0 };
}

/* --- reading -------------------------------------------------------------- */

/* Bytes of the pieces, in the place of what *to had, if their hash is that. */
static bool
read_bytes(const struct kept *k, uint64_t at, uint64_t len,
    struct seal_hash hash, struct buf *to)
{
	char *bytes;

	buf_clear(to);
	bytes = buf_room(to, len + STAT_SLACK);
	memset(bytes + len, 0, STAT_SLACK);
	return crate_peek(k->crate, k->part + KEPT_PIECES, at, bytes, len) &&
	    seal_eq(seal_at(bytes, len), hash);
}

/* The rows behind their ends are the rest of the bytes, and nothing else. */
static bool
find_ids(struct kept_view *v, size_t len)
{
	const struct end *e = (const void *)v->bytes.at;
	const char *at = (const void *)(e + v->n);

	v->end = v->bytes.at + len;
	for (uint32_t i = 0; i < v->n; i++) {
		if (e[i].row > (size_t)(v->end - at) || e[i].id >= e[i].row ||
		    at[e[i].id] != '\t' || at[e[i].row - 1] != '\n')
			return false;
		v->id[i] = (struct slice){ at, e[i].id };
		at += e[i].row;
	}
	return at == v->end;
}

bool
kept_read(const struct kept *k, size_t piece, struct kept_view *v)
{
	const struct kept_piece *p = &k->piece[piece];

	v->dated = false;
	v->n = (uint32_t)p->customers;
	v->id = mem_grow(v->id, &v->ids, v->n, sizeof *v->id);
	return read_bytes(k, p->at, p->rows, p->hash, &v->bytes) &&
	    find_ids(v, p->rows);
}

static bool
are_days(const int32_t *day, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (day[i] < DATE_FIRST || day[i] > DATE_LAST ||
		    (i > 0 && day[i] <= day[i - 1]))
			return false;
	return true;
}

/* The days behind their counts are the rest of the bytes. */
static bool
find_days(struct kept_view *v, size_t len)
{
	const uint32_t *count = (const void *)v->days.at;
	const int32_t *day = (const void *)(count + v->n);
	size_t all = len / sizeof *count - v->n, at = 0;

	for (uint32_t i = 0; i < v->n; at += count[i++]) {
		if (count[i] > all - at || !are_days(day + at, count[i]))
			return false;
		v->day_end[i] = (uint32_t)(at + count[i]);
	}
	return at == all && len % sizeof *count == 0;
}

bool
kept_read_days(const struct kept *k, size_t piece, struct kept_view *v)
{
	const struct kept_piece *p = &k->piece[piece];

	v->day_end = mem_grow(v->day_end, &v->ends, v->n, sizeof *v->day_end);
	v->dated = v->dated ||
	    (read_bytes(k, p->at + p->rows, p->days, p->days_hash, &v->days) &&
		find_days(v, p->days));
	return v->dated;
}

struct slice
kept_rows(const struct kept_view *v, uint32_t from, uint32_t to)
{
	const char *end = to < v->n ? v->id[to].at : v->end;

	return (struct slice){ v->id[from].at,
		(size_t)(end - v->id[from].at) };
}

size_t
kept_days(const struct kept_view *v, uint32_t i, const int32_t **day)
{
	size_t from = i == 0 ? 0 : v->day_end[i - 1];

	*day = (const int32_t *)(const void *)v->days.at + v->n + from;
	return v->day_end[i] - from;
}

void
kept_view_free(struct kept_view *v)
{
	buf_free(&v->bytes);
	buf_free(&v->days);
	free(v->id);
	free(v->day_end);
}

/* --- making --------------------------------------------------------------- */

void
kept_put(struct kept_made *m, struct slice row, size_t id, const int32_t *day,
    size_t n)
{
	struct end e = { (uint32_t)row.len, (uint32_t)id };
	uint32_t count = (uint32_t)n;

	if (m->about.customers++ == 0)
		m->about.first = id;
	buf_add(&m->ends, &e, sizeof e);
	buf_slice(&m->rows, row);
	buf_add(&m->counts, &count, sizeof count);
	if (n > 0)
		buf_add(&m->days, day, n * sizeof *day);
}

/* Lay one behind the other; their hash. */
static struct seal_hash
lay(struct buf *to, struct buf *a, struct buf *b)
{
	size_t before = to->len;

	buf_slice(to, buf_all(a));
	buf_slice(to, buf_all(b));
	buf_clear(a);
	buf_clear(b);
	return seal_at(to->at + before, to->len - before);
}

void
kept_pack(struct kept_made *m)
{
	struct kept_piece *p = &m->about;

	buf_clear(&m->bytes);
	if (p->customers == 0)
		return;
	p->hash = lay(&m->bytes, &m->ends, &m->rows);
	p->rows = m->bytes.len;
	p->days_hash = lay(&m->bytes, &m->counts, &m->days);
	p->days = m->bytes.len - p->rows;
}

void
kept_made_free(struct kept_made *m)
{
	struct buf *all[] = { &m->ends, &m->rows, &m->counts, &m->days,
		&m->bytes };

	for (size_t i = 0; i < LEN(all); i++)
		buf_free(all[i]);
}

/* --- writing -------------------------------------------------------------- */

void
kept_begin(struct kept_writer *w, struct crate_writer *to, uint64_t most)
{
	*w = (struct kept_writer){ .to = to, .most = most };
	crate_part(to);
}

void
kept_add(struct kept_writer *w, struct kept_made *m)
{
	struct kept_piece *p = &m->about;

	if (p->customers > 0) {
		p->at = w->at;
		p->most = w->most;
		w->at += m->bytes.len;
		crate_add(w->to, m->bytes.at, m->bytes.len);
		buf_add(&w->index, p, sizeof *p);
		buf_add(&w->firsts, m->bytes.at +
		    p->customers * sizeof(struct end), p->first);
	}
	*p = (struct kept_piece){ 0 };
}

void
kept_end(struct kept_writer *w)
{
	crate_part(w->to);
	crate_add(w->to, w->index.at, w->index.len);
	crate_part(w->to);
	crate_add(w->to, w->firsts.at, w->firsts.len);
	buf_free(&w->index);
	buf_free(&w->firsts);
}
