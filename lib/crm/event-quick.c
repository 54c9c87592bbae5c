/* event_type_rows: the usual forms of fields, quickly; part of event.h. */
#include "crm/event.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/num.h"

#define INLINE static inline __attribute__((always_inline))
#define NOINLINE __attribute__((noinline))
#define LITTLE (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)

#define ONES UINT64_C(0x0101010101010101)
#define TOPS (ONES << 7)

enum { ID_BYTES = 64, TIME_BYTES = 20 };

/* The first bytes of a word as it stood in memory, 1 to 8 of them, moved
 * to where the last would be. */
INLINE uint64_t
firsts(uint64_t w, size_t len)
{
	unsigned bits = (0u - (unsigned)len * 8) % 64;

	return LITTLE ? w << bits : w >> bits;
}

/*
 * `HH:MM:SS` as one word.  Digits become 0..9 and colons 0 by one exclusive
 * or; adding then carries into the top bit of every byte that is more than
 * it may be.  Seconds of the day; a day or more where it is none.
 */
INLINE uint32_t
clock_of(const char *p)
{
	const uint64_t form = UINT64_C(0x30303a30303a3030);
	const uint64_t most = UINT64_C(0x767a7f767a7f767d);
	uint64_t d = typer_word(p) ^ form, pairs;

	if (!LITTLE || ((d | (d + most)) & TOPS) != 0)
		return DATE_DAY;
	/* Hours are in byte 0 now, minutes in byte 3, seconds in byte 6;
	 * multiplying brings hours and minutes together. */
	pairs = (d * 2561 >> 8) & UINT64_C(0x00ff0000ff0000ff);
	return (uint32_t)(pairs * ((UINT64_C(60) << 24) + 1) >> 24 & 0xffff) *
	    60 + (uint32_t)(pairs >> 48);
}

INLINE bool
is_day(const struct typer_day *d, const char *date)
{
	return typer_word(d->text) == typer_word(date) &&
	    typer_word(d->text + 3) == typer_word(date + 3);
}

/* Any day; its month is learnt. */
static bool
learn_month(struct typer *t, struct slice s, int32_t *day)
{
	struct date d;

	if (typer_due(t, s, day))
		return true;
	if (!date_parse(s, day))
		return false;
	d = date_of(*day);
	t->month[typer_month(typer_word(s.at))] = (struct typer_month){
		typer_word(s.at), *day - d.day + 1,
		(uint32_t)date_month_length(d.year, d.month) };
	return true;
}

/* Lay down a day by what is written, unless the zone's clocks change on it
 * or the calendar ends with it. */
static bool
learn_day(struct typer *t, struct typer_day *d, const char *date)
{
	int64_t to, local;
	int32_t day;

	if (date[10] != 'T' ||
	    !learn_month(t, (struct slice){ date, 10 }, &day) ||
	    day == DATE_FIRST || day == DATE_LAST)
		return false;
	local = day * DATE_DAY +
	    zone_offset(event_zone(t), day * DATE_DAY, NULL, &to);
	if (to < (day + 1) * DATE_DAY)
		return false;
	memcpy(d->text, date, 11);
	memcpy(d->text + 11, "00:00:00Z\t", 11);
	d->midnight = day * DATE_DAY;
	d->day = date_utc_day(local);
	d->turn = (uint32_t)((d->day + 1) * DATE_DAY - local);
	return true;
}

/* Turn to the day of a time, if it is not that of the row before and can be
 * learnt. */
static bool
turn_day(struct typer *t, const char *time)
{
	struct typer_day *d;

	if (is_day(t->last, time))
		return false;
	d = &t->day[typer_word(time + 3) * UINT64_C(0x9e3779b97f4a7c15) >> 58];
	if (!is_day(d, time) && !learn_day(t, d, time))
		return false;
	t->last = d;
	return true;
}

/* `2026-11-21T20:21:47Z` on the day of the row before. */
INLINE bool
quick_time(const struct typer_day *d, const char *at, struct event *v)
{
	uint32_t second;

	if (!is_day(d, at) || at[19] != 'Z' ||
	    (second = clock_of(at + 11)) >= DATE_DAY)
		return false;
	v->time = d->midnight + second;
	v->day = d->day + (second >= d->turn);
	return true;
}

/*
 * The top bit of each byte that is perhaps not part of an id: all but `!`
 * to `~` without backslash.
 */
INLINE uint64_t
doubts(uint64_t w)
{
	return (~(w + ONES * (0x80 - '!')) | (w + ONES) | w |
	    ((w ^ ONES * '\\') - ONES)) & TOPS;
}

