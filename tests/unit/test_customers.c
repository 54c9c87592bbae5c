/* customers - ids, values, duplicates, aliases. */
#include "check.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "crm/aliases.h"
#include "crm/customers.h"
#include "place.h"

static void
values_are_fit_for_their_columns(void **state)
{
	static const struct {
		const char *column, *value, *want;
	} cases[] = {
		{ "id", "C17", NULL },
		{ "id", "4711/b_\xc3\xa4", NULL },
		{ "id", "", "not an id" },
		{ "id", "-", "not an id" },
		{ "id", "a b", "not an id" },
		{ "id", "a\xc2\xa0" "b", "not an id" },
		{ "id", "a\x1b", "not an id" },
		{ "id", "\xe2\x80\xae" "C1", "not an id" },
		{ "id", "0123456789012345678901234567890123456789"
			"012345678901234567890123", NULL },
		{ "id", "0123456789012345678901234567890123456789"
			"0123456789012345678901234", "not an id" },
		{ "email", "", NULL },
		{ "email", "anna@example.org", NULL },
		{ "email", "anna@example.org, a.b+c@x.example.co.uk", NULL },
		{ "email", "o'neil@xn--mller-kva.de", NULL },
		{ "email", "j\xc3\xb6rg@m\xc3\xbcller.de", NULL },
		{ "email", "anna@localhost", NULL },
		{ "email", "contact1@invalid, x@-", "not an e-mail address" },
		{ "email", "contact1@invalid", NULL },
		{ "email", "anna@", "not an e-mail address" },
		{ "email", "anna@.", "not an e-mail address" },
		{ "email", "anna@example.", "not an e-mail address" },
		{ "email", "anna@exam_ple", "not an e-mail address" },
		{ "email", "anna", "not an e-mail address" },
		{ "email", "@example.org", "not an e-mail address" },
		{ "email", "-x@example.org", "not an e-mail address" },
		{ "email", "a b@example.org", "not an e-mail address" },
		{ "email", "a@b@example.org", "not an e-mail address" },
		{ "email", "a@example..org", "not an e-mail address" },
		{ "email", "a@-example.org", "not an e-mail address" },
		{ "email", "a.@example.org", "not an e-mail address" },
		{ "email", "a@example.org\r\nBcc: x@example.org",
			"not an e-mail address" },
		{ "email", "a@example.org,,b@example.org",
			"not an e-mail address" },
		{ "email", "a@example.org;b@example.org",
			"not an e-mail address" },
		{ "birthday", "1970-02-28", NULL },
		{ "birthday", "--02-29", NULL },
		{ "birthday", "--02-30", "not a birthday" },
		{ "birthday", "1900-02-29", "not a birthday" },
		{ "birthday", "--2-29", "not a birthday" },
		{ "created", "2026-11-21", NULL },
		{ "created", "21.11.2026", "not a day" },
		{ "account", "", NULL },
		{ "account", "C 1", "not an id" },
		{ "name", "Anna\nM", "has a control character" },
		{ "name", "Anna \x1b[1m", "has a control character" },
		{ "note", "two\nlines\tof it", NULL },
		{ "note", "\x1b[1m", "has a control character" },
		{ "note", "two\n\x1b[1m", "has a control character" },
		{ "own", "two\nlines", NULL },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		const char *got = customer_fit(slice_of(cases[i].column),
		    slice_of(cases[i].value));

		if (cases[i].want == NULL && got != NULL)
			fail_msg("%s: %s", cases[i].value, got);
		if (cases[i].want != NULL)
			assert_string_equal(got == NULL ? cases[i].value : got,
			    cases[i].want);
	}
}

static void
rows_are_found_by_their_ids(void **state)
{
	struct customers c;
	struct err e = { 0 };

	(void)state;
	assert_true(customers_read(&c,
	    place_input("customers.tsv",
		"name\tid\tmy\nAnna\tC2\t1\n\tC1\t\n"), &e));
	assert_int_equal(c.rows, 2);
	assert_int_equal(customers_find(&c, slice_of("C1")), 1);
	assert_int_equal(customers_find(&c, slice_of("C3")), MAP_NONE);
	assert_true(slice_is(customers_field(&c, 0, 0), "Anna"));
	assert_true(slice_is(customers_field(&c, 0, 2), "1"));
	assert_true(slice_is(customers_field(&c, 1, 0), ""));
	assert_true(slice_is(customers_field(&c, 1, -1), ""));
	assert_true(slice_is(rows_line(&c.lines, 1), "\tC1\t"));
	customers_free(&c);
}

