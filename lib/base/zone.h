/*
 * zone - time zones of the tz database: UTC times to local days and back.
 *
 * Floor 1 (base).  Uses: buf, date, err, mem, rule, sort, tr.
 *
 * A zone is read once from the system's zoneinfo files (RFC 9636, version
 * 2 and later, with the POSIX rule for times after the last transition),
 * or from a POSIX rule itself (`CET-1CEST,M3.5.0,M10.5.0/3`).  It is then
 * only read, so threads may share it.  libc's TZ machinery is not used: it
 * takes a wrong name for UTC without a word.
 */
#ifndef CRM_ZONE_H
#define CRM_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct zone {
	char *name;
	struct zone_change {
		int64_t from;   /* UTC time at which it begins; first, for
		                   sort_first */
		int32_t offset; /* seconds to add to UTC */
	} *change;      /* rising; change[0].from is INT64_MIN */
	size_t changes; /* at least 1 */
};

/*
 * Read zone `name` ("Europe/Berlin", "UTC", a POSIX rule).  False with
 * CRM_USAGE and `unknown time zone: "Nonsense"`.  Names with ".." or a
 * leading "/" are unknown.  The rule after the last transition is written
 * out into changes up to the year 2500; the last goes on after that.
 */
bool zone_load(struct zone *z, const char *name, struct err *e);
void zone_free(struct zone *z);

/* The offset at UTC time t, by binary search; *from and *to, unless NULL,
 * get the half-open range of times for which it holds. */
int32_t zone_offset(const struct zone *z, int64_t t, int64_t *from,
    int64_t *to);

/* The local day of UTC time t. */
int32_t zone_day(const struct zone *z, int64_t t);

/*
 * The UTC time at which a local day begins (its first instant: where
 * midnight is skipped, the first that exists).
 */
int64_t zone_day_start(const struct zone *z, int32_t day);

/*
 * UTC time of a local clock time (day, second of that day).  In a gap of
 * the clock returns ZONE_GAP and *t is the instant of the change; where it
 * occurs twice ZONE_TWICE and *t is the first.
 */
enum zone_fit { ZONE_ONCE, ZONE_TWICE, ZONE_GAP };
enum zone_fit zone_utc(const struct zone *z, int32_t day, int32_t second,
    int64_t *t);

#endif
