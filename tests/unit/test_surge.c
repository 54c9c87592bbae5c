/* surge - weeks counted by hand; the p are sums of binomials by bc, as
 * tests/cli/crm-ticket.t computes them anew. */
#include "check.h"

#include "made.h"
#include "measure/surge.h"

static void
write_weeks(struct buf *to, const char *rows, const char *by, int64_t now)
{
	struct made m;
	struct surge_how how = { by != NULL ? THREAD_GROUP : THREAD_TOPIC,
		&m.zone, now };
	char week[DATE_TEXT];
	struct surge *s;
	size_t n;

	made_begin(&m, rows, by, now);
	s = surge_weeks(&m.cases, m.threads, &how, &n);
	buf_clear(to);
	for (size_t i = 0; i < n; i++) {
		buf_slice(to, s[i].key);
		buf_fmt(to, " %s %d of", period_text(week, s[i].week,
		    PERIOD_WEEK) + 5, (int)s[i].n);
		if (s[i].expected == SURGE_NONE)
			buf_str(to, " -");
		else
			buf_fmt(to, " %d", (int)s[i].expected);
		buf_fmt(to, " %d", (int)s[i].before);
		if (s[i].p != SURGE_NONE)
			buf_fmt(to, " p %d", (int)s[i].p);
		buf_byte(to, '\n');
	}
	free(s);
	made_end(&m);
}

/* 2026-01-05 is the Monday of week 2. */
static void
weeks_on_paper(void **state)
{
	static const char rows[] =
	    "2026-01-05\tC1\tcomplaint\tx\t\ta\t\t\n"
	    "2026-01-13\tC1\tcomplaint\tx\t\ta\t\t\n"
	    "2026-01-19\tC1\tcomplaint\ty\t\ta\t\t\n"
	    "2026-01-20\tC1\trequest\ty\t\ta\t\t\n"
	    "2026-01-21\tC1\trequest\ty\t\ta\t\t\n"
	    "2026-01-25\tC1\trequest\ty\t\ta\t\t\n"
	    "2026-01-22\tC1\trequest\ty\t\tb\t\t\n"
	    "2026-02-03\tC1\trequest\ty\t\t\t\t\n";
	struct buf got = { 0 };

	(void)state;
	/* Wednesday of week 6, two of its seven days gone. */
	write_weeks(&got, rows, NULL, 1770163200);
	assert_string_equal(buf_text(&got),
	    " W06 1 of 0 0 p 133\n"
	    "a W02 1 of - 0\n"
	    "a W03 1 of 100 1 p 1000\n"
	    "a W04 4 of 100 2 p 200\n"
	    "a W05 0 of 200 6 p 356\n"
	    "a W06 0 of 43 6 p 1000\n"
	    "b W04 1 of 0 0 p 667\n"
	    "b W05 0 of 33 1 p 1000\n"
	    "b W06 0 of 7 1 p 1000\n");
	/* The week is over; by channel. */
	write_weeks(&got, rows, "channel", 1780000000);
	assert_string_equal(buf_text(&got),
	    "x W02 1 of - 0\n"
	    "x W03 1 of 100 1 p 1000\n"
	    "x W04 0 of 100 2 p 889\n"
	    "x W05 0 of 67 2 p 1000\n"
	    "x W06 0 of 50 2 p 1000\n"
	    "y W04 5 of 0 0 p 8\n"
	    "y W05 0 of 167 5 p 475\n"
	    "y W06 1 of 125 5 p 1000\n");
	write_weeks(&got, "", NULL, 0);
	assert_string_equal(buf_text(&got), "");
	buf_free(&got);
}

/* A case of January is forgotten twelve weeks later. */
static void
only_twelve_weeks_count(void **state)
{
	static const char rows[] =
	    "2026-01-05\tC1\tcomplaint\tx\t\ta\t\t\n"
	    "2026-04-08\tC1\tcomplaint\tx\t\ta\t\t\n";
	struct buf got = { 0 };
	const char *at;
	int weeks = 0;

	(void)state;
	write_weeks(&got, rows, NULL, 1780000000);
	for (at = buf_text(&got); (at = strchr(at, '\n')) != NULL; at++)
		weeks++;
	assert_int_equal(weeks, 1 + SURGE_WEEKS + 1);
	assert_non_null(strstr(buf_text(&got), "a W14 0 of 8 1 p 1000\n"
	    "a W15 1 of 0 0 p 154\n"));
	buf_free(&got);
}

/* 2026-02-04, a Wednesday at noon: 02-02 to then are 2.5 days, the days from
 * 01-05 to 02-01 are 28.  Requests do not count, though the first case may
 * be one. */
