/*
 * stat - the fold per customer: its columns by hand, its laws on made-up
 * journals, its tables merged.
 */
#include "check.h"

#include <stdio.h>

#include "base/mem.h"
#include "measure/stat.h"
#include "runs.h"

/* The short form of a row says the same. */
static void
same_sales(const struct stat *s, uint32_t who)
{
	struct stat_sales sales;
	struct stat_felt felt;
	struct stat_met met;
	struct stat_row r;

	assert_int_equal(stat_met(s, who, &met), stat_row(s, who, &r));
	assert_int_equal(met.last_contact, r.last_contact);
	assert_int_equal(met.first_order, r.first_order);
	assert_int_equal(met.last_order, r.last_order);
	assert_int_equal(stat_sales(s, who, &sales), stat_row(s, who, &r));
	assert_int_equal(stat_felt(s, who, &felt), stat_row(s, who, &r));
	assert_int_equal(felt.tone_time, r.tone_time);
	assert_int_equal(felt.tone, r.tone);
	assert_int_equal(felt.nps_time, r.nps_time);
	assert_int_equal(felt.nps, r.nps);
	assert_int_equal(sales.orders, r.orders);
	assert_int_equal(sales.revenue, r.revenue);
	assert_int_equal(sales.refunds, r.refunds);
	assert_int_equal(sales.first_order, r.first_order);
	assert_int_equal(sales.last_order, r.last_order);
	assert_int_equal(sales.state_time, r.state_time);
	assert_int_equal(sales.state, r.state);
}

/* All that is known of all customers, as text in byte order of ids. */
static void
written(struct buf *to, struct use *use, const struct map *people)
{
	uint32_t *order = map_sorted(people);
	struct err e = { 0 };

	if (!stat_settle(use->state, people, &e))
		buf_str(to, e.text);
	for (uint32_t i = 0; i < people->len; i++) {
		struct slice id = map_key(people, order[i]);
		const int32_t *day;
		struct stat_row r;
		size_t n;

		same_sales(use->state, order[i]);
		if (!stat_row(use->state, order[i], &r))
			continue;
		buf_slice(to, id);
		buf_fmt(to, " %jd %jd %jd %jd %jd %jd", r.first, r.last,
		    r.events, r.contacts, r.minutes, r.last_contact);
		buf_fmt(to, " %d %jd %d %jd %d %jd %d %jd", r.tone,
		    r.tone_time, r.nps, r.nps_time, r.csat, r.csat_time,
		    r.state, r.state_time);
		buf_fmt(to, " %jd %jd %d %d %jd %jd %jd %jd %jd %jd %jd",
		    r.orders, r.order_days, r.first_order, r.last_order,
		    r.first_spend, r.revenue, r.refunds, r.cost,
		    r.service_cost, r.cases, r.solved);
		n = stat_days(use->state, order[i], &day);
		for (size_t k = 0; k < n; k++)
			buf_fmt(to, " %d", day[k]);
		buf_byte(to, '\n');
	}
	same_sales(use->state, people->len + 1);
	free(order);
}

static void
fold(struct buf *to, const char *const *row, size_t rows, size_t files,
    int threads, struct window window)
{
	struct stat_how how = { window };
	struct use use = { &stat_measure, &how, NULL };
	struct journal j;

	runs_go(&j, &use, 1, row, rows, files, threads);
	written(to, &use, &j.people);
	use_free(&use);
	journal_close(&j);
}

static const char *
made_row(uint64_t *seed)
{
	static const struct {
		const char *kind, *value;
	} what[] = { { "in", "4.5" }, { "out", "" }, { "visit", "30" },
		{ "order", "19.99" }, { "order", "500000" }, { "refund", "1" },
		{ "cost", "2" }, { "nps", "9" }, { "nps", "3" },
		{ "csat", "5" }, { "csat", "1" }, { "complaint", "" },
		{ "reply", "" }, { "solve", "" }, { "deal", "" },
		{ "won", "" }, { "lost", "" }, { "leave", "" },
		{ "return", "" }, { "item", "9" }, { "web", "" } };
	char *row = malloc(RUNS_ROW), time[32];
	uint32_t k = check_random(seed, LEN(what));

	snprintf(row, RUNS_ROW, "%s\tC%u\t%s\t%s\tR%u\n",
	    runs_time(time, seed), check_random(seed, 7), what[k].kind,
	    what[k].value, check_random(seed, 5));
	return row;
}