/* The fields that are asked for are those of the whole table, and the id is
 * always there. */
static void
some_columns_are_as_in_the_whole_table(void **state)
{
	static const char text[] =
	    "my\tname\tnote\tid\tcompany\ttags\tcreated\n"
	    "1\tAnn\tlong\tC2\tSole\tkey\t2026-01-02\n"
	    "\t\tn\tan-id-of-more-than-15-bytes\tM\303\274ller\t\t\n";
	static const uint32_t some[] = { CUSTOMER_NAMES, CUSTOMER_BIT(ID),
		CUSTOMER_BIT(TAGS) | CUSTOMER_NAMES, CUSTOMER_BIT(EMAIL),
		CUSTOMER_BIT(CREATED), CUSTOMER_ALL };
	struct customers all, c;
	struct err e = { 0 };

	(void)state;
	assert_true(customers_read(&all, place_input("all", text), &e));
	for (size_t i = 0; i < LEN(some); i++) {
		assert_true(customers_read_some(&c, place_input("some", text),
			some[i], &e));
		assert_int_equal(c.rows, 2);
		assert_int_equal(c.head.cols, 7);
		for (int k = 0; k < CUSTOMER_COLUMNS; k++) {
			int col = head_find(&c.head, customer_column[k]);

			for (uint32_t r = 0; r < 2; r++)
				if (k == CUSTOMER_ID || some[i] >> k & 1)
					assert_true(slice_eq(
					    customers_field(&c, r, col),
					    customers_field(&all, r, col)));
		}
		if ((some[i] & CUSTOMER_NAMES) == CUSTOMER_NAMES)
			assert_true(slice_is(customers_called(&c, 1),
			    "M\303\274ller"));
		assert_int_equal(rows_number(&c.lines, 1), 3);
		customers_free(&c);
	}
	customers_free(&all);
}

static void
a_name_is_that_of_the_person_or_the_company(void **state)
{
	struct customers c;
	struct err e = { 0 };

	(void)state;
	assert_true(customers_read(&c,
	    place_input("customers.tsv",
		"id\tname\tcompany\nC1\tAnn\tSole\nC2\t\tSole\n"), &e));
	assert_true(slice_is(customers_name(&c, slice_of("C1")), "Ann"));
	assert_true(slice_is(customers_name(&c, slice_of("C2")), "Sole"));
	assert_true(slice_is(customers_name(&c, slice_of("C3")), ""));
	customers_free(&c);
}

static void
many_ids_are_found_as_each_is(void **state)
{
	enum { MANY = 150 };
	struct customers c;
	struct err e = { 0 };
	struct buf text = { 0 };
	char id[MANY][8];
	struct slice ids[MANY];
	uint32_t row[MANY];

	(void)state;
	buf_fmt(&text, "id\tname\tcompany\n");
	for (int i = 0; i < MANY; i += 3)
		buf_fmt(&text, "C%d\tAnn %d\tSole\nC%d\t\tSole %d\n", i, i,
		    i + 1, i);
	assert_true(customers_read(&c,
	    place_input("customers.tsv", text.at), &e));
	for (int i = 0; i < MANY; i++) {
		snprintf(id[i], sizeof id[i], "C%d", MANY - 1 - i);
		ids[i] = slice_of(id[i]);
	}
	customers_find_many(&c, ids, MANY, row);
	for (int i = 0; i < MANY; i++)
		assert_int_equal(row[i], customers_find(&c, ids[i]));
	assert_int_equal(row[0], MAP_NONE);
	assert_int_equal(row[1], MANY / 3 * 2 - 1);
	assert_int_equal(row[MANY - 1], 0);
	customers_free(&c);
	buf_free(&text);
}

