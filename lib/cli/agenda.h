/*
 * agenda - what is to be done for customers: gathered from the store, and
 * the tables of crm-due.
 *
 * Floor 5 (cli).  Uses: base, crm/group, measure/due, show/pen, classes,
 * grouping.
 */
#ifndef CRM_AGENDA_H
#define CRM_AGENDA_H

#include "cli/classes.h"
#include "measure/due.h"

/* The columns of the customers that are looked at: to gather, and to write
 * rows, not groups. */
#define AGENDA_COLUMNS (CLASSES_COLUMNS | CUSTOMER_BIT(OWNER) | \
    CUSTOMER_BIT(BIRTHDAY) | CUSTOMER_BIT(CREATED))
#define AGENDA_SHOWN (CUSTOMER_NAMES | CUSTOMER_BIT(PHONE) | \
    CUSTOMER_BIT(EMAIL))

/*
 * What to gather from: a run of the journal without -c (the class of a
 * customer is that among all), with marks where there is -w.
 */
struct agenda_source {
	const struct map *people;
	const struct stat *ever; /* settled, of all up to the as-of ... */
	const struct classes *classes; /* ... which are found in it */
	const struct due_terms *terms; /* those of the run */
};

enum { AGENDA_DAYS = 7 }; /* ahead, unless somebody says how many */

/* What is due in the period of -p or, without one, now and in the next
 * days; `how` of due_measure. */
struct due_terms agenda_terms(const struct cli *c, int32_t days);

struct agenda {
	struct due_list list;

	/* private */
	struct due_people people;
	const struct due_terms *terms;
};

/*
 * What is known of each, and what is due without any event: of the source only
 * the people and the terms are needed behind that.  Ends the command with
 * status 3 where a customer's birthday or `created` is no day.
 */
void agenda_gather(struct agenda *a, struct cli *c,
    const struct agenda_source *from);

/* Then all that is due by the settings of the store, of the customers that
 * -c lets through, of whom none is released, blocked or gone. */
void agenda_make(struct agenda *a, struct due *due);

/* The same of one customer, of whom all else is known: the run may be one of
 * a story_table of his. */
struct agenda_one {
	struct slice id;
	const struct segment_class *of;  /* among all; both of all up to ... */
	const struct stat_row *ever;     /* ... the as-of */
	const struct map *people;
	struct due *due;
	const struct due_terms *terms;
};
void agenda_make_one(struct agenda *a, struct cli *c,
    const struct agenda_one *one);

void agenda_free(struct agenda *a);

/* Which rows are shown. */
struct agenda_choice {
	const char *by;   /* only of this person; "" of nobody; or NULL */
	uint32_t what;    /* a bit for each enum due_what */
	const char *keys; /* --by, or NULL */
};

/* Codes parted by commas as bits; ends the command with status 2 where one
 * is unknown. */
uint32_t agenda_codes(const struct cli *c, const char *words);

/* Write a row for each, or with keys one for each group. */
void agenda_write(const struct agenda *a, struct cli *c,
    const struct agenda_choice *choice);

#endif
