/* change - what is written for customers to be added and changed. */
#include "check.h"

#include <unistd.h>

#include "crm/change.h"
#include "place.h"

static const char old[] = "id\tname\temail\n"
    "C1\tAnna\tanna@x.org, a@x.org\nC7\tBo\tbo@x.org\nX\t\t\n";

static void
answers_follow_from_table_and_sheet(void **state)
{
	static const struct {
		const char *sheet, *want, *ids;
		bool update, force, whole;
		const char *own;
	} cases[] = {
		{ "name\nCy\nDi\n", "C8\tCy\t\nC9\tDi\t\n", "C8\nC9\n", false,
		    false, false, NULL },
		{ "name\tid\nCy\tC20\nDi\t\n", "C20\tCy\t\nC21\tDi\t\n",
		    "C20\nC21\n", false, false, false, NULL },
		{ "email\nANNA@x.org\n", "C8\t\tANNA@x.org\n", "C8\n", false,
		    true, false, NULL },
		{ "id\tname\nX\tXi\n", "id\tname\temail\nC1\tAnna\tanna@x.org,"
		    " a@x.org\nC7\tBo\tbo@x.org\nX\tXi\t\n", "", true, false,
		    true, NULL },
		{ "id\temail\nC1\tbo@x.org\nC7\tanna@x.org\n",
		    "id\tname\temail\nC1\tAnna\tbo@x.org\nC7\tBo\tanna@x.org"
		    "\nX\t\t\n", "", true, false, true, NULL },
		{ "id\tcity\nX\tUlm\n", "id\tname\temail\tcity\nC1\tAnna\t"
		    "anna@x.org, a@x.org\t\nC7\tBo\tbo@x.org\t\nX\t\t\tUlm\n",
		    "", true, false, true, NULL },
		{ "id\tvip\nN\tyes\n", "id\tname\temail\tvip\nC1\tAnna\t"
		    "anna@x.org, a@x.org\t\nC7\tBo\tbo@x.org\t\nX\t\t\t\n"
		    "N\t\t\tyes\n", "N\n", false, false, true, "vip" },
		{ "id\n", "", "", false, false, false, NULL },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct customers now;
		struct aliases none = { 0 };
		struct sheet s;
		struct err e = { 0 };
		struct change c = { .sheet = &s, .now = &now,
			.aliases = &none, .update = cases[i].update,
			.force = cases[i].force, .created = "2026-11-21" };

		assert_true(customers_read(&now, place_input("old", old), &e));
		assert_true(sheet_read(&s,
		    place_input("in", cases[i].sheet), &e));
		if (cases[i].own != NULL)
			assert_true(change_column(&c, cases[i].own, &e));
		if (!change_make(&c, &e))
			fail_msg("%zu: %s", i, e.text);
		assert_string_equal(buf_text(&c.bytes), cases[i].want);
		assert_string_equal(buf_text(&c.ids), cases[i].ids);
		assert_int_equal(c.whole, cases[i].whole);
		change_free(&c);
		customers_free(&now);
		sheet_free(&s);
	}
}

static void
what_must_not_be_is_refused(void **state)
{
	static const struct {
		const char *sheet, *want;
		bool update;
	} cases[] = {
		{ "id\nC1\n", "in:2: id: already in line 2: \"C1\"", false },
		{ "id\nN\nN\n", "in:3: id: already in line 2: \"N\"", false },
		{ "email\nx@y.org, A@X.org\n", "in:2: email: already in line "
		    "2, of C1: \"a@x.org\"", false },
		{ "email\nn@x.org\nN@x.org\n", "in:3: email: already in line "
		    "2: \"N@x.org\"", false },
		{ "nmae\nx\n", "in:1: unknown column: \"nmae\" (did you mean "
		    "\"name\"?)", false },
		{ "id\temail\nX\tbo@x.org\n", "in:2: email: already in line "
		    "3, of C7: \"bo@x.org\"", true },
		{ "id\nC2\n", "in:2: id: unknown: \"C2\" "
		    "(did you mean \"C1\"?)", true },
		{ "id\nX\nX\n", "in:3: id: given twice: \"X\"", true },
		{ "name\nX\n", "in:1: missing column: \"id\"", true },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct customers now;
		struct aliases none = { 0 };
		struct sheet s;
		struct err e = { 0 };
		struct change c = { .sheet = &s, .now = &now,
			.aliases = &none, .update = cases[i].update,
			.created = "2026-11-21" };

		assert_true(customers_read(&now, place_input("old", old), &e));
		assert_true(sheet_read(&s,
		    place_input("in", cases[i].sheet), &e));
		assert_false(change_make(&c, &e));
		assert_string_equal(e.text, cases[i].want);
		assert_int_equal(e.status, CRM_DATA);
		change_free(&c);
		customers_free(&now);
		sheet_free(&s);
	}
}

static void
values_are_checked_without_a_store(void **state)
{
	struct sheet s;
	struct err e = { 0 };

	(void)state;
	assert_true(sheet_read(&s, place_input("in", "id\temail\tbirthday\n"
	    "\tx\t\na b\t\t--02-30\n"), &e));
	assert_false(change_check(&s, &e));
	assert_string_equal(e.text,
	    "in:2: email: not an e-mail address: \"x\"\n"
	    "in:3: id: not an id: \"a b\"\n"
	    "in:3: birthday: not a birthday: \"--02-30\"");
	sheet_free(&s);
}

/* Customers that were merged are one, and may share an address. */
static void
merged_customers_share_an_address(void **state)
{
	struct customers now;
	struct aliases one = { 0 };
	struct sheet s;
	struct err e = { 0 };
	struct change c = { .sheet = &s, .now = &now, .aliases = &one,
		.update = true };
	uint32_t to;

	(void)state;
	map_add(&one.old, slice_of("C7"));
	to = map_add(&one.now, slice_of("C1"));
	one.to = &to;
	assert_true(customers_read(&now, place_input("old", old), &e));
	assert_true(sheet_read(&s,
	    place_input("in", "id\temail\nC1\tbo@x.org\n"),
	    &e));
	assert_true(change_make(&c, &e));
	change_free(&c);
	customers_free(&now);
	sheet_free(&s);
	map_free(&one.old);
	map_free(&one.now);
}

static void
columns_of_the_user_have_names(void **state)
{
	static const struct {
		const char *name;
		bool good;
	} cases[] = { { "hobby", true }, { "M\xc3\xbcll", true },
		{ "", false }, { "a b", false }, { "a\tb", false },
		{ "hobby=chess", false }, { "\xff", false },
		{ "a\nb", false } };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct change c = { 0 };
		struct err e = { 0 };

		assert_int_equal(change_column(&c, cases[i].name, &e),
		    cases[i].good);
		assert_int_equal(e.status, cases[i].good ? CRM_OK :
		    CRM_USAGE);
		change_free(&c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_follow_from_table_and_sheet),
		cmocka_unit_test(what_must_not_be_is_refused),
		cmocka_unit_test(values_are_checked_without_a_store),
		cmocka_unit_test(merged_customers_share_an_address),
		cmocka_unit_test(columns_of_the_user_have_names),
	};

	return cmocka_run_group_tests_name("change", tests, NULL, NULL);
}
