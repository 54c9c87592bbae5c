#include "check.h"

#include "crm/stages.h"
#include "runs.h"

static bool
read_table(struct stages *g, struct tsv *t, const char *text)
{
	*g = (struct stages){ 0 };
	*t = (struct tsv){ 0 };
	return tsv_open(t, place_input("test", text)) && stages_read(g, t);
}

static void
stages_are_in_the_order_of_the_table(void **state)
{
	struct stages g;
	struct tsv t;

	(void)state;
	assert_true(read_table(&g, &t, "probability\tstage\n0\tz\n12.5\ta b\n"
	    "100\tm\n\tn\n"));
	assert_int_equal(g.names.len, 4);
	assert_int_equal(stages_find(&g, slice_of("z")), 0);
	assert_int_equal(stages_find(&g, slice_of("a b")), 1);
	assert_int_equal(stages_find(&g, slice_of("m")), 2);
	assert_int_equal(stages_find(&g, slice_of("")), -1);
	assert_int_equal(g.probability[0], 0);
	assert_int_equal(g.probability[1], 125000);
	assert_int_equal(g.probability[2], 1000000);
	assert_true(g.probability[3] == STAGES_UNKNOWN);
	stages_free(&g);
	tsv_close(&t);
}

static void
bad_tables_are_refused(void **state)
{
	static const char *const cases[][2] = {
		{ "stage\tprobability\na\t101\n", "test:2: probability: "
		  "not a per cent from 0 to 100: \"101\"" },
		{ "stage\tprobability\na\t-1\n", "test:2: probability: "
		  "not a per cent from 0 to 100: \"-1\"" },
		{ "stage\tprobability\na\t10 %\n", "test:2: probability: "
		  "not a per cent from 0 to 100: \"10 %\"" },
		{ "stage\tprobability\n\t10\n", "test:2: stage: missing: \"\"" },
		{ "stage\tprobability\na\t1\nb\t2\na\t3\n",
		  "test:4: stage: already in line 2: \"a\"" },
		{ "stage\tprobability\n", "test: no stage in it" },
		{ "stage\na\n", "test:1: missing column: \"probability\"" },
		{ "name\tprobability\na\t1\n",
		  "test:1: missing column: \"stage\"" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct stages g;
		struct tsv t;

		assert_false(read_table(&g, &t, cases[i][0]));
		assert_string_equal(t.err.text, cases[i][1]);
		assert_int_equal(t.err.status, CRM_DATA);
		stages_free(&g);
		tsv_close(&t);
	}
}

static void
there_are_at_most_as_many_as_fit(void **state)
{
	struct buf text = { 0 };
	struct stages g;
	struct tsv t;

	(void)state;
	buf_str(&text, "stage\tprobability\n");
	for (int i = 0; i < STAGES_MAX; i++)
		buf_fmt(&text, "s%d\t1\n", i);
	assert_true(read_table(&g, &t, buf_text(&text)));
	stages_free(&g);
	tsv_close(&t);
	buf_str(&text, "last\t1\n");
	assert_false(read_table(&g, &t, buf_text(&text)));
	assert_string_equal(t.err.text,
	    "test:66: stage: more than 64 stages: \"last\"");
	stages_free(&g);
	tsv_close(&t);
	buf_free(&text);
}

static void
without_a_store_there_are_stages_too(void **state)
{
	struct stages g;
	struct err e = { 0 };

	(void)state;
	assert_true(stages_load(&g, NULL, &e));
	assert_int_equal(g.names.len, 4);
	assert_int_equal(stages_find(&g, slice_of("offer")), 2);
	assert_int_equal(g.probability[2], 400000);
	assert_true(slice_is(stages_near(&g, slice_of("ofer")), "offer"));
	assert_int_equal(stages_near(&g, slice_of("xyz")).len, 0);
	stages_free(&g);
}

static void
topics_are_stages_or_empty(void **state)
{
	struct stages g;
	char told[STAGES_WRONG];

	(void)state;
	assert_true(stages_load(&g, NULL, NULL));
	assert_null(stages_wrong(&g, slice_of("offer"), told));
	assert_null(stages_wrong(&g, SLICE_EMPTY, told));
	assert_string_equal(stages_wrong(&g, slice_of("Ofer"), told),
	    "unknown: \"Ofer\" (did you mean \"offer\"?)");
	assert_string_equal(stages_wrong(&g, slice_of("abc\\td"), told),
	    "unknown: \"abc\\td\"");
	stages_free(&g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stages_are_in_the_order_of_the_table),
		cmocka_unit_test(bad_tables_are_refused),
		cmocka_unit_test(topics_are_stages_or_empty),
		cmocka_unit_test(there_are_at_most_as_many_as_fit),
		cmocka_unit_test(without_a_store_there_are_stages_too),
	};

	return cmocka_run_group_tests_name("stages", tests, NULL, NULL);
}
