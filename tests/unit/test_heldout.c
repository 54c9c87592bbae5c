#include "check.h"

#include "measure/heldout.h"

/* Noon of a day of 1970. */
#define NOON(n) ((n) * DATE_DAY + 43200)
#define ORDER(n) { .time = NOON(n), .day = (n), .kind = KIND_ORDER }

static void
is(struct heldout *h, uint32_t campaign, bool before, int part, int whole)
{
	struct score_part p = heldout_part(h, campaign, before);

	assert_int_equal(p.part, part);
	assert_int_equal(p.whole, whole);
}

static void
days_count_from_the_first_sent_to_anybody(void **state)
{
	/* begun on days 20 and 10, at noon; ten days each */
	struct heldout_campaign c[] = { { .begun = NOON(20), .day = 20 },
		{ .begun = NOON(10), .day = 10 } };
	static const struct thread_event early[] = { ORDER(5), ORDER(12),
		ORDER(13) };
	static const struct thread_event late[] = { ORDER(30) };
	static const struct thread_event later[] = { ORDER(31) };
	static const struct thread_event same_time[] = { ORDER(20) };
	static const struct thread_event reached[] = { ORDER(12), ORDER(21) };
	static const struct thread_event never[] = {
		{ .time = NOON(11), .day = 11, .kind = KIND_RESPONSE } };
	static const uint32_t sent[] = { 1 };
	struct heldout h;

	(void)state;
	heldout_begin(&h, c, LEN(c), 10);
	heldout_add(&h, early, LEN(early), NULL, 0);
	heldout_add(&h, late, LEN(late), NULL, 0);
	heldout_add(&h, later, LEN(later), NULL, 0);
	heldout_add(&h, same_time, LEN(same_time), NULL, 0);
	heldout_add(&h, reached, LEN(reached), sent, LEN(sent));
	heldout_add(&h, never, LEN(never), NULL, 0);
	h.members += 2;
	/* day 20: early, same_time and reached had ordered before */
	is(&h, 0, true, 1, 3);
	is(&h, 0, false, 1, 5);
	/* day 10: early had; reached is no control */
	is(&h, 1, true, 1, 1);
	is(&h, 1, false, 1, 6);
	heldout_free(&h);
}

static void
without_campaigns_there_is_nothing_to_compare(void **state)
{
	static const struct thread_event v[] = { ORDER(5) };
	struct heldout h;

	(void)state;
	heldout_begin(&h, NULL, 0, 10);
	heldout_add(&h, v, LEN(v), NULL, 0);
	assert_int_equal(h.members, 1);
	heldout_free(&h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_count_from_the_first_sent_to_anybody),
		cmocka_unit_test(
		    without_campaigns_there_is_nothing_to_compare),
	};

	return cmocka_run_group_tests_name("heldout", tests, NULL, NULL);
}
