#include "check.h"

#include "measure/vouchers.h"

/* Of two customers; times are days. */
static const struct thread_event given[] = {
	{ .who = 1, .time = 10, .due = 20, .value = 1 },
	{ .who = 1, .time = 30, .due = 40, .value = 2 },
	{ .who = 1, .time = 31, .due = DATE_NONE, .value = 3 },
	{ .who = 2, .time = 10, .due = 20, .value = 4 },
	{ .who = 4, .time = 10, .due = 30, .value = 5 },
	{ .who = 4, .time = 10, .due = 20, .value = 6 },
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
		{ 3, 20, 0, false }, { 4, 15, 6, true }, { 4, 15, 5, true },
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

enum { KEYS = 3, GIVEN = 40, DAYS = 30 };

/* Which of those that are given it is: looked for from the first on. */
static int
looked_for(const struct thread_event *v, const bool *used, uint32_t who,
    int32_t day)
{
	int late = -1;

	for (int i = 0; i < GIVEN && v[i].time <= day; i++) {
		bool good = v[i].due == DATE_NONE || v[i].due >= day;

		if (v[i].who != who || used[i])
			continue;
		if (good)
			return i;
		if (late < 0)
			late = i;
	}
	return late;
}

static void
each_redemption_finds_what_looking_finds(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (int run = 0; run < 500; run++) {
		struct thread_event v[GIVEN] = { 0 };
		bool used[GIVEN] = { false };
		struct vouchers a = { 0 };

		for (int i = 0; i < GIVEN; i++) {
			int day = i * DAYS / GIVEN;

			v[i] = (struct thread_event){ .time = day * 1000 + i,
				.who = check_random(&seed, KEYS), .value = i,
				.due = check_random(&seed, 3) == 0 ? DATE_NONE :
				    1000 * (day + (int)check_random(&seed,
					DAYS)) };
			vouchers_add(&a, v[i].who, &v[i]);
		}
		vouchers_sort(&a);
		for (int day = 0; day < DAYS * 1000; day +=
		    (int)check_random(&seed, 800)) {
			uint32_t who = check_random(&seed, KEYS + 1);
			int want = looked_for(v, used, who, day);
			const struct voucher *o = vouchers_use(&a, who,
			    &(struct thread_event){ .time = day,
				.day = day });

			assert_int_equal(o == NULL ? -1 : o->event->value,
			    want);
			if (want >= 0)
				used[want] = true;
		}
		vouchers_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_oldest_that_is_good_goes_first),
		cmocka_unit_test(each_redemption_finds_what_looking_finds),
	};

	return cmocka_run_group_tests_name("vouchers", tests, NULL, NULL);
}
