/*
 * foreign - dates and numbers as other programs write them.
 *
 * Floor 3 (crm).  Uses: base.
 *
 * 03/04/2026 is 3 April or March 4, and 1.863 is one or a thousand; which
 * of them shows in other values of the same column, or must be said.  So a
 * column is read twice: first every value is learned, then the doubt is
 * settled, then every value is read in the one way that is left.
 */
#ifndef CRM_FOREIGN_H
#define CRM_FOREIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* How a column is to be read.  0: as its values show. */
enum foreign_way {
	FOREIGN_FIND,
	FOREIGN_DMY, FOREIGN_MDY, FOREIGN_YMD, /* order of a date */
	FOREIGN_COMMA, FOREIGN_POINT,          /* what decimals begin with */
};

/*
 * The way that a word says: one of dmy, mdy, ymd where `first` is
 * FOREIGN_DMY, of comma, point where it is FOREIGN_COMMA.  NULL, or what is
 * wrong: "not dmy, mdy or ymd", "not comma or point".
 */
const char *foreign_way_of(struct slice word, enum foreign_way first,
    enum foreign_way *way);

#define FOREIGN_NONE INT32_MIN

/* A day, and if it was written the time of that day and its offset. */
struct foreign_time {
	int year, month, day; /* year 0: a day of every year (birthdays) */
	int32_t second;       /* of the day, or FOREIGN_NONE */
	int32_t offset;       /* seconds to add to UTC, or FOREIGN_NONE */
};

/*
 * Read a date, with or without a time: `4.7.1996`, `7/4/1996`,
 * `1996-07-04`, `19960704`, `--07-04`, and behind it `T`, `,` or a blank
 * `13:05[:09[.5]] [AM|PM] [Z|UTC|GMT|+02:00|+0200]`.  Four digits in front
 * are a year, whatever the way; points mean day, month, year unless a way is
 * given; slashes and hyphens go by the way.  NULL, or what is wrong: "not a
 * date", "a year of two digits".
 */
const char *foreign_date(struct slice s, enum foreign_way way,
    struct foreign_time *t);

/*
 * Read a number such as `1.863,40`, `1,863.40`, `1'863.40`, `1 863,40`,
 * `-5`, `12,50-` and add it plainly to *to (`1863.40`).  Groups have three
 * digits.  NULL, or what is wrong: "not a number with a decimal comma" ...
 */
const char *foreign_number(struct slice s, enum foreign_way way,
    struct buf *to);

/* What the values of a column leave open; zeroed, nothing is known. */
struct foreign_doubt {
	uint64_t first, second; /* lines that can be read one way only */
	uint64_t open;          /* first line that can be read both ways */
	struct buf text;        /* what stands there */
};

/* Learn from a value at a line. */
void foreign_learn_date(struct foreign_doubt *d, struct slice s,
    uint64_t line);
void foreign_learn_number(struct foreign_doubt *d, struct slice s,
    uint64_t line);

/*
 * What the column says of two ways, `first` (FOREIGN_DMY, FOREIGN_COMMA)
 * and the one behind it: one of them, the first where it makes no
 * difference, or FOREIGN_FIND where values are missing that decide
 * (d->open) or contradict each other (d->first and d->second).
 */
enum foreign_way foreign_settle(const struct foreign_doubt *d,
    enum foreign_way first);

#endif
