/* personal - the one list, held against crm(5) and the kinds table. */
#include "check.h"

#include "crm/customers.h"
#include "crm/event.h"
#include "crm/personal.h"

static void
a_customer_keeps_three_facts_and_ids(void **state)
{
	static const struct {
		const char *column;
		enum personal_fate fate;
	} kept[] = {
		{ "id", PERSONAL_WHO },
		{ "account", PERSONAL_WHO },
		{ "country", PERSONAL_KEPT },
		{ "language", PERSONAL_KEPT },
		{ "created", PERSONAL_KEPT },
		{ "source", PERSONAL_FROM },
		{ "name", PERSONAL_NAME },
	};
	size_t others = 0;

	(void)state;
	for (size_t i = 0; i < LEN(kept); i++)
		assert_int_equal(personal_customer(slice_of(kept[i].column)),
		    kept[i].fate);
	for (size_t i = 0; i < CUSTOMER_COLUMNS; i++)
		others += personal_customer(slice_of(customer_column[i])) ==
		    PERSONAL_FREE;
	assert_int_equal(others, CUSTOMER_COLUMNS - LEN(kept));
	assert_int_equal(personal_customer(slice_of("shoe_size")),
	    PERSONAL_FREE);
}

static void
texts_go_from_every_kind_and_topics_unless_they_are_codes(void **state)
{
	(void)state;
	for (int k = 0; k < KINDS; k++) {
		enum kind kind = (enum kind)k;

		assert_int_equal(personal_event(kind, slice_of("text")),
		    PERSONAL_FREE);
		assert_int_equal(personal_event(kind, slice_of("weight")),
		    PERSONAL_FREE);
		assert_int_equal(personal_event(kind, slice_of("customer")),
		    PERSONAL_WHO);
		assert_int_equal(personal_event(kind, slice_of("time")),
		    PERSONAL_KEPT);
		assert_int_equal(personal_event(kind, slice_of("topic")),
		    kind_info(kind)->topic_code ? PERSONAL_CODE :
		    PERSONAL_FREE);
	}
}

static void
amounts_stay_but_not_of_kinds_that_nobody_knows(void **state)
{
	static const char *const column[] = { "value", "due", "ref" };
	static const enum personal_fate fate[] = { PERSONAL_KEPT,
		PERSONAL_KEPT, PERSONAL_CODE };

	(void)state;
	for (size_t i = 0; i < LEN(column); i++) {
		struct slice name = slice_of(column[i]);

		assert_int_equal(personal_event(KIND_ORDER, name), fate[i]);
		assert_int_equal(personal_event(KIND_OWN, name),
		    PERSONAL_FREE);
		assert_int_equal(personal_event(KIND_NONE, name),
		    PERSONAL_FREE);
	}
}

static void
aliases_are_ids(void **state)
{
	(void)state;
	assert_int_equal(personal_alias(slice_of("old")), PERSONAL_WHO);
	assert_int_equal(personal_alias(slice_of("new")), PERSONAL_WHO);
	assert_int_equal(personal_alias(slice_of("filled")), PERSONAL_KEPT);
}

static void
files_are_known_by_name_or_first_bytes(void **state)
{
	static const struct {
		const char *name, *first;
		enum personal_file is;
	} cases[] = {
		{ "customers.tsv", "id\n", PERSONAL_CUSTOMERS },
		{ "aliases.tsv", "", PERSONAL_ALIASES },
		{ "journal.tsv", "", PERSONAL_JOURNAL },
		{ "journal-2025.tsv", "", PERSONAL_JOURNAL },
		{ "journal-a.tsv.gz", "\x1f\x8b", PERSONAL_JOURNAL },
		{ "journal-a.tsv.zst", "", PERSONAL_JOURNAL },
		{ "journal.tsv.torn", "", PERSONAL_LINES },
		{ "customers.tsv.bak", "id\n", PERSONAL_LINES },
		{ "customers.tsv~", "id\n", PERSONAL_LINES },
		{ "bad.csv", "line,reason", PERSONAL_LINES },
		{ "x", "crm state file\n", PERSONAL_LINES }, /* no NUL */
		{ "settings.tsv", "", PERSONAL_NOT },
		{ "stages.tsv", "", PERSONAL_NOT },
		{ "segments.tsv", "", PERSONAL_NOT },
		{ "goals.tsv", "", PERSONAL_NOT },
		{ "erasures.tsv", "", PERSONAL_NOT },
		{ ".lock", "", PERSONAL_NOT },
		{ ".swap", "", PERSONAL_NOT },
	};
	static const char crate[] = "crm state file\n\0\1\2";

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		if (personal_file(cases[i].name, slice_of(cases[i].first)) !=
		    cases[i].is)
			fail_msg("%s", cases[i].name);
	assert_int_equal(personal_file("x", (struct slice){ crate, 19 }),
	    PERSONAL_DERIVED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_customer_keeps_three_facts_and_ids),
		cmocka_unit_test(
		    texts_go_from_every_kind_and_topics_unless_they_are_codes),
		cmocka_unit_test(
		    amounts_stay_but_not_of_kinds_that_nobody_knows),
		cmocka_unit_test(aliases_are_ids),
		cmocka_unit_test(files_are_known_by_name_or_first_bytes),
	};

	return cmocka_run_group_tests_name("personal", tests, NULL, NULL);
}
