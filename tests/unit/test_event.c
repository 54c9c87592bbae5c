/* event - rows of a journal: what is taken, what is refused and how. */
#include "check.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/text.h"
#include "crm/event.h"
#include "table/input.h"
#include "table/scan.h"

static const int columns[EVENT_COLUMNS] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
	11 };

/* The same but for the currency: the columns that are typed quickly. */
static const int usual[EVENT_COLUMNS] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
	-1 };

static void
same(const struct event *a, const struct event *b)
{
	assert_int_equal(a->time, b->time);
	assert_int_equal(a->value, b->value);
	assert_true(slice_eq(a->customer, b->customer));
	assert_int_equal(a->day, b->day);
	assert_int_equal(a->due, b->due);
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->tone, b->tone);
	assert_int_equal(a->from, b->from);
}

/* Let t meet the day of a row. */
static void
meet(struct typer *t, const struct scan *s, size_t row)
{
	char block[128] = "2026-11-21T00:00:00Z\t\tnote\t\t\t\t\t\t\t\t\t\n";
	size_t n = strlen(block);
	struct scan one = { .form = s->form };
	enum event_column c;
	struct event v;

	memcpy(block, s->base + s->row[row].from, 10);
	if (scan_block(&one, block, n, EVENT_COLUMNS))
		event_type_rows(t, &one, 0, 1, &v, &c);
	scan_free(&one);
}

/* The quick ways say of a row what event_type has said of it, whatever the
 * columns, whether its day is known or not. */
static void
quickly(const struct typer *t, struct scan *s, enum event_column want,
    const struct event *v)
{
	enum event_column c;
	struct event w;

	for (int i = 2 * SCAN_PORTABLE; i < 2 * ((int)scan_best() + 1); i++) {
		struct typer quick = { .zone = t->zone,
			.currency = t->currency,
			.column = i % 2 == 0 ? usual : t->column };

		s->form = (enum scan_form)(i / 2);
		for (int k = 0; k < 2; k++, meet(&quick, s, 0)) {
			size_t n = event_type_rows(&quick, s, 0, 1, &w, &c);

			assert_int_equal(c, want);
			assert_int_equal(n, want == EVENT_COLUMNS);
			if (n == 1)
				same(&w, v);
		}
	}
}

/* Type a row of twelve fields.  "" in `wrong` if all is well. */
static void
type(struct typer *t, const char *row, struct event *v, struct buf *wrong)
{
	char block[512] = { 0 };
	size_t n = strlen(row);
	struct scan s = { 0 };
	enum event_column c;

	memcpy(block, row, n);
	block[n] = '\n';
	assert_true(scan_block(&s, block, n + 1, EVENT_COLUMNS));
	c = event_type(t, block, scan_row(&s, 0), v);
	if (c != EVENT_CURRENCY)
		quickly(t, &s, c, v);
	buf_clear(wrong);
	if (c != EVENT_COLUMNS) {
		struct buf room = { 0 };

		buf_fmt(wrong, "%s: %s", event_column[c],
		    event_wrong(t, c, block, scan_row(&s, 0), &room));
		buf_free(&room);
	}
	scan_free(&s);
}

#define NOON "2026-11-21T12:00:00Z\t"

