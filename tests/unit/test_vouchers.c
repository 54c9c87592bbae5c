#include "check.h"

#include "measure/vouchers.h"

/* Of two customers; times are days. */
static const struct thread_event given[] = {
	{ .who = 1, .time = 10, .due = 20, .value = 1 },
	{ .who = 1, .time = 30, .due = 40, .value = 2 },
	{ .who = 1, .time = 31, .due = DATE_NONE, .value = 3 },
	{ .who = 2, .time = 10, .due = 20, .value = 4 },
};

static void
the_oldest_that_is_good_goes_first(void **state)
{
	static const struct {
		uint32_t who;
		int32_t day;
		int64_t want; /* the value of the voucher; 0: none */
		bool good;
	} cases[] = {
		{ 2, 9, 0, false }, { 1, 35, 2, true }, { 1, 35, 3, true },
		{ 1, 36, 1, false }, { 1, 36, 0, false }, { 2, 20, 4, true },
		{ 3, 20, 0, false },
	};
	struct vouchers a = { 0 };

	(void)state;
	for (size_t i = LEN(given); i-- > 0;)
		vouchers_add(&a, given[i].who, &given[i]);
	vouchers_sort(&a);
	for (size_t i = 0; i < LEN(cases); i++) {
		const struct thread_event redeem = { .day = cases[i].day,
			.time = cases[i].day };
		const struct voucher *o = vouchers_use(&a, cases[i].who,
		    &redeem);

		assert_int_equal(o == NULL ? 0 : o->event->value,
		    cases[i].want);
		assert_int_equal(o != NULL && voucher_is_good(o,
		    cases[i].day), cases[i].good);
	}
	vouchers_free(&a);
	assert_null(vouchers_use(&a, 1, &given[1]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_oldest_that_is_good_goes_first),
	};

	return cmocka_run_group_tests_name("vouchers", tests, NULL, NULL);
}
