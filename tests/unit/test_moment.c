/* moment - times as people write them, in a zone with a gap and an overlap. */
#include "check.h"

#include "crm/moment.h"

static void
moments_are_read_in_the_zone(void **state)
{
	/* UTC by GNU date -u, `TZ=Europe/Berlin date -u -d ...`. */
	static const struct {
		const char *text;
		enum moment_fit fit;
		const char *utc;
	} cases[] = {
		{ "2026-11-21", MOMENT_GOOD, "2026-11-20T23:00:00Z" },
		{ "2026-07-01", MOMENT_GOOD, "2026-06-30T22:00:00Z" },
		{ "2026-07-01T12:00", MOMENT_GOOD, "2026-07-01T10:00:00Z" },
		{ "2026-07-01 12:00:30", MOMENT_GOOD, "2026-07-01T10:00:30Z" },
		{ "2026-07-01T12:00:60", MOMENT_GOOD, "2026-07-01T10:00:59Z" },
		{ "2026-07-01T12:00:00Z", MOMENT_GOOD, "2026-07-01T12:00:00Z" },
		{ "2026-07-01T12:00:00+05:30", MOMENT_GOOD,
		    "2026-07-01T06:30:00Z" },
		{ "2026-07-01T12:00:00.25Z", MOMENT_GOOD,
		    "2026-07-01T12:00:00Z" },
		{ "2026-10-25T02:30+01:00", MOMENT_GOOD,
		    "2026-10-25T01:30:00Z" },
		{ "2026-10-25 02:30Z", MOMENT_GOOD, "2026-10-25T02:30:00Z" },
		{ "2026-10-25 02:30:10-02:00", MOMENT_GOOD,
		    "2026-10-25T04:30:10Z" },
		{ "2026-10-25T02:30.5Z", MOMENT_BAD, NULL },
		{ "2026-10-25T02:30:Z", MOMENT_BAD, NULL },
		{ "2026-10-25T02:30Z ", MOMENT_BAD, NULL },
		{ "2026-10-25T2:30Z", MOMENT_BAD, NULL },
		{ "2026-03-29T01:59:59", MOMENT_GOOD, "2026-03-29T00:59:59Z" },
		{ "2026-03-29T02:00", MOMENT_GAP, NULL },
		{ "2026-03-29T02:59:59", MOMENT_GAP, NULL },
		{ "2026-03-29T03:00", MOMENT_GOOD, "2026-03-29T01:00:00Z" },
		{ "2026-10-25T01:59", MOMENT_GOOD, "2026-10-24T23:59:00Z" },
		{ "2026-10-25T02:00", MOMENT_TWICE, "2026-10-25T00:00:00Z" },
		{ "2026-10-25T03:00", MOMENT_GOOD, "2026-10-25T02:00:00Z" },
		{ "1900-01-01", MOMENT_GOOD, "1900-01-01T00:00:00Z" },
		{ "1900-01-01T01:00", MOMENT_GOOD, "1900-01-01T00:00:00Z" },
		{ "1900-01-01T00:59:59", MOMENT_BAD, NULL },
		{ "9999-12-31T23:59:59", MOMENT_GOOD, "9999-12-31T22:59:59Z" },
		{ "9999-12-31T22:59:59Z", MOMENT_GOOD, "9999-12-31T22:59:59Z" },
		{ "9999-12-31T23:00:00Z", MOMENT_BAD, NULL },
		{ "", MOMENT_BAD, NULL },
		{ "now", MOMENT_BAD, NULL },
		{ "2026-02-30", MOMENT_BAD, NULL },
		{ "2026-02-30T10:00", MOMENT_BAD, NULL },
		{ "2026-07-01T24:00", MOMENT_BAD, NULL },
		{ "2026-07-01T12:60", MOMENT_BAD, NULL },
		{ "2026-07-01T12:00:61", MOMENT_BAD, NULL },
		{ "2026-07-01T12:0", MOMENT_BAD, NULL },
		{ "2026-07-01T12:00 ", MOMENT_BAD, NULL },
		{ "2026-07-01x12:00", MOMENT_BAD, NULL },
		{ "2026-07-01T12:00:00 x", MOMENT_BAD, NULL },
		{ "45987", MOMENT_BAD, NULL },
	};
	struct zone z;
	struct err e = { 0 };

	(void)state;
	assert_true(zone_load(&z, "CET-1CEST,M3.5.0,M10.5.0/3", &e));
	for (size_t i = 0; i < LEN(cases); i++) {
		char text[DATE_TEXT];
		int64_t time;

		assert_int_equal(moment_parse(slice_of(cases[i].text), &z,
		    &time), cases[i].fit);
		if (cases[i].utc != NULL)
			assert_string_equal(date_time_text(text, time),
			    cases[i].utc);
	}
	zone_free(&z);
}

/* West of UTC. */
static void
nothing_is_beyond_the_calendar(void **state)
{
	static const struct {
		const char *text;
		enum moment_fit fit;
	} cases[] = {
		{ "9999-12-31T18:59:59", MOMENT_GOOD },
		{ "9999-12-31T19:00", MOMENT_BAD },
		{ "1900-01-01", MOMENT_GOOD },
		{ "1900-01-01T05:00:00Z", MOMENT_GOOD },
		{ "1900-01-01T04:59:59Z", MOMENT_BAD },
	};
	struct zone z;
	struct err e = { 0 };
	int64_t time;

	(void)state;
	assert_true(zone_load(&z, "EST5", &e));
	for (size_t i = 0; i < LEN(cases); i++)
		assert_int_equal(moment_parse(slice_of(cases[i].text), &z,
		    &time), cases[i].fit);
	zone_free(&z);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moments_are_read_in_the_zone),
		cmocka_unit_test(nothing_is_beyond_the_calendar),
	};

	return cmocka_run_group_tests_name("moment", tests, NULL, NULL);
}
