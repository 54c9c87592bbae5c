/* alarm - each at its limit and just beside it. */
#define RUNS_HEADER "time\tcustomer\tkind\tdue\tref\n"
#include "check.h"

#include "base/num.h"
#include "made.h"
#include "measure/alarm.h"
#include "runs.h"

enum { TODAY = 20000 };
#define NOON(day) ((day) * DATE_DAY + DATE_DAY / 2)

struct facts {
	struct settings settings;
	struct alarm_facts f;
	struct map gone;
	struct alarms got;
};

static void
facts_begin(struct facts *s)
{
	struct err e = { 0 };

	*s = (struct facts){ .f = { .settings = &s->settings,
		.today = TODAY, .now = NOON(TODAY), .gone = &s->gone } };
	assert_true(settings_load(&s->settings, NULL, &e));
}

static void
facts_end(struct facts *s)
{
	alarms_free(&s->got);
	settings_free(&s->settings);
	map_free(&s->gone);
}

static size_t
found(struct facts *s, enum alarm_code c)
{
	alarms_free(&s->got);
	alarm_find(&s->got, &s->f, 1u << c);
	return s->got.n;
}

/* --- nps --------------------------------------------------------------------- */

static void
only_a_fall_that_is_more_than_chance_is_told(void **state)
{
	static const struct {
		struct score_nps before, now;
		bool alarm;
	} cases[] = {
		/* 60.0 to 0.0 of 20 each: z -2.24, p 0.025 */
		{ { 14, 4, 2 }, { 8, 4, 8 }, true },
		/* of 19 each it is as much, but too few */
		{ { 14, 3, 2 }, { 7, 4, 8 }, false },
		{ { 14, 4, 2 }, { 7, 4, 8 }, false },
		/* 60.0 to 10.0: p 0.061 */
		{ { 14, 4, 2 }, { 9, 4, 7 }, false },
		/* up, not down */
		{ { 8, 4, 8 }, { 14, 4, 2 }, false },
		{ { 0, 0, 0 }, { 0, 0, 50 }, false },
	};
	struct facts s;

	(void)state;
	facts_begin(&s);
	for (size_t i = 0; i < LEN(cases); i++) {
		s.f.nps[0] = cases[i].before;
		s.f.nps[1] = cases[i].now;
		if (found(&s, ALARM_NPS) != cases[i].alarm)
			fail_msg("case %zu", i);
	}
	s.f.nps[0] = cases[0].before;
	s.f.nps[1] = cases[0].now;
	assert_int_equal(found(&s, ALARM_NPS), 1);
	assert_int_equal(s.got.at[0].value, 0);
	assert_int_equal(s.got.at[0].limit, 600);
	assert_int_equal(s.got.at[0].p, 25);
	assert_int_equal(s.got.at[0].day, TODAY - 89);
	s.settings.number[SET_WATCH_LEVEL] = 25000;
	assert_int_equal(found(&s, ALARM_NPS), 0);
	s.settings.number[SET_WATCH_LEVEL] = 25001;
	assert_int_equal(found(&s, ALARM_NPS), 1);
	s.settings.number[SET_WATCH_LEVEL] = 0;
	assert_int_equal(found(&s, ALARM_NPS), 0);
	facts_end(&s);
}

/* --- people ------------------------------------------------------------------ */

static void
key_accounts_are_silent_after_the_days(void **state)
{
	struct alarm_person p[] = {
		{ .id = slice_of("b"), .key = true, .seen = TODAY - 46 },
		{ .id = slice_of("a"), .key = true, .seen = TODAY - 46 },
		{ .id = slice_of("c"), .key = true, .seen = TODAY - 45 },
		{ .id = slice_of("d"), .key = false, .seen = TODAY - 99 },
		{ .id = slice_of("e"), .key = true, .seen = DATE_NONE },
		{ .id = slice_of("f"), .key = true, .seen = TODAY + 9 },
		{ .id = slice_of("g"), .key = true, .seen = TODAY - 99 },
	};
	struct facts s;

	(void)state;
	facts_begin(&s);
	s.f.person = p;
	s.f.people = LEN(p);
	assert_int_equal(found(&s, ALARM_SILENT), 3);
	assert_true(slice_is(s.got.at[0].customer, "g"));
	assert_true(slice_is(s.got.at[1].customer, "a"));
	assert_true(slice_is(s.got.at[2].customer, "b"));
	assert_int_equal(s.got.at[2].value, 46);
	assert_int_equal(s.got.at[2].limit, 45);
	s.settings.number[SET_WATCH_KEY_DAYS] = 0;
	assert_int_equal(found(&s, ALARM_SILENT), 0);
	facts_end(&s);
}

