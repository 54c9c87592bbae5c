/* person: ids, addresses, merged customers, mistakes. */
#include "check.h"

#include "crm/person.h"
#include "runs.h"

static const char table[] = "id\temail\n"
    "C1\tanna@x.example, A.M@home.example\n"
    "C2\tinfo@firm.example\nC3\tINFO@firm.example\n"
    "C8\told@x.example, anna@x.example\nC\\\\9\t\n";

static void
make(struct customers *c, struct aliases *a)
{
	struct err e = { 0 };

	*a = (struct aliases){ 0 };
	assert_true(customers_read(c, runs_input(table, &e), &e));
	a->to = mem_zero(1, sizeof *a->to);
	map_add(&a->old, slice_of("C8"));
	map_add(&a->now, slice_of("C1"));
}

static void
a_customer_is_known_by_id_or_address(void **state)
{
	static const struct {
		const char *words, *id, *text;
	} cases[] = {
		{ "C1", "C1", NULL }, { "C8", "C1", NULL },
		{ "C\\9", "C\\\\9", NULL },
		{ "a.m@HOME.example", "C1", NULL },
		{ "old@x.example", "C1", NULL },
		{ "anna@x.example", "C1", NULL }, /* of two that are one */
		{ "info@firm.example", NULL, "several customers with this "
		    "e-mail: \"info@firm.example\": C2 C3" },
		{ "D1", NULL, "unknown customer: \"D1\" "
		    "(did you mean \"C1\"?)" },
		{ "", NULL, "unknown customer: \"\"" },
		{ "nobody@x", NULL, "unknown customer: \"nobody@x\"" },
	};
	struct customers c;
	struct aliases a;

	(void)state;
	make(&c, &a);
	for (size_t i = 0; i < LEN(cases); i++) {
		struct err e = { 0 };
		struct slice id = { "", 0 };
		bool ok = person_find(&c, &a, cases[i].words, &id, &e);

		assert_int_equal(ok, cases[i].id != NULL);
		if (ok)
			assert_true(slice_is(id, cases[i].id));
		else
			assert_string_equal(e.text, cases[i].text);
		assert_int_equal(e.status, ok ? CRM_OK : CRM_NO);
	}
	customers_free(&c);
	aliases_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_customer_is_known_by_id_or_address),
	};

	return cmocka_run_group_tests_name("person", tests, NULL, NULL);
}