static void
each_field_is_checked(void **state)
{
	static const struct {
		const char *row, *wrong;
	} cases[] = {
		{ NOON "C1\torder\tshop\t2\t19.99\t2026-12-01\tr\tt\tb\tx\t",
		    "" },
		{ NOON "\tnote\t\t\t\t\t\t\t\t\t", "" },
		{ NOON "C1\tx-mine\t\t-2\t5\t\t\t\t\t\t", "" },
		{ NOON "C1\torder\t\t\t5\t\t\t\t\t\tEUR", "" },
		{ NOON "C1\torder\t\t\t5\t\t\t\t\t\tUSD",
		    "currency: another currency than the store's: \"USD\"" },
		{ "2026-11-21\tC1\tnote\t\t\t\t\t\t\t\t\t", "" },
		{ "2026-11-21T12:00:60Z\tC1\tnote\t\t\t\t\t\t\t\t\t", "" },
		{ "2026-11-21T12:00:00+01:00\tC1\tnote\t\t\t\t\t\t\t\t\t",
		    "" },
		{ "2026-11-21T12:00:61Z\tC1\tnote\t\t\t\t\t\t\t\t\t",
		    "time: not a time: \"2026-11-21T12:00:61Z\"" },
		{ "2026-11-21T24:00:00Z\tC1\tnote\t\t\t\t\t\t\t\t\t",
		    "time: not a time: \"2026-11-21T24:00:00Z\"" },
		{ "2026-11-21T12:60:00Z\tC1\tnote\t\t\t\t\t\t\t\t\t",
		    "time: not a time: \"2026-11-21T12:60:00Z\"" },
		{ "2026-11-21T1x:00:00Z\tC1\tnote\t\t\t\t\t\t\t\t\t",
		    "time: not a time: \"2026-11-21T1x:00:00Z\"" },
		{ "2026-11-21T12.00.00Z\tC1\tnote\t\t\t\t\t\t\t\t\t",
		    "time: not a time: \"2026-11-21T12.00.00Z\"" },
		{ "2026-02-30T12:00:00Z\tC1\tnote\t\t\t\t\t\t\t\t\t",
		    "time: not a time: \"2026-02-30T12:00:00Z\"" },
		{ "45987\tC1\tnote\t\t\t\t\t\t\t\t\t",
		    "time: not a time: \"45987\"" },
		{ "\tC1\tnote\t\t\t\t\t\t\t\t\t",
		    "time: not a time: \"\"" },
		{ NOON "C 1\tnote\t\t\t\t\t\t\t\t\t",
		    "customer: not an id: \"C 1\"" },
		{ NOON "C\\t1\tnote\t\t\t\t\t\t\t\t\t",
		    "customer: not an id: \"C\\t1\"" },
		{ NOON "C\0331\tnote\t\t\t\t\t\t\t\t\t",
		    "customer: not an id: \"C\\x1b1\"" },
		{ NOON "C\1771234567890\tnote\t\t\t\t\t\t\t\t\t",
		    "customer: not an id: \"C\\x7f1234567890\"" },
		{ NOON "C\\\\1\tnote\t\t\t\t\t\t\t\t\t", "" },
		{ NOON "M\303\274ller\tnote\t\t\t\t\t\t\t\t\t", "" },
		{ NOON "\torder\t\t\t5\t\t\t\t\t\t",
		    "customer: missing: \"\"" },
		{ NOON "C1\tordr\t\t\t5\t\t\t\t\t\t",
		    "kind: unknown: \"ordr\" (did you mean \"order\"?)" },
		{ NOON "C1\tqqqqqqqqqq\t\t\t5\t\t\t\t\t\t",
		    "kind: unknown: \"qqqqqqqqqq\"" },
		{ NOON "C1\t\t\t\t5\t\t\t\t\t\t",
		    "kind: unknown: \"\"" },
		{ NOON "C1\tnote\t\t3\t\t\t\t\t\t\t",
		    "tone: not a tone from -2 to 2: \"3\"" },
		{ NOON "C1\tnote\t\t-0\t\t\t\t\t\t\t",
		    "tone: not a tone from -2 to 2: \"-0\"" },
		{ NOON "C1\tnps\t\t\t11\t\t\t\t\t\t",
		    "value: not a score from 0 to 10: \"11\"" },
		{ NOON "C1\tnps\t\t\t\t\t\t\t\t\t",
		    "value: missing: \"\"" },
		{ NOON "C1\torder\t\t\t1,50\t\t\t\t\t\t",
		    "value: not a number with a decimal point: \"1,50\"" },
		{ NOON "C1\torder\t\t\t-5\t\t\t\t\t\t",
		    "value: negative: \"-5\"" },
		{ NOON "C1\ttodo\t\t\t\t2026-13-01\t\t\t\t\t",
		    "due: not a day: \"2026-13-01\"" },
	};
	struct typer t = { .column = columns, .currency = "EUR" };
	struct buf wrong = { 0 };
	struct event v;

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		type(&t, cases[i].row, &v, &wrong);
		if (strcmp(buf_text(&wrong), cases[i].wrong) != 0)
			fail_msg("%s: %s", cases[i].row, buf_text(&wrong));
	}
	buf_free(&wrong);
}