static void
the_last_impression_counts(void **state)
{
	static const struct {
		int64_t tone_time, nps_time;
		int tone, nps;
		const char *what; /* NULL: no alarm */
		int64_t value;
	} cases[] = {
		{ INT64_MIN, INT64_MIN, -2, 0, NULL, 0 },
		{ NOON(TODAY), INT64_MIN, -1, 0, "tone", -1 },
		{ NOON(TODAY), INT64_MIN, 0, 0, NULL, 0 },
		{ INT64_MIN, NOON(TODAY), -2, 6, "nps", 6 },
		{ INT64_MIN, NOON(TODAY), -2, 7, NULL, 0 },
		{ NOON(TODAY) - 1, NOON(TODAY), -2, 7, NULL, 0 },
		{ NOON(TODAY), NOON(TODAY) - 1, 0, 0, NULL, 0 },
		{ NOON(TODAY), NOON(TODAY), 1, 0, "nps", 0 },
		{ NOON(TODAY), NOON(TODAY), -2, 0, "tone", -2 },
		{ NOON(TODAY - 29), INT64_MIN, -2, 0, "tone", -2 },
		{ NOON(TODAY - 30), INT64_MIN, -2, 0, NULL, 0 },
		{ NOON(TODAY + 1), INT64_MIN, -2, 0, NULL, 0 },
	};
	struct facts s;

	(void)state;
	facts_begin(&s);
	for (size_t i = 0; i < LEN(cases); i++) {
		struct alarm_person p = { .id = slice_of("C"),
			.tone_time = cases[i].tone_time,
			.nps_time = cases[i].nps_time,
			.tone = cases[i].tone, .nps = cases[i].nps };
		size_t n;

		s.f.person = &p;
		s.f.people = 1;
		n = found(&s, ALARM_IMPRESSION);
		if (n != (cases[i].what != NULL))
			fail_msg("case %zu", i);
		if (n > 0) {
			assert_true(slice_is(s.got.at[0].what,
			    cases[i].what));
			assert_int_equal(s.got.at[0].value, cases[i].value);
		}
	}
	facts_end(&s);
}

/* --- goals -------------------------------------------------------------------- */

static void
goals_are_told_while_they_are_off(void **state)
{
	struct goal goal = { .metric = GOAL_NPS, .target = 400,
		.owner = (char[]){ "" }, .why = (char[]){ "" } };
	struct goal_standing g[] = {
		{ .goal = &goal, .state = AIM_OFF, .days_left = 3 },
		{ .goal = &goal, .state = AIM_ON, .days_left = 3 },
		{ .goal = &goal, .state = AIM_REACHED, .days_left = -3 },
		{ .goal = &goal, .state = AIM_UNKNOWN, .days_left = 3 },
		{ .goal = &goal, .state = AIM_MISSED, .days_left = -28 },
		{ .goal = &goal, .state = AIM_MISSED, .days_left = -29 },
	};
	struct facts s;

	(void)state;
	facts_begin(&s);
	s.f.goal = g;
	s.f.goals = LEN(g);
	assert_int_equal(found(&s, ALARM_GOAL), 2);
	assert_int_equal(s.got.at[0].unit, ALARM_TENTHS);
	assert_int_equal(s.got.at[0].limit, 400);
	s.settings.number[SET_WATCH_GOALS] = 2 * NUM_ONE;
	assert_int_equal(found(&s, ALARM_GOAL), 2);
	s.settings.number[SET_WATCH_GOALS] = 3 * NUM_ONE;
	assert_int_equal(found(&s, ALARM_GOAL), 0);
	facts_end(&s);
}

/* --- contracts ---------------------------------------------------------------- */

