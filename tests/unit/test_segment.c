#include "check.h"

#include <stdio.h>

#include "base/date.h"
#include "crm/kinds.h"
#include "crm/segments.h"
#include "measure/segment.h"

__extension__ typedef __int128 wide;

enum { MANY = 60, ID_ROOM = 24, WHOLE = 1000000 /* 100 per cent */ };

static struct segments names;

static struct segment_how
usual(void)
{
	return (struct segment_how){ 20000, 800000, 950000, 50000, 180,
		540 };
}

/* Customers with these nets (in tenths), one order each. */
static void
fill(struct segment_in *in, char (*id)[ID_ROOM], const int *net, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		snprintf(id[i], sizeof id[i], "C%zu", i + 1);
		in[i] = (struct segment_in){ slice_of(id[i]), 1,
			(int64_t)net[i] * 1000, 19990, 19990, 19990, DATE_NONE,
			KIND_NONE, false };
	}
}

/*
 * Second source: the nine revenues of hoegerl.com/tag/abc-analyse with
 * their cumulated shares 26.52 47.93 63.62 75.53 85.69 93.08 96.93 98.68;
 * the share before the row decides, so A 5, B 2, C 2.  Gini by hand from
 * the formula at MathWorld: 0.4177189817598718.
 */
static const int nine[9] = { 441, 356, 261, 198, 169, 123, 64, 29, 22 };

static void
nine_revenues_are_five_two_and_two(void **state)
{
	struct segment_in in[9];
	struct segment_out out[9];
	struct segment_how how = usual();
	struct err e = { 0 };
	struct pareto p;
	char id[9][ID_ROOM], classes[10] = "";
	uint32_t *rank;

	(void)state;
	fill(in, id, nine, 9);
	rank = segment_rank(in, 9);
	assert_true(segment_all(out, in, 9, &how, &e));
	for (int i = 0; i < 9; i++)
		classes[i] = out[i].of.abc;
	assert_string_equal(classes, "AAAAABBCC");
	assert_int_equal(out[0].share, 2652);
	assert_true(out[0].of.key);
	assert_false(out[1].of.key);
	assert_true(segment_pareto(&p, in, rank, 9, &e));
	assert_int_equal(p.gini, 41772);
	assert_int_equal(p.make80, 5);
	assert_int_equal(p.top[0], 2652); /* 0.09 is at least one */
	assert_int_equal(p.top[2], 4793); /* 1.8 is nearest to two */
	free(rank);
}

/* Second source: gretl's form 2 sum(i x) / (n sum x) - (n + 1) / n gives 0
 * for 7,7,7,7 and 0.75 for 0,0,0,1. */
static void
gini_of_equals_is_zero_and_of_nobody_unknown(void **state)
{
	static const int same[4] = { 7, 7, 7, 7 }, none[2] = { 0, -3 };
	static const int one[4] = { 0, 0, 0, 1 };
	struct segment_in in[4];
	struct err e = { 0 };
	struct pareto p;
	char id[4][ID_ROOM];
	uint32_t *rank;

	(void)state;
	fill(in, id, same, 4);
	rank = segment_rank(in, 4);
	assert_true(segment_pareto(&p, in, rank, 4, &e));
	assert_int_equal(p.gini, 0);
	assert_int_equal(p.make80, 4);
	free(rank);
	fill(in, id, one, 4);
	rank = segment_rank(in, 4);
	assert_true(segment_pareto(&p, in, rank, 4, &e));
	assert_int_equal(p.customers, 4);
	assert_int_equal(p.gini, 75000);
	assert_int_equal(p.make80, 1);
	assert_int_equal(p.top[2], 10000);
	free(rank);
	fill(in, id, none, 2);
	rank = segment_rank(in, 2);
	assert_true(segment_pareto(&p, in, rank, 2, &e));
	assert_int_equal(p.customers, 1);
	assert_int_equal(p.gini, SEGMENT_NONE);
	assert_int_equal(p.top[0], SEGMENT_NONE);
	free(rank);
}

static void
one_giant_is_a_and_equals_share_a_class(void **state)
{
	static const struct {
		int net[5];
		const char *want;
	} cases[] = {
		{ { 900, 50, 30, 20, 0 }, "ABCCC" }, /* 90 % before the 2nd */
		{ { 1, 1, 1, 1, 1 }, "AAAAA" },
		{ { 80, 10, 5, 5, -20 }, "ABBBC" },  /* 80 is not under 80 */
		{ { 79, 7, 7, 7, 0 }, "AAAAC" },
		{ { 0, 0, 0, 0, -1 }, "CCCCC" },
	};

	(void)state;
	for (size_t c = 0; c < LEN(cases); c++) {
		struct segment_in in[5];
		struct segment_out out[5];
		struct segment_how how = usual();
		struct err e = { 0 };
		char id[5][ID_ROOM];

		fill(in, id, cases[c].net, 5);
		assert_true(segment_all(out, in, 5, &how, &e));
		for (int i = 0; i < 5; i++)
			assert_int_equal(out[i].of.abc, cases[c].want[i]);
	}
}