static void
fields_get_their_types(void **state)
{
	struct typer t = { .column = columns };
	struct buf wrong = { 0 };
	struct event v;

	(void)state;
	type(&t, NOON "C1\torder\tshop\t-1\t19.99\t2026-12-01\tr\tt\tb\tx\t",
	    &v, &wrong);
	assert_int_equal(v.time, INT64_C(1795262400));
	assert_int_equal(v.day, 20778);
	assert_int_equal(v.kind, KIND_ORDER);
	assert_int_equal(v.tone, -1);
	assert_int_equal(v.value, 199900);
	assert_int_equal(v.due, 20788);
	assert_true(slice_is(v.customer, "C1"));
	type(&t, NOON "C1\tnote\t\t\t\t\t\t\t\t\t", &v, &wrong);
	assert_int_equal(v.value, EVENT_NO_VALUE);
	assert_int_equal(v.tone, EVENT_NO_TONE);
	assert_int_equal(v.due, DATE_NONE);
	buf_free(&wrong);
}

/* The short way of reading times against date.h's, neighbours or not. */
static void
times_are_those_of_date(void **state)
{
	struct typer t = { .column = columns };
	struct buf wrong = { 0 };
	uint64_t seed = 9;
	struct event v;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		char row[64], text[DATE_TEXT];
		int64_t time = (int64_t)check_random(&seed, 2) * 86400 *
			check_random(&seed, 40000) -
		    INT64_C(1000000000) + check_random(&seed, 200000);

		strcpy(row, date_time_text(text, time));
		strcat(row, "\t\tnote\t\t\t\t\t\t\t\t\t");
		type(&t, row, &v, &wrong);
		assert_int_equal(wrong.len, 0);
		assert_int_equal(v.time, time);
		assert_int_equal(v.day, date_utc_day(time));
	}
	buf_free(&wrong);
}

/* The short way of reading amounts against num.h's. */
static void
amounts_are_those_of_num(void **state)
{
	struct typer t = { .column = columns };
	struct buf wrong = { 0 };
	uint64_t seed = 3;
	struct event v;
	int good = 0;

	(void)state;
	for (int i = 0; i < 300000; i++) {
		char row[64], amount[16];
		size_t n = 1 + check_random(&seed, 11);
		int64_t want;
		bool fits;

		for (size_t k = 0; k < n; k++)
			amount[k] = "0123456789.0123456789.-x,"
				[check_random(&seed, k == 0 ? 11 : 25)];
		amount[n] = '\0';
		fits = num_dec(slice_of(amount), &want) == NULL;
		snprintf(row, sizeof row,
		    NOON "C1\torder\t\t\t%s\t\t\t\t\t\t", amount);
		type(&t, row, &v, &wrong);
		assert_int_equal(wrong.len == 0, fits);
		if (fits)
			assert_int_equal(v.value, want);
		good += fits;
	}
	assert_true(good > 30000);
	buf_free(&wrong);
}

/* Every kind by name, and no other name. */
static void
kinds_are_those_of_the_table(void **state)
{
	struct typer t = { .column = columns };
	struct buf wrong = { 0 };
	struct event v;

	(void)state;
	for (int k = 0; k < KIND_OWN; k++) {
		const struct kind_info *info = kind_info((enum kind)k);
		char row[64];

		snprintf(row, sizeof row, NOON "C1\t%s\t\t\t%s\t\t\t\t\t\t",
		    info->name, info->value_needed ? "3" : "");
		type(&t, row, &v, &wrong);
		assert_int_equal(wrong.len, 0);
		assert_int_equal(v.kind, k);
		snprintf(row, sizeof row, NOON "C1\t%sq\t\t\t3\t\t\t\t\t\t",
		    info->name);
		type(&t, row, &v, &wrong);
		assert_int_not_equal(wrong.len, 0);
		snprintf(row, sizeof row,
		    NOON "C1\t%sqqqqqqqq\t\t\t3\t\t\t\t\t\t", info->name);
		type(&t, row, &v, &wrong);
		assert_int_not_equal(wrong.len, 0);
	}
	buf_free(&wrong);
}

