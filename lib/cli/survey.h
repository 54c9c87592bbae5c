/*
 * survey - the answer of crm-nps: one row per group.
 *
 * Floor 5 (cli).  Uses: base, crm/group, measure/nps, measure/score, show,
 * grouping.
 */
#ifndef CRM_SURVEY_H
#define CRM_SURVEY_H

#include "crm/group.h"
#include "measure/nps.h"
#include "show/show.h"

/* A survey: nps, csat or ces. */
struct survey {
	const char *name;
	enum kind kind;
	int satisfied; /* scores from this on are; not used by nps */
	struct show_column column[7];
	size_t columns;
};

/* NULL where there is none of this name. */
const struct survey *survey_find(const char *name);

struct survey_answer {
	const struct survey *survey;
	const struct group *group;
	const struct nps_answers *answers; /* of nps_groups */
	size_t n;
	bool compare; /* add change, z, p against the group before, where all
	                 keys but the last are the same */
};

/* Write the table, a row per group in the order of the answers. */
void survey_write(const struct survey_answer *w, struct show *out);

#endif
