/* whom: ids, addresses, merged customers, mistakes. */
#include "check.h"

#include <stdio.h>

#include "crm/whom.h"
#include "runs.h"

static const char table[] = "id\temail\n"
    "C1\tanna@x.example, A.M@home.example\n"
    "C2\tinfo@firm.example\nC3\tINFO@firm.example\n"
    "C8\told@x.example, anna@x.example\nC\\\\9\t\n";

struct tables {
	struct customers customers;
	struct aliases aliases; /* C8 has become C1 */
	struct whom whom;
};

static void
make(struct tables *t, const char *text)
{
	struct err e = { 0 };

	*t = (struct tables){ 0 };
	assert_true(customers_read(&t->customers, place_input("test", text),
	    &e));
	t->aliases.to = mem_zero(1, sizeof *t->aliases.to);
	map_add(&t->aliases.old, slice_of("C8"));
	map_add(&t->aliases.now, slice_of("C1"));
	t->whom.table = &t->customers;
	t->whom.aliases = &t->aliases;
}

static void
drop(struct tables *t)
{
	whom_free(&t->whom);
	customers_free(&t->customers);
	aliases_free(&t->aliases);
}

static void
a_customer_is_known_by_id_or_address(void **state)
{
	static const struct {
		const char *field;
		enum whom_answer answer;
		const char *want; /* the id, or what is told */
	} cases[] = {
		{ "C1", WHOM_FOUND, "C1" }, { "C8", WHOM_FOUND, "C8" },
		{ "C\\\\9", WHOM_FOUND, "C\\\\9" },
		{ "a.m@HOME.example", WHOM_FOUND, "C1" },
		{ "old@x.example", WHOM_FOUND, "C1" },
		{ "anna@x.example", WHOM_FOUND, "C1" }, /* two that are one */
		{ "INFO@FIRM.example", WHOM_SEVERAL,
		    "\"INFO@FIRM.example\" (C2, C3)" },
		{ "D1", WHOM_UNKNOWN, "\"D1\" (did you mean \"C1\"?)" },
		{ "", WHOM_UNKNOWN, "\"\"" },
		{ "customer", WHOM_UNKNOWN, "\"customer\"" },
		{ "nobody@x", WHOM_UNKNOWN, "\"nobody@x\"" },
		{ "anna@x.example, A.M@home.example", WHOM_UNKNOWN,
		    "\"anna@x.example, A.M@home.example\"" },
	};
	struct tables t;
	struct buf told = { 0 };

	(void)state;
	make(&t, table);
	for (size_t i = 0; i < LEN(cases); i++) {
		struct slice id;

		assert_int_equal(whom_find(&t.whom,
		    slice_of(cases[i].field), &id, &told), cases[i].answer);
		if (cases[i].answer == WHOM_FOUND)
			assert_true(slice_is(id, cases[i].want));
		else
			assert_string_equal(buf_text(&told), cases[i].want);
	}
	buf_free(&told);
	drop(&t);
}

static void
a_user_means_whoever_a_merged_id_has_become(void **state)
{
	static const struct {
		const char *words, *id, *text;
	} cases[] = {
		{ "C1", "C1", NULL }, { "C8", "C1", NULL },
		{ "C\\9", "C\\\\9", NULL },
		{ "old@x.example", "C1", NULL },
		{ "info@firm.example", "info@firm.example",
		    "several customers have this e-mail address: "
		    "\"info@firm.example\" (C2, C3)" },
		{ "D1", "D1",
		    "unknown customer: \"D1\" (did you mean \"C1\"?)" },
		{ "a\tb", "a\\tb", "unknown customer: \"a\\tb\"" },
	};
	struct tables t;
	struct buf room = { 0 };

	(void)state;
	make(&t, table);
	for (size_t i = 0; i < LEN(cases); i++) {
		struct err e = { 0 };
		struct slice id;

		assert_int_equal(whom_named(&t.whom, cases[i].words, &id,
		    &room, &e), cases[i].text == NULL);
		assert_true(slice_is(id, cases[i].id));
		assert_int_equal(e.status, cases[i].text == NULL ? CRM_OK :
		    CRM_NO);
		assert_string_equal(e.text, cases[i].text == NULL ? "" :
		    cases[i].text);
	}
	buf_free(&room);
	drop(&t);
}

/* Without a column of addresses there are none. */
static void
a_table_may_have_no_addresses(void **state)
{
	struct tables t;
	struct buf told = { 0 };
	struct slice id;

	(void)state;
	make(&t, "id\tname\na@b\tx\n");
	assert_int_equal(whom_find(&t.whom, slice_of("a@b"), &id, &told),
	    WHOM_FOUND);
	assert_int_equal(whom_find(&t.whom, slice_of("x@y"), &id, &told),
	    WHOM_UNKNOWN);
	buf_free(&told);
	drop(&t);
}

/* Each address leads to the one customer who has it, or to nobody where two
 * have it; second source: a count over all rows. */
static void
addresses_lead_to_who_alone_has_them(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (int round = 0; round < 50; round++) {
		char text[4096] = "id\temail\n", mail[16];
		unsigned has[10] = { 0 }, who[10] = { 0 };
		struct tables t;
		struct buf told = { 0 };
		size_t at = strlen(text);

		for (unsigned r = 0; r < 12; r++) {
			unsigned m = check_random(&seed, 10);

			at += (size_t)snprintf(text + at, sizeof text - at,
			    "K%u\t%c%u@x.example\n", r,
			    "aA"[check_random(&seed, 2)], m);
			has[m]++;
			who[m] = r;
		}
		make(&t, text);
		for (unsigned m = 0; m < 10; m++) {
			struct slice id;
			char want[16];

			snprintf(mail, sizeof mail, "a%u@X.example", m);
			snprintf(want, sizeof want, "K%u", who[m]);
			assert_int_equal(whom_find(&t.whom, slice_of(mail),
			    &id, &told), has[m] == 0 ? WHOM_UNKNOWN :
			    has[m] == 1 ? WHOM_FOUND : WHOM_SEVERAL);
			if (has[m] == 1)
				assert_true(slice_is(id, want));
		}
		buf_free(&told);
		drop(&t);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_customer_is_known_by_id_or_address),
		cmocka_unit_test(
		    a_user_means_whoever_a_merged_id_has_become),
		cmocka_unit_test(a_table_may_have_no_addresses),
		cmocka_unit_test(addresses_lead_to_who_alone_has_them),
	};

	return cmocka_run_group_tests_name("whom", tests, NULL, NULL);
}
