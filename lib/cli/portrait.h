/*
 * portrait - one customer from all sides: gathered, and shown section by
 * section.
 *
 * Floor 5 (cli).  Uses: base, measure/story, show/named, show/page, crowd.
 */
#ifndef CRM_PORTRAIT_H
#define CRM_PORTRAIT_H

#include "cli/crowd.h"
#include "measure/story.h"

struct portrait {
	/* set by the caller */
	struct slice id; /* as tables have it; borrowed */
	size_t limit;    /* of events shown; 0 of none */

	/* filled by portrait_gather */
	const struct story *story;   /* the customer's events, sorted */
	const struct story *threads; /* those and all of his threads */
	struct story_how how;        /* columns of both */
	struct journal journal;      /* names of these columns */
	bool placed;                 /* has he a place in the crowd? */
	struct segment_out segment;
	struct stat_row stat;
	struct window window;        /* of the timeline */

	/* private */
	struct journal again;
	struct story_how how_again;
	struct stat_how flows, ever;
	struct use use[3]; /* stats, then the story */
	size_t stats;      /* how many are stats */
	struct use watch;  /* the story of the threads, if that is another */
	struct segments names;
};

/* Run the journal of the store for what is to be shown. */
void portrait_gather(struct portrait *p, struct cli *c);

void portrait_write(const struct portrait *p, struct cli *c);

void portrait_free(struct portrait *p);

#endif