/* Any order, any split, any number of threads: the same bytes. */
static void
the_answer_is_the_same_in_any_order_and_split(void **state)
{
	enum { ROWS = 60000 };
	static const char *row[ROWS];
	struct buf want = { 0 };
	uint64_t seed = 4;

	(void)state;
	for (size_t i = 0; i < ROWS; i++)
		row[i] = made_row(&seed);
	fold(&want, row, ROWS, 1, 1, WINDOW_ALL);
	assert_true(want.len > 1000);
	for (size_t files = 1; files <= 5; files++) {
		struct buf got = { 0 };

		runs_shuffle(row, ROWS, &seed);
		fold(&got, row, ROWS, files, (int)files, WINDOW_ALL);
		assert_string_equal(buf_text(&got), buf_text(&want));
		buf_free(&got);
	}
	for (size_t i = 0; i < ROWS; i++)
		free((char *)(uintptr_t)row[i]);
	buf_free(&want);
}

static void
one_customer(struct stat_row *r, const char *const *row, size_t n,
    struct window window)
{
	struct stat_how how = { window };
	struct use use = { &stat_measure, &how, NULL };
	struct journal j;
	struct err e = { 0 };

	runs_go(&j, &use, 1, row, n, 1, 1);
	assert_true(stat_settle(use.state, &j.people, &e));
	stat_row(use.state, 0, r);
	use_free(&use);
	journal_close(&j);
}

static void
a_customer_is_counted_as_the_manual_says(void **state)
{
	static const char *const row[] = {
		"2026-01-05T10:00:00Z\tC1\torder\t10.50\tR1\n",
		"2026-01-03T10:00:00Z\tC1\torder\t1\tR2\n", /* late entry */
		"2026-01-03T12:00:00Z\tC1\torder\t2\tR3\n",
		"2026-01-05T11:00:00Z\tC1\torder\t4\tR4\n",
		"2026-01-06T11:00:00Z\tC1\trefund\t3\tR4\n",
		"2026-01-07T11:00:00Z\tC1\tin\t2.5\t\n",
		"2026-01-08T11:00:00Z\tC1\treply\t\tK1\n",
		"2026-01-09T11:00:00Z\tC1\tnps\t9\t\n",
		"2026-01-09T11:00:00Z\tC1\tnps\t4\t\n",
		"2026-01-01T11:00:00Z\tC1\tnps\t0\t\n",
		"2026-01-09T12:00:00Z\tC1\tdeal\t\tD1\n",
		"2026-01-09T12:00:00Z\tC1\twon\t\tD1\n",
		"2026-01-02T11:00:00Z\tC1\titem\t99\tR1\n",
	};
	struct stat_row r;

	(void)state;
	one_customer(&r, row, LEN(row), WINDOW_ALL);
	assert_int_equal(r.first, date_days(2026, 1, 1) * DATE_DAY + 11 * 3600);
	assert_int_equal(r.last, date_days(2026, 1, 9) * DATE_DAY + 12 * 3600);
	assert_int_equal(r.events, 13);
	assert_int_equal(r.contacts, 2);
	assert_int_equal(r.minutes, 25000);
	assert_int_equal(r.orders, 4);
	assert_int_equal(r.order_days, 2);
	assert_int_equal(r.first_order, date_days(2026, 1, 3));
	assert_int_equal(r.last_order, date_days(2026, 1, 5));
	assert_int_equal(r.first_spend, 30000);
	assert_int_equal(r.revenue, 175000);
	assert_int_equal(r.refunds, 30000);
	assert_int_equal(r.nps, 4); /* at equal times the lowest */
	assert_int_equal(r.state, KIND_WON); /* the later kind */
	assert_int_equal(r.csat_time, STAT_NEVER);
	assert_int_equal(r.last_contact,
	    date_days(2026, 1, 8) * DATE_DAY + 11 * 3600);
}

/* The first and the last, whichever comes first in the file. */
static void
events_come_in_any_order(void **state)
{
	static const char *const row[] = {
		"2026-01-01T00:00:00Z\tC1\tweb\t\t\n",
		"2026-01-02T00:00:00Z\tC1\tweb\t\t\n",
		"2026-01-01T00:00:00Z\tC1\tweb\t\t\n",
	};
	struct stat_row r;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		one_customer(&r, row + i, 2, WINDOW_ALL);
		assert_int_equal(r.first, date_days(2026, 1, 1) * DATE_DAY);
		assert_int_equal(r.last, date_days(2026, 1, 2) * DATE_DAY);
	}
}

