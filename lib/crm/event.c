#include "crm/event.h"

#include "base/near.h"
#include "base/text.h"
#include "base/tr.h"

const char *const event_column[EVENT_COLUMNS] = { "time", "customer", "kind",
	"channel", "tone", "value", "due", "ref", "topic", "by", "text",
	"currency" };

const char event_header[] =
    "time\tcustomer\tkind\tchannel\ttone\tvalue\tdue\tref\ttopic\tby\ttext\n";

enum { ID_BYTES = 64 };

/* A field of a row.  `plain`: every column that is asked for is there. */
static inline struct slice
field_of(const struct typer *t, enum event_column c, const char *base,
    const uint32_t *end, bool plain)
{
	int col = t->column[c];
	uint32_t from;

	if (!plain && col < 0)
		return (struct slice){ base, 0 };
	from = end[col - 1] + 1;
	return (struct slice){ base + from, end[col] - from };
}

static inline uint64_t
word_at(const char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof w);
	return w;
}

/*
 * `HH:MM:SS` as one word, in the order of bytes of this machine family.
 * Digits become 0..9 and colons 0 by one exclusive or; adding then carries
 * into the top bit of every byte that is more than it may be.  Seconds of
 * the day, or -1.
 */
static inline int
clock_of(const char *p)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	const uint64_t form = UINT64_C(0x30303a30303a3030);
	const uint64_t most = UINT64_C(0x76767f76767f7676);
	uint64_t d = word_at(p) ^ form, pairs;
	int h, m, s;

	if (((d | (d + most)) & UINT64_C(0x8080808080808080)) != 0)
		return -1;
	pairs = d * 10 + (d >> 8);
	h = (int)(pairs & 0xff);
	m = (int)(pairs >> 24 & 0xff);
	s = (int)(pairs >> 48 & 0xff);
	return h < 24 && m < 60 && s < 60 ? h * 3600 + m * 60 + s : -1;
#else
	(void)p;
	return -1;
#endif
}

/* At most eight bytes, behind which more can be read, as a word. */
static inline uint64_t
short_word(struct slice s)
{
	return s.len == 0 ? 0
			  : word_at(s.at) & (~UINT64_C(0) >> (64 - 8 * s.len));
}

/* A time in another of its forms, or on another day than the row before. */
static bool
time_slowly(struct typer *t, struct slice s, int64_t *time)
{
	int32_t day;

	if (s.len == 10 && date_parse(s, &day)) {
		*time = t->zone != NULL ? zone_day_start(t->zone, day)
					: day * DATE_DAY;
		return true;
	}
	if (!date_parse_time(s, time))
		return false;
	if (date_parse((struct slice){ s.at, 10 }, &day)) {
		memcpy(t->date, s.at, 10);
		t->midnight = day * DATE_DAY;
	}
	return true;
}

static inline bool
time_of(struct typer *t, struct slice s, int64_t *time)
{
	int second;

	if (s.len != 20 || s.at[10] != 'T' || s.at[19] != 'Z' ||
	    word_at(s.at) != word_at(t->date) ||
	    memcmp(s.at + 8, t->date + 8, 2) != 0 ||
	    (second = clock_of(s.at + 11)) < 0)
		return time_slowly(t, s, time);
	*time = t->midnight + second;
	return true;
}

static inline int32_t
day_of(struct typer *t, int64_t time)
{
	static const struct zone_change always = { INT64_MIN, 0 };
	static const struct zone utc = { NULL,
		(struct zone_change *)(uintptr_t)&always, 1 };
	const struct zone *z = t->zone != NULL ? t->zone : &utc;

	if (time >= t->day_from && time < t->day_to)
		return t->day;
	t->day = zone_day(z, time);
	t->day_from = zone_day_start(z, t->day);
	t->day_to = zone_day_start(z, t->day + 1);
	return t->day;
}

bool
event_id_fits(struct slice s)
{
	if (s.len > ID_BYTES || text_has_control(s) ||
	    memchr(s.at, ' ', s.len) != NULL)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] == '\\' && (++i == s.len || s.at[i] != '\\'))
			return false;
	return true;
}

/* The same for the usual id: at most eight bytes of ASCII, none of them a
 * backslash, DEL or below '!'.  Bytes behind the id may be read. */