/* The values that each kind takes, against kind_value. */
static void
values_are_those_of_the_kind(void **state)
{
	static const char *const values[] = { "", "0", "1", "5", "6", "7",
		"8", "10", "11", "20", "1x", ":", "05", "5.0", "12.50",
		"0.5", ".50", "5.", "00.50", "12345.67", "123456.78",
		"1234567.5", "-1", "100" };
	struct typer t = { .column = columns };
	struct buf wrong = { 0 };
	struct event v;

	(void)state;
	for (int k = 0; k < KIND_OWN; k++)
		for (size_t i = 0; i < LEN(values); i++) {
			char row[64];
			int64_t want;
			bool fits = kind_value((enum kind)k,
			    slice_of(values[i]), &want) == NULL;

			snprintf(row, sizeof row,
			    NOON "C1\t%s\t\t\t%s\t\t\t\t\t\t",
			    kind_info((enum kind)k)->name, values[i]);
			type(&t, row, &v, &wrong);
			assert_int_equal(wrong.len == 0, fits);
			if (fits)
				assert_int_equal(v.value, want);
		}
	buf_free(&wrong);
}

/* A value of some form, with its TAB. */
static size_t
any_value(char *to, uint64_t *seed)
{
	uint32_t n = check_random(seed, 1000000) >> check_random(seed, 20);

	switch (check_random(seed, 5)) {
	case 0:
		return (size_t)sprintf(to, "\t");
	case 1:
		return (size_t)sprintf(to, "%u.%02u\t", n,
		    check_random(seed, 100));
	case 2:
		return (size_t)sprintf(to, "%u.%u\t", n,
		    check_random(seed, 1000));
	case 3:
		return (size_t)sprintf(to, "%u%03u\t", n,
		    check_random(seed, 1000));
	default:
		return (size_t)sprintf(to, "%u\t", check_random(seed, 13));
	}
}

/* Write a row with fields of all lengths; returns its own. */
static size_t
any_row(char *to, uint64_t *seed)
{
	static const char fill[] = "abcdefghijklmnopqrstuvwxyz0123456789"
		"abcdefghijklmnopqrstuvwxyz0123456789";
	static const char *const tone[] = { "", "", "0", "1", "2", "3", "-1",
		"-2" };
	enum kind kind = (enum kind)check_random(seed, KIND_OWN + 1);
	bool known = kind < KIND_OWN;
	char *p = to;

	p += sprintf(p, "2026-11-%02uT%02u:12:%02uZ\t%.*s\t%s\t%.*s\t%s\t",
	    1 + check_random(seed, 30), check_random(seed, 24),
	    check_random(seed, 60),
	    (int)check_random(seed, check_random(seed, 4) == 0 ? 65 : 17),
	    fill, known ? kind_info(kind)->name : "x-my",
	    (int)check_random(seed, check_random(seed, 4) == 0 ? 30 : 6),
	    fill, tone[check_random(seed, LEN(tone))]);
	p += any_value(p, seed);
	if (check_random(seed, 2) == 0)
		p += sprintf(p, "20%02u-%02u-%02u%s",
		    24 + check_random(seed, 3), 1 + check_random(seed, 12),
		    check_random(seed, 33),
		    check_random(seed, 9) == 0 ? "0" : "");
	p += sprintf(p, "\t%.*s\t%.*s\t\t\t\n",
	    (int)check_random(seed, 9), fill,
	    (int)check_random(seed, 70), fill);
	return (size_t)(p - to);
}

/* Another byte, but never an end of a field or one instead of it; a
 * backslash comes with its second. */
static void
spoil(char *row, size_t n, uint64_t *seed)
{
	static const char bytes[] = "0123456789-.:TZ!~x /\177;a";
	char *p = row + check_random(seed, (uint32_t)n);

	if (*p == '\t' || *p == '\n')
		return;
	*p = bytes[check_random(seed, sizeof bytes - 1)];
	if (*p == '\\' && p[1] != '\t' && p[1] != '\n')
		p[1] = '\\';
	else if (*p == '\\')
		*p = '/';
}

/* All rows of a block by a quick way are what event_type says of each. */
static void
as_single_ones(struct typer *t, const struct typer *slow, struct scan *s)
{
	struct event a[64], b;
	enum event_column c;

	assert_true(s->rows <= LEN(a));
	for (size_t at = 0, done; at < s->rows; at += done + 1) {
		done = event_type_rows(t, s, at, s->rows - at, a, &c);
		for (size_t r = 0; r <= done && at + r < s->rows; r++) {
			assert_int_equal(event_type(slow, s->base,
			    scan_row(s, at + r), &b),
			    r == done ? c : EVENT_COLUMNS);
			if (r < done)
				same(&a[r], &b);
		}
	}
}