/* Flows inside the window, the state from before it too. */
static void
a_window_cuts_flows_and_keeps_states(void **state)
{
	static const char *const row[] = {
		"2026-01-01T00:00:00Z\tC1\tleave\t\t\n",
		"2026-01-02T00:00:00Z\tC1\torder\t1\t\n",
		"2026-01-03T00:00:00Z\tC1\torder\t2\t\n",
		"2026-01-04T00:00:00Z\tC1\treturn\t\t\n",
	};
	const struct window second = { date_days(2026, 1, 2) * DATE_DAY,
		date_days(2026, 1, 3) * DATE_DAY };
	struct stat_row r;

	(void)state;
	one_customer(&r, row, LEN(row), second);
	assert_int_equal(r.events, 1);
	assert_int_equal(r.revenue, 10000);
	assert_int_equal(r.state, KIND_LEAVE);
}

/* Too large is too large in any order, never a wrapped sum. */
static void
sums_never_wrap(void **state)
{
	const char *row[11];
	struct buf got = { 0 };

	(void)state;
	for (size_t i = 0; i < LEN(row); i++)
		row[i] = "2026-01-01T00:00:00Z\tC1\torder\t99999999999999\t\n";
	fold(&got, row, LEN(row), 3, 3, WINDOW_ALL);
	assert_int_equal(strncmp(buf_text(&got),
		"revenue: the sum is too large: \"C1\"", 35), 0);
	buf_free(&got);
}

/* Nor do counts: a table has 2 to the 32 less three, then come events. */
static void
counts_never_wrap(void **state)
{
	const struct stat_row row = { .first = 0, .last = 0,
		.events = UINT32_MAX - 2, .last_contact = STAT_NEVER,
		.tone_time = STAT_NEVER, .first_order = DATE_NONE,
		.last_order = DATE_NONE, .nps_time = STAT_NEVER,
		.csat_time = STAT_NEVER, .state_time = STAT_NEVER };
	const struct event v[3] = { { .kind = KIND_NOTE,
		.value = EVENT_NO_VALUE, .tone = EVENT_NO_TONE } };

	(void)state;
	for (size_t n = 0; n < 4; n++) {
		struct stat *s = mem_zero(1, stat_measure.size);
		struct map people = { 0 };
		struct err e = { 0 };

		stat_measure.init(s, NULL);
		stat_add_row(s, map_add(&people, slice_of("C1")), &row, NULL,
		    0);
		for (size_t i = 0; i < n; i++)
			stat_measure.add(s, &(struct batch){ .event = v,
				.n = 1, .people = 1 }, &e);
		assert_int_equal(stat_settle(s, &people, &e), n < 2);
		assert_string_equal(e.text, n < 2 ? "" :
		    "events: the sum is too large: \"C1\"");
		stat_measure.free(s);
		map_free(&people);
		free(s);
	}
}

/* Sums around 2 to the 32 and 33 ten-thousandths, where their upper part
 * begins, however they come together. */
static void
sums_are_exact_where_they_become_long(void **state)
{
	static const char *const row[] = {
		"2026-01-01T00:00:00Z\tC1\torder\t429496.7295\t\n",
		"2026-01-01T01:00:00Z\tC1\torder\t0.0001\t\n",
		"2026-01-01T02:00:00Z\tC1\torder\t429496.7296\t\n",
		"2026-01-02T00:00:00Z\tC1\torder\t99999999999999\t\n",
		"2026-01-02T00:00:00Z\tC1\tvisit\t429496\t\n",
		"2026-01-02T00:00:00Z\tC1\tvisit\t0.7297\t\n",
		"2026-01-02T00:00:00Z\tC2\torder\t429496.7295\t\n",
		"2025-01-02T00:00:00Z\tC2\torder\t858993.4593\t\n",
		"2025-01-01T00:00:00Z\tC2\torder\t1\t\n",
	};
	const struct stat_how how = { WINDOW_ALL };

	(void)state;
	for (int threads = 1; threads <= 3; threads++) {
		struct use use = { &stat_measure, &how, NULL };
		struct journal j;
		struct stat_row r;

		runs_go(&j, &use, 1, row, LEN(row), (size_t)threads, threads);
		stat_row(use.state, map_find(&j.people, slice_of("C1")), &r);
		assert_int_equal(r.first_spend, 8589934592);
		assert_int_equal(r.revenue, 8589934592 + 999999999999990000);
		assert_int_equal(r.minutes, 4294967297);
		stat_row(use.state, map_find(&j.people, slice_of("C2")), &r);
		assert_int_equal(r.first_spend, 10000);
		assert_int_equal(r.revenue, 4294967295 + 8589934593 + 10000);
		assert_int_equal(r.minutes, 0);
		use_free(&use);
		journal_close(&j);
	}
}