/* An id a word at a time.  Bytes behind it may be read. */
static NOINLINE bool
long_id(struct slice s)
{
	uint64_t doubt = 0;
	size_t i = 0;

	if (s.len == 0 || s.len > ID_BYTES)
		return s.len == 0;
	for (; s.len - i > 8; i += 8)
		doubt |= doubts(typer_word(s.at + i));
	return (doubt | firsts(doubts(typer_word(s.at + i)), s.len - i)) == 0;
}

/* The same for sixteen bytes at once: more have few ids. */
INLINE bool
quick_id(struct slice s)
{
#if defined(__SSE2__)
	__m128i v = _mm_loadu_si128((const __m128i *)s.at);
	/* One more, and DEL is below zero as are bytes beyond ASCII. */
	__m128i good = _mm_andnot_si128(
	    _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')),
	    _mm_cmpgt_epi8(_mm_add_epi8(v, _mm_set1_epi8(1)),
		_mm_set1_epi8('!')));

	if (s.len <= 16)
		return (~(unsigned)_mm_movemask_epi8(good) &
		    ((1u << s.len) - 1)) == 0;
#endif
	return long_id(s);
}

/* Lay out the names of kinds and what their values may be. */
static void
get_ready(struct typer *t)
{
	t->last = t->day;
	memset(t->name, 0xff, sizeof t->name); /* no text is that */
	for (int i = 0; i < KIND_OWN; i++) {
		const struct kind_info *info = kind_info((enum kind)i);
		bool score = info->value == VALUE_SCORE;
		uint64_t name = slice_word(info->name, 8);
		size_t k = typer_place(name);

		if (strlen(info->name) > 9)
			continue; /* not looked at any further */
		t->name[k] = name;
		t->kind[k] = (struct typer_kind){ (uint8_t)i, EVENT_NO_TONE,
			(uint8_t)info->name[8], score ? 0 : 8,
			(uint8_t)info->min,
			score ? (uint8_t)(info->max - info->min + 1) : 0,
			info->value_needed, info->customer };
	}
}

/* The entry of a kind, or NULL. */
INLINE const struct typer_kind *
quick_kind(const struct typer *t, struct slice s)
{
	uint64_t word = typer_word(s.at);

	if (s.len < 8)
		word &= (UINT64_C(1) << s.len * 8) - 1;
	return typer_kind(t, s, word);
}

/* Eight digits, most of them zeros, in a word: multiplied together two by
 * two. */
INLINE uint32_t
eight_digits(uint64_t d)
{
	d = (d * 2561 >> 8) & UINT64_C(0x00ff00ff00ff00ff);
	d = (d * 6553601 >> 16) & UINT64_C(0x0000ffff0000ffff);
	return (uint32_t)(d * UINT64_C(42949672960001) >> 32);
}

/*
 * A whole number or one with two decimals, of at most eight bytes, as a kind
 * asks for it: its digits at the end of a word, all at once.  False where it
 * is not that plain; kind_value then decides.
 */
INLINE bool
quick_value(const struct typer_kind *of, struct slice s, int64_t *value)
{
	const uint64_t cents = UINT64_C(0xffff) << 48;
	size_t whole = s.len;
	int64_t scale = NUM_ONE;
	uint64_t d;
	uint32_t n;

	*value = EVENT_NO_VALUE;
	if (s.len == 0)
		return !of->needed;
	if (s.len > of->len)
		return typer_score(of, s, value);
	if (!LITTLE)
		return false;
	d = firsts(typer_word(s.at) ^ ONES * '0', s.len);
	if ((d >> 40 & 0xff) == ('.' ^ '0')) {
		d = (d & cents) | (d & ~cents) << 24 >> 16;
		whole -= 3;
		scale = NUM_ONE / 100;
	}
	if (((d | (d + ONES * 0x76)) & TOPS) != 0 || whole == 0 ||
	    (whole > 1 && s.at[0] == '0'))
		return false;
	n = eight_digits(d);
	*value = n * scale;
	return true;
}

INLINE bool
quick_tone(struct slice s, int8_t *tone)
{
	*tone = EVENT_NO_TONE;
	return s.len == 0 || typer_tone(s, tone);
}

INLINE bool
quick_due(const struct typer *t, struct slice s, int32_t *due)
{
	*due = DATE_NONE;
	return s.len == 0 || typer_due(t, s, due);
}

/* What is left of a row: its bytes, and where fields end in them. */
struct rest {
	const char *at;
	uint64_t ends;
};

INLINE struct slice
cut(struct rest *r)
{
	struct slice field = { r->at, scan_lowest(r->ends) };

	r->at += field.len + 1;
	r->ends = r->ends >> field.len >> 1;
	return field;
}

