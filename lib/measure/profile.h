/*
 * profile - what the values of a column are like: counted, or as median and
 * quartiles.
 *
 * Floor 4 (measure).  Uses: base.
 *
 * What a column is like follows from its name where crm(5) knows it, else
 * from its values: all of them numbers, all of them days, or anything.
 * Values that are all different (more than two) tell nothing but how many
 * there are, and neither do names, addresses and texts.
 */
#ifndef CRM_PROFILE_H
#define CRM_PROFILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/map.h"

enum profile_shape {
	PROFILE_KNOWN,   /* only how many are known */
	PROFILE_VALUES,  /* how often each value is there */
	PROFILE_LIST,    /* the same of the words between commas */
	PROFILE_HEAD,    /* the same of what is before a colon */
	PROFILE_NUMBERS, /* quartiles, in ten-thousandths */
	PROFILE_DAYS,    /* quartiles, days */
	PROFILE_AGES,    /* quartiles of birthdays, in full years */
};

struct profile_value {
	struct slice name; /* into the profile */
	int64_t n;         /* how many fields have it */
};

struct profile {
	enum profile_shape shape;
	int64_t known; /* fields not empty; of ages those with a year */
	struct profile_value *value; /* by n, falling, then by bytes */
	size_t values;
	/*
	 * The nearest ranks of a quarter and three quarters, and the middle
	 * (of numbers the mean of the two middle ones, rounded half away
	 * from zero; else the lower); where known is above 0.
	 */
	int64_t low, median, high;

	/* private */
	struct map names;
	struct profile_times {
		int64_t n;
		size_t field; /* the last one that has it */
	} *times; /* by number of name */
	size_t cap;
};

/* The n fields of a column of this name, as they were on a day. */
void profile_column(struct profile *p, struct slice name,
    const struct slice *field, size_t n, int32_t today);

/* How many fields have a value; 0 where it is not among them. */
int64_t profile_count(const struct profile *p, struct slice name);

void profile_free(struct profile *p);

#endif