static void
bad_tables_are_refused_with_their_lines(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "customers.tsv: empty: the header line is missing" },
		{ "name\nx\n", "customers.tsv:1: missing column: \"id\"" },
		{ "id\nC17\nC2\nC17\nC2\n",
		    "customers.tsv:4: id: already in line 2: \"C17\"\n"
		    "customers.tsv:5: id: already in line 3: \"C2\"" },
		{ "id\tx\n\t1\nC 2\t\n",
		    "customers.tsv:2: id: not an id: \"\"\n"
		    "customers.tsv:3: id: not an id: \"C 2\"" },
		{ "id\n-\n-1\nC\x7f\nC\\t\nC\xc2\xa0\n",
		    "customers.tsv:2: id: not an id: \"-\"\n"
		    "customers.tsv:4: id: not an id: \"C\\x7f\"\n"
		    "customers.tsv:5: id: not an id: \"C\\t\"\n"
		    "customers.tsv:6: id: not an id: \"C\xc2\xa0\"" },
		{ "id\n0123456789012345678901234567890123456789"
			"012345678901234567890123\n"
			"0123456789012345678901234567890123456789"
			"0123456789012345678901234\n",
		    "customers.tsv:3: id: not an id: \"01234567890123456789"
			"012345678901234567890123456789012345678901234\"" },
		{ "id\nC17\nid\nC17\n",
		    "customers.tsv:4: id: already in line 2: \"C17\"" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct customers c;
		struct err e = { 0 };

		assert_false(customers_read(&c,
		    place_input("customers.tsv", cases[i].text), &e));
		assert_string_equal(e.text, cases[i].want);
		assert_int_equal(e.status, CRM_DATA);
		customers_free(&c);
	}
}

static void
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void
aliases_are_followed_to_the_end(void **state)
{
	struct store s;
	struct aliases a;
	struct err e = { 0 };
	char dir[] = "/tmp/test_customers.XXXXXX", file[64];

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(file, sizeof file, "%s/aliases.tsv", dir);
	assert_true(store_find(&s, dir, &e));
	assert_true(aliases_load(&a, &s, &e));
	assert_true(slice_is(aliases_of(&a, slice_of("C1")), "C1"));
	aliases_free(&a);
	write_file(file, "old\tnew\nC2\tC3\nC1\tC2\n");
	assert_true(aliases_load(&a, &s, &e));
	assert_true(slice_is(aliases_of(&a, slice_of("C1")), "C3"));
	assert_true(slice_is(aliases_of(&a, slice_of("C3")), "C3"));
	aliases_free(&a);
	write_file(file, "old\tnew\nx\ty\nC2\tC3\nC1\tC2\nC3\tC1\n");
	assert_false(aliases_load(&a, &s, &e));
	assert_non_null(
	    strstr(e.text, "aliases.tsv:5: old: leads back to itself: \"C3\""));
	aliases_free(&a);
	e = (struct err){ 0 };
	write_file(file, "old\tnew\nC1\tC2\nC1\tC3\n");
	assert_false(aliases_load(&a, &s, &e));
	assert_non_null(strstr(e.text,
	    "aliases.tsv:3: old: given twice: \"C1\""));
	aliases_free(&a);
	unlink(file);
	rmdir(dir);
	store_close(&s);
}

