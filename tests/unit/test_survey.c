#include "check.h"

#include <stdio.h>

#include "cli/survey.h"

static char *
write_survey(const char *name, const struct group *g, bool compare,
    const struct nps_answers *a, size_t n)
{
	char *text;
	size_t len;
	struct show out = { .to = open_memstream(&text, &len) };

	survey_write(&(struct survey_answer){ survey_find(name), g, a, n,
	    compare }, &out);
	fclose(out.to);
	return text;
}

static void
only_three_surveys_are_known(void **state)
{
	(void)state;
	assert_int_equal(survey_find("nps")->kind, KIND_NPS);
	assert_int_equal(survey_find("csat")->satisfied, 4);
	assert_int_equal(survey_find("ces")->satisfied, 5);
	assert_null(survey_find("NPS"));
	assert_null(survey_find(""));
}

static void
a_change_is_told_within_the_same_outer_keys(void **state)
{
	const struct group g = { .n = 2, .key = {
	    { slice_of("channel"), PERIOD_UNITS, 0, -1 },
	    { slice_of("year"), PERIOD_YEAR, -1, -1 } } };
	const struct nps_answers a[] = {
		{ slice_of("fair\t2025"), 2, 19, { [9] = 1, [10] = 1 } },
		{ slice_of("fair\t2026"), 2, 0, { [0] = 2 } },
		{ slice_of("shop\t2026"), 1, 7, { [7] = 1 } },
	};
	char *text = write_survey("nps", &g, true, a, 3);

	(void)state;
	assert_string_equal(text, "group\tyear\tn\tpromoters\tpassives\t"
	    "detractors\tnps\tlow\thigh\tchange\tz\tp\n"
	    "fair\t2025\t2\t2\t0\t0\t100.0\t-24.4\t100.0\t\t\t\n"
	    "fair\t2026\t2\t0\t0\t2\t-100.0\t-100.0\t24.4\t-200.0\t-1.72\t"
	    "0.085\n"
	    "shop\t2026\t1\t0\t1\t0\t0.0\t-60.0\t60.0\t\t\t\n");
	free(text);
}

static void
what_nobody_answered_is_empty(void **state)
{
	const struct group g = { 0 };
	const struct nps_answers none = { .key = slice_of("") };
	char *text = write_survey("ces", &g, false, &none, 1);

	(void)state;
	assert_string_equal(text, "group\tn\tsatisfied\tshare\tlow\thigh\tmean\n"
	    "all\t0\t0\t\t\t\t\n");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_three_surveys_are_known),
		cmocka_unit_test(a_change_is_told_within_the_same_outer_keys),
		cmocka_unit_test(what_nobody_answered_is_empty),
	};

	return cmocka_run_group_tests_name("survey", tests, NULL, NULL);
}
