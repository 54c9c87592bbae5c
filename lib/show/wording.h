/*
 * wording - what the sections and figures of the report are called.
 *
 * Floor 4 (show).  Uses: base, crm/figure.
 *
 * Words come as they are in the source, but for wording_label and
 * wording_count, which translate.
 */
#ifndef CRM_WORDING_H
#define CRM_WORDING_H

#include <stddef.h>

#include "crm/figure.h"

/* What the rows of a section are: figures that have words of their own
 * (counts and amounts of nothing left out, or not); a list whose rows are
 * named by the data, and what their n counts; or notes (figure.h). */
enum wording_rows { WORDING_OURS, WORDING_OURS_BUT_ZEROS, WORDING_LISTED,
	WORDING_LISTED_ORDERS, WORDING_LISTED_ANSWERS,
	WORDING_LISTED_TONES, WORDING_NOTES };

struct wording {
	const char *key, *heading;
	const char *none; /* what it says where there is nothing to tell, or
	                     NULL: then it is left out */
	enum wording_rows rows;
};

/* The sections in their order; NULL behind the last. */
const struct wording *wording_at(size_t i);

/* The section of this key; NULL if people are not told of it. */
const struct wording *wording_of(const char *key);

/* Is it a list?  No where s is NULL. */
bool wording_listed(const struct wording *s);

/* What a figure is called, or NULL where the data name it. */
const char *wording_label(const struct figure *f);

/* `%lld orders`, for n of what the rows of a list count; NULL if they count
 * nothing. */
const char *wording_count(const struct wording *s, unsigned long n);

#endif
