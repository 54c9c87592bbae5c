/*
 * head - the header line of a table: columns by name.
 *
 * Floor 2 (table).  Uses: base, wash.
 */
#ifndef CRM_HEAD_H
#define CRM_HEAD_H

#include <stdbool.h>

#include "base/err.h"

enum { HEAD_COLUMNS = 16384 }; /* at most; as in a spreadsheet */

struct head {
	struct slice line;    /* the whole header line; owned */
	struct slice *column; /* names, into line; owned array */
	size_t cols;
};

/*
 * Take a header line apart and check it: names not empty, without blanks,
 * none twice, UTF-8, HEAD_COLUMNS at most.  The line is copied.  Messages
 * have the form `name:1: duplicate column: "id"`.
 */
bool head_parse(struct head *h, struct slice line, const char *name,
    struct err *e);

/* Index of a column, or -1. */
int head_find(const struct head *h, const char *column);

/* The same for a name that is a slice. */
int head_find_slice(const struct head *h, struct slice column);

/* Index of a column that must be there: `name:1: missing column: "id"`. */
bool head_need(const struct head *h, const char *name, const char *column,
    int *at, struct err *e);

void head_free(struct head *h);

#endif
