#include "check.h"

#include "measure/inflow.h"
#include "runs.h"

enum { ROWS = 600 };

/* January and February 2026, UTC. */
static const struct window months[INFLOW_SIDES] = {
	{ 1767225600, 1769904000 }, { 1769904000, 1772323200 } };

static struct hours
make(struct zone *utc, const char *ranges, const char *holidays)
{
	struct hours h = { .zone = utc };
	struct err e = { 0 };

	assert_true(zone_load(utc, "UTC", &e));
	assert_null(hours_days(&h, slice_of("mon-fri")));
	assert_null(hours_ranges(&h, slice_of(ranges)));
	assert_null(hours_holidays(&h, slice_of(holidays)));
	return h;
}

static void
undo(struct hours *h, struct zone *utc)
{
	hours_free(h);
	zone_free(utc);
}

/* Contacts, outside, refunds; before and now. */
static void
counted(int64_t got[6], const struct hours *h, const char *const *row,
    size_t rows, size_t files, int threads)
{
	struct inflow_how how = { { months[0], months[1] }, h };
	struct use u = { &inflow_measure, &how, NULL };
	const struct inflow *s;
	struct journal j;

	runs_go(&j, &u, 1, row, rows, files, threads);
	s = u.state;
	for (int side = 0; side < INFLOW_SIDES; side++) {
		got[3 * side] = s->of[side].contacts;
		got[3 * side + 1] = s->of[side].outside;
		got[3 * side + 2] = s->of[side].refunds;
	}
	use_free(&u);
	journal_close(&j);
}

static void
contacts_by_customers_are_counted_by_hours(void **state)
{
	static const char *const row[] = {
		"2025-12-31T23:59:59Z\tC1\tin\t\t\n",
		"2026-01-01T00:00:00Z\tC1\tin\t\t\n", /* holiday */
		"2026-01-02T08:59:59Z\tC1\tcomplaint\t\tK1\n",
		"2026-01-02T09:00:00Z\tC1\trequest\t\tK2\n",
		"2026-01-02T17:00:00Z\tC2\tin\t\t\n",
		"2026-02-07T12:00:00Z\tC1\tin\t\t\n", /* Saturday */
		"2026-02-09T12:00:00Z\tC1\tin\t\t\n",
		"2026-02-10T22:00:00Z\tC1\tout\t\t\n",
		"2026-02-10T22:00:00Z\tC1\treply\t\tK1\n",
		"2026-02-28T23:59:59Z\tC1\trefund\t5\t\n",
		"2026-03-01T00:00:00Z\tC1\trefund\t5\t\n",
	};
	static const int64_t want[] = { 4, 3, 0, 2, 1, 1 };
	static const int64_t always[] = { 4, 0, 0, 2, 0, 1 };
	struct zone utc;
	struct hours h = make(&utc, "9-17", "--01-01");
	int64_t got[6];

	(void)state;
	counted(got, &h, row, LEN(row), 2, 2);
	assert_memory_equal(got, want, sizeof want);
	counted(got, NULL, row, LEN(row), 1, 1);
	assert_memory_equal(got, always, sizeof always);
	undo(&h, &utc);
}

static void
neither_order_nor_files_nor_threads_matter(void **state)
{
	static const char *const kind[] = { "in", "out", "complaint", "refund" };
	struct zone utc;
	struct hours h = make(&utc, "9-12,13-17", "");
	char text[ROWS][RUNS_ROW], when[32];
	const char *row[ROWS];
	int64_t want[6], got[6];
	uint64_t seed = 11;

	(void)state;
	for (int i = 0; i < ROWS; i++) {
		const char *k = kind[check_random(&seed, 4)];

		snprintf(text[i], RUNS_ROW, "%s\tC1\t%s\t%s\t\n",
		    runs_time(when, &seed), k, *k == 'r' ? "1" : "");
		row[i] = text[i];
	}
	counted(want, &h, row, ROWS, 1, 1);
	for (int i = 0; i < 6; i++)
		assert_true(want[i] > 0);
	for (int i = 0; i < 24; i++) {
		runs_shuffle(row, ROWS, &seed);
		counted(got, &h, row, ROWS, 1 + (size_t)i % 8, 1 + i % 4);
		assert_memory_equal(got, want, sizeof want);
	}
	undo(&h, &utc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(contacts_by_customers_are_counted_by_hours),
		cmocka_unit_test(neither_order_nor_files_nor_threads_matter),
	};

	return cmocka_run_group_tests_name("inflow", tests, NULL, NULL);
}
