#include "check.h"

#include "measure/refunds.h"

/* Each refund of five events: which order it is of. */
static void
a_refund_is_of_the_first_order_of_its_ref(void **state)
{
	static const struct thread_event v[] = {
		{ .kind = KIND_REFUND, .word[THREAD_REF] = 5 },
		{ .kind = KIND_ORDER, .word[THREAD_REF] = 0 },
		{ .kind = KIND_ORDER, .word[THREAD_REF] = 7 },
		{ .kind = KIND_ORDER, .word[THREAD_REF] = 5 },
		{ .kind = KIND_ORDER, .word[THREAD_REF] = 7 },
		{ .kind = KIND_REFUND, .word[THREAD_REF] = 7 },
		{ .kind = KIND_REFUND, .word[THREAD_REF] = 0 },
		{ .kind = KIND_REFUND, .word[THREAD_REF] = 9 },
	};
	static const struct refund want[] = { { 0, 3 }, { 5, 2 },
		{ 6, REFUND_LOOSE }, { 7, REFUND_LOOSE } };
	struct refunds r = { 0 };

	(void)state;
	for (int again = 0; again < 2; again++) {
		refunds_find(&r, v, LEN(v));
		assert_int_equal(r.n, LEN(want));
		for (size_t i = 0; i < LEN(want); i++) {
			assert_int_equal(r.at[i].event, want[i].event);
			assert_int_equal(r.at[i].order, want[i].order);
		}
	}
	refunds_find(&r, v + 1, 2);
	assert_int_equal(r.n, 0);
	refunds_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_refund_is_of_the_first_order_of_its_ref),
	};

	return cmocka_run_group_tests_name("refunds", tests, NULL, NULL);
}
