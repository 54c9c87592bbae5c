/* book, once, whom - entries beside a store: whose they are, and whether
 * they are there. */
#include "check.h"

#include <stdio.h>
#include <unistd.h>

#include "crm/book.h"
#include "crm/once.h"
#include "crm/whom.h"
#include "place.h"

static struct store store;

static int
set_up(void **state)
{
	struct err e = { 0 };

	if (place_open(state) != 0 || !store_find(&store, "store", &e) ||
	    !store_create(&store, &e))
		return 1;
	place_put("store/customers.tsv", "id\temail\nC1\ta@x.org, b@x.org\n"
	    "C2\tc@x.org\nC3\tC@x.org\nC4\td@x.org\nC5\td@x.org\n");
	place_put("store/aliases.tsv", "old\tnew\ttime\tfilled\nC5\tC4\t\t\n");
	place_put("store/journal.tsv", "kind\ttime\tcustomer\tref\ttext\n"
	    "note\t2026-11-20T10:00:00Z\tC1\t\tx\n"
	    "note\t2026-11-20T10:00:00Z\tC1\t\tx\n"
	    "complaint\t2026-11-20\tC1\tK1\ty\n");
	place_put("store/journal-b.tsv", "time\tcustomer\tkind\tvalue\tref\n"
	    "2026-11-20\tC1\torder\t5\tB1\n");
	return 0;
}

static int
tear_down(void **state)
{
	store_close(&store);
	return place_close(state);
}

static void
one_customer_is_found_in_any_table(void **state)
{
	static const char *const tables[] = { "id\nC1\nC10\n",
		"id\tname\nC1\t\nC10\t\n", "name\tid\nx\tC1\n\tC10\n",
		"id\tname\nx\tC9\nC1\tC2\nC10\t\n" };
	static const char *const ids[] = { "C1", "C10", "C", "1", "C2", "10",
		"C9", "id", "C1\t" };

	(void)state;
	for (size_t i = 0; i < LEN(tables); i++) {
		place_put("store/customers.tsv", tables[i]);
		for (size_t k = 0; k < LEN(ids); k++) {
			struct err e = { 0 };

			assert_int_equal(whom_id(&store, slice_of(ids[k]),
			    &e), k < 2);
			assert_int_equal(e.status, CRM_OK);
		}
	}
	unlink("store/customers.tsv");
	assert_false(whom_id(&store, slice_of("C1"), &(struct err){ 0 }));
}

/* Wherever the row lies among the blocks that are read. */
static void
one_customer_is_found_in_a_large_table(void **state)
{
	FILE *f = fopen("store/customers.tsv", "w");

	(void)state;
	fputs("id\tname\n", f);
	for (int i = 1; i <= 60000; i++)
		fprintf(f, "C%d\tname %d\n", i, i * 7);
	fclose(f);
	for (int i = 1; i <= 60000; i += 997) {
		struct err e = { 0 };
		char id[16];

		snprintf(id, sizeof id, "C%d", i);
		assert_true(whom_id(&store, slice_of(id), &e));
		snprintf(id, sizeof id, "C%d", i + 60000);
		assert_false(whom_id(&store, slice_of(id), &e));
	}
}

static void
a_changed_table_is_another(void **state)
{
	struct file_mark before = whom_mark(&store);

	(void)state;
	assert_true(file_same(before, whom_mark(&store)));
	place_put("store/customers.tsv", "id\nC1\n");
	assert_false(file_same(before, whom_mark(&store)));
}

/* Entries of a table, checked and looked up. */
struct all {
	struct sheet sheet;
	struct entries entries;
	struct book book;
	struct zone zone;
	struct err err;
};

static void
open_all(struct all *a, const char *text, bool add)
{
	*a = (struct all){ 0 };
	assert_true(zone_load(&a->zone, "UTC", &a->err));
	assert_true(sheet_read(&a->sheet, place_input("in", text),
	    &a->err));
	a->entries = (struct entries){ .sheet = &a->sheet, .zone = &a->zone,
		.currency = "EUR", .now = INT64_C(1795262400) };
	assert_true(entry_check(&a->entries, &a->err));
	a->book = (struct book){ .entries = &a->entries, .store = &store,
		.add = add };
}

