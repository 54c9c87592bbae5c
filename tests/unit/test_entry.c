/* entry - rows written anew, made refs, columns matched. */
#include "check.h"

#include <unistd.h>

#include "base/map.h"
#include "crm/entry.h"
#include "place.h"

static const struct zone_change always = { INT64_MIN, 3600 };
static const struct zone zone = { NULL,
	(struct zone_change *)(uintptr_t)&always, 1 };

/* Read a table and check it; e has what is wrong. */
static bool
check(struct entries *n, struct sheet *s, const char *text, struct err *e)
{
	assert_true(sheet_read(s, place_input("in", text), e));
	*n = (struct entries){ .sheet = s, .zone = &zone, .currency = "EUR",
		.now = INT64_C(1795262400) }; /* 2026-11-21T12:00:00Z */
	return entry_check(n, e);
}

static void
rows_are_written_anew(void **state)
{
	struct entries n;
	struct sheet s;
	struct err e = { 0 };
	struct buf header = { 0 };

	(void)state;
	assert_true(check(&n, &s, "kind\tshop\tcustomer\ttime\tdue\t"
	    "currency\ttext\n"
	    "note\tKiel\tC1\t2026-11-20\t2026-12-01T23:30\tEUR\ta\\tb\n", &e));
	assert_true(slice_is(rows_line(&n.rows, 0), "2026-11-19T23:00:00Z\t"
	    "C1\tnote\t\t\t\t2026-12-01\t\t\t\ta\\tb\t\tKiel"));
	assert_int_equal(n.more, 1);
	assert_true(slice_is(entry_column(&n, EVENT_COLUMNS), "shop"));
	assert_true(slice_is(entry_column(&n, EVENT_REF), "ref"));
	entry_header(&n, &header);
	assert_string_equal(buf_text(&header), "time\tcustomer\tkind\t"
	    "channel\ttone\tvalue\tdue\tref\ttopic\tby\ttext\tshop");
	assert_int_equal(n.notes.lines, 0);
	buf_free(&header);
	entry_free(&n);
	sheet_free(&s);
}

static void
wrong_rows_are_told_with_their_lines(void **state)
{
	static const struct {
		const char *row, *want;
	} cases[] = {
		{ "2026-11-20\tC1\tnpps\t9\t", "kind: unknown: \"npps\" "
		    "(did you mean \"nps\"?)" },
		{ "2026-11-20\t\torder\t9\t", "customer: missing: \"\"" },
		{ "2026-11-20\t-\torder\t9\t", "customer: missing: \"\"" },
		{ "2026-11-20\tC1\torder\t\t", "value: missing: \"\"" },
		{ "2026-11-20\tC1\tnps\t11\t",
		    "value: not a score from 0 to 10: \"11\"" },
		{ "2026-11-20\tC1\tnote\t5\t",
		    "value: this kind has none: \"5\"" },
		{ "2026-11-20\tC1\tsolve\t\t", "ref: missing: \"\"" },
		{ "2026-11-20\tC1\tsolve\t\ta\\nb",
		    "ref: has a control character: \"a\\x0ab\"" },
		{ "\tC1\tnote\t\t", "time: missing: \"\"" },
		{ "20.11.2026\tC1\tnote\t\t",
		    "time: not a day or time: \"20.11.2026\"" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct buf text = { 0 };
		struct entries n;
		struct sheet s;
		struct err e = { 0 };

		buf_fmt(&text, "time\tcustomer\tkind\tvalue\tref\n"
		    "2026-11-20\tC1\tnps\t9\t\n%s\n", cases[i].row);
		assert_false(check(&n, &s, buf_text(&text), &e));
		assert_memory_equal(e.text, "in:3: ", 6);
		assert_string_equal(e.text + 6, cases[i].want);
		assert_int_equal(e.status, CRM_DATA);
		entry_free(&n);
		sheet_free(&s);
		buf_free(&text);
	}
}

static void
the_future_is_noted(void **state)
{
	struct entries n;
	struct sheet s;
	struct err e = { 0 };

	(void)state;
	assert_true(check(&n, &s, "time\tcustomer\tkind\n"
	    "2026-11-21T12:00:01Z\tC1\tnote\n", &e));
	assert_string_equal(n.notes.text,
	    "in:2: time: lies in the future: \"2026-11-21T12:00:01Z\"");
	entry_free(&n);
	sheet_free(&s);
}

static void
made_refs_are_all_different(void **state)
{
	struct buf text = { 0 };
	struct entries n;
	struct sheet s;
	struct map refs = { 0 };
	struct err e = { 0 };

	(void)state;
	buf_str(&text, "time\tcustomer\tkind\tref\n");
	for (int i = 0; i < 1000; i++)
		buf_str(&text, "2026-11-20\tC1\tcomplaint\t\n");
	buf_str(&text, "2026-11-20\tC1\tcomplaint\tK1\n");
	assert_true(check(&n, &s, buf_text(&text), &e));
	for (size_t i = 0; i < 1000; i++) {
		struct slice ref = rows_field(&n.rows, i, EVENT_REF);

		assert_true(n.made[i]);
		assert_int_equal(ref.len, 18);
		assert_memory_equal(ref.at, "c20261121-", 10);
		map_add(&refs, ref);
	}
	assert_int_equal(refs.len, 1000);
	assert_false(n.made[1000]);
	map_free(&refs);
	entry_free(&n);
	sheet_free(&s);
	buf_free(&text);
}

static void
columns_go_where_the_journal_has_them(void **state)
{
	struct entries n;
	struct sheet s;
	struct head h = { 0 };
	struct slice customer = { "C9", 2 };
	struct buf to = { 0 };
	bool skip = true;
	struct err e = { 0 };

	(void)state;
	assert_true(check(&n, &s, "time\tcustomer\tkind\ttopic\n"
	    "2026-11-20\tC1\tnote\tx\n", &e));
	assert_true(head_parse(&h, slice_of("topic\town\tkind\tcustomer"
	    "\ttime"), "j", &e));
	assert_true(entry_write(&n, &h, "j", &customer, NULL, &to, &e));
	assert_string_equal(buf_text(&to),
	    "x\t\tnote\tC9\t2026-11-19T23:00:00Z\n");
	buf_clear(&to);
	assert_true(entry_write(&n, &h, "j", &customer, &skip, &to, &e));
	assert_int_equal(to.len, 0);
	head_free(&h);
	assert_true(head_parse(&h, slice_of("kind\tcustomer\ttime"), "j",
	    &e));
	assert_false(entry_write(&n, &h, "j", &customer, NULL, &to, &e));
	assert_string_equal(e.text, "j:1: missing column: \"topic\"");
	head_free(&h);
	buf_free(&to);
	entry_free(&n);
	sheet_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_written_anew),
		cmocka_unit_test(wrong_rows_are_told_with_their_lines),
		cmocka_unit_test(the_future_is_noted),
		cmocka_unit_test(made_refs_are_all_different),
		cmocka_unit_test(columns_go_where_the_journal_has_them),
	};

	return cmocka_run_group_tests_name("entry", tests, NULL, NULL);
}
