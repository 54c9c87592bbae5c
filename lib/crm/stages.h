/*
 * stages - the sales pipeline: stages.tsv.
 *
 * Floor 3 (crm).  Uses: base, table.
 *
 * Columns stage and probability; the rows are in the order in which a deal
 * goes through them.  A probability is the share of deals in this stage
 * that will be won, per cent, from 0 to 100; empty is not estimated.
 */
#ifndef CRM_STAGES_H
#define CRM_STAGES_H

#include "base/map.h"
#include "base/near.h"
#include "table/store.h"
#include "table/tsv.h"

enum { STAGES_MAX = 64 }; /* that a table may have */

#define STAGES_UNKNOWN INT64_MIN /* no probability */

struct stages {
	struct map names;   /* as fields of a table, in their order */
	int64_t probability[STAGES_MAX]; /* ten-thousandths of a per cent,
	                                    or STAGES_UNKNOWN */
	uint64_t line[STAGES_MAX];
};

/*
 * stages.tsv of a store; lead, contact, offer and negotiation where there
 * is none, or s is NULL.  Refused: `stages.tsv:3: probability: not a per
 * cent from 0 to 100: "110"`, a stage twice, none at all.
 */
bool stages_load(struct stages *g, const struct store *s, struct err *e);

/* The same where users have chosen their stages: none where there is no
 * stages.tsv. */
bool stages_chosen(struct stages *g, const struct store *s, struct err *e);

/* The same from an opened table; errors are in t->err. */
bool stages_read(struct stages *g, struct tsv *t);

/* Number of a stage, from 0 on, or -1. */
int stages_find(const struct stages *g, struct slice name);

/* The stage nearest to one that is not there; empty if none is near. */
struct slice stages_near(const struct stages *g, struct slice name);

/*
 * What is wrong with the topic of a deal: `unknown: "ofer" (did you mean
 * "offer"?)`.  NULL where it is a stage, or empty, which names none.
 */
enum { STAGES_WRONG = NEAR_TOLD + 40 };
const char *stages_wrong(const struct stages *g, struct slice topic,
    char to[static STAGES_WRONG]);

void stages_free(struct stages *g);

#endif