static void
the_last_days_against_the_weeks_before(void **state)
{
	static const char rows[] =
	    "2026-01-05\tC1\trequest\tx\t\ta\t\t\n"
	    "2026-01-13\tC1\tcomplaint\tx\t\ta\t\t\n"
	    "2026-02-01T23:59:59Z\tC1\tcomplaint\tx\t\ta\t\t\n"
	    "2026-02-02\tC1\tcomplaint\tx\t\ta\t\t\n"
	    "2026-02-03\tC1\tcomplaint\tx\t\ta\t\t\n"
	    "2026-02-04\tC1\tcomplaint\tx\t\ta\t\t\n"
	    "2026-02-04\tC1\trequest\tx\t\tb\t\t\n"
	    "2026-02-05\tC1\tcomplaint\tx\t\tc\t\t\n"
	    "2026-01-31\tC1\tcomplaint\tx\t\t\t\t\n";
	struct surge_how how = { .key = THREAD_TOPIC, .now = 1770206400 };
	struct made m;
	struct surge_now *s;
	size_t n;

	(void)state;
	made_begin(&m, rows, NULL, how.now);
	how.zone = &m.zone;
	s = surge_lately(&m.cases, m.threads, &how, date_days(2026, 2, 4), 3,
	    &n);
	assert_int_equal(n, 2);
	assert_int_equal(s[0].key.len, 0);
	assert_int_equal(s[0].n, 0);
	assert_int_equal(s[0].before, 1);
	assert_true(slice_is(s[1].key, "a"));
	assert_int_equal(s[1].n, 3);
	assert_int_equal(s[1].before, 2);
	assert_int_equal(s[1].days_before, 28);
	assert_int_equal(s[1].expected, 18); /* 2 * 2.5 / 28 */
	/* Twice that 3 of 5 or more, each by 2.5 / 30.5, fall into them. */
	assert_int_equal(s[1].p, 9704);
	free(s);
	/* There are no days before the first. */
	s = surge_lately(&m.cases, m.threads, &how, date_days(2026, 2, 4),
	    31, &n);
	assert_int_equal(n, 0);
	free(s);
	made_end(&m);
	made_begin(&m, "", NULL, how.now);
	s = surge_lately(&m.cases, m.threads, &how, date_days(2026, 2, 4), 7,
	    &n);
	assert_int_equal(n, 0);
	free(s);
	made_end(&m);
}

/* --- history ------------------------------------------------------------- */

/* One case in 300 days from 2026-01-01 on, solved before long. */
static void
random_case(struct buf *to, unsigned ref, uint64_t *seed)
{
	int32_t day = date_days(2026, 1, 1) +
	    (int32_t)check_random(seed, 300);
	char text[DATE_TEXT];

	buf_fmt(to, "%s\tC1\t%s\t\tK%u\tt%u\t\t\n", date_text(text, day),
	    check_random(seed, 4) > 0 ? "complaint" : "request", ref,
	    check_random(seed, 3));
	day += (int32_t)check_random(seed, 9);
	if (check_random(seed, 20) > 0)
		buf_fmt(to, "%s\tC1\tsolve\t\tK%u\t\t\t\n",
		    date_text(text, day), ref);
}

static void
random_cases(struct buf *to, uint64_t *seed)
{
	unsigned n = 1 + check_random(seed, 30);

	buf_clear(to);
	for (unsigned ref = 0; ref < n; ref++)
		random_case(to, ref, seed);
}

/* Complaints of a topic on the days [from, to). */
static int
complaints(const struct made *m, struct slice topic, int32_t from, int32_t to)
{
	int n = 0;

	for (size_t i = 0; i < m->cases.n; i++) {
		const struct thread_event *v = m->cases.at[i].opening;

		n += v->kind == KIND_COMPLAINT && v->day >= from &&
		    v->day < to && slice_eq(topic, thread_text(m->threads, v,
			THREAD_TOPIC));
	}
	return n;
}

static void
same_lately(const struct made *m, const struct cases *some, int32_t today,
    int32_t days)
{
	struct surge_how how = { THREAD_TOPIC, &m->zone,
		(today + 1) * DATE_DAY };
	struct surge_now *a, *b;
	size_t n, k;

	a = surge_lately(&m->cases, m->threads, &how, today, days, &n);
	b = surge_lately(some, m->threads, &how, today, days, &k);
	assert_int_equal(n, k);
	for (size_t i = 0; i < n; i++) {
		int32_t from = today + 1 - days;

		assert_true(slice_eq(a[i].key, b[i].key));
		assert_int_equal(a[i].n, complaints(m, a[i].key, from,
		    today + 1));
		assert_int_equal(a[i].before, complaints(m, a[i].key,
		    from - SURGE_WEEKS * 7, from));
		assert_int_equal(a[i].n, b[i].n);
		assert_int_equal(a[i].before, b[i].before);
		assert_int_equal(a[i].days_before, b[i].days_before);
		assert_int_equal(a[i].p, b[i].p);
	}
	free(a);
	free(b);
}

static void
what_was_over_before_does_not_matter(void **state)
{
	struct buf rows = { 0 };
	size_t left_out = 0;
	uint64_t seed = 5;

	(void)state;
	for (int round = 0; round < 20; round++) {
		struct cases_terms terms;
		struct made m;

		random_cases(&rows, &seed);
		made_begin(&m, buf_text(&rows), NULL, INT64_MAX);
		terms = m.cases.ground.terms;
		for (int32_t days = 1; days < 60; days += 7) {
			int32_t today = date_days(2026, 10, 20 - round);
			struct cases some;

			terms.since = surge_since(&m.zone, today, days);
			cases_make(&some, m.threads, &terms);
			left_out += m.cases.n - some.n;
			same_lately(&m, &some, today, days);
			cases_free(&some);
		}
		made_end(&m);
	}
	assert_true(left_out > 100);
	buf_free(&rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weeks_on_paper),
		cmocka_unit_test(only_twelve_weeks_count),
		cmocka_unit_test(the_last_days_against_the_weeks_before),
		cmocka_unit_test(what_was_over_before_does_not_matter),
	};

	return cmocka_run_group_tests_name("surge", tests, NULL, NULL);
}
