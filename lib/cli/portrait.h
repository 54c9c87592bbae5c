/*
 * portrait - one customer from all sides: gathered, and shown section by
 * section.
 *
 * Floor 5 (cli).  Uses: base, crm, measure, show/named, show/page, agenda,
 * campaigns, crowd, loyalty, ticket, view.
 *
 * The journal is read once.  Of that pass what all customers are needed for
 * is kept, which is his place among them; and his story, from which a small
 * journal is made that all other measures are run over.
 */
#ifndef CRM_PORTRAIT_H
#define CRM_PORTRAIT_H

#include "cli/agenda.h"
#include "cli/crowd.h"
#include "crm/segments.h"
#include "crm/stages.h"
#include "crm/tiers.h"
#include "measure/campaign.h"
#include "measure/funnel.h"
#include "measure/points.h"
#include "measure/story.h"

/* What is measured in the small journal: threads, sorted. */
enum portrait_part {
	PORTRAIT_CASES,    /* CASES_KINDS, by ref */
	PORTRAIT_DEALS,    /* FUNNEL_KINDS, by ref */
	PORTRAIT_PROMISES, /* tasks and contracts, by ref */
	PORTRAIT_CONSENT,  /* of these all others are by customer */
	PORTRAIT_POINTS,
	PORTRAIT_CAMPAIGNS,
	PORTRAIT_THREADS,
	PORTRAIT_DUE = PORTRAIT_THREADS, /* measure due */
	PORTRAIT_PARTS,
};

struct portrait {
	/* set by the caller */
	struct slice id; /* as tables have it; borrowed */
	size_t limit;    /* of events shown; 0 of none */

	/* filled by portrait_gather */
	const struct story *story; /* the customer's events, sorted */
	struct story_how how;      /* its columns */
	struct journal journal;    /* names of these; people */
	const struct stat *all;    /* of everybody, up to the as-of */
	bool placed;               /* has he a place in the crowd? */
	struct segment_out segment;
	struct stat_row stat;      /* of the period */
	struct window window;      /* of the period */
	struct use part[PORTRAIT_PARTS]; /* states by portrait_part */
	struct stages stages;
	struct funnel deals;
	struct points points;       /* where points.any */
	struct campaign *campaign;  /* those sent to him in the period ... */
	size_t campaigns;           /* ... the latest first */
	struct agenda agenda;

	/* private */
	struct journal own;        /* the small one */
	struct stat_how flows, ever;
	struct use use[3];         /* stats, then the story */
	size_t stats;              /* how many are stats */
	struct thread_how thread[PORTRAIT_THREADS];
	struct due_terms terms;
	struct points_rules rules;
	struct tiers tiers;
	struct segments names;
};

/* Run the journal of the store for what is to be shown, or end the command.
 * portrait_free is due. */
void portrait_gather(struct portrait *p, struct cli *c);

/* His events of a part that is sorted by customer; *n of them. */
const struct thread_event *portrait_events(const struct portrait *p,
    enum portrait_part part, size_t *n);

/* What is known of any customer in the period. */
void portrait_stat(const struct portrait *p, struct slice id,
    struct stat_row *row);

/* Write all sections to c->out. */
void portrait_write(const struct portrait *p, struct cli *c);

void portrait_free(struct portrait *p);

#endif
