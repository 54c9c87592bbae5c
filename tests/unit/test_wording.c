#include "check.h"

#include "show/wording.h"

static void
every_section_is_found_by_its_key(void **state)
{
	const struct wording *s;
	size_t n = 0;

	(void)state;
	for (; (s = wording_at(n)) != NULL; n++) {
		assert_ptr_equal(wording_of(s->key), s);
		assert_true(strlen(s->heading) > 2);
	}
	assert_true(n > 10);
	assert_null(wording_of("period"));
	assert_false(wording_listed(NULL));
	assert_false(wording_listed(wording_of("sales")));
	assert_true(wording_listed(wording_of("unmet")));
}

static void
figures_of_ours_have_words(void **state)
{
	struct figure f = { .section = "loop", .name = slice_of("taken_up") };

	(void)state;
	assert_string_equal(wording_label(&f), "Answers taken up");
	f.section = "best";
	assert_null(wording_label(&f));
}

static void
lists_say_what_they_count(void **state)
{
	(void)state;
	assert_string_equal(wording_count(wording_of("best"), 1),
	    "%lld order");
	assert_string_equal(wording_count(wording_of("nps_person"), 2),
	    "%lld answers");
	assert_string_equal(wording_count(wording_of("tone_person"), 2),
	    "%lld impressions");
	assert_null(wording_count(wording_of("unmet"), 2));
	assert_null(wording_count(wording_of("sales"), 2));
	assert_null(wording_count(NULL, 2));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_section_is_found_by_its_key),
		cmocka_unit_test(figures_of_ours_have_words),
		cmocka_unit_test(lists_say_what_they_count),
	};

	return cmocka_run_group_tests_name("wording", tests, NULL, NULL);
}
