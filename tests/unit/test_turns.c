/* turns: all pieces, each once, in their order, by any number of threads. */
#include "check.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/turns.h"

enum { PIECES = 5000, HANDS = 8 };

struct hand {
	size_t *made;  /* how often each piece was, by whoever it was */
	size_t *given; /* pieces in the order in which they came */
	size_t *n;
	size_t piece;
};

static void
make(void *hand, size_t piece)
{
	struct hand *h = hand;

	h->made[piece]++;
	h->piece = piece;
}

static void
give(void *hand, size_t piece)
{
	struct hand *h = hand;

	assert_int_equal(h->piece, piece);
	h->given[(*h->n)++] = piece;
}

static void
pieces_come_in_their_order(void **state)
{
	static const size_t pieces[] = { 0, 1, 2, 3, PIECES };

	(void)state;
	for (size_t i = 0; i < LEN(pieces); i++)
		for (size_t hands = 1; hands <= HANDS; hands++) {
			size_t made[PIECES] = { 0 }, given[PIECES], n = 0;
			struct turns t = { pieces[i], make, give };
			struct hand hand[HANDS];

			for (size_t k = 0; k < HANDS; k++)
				hand[k] = (struct hand){ made, given, &n, 0 };
			turns_run(&t, hand, hands, sizeof *hand);
			assert_int_equal(n, pieces[i]);
			for (size_t k = 0; k < n; k++) {
				assert_int_equal(made[k], 1);
				assert_int_equal(given[k], k);
			}
		}
}

/* Whoever has the first piece waits for the third to be made: by the other
 * thread, which lays the second by meanwhile. */
struct patient {
	atomic_bool *third;
	size_t *given;
};

static void
make_patiently(void *hand, size_t piece)
{
	struct patient *h = hand;

	if (piece == 2)
		*h->third = true;
	while (piece == 0 && !*h->third)
		sched_yield();
}

static void
count(void *hand, size_t piece)
{
	struct patient *h = hand;

	assert_int_equal(*h->given, piece);
	++*h->given;
}

static void
nobody_waits_with_a_piece_in_hand(void **state)
{
	struct turns t = { 3, make_patiently, count };
	atomic_bool third = false;
	size_t given = 0;
	struct patient hand[4];

	(void)state;
	for (size_t k = 0; k < LEN(hand); k++)
		hand[k] = (struct patient){ &third, &given };
	turns_run(&t, hand, LEN(hand), sizeof *hand);
	assert_int_equal(given, 3);
}

static void
threads_are_as_many_as_asked_for(void **state)
{
	static const struct {
		const char *word;
		size_t threads, hands;
	} cases[] = {
		{ "1", 1, 1 }, { "7", 7, 14 },
		{ "99999", TURNS_MOST, 2 * TURNS_MOST },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		setenv("CRM_THREADS", cases[i].word, 1);
		assert_int_equal(turns_threads(), cases[i].threads);
		assert_int_equal(turns_hands(), cases[i].hands);
	}
	setenv("CRM_THREADS", "none", 1);
	assert_true(turns_threads() >= 1);
	unsetenv("CRM_THREADS");
	assert_true(turns_threads() >= 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_come_in_their_order),
		cmocka_unit_test(nobody_waits_with_a_piece_in_hand),
		cmocka_unit_test(threads_are_as_many_as_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
