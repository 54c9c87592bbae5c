/*
 * portrait - one customer from all sides, section by section.
 *
 * Floor 5 (cli).  Uses: cli, crowd, measure/story, measure/stat, show/page.
 */
#ifndef CRM_PORTRAIT_H
#define CRM_PORTRAIT_H

#include "cli/crowd.h"
#include "measure/story.h"

struct portrait {
	struct slice id;
	const struct story *story;   /* the customer's events, sorted */
	const struct story *threads; /* those and all of his threads */
	const struct story_how *how; /* columns of both */
	const struct journal *names; /* of these columns */
	bool placed;                 /* has he a place in the crowd? */
	struct segment_out segment;
	struct stat_row stat;
	struct window window;        /* of the timeline */
	size_t limit;                /* of events shown */
};

void portrait_write(const struct portrait *p, struct cli *c);

#endif
