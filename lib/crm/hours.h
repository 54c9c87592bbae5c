/*
 * hours - the hours in which a business works, and time counted in them.
 *
 * Floor 3 (crm).  Uses: base.
 *
 * Business hours are ranges of the local clock on some days of the week,
 * without holidays.  Seconds are real ones: a day on which the clock is put
 * forward at night lasts as long as any other, and one that is open from
 * 0:00 to 24:00 is an hour shorter then.  Without business hours all hours
 * count.
 */
#ifndef CRM_HOURS_H
#define CRM_HOURS_H

#include "base/slice.h"
#include "base/zone.h"

enum { HOURS_RANGES = 8 };

struct hours {
	const struct zone *zone; /* set by the caller */

	/* private; what the parts of hours_... have found */
	bool week[7];            /* from Monday on: are they open? */
	size_t ranges;           /* 0: all hours of all days */
	struct hours_range {
		int32_t from, to; /* seconds of the local day */
	} range[HOURS_RANGES];   /* rising, none reaches into the next */
	bool yearly[12][31];     /* holidays of every year */
	int32_t *holiday;        /* others; rising; owned */
	size_t holidays, cap;
	int32_t first;           /* hours_span: the first day of ... */
	size_t days;
	int64_t *before;         /* ... business seconds from it on until
	                            the day begins; owned */
};

/*
 * Parse the three settings, each into a struct that is zeroed at first.
 * NULL, or what is wrong: a phrase for a message.
 *
 * Days: `mon-fri`, `mon,wed-thu`, `sun-thu`.  Ranges: `9-17`,
 * `9:00-12:30,13:15-24:00`; empty is all hours.  Holidays:
 * `2026-12-24,--12-25`, the second form for every year; empty is none.
 * Blanks around commas are passed over.
 */
const char *hours_days(struct hours *h, struct slice words);
const char *hours_ranges(struct hours *h, struct slice words);
const char *hours_holidays(struct hours *h, struct slice words);

void hours_free(struct hours *h);

/*
 * Business seconds from one UTC time to another; negative where `to` comes
 * first.  Takes time with the days between, unless hours_span has been
 * called.
 */
int64_t hours_between(const struct hours *h, int64_t from, int64_t to);

/*
 * The first moment at which `seconds` (0 or more) of business time have
 * passed since `from`; that is `from` itself for 0.  Where they do not in the
 * calendar it is the end of its last day, or the last second of that in UTC,
 * whichever is earlier: a time that can be written.
 */
int64_t hours_after(const struct hours *h, int64_t from, int64_t seconds);

/* Count the days from one to another beforehand, both included, so that
 * the above need no walk within them. */
void hours_span(struct hours *h, int32_t first, int32_t last);

/* Is a moment in business hours? */
bool hours_open(const struct hours *h, int64_t time);

#endif
