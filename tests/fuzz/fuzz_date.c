/*
 * fuzz_date - any bytes as a day, a time, a period and a number: what is
 * read, written out again, reads the same.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/rule.h"
#include "crm/period.h"

static void
days_and_times(struct slice s)
{
	char text[DATE_TEXT];
	int32_t day, day2;
	int64_t time, time2;

	if (date_parse(s, &day)) {
		assert(slice_is(s, date_text(text, day)));
		assert(day >= DATE_FIRST && day <= DATE_LAST);
	}
	if (date_parse_time(s, &time)) {
		day2 = date_utc_day(time);
		if (day2 < DATE_FIRST || day2 > DATE_LAST)
			return; /* an offset may lead out of the calendar */
		assert(date_parse_time(slice_of(date_time_text(text, time)),
		    &time2));
		assert(time == time2);
	}
}

/* A rule that is read gives a time of change in every year. */
static void
zones(struct slice s)
{
	struct rule rule;

	if (!rule_parse(&rule, s) || !rule.changes)
		return;
	for (int year = 1900; year < 10000; year += 1013) {
		rule_time(&rule.on, year, rule.standard);
		rule_time(&rule.off, year, rule.summer);
	}
}

static void
periods(const char *text)
{
	char name[PERIOD_TEXT];
	struct period p, q;
	struct err e = { 0 };

	if (!period_parse(&p, text, 20778, &e)) {
		assert(e.status == CRM_USAGE);
		return;
	}
	assert(p.first == DATE_NONE || p.last == DATE_NONE ||
	    p.first <= p.last);
	if (p.first == DATE_NONE && p.last == DATE_NONE)
		return;
	assert(period_parse(&q, period_name(name, p), 20778, &e));
	assert(p.first == q.first && p.last == q.last);
}

static void
numbers(struct slice s)
{
	char text[NUM_TEXT];
	int64_t v, w;

	if (num_signed(s, &v) == NULL) {
		assert(num_signed(slice_of(num_text(text, v, 4)), &w) == NULL);
		assert(v == w);
	}
	if (num_int(s, INT64_MIN, INT64_MAX, &v) == NULL)
		assert(slice_is(s, num_text(text, v, 0)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice s = { (const char *)data, size };
	char *text = mem_text(s.at, size);

	days_and_times(s);
	zones(s);
	periods(text);
	numbers(s);
	free(text);
	return 0;
}
