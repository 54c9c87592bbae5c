/*
 * consents - the table of crm-consent, and the list of whom a mailing may
 * go to.
 *
 * Floor 5 (cli).  Uses: base, measure/consent, show/named, cli.
 *
 * The operands are journals or one list of customers; without a journal the
 * store's is read.
 */
#ifndef CRM_CONSENTS_H
#define CRM_CONSENTS_H

#include "cli/cli.h"

/* What is asked. */
struct consents_ask {
	struct slice channel, purpose; /* --for */
	bool one; /* is there a --for?  Then only who may be addressed */
	bool all; /* also whom nothing, or something else, is known of */
};

/*
 * Write a row for each customer, channel and purpose, in byte order of ids,
 * or in the order of the list, whose other columns come behind.  Returns
 * how many, or ends the command.
 */
uint64_t consents_write(struct cli *c, const struct consents_ask *ask);

/* Open the operands: the journals go into j (the store's if there is none
 * among them), ready to be run.  Returns the list, which may be NULL. */
struct input *consents_open(struct cli *c, struct journal *j);

#endif
