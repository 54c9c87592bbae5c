/*
 * period - words for stretches of days, and the day, week, month, quarter
 * or year that a day is in.
 *
 * Floor 3 (crm).  Uses: base.  No clock: the caller says what today is.
 */
#ifndef CRM_PERIOD_H
#define CRM_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"

enum period_unit { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER,
	PERIOD_YEAR, PERIOD_UNITS };

/* Days from first to last, both within; DATE_NONE is open on that side. */
struct period {
	int32_t first, last;
	enum period_unit unit; /* what it is one of; PERIOD_UNITS if none */
};

/*
 * `2026`, `2026-Q4`, `2026-11`, `2026-W47`, `2026-11-21`, `today`,
 * `yesterday`, `this-week`, `last-week`, `this-month`, `last-month`,
 * `this-quarter`, `last-quarter`, `this-year`, `last-year`, `30d` (the 30
 * days that end today), `4w`, `6m`, `A..B`, `A..`, `..B` where A and B are
 * any of these.  False with CRM_USAGE: `not a period (2026,
 * ...): "2026-13"`.
 */
bool period_parse(struct period *p, const char *text, int32_t today,
    struct err *e);

/* A day for --as-of: `YYYY-MM-DD`, `today`, `yesterday`. */
bool period_day(int32_t *day, const char *text, int32_t today,
    struct err *e);

/* The period of the same length just before p (the month before a month,
 * else as many days).  p must have both ends. */
struct period period_before(struct period p);

/* `day`, `week`, `month`, `quarter`, `year`; PERIOD_UNITS if none. */
enum period_unit period_unit_of(struct slice word);

/* The unit that a day is in, as --by writes it: `2026-11-21`, `2026-W47`,
 * `2026-11`, `2026-Q4`, `2026`.  Returns `to`. */
const char *period_text(char to[static DATE_TEXT], int32_t day,
    enum period_unit unit);

/* p as a word where it is one, else `A..B`. */
enum { PERIOD_TEXT = 2 * DATE_TEXT };
const char *period_name(char to[static PERIOD_TEXT], struct period p);

#endif
