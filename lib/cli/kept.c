#include "cli/kept.h"

#include <stdlib.h>

#include "base/mem.h"
#include "show/quick.h"

enum { LONG = 255 }; /* the length of an id is behind this byte */

/* --- finding -------------------------------------------------------------- */

/* Is this piece behind the one before it, and inside of all?  *at is where
 * it must begin. */
static bool
is_piece(const struct kept_piece *p, uint64_t *at, uint64_t all)
{
	uint64_t slots = slot_bytes(&p->size);

	if (p->at != *at || p->len > all - *at || p->len < slots ||
	    p->size.people == 0 || p->most > SLOT_MOST)
		return false;
	*at += p->len;
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
		k->customers += p->size.people;
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

/* The ids are the rest of the bytes, and nothing else is. */
static bool
read_ids(struct kept_view *v, const char *at, const char *end)
{
	for (uint32_t i = 0; i < v->n; i++) {
		uint32_t len;

		if (at == end)
			return false;
		len = (unsigned char)*at++;
		if (len == LONG) {
			if ((size_t)(end - at) < sizeof len)
				return false;
			memcpy(&len, at, sizeof len);
			at += sizeof len;
		}
		if ((size_t)(end - at) < len)
			return false;
		v->id[i] = (struct slice){ at, len };
		at += len;
	}
	return at == end;
}

bool
kept_read(const struct kept *k, size_t piece, struct kept_view *v)
{
	const struct kept_piece *p = &k->piece[piece];
	size_t len = (size_t)p->len;
	char *at;

	buf_clear(&v->bytes);
	at = buf_room(&v->bytes, len + QUICK_SLACK);
	v->n = p->size.people;
	v->id = mem_grow(v->id, &v->ids, v->n, sizeof *v->id);
	return crate_peek(k->crate, k->part + KEPT_PIECES, p->at, at, len) &&
	    seal_eq(seal_at(at, len), p->hash) &&
	    slot_view(&v->stat, &p->size, at) &&
	    read_ids(v, at + slot_bytes(&p->size), at + len);
}

void
kept_view_free(struct kept_view *v)
{
	buf_free(&v->bytes);
	free(v->id);
	free(v->stat.list.day);
}

/* --- making --------------------------------------------------------------- */

static void
put_id(struct buf *to, struct slice id)
{
	uint32_t len = (uint32_t)id.len;

	buf_byte(to, (char)(len < LONG ? len : LONG));
	if (len >= LONG)
		buf_add(to, &len, sizeof len);
	buf_slice(to, id);
}

void
kept_put(struct kept_made *m, struct slice id, const struct stat *s,
    uint32_t who)
{
	if (m->pack.size.people == 0) {
		buf_clear(&m->ids);
		m->about.first = id.len;
	}
	put_id(&m->ids, id);
	slot_pack(&m->pack, s, who);
}

void
kept_pack(struct kept_made *m)
{
	m->about.size = m->pack.size;
	m->about.most = m->pack.most;
	buf_clear(&m->bytes);
	slot_packed(&m->pack, &m->bytes);
	buf_slice(&m->bytes, buf_all(&m->ids));
	m->about.len = m->bytes.len;
	m->about.hash = seal_at(m->bytes.at, m->bytes.len);
}

void
kept_made_free(struct kept_made *m)
{
	slot_pack_free(&m->pack);
	buf_free(&m->ids);
	buf_free(&m->bytes);
}

/* --- writing -------------------------------------------------------------- */

void
kept_begin(struct kept_writer *w, struct crate_writer *to)
{
	*w = (struct kept_writer){ .to = to };
	crate_part(to);
}

void
kept_add(struct kept_writer *w, const struct kept_made *m)
{
	struct kept_piece p = m->about;
	size_t before = p.first < LONG ? 1 : 1 + sizeof(uint32_t);

	if (p.size.people == 0)
		return;
	p.at = w->at;
	w->at += p.len;
	crate_add(w->to, m->bytes.at, m->bytes.len);
	buf_add(&w->index, &p, sizeof p);
	buf_add(&w->firsts, m->ids.at + before, p.first);
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
