/* Time zones, checked against libc, which reads the same files. */
#include "check.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/zone.h"

static const char *const names[] = { "Europe/Berlin", "America/New_York",
	"Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca",
	"America/St_Johns", "Pacific/Apia", "Europe/Dublin", "UTC" };

#define FIRST (INT64_C(-25567) * DATE_DAY) /* 1900 */
#define LAST (INT64_C(193578) * DATE_DAY)  /* 2500 */

static struct zone
load(const char *name)
{
	struct err e = { 0 };
	struct zone z;

	assert_true(zone_load(&z, name, &e));
	assert_string_equal(z.name, name);
	assert_true(z.change[0].from == INT64_MIN);
	return z;
}

static void
agrees(const struct zone *z, int64_t t)
{
	time_t libc = (time_t)t;
	struct tm tm;

	localtime_r(&libc, &tm);
	if (zone_offset(z, t, NULL, NULL) != tm.tm_gmtoff)
		fail_msg("%s at %lld: %d, libc says %ld", z->name,
		    (long long)t, zone_offset(z, t, NULL, NULL),
		    tm.tm_gmtoff);
}

static void
offsets_agree_with_libc_to_the_year_2500(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(names); i++) {
		struct zone z = load(names[i]);

		setenv("TZ", names[i], 1);
		tzset();
		for (int64_t t = FIRST; t < LAST; t += 11 * 3600)
			agrees(&z, t);
		for (size_t j = 1; j < z.changes; j++)
			if (z.change[j].from > FIRST) {
				agrees(&z, z.change[j].from - 1);
				agrees(&z, z.change[j].from);
			}
		zone_free(&z);
	}
	setenv("TZ", "UTC", 1);
	tzset();
}

static void
days_begin_at_their_first_instant(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(names); i++) {
		struct zone z = load(names[i]);

		for (int32_t day = DATE_FIRST; day < 193578; day++) {
			int64_t t = zone_day_start(&z, day);

			if (zone_day(&z, t) < day ||
			    zone_day(&z, t - 1) >= day)
				fail_msg("%s: day %d", names[i], day);
		}
		zone_free(&z);
	}
}

static void
local_times_come_back(void **state)
{
	uint64_t seed = 9;

	(void)state;
	for (size_t i = 0; i < LEN(names); i++) {
		struct zone z = load(names[i]);

		for (int j = 0; j < 200000; j++) {
			int64_t t = FIRST + DATE_DAY +
			    (int64_t)check_random(&seed, 219000) * DATE_DAY +
			    check_random(&seed, 86400), back;
			int32_t offset = zone_offset(&z, t, NULL, NULL);
			int32_t day = zone_day(&z, t);
			enum zone_fit fit = zone_utc(&z, day,
			    (int32_t)(t + offset - day * DATE_DAY), &back);

			if (fit == ZONE_GAP || back > t ||
			    (fit == ZONE_ONCE && back != t))
				fail_msg("%s at %lld", names[i],
				    (long long)t);
		}
		zone_free(&z);
	}
}

static int64_t
at(const char *time)
{
	int64_t t;

	assert_true(date_parse_time(slice_of(time), &t));
	return t;
}