static void
tags_are_parted_by_commas(void **state)
{
	static const struct {
		const char *tags, *tag;
		bool has;
	} cases[] = {
		{ "key", "key", true }, { "new, key", "key", true },
		{ " key ,new", "key", true }, { "new,key,", "key", true },
		{ "keys", "key", false }, { "key account", "key", false },
		{ "", "key", false }, { "Key", "key", false },
		{ "", "", false }, { "key,,new", "", false },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		assert_int_equal(customer_tagged(slice_of(cases[i].tags),
		    slice_of(cases[i].tag)), cases[i].has);
}

static void
some_tags_say_that_one_is_to_be_let_alone(void **state)
{
	(void)state;
	assert_true(customer_let_go(slice_of("released")));
	assert_true(customer_let_go(slice_of("key, blocked")));
	assert_false(customer_let_go(slice_of("key,unblocked")));
	assert_false(customer_let_go(slice_of("")));
}

static void
a_list_knows_who_was_merged(void **state)
{
	struct customers c = { 0 };
	struct aliases a = { 0 };
	struct err e = { 0 };

	(void)state;
	map_add(&a.old, slice_of("C8"));
	map_add(&a.old, slice_of("C9"));
	map_add(&a.old, slice_of("C7"));
	a.to = mem_zero(3, sizeof *a.to);
	a.to[0] = map_add(&a.now, slice_of("C9"));
	a.to[1] = map_add(&a.now, slice_of("C1"));
	a.to[2] = map_add(&a.now, slice_of("C2"));
	assert_true(customers_read(&c, place_input("list",
	    "id\tx\nC8\ta\nC7\tb\nC2\tc\nC9\td\n"), &e));
	customers_follow(&c, &a);
	assert_int_equal(c.rows, 5);
	assert_true(slice_is(customers_field(&c,
	    customers_find(&c, slice_of("C1")), 1), "a"));
	assert_true(slice_is(customers_field(&c,
	    customers_find(&c, slice_of("C2")), 1), "c"));
	assert_int_equal(rows_number(&c.lines, 4), 2);
	customers_free(&c);
	aliases_free(&a);
}

static void
a_set_may_name_him_again(void **state)
{
	static const char text[] = "id\tx\ty\nC1\ta\tp\nC2\ta\tp\n"
		"C1\ta\tq\nid\tx\ty\nC1\tb\tp\n";
	const struct slice same[] = { slice_of("z"), slice_of("id"),
		slice_of("x"), slice_of("y") };
	struct customers c;
	struct err e = { 0 };

	(void)state;
	assert_true(customers_read_set(&c, place_input("list", text), same, 2,
	    &e));
	assert_int_equal(c.rows, 2);
	assert_int_equal(c.ids.len, 2);
	assert_true(slice_is(customers_field(&c, 0, 2), "p"));
	customers_free(&c);
	assert_false(customers_read_set(&c, place_input("list", text), same,
	    LEN(same), &e));
	assert_string_equal(e.text,
	    "list:4: y: not as in line 2: \"q\"\n"
	    "list:6: x: not as in line 2: \"b\"");
	assert_int_equal(e.status, CRM_DATA);
	customers_free(&c);
}

static void
any_row_of_him_says_who_is_blocked(void **state)
{
	static const char *const blocked[] = { "C1", "C3" };
	struct customers c = { 0 };
	struct aliases a = { 0 };
	struct map ids = { 0 }, plain = { 0 };
	struct err e = { 0 };

	(void)state;
	map_add(&a.old, slice_of("C9"));
	a.to = mem_zero(1, sizeof *a.to);
	a.to[0] = map_add(&a.now, slice_of("C3"));
	assert_true(customers_read(&c, place_input("list", "id\ttags\n"
	    "C1\tkey, blocked\nC2\tkey\nC3\t\nC9\tblocked\n"), &e));
	customers_blocked(&c, &a, &ids);
	assert_int_equal(ids.len, LEN(blocked));
	for (size_t i = 0; i < LEN(blocked); i++)
		assert_true(map_find(&ids, slice_of(blocked[i])) != MAP_NONE);
	customers_blocked(&c, NULL, &plain);
	assert_true(map_find(&plain, slice_of("C9")) != MAP_NONE);
	map_free(&ids);
	map_free(&plain);
	customers_free(&c);
	aliases_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_are_parted_by_commas),
		cmocka_unit_test(some_tags_say_that_one_is_to_be_let_alone),
		cmocka_unit_test(values_are_fit_for_their_columns),
		cmocka_unit_test(rows_are_found_by_their_ids),
		cmocka_unit_test(some_columns_are_as_in_the_whole_table),
		cmocka_unit_test(a_name_is_that_of_the_person_or_the_company),
		cmocka_unit_test(many_ids_are_found_as_each_is),
		cmocka_unit_test(bad_tables_are_refused_with_their_lines),
		cmocka_unit_test(aliases_are_followed_to_the_end),
		cmocka_unit_test(a_list_knows_who_was_merged),
		cmocka_unit_test(a_set_may_name_him_again),
		cmocka_unit_test(any_row_of_him_says_who_is_blocked),
	};

	return cmocka_run_group_tests_name("customers", tests, NULL, NULL);
}