static void
a_sum_that_does_not_fit_is_refused(void **state)
{
	struct segment_in in[11];
	struct segment_out out[11];
	struct segment_how how = usual();
	struct err e = { 0 };
	struct pareto p;
	struct segment_place place = { .one = &in[0] };
	int net[11] = { 0 };
	char id[11][ID_ROOM];
	uint32_t *rank;

	(void)state;
	fill(in, id, net, 11);
	for (int i = 0; i < 11; i++)
		in[i].net = INT64_C(999999999999999999);
	rank = segment_rank(in, 11);
	assert_false(segment_all(out, in, 11, &how, &e));
	assert_int_equal(e.status, CRM_DATA);
	assert_string_equal(e.text, "the sum of all net sales is too large");
	e = (struct err){ 0 };
	assert_false(segment_pareto(&p, in, rank, 11, &e));
	e = (struct err){ 0 };
	for (int i = 0; i < 11; i++)
		segment_place_add(&place, &in[i]);
	assert_false(segment_place(out, &place, &how, &e));
	assert_string_equal(e.text, "the sum of all net sales is too large");
	free(rank);
}

/* Random customers with many ties. */
static void
random_customers(struct segment_in *in, char (*id)[ID_ROOM], uint64_t *seed)
{
	for (size_t i = 0; i < MANY; i++) {
		int64_t orders = check_random(seed, 4);
		int32_t day = 19000 + (int32_t)check_random(seed, 20);

		snprintf(id[i], sizeof id[i], "C%zu", i);
		in[i] = (struct segment_in){ slice_of(id[i]), orders,
			orders == 0 ? 0 : (int64_t)check_random(seed, 30) *
			1000 - 5000, orders == 0 ? DATE_NONE : day,
			DATE_NONE, DATE_NONE, DATE_NONE, KIND_NONE, false };
	}
}

/* The definition, word for word: count the strictly worse ones. */
static int
slow_score(const struct segment_in *in, size_t who, int which)
{
	int worse = 0, n = 0;

	for (size_t i = 0; i < MANY; i++) {
		const int64_t a[3] = { in[i].last_order, in[i].orders,
			in[i].net };
		const int64_t b[3] = { in[who].last_order, in[who].orders,
			in[who].net };

		n += in[i].orders > 0;
		worse += in[i].orders > 0 && a[which] < b[which];
	}
	return 1 + 5 * worse / n;
}

static char
slow_class(const struct segment_in *in, size_t who)
{
	int64_t before = 0, total = 0;

	for (size_t i = 0; i < MANY; i++) {
		total += in[i].net > 0 ? in[i].net : 0;
		before += in[i].net > in[who].net ? in[i].net : 0;
	}
	if (in[who].net <= 0)
		return 'C';
	return before * 100 < total * 80 ? 'A' :
	    before * 100 < total * 95 ? 'B' : 'C';
}

static void
scores_and_classes_are_their_definitions(void **state)
{
	struct segment_in in[MANY];
	struct segment_out out[MANY];
	struct segment_how how = usual();
	struct err e = { 0 };
	char id[MANY][ID_ROOM];
	uint64_t seed = 11;

	(void)state;
	for (int round = 0; round < 300; round++) {
		random_customers(in, id, &seed);
		assert_true(segment_all(out, in, MANY, &how, &e));
		for (size_t i = 0; i < MANY; i++) {
			assert_int_equal(out[i].of.abc, slow_class(in, i));
			for (int k = 0; k < 3 && in[i].orders > 0; k++)
				assert_int_equal(out[i].rfm[k],
				    slow_score(in, i, k));
		}
	}
}

static void
one_alone_stands_where_he_does_among_all(void **state)
{
	struct segment_in in[MANY];
	struct segment_out out[MANY], one;
	struct segment_how how = usual();
	struct err e = { 0 };
	char id[MANY][ID_ROOM];
	uint64_t seed = 13;

	(void)state;
	for (int round = 0; round < 100; round++) {
		random_customers(in, id, &seed);
		in[round % MANY].tagged = true;
		assert_true(segment_all(out, in, MANY, &how, &e));
		for (size_t i = 0; i < MANY; i++) {
			struct segment_place p = { .one = &in[i] };

			for (size_t k = 0; k < MANY; k++)
				segment_place_add(&p, &in[k]);
			assert_true(segment_place(&one, &p, &how, &e));
			assert_int_equal(one.share, out[i].share);
			assert_int_equal(one.of.abc, out[i].of.abc);
			assert_memory_equal(one.rfm, out[i].rfm, 3);
			assert_int_equal(one.of.stage, out[i].of.stage);
			assert_int_equal(one.of.key, out[i].of.key);
		}
	}
}