static void
close_all(struct all *a)
{
	book_free(&a->book);
	entry_free(&a->entries);
	sheet_free(&a->sheet);
	zone_free(&a->zone);
}

static void
entries_get_their_customers(void **state)
{
	struct all a;

	(void)state;
	open_all(&a, "time\tcustomer\tkind\n2026-11-20\tb@x.org\tnote\n"
	    "2026-11-20\t\tnote\n2026-11-20\tN1\tnote\n2026-11-20\tN1\tnote\n",
	    true);
	assert_true(book_customers(&a.book, &a.err));
	assert_true(slice_is(a.book.customer[0], "C1"));
	assert_true(slice_is(a.book.customer[1], ""));
	assert_true(slice_is(a.book.customer[2], "N1"));
	assert_int_equal(a.book.bare.rows.n, 1);
	close_all(&a);
	open_all(&a, "time\tcustomer\tkind\n2026-11-20\tC1\tnote\n"
	    "2026-11-20\tc@x.org\tnote\n2026-11-20\tC9\tnote\n", false);
	assert_false(book_customers(&a.book, &a.err));
	assert_string_equal(a.err.text, "in:3: customer: several have this "
	    "e-mail address: \"c@x.org\" (C2, C3)\nin:4: customer: unknown: "
	    "\"C9\" (did you mean \"C1\"?)");
	close_all(&a);
}

