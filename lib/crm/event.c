#include "crm/event.h"

#include "base/near.h"
#include "base/text.h"
#include "base/tr.h"
#include "crm/moment.h"

const char *const event_column[EVENT_COLUMNS] = { "time", "customer", "kind",
	"channel", "tone", "value", "due", "ref", "topic", "by", "text",
	"currency" };

const char event_header[] =
    "time\tcustomer\tkind\tchannel\ttone\tvalue\tdue\tref\ttopic\tby\ttext\n";

enum { ID_BYTES = 64 };

const struct zone *
event_zone(const struct typer *t)
{
	static const struct zone_change always = { INT64_MIN, 0 };
	static const struct zone utc = { NULL,
		(struct zone_change *)(uintptr_t)&always, 1 };

	return t->zone != NULL ? t->zone : &utc;
}

static bool
time_of(const struct typer *t, struct slice s, struct event *v)
{
	const struct zone *zone = event_zone(t);
	int32_t day;

	if (s.len == 10 && date_parse(s, &day))
		v->time = moment_of_day(zone, day);
	else if (!date_parse_time(s, &v->time))
		return false;
	v->day = zone_day(zone, v->time);
	return v->day >= DATE_FIRST && v->day <= DATE_LAST;
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

bool
event_tone(struct slice s, int8_t *tone)
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

/* The store's currency, or none. */
static bool
currency_fits(const struct typer *t, struct slice s)
{
	return s.len == 0 ||
	    (t->currency != NULL && slice_is(s, t->currency));
}

enum event_column
event_type(const struct typer *t, const char *base, const uint32_t *end,
    struct event *v)
{
	struct slice f[EVENT_COLUMNS];

	for (enum event_column c = 0; c < EVENT_COLUMNS; c++)
		f[c] = event_cell(t, c, base, end);
	v->from = end[-1] + 1;
	v->customer = f[EVENT_CUSTOMER];
	v->kind = (uint8_t)kind_of(f[EVENT_KIND]);
	v->due = DATE_NONE;
	if (!time_of(t, f[EVENT_TIME], v))
		return EVENT_TIME;
	if (!event_id_fits(v->customer))
		return EVENT_CUSTOMER;
	if (v->kind == KIND_NONE)
		return EVENT_KIND;
	if (v->customer.len == 0 && kind_info(v->kind)->customer)
		return EVENT_CUSTOMER;
	if (!event_tone(f[EVENT_TONE], &v->tone))
		return EVENT_TONE;
	if (kind_value(v->kind, f[EVENT_VALUE], &v->value) != NULL)
		return EVENT_VALUE;
	if (f[EVENT_DUE].len > 0 && !date_parse(f[EVENT_DUE], &v->due))
		return EVENT_DUE;
	return currency_fits(t, f[EVENT_CURRENCY]) ? EVENT_COLUMNS
						   : EVENT_CURRENCY;
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
	struct slice kind = event_cell(t, EVENT_KIND, base, end);
	struct slice field = event_cell(t, c, base, end);
	struct slice near = c == EVENT_KIND ? kind_near(kind) : SLICE_EMPTY;
	char told[NEAR_TOLD];

	buf_clear(room);
	buf_fmt(room, "%s: %s", wrong(c, kind_of(kind), field),
	    near_told(told, field, near));
	return buf_text(room);
}