static void
write_contracts(struct buf *to, struct facts *s)
{
	static const struct thread_how how = {
		.kinds = THREAD_KIND(KIND_CONTRACT),
		.columns = THREAD_COLUMN(EVENT_REF) };
	static const char *const row[] = {
		"2024-01-01\tC1\tcontract\t2024-11-03\tV1\n", /* 1 day over */
		"2024-01-01\tC2\tcontract\t2024-10-04\t\n",   /* today */
		"2024-01-01\tC3\tcontract\t2024-11-03\t\n",   /* in 30 days */
		"2024-01-01\tC4\tcontract\t2024-11-04\t\n",   /* in 31 */
		"2024-01-01\tC5\tcontract\t2024-10-20\tV5\n", /* prolonged */
		"2024-02-01\tC5\tcontract\t2025-10-20\tV5\n",
		"2024-01-01\tC6\tcontract\t2024-10-20\tV6\n", /* a newer */
		"2023-01-01\tC6\tcontract\t2024-12-20\tW6\n",
		"2024-01-01\tC7\tcontract\t2024-10-20\tV7\n", /* endless */
		"2024-01-01\tC7\tcontract\t\tW7\n",
		"2024-01-01\tC8\tcontract\t2024-10-20\tV8\n", /* shortened */
		"2023-01-01\tC8\tcontract\t2026-10-20\tV8\n",
		"2024-01-01\tC9\tcontract\t2024-10-20\tV9\n", /* two: the last */
		"2024-01-01\tC9\tcontract\t2024-10-21\tW9\n",
		"2024-01-01\tD1\tcontract\t2024-10-20\tX1\n", /* let go */
		"2024-01-01\tD2\tcontract\t2024-10-03\tX2\n", /* yesterday */
	};
	struct use use = { &thread_measure, &how, NULL };
	struct journal j;

	runs_go(&j, &use, 1, row, LEN(row), 1, 1);
	thread_sort(use.state, &j.people, THREAD_WHO_AS_MET);
	s->f.contracts = use.state;
	found(s, ALARM_CONTRACT);
	for (size_t i = 0; i < s->got.n; i++) {
		const struct alarm *a = &s->got.at[i];

		buf_slice(to, a->customer);
		buf_byte(to, ' ');
		buf_slice(to, a->what);
		buf_fmt(to, " %d of %d\n", (int)a->value, (int)a->limit);
	}
	use_free(&use);
	journal_close(&j);
}

/* Day 20000 is 2024-10-04. */
static void
contracts_that_end_are_told(void **state)
{
	struct facts s;
	struct buf got = { 0 };

	(void)state;
	assert_int_equal(date_days(2024, 10, 4), TODAY);
	facts_begin(&s);
	map_add(&s.gone, slice_of("D1"));
	write_contracts(&got, &s);
	assert_string_equal(buf_text(&got), "C2  0 of 30\nC8 V8 16 of 30\n"
	    "C9 W9 17 of 30\nC1 V1 30 of 30\nC3  30 of 30\n");
	facts_end(&s);
	buf_free(&got);
}

/* --- cases --------------------------------------------------------------------- */

/* Five topics; 84 days before the last seven, with one complaint of each. */
static void
a_topic_must_stand_out_from_all_that_are_tested(void **state)
{
	struct buf rows = { 0 };
	struct facts s;
	struct made m;

	(void)state;
	buf_str(&rows, "2024-07-06\tC1\trequest\tx\t\tfirst\t\t\n");
	for (char c = 'a'; c <= 'e'; c++)
		buf_fmt(&rows, "2024-09-01\tC1\tcomplaint\tx\t\t%c\t\t\n", c);
	/* a: 2 of 3 in the last week: p 0.033, with five topics 0.165 */
	buf_str(&rows, "2024-09-28\tC1\tcomplaint\tx\t\ta\t\t\n"
	    "2024-10-03\tC1\tcomplaint\tx\t\ta\t\t\n");
	facts_begin(&s);
	s.f.now = (TODAY + 1) * DATE_DAY;
	made_begin(&m, buf_text(&rows), NULL, s.f.now);
	s.f.cases = &m.cases;
	s.f.case_events = m.threads;
	assert_int_equal(found(&s, ALARM_SURGE), 0);
	s.settings.number[SET_WATCH_LEVEL] = 20 * NUM_ONE;
	assert_int_equal(found(&s, ALARM_SURGE), 1);
	assert_true(slice_is(s.got.at[0].what, "a"));
	assert_int_equal(s.got.at[0].value, 2);
	assert_int_equal(s.got.at[0].limit, 8);
	assert_int_equal(s.got.at[0].more[0], 1);
	assert_int_equal(s.got.at[0].more[1], 84);
	assert_int_equal(s.got.at[0].more[2], 5);
	assert_int_equal(s.got.at[0].day, TODAY - 6);
	s.settings.number[SET_WATCH_SURGE_DAYS] = 0;
	assert_int_equal(found(&s, ALARM_SURGE), 0);
	made_end(&m);
	facts_end(&s);
	buf_free(&rows);
}

/* --- order ----------------------------------------------------------------------- */