static inline bool
id_fits(struct slice s)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t w, wrong;

	if (s.len == 0)
		return true;
	if (s.len > 8)
		return event_id_fits(s);
	w = word_at(s.at);
	wrong = (w - ones * '!') | ((w ^ ones * 0x7f) - ones) |
	    ((w ^ ones * '\\') - ones) | w;
	if ((wrong & ones << 7 & ~UINT64_C(0) >> (64 - 8 * s.len)) == 0)
		return true;
	return event_id_fits(s);
}

static inline bool
tone_of(struct slice s, int8_t *tone)
{
	*tone = EVENT_NO_TONE;
	if (s.len == 0)
		return true;
	*tone = (int8_t)(s.at[s.len - 1] - '0');
	if (s.len == 1)
		return *tone >= 0 && *tone <= 2;
	*tone = (int8_t)-*tone;
	return s.len == 2 && s.at[0] == '-' && *tone <= -1 && *tone >= -2;
}

static inline bool
due_of(struct slice s, int32_t *due)
{
	*due = DATE_NONE;
	return s.len == 0 || date_parse(s, due);
}

static inline size_t
kind_slot(uint64_t word)
{
	return (size_t)(word * UINT64_C(0x9e3779b97f4a7c15) >> 57);
}

/* Lay out the names and needs of kinds, so that most are found by one
 * compare. */
static void
get_ready(struct typer *t)
{
	for (int k = 0; k < KINDS; k++) {
		const struct kind_info *info = kind_info((enum kind)k);
		uint64_t word = slice_word(info->name, 8);
		size_t at = kind_slot(word);

		t->customer |= (uint64_t)info->customer << k;
		t->value |= (uint64_t)info->value_needed << k;
		t->score |= (uint64_t)(info->value == VALUE_SCORE) << k;
		if (k == KIND_OWN || strlen(info->name) > 8)
			continue;
		while (t->kind[at].word != 0)
			at = (at + 1) % TYPER_KINDS;
		t->kind[at] = (struct typer_kind){ word, (uint8_t)k };
	}
	t->ready = true;
}

static inline uint8_t
kind_in(const struct typer *t, struct slice s)
{
	uint64_t word;
	size_t at;

	if (s.len - 1 >= 8)
		return (uint8_t)kind_of(s);
	word = short_word(s);
	for (at = kind_slot(word); t->kind[at].word != word;
	    at = (at + 1) % TYPER_KINDS)
		if (t->kind[at].word == 0)
			return (uint8_t)kind_of(s);
	return t->kind[at].kind;
}

/*
 * A decimal of at most eight bytes: its digits to the right end of a word,
 * the point taken out, checked and multiplied together all at once.  False
 * where it is longer or not that plain; num_dec then decides.
 */
static inline bool
short_dec(struct slice s, int64_t *value)
{
	static const int64_t scale[] = { 10000, 1000, 100, 10, 1 };
	const uint64_t ones = UINT64_C(0x0101010101010101);
	const uint64_t tops = ones << 7, zeros = ones * '0';
	uint64_t w, point, d;
	size_t places = 0;

	if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__ || s.len - 1 >= 8)
		return false;
	w = word_at(s.at) << (64 - 8 * s.len) |
	    zeros >> 1 >> (8 * s.len - 1);
	d = w ^ ones * '.';
	point = (d - ones) & ~d & tops;
	if (point != 0) {
		size_t at = (size_t)__builtin_ctzll(point) / 8;

		places = 7 - at;
		if (places - 1 >= 4 || places + 1 >= s.len)
			return false;
		w = w >> (8 * at + 8) << (8 * at + 8) |
		    (w & ((UINT64_C(1) << 8 * at) - 1)) << 8 | '0';
	}
	d = w ^ zeros;
	if (((d | (d + ones * 0x76)) & tops) != 0 ||
	    (s.at[0] == '0' && s.len > 1 && s.at[1] != '.'))
		return false;
	d = d * 10 + (d >> 8);
	d = ((d & UINT64_C(0xff000000ff)) * UINT64_C(0xf424000000064) +
	    (d >> 16 & UINT64_C(0xff000000ff)) * UINT64_C(0x271000000001)) >>
	    32;
	*value = (int64_t)(uint32_t)d * scale[places];
	return true;
}

