#include "crm/event.h"

#include "base/text.h"
#include "base/tr.h"

const char *const event_column[EVENT_COLUMNS] = { "time", "customer", "kind",
	"channel", "tone", "value", "due", "ref", "topic", "by", "text",
	"currency" };

const char event_header[] =
    "time\tcustomer\tkind\tchannel\ttone\tvalue\tdue\tref\ttopic\tby\ttext\n";

enum { ID_BYTES = 64 };

static inline struct slice
field_of(const struct typer *t, enum event_column c, const char *base,
    const uint32_t *end)
{
	int col = t->column[c];
	uint32_t from;

	if (col < 0)
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
	const uint64_t tops = ones << 7;
	uint64_t w, fill;

	if (s.len == 0)
		return true;
	if (s.len > 8)
		return event_id_fits(s);
	fill = s.len == 8 ? 0 : ~UINT64_C(0) << 8 * s.len;
	w = (word_at(s.at) & ~fill) | (ones * 'x' & fill);
	if ((((w - ones * '!') | ((w ^ ones * 0x7f) - ones) |
		 ((w ^ ones * '\\') - ones) | w) & tops) == 0)
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

enum event_column
event_type(struct typer *t, const char *base, const uint32_t *end,
    struct event *v)
{
	struct slice kind = field_of(t, EVENT_KIND, base, end);
	struct slice currency = field_of(t, EVENT_CURRENCY, base, end);

	v->end = end;
	v->customer = field_of(t, EVENT_CUSTOMER, base, end);
	v->kind = (uint8_t)kind_of(kind);
	if (!time_of(t, field_of(t, EVENT_TIME, base, end), &v->time))
		return EVENT_TIME;
	if (!id_fits(v->customer))
		return EVENT_CUSTOMER;
	if (v->kind == KIND_NONE)
		return EVENT_KIND;
	if (v->customer.len == 0 && kind_info(v->kind)->customer)
		return EVENT_CUSTOMER;
	if (!tone_of(field_of(t, EVENT_TONE, base, end), &v->tone))
		return EVENT_TONE;
	if (kind_value(v->kind, field_of(t, EVENT_VALUE, base, end),
		&v->value) != NULL)
		return EVENT_VALUE;
	if (!due_of(field_of(t, EVENT_DUE, base, end), &v->due))
		return EVENT_DUE;
	if (currency.len != 0 &&
	    (t->currency == NULL || !slice_is(currency, t->currency)))
		return EVENT_CURRENCY;
	v->day = day_of(t, v->time);
	return EVENT_COLUMNS;
}

static const char *
kind_wrong(struct slice kind, struct buf *room)
{
	const char *near = kind_near(kind);

	if (near == NULL)
		return _("unknown kind");
	buf_clear(room);
	buf_fmt(room, _("unknown kind (nearest: %s)"), near);
	return buf_text(room);
}

const char *
event_wrong(const struct typer *t, enum event_column c, const char *base,
    const uint32_t *end, struct buf *room)
{
	struct slice kind = field_of(t, EVENT_KIND, base, end);
	struct slice field = field_of(t, c, base, end);
	int64_t value;

	switch (c) {
	case EVENT_TIME:
		return _("not a time");
	case EVENT_CUSTOMER:
		return field.len == 0 ? _("missing") : _("not an id");
	case EVENT_KIND:
		return kind_wrong(kind, room);
	case EVENT_TONE:
		return _("not a tone from -2 to 2");
	case EVENT_VALUE:
		return kind_value(kind_of(kind), field, &value);
	case EVENT_DUE:
		return _("not a day");
	default:
		return _("another currency than the store's");
	}
}
