/*
 * rule - POSIX rules of time zones: `CET-1CEST,M3.5.0,M10.5.0/3`.
 *
 * Floor 1 (base).  Uses: date, slice.  Part of zone, which is what others
 * use.
 */
#ifndef CRM_RULE_H
#define CRM_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* The day and time of a change. */
struct rule_day {
	char how;             /* M, J, or 0 for days counted from 0 */
	int month, week, day; /* day is a weekday, Sunday 0, with M */
	int second;           /* local time of the change */
};

struct rule {
	int32_t standard, summer; /* seconds to add to UTC */
	bool changes;             /* is there a summer time? */
	struct rule_day on, off;  /* when it begins and ends */
};

/* Read a rule.  False where it is none; a summer time must say when it
 * begins and ends. */
bool rule_parse(struct rule *rule, struct slice words);

/* The UTC time of a change in a year, with the offset in force before. */
int64_t rule_time(const struct rule_day *d, int year, int32_t offset);

#endif
