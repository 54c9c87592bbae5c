#include "cli/roll.h"

#include <stdlib.h>

#include "base/mem.h"

enum { AHEAD = 24, NEAR = 6 }; /* keys that are being fetched */

/* People order[from..to-1], and those of a piece of the kept that are not
 * before the first of them, unless it `begins`, nor from `to` on, unless it
 * `ends`. */
struct roll_piece {
	uint32_t from, to;
	size_t kept;
	bool begins, ends;
};

static struct slice
id_of(const struct roll *r, uint32_t i)
{
	return map_key(r->people, r->order[i]);
}

/* --- pieces --------------------------------------------------------------- */

/* The first of the people from `from` on whose id is not before this one. */
static uint32_t
first_from(const struct roll *r, uint32_t from, struct slice id)
{
	uint32_t low = from, high = r->laid;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (slice_cmp(id_of(r, mid), id) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
add_piece(struct roll *r, size_t *cap, struct roll_piece p)
{
	r->piece = mem_grow(r->piece, cap, r->pieces + 1, sizeof *r->piece);
	r->piece[r->pieces++] = p;
}

/* People from..to-1 and piece `kept`, in as many pieces as it takes. */
static void
lay(struct roll *r, size_t *cap, uint32_t from, uint32_t to, size_t kept)
{
	uint32_t at = from, n;

	do {
		n = to - at < ROLL_PIECE ? to - at : ROLL_PIECE;
		add_piece(r, cap, (struct roll_piece){ at, at + n, kept,
			at == from, at + n == to });
		at += n;
	} while (at < to);
}

static void
drop(struct roll *r)
{
	free(r->order);
	free(r->piece);
	r->order = NULL;
	r->piece = NULL;
	r->pieces = 0;
}

/* All pieces from an id on. */
static void
lay_from(struct roll *r, struct slice id)
{
	size_t cap = 0, last = r->kept.pieces;
	uint32_t from;

	drop(r);
	r->order = map_sorted(r->people);
	r->laid = r->people->len;
	from = first_from(r, 0, id);
	for (size_t i = 1; i < last; i++) {
		uint32_t to = first_from(r, from, r->kept.first[i]);

		lay(r, &cap, from, to, i - 1);
		from = to;
	}
	lay(r, &cap, from, r->laid, last - (last > 0));
}

void
roll_lay(struct roll *r)
{
	if (r->order == NULL || r->laid != r->people->len)
		lay_from(r, SLICE_EMPTY);
}

void
roll_go_on(struct roll *r)
{
	const struct roll_piece *p = &r->piece[r->given - 1];

	if (p->begins && p->kept > 0)
		buf_slice(&r->from, r->kept.first[p->kept]);
	else if (!p->begins)
		buf_slice(&r->from, id_of(r, p->from));
	kept_close(&r->kept);
	r->lost = false;
	lay_from(r, SLICE_EMPTY);
}

void
roll_pass(struct roll *r)
{
	lay_from(r, buf_all(&r->from));
}

void
roll_free(struct roll *r)
{
	drop(r);
	buf_free(&r->from);
	kept_close(&r->kept);
}

/* --- a piece -------------------------------------------------------------- */

static void
add_item(struct roll_hand *h, struct roll_item it)
{
	h->item[h->n++] = it;
}

/* Begin to fetch what is new and will be woven in, and once it is there, what
 * it leads to. */
MEM_FETCH
fetch(const struct roll *r, const struct roll_piece *p, uint32_t k)
{
	if (p->to - k > AHEAD) {
		map_fetch(r->people, r->order[k + AHEAD]);
		slot_fetch(r->stat, r->order[k + AHEAD]);
	}
	if (p->to - k > NEAR) {
		slot_fetch_extra(r->stat, r->order[k + NEAR]);
		slot_fetch_day(r->stat, r->order[k + NEAR]);
	}
}

/* As they are: who looks at them fetches them as he goes. */
static void
add_new(const struct roll *r, struct roll_hand *h, const struct roll_piece *p)
{
	for (uint32_t i = p->from; i < p->to; i++) {
		if (p->to - i > AHEAD)
			map_fetch(r->people, r->order[i + AHEAD]);
		add_item(h, (struct roll_item){ id_of(r, i), r->stat,
			r->order[i], 0 });
	}
}

/* What is kept of a customer, to be added to by what is `new`: his row, and his
 * order days where that does not do.  False where it is damaged. */
static bool
take_kept(const struct roll *r, struct roll_hand *h, size_t piece,
    uint32_t at, uint32_t who, const struct slot *new)
{
	const int32_t *day = NULL;
	struct stat_row row;
	size_t n;

	if (!stat_parse(kept_rows(&h->kept, at, at + 1), &row))
		return false;
	if (!r->dated && r->stat->spans == 0 && slot_follows(new, &row)) {
		slot_take_row(h->mixed, &h->mixed->slot[who], &row, new);
		return true;
	}
	if (!kept_read_days(&r->kept, piece, &h->kept))
		return false;
	n = kept_days(&h->kept, at, &day);
	stat_add_row(h->mixed, who, &row, day, n);
	return n == (size_t)row.order_days;
}

/* What is new of a customer, added to what is kept of him, if anything is: he
 * is `at` there. */
static bool
mix_one(const struct roll *r, struct roll_hand *h, size_t piece,
    uint32_t from, uint32_t at)
{
	const struct slot *new = slot_of(r->stat, from);
	struct stat *s = h->mixed;
	uint32_t who = s->people;

	slot_make_room(s, (size_t)who + 1);
	if (at < h->kept.n && !take_kept(r, h, piece, at, who, new))
		return false;
	s->people = who + 1;
	slot_take(s, &s->slot[who], r->stat, new);
	if (r->stat->spans > 0)
		slot_take_spans(s, who, r->stat, from);
	return true;
}

/* The first of the kept from `from` on whose id is not before this one. */
static uint32_t
kept_from(const struct kept_view *v, uint32_t from, struct slice id)
{
	uint64_t start = slice_start(id);

	while (from < v->n && slice_start(v->id[from]) < start)
		from++;
	while (from < v->n && slice_cmp(v->id[from], id) < 0)
		from++;
	return from;
}

static void
add_kept(struct roll_hand *h, uint32_t from, uint32_t to)
{
	if (from < to)
		add_item(h, (struct roll_item){ h->kept.id[from], NULL, from,
			to });
}

/* False where what is kept is damaged. */
static bool
weave(const struct roll *r, struct roll_hand *h, const struct roll_piece *p)
{
	const struct kept_view *v = &h->kept;
	uint32_t i = p->begins ? 0 : kept_from(v, 0, id_of(r, p->from));
	uint32_t end = p->ends ? v->n : kept_from(v, i, id_of(r, p->to));

	for (uint32_t k = p->from; k < p->to; k++) {
		struct slice id = id_of(r, k);
		uint32_t at = kept_from(v, i, id);
		bool his = at < v->n && slice_eq(v->id[at], id);

		fetch(r, p, k);
		add_kept(h, i, at);
		add_item(h, (struct roll_item){ id, h->mixed,
			h->mixed->people, 0 });
		if (!mix_one(r, h, p->kept, r->order[k], his ? at : v->n))
			return false;
		i = at + his;
	}
	add_kept(h, i, end);
	return true;
}

/* Weave, and settle what was added. */
static bool
mix(const struct roll *r, struct roll_hand *h, const struct roll_piece *p)
{
	struct slot_wrong w;
	size_t i = 0;

	if (h->mixed == NULL) {
		h->mixed = mem_zero(1, stat_measure.size);
		stat_measure.init(h->mixed, NULL);
	}
	slot_clear(h->mixed);
	h->lost = !weave(r, h, p);
	if (h->lost || slot_settle(h->mixed, h->mixed->people, &w))
		return !h->lost;
	while (h->item[i].stat != h->mixed || h->item[i].who != w.who)
		i++;
	return slot_tell_wrong(&w, h->item[i].id, &h->err);
}

/* A piece that is woven: between any two of the new there may be some of the
 * kept. */
static bool
get_woven(const struct roll *r, struct roll_hand *h,
    const struct roll_piece *p)
{
	h->lost = !kept_read(&r->kept, p->kept, &h->kept) ||
	    (r->dated && !kept_read_days(&r->kept, p->kept, &h->kept));
	if (h->lost)
		return false;
	h->item = mem_grow(h->item, &h->items,
	    2 * (size_t)(p->to - p->from) + 1, sizeof *h->item);
	return mix(r, h, p);
}

static bool
get(const struct roll *r, struct roll_hand *h, const struct roll_piece *p)
{
	if (h->lost || h->err.status != CRM_OK)
		return false;
	if (r->kept.pieces > 0)
		return get_woven(r, h, p);
	h->item = mem_grow(h->item, &h->items, p->to - p->from,
	    sizeof *h->item);
	add_new(r, h, p);
	return true;
}

void
roll_get(const struct roll *r, struct roll_hand *h, size_t piece)
{
	h->n = 0;
	if (!get(r, h, &r->piece[piece]))
		h->n = 0;
}

static bool
is_well(const struct roll *r)
{
	return !r->lost && r->err.status == CRM_OK;
}

bool
roll_give(struct roll *r, const struct roll_hand *h)
{
	if (!is_well(r))
		return false;
	r->lost = h->lost;
	if (h->err.status != CRM_OK)
		r->err = h->err;
	r->given++;
	return is_well(r);
}

bool
roll_walk(struct roll *r, struct turns turns, void *hands, size_t n,
    size_t size)
{
	turns.pieces = r->pieces;
	r->given = 0;
	turns_run(&turns, hands, n, size);
	return is_well(r);
}

void
roll_hand_free(struct roll_hand *h)
{
	kept_view_free(&h->kept);
	if (h->mixed != NULL)
		stat_measure.free(h->mixed);
	free(h->mixed);
	free(h->item);
}

/* --- all pieces ----------------------------------------------------------- */

bool
roll_is_large(const struct roll *r)
{
	return slot_bound(r->stat) > SLOT_MOST - r->kept.most;
}

/* A thread that only looks whether all can be settled. */
struct look {
	struct roll *roll;
	struct roll_hand hand;
};

static void
look_at(void *look, size_t piece)
{
	struct look *l = look;

	roll_get(l->roll, &l->hand, piece);
}

static void
take_note(void *look, size_t piece)
{
	struct look *l = look;

	(void)piece;
	roll_give(l->roll, &l->hand);
}

static void
look_at_all(struct roll *r)
{
	struct turns turns = { .make = look_at, .give = take_note };
	size_t n = turns_hands();
	struct look *l = mem_zero(n, sizeof *l);

	for (size_t i = 0; i < n; i++)
		l[i].roll = r;
	roll_walk(r, turns, l, n, sizeof *l);
	for (size_t i = 0; i < n; i++)
		roll_hand_free(&l[i].hand);
	free(l);
}

bool
roll_settle(struct roll *r)
{
	roll_lay(r);
	if (r->kept.pieces == 0)
		return stat_settle(r->stat, r->people, &r->err);
	slot_sort_spans(r->stat);
	if (r->stat->spans > 0 || r->stat->unsettled || roll_is_large(r))
		look_at_all(r);
	return is_well(r);
}
