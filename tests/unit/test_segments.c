#include "check.h"

#include "crm/segments.h"
#include "runs.h"

static bool
read_table(struct segments *g, struct tsv *t, const char *text)
{
	*g = (struct segments){ 0 };
	*t = (struct tsv){ 0 };
	return tsv_open(t, place_input("test", text)) && segments_read(g, t);
}

static void
the_first_row_that_fits_names_the_cell(void **state)
{
	static const struct {
		uint8_t rfm[3];
		const char *want;
	} cases[] = {
		{ { 5, 5, 5 }, "top" }, { { 5, 5, 1 }, "top" },
		{ { 4, 5, 1 }, "good" }, { { 1, 1, 1 }, "Others" },
		{ { 0, 0, 0 }, "" },
	};
	struct segments g;
	struct tsv t;

	(void)state;
	assert_true(read_table(&g, &t, "m\tsegment\tr\tf\n1-5\ttop\t5\t5\n"
	    "1-5\tgood\t4-5\t1-5\n"));
	for (size_t i = 0; i < LEN(cases); i++)
		assert_true(slice_is(segments_name(&g, cases[i].rfm),
		    cases[i].want));
	segments_free(&g);
	tsv_close(&t);
}

static void
what_is_no_range_is_refused(void **state)
{
	static const char *const bad[] = { "0", "6", "5-4", "1-6", "1-",
		"-1", "", "1,2", "a", "1 - 2" };

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++) {
		struct segments g;
		struct tsv t;
		char text[80], want[120];

		snprintf(text, sizeof text, "segment\tr\tf\tm\nx\t1\t%s\t1\n",
		    bad[i]);
		snprintf(want, sizeof want, "test:2: f: not a score or a "
		    "range from 1 to 5: \"%s\"", bad[i]);
		assert_false(read_table(&g, &t, text));
		assert_string_equal(t.err.text, want);
		assert_int_equal(t.err.status, CRM_DATA);
		segments_free(&g);
		tsv_close(&t);
	}
}

static void
names_and_columns_must_be_there(void **state)
{
	struct segments g;
	struct tsv t;

	(void)state;
	assert_false(read_table(&g, &t, "segment\tr\tf\tm\n\t1\t1\t1\n"));
	assert_string_equal(t.err.text, "test:2: segment: missing: \"\"");
	segments_free(&g);
	tsv_close(&t);
	assert_false(read_table(&g, &t, "segment\tr\tf\nx\t1\t1\n"));
	assert_string_equal(t.err.text, "test:1: missing column: \"m\"");
	segments_free(&g);
	tsv_close(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_row_that_fits_names_the_cell),
		cmocka_unit_test(what_is_no_range_is_refused),
		cmocka_unit_test(names_and_columns_must_be_there),
	};

	return cmocka_run_group_tests_name("segments", tests, NULL, NULL);
}