/* Many in a block, with nothing behind it but the slack, by every form and
 * with columns of both sorts; every third row is spoilt. */
static void
rows_are_typed_as_single_ones(void **state)
{
	struct typer slow = { .column = usual }, t[SCAN_FORMS][2] = { 0 };
	uint64_t seed = 23;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		enum { ROWS = 20 };
		char *block = mem_zero(ROWS * 256 + INPUT_SLACK, 1);
		struct scan s = { .form = SCAN_PORTABLE +
			check_random(&seed, (uint32_t)scan_best()) };
		size_t n = 0, len;

		for (int r = 0; r < ROWS; r++, n += len) {
			len = any_row(block + n, &seed);
			if (check_random(&seed, 3) == 0)
				spoil(block + n, len, &seed);
		}
		block = mem_resize(block, n + INPUT_SLACK, 1);
		memset(block + n, 0, INPUT_SLACK);
		assert_true(scan_block(&s, block, n, EVENT_COLUMNS));
		t[s.form][0].column = usual;
		t[s.form][1].column = columns;
		as_single_ones(&t[s.form][i % 2], &slow, &s);
		scan_free(&s);
		free(block);
	}
}

static void
days_are_those_of_the_zone(void **state)
{
	struct zone berlin;
	struct err e = { 0 };
	struct typer t = { .column = columns };
	struct buf wrong = { 0 };
	struct event v;

	(void)state;
	assert_true(zone_load(&berlin, "Europe/Berlin", &e));
	t.zone = &berlin;
	type(&t, "2026-11-20T23:30:00Z\t\tnote\t\t\t\t\t\t\t\t\t", &v, &wrong);
	assert_int_equal(v.day, 20778);
	type(&t, "2026-11-20T22:30:00Z\t\tnote\t\t\t\t\t\t\t\t\t", &v, &wrong);
	assert_int_equal(v.day, 20777);
	type(&t, "2026-11-21\t\tnote\t\t\t\t\t\t\t\t\t", &v, &wrong);
	assert_int_equal(v.day, 20778);
	assert_int_equal(v.time, INT64_C(1795262400) - 13 * 3600);
	buf_free(&wrong);
	zone_free(&berlin);
}

/* A day alone is one in every zone, and begins no earlier than the calendar
 * does in UTC; a time is none where it falls on a day beyond. */
static void
the_calendar_ends_in_every_zone(void **state)
{
	static const struct {
		const char *zone, *time;
		int64_t seconds;
		int32_t day; /* DATE_NONE: not a time */
	} cases[] = {
		{ "Asia/Tokyo", "1900-01-01", -2208988800, DATE_FIRST },
		{ "Asia/Tokyo", "1900-01-02", -2208934800, DATE_FIRST + 1 },
		{ "Asia/Tokyo", "9999-12-31T14:59:59Z", 253402268399,
		    DATE_LAST },
		{ "Asia/Tokyo", "9999-12-31T15:00:00Z", 0, DATE_NONE },
		{ "America/New_York", "9999-12-31", 253402232400, DATE_LAST },
		{ "America/New_York", "9999-12-31T23:59:59Z", 253402300799,
		    DATE_LAST },
		{ "America/New_York", "1900-01-01T05:00:00Z", -2208970800,
		    DATE_FIRST },
		{ "America/New_York", "1900-01-01T04:59:59Z", 0, DATE_NONE },
	};
	struct buf wrong = { 0 };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct typer t = { .column = columns };
		char row[64], want[64] = "";
		struct err e = { 0 };
		struct zone zone;
		struct event v;

		assert_true(zone_load(&zone, cases[i].zone, &e));
		t.zone = &zone;
		snprintf(row, sizeof row, "%s\t\tnote\t\t\t\t\t\t\t\t\t",
		    cases[i].time);
		type(&t, row, &v, &wrong);
		if (cases[i].day == DATE_NONE) {
			snprintf(want, sizeof want,
			    "time: not a time: \"%s\"", cases[i].time);
		} else {
			assert_int_equal(v.day, cases[i].day);
			assert_int_equal(v.time, cases[i].seconds);
		}
		assert_string_equal(buf_text(&wrong), want);
		zone_free(&zone);
	}
	buf_free(&wrong);
}

/* Days around changes of clocks, in any order, whatever was met before:
 * at midnight (Sao Paulo), back over midnight (St John's), of a whole day
 * (Apia), at no change. */
