/*
 * ticket - the answers of crm-ticket: cases, groups of them, weeks, what
 * does not fit, and what is like a text.
 *
 * Floor 5 (cli).  Uses: base, crm/group, crm/period, cli, grouping,
 * measure, show.
 */
#ifndef CRM_TICKET_H
#define CRM_TICKET_H

#include "cli/cli.h"
#include "measure/cases.h"

/* By what cases are judged: the settings, and the as-of or the clock. */
struct cases_terms ticket_terms(const struct cli *c);

/* What was measured, and how it is asked. */
struct ticket {
	const struct threads *threads;
	const struct cases *cases;
	const struct group *group;  /* --by */
	struct window window;       /* cases opened inside */
	const struct zone *zone;
	int64_t now;
};

/* Each writes its table to `out`; how many rows. */
size_t ticket_cases(const struct ticket *t, struct show *out);
size_t ticket_summary(const struct ticket *t, struct show *out);
size_t ticket_trend(const struct ticket *t, struct show *out);
size_t ticket_findings(const struct ticket *t, struct show *out);
size_t ticket_like(const struct ticket *t, const char *text,
    struct show *out);

/* How many findings are of events inside the window. */
size_t ticket_faults(const struct ticket *t);

#endif
