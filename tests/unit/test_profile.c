#include "check.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/date.h"
#include "measure/profile.h"

/* What a column is like, as text. */
static const char *
told(char *to, size_t room, const char *name, const char *const *field,
    size_t n)
{
	struct slice s[16];
	struct profile p;
	int at;

	for (size_t i = 0; i < n; i++)
		s[i] = slice_of(field[i]);
	profile_column(&p, slice_of(name), s, n, date_days(2026, 3, 1));
	at = snprintf(to, room, "%d known %lld", (int)p.shape,
	    (long long)p.known);
	for (size_t i = 0; i < p.values; i++)
		at += snprintf(to + at, room - (size_t)at, " %.*s %lld",
		    (int)p.value[i].name.len, p.value[i].name.at,
		    (long long)p.value[i].n);
	if (p.shape >= PROFILE_NUMBERS)
		snprintf(to + at, room - (size_t)at, " %lld %lld %lld",
		    (long long)p.low, (long long)p.median, (long long)p.high);
	profile_free(&p);
	return to;
}

#define TOLD(name, ...) told(text, sizeof text, name, \
	(const char *const[]){ __VA_ARGS__ }, \
	LEN(((const char *const[]){ __VA_ARGS__ })))

static void
values_are_counted_the_most_frequent_first(void **state)
{
	char text[256];

	(void)state;
	assert_string_equal(TOLD("city", "Linz", "Graz", "", "Graz", "Wels",
	    "Ybbs", "Wels"), "1 known 6 Graz 2 Wels 2 Linz 1 Ybbs 1");
	assert_string_equal(TOLD("postcode", "01067", "1010", "1010"),
	    "1 known 3 1010 2 01067 1");
	assert_string_equal(TOLD("city", "", ""), "1 known 0");
}

static void
values_that_are_all_different_are_only_known(void **state)
{
	char text[256];

	(void)state;
	assert_string_equal(TOLD("city", "Linz", "Graz", "Wels"),
	    "0 known 3");
	assert_string_equal(TOLD("city", "Linz", "Graz", ""),
	    "1 known 2 Graz 1 Linz 1");
	assert_string_equal(TOLD("email", "a@b.example", "a@b.example"),
	    "0 known 2");
}

/* Twice as many words take twice the time, not four times. */
static void
a_list_may_be_long(void **state)
{
	enum { WORDS = 100000 };
	struct buf list = { 0 };
	struct profile p;
	struct slice field;

	(void)state;
	for (int i = 0; i < WORDS; i++)
		buf_fmt(&list, "%d,%d,", i, i / 2);
	field = buf_all(&list);
	profile_column(&p, slice_of("tags"), &field, 1, 0);
	assert_int_equal(p.values, WORDS);
	assert_int_equal(profile_count(&p, slice_of("77")), 1);
	profile_free(&p);
	buf_free(&list);
}

static void
words_of_a_list_count_once_each(void **state)
{
	char text[256];

	(void)state;
	assert_string_equal(TOLD("tags", "key,vip", "vip, key, vip", "",
	    "vip,,"), "2 known 3 vip 3 key 2");
	assert_string_equal(TOLD("source", "referral:C1", "fair",
	    "referral:C2"), "3 known 3 referral 2 fair 1");
}

/* Quartiles by hand: nearest ranks, the median the mean of the middle. */
static void
numbers_have_quartiles(void **state)
{
	char text[256];

	(void)state;
	assert_string_equal(TOLD("orders", "4", "1", "3", "2"),
	    "4 known 4 10000 25000 30000");
	assert_string_equal(TOLD("net", "-5", "", "10.5", "7"),
	    "4 known 3 -50000 70000 105000");
	assert_string_equal(TOLD("net", "9"), "4 known 1 90000 90000 90000");
	/* sums beyond 10^14, the sum of which has no room in 64 bits */
	assert_string_equal(TOLD("net", "900000000000000",
	    "-100000000000000.5", "900000000000001"),
	    "4 known 3 -1000000000000005000 9000000000000000000 "
	    "9000000000000010000");
	assert_string_equal(TOLD("net", "900000000000000", "0.0001",
	    "900000000000000.0001", "900000000000000"),
	    "4 known 4 1 9000000000000000000 9000000000000000000");
	assert_string_equal(TOLD("rfm", "111", "111", "555"),
	    "1 known 3 111 2 555 1");
}

static void
days_and_ages_have_quartiles(void **state)
{
	char text[256], want[64];

	(void)state;
	snprintf(want, sizeof want, "5 known 2 %d %d %d",
	    date_days(2026, 1, 1), date_days(2026, 1, 1),
	    date_days(2026, 2, 1));
	assert_string_equal(TOLD("last_order", "2026-02-01", "2026-01-01"),
	    want);
	/* today is 2026-03-01: 30 years, 29 on the next day; no year, or
	 * not yet born: unknown */
	assert_string_equal(TOLD("birthday", "1996-02-29", "1996-03-02",
	    "--03-01", "2027-01-01", "1996-03-01"), "6 known 3 29 30 30");
}

static void
a_value_is_found_by_its_name(void **state)
{
	struct slice s[] = { { "a", 1 }, { "b", 1 }, { "a", 1 } };
	struct profile p;

	(void)state;
	profile_column(&p, slice_of("city"), s, LEN(s), 0);
	assert_int_equal(profile_count(&p, slice_of("a")), 2);
	assert_int_equal(profile_count(&p, slice_of("c")), 0);
	profile_free(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_counted_the_most_frequent_first),
		cmocka_unit_test(
		    values_that_are_all_different_are_only_known),
		cmocka_unit_test(a_list_may_be_long),
		cmocka_unit_test(words_of_a_list_count_once_each),
		cmocka_unit_test(numbers_have_quartiles),
		cmocka_unit_test(days_and_ages_have_quartiles),
		cmocka_unit_test(a_value_is_found_by_its_name),
	};

	return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
