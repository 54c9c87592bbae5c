/*
 * like - text found anywhere in a field, whatever its case.
 *
 * Floor 2 (table).  Uses: base; regex of libc.
 *
 * A pattern is a POSIX extended regular expression over case-folded text;
 * without special characters it is plain text, which is much faster.  The
 * dot and brackets mean whole characters: "m.ller" finds "Müller".  No
 * locale has a say.  Not taken: back references, equivalence classes of
 * letters beyond ASCII, ranges of them in brackets, patterns over LIKE_BYTES,
 * groups deeper than LIKE_DEPTH, and what with its repetitions written out
 * has more than about LIKE_SIZE elements, or repeats too often what may be
 * empty: libc would be at work on `^a*+++++` for hours.
 *
 * libc looks for a pattern from each byte on, which for one with `*` or `+` in
 * a long field that does not have it may take the square of its length: such
 * is looked for in LIKE_LONG bytes and more from the first one only, behind
 * any bytes.
 *
 * A pattern is only read by like_found, so threads may share it (where it
 * is no plain text libc lets one of them look at a time).
 */
#ifndef CRM_LIKE_H
#define CRM_LIKE_H

#include <regex.h>
#include <stdbool.h>

#include "base/buf.h"

enum {
	LIKE_BYTES = 1000, LIKE_DEPTH = 30, LIKE_SIZE = 3000,
	LIKE_LONG = 2048,
};

/* A zeroed struct is plain text of no bytes, which is found everywhere. */
struct like {
	struct buf plain; /* folded; what to find, unless regex is used */
	bool ascii;       /* plain has only ASCII */
	bool is_regex;
	regex_t regex;
	char *behind; /* the same behind any bytes; NULL: not to be used */
};

/* Take a text to be found as it is.  False where it is not UTF-8. */
bool like_text(struct like *l, struct slice text);

/* Take a pattern.  NULL, or what is wrong with it as words. */
const char *like_pattern(struct like *l, struct slice pattern);

/* Is it in this field (which comes with its escapes)? */
bool like_found(const struct like *l, struct slice field);

void like_free(struct like *l);

#endif