static void
what_is_there_is_skipped(void **state)
{
	static const char table[] = "time\tcustomer\tkind\tvalue\tref\ttext\n"
	    "2026-11-20T10:00:00Z\tC1\tnote\t\t\tx\n"
	    "2026-11-20T10:00:00Z\tC1\tnote\t\t\tx\n"
	    "2026-11-20T10:00:00Z\tC1\tnote\t\t\tx\n"
	    "2026-11-20T00:00:00Z\tC1\tcomplaint\t\t\ty\n"
	    "2026-11-20T01:00:00+01:00\ta@x.org\torder\t5\tB1\t\n"
	    "2026-11-20\tC1\torder\t6\tB1\t\n";
	static const struct {
		const char *columns;
		bool skip[6];
		size_t left;
	} cases[] = {
		{ NULL, { true, true, false, true, true, false }, 2 },
		{ "kind,ref", { true, true, true, false, true, true }, 1 },
		{ "time", { true, true, true, true, true, true }, 0 },
		{ "value", { true, true, true, true, true, false }, 1 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct all a;
		struct once o;

		open_all(&a, table, false);
		assert_true(book_customers(&a.book, &a.err));
		o = (struct once){ .entries = &a.entries,
			.customer = a.book.customer, .zone = &a.zone,
			.aliases = &a.book.aliases,
			.columns = cases[i].columns };
		assert_true(once_look(&o, &store, &a.err));
		for (size_t k = 0; k < 6; k++)
			assert_int_equal(o.skip[k], cases[i].skip[k]);
		assert_int_equal(o.left, cases[i].left);
		if (i == 0)
			assert_string_equal(o.ref[3], "K1");
		once_free(&o);
		close_all(&a);
	}
}

static void
an_unknown_column_is_refused(void **state)
{
	struct all a;
	struct once o;

	(void)state;
	open_all(&a, "time\tcustomer\tkind\n2026-11-20\tC1\tnote\n", false);
	o = (struct once){ .entries = &a.entries, .zone = &a.zone,
		.aliases = &a.book.aliases,
		.customer = a.book.customer, .columns = "kind,rf" };
	assert_false(once_look(&o, &store, &a.err));
	assert_string_equal(a.err.text,
	    "unknown column: \"rf\" (did you mean \"ref\"?)");
	assert_int_equal(a.err.status, CRM_USAGE);
	once_free(&o);
	close_all(&a);
}

static void
headers_are_those_of_the_file(void **state)
{
	static const char own[] = "time\tcustomer\tkind\tchannel\ttone\t"
	    "value\tdue\tref\ttopic\tby\ttext";
	struct book b = { .store = &store };
	struct head h;
	struct err e = { 0 };

	(void)state;
	assert_true(book_head(&b, "journal-b.tsv", &h, &e));
	assert_true(slice_is(h.line, "time\tcustomer\tkind\tvalue\tref"));
	head_free(&h);
	assert_true(book_head(&b, "journal-new.tsv", &h, &e));
	assert_true(slice_is(h.line, own));
	head_free(&h);
	place_put("store/journal.tsv", "time\tcust");
	assert_true(book_head(&b, "journal.tsv", &h, &e));
	assert_true(slice_is(h.line, own));
	head_free(&h);
	book_free(&b);
}

static void
the_last_event_is_that_of_the_last_whole_row(void **state)
{
	static const char row[] = "2026-11-20T00:00:00Z\tnote\n";
	static char many[400 * sizeof row] = "time\tkind\n",
	    wide[5000 + 2 * sizeof row] = "time\tkind\n2026-11-20\t";
	static const struct {
		const char *text;
		bool told;
	} cases[] = {
		{ "time\tkind\n2026-11-19\ta\n2026-11-20T00:00:00Z\tb\n",
		    true },
		{ "time\tkind\n2026-11-20\ta\n2026-11-21\ttorn", true },
		{ "kind\ttime\na\t2026-11-20\n", true }, { many, true },
		{ "time\tkind\n", false }, { "time\tkind\n2026-11-2", false },
		{ "kind\tday\na\t2026-11-20\n", false },
		{ "kind\ttime\na\n", false }, { "time\nsoon\n", false },
		{ "time\n\n", false }, { wide, false }, { NULL, false },
	};
	struct zone utc = { 0 };
	struct entries entries = { .zone = &utc };
	struct book b = { .store = &store, .entries = &entries };
	struct err e = { 0 };

	(void)state;
	assert_true(zone_load(&utc, "UTC", &e));
	for (int i = 0; i < 300; i++)
		strcat(many, row);
	memset(wide + strlen(wide), 'x', 5000);
	strcat(wide, "\n");
	for (size_t i = 0; i < LEN(cases); i++) {
		struct head h;
		int64_t time = 0;

		unlink("store/journal.tsv");
		if (cases[i].text != NULL)
			place_put("store/journal.tsv", cases[i].text);
		assert_true(book_head(&b, "journal.tsv", &h, &e));
		assert_int_equal(book_last(&b, &h, &time), cases[i].told);
		if (cases[i].told)
			assert_int_equal(time,
			    date_days(2026, 11, 20) * DATE_DAY);
		head_free(&h);
	}
	book_free(&b);
	zone_free(&utc);
}

static void
batches_have_plain_names(void **state)
{
	static const struct {
		const char *name;
		bool good;
	} cases[] = {
		{ "2025", true }, { "shop-1.a_B", true }, { "", false },
		{ ".x", false }, { "-x", false }, { "a/b", false },
		{ "a b", false }, { "..", false }, { "\xc3\xa4", false },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct buf file = { 0 };
		struct err e = { 0 };

		assert_int_equal(book_batch(cases[i].name, &file, &e),
		    cases[i].good);
		assert_int_equal(e.status, cases[i].good ? CRM_OK : CRM_USAGE);
		buf_free(&file);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_customer_is_found_in_any_table),
		TEST(one_customer_is_found_in_a_large_table),
		TEST(a_changed_table_is_another),
		TEST(entries_get_their_customers),
		TEST(what_is_there_is_skipped),
		TEST(an_unknown_column_is_refused),
		TEST(headers_are_those_of_the_file),
		TEST(the_last_event_is_that_of_the_last_whole_row),
		TEST(batches_have_plain_names),
	};

	return cmocka_run_group_tests_name("book", tests, NULL, NULL);
}
