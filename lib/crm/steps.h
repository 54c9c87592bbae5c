/*
 * steps - the conversions of import rules: what happens to a value between
 * the source column and ours.
 *
 * Floor 3 (crm).  Uses: base, foreign, parts.
 *
 * A value is a list of parts: one per source column, more after `split`,
 * one after `join`.  Each conversion works on every part, or on the list.
 * The table of conversions is in crm-import(1).
 */
#ifndef CRM_STEPS_H
#define CRM_STEPS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/map.h"
#include "crm/foreign.h"
#include "crm/parts.h"

/* `text`, or `key=text` where the conversion takes pairs. */
struct step_arg {
	char *key, *text;
};

struct step_kind;

/* A conversion with its arguments. */
struct step {
	const struct step_kind *kind;
	struct step_arg *arg; /* owned */
	size_t args;
	enum foreign_way way; /* how to read dates and numbers */
	bool given;           /* the way was said, not found */
	struct foreign_doubt doubt;
	struct map ids; /* of `id`: what has come out ... */
	char **from;    /* ... and of what; owned */
	size_t cap;
};

/* The conversion of a name; or NULL, and *near gets the nearest known name,
 * empty if none is near. */
const struct step_kind *step_kind_of(struct slice name, struct slice *near);

bool step_pairs(const struct step_kind *k); /* does it take pairs? */

/* Are the arguments fit?  NULL, or words; sets s->way where they say it. */
const char *step_check(struct step *s);

/* The first of the two ways it must know of, FOREIGN_DMY or FOREIGN_COMMA;
 * FOREIGN_FIND if none. */
enum foreign_way step_doubts(const struct step *s);

/* Can it make something of nothing? */
bool step_fills(const struct step *s);

/* False: p->why says what is wrong, or is NULL where, learning, nothing
 * more can be known of the value. */
bool step_do(struct step *s, struct parts *p);

void step_free(struct step *s);

#endif