static void
days_do_not_depend_on_the_rows_before(void **state)
{
	static const struct {
		const char *zone;
		int64_t around;
	} cases[] = { { "Europe/Berlin", 1540688400 },
		{ "America/Sao_Paulo", 1518919200 },
		{ "America/Sao_Paulo", 1508036400 },
		{ "America/St_Johns", 1289097060 },
		{ "Pacific/Apia", 1325239200 },
		{ "Asia/Kathmandu", 1540688400 } };
	struct buf wrong = { 0 };
	uint64_t seed = 11;

	(void)state;
	for (size_t k = 0; k < LEN(cases); k++) {
		struct err e = { 0 };
		struct zone zone;
		struct typer t = { .column = usual, .zone = &zone };

		assert_true(zone_load(&zone, cases[k].zone, &e));
		for (int i = 0; i < 5000; i++) {
			char row[64] = { 0 }, text[DATE_TEXT];
			struct scan s = { 0 };
			enum event_column c;
			struct event v;
			int64_t time = cases[k].around - 200000 +
			    check_random(&seed, 400000);

			time -= i % 2 == 0 ? 0 : time % 900;

			sprintf(row, "%s\t\tnote\t\t\t\t\t\t\t\t\n",
			    date_time_text(text, time));
			assert_true(scan_block(&s, row, strlen(row), 11));
			assert_int_equal(
			    event_type_rows(&t, &s, 0, 1, &v, &c), 1);
			assert_int_equal(v.time, time);
			assert_int_equal(v.day, zone_day(&zone, time));
			scan_free(&s);
		}
		zone_free(&zone);
	}
	buf_free(&wrong);
}

/* Ids of any length and bytes against event_id_fits. */
static void
ids_are_those_that_fit(void **state)
{
	static const char bytes[] = "abcXYZ0123456789!~-_.K\\ \177\037\303\274";
	struct typer t = { .column = columns };
	struct buf wrong = { 0 };
	uint64_t seed = 17;
	struct event v;
	int good = 0;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		char row[128], id[80];
		size_t n = 1 + check_random(&seed, i % 8 == 0 ? 70 : 18);
		bool fits;

		memset(id, 'k', n);
		id[n] = '\0';
		for (int k = 0; k < 2; k++)
			id[check_random(&seed, (uint32_t)n)] =
			    bytes[check_random(&seed, sizeof bytes - 1)];
		if (text_utf8((struct slice){ id, n }) != n ||
		    strchr(id, '\\') != NULL)
			continue;
		fits = event_id_fits((struct slice){ id, n });
		snprintf(row, sizeof row, NOON "%s\tnote\t\t\t\t\t\t\t\t\t",
		    id);
		type(&t, row, &v, &wrong);
		assert_int_equal(wrong.len == 0, fits);
		good += fits;
	}
	assert_true(good > 10000);
	buf_free(&wrong);
}

static void
ids_have_no_blanks_and_at_most_64_bytes(void **state)
{
	char longest[66];

	(void)state;
	memset(longest, 'i', sizeof longest);
	assert_true(event_id_fits((struct slice){ longest, 64 }));
	assert_false(event_id_fits((struct slice){ longest, 65 }));
	assert_false(event_id_fits(slice_of("a b")));
	assert_false(event_id_fits(slice_of("a\302\205b")));
	assert_false(event_id_fits(slice_of("a\\nb")));
	assert_true(event_id_fits(slice_of("a\\\\nb")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_field_is_checked),
		cmocka_unit_test(fields_get_their_types),
		cmocka_unit_test(times_are_those_of_date),
		cmocka_unit_test(amounts_are_those_of_num),
		cmocka_unit_test(kinds_are_those_of_the_table),
		cmocka_unit_test(values_are_those_of_the_kind),
		cmocka_unit_test(rows_are_typed_as_single_ones),
		cmocka_unit_test(days_are_those_of_the_zone),
		cmocka_unit_test(the_calendar_ends_in_every_zone),
		cmocka_unit_test(days_do_not_depend_on_the_rows_before),
		cmocka_unit_test(ids_are_those_that_fit),
		cmocka_unit_test(ids_have_no_blanks_and_at_most_64_bytes),
	};

	return cmocka_run_group_tests_name("event", tests, NULL, NULL);
}
