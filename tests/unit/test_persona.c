#include "check.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/persona.h"
#include "place.h"

/* The answer for a set, beside a store of these customers. */
static char *
answer(const char *set, const char *store, const char *by)
{
	struct cli c = { .today = date_days(2026, 3, 1),
		.have_customers = true, .by = by };
	struct customers some = { 0 };
	struct err e = { 0 };
	char *text;
	size_t len;

	assert_true(customers_read(&c.customers,
	    place_input("customers.tsv", store), &e));
	assert_true(customers_read(&some, place_input("set", set), &e));
	c.out.to = open_memstream(&text, &len);
	persona_write(&(struct persona){ .set = &some, .top = 2 }, &c);
	fclose(c.out.to);
	customers_free(&some);
	customers_free(&c.customers);
	return text;
}

static void
a_set_is_seen_beside_all_customers(void **state)
{
	char *text = answer("id\tnet\nC1\t10\nC2\t20.5\nC9\t\n",
	    "id\tcity\nC1\tGraz\nC2\tGraz\nC3\tLinz\nC4\t\n", NULL);

	(void)state;
	assert_string_equal(text,
	    "group\tcolumn\tvalue\tn\tshare\tbase\tlow\tmedian\thigh\n"
	    "all\tid\t\t3\t100.00\t100.00\t\t\t\n"
	    "all\tnet\t\t2\t66.67\t\t10\t15.25\t20.5\n"
	    "all\tcity\t\t2\t66.67\t75.00\t\t\t\n"
	    "all\tcity\tGraz\t2\t66.67\t50.00\t\t\t\n");
	free(text);
}

static void
each_group_has_its_own_profile(void **state)
{
	char *text = answer("id\tabc\nC1\tB\nC2\tA\nC3\tB\n",
	    "id\tcity\nC1\tGraz\nC2\tGraz\nC3\tLinz\n", "abc,city");

	(void)state;
	assert_string_equal(text,
	    "group\tcity\tcolumn\tvalue\tn\tshare\tbase\tlow\tmedian\thigh\n"
	    "A\tGraz\tid\t\t1\t100.00\t100.00\t\t\t\n"
	    "A\tGraz\tabc\t\t1\t100.00\t\t\t\t\n"
	    "A\tGraz\tabc\tA\t1\t100.00\t\t\t\t\n"
	    "A\tGraz\tcity\t\t1\t100.00\t100.00\t\t\t\n"
	    "A\tGraz\tcity\tGraz\t1\t100.00\t66.67\t\t\t\n"
	    "B\tGraz\tid\t\t1\t100.00\t100.00\t\t\t\n"
	    "B\tGraz\tabc\t\t1\t100.00\t\t\t\t\n"
	    "B\tGraz\tabc\tB\t1\t100.00\t\t\t\t\n"
	    "B\tGraz\tcity\t\t1\t100.00\t100.00\t\t\t\n"
	    "B\tGraz\tcity\tGraz\t1\t100.00\t66.67\t\t\t\n"
	    "B\tLinz\tid\t\t1\t100.00\t100.00\t\t\t\n"
	    "B\tLinz\tabc\t\t1\t100.00\t\t\t\t\n"
	    "B\tLinz\tabc\tB\t1\t100.00\t\t\t\t\n"
	    "B\tLinz\tcity\t\t1\t100.00\t100.00\t\t\t\n"
	    "B\tLinz\tcity\tLinz\t1\t100.00\t33.33\t\t\t\n");
	free(text);
}

static void
nobody_has_no_profile(void **state)
{
	char *text = answer("id\n", "id\tcity\n", NULL);

	(void)state;
	assert_string_equal(text,
	    "group\tcolumn\tvalue\tn\tshare\tbase\tlow\tmedian\thigh\n");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_set_is_seen_beside_all_customers),
		cmocka_unit_test(each_group_has_its_own_profile),
		cmocka_unit_test(nobody_has_no_profile),
	};

	return cmocka_run_group_tests_name("persona", tests, NULL, NULL);
}
