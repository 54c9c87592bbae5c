#include "check.h"

#include "cli/ranking.h"

static char *
write_ranking(struct segment_in *in, size_t n,
    void (*write)(struct cli *, const struct crowd *, const uint32_t *))
{
	uint32_t row[] = { MAP_NONE, MAP_NONE };
	struct crowd w = { .in = in, .row = row, .n = n };
	struct cli c = { .today = 20600, .have_customers = true };
	struct err e = { 0 };
	char *text;
	size_t len;
	uint32_t *rank = segment_rank(in, n);

	assert_true(settings_load(&c.settings, NULL, &e));
	c.out.to = open_memstream(&text, &len);
	write(&c, &w, rank);
	fclose(c.out.to);
	settings_free(&c.settings);
	free(rank);
	return text;
}

static void
customers_come_by_net_and_the_unknown_is_empty(void **state)
{
	struct segment_in in[] = {
		{ slice_of("C1"), 0, 0, DATE_NONE, DATE_NONE, DATE_NONE,
		    DATE_NONE, KIND_NONE, true },
		{ slice_of("C2"), 2, 123450, 20599, 20500, 20599, DATE_NONE,
		    KIND_NONE, false },
	};
	char *text = write_ranking(in, 2, ranking_segments);

	(void)state;
	assert_string_equal(text, "id\tname\torders\tnet\tlast_order\tshare\t"
	    "abc\tr\tf\tm\trfm\tsegment\tstage\tkey\n"
	    "C2\t\t2\t12.345\t2026-05-26\t100.00\tA\t1\t1\t1\t111\tLost\t"
	    "regular\tyes\n"
	    "C1\t\t0\t0.00\t\t\tC\t\t\t\t\t\tlead\tyes\n");
	free(text);
}

static void
nothing_is_known_of_nobody(void **state)
{
	char *text = write_ranking(NULL, 0, ranking_pareto);

	(void)state;
	assert_string_equal(text,
	    "customers\tnet\ttop1\ttop10\ttop20\tmake80\tgini\n"
	    "0\t0.00\t\t\t\t0\t\n");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    customers_come_by_net_and_the_unknown_is_empty),
		cmocka_unit_test(nothing_is_known_of_nobody),
	};

	return cmocka_run_group_tests_name("ranking", tests, NULL, NULL);
}
