/*
 * kinds - the kinds of events, in one table.
 *
 * Floor 3 (crm).  Uses: base.
 *
 * crm-log, the manual and the completions all come from this table; its
 * order is the order of events at equal times.
 */
#ifndef CRM_KINDS_H
#define CRM_KINDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

enum kind {
	KIND_IN, KIND_OUT, KIND_VISIT, KIND_WEB, KIND_NOTE, KIND_APOLOGY,
	KIND_THANKS, KIND_ORDER, KIND_REFUND, KIND_ITEM, KIND_COST, KIND_NPS,
	KIND_CSAT, KIND_CES, KIND_NEED, KIND_UNMET, KIND_COMPLAINT,
	KIND_REQUEST, KIND_ASSIGN, KIND_REPLY, KIND_SOLVE, KIND_REOPEN,
	KIND_DEAL, KIND_WON, KIND_LOST, KIND_SENT, KIND_RESPONSE,
	KIND_BOUNCE, KIND_ASK, KIND_CONFIRM, KIND_WITHDRAW, KIND_EARN,
	KIND_REDEEM, KIND_VOUCHER, KIND_TODO, KIND_DONE, KIND_CONTRACT,
	KIND_LEAVE, KIND_RETURN,
	KIND_OWN, /* x-...: a user's own kind */
	KINDS,
	KIND_NONE = 255, /* no such kind */
};

enum kind_value { VALUE_NONE, VALUE_MINUTES, VALUE_AMOUNT, VALUE_SCORE,
	VALUE_POINTS, VALUE_ANY };
enum kind_ref { REF_NONE, REF_FREE, REF_MADE, REF_NEEDED };
enum kind_family { FAMILY_NONE, FAMILY_ORDER, FAMILY_SURVEY, FAMILY_CASE,
	FAMILY_DEAL, FAMILY_CAMPAIGN, FAMILY_CONSENT, FAMILY_POINTS,
	FAMILY_TASK, FAMILY_CONTRACT };

struct kind_info {
	char name[12]; /* zeros behind it */
	enum kind_family family; /* threads are known by family and ref */
	bool customer;           /* must a customer be named? */
	enum kind_value value;   /* what the value is */
	bool value_needed;       /* must it be there? */
	int8_t min, max;         /* of a score */
	enum kind_ref ref;       /* none, free, made by crm-log, needed */
	bool topic_code;         /* topic is a code, not a free text */
	bool contact;            /* counts as a contact */
	const char *help;        /* one line, translatable */
};

/* The entry of a kind, 0 <= kind < KINDS. */
const struct kind_info *kind_info(enum kind kind);

/* The kind of a name (KIND_OWN for `x-` and at least one more byte), or
 * KIND_NONE. */
enum kind kind_of(struct slice name);

/*
 * Check the value of an event: NULL and *value in ten-thousandths
 * (INT64_MIN for empty), or what is wrong: "not a score from 0 to 10",
 * "missing", "not a number", "negative" ...  A kind that has no value takes any
 * number when it is read (crm-log refuses it when it is written).
 */
const char *kind_value(enum kind kind, struct slice field, int64_t *value);

/* The known kind nearest to a mistyped name; empty if none is near. */
struct slice kind_near(struct slice name);

#endif