/* Counts around 2 to the 16, where their upper part begins, and sums that
 * are long too, however they come together. */
static void
counts_are_exact_where_they_become_long(void **state)
{
	enum { MANY = 65535, ROWS = 3 * MANY + 6 };
	static const char *const few[] = {
		"2026-01-01T00:00:00Z\tC1\tcomplaint\t\tK1\n",
		"2026-01-01T00:00:00Z\tC1\tcomplaint\t\tK1\n",
		"2026-01-01T00:00:00Z\tC1\tsolve\t\tK1\n",
		"2026-01-01T00:00:00Z\tC1\trefund\t7\t\n",
		"2026-01-02T00:00:00Z\tC1\torder\t429496.7297\t\n",
		"2026-01-01T00:00:00Z\tC1\torder\t429496.7296\t\n",
	};
	const struct stat_how how = { WINDOW_ALL };
	static const char *row[ROWS];
	uint64_t seed = 5;

	(void)state;
	for (size_t i = 0; i < ROWS; i++)
		row[i] = i < LEN(few) ? few[i] : i % 3 == 0 ?
		    "2026-01-01T00:00:00Z\tC1\tsolve\t\tK1\n" : i % 3 == 1 ?
		    "2026-01-01T00:00:00Z\tC1\trequest\t\tK1\n" :
		    "2026-01-01T00:00:00Z\tC2\trequest\t\tK2\n";
	for (int parts = 1; parts <= 5; parts++) {
		struct use use = { &stat_measure, &how, NULL };
		struct journal j;
		struct stat_row r;

		runs_go(&j, &use, 1, row, ROWS, 1, parts);
		stat_row(use.state, map_find(&j.people, slice_of("C1")), &r);
		assert_int_equal(r.cases, MANY + 2);
		assert_int_equal(r.solved, MANY + 1);
		assert_int_equal(r.refunds, 70000);
		assert_int_equal(r.revenue, 2 * 4294967296 + 1);
		assert_int_equal(r.first_spend, 4294967296);
		stat_row(use.state, map_find(&j.people, slice_of("C2")), &r);
		assert_int_equal(r.cases, MANY);
		assert_int_equal(r.solved, 0);
		use_free(&use);
		journal_close(&j);
		runs_shuffle(row, ROWS, &seed);
	}
}

/* A row of a table of somebody who ordered on one day. */
static struct stat_row
row_of(int64_t cases, int64_t solved, int64_t sum, int32_t day)
{
	return (struct stat_row){ .events = 1, .first = 0, .last = 0,
		.last_contact = STAT_NEVER, .tone_time = STAT_NEVER,
		.nps_time = STAT_NEVER, .csat_time = STAT_NEVER,
		.state_time = STAT_NEVER, .orders = 1, .order_days = 1,
		.first_order = day, .last_order = day, .first_spend = sum,
		.revenue = sum, .minutes = sum, .cost = sum,
		.cases = cases, .solved = solved };
}

