/*
 * classes - class, stage and key mark of all customers, for who needs no more
 * of each than that.
 *
 * Floor 5 (cli).  Uses: base, measure/segment, measure/stat, crowd.
 */
#ifndef CRM_CLASSES_H
#define CRM_CLASSES_H

#include "cli/crowd.h"

/* The columns of the customers that are looked at. */
#define CLASSES_COLUMNS CROWD_COLUMNS

/* There is one of each customer: every byte counts. */
struct classes {
	struct segment_class *of; /* of each of the people of the run; class 0
	                             of who is no customer */
	size_t n;
	struct map leads; /* ids of key accounts who are not among them */
};

/*
 * Of those who have events in the run, which is of all up to the as-of, or
 * none but the tag `key`: all others of the store are leads of class C.  `ever`
 * is settled.  Ends the command with status 3 where net sales do not fit.
 */
void classes_find(struct classes *k, struct cli *c, const struct map *people,
    const struct stat *ever);

void classes_free(struct classes *k);

#endif