/* The value that a kind asks for; false where kind_value has words. */
static inline bool
value_of(const struct typer *t, enum kind kind, struct slice s,
    int64_t *value)
{
	if (s.len == 0 && (t->value >> kind & 1) == 0) {
		*value = EVENT_NO_VALUE;
		return true;
	}
	return ((t->score >> kind & 1) == 0 && short_dec(s, value)) ||
	    kind_value(kind, s, value) == NULL;
}

static inline __attribute__((always_inline)) enum event_column
type_row(struct typer *t, const char *base, const uint32_t *end,
    struct event *v, bool plain)
{
	v->end = end;
	v->customer = field_of(t, EVENT_CUSTOMER, base, end, plain);
	v->kind = kind_in(t, field_of(t, EVENT_KIND, base, end, plain));
	if (!time_of(t, field_of(t, EVENT_TIME, base, end, plain), &v->time))
		return EVENT_TIME;
	if (!id_fits(v->customer))
		return EVENT_CUSTOMER;
	if (v->kind == KIND_NONE)
		return EVENT_KIND;
	if (v->customer.len == 0 && (t->customer >> v->kind & 1) != 0)
		return EVENT_CUSTOMER;
	if (!tone_of(field_of(t, EVENT_TONE, base, end, plain), &v->tone))
		return EVENT_TONE;
	if (!value_of(t, v->kind,
		field_of(t, EVENT_VALUE, base, end, plain), &v->value))
		return EVENT_VALUE;
	if (!due_of(field_of(t, EVENT_DUE, base, end, plain), &v->due))
		return EVENT_DUE;
	v->day = day_of(t, v->time);
	return EVENT_COLUMNS;
}

/* The store's currency, or none. */
static bool
currency_fits(const struct typer *t, const char *base, const uint32_t *end)
{
	struct slice s = field_of(t, EVENT_CURRENCY, base, end, false);

	return s.len == 0 ||
	    (t->currency != NULL && slice_is(s, t->currency));
}

enum event_column
event_type(struct typer *t, const char *base, const uint32_t *end,
    struct event *v)
{
	enum event_column c;

	if (!t->ready)
		get_ready(t);
	c = type_row(t, base, end, v, false);
	return c != EVENT_COLUMNS || currency_fits(t, base, end)
	    ? c : EVENT_CURRENCY;
}

static bool
is_plain(const struct typer *t)
{
	return t->column[EVENT_TONE] >= 0 && t->column[EVENT_VALUE] >= 0 &&
	    t->column[EVENT_DUE] >= 0 && t->column[EVENT_CURRENCY] < 0;
}

size_t
event_type_rows(struct typer *t, const char *base, const uint32_t *end,
    size_t cols, size_t n, struct event *v, enum event_column *wrong)
{
	size_t i = 0;

	if (!t->ready)
		get_ready(t);
	*wrong = EVENT_COLUMNS;
	if (is_plain(t))
		for (; i < n && *wrong == EVENT_COLUMNS; i++, end += cols)
			*wrong = type_row(t, base, end, &v[i], true);
	else
		for (; i < n && *wrong == EVENT_COLUMNS; i++, end += cols)
			*wrong = event_type(t, base, end, &v[i]);
	return i - (*wrong != EVENT_COLUMNS);
}

/* What is wrong with the field of a known kind. */
static const char *
wrong(enum event_column c, enum kind kind, struct slice field)
{
	int64_t value;

	switch (c) {
	case EVENT_TIME:
		return _("not a time");
	case EVENT_CUSTOMER:
		return field.len == 0 ? _("missing") : _("not an id");
	case EVENT_KIND:
		return _("unknown");
	case EVENT_TONE:
		return _("not a tone from -2 to 2");
	case EVENT_VALUE:
		return _(kind_value(kind, field, &value));
	case EVENT_DUE:
		return _("not a day");
	default:
		return _("another currency than the store's");
	}
}

const char *
event_wrong(const struct typer *t, enum event_column c, const char *base,
    const uint32_t *end, struct buf *room)
{
	struct slice kind = field_of(t, EVENT_KIND, base, end, false);
	struct slice field = field_of(t, c, base, end, false);
	struct slice near = c == EVENT_KIND ? kind_near(kind) : SLICE_EMPTY;
	char told[NEAR_TOLD];

	buf_clear(room);
	buf_fmt(room, "%s: %s", wrong(c, kind_of(kind), field),
	    near_told(told, field, near));
	return buf_text(room);
}