/* The fields behind the time. */
INLINE bool
type_rest(const struct typer *t, struct rest r, struct event *v)
{
	const struct typer_kind *k;

	v->customer = cut(&r);
	if (!quick_id(v->customer))
		return false;
	k = quick_kind(t, cut(&r));
	if (k == NULL || (v->customer.len == 0 && k->customer))
		return false;
	v->kind = k->kind;
	cut(&r);
	return quick_tone(cut(&r), &v->tone) &&
	    quick_value(k, cut(&r), &v->value) &&
	    quick_due(t, cut(&r), &v->due);
}

/*
 * A row with the usual columns in the usual forms, the first of which end
 * in the window.  False for event_type to decide.
 */
INLINE bool
type_quickly(const struct typer *t, const char *row, uint64_t window,
    struct event *v)
{
	const uint64_t time = UINT64_C(1) << TIME_BYTES;
	struct rest r = { row + TIME_BYTES + 1, window >> TIME_BYTES >> 1 };

	return (window & (2 * time - 1)) == time &&
	    __builtin_popcountll(window) > EVENT_DUE &&
	    quick_time(t->last, row, v) && type_rest(t, r, v);
}

/* A row of any columns whose fields have the usual forms. */
static bool
type_anywhere(struct typer *t, const char *base, const uint32_t *end,
    struct event *v)
{
	struct slice kind = event_cell(t, EVENT_KIND, base, end);
	struct slice time = event_cell(t, EVENT_TIME, base, end);
	struct slice due = event_cell(t, EVENT_DUE, base, end);
	static const struct typer_kind own = { .kind = KIND_OWN, .len = 8 };
	const struct typer_kind *k = quick_kind(t, kind);

	if (k == NULL && kind_of(kind) == KIND_OWN)
		k = &own;
	v->from = end[-1] + 1;
	v->customer = event_cell(t, EVENT_CUSTOMER, base, end);
	if (k == NULL || (v->customer.len == 0 && k->customer) ||
	    event_cell(t, EVENT_CURRENCY, base, end).len > 0)
		return false;
	v->kind = k->kind;
	turn_day(t, time.at);
	v->due = DATE_NONE;
	return time.len == TIME_BYTES && quick_time(t->last, time.at, v) &&
	    quick_id(v->customer) &&
	    quick_tone(event_cell(t, EVENT_TONE, base, end), &v->tone) &&
	    quick_value(k, event_cell(t, EVENT_VALUE, base, end),
		&v->value) &&
	    (due.len == 0 || learn_month(t, due, &v->due));
}

/* Any row. */
static enum event_column
type_slowly(struct typer *t, struct scan *s, uint32_t from, struct event *v)
{
	const uint32_t *end = scan_ends(s, from);

	return type_anywhere(t, s->base, end, v)
	    ? EVENT_COLUMNS : event_type(t, s->base, end, v);
}

typedef size_t run_of(const struct typer *t, const struct scan *s, size_t row,
    size_t n, struct event *v);

static size_t
run_plain(const struct typer *t, const struct scan *s, size_t row, size_t n,
    struct event *v)
{
	const struct scan_line *first = s->row + row, *r = first;
	const struct scan look = *s;

	for (; r < first + n; r++, v++) {
		v->from = r->from;
		if (!type_quickly(t, look.base + r->from,
			scan_window(&look, r->from), v))
			break;
	}
	return (size_t)(r - first);
}

/* A table with other columns: nothing is usual. */
static size_t
run_none(const struct typer *t, const struct scan *s, size_t row, size_t n,
    struct event *v)
{
	(void)t, (void)s, (void)row, (void)n, (void)v;
	return 0;
}

/* Are the columns up to due where a new journal has them? */
static bool
is_usual(const struct typer *t)
{
	for (int c = 0; c <= EVENT_DUE; c++)
		if (t->column[c] != c)
			return false;
	return t->column[EVENT_CURRENCY] < 0;
}

static run_of *
run_for(const struct typer *t, const struct scan *s)
{
	if (!is_usual(t))
		return run_none;
#if defined(__x86_64__)
	if (s->form >= SCAN_AVX2)
		return event_type_wide;
#endif
	(void)s;
	return run_plain;
}

size_t
event_type_rows(struct typer *t, struct scan *s, size_t row, size_t n,
    struct event *v, enum event_column *wrong)
{
	run_of *run = run_for(t, s);
	size_t i = 0;

	if (t->last == NULL)
		get_ready(t);
	*wrong = EVENT_COLUMNS;
	while ((i += run(t, s, row + i, n - i, v + i)) < n) {
		uint32_t from = s->row[row + i].from;

		if (run != run_none && turn_day(t, s->base + from))
			continue;
		*wrong = type_slowly(t, s, from, &v[i]);
		if (*wrong != EVENT_COLUMNS)
			break;
		i++;
	}
	return i;
}
