/*
 * personal - what of a store is about a person: which columns, of which
 * kinds of events, in which files.
 *
 * Floor 3 (crm).  Uses: base, table/crate, table/grown, customers,
 * event, kinds.
 *
 * The one list: what crm-forget erases and what crm-show --access shows
 * both come from here, so that neither knows of something the other does
 * not.  crm(7), PERSONAL DATA has it for people.
 */
#ifndef CRM_PERSONAL_H
#define CRM_PERSONAL_H

#include "crm/kinds.h"

/* What a column has of a person, and what is left of it. */
enum personal_fate {
	PERSONAL_KEPT, /* a fact for the books or a count: stays */
	PERSONAL_CODE, /* a word of ours: stays unless it names the person */
	PERSONAL_FREE, /* about the person: goes */
	PERSONAL_NAME, /* the same; in rows of others it is theirs, even if it
	                  is the same one */
	PERSONAL_WHO,  /* the id of a customer: becomes a pseudonym */
	PERSONAL_FROM, /* goes; in rows of others `word:ID` becomes
	                  `word:PSEUDONYM` */
};

/* Of a column of customers.tsv; own columns of the user are free. */
enum personal_fate personal_customer(struct slice column);

/* Of a column of the journal in an event of this kind (KIND_NONE: not
 * known); own columns of the user are free. */
enum personal_fate personal_event(enum kind kind, struct slice column);

/* Of a column of aliases.tsv. */
enum personal_fate personal_alias(struct slice column);

/* What a file of the store is. */
enum personal_file {
	PERSONAL_NOT,       /* nobody in it: settings, stages, the lock ... */
	PERSONAL_CUSTOMERS,
	PERSONAL_JOURNAL,
	PERSONAL_ALIASES,   /* rows of the person go */
	PERSONAL_LINES,     /* lines that name the person go: torn tails,
	                       rejects, copies, whatever else */
	PERSONAL_DERIVED,   /* made from the others: goes as a whole */
};

/* By its name and, where that says nothing, its first bytes. */
enum personal_file personal_file(const char *name, struct slice first);

#endif
