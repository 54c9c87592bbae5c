/* erasure, found and stale - what their tables say; the rest is in
 * tests/cli/crm-forget.t. */
#include "check.h"

#include <stdio.h>

#include "cli/erasure.h"
#include "cli/found.h"
#include "cli/stale.h"
#include "place.h"

static void
found_traces_are_rows(void **state)
{
	struct found f = { 0 };
	char *text;
	size_t len;
	struct cli c = { .out = { .to = open_memstream(&text, &len) } };

	(void)state;
	found_take(&f, &(struct trace){ "a\tb", 7, slice_of("name"),
		slice_of("x\\ty"), LOOK_GOES, 0, false });
	found_take(&f, &(struct trace){ "state", 0, SLICE_EMPTY, SLICE_EMPTY,
		LOOK_GOES, 0, false });
	found_take(&f, &(struct trace){ "j", 1, slice_of("text"),
		slice_of("of C1"), LOOK_NAMED, 0, true });
	assert_int_equal(f.n, 3);
	found_write(&f, &c);
	fclose(c.out.to);
	assert_string_equal(text, "file\tline\tcolumn\tvalue\twhose\n"
	    "a\\tb\t7\tname\tx\\ty\town\nstate\t\t\t\town\n"
	    "j\t1\ttext\tof C1\tother\n");
	found_free(&f);
	free(text);
}

/* A store with a journal of its own; everything is before 2020 but C3. */
static void
who_is_past_the_time_is_chosen_in_order(void **state)
{
	struct cli c = { .until = INT64_MAX };
	struct persons p = { 0 };
	struct stale s;
	struct err e = { 0 };

	(void)state;
	setenv("TZ", "UTC", 1);
	place_put("customers.tsv",
	    "id\taccount\tcreated\nC3\tF1\t2015-01-01\nF1\t\t2015-01-01\n"
	    "C2\tF1\t2015-01-01T10:00:00Z\nC4\t\tnever\nerased-x\t\t2015-01-01\n");
	place_put("journal.tsv", "time\tcustomer\tkind\tref\n"
	    "2016-01-01\tC1\tin\t\n2021-01-01\tC3\tin\t\n"
	    "2016-01-01\terased-x\tin\t\n");
	assert_true(store_find(&c.store, ".", &e));
	assert_true(settings_load(&c.settings, NULL, &e));
	stale_read(&s, &c);
	stale_add(&s, INT64_C(1577836800), &p); /* 2020-01-01 */
	persons_settle(&p, &c.customers, &c.aliases);
	assert_int_equal(p.n, 2);
	assert_true(slice_is(p.person[0].id, "C1"));
	assert_true(slice_is(p.person[1].id, "C2"));
	assert_int_equal(stale_last(&s, slice_of("C1")), 1451606400);
	assert_true(stale_last(&s, slice_of("C4")) == stale_last(&s,
	    slice_of("nobody")));
	stale_free(&s);
	persons_free(&p);
	customers_free(&c.customers);
	aliases_free(&c.aliases);
	settings_free(&c.settings);
	store_close(&c.store);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(found_traces_are_rows),
		cmocka_unit_test_setup_teardown(
		    who_is_past_the_time_is_chosen_in_order, place_open,
		    place_close),
	};

	return cmocka_run_group_tests_name("erasure", tests, NULL, NULL);
}