static void
alarms_come_in_one_order(void **state)
{
	struct alarm_person p[6];
	struct facts s;
	uint64_t seed = 7;

	(void)state;
	facts_begin(&s);
	for (int i = 0; i < 6; i++)
		p[i] = (struct alarm_person){
			.id = slice_of(&"a\0b\0c\0d\0e\0f"[2 * i]),
			.key = true, .seen = TODAY - 50 - i / 3,
			.tone = -1, .tone_time = NOON(TODAY - i % 2),
			.nps_time = INT64_MIN };
	s.f.person = p;
	s.f.people = 6;
	for (int round = 0; round < 50; round++) {
		static const char want[] = "defabc" "bdface";
		uint32_t a = check_random(&seed, 6);
		uint32_t b = check_random(&seed, 6);
		struct alarm_person t = p[a];

		p[a] = p[b];
		p[b] = t;
		alarms_free(&s.got);
		alarm_find(&s.got, &s.f,
		    1u << ALARM_SILENT | 1u << ALARM_IMPRESSION);
		assert_int_equal(s.got.n, 12);
		for (int i = 0; i < 12; i++)
			assert_int_equal(s.got.at[i].customer.at[0], want[i]);
	}
	facts_end(&s);
}

/* Of `most` of them, whatever their order, the first are kept. */
static void
first_of(struct facts *s, const int32_t *seen, size_t n, size_t most)
{
	struct alarm_person p[40];
	uint64_t seed = n * 7 + most;

	for (size_t i = 0; i < n; i++)
		p[i] = (struct alarm_person){ .id = slice_of(&"0\0001\0002"[
		    2 * (i % 3)]), .key = true, .seen = seen[i],
			.tone_time = INT64_MIN, .nps_time = INT64_MIN };
	for (size_t i = n; i > 1; i--) {
		size_t k = check_random(&seed, (uint32_t)i);
		struct alarm_person t = p[i - 1];

		p[i - 1] = p[k];
		p[k] = t;
	}
	s->f.person = p;
	s->f.people = n;
	s->f.first = most;
	found(s, ALARM_SILENT);
}

static void
the_first_are_those_that_come_first(void **state)
{
	struct facts all, few;
	int32_t seen[40];

	(void)state;
	for (int i = 0; i < 40; i++)
		seen[i] = TODAY - 50 - i / 7;
	facts_begin(&all);
	facts_begin(&few);
	for (size_t n = 0; n <= LEN(seen); n++)
		for (size_t most = 1; most < 12; most++) {
			first_of(&all, seen, n, 0);
			first_of(&few, seen, n, most);
			assert_int_equal(all.got.n, n);
			assert_int_equal(few.got.n, n < most ? n : most);
			assert_int_equal(all.got.of[ALARM_SILENT], n);
			assert_int_equal(few.got.of[ALARM_SILENT], n);
			for (size_t i = 0; i < few.got.n; i++) {
				const struct alarm *a = &all.got.at[i];
				const struct alarm *b = &few.got.at[i];

				assert_int_equal(a->day, b->day);
				assert_true(slice_eq(a->customer,
				    b->customer));
			}
		}
	facts_end(&all);
	facts_end(&few);
}

static void
an_alarm_is_of_somebody_for_either_reason(void **state)
{
	const struct alarm_person p[] = {
		{ .key = true, .seen = TODAY - 46, .tone_time = INT64_MIN,
			.nps_time = INT64_MIN },
		{ .seen = TODAY - 46, .tone = -1, .tone_time = NOON(TODAY),
			.nps_time = INT64_MIN },
		{ .seen = TODAY - 46, .nps = 6, .nps_time = NOON(TODAY),
			.tone_time = INT64_MIN },
		{ .seen = TODAY - 46, .tone_time = INT64_MIN,
			.nps_time = INT64_MIN },
	};
	struct facts s;

	(void)state;
	facts_begin(&s);
	for (size_t i = 0; i < LEN(p); i++)
		assert_int_equal(alarm_is_of(&s.f, &p[i]), i < 3);
	facts_end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    only_a_fall_that_is_more_than_chance_is_told),
		cmocka_unit_test(key_accounts_are_silent_after_the_days),
		cmocka_unit_test(the_last_impression_counts),
		cmocka_unit_test(goals_are_told_while_they_are_off),
		cmocka_unit_test(contracts_that_end_are_told),
		cmocka_unit_test(
		    a_topic_must_stand_out_from_all_that_are_tested),
		cmocka_unit_test(alarms_come_in_one_order),
		cmocka_unit_test(the_first_are_those_that_come_first),
		cmocka_unit_test(an_alarm_is_of_somebody_for_either_reason),
	};

	return cmocka_run_group_tests_name("alarm", tests, NULL, NULL);
}
