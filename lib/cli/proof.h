/*
 * proof - all that proves the consent of one customer, section by section.
 *
 * Floor 5 (cli).  Uses: base, crm, measure/consent, measure/story,
 * show/named, show/page, cli, consents.
 */
#ifndef CRM_PROOF_H
#define CRM_PROOF_H

#include "cli/cli.h"

/* Write the sheet of a customer, named by id or e-mail address; or end the
 * command.  CRM_NO where no event of consent is known. */
int proof_write(struct cli *c, const char *whom);

#endif
