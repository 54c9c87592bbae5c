#include "check.h"

#include "crm/tiers.h"

static void
the_highest_tier_that_is_reached_counts(void **state)
{
	static const struct {
		int64_t points;
		const char *tier;
	} cases[] = { { -5, "" }, { 0, "" }, { 999, "" }, { 1000, "silver" },
		{ 4999, "silver" }, { 5000, "gold" },
		{ INT64_MAX, "gold" } };
	static const char *const orders[] = { "silver:1000,gold:5000",
		"gold:5000,silver:1000" };
	struct tiers t;

	(void)state;
	for (size_t i = 0; i < 2 * LEN(cases); i++) {
		assert_null(tiers_parse(&t, slice_of(orders[i % 2])));
		assert_true(slice_is(tiers_of(&t, cases[i / 2].points),
		    cases[i / 2].tier));
	}
	assert_null(tiers_parse(&t, slice_of("")));
	assert_int_equal(tiers_of(&t, 9).len, 0);
}

static void
what_is_no_list_of_tiers_is_refused(void **state)
{
	static const char *const words[] = { "silver", "silver:", ":5",
		"silver:x", "silver:1.5", "silver:-1", "a:1,", "a:1,a:2",
		"a:1,b:1", "a:1;b:2", "a:1, b:2:3",
		"a:1,b:2,c:3,d:4,e:5,f:6,g:7,h:8,i:9,j:10,k:11,l:12,m:13,"
		"n:14,o:15,p:16,q:17" };
	struct tiers t;

	(void)state;
	for (size_t i = 0; i < LEN(words); i++)
		assert_string_equal(tiers_parse(&t, slice_of(words[i])),
		    "not tiers like silver:1000,gold:5000");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_highest_tier_that_is_reached_counts),
		cmocka_unit_test(what_is_no_list_of_tiers_is_refused),
	};

	return cmocka_run_group_tests_name("tiers", tests, NULL, NULL);
}