/* Known by heart: the nights in which clocks are changed. */
static void
gaps_and_overlaps_are_told(void **state)
{
	static const struct {
		const char *zone, *day;
		int second;
		enum zone_fit fit;
		const char *utc;
	} cases[] = {
		{ "Europe/Berlin", "2026-03-29", 7199, ZONE_ONCE,
		    "2026-03-29T00:59:59Z" },
		{ "Europe/Berlin", "2026-03-29", 9000, ZONE_GAP,
		    "2026-03-29T01:00:00Z" },
		{ "Europe/Berlin", "2026-03-29", 10800, ZONE_ONCE,
		    "2026-03-29T01:00:00Z" },
		{ "Europe/Berlin", "2026-10-25", 9000, ZONE_TWICE,
		    "2026-10-25T00:30:00Z" },
		{ "Europe/Berlin", "2126-07-01", 0, ZONE_ONCE,
		    "2126-06-30T22:00:00Z" },
		{ "Pacific/Apia", "2011-12-30", 0, ZONE_GAP,
		    "2011-12-30T10:00:00Z" },
		{ "Pacific/Apia", "2011-12-31", 0, ZONE_ONCE,
		    "2011-12-30T10:00:00Z" },
		{ "America/St_Johns", "2010-11-07", 0, ZONE_TWICE,
		    "2010-11-07T02:30:00Z" },
		{ "Australia/Lord_Howe", "2026-04-05", 6300, ZONE_TWICE,
		    "2026-04-04T14:45:00Z" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct zone z = load(cases[i].zone);
		char text[DATE_TEXT];
		int32_t day;
		int64_t t;

		assert_true(date_parse(slice_of(cases[i].day), &day));
		assert_int_equal(zone_utc(&z, day, cases[i].second, &t),
		    cases[i].fit);
		assert_string_equal(date_time_text(text, t), cases[i].utc);
		zone_free(&z);
	}
}

static void
ranges_say_how_long_an_offset_holds(void **state)
{
	struct zone z = load("Europe/Berlin");
	int64_t from, to;

	(void)state;
	assert_int_equal(zone_offset(&z, at("2026-07-01T00:00:00Z"), &from,
	    &to), 7200);
	assert_int_equal(from, at("2026-03-29T01:00:00Z"));
	assert_int_equal(to, at("2026-10-25T01:00:00Z"));
	zone_offset(&z, at("2600-07-01T00:00:00Z"), &from, &to);
	assert_true(to == INT64_MAX);
	zone_offset(&z, INT64_MIN, &from, &to);
	assert_true(from == INT64_MIN);
	zone_free(&z);
}

/* What POSIX words mean, against libc, which understands them too. */
static void
rules_are_read_without_a_file(void **state)
{
	static const char *const rules[] = { "CET-1CEST,M3.5.0,M10.5.0/3",
		"<+0545>-5:45", "EST5EDT,M3.2.0,M11.1.0",
		"AEST-10AEDT,M10.1.0,M4.1.0/3", "XYZ3ABC2:30,J60/0,J300/5",
		"XYZ3ABC,59,300/-1:30", "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1",
		"UTC0", "IST-1GMT0,M10.5.0,M3.5.0/1" };

	(void)state;
	for (size_t i = 0; i < LEN(rules); i++) {
		struct zone z = load(rules[i]);

		setenv("TZ", rules[i], 1);
		tzset();
		for (int64_t t = DATE_DAY * 365 * 3; t < LAST; t += 7 * 3600)
			agrees(&z, t);
		zone_free(&z);
	}
	setenv("TZ", "UTC", 1);
	tzset();
}

static void
unknown_zones_are_refused_not_taken_for_utc(void **state)
{
	static const char *const bad[] = { "Nonsense", "", "Europe",
		"Europe/Berlin/", "/usr/share/zoneinfo/UTC", "../zoneinfo/UTC",
		"Europe/../UTC", "zone.tab", "CETX", "CET-1CEST" };

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++) {
		struct err e = { 0 };
		struct zone z;
		char want[256];

		snprintf(want, sizeof want, "unknown time zone: \"%s\"",
		    bad[i]);
		if (zone_load(&z, bad[i], &e))
			fail_msg("%s", bad[i]);
		assert_int_equal(e.status, CRM_USAGE);
		assert_string_equal(e.text, want);
		zone_free(&z);
	}
}

/* Every cut and every turned byte of a zone file: refused or read, never a
 * crash, an endless loop or times out of order. */
static void
broken_files_do_no_harm(void **state)
{
	char dir[] = "/tmp/zone.XXXXXX", path[64], file[8192];
	FILE *f = fopen("/usr/share/zoneinfo/Australia/Lord_Howe", "r");
	size_t n, cuts = 0;
	uint64_t seed = 4;

	(void)state;
	assert_non_null(f);
	n = fread(file, 1, sizeof file, f);
	fclose(f);
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/Broken", dir);
	setenv("TZDIR", dir, 1);
	for (size_t i = 0; i < n + 3000; i++) {
		size_t len = i < n ? i : n, where = check_random(&seed,
		    (uint32_t)n);
		struct err e = { 0 };
		char was = file[where];
		struct zone z;

		if (i >= n)
			file[where] = (char)check_random(&seed, 256);
		f = fopen(path, "w");
		assert_int_equal(fwrite(file, 1, len, f), len);
		fclose(f);
		file[where] = was;
		cuts += zone_load(&z, "Broken", &e) && i < n;
		for (size_t j = 1; j < z.changes; j++)
			assert_true(z.change[j].from > z.change[j - 1].from);
		zone_free(&z);
	}
	assert_int_equal(cuts, 0);
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_false(zone_load(&(struct zone){ 0 }, "Broken",
	    &(struct err){ 0 }));
	unlink(path);
	rmdir(dir);
	unsetenv("TZDIR");
}

static void
utc_is_known_without_zone_files(void **state)
{
	struct zone z;

	(void)state;
	setenv("TZDIR", "/nonexistent", 1);
	z = load("UTC");
	assert_int_equal(zone_offset(&z, 0, NULL, NULL), 0);
	assert_int_equal(z.changes, 1);
	zone_free(&z);
	z = load("Etc/UTC");
	zone_free(&z);
	unsetenv("TZDIR");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(offsets_agree_with_libc_to_the_year_2500),
		cmocka_unit_test(days_begin_at_their_first_instant),
		cmocka_unit_test(local_times_come_back),
		cmocka_unit_test(gaps_and_overlaps_are_told),
		cmocka_unit_test(ranges_say_how_long_an_offset_holds),
		cmocka_unit_test(rules_are_read_without_a_file),
		cmocka_unit_test(unknown_zones_are_refused_not_taken_for_utc),
		cmocka_unit_test(broken_files_do_no_harm),
		cmocka_unit_test(utc_is_known_without_zone_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
