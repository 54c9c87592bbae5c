/* Customers as bytes, and looked at where they lie; part of slot.h. */
#include "base/mem.h"
#include "measure/slot.h"

/* To be raised by whoever gives a member of struct slot, entry, extra
 * or rare, or their order, another meaning; a test knows. */
enum { FORMAT = 4 };

/* The kinds are in there, as a state keeps their numbers. */
struct seal_hash
stat_layout(void)
{
	struct buf text = { 0 };
	struct seal_hash h;

	buf_fmt(&text, "%d %zu %zu %zu %zu %d %d %d %lld %lld",
	    FORMAT, sizeof(struct slot), sizeof(struct entry),
	    sizeof(struct extra), sizeof(struct rare), VALUE_BITS, TONE_BITS,
	    DAY_BITS, (long long)EPOCH, (long long)FAR);
	for (int k = 0; k < KINDS; k++)
		buf_fmt(&text, " %s", kind_info(k)->name);
	h = seal_at(text.at, text.len);
	buf_free(&text);
	return h;
}

/* --- packing ----------------------------------------------------------- */

/* His order days as a chain of their own, rising, none twice. */
static void
pack_days(struct slot_pack *p, const struct stat *s, const struct slot *from,
    struct slot *c)
{
	size_t n;

	slot_list_days(s, from, &p->days);
	n = p->days.n;
	for (size_t i = 0; i < n; i++) {
		struct entry e = { slot_day(p->days.day[i]),
			i == 0 ? 0 : p->size.entries };

		buf_add(&p->entries, &e, sizeof e);
		p->size.entries++;
	}
	c->days = n == 0 ? 0 : p->size.entries;
	slot_set_below(&c->tone, (uint32_t)n);
}

static void
pack_extra(struct slot_pack *p, const struct stat *s, struct slot *c)
{
	struct extra x;

	if (c->extra == 0)
		return;
	x = s->extra[c->extra - 1];
	if (x.rare != 0) {
		buf_add(&p->rares, &s->rare[x.rare - 1], sizeof *s->rare);
		x.rare = ++p->size.rares;
	}
	buf_add(&p->extras, &x, sizeof x);
	c->extra = ++p->size.extras;
}

void
slot_pack(struct slot_pack *p, const struct stat *s, uint32_t who)
{
	const struct slot *from = slot_of(s, who);
	struct slot c = *from;

	slot_larger(&p->most, slot_most(s, from));
	pack_days(p, s, from, &c);
	pack_extra(p, s, &c);
	buf_add(&p->slots, &c, sizeof c);
	p->size.people++;
}

void
slot_packed(struct slot_pack *p, struct buf *to)
{
	struct buf *part[] = { &p->slots, &p->extras, &p->rares,
		&p->entries };

	for (size_t i = 0; i < LEN(part); i++) {
		buf_slice(to, buf_all(part[i]));
		buf_clear(part[i]);
	}
	p->size = (struct slot_size){ 0 };
	p->most = 0;
}

void
slot_pack_free(struct slot_pack *p)
{
	buf_free(&p->slots);
	buf_free(&p->extras);
	buf_free(&p->rares);
	buf_free(&p->entries);
	free(p->days.day);
}

uint64_t
slot_bytes(const struct slot_size *n)
{
	return (uint64_t)n->people * sizeof(struct slot) +
	    (uint64_t)n->extras * sizeof(struct extra) +
	    (uint64_t)n->rares * sizeof(struct rare) +
	    (uint64_t)n->entries * sizeof(struct entry);
}

/* --- do they hold together? ------------------------------------------- */

static inline bool
is_time(uint64_t since_epoch)
{
	return since_epoch <= (uint64_t)(FAR - EPOCH);
}

static inline bool
is_day(uint32_t day)
{
	return day <= DATE_LAST - DATE_FIRST + 1;
}

static bool
are_latest(const uint64_t latest[LATEST])
{
	static const uint8_t top[LATEST] = { [NPS] = SCORE_TOP,
		[CSAT] = SCORE_TOP, [STATE] = KINDS - 1 };

	for (int i = 0; i < LATEST; i++)
		if (!is_time(latest[i] >> VALUE_BITS) ||
		    (latest[i] & VALUE_MASK) > top[i])
			return false;
	return true;
}

static bool
is_tone(uint64_t latest)
{
	return is_time(latest >> TONE_BITS) &&
	    (latest & TONE_MASK) <= 2 * TONE_TOP;
}

static bool
is_slot(const struct stat *s, const struct slot *c)
{
	return is_time(c->last) && is_time(slot_above(c->first)) &&
	    is_time(slot_above(c->contact)) && is_tone(slot_above(c->tone)) &&
	    is_day(slot_below(c->first)) && is_day(slot_below(c->contact)) &&
	    c->days <= s->entries && c->extra <= s->extras;
}

static bool
are_extras(const struct stat *s)
{
	for (size_t i = 0; i < s->extras; i++) {
		const struct extra *x = &s->extra[i];

		if (x->rare > s->rares || !are_latest(x->latest))
			return false;
	}
	return true;
}

static bool
are_rares(const struct stat *s)
{
	for (size_t i = 0; i < s->rares; i++) {
		for (int k = 0; k < RARES; k++)
			if (s->rare[i].sum[k] < 0)
				return false;
		for (int k = 0; k < SUMS; k++)
			if (s->rare[i].high[k] >= TOO_LARGE)
				return false;
	}
	return true;
}

/* Chains lead back, so they end. */
static bool
are_entries(const struct stat *s)
{
	const struct entry *e = s->entry;

	for (size_t i = 0; i < s->entries; i++)
		if (e[i].before > i || e[i].day == 0 || !is_day(e[i].day))
			return false;
	return true;
}

static bool
are_slots(const struct stat *s)
{
	for (size_t i = 0; i < s->slots; i++)
		if (!is_slot(s, &s->slot[i]))
			return false;
	return true;
}

bool
slot_view(struct stat *s, const struct slot_size *n, char *at)
{
	struct slot_days list = s->list;

	*s = (struct stat){ .window = WINDOW_ALL, .people = n->people,
		.slots = n->people, .entries = n->entries,
		.extras = n->extras, .rares = n->rares, .list = list };
	s->slot = (void *)at;
	s->extra = (void *)(s->slot + s->slots);
	s->rare = (void *)(s->extra + s->extras);
	s->entry = (void *)(s->rare + s->rares);
	return s->entries < UNSORTED && are_slots(s) && are_extras(s) &&
	    are_rares(s) && are_entries(s);
}
