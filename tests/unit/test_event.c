/* event - rows of a journal: what is taken, what is refused and how. */
#include "check.h"

#include <stdio.h>

#include "base/num.h"
#include "crm/event.h"
#include "table/scan.h"

static const int columns[EVENT_COLUMNS] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
	11 };

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
		    "value: not a number: \"1,50\"" },
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
				[check_random(&seed, k == 0 ? 10 : 25)];
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
	}
	buf_free(&wrong);
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
		cmocka_unit_test(days_are_those_of_the_zone),
		cmocka_unit_test(ids_have_no_blanks_and_at_most_64_bytes),
	};

	return cmocka_run_group_tests_name("event", tests, NULL, NULL);
}
