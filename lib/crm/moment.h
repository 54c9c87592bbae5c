/*
 * moment - a time as a person writes it: a day, a local clock time, a UTC
 * time.
 *
 * Floor 3 (crm).  Uses: base.
 */
#ifndef CRM_MOMENT_H
#define CRM_MOMENT_H

#include "base/date.h"
#include "base/zone.h"

enum moment_fit { MOMENT_GOOD, MOMENT_TWICE, MOMENT_GAP, MOMENT_BAD };

/*
 * `2026-11-21` (as moment_of_day), `2026-11-21T20:21` or with a blank for
 * the T, with seconds or without (a clock time in the zone), or the same
 * with `Z` or an offset.  A clock time that occurs twice is MOMENT_TWICE and
 * the first; one that the clock skips is MOMENT_GAP.  What is beyond the
 * calendar, in UTC or in the zone, is MOMENT_BAD.
 */
enum moment_fit moment_parse(struct slice s, const struct zone *z,
    int64_t *time);

/* The first instant of a day, but none before the calendar begins in UTC. */
int64_t moment_of_day(const struct zone *z, int32_t day);

#endif