/* The same of what tables say. */
static void
rows_of_tables_add_to_what_is_long(void **state)
{
	static const struct {
		int64_t cases, solved, sum;
	} half[][2] = {
		{ { 65535, 0, 4294967295 }, { 1, 65536, 1 } },
		{ { 65535, 65535, 1 }, { 65535, 65535, 2 } },
		{ { 65536, 131071, 4294967296 }, { 65536, 1, 4294967295 } },
		{ { 4294901760, 1, INT64_MAX / 2 },
		    { 65535, 4294967294, INT64_MAX / 2 } },
	};

	(void)state;
	for (size_t i = 0; i < LEN(half); i++)
		for (int turn = 0; turn < 2; turn++) {
			struct stat *s = mem_zero(1, stat_measure.size);
			struct stat_row r;

			stat_measure.init(s, NULL);
			for (int k = 0; k < 2; k++) {
				int at = k ^ turn;

				r = row_of(half[i][at].cases,
				    half[i][at].solved, half[i][at].sum, at);
				stat_add_row(s, 0, &r, NULL, 0);
			}
			stat_row(s, 0, &r);
			assert_int_equal(r.cases,
			    half[i][0].cases + half[i][1].cases);
			assert_int_equal(r.solved,
			    half[i][0].solved + half[i][1].solved);
			assert_int_equal(r.revenue,
			    half[i][0].sum + half[i][1].sum);
			assert_int_equal(r.minutes, r.revenue);
			assert_int_equal(r.cost, r.revenue);
			assert_int_equal(r.first_spend, half[i][0].sum);
			stat_measure.free(s);
			free(s);
		}
}

/* A row of customer 0, at once or as what another state has counted of the
 * second that it met. */
static void
add_or_merge(struct stat *s, const struct stat_row *r, bool merged)
{
	static const uint32_t who[] = { 1, 0 };
	struct stat *part = mem_zero(1, stat_measure.size);

	stat_measure.init(part, NULL);
	stat_add_row(merged ? part : s, merged, r, NULL, 0);
	assert_true(stat_measure.merge(s, part, who, &(struct err){ 0 }));
	stat_measure.free(part);
	free(part);
}

/* Spans of tables: days by first, last and number alone. */
static void
order_days_of_tables_add_where_they_can(void **state)
{
	static const struct {
		int32_t first, last;
		int64_t n;
	} spans[][3] = {
		{ { 10, 20, 3 }, { 30, 40, 2 }, { 50, 50, 1 } }, /* 6 */
		{ { 10, 20, 3 }, { 20, 40, 2 }, { 40, 40, 1 } }, /* 4 */
		{ { 10, 20, 3 }, { 19, 40, 2 }, { 50, 50, 1 } }, /* no */
		{ { 10, 20, 3 }, { 15, 15, 1 }, { 50, 50, 1 } }, /* no */
		{ { 10, 10, 1 }, { 10, 10, 1 }, { 10, 11, 2 } }, /* 2 */
	};
	static const int64_t want[] = { 6, 4, -1, -1, 2 };

	(void)state;
	for (size_t i = 0; i < LEN(spans); i++)
		for (size_t turn = 0; turn < 6; turn++) {
			struct stat *s = mem_zero(1, stat_measure.size);
			struct map people = { 0 };
			struct err e = { 0 };
			struct stat_row r;

			stat_measure.init(s, NULL);
			map_add(&people, slice_of("C1"));
			map_add(&people, slice_of("C2"));
			for (size_t k = 0; k < 3; k++) {
				const size_t at = (k + turn) % 3;

				r = row_of(0, 0, 0, spans[i][at].first);
				r.orders = r.order_days = spans[i][at].n;
				r.last_order = spans[i][at].last;
				add_or_merge(s, &r, turn >= 3);
			}
			assert_int_equal(stat_settle(s, &people, &e),
			    want[i] > 0);
			stat_row(s, 0, &r);
			if (want[i] > 0)
				assert_int_equal(r.order_days, want[i]);
			else
				assert_string_equal(e.text, "order_days: "
				    "tables overlap in more than one day: "
				    "\"C1\"");
			stat_measure.free(s);
			free(s);
			map_free(&people);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_answer_is_the_same_in_any_order_and_split),
		cmocka_unit_test(a_customer_is_counted_as_the_manual_says),
		cmocka_unit_test(events_come_in_any_order),
		cmocka_unit_test(a_window_cuts_flows_and_keeps_states),
		cmocka_unit_test(sums_never_wrap),
		cmocka_unit_test(counts_never_wrap),
		cmocka_unit_test(sums_are_exact_where_they_become_long),
		cmocka_unit_test(counts_are_exact_where_they_become_long),
		cmocka_unit_test(rows_of_tables_add_to_what_is_long),
		cmocka_unit_test(order_days_of_tables_add_where_they_can),
	};

	return cmocka_run_group_tests_name("stat", tests, NULL, NULL);
}