/* The definitions again, from the top down. */
static void
slow_classes(struct segment_class *of, const struct segment_in *in,
    size_t n, const struct segment_how *how)
{
	uint32_t *rank = segment_rank(in, n);
	wide total = 0, sum = 0, before = 0, all = 0, more = 0;

	for (size_t i = 0; i < n; i++) {
		total += in[i].net > 0 ? in[i].net : 0;
		all += in[i].net > 0;
	}
	for (size_t i = 0; i < n; i++) {
		const struct segment_in *one = &in[rank[i]];
		struct segment_class *o = &of[rank[i]];
		bool counts = one->net > 0;

		if (i == 0 || one->net != in[rank[i - 1]].net) {
			before = sum;
			more = (wide)i;
		}
		sum += one->net;
		o->abc = counts && before * WHOLE < total * how->abc_a ? 'A' :
		    counts && before * WHOLE < total * how->abc_b ? 'B' : 'C';
		o->key = one->tagged || (o->abc == 'A' &&
		    more * WHOLE < all * how->key_share);
		o->stage = (uint8_t)segment_stage_of(one, how);
	}
	free(rank);
}

/* Nets of all sizes, some of them equal, and thresholds of all sorts. */
static void
classes_and_marks_need_no_order(void **state)
{
	enum { MORE = 700 };
	static struct segment_in in[MORE];
	static struct segment_out out[MORE];
	static struct segment_class want[MORE];
	static char id[MORE][ID_ROOM];
	struct segment_how how = usual();
	struct err e = { 0 };
	uint64_t seed = 17;

	(void)state;
	for (int round = 0; round < 200; round++) {
		unsigned sizes = 1 + check_random(&seed, 50);

		how.abc_a = (int64_t)check_random(&seed, WHOLE + WHOLE / 9);
		how.abc_b = (int64_t)check_random(&seed, WHOLE + WHOLE / 9);
		how.key_share = (int64_t)check_random(&seed, WHOLE + 1);
		if (round % 10 == 0)
			how.abc_a = 0;
		fill(in, id, (const int[MORE]){ 0 }, MORE);
		for (int i = 0; i < MORE; i++) {
			in[i].net = (INT64_C(1) << check_random(&seed, sizes)) +
			    (int64_t)check_random(&seed, 90) - 20;
			in[i].tagged = check_random(&seed, 30) == 0;
		}
		slow_classes(want, in, MORE, &how);
		assert_true(segment_all(out, in, MORE, &how, &e));
		for (int i = 0; i < MORE; i++) {
			assert_int_equal(out[i].of.abc, want[i].abc);
			assert_int_equal(out[i].of.key, want[i].key);
			assert_int_equal(out[i].of.stage, want[i].stage);
		}
	}
}

static void
ranking_falls_by_net_and_rises_by_id(void **state)
{
	struct segment_in in[MANY];
	char id[MANY][ID_ROOM];
	uint64_t seed = 5;
	uint32_t *rank;

	(void)state;
	random_customers(in, id, &seed);
	rank = segment_rank(in, MANY);
	for (size_t i = 1; i < MANY; i++) {
		const struct segment_in *a = &in[rank[i - 1]];
		const struct segment_in *b = &in[rank[i]];

		assert_true(a->net > b->net || (a->net == b->net &&
		    slice_cmp(a->id, b->id) < 0));
	}
	free(rank);
}

static void
the_first_stage_that_holds_is_taken(void **state)
{
	static const struct {
		int32_t first, last, state_day;
		uint8_t kind;
		const char *want;
	} cases[] = {
		{ 19000, 19999, 20000, KIND_LEAVE, "left" },
		{ 19000, 20000, 20000, KIND_LEAVE, "left" },
		{ 19000, 20000, 19999, KIND_LEAVE, "regular" },
		{ DATE_NONE, DATE_NONE, 19999, KIND_LEAVE, "left" },
		{ DATE_NONE, DATE_NONE, 19999, KIND_DEAL, "prospect" },
		{ DATE_NONE, DATE_NONE, 19999, KIND_LOST, "lead" },
		{ DATE_NONE, DATE_NONE, DATE_NONE, KIND_NONE, "lead" },
		{ 19000, 20000 - 541, 19999, KIND_DEAL, "lost" },
		{ 19000, 20000 - 540, 19999, KIND_DEAL, "sleeping" },
		{ 19000, 20000 - 181, 19999, KIND_WON, "sleeping" },
		{ 19000, 20000 - 180, 19999, KIND_WON, "regular" },
		{ 19900, 19900, DATE_NONE, KIND_NONE, "new" },
		{ 19900, 19901, 19902, KIND_RETURN, "regular" },
	};
	struct segment_how how = usual();

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct segment_in in = { slice_of("C1"), 0, 0, DATE_NONE,
			cases[i].first, cases[i].last, cases[i].state_day,
			cases[i].kind, false };

		assert_string_equal(segment_stage[segment_stage_of(&in,
		    &how)], cases[i].want);
	}
}

