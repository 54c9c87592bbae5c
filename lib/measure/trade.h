/*
 * trade - what customers bought in a period and in the one before it, and
 * where they stood at the end of each.
 *
 * Floor 4 (measure).  Uses: base, crm.
 *
 * A measure, the part of crm-stat that compares two periods in one pass.
 */
#ifndef CRM_TRADE_H
#define CRM_TRADE_H

#include "crm/journal.h"

enum { TRADE_BEFORE, TRADE_NOW, TRADE_SIDES };

struct trade; /* a state; its size is in trade_measure */

/* `how`: the two periods, one after the other or overlapping, and the one
 * before both. */
struct trade_how {
	struct window window[TRADE_SIDES];
	struct window earlier;
};

extern const struct measure trade_measure;

/* One customer on one side. */
struct trade_row {
	int64_t orders, revenue, refunds; /* inside the window; money in
	                                     ten-thousandths */
	int32_t first_ever, last_ever; /* order days before its end, or
	                                  DATE_NONE */
	int64_t state_time;            /* up to its end; INT64_MIN if none */
	uint8_t state;                 /* KIND_DEAL ..., or KIND_NONE */
	bool earlier; /* ordered in the period before this one, too */
};

/* Has he sales in one of the three periods, or a state?  Else there are order
 * days only.  Who asks this of one after the other finds more of the next
 * fetched ahead. */
bool trade_moved(const struct trade *s, uint32_t who);

/* His order days before the end of each side, or DATE_NONE. */
struct trade_days {
	int32_t first[TRADE_SIDES], last[TRADE_SIDES];
};
const struct trade_days *trade_days(const struct trade *s, uint32_t who);

/* Of customer number `who` of the run's people. */
struct trade_row trade_row(const struct trade *s, uint32_t who, int side);

#endif
