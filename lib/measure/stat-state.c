/* A state as bytes and back; part of stat.h. */
#include "base/buf.h"
#include "base/mem.h"
#include "measure/slot.h"

/* To be raised by whoever gives a member of struct slot, entry, extra
 * or rare another meaning; a test knows. */
enum { FORMAT = 2 };

enum { AHEAD = 16 }; /* slots that are being fetched */

enum part { SLOTS, ENTRIES, EXTRAS, RARE_SUMS };

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

/* --- writing ----------------------------------------------------------- */

/* What is written behind the slots. */
struct behind {
	struct buf entries, extras, rares;
	uint32_t days, more, seldom; /* how many */
};

/* His order days as a chain of their own, rising, none twice. */
static void
pack_days(const struct stat *s, uint32_t who, struct slot *c,
    struct behind *b)
{
	const int32_t *day;
	size_t n = stat_days(s, who, &day);

	for (size_t i = 0; i < n; i++) {
		struct entry e = { slot_day(day[i]), i == 0 ? 0 : b->days };

		buf_add(&b->entries, &e, sizeof e);
		b->days++;
	}
	c->days = n == 0 ? 0 : b->days;
	slot_set_below(&c->tone, (uint32_t)n);
}

static void
pack_extra(const struct stat *s, struct slot *c, struct behind *b)
{
	struct extra x;

	if (c->extra == 0)
		return;
	x = s->extra[c->extra - 1];
	if (x.rare != 0) {
		buf_add(&b->rares, &s->rare[x.rare - 1], sizeof *s->rare);
		x.rare = ++b->seldom;
	}
	buf_add(&b->extras, &x, sizeof x);
	c->extra = ++b->more;
}

void
stat_write(const struct stat *s, const uint32_t *order, uint32_t n,
    struct crate_writer *to)
{
	static const struct slot nothing;
	struct behind b = { .days = 0 };

	crate_part(to);
	for (uint32_t i = 0; i < n; i++) {
		struct slot c = nothing;

		if (i + AHEAD < n)
			slot_fetch(s, order[i + AHEAD]);
		if (order[i] < s->slots)
			c = s->slot[order[i]];
		pack_days(s, order[i], &c, &b);
		pack_extra(s, &c, &b);
		crate_add(to, &c, sizeof c);
	}
	crate_part(to);
	crate_add(to, b.entries.at, b.entries.len);
	crate_part(to);
	crate_add(to, b.extras.at, b.extras.len);
	crate_part(to);
	crate_add(to, b.rares.at, b.rares.len);
	buf_free(&b.entries);
	buf_free(&b.extras);
	buf_free(&b.rares);
}

/* --- reading ----------------------------------------------------------- */

/* Twice as much room as is used, so that new customers and days find
 * theirs; what is not touched costs nothing. */
static size_t
twice(size_t n)
{
	return n < 256 ? 512 : 2 * n;
}

bool
stat_room(struct stat *s, const uint64_t len[STAT_PARTS],
    void *at[STAT_PARTS])
{
	if (len[SLOTS] % sizeof *s->slot != 0 ||
	    len[ENTRIES] % sizeof *s->entry != 0 ||
	    len[EXTRAS] % sizeof *s->extra != 0 ||
	    len[RARE_SUMS] % sizeof *s->rare != 0 ||
	    len[SLOTS] / sizeof *s->slot > UINT32_MAX / 2 ||
	    len[ENTRIES] / sizeof *s->entry > UINT32_MAX / 2 ||
	    len[EXTRAS] / sizeof *s->extra > UINT32_MAX / 2)
		return false;
	s->people = (uint32_t)(len[SLOTS] / sizeof *s->slot);
	s->entries = len[ENTRIES] / sizeof *s->entry;
	s->extras = len[EXTRAS] / sizeof *s->extra;
	s->rares = len[RARE_SUMS] / sizeof *s->rare;
	s->slots = twice(s->people);
	s->slot = mem_pages(s->slots, sizeof *s->slot);
	s->entries_cap = twice(s->entries);
	s->entry = mem_pages(s->entries_cap, sizeof *s->entry);
	s->extras_cap = twice(s->extras);
	s->extra = mem_pages(s->extras_cap, sizeof *s->extra);
	s->rare = mem_grow(NULL, &s->rares_cap, s->rares + 1,
	    sizeof *s->rare);
	at[SLOTS] = s->slot;
	at[ENTRIES] = s->entry;
	at[EXTRAS] = s->extra;
	at[RARE_SUMS] = s->rare;
	return true;
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
are_extras(struct stat *s)
{
	for (size_t i = 0; i < s->extras; i++) {
		const struct extra *x = &s->extra[i];

		if (x->rare > s->rares || !are_latest(x->latest))
			return false;
		for (int k = 0; k < SUMS; k++) {
			if (x->high[k] > TOO_LARGE)
				return false;
			s->unsettled |= x->high[k] == TOO_LARGE;
		}
	}
	return true;
}

/* Chains lead back, so they end. */
static bool
are_entries(const struct entry *e, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (e[i].before > i || e[i].day == 0 || !is_day(e[i].day))
			return false;
	return true;
}

bool
stat_sound(struct stat *s, uint32_t people)
{
	if (s->people != people || !are_entries(s->entry, s->entries) ||
	    !are_extras(s))
		return false;
	for (uint32_t i = 0; i < people; i++)
		if (!is_slot(s, &s->slot[i]))
			return false;
	for (size_t i = 0; i < s->rares; i++)
		for (int k = 0; k < RARES; k++) {
			if (s->rare[i].sum[k] < 0)
				return false;
			s->unsettled |= s->rare[i].sum[k] == INT64_MAX;
		}
	return true;
}