/* 45 % of 12 are 5.4: A begins with 5 before it.  80 % of 10 are 8, so the
 * first makes them. */
static void
shares_are_compared_exactly(void **state)
{
	static const int64_t net[] = { 5, 4, 3, -1 }, two[] = { 8, 2, 0, 0 };
	struct segment_in in[4];
	struct segment_out out[4];
	struct segment_how how = usual();
	struct err e = { 0 };
	struct pareto p;
	char id[4][ID_ROOM];
	uint32_t *rank;

	(void)state;
	fill(in, id, (const int[4]){ 0 }, 4);
	for (int i = 0; i < 4; i++)
		in[i].net = net[i];
	how.abc_a = 450000;
	rank = segment_rank(in, 4);
	assert_true(segment_all(out, in, 4, &how, &e));
	assert_int_equal(out[0].of.abc, 'A');
	assert_int_equal(out[1].of.abc, 'A');
	assert_int_equal(out[2].of.abc, 'B');
	assert_int_equal(out[3].of.abc, 'C');
	for (int i = 0; i < 4; i++)
		in[i].net = two[i];
	assert_true(segment_pareto(&p, in, rank, 4, &e));
	assert_int_equal(p.make80, 1);
	free(rank);
}

static void
a_tag_makes_a_key_account_and_so_does_a_tie_at_the_top(void **state)
{
	static const int net[5] = { 50, 50, 10, 5, 0 };
	struct segment_in in[5];
	struct segment_out out[5];
	struct segment_how how = usual();
	struct err e = { 0 };
	char id[5][ID_ROOM];

	(void)state;
	fill(in, id, net, 5);
	in[4].tagged = true;
	assert_true(segment_all(out, in, 5, &how, &e));
	assert_true(out[0].of.key && out[1].of.key && out[4].of.key);
	assert_false(out[2].of.key || out[3].of.key);
}

/* The list in the documentation of R's rfm, first match wins. */
static void
cells_have_the_names_of_the_preset(void **state)
{
	static const struct {
		uint8_t rfm[3];
		const char *want;
	} cases[] = {
		{ { 5, 5, 5 }, "Champions" }, { { 5, 5, 4 }, "Potential Loyalist" },
		{ { 2, 2, 2 }, "Loyal Customers" }, { { 3, 1, 5 }, "Promising" },
		{ { 5, 1, 1 }, "New Customers" }, { { 1, 3, 4 }, "Can't Lose Them" },
		{ { 1, 5, 5 }, "At Risk" }, { { 1, 3, 3 }, "Need Attention" },
		{ { 2, 1, 1 }, "About To Sleep" }, { { 1, 1, 1 }, "Lost" },
		{ { 5, 4, 1 }, "Others" }, { { 4, 5, 1 }, "Others" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		assert_true(slice_is(segments_name(&names, cases[i].rfm),
		    cases[i].want));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nine_revenues_are_five_two_and_two),
		cmocka_unit_test(gini_of_equals_is_zero_and_of_nobody_unknown),
		cmocka_unit_test(one_giant_is_a_and_equals_share_a_class),
		cmocka_unit_test(a_sum_that_does_not_fit_is_refused),
		cmocka_unit_test(scores_and_classes_are_their_definitions),
		cmocka_unit_test(one_alone_stands_where_he_does_among_all),
		cmocka_unit_test(classes_and_marks_need_no_order),
		cmocka_unit_test(ranking_falls_by_net_and_rises_by_id),
		cmocka_unit_test(the_first_stage_that_holds_is_taken),
		cmocka_unit_test(shares_are_compared_exactly),
		cmocka_unit_test(
		    a_tag_makes_a_key_account_and_so_does_a_tie_at_the_top),
		cmocka_unit_test(cells_have_the_names_of_the_preset),
	};
	struct err e = { 0 };
	int failed;

	segments_load(&names, NULL, &e);
	failed = cmocka_run_group_tests_name("segment", tests, NULL, NULL);
	segments_free(&names);
	return failed;
}
