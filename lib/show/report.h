/*
 * report - figures as a report: for people as headed sections, aligned or
 * Markdown; for machines as one table.
 *
 * Floor 4 (show).  Uses: base, crm/figure, crm/period, lines, show, wording,
 * wrap.
 *
 * The table (tsv, csv, json) has the columns section figure value n before
 * change p, a row per figure.  All words of the sections are translated,
 * keys of sections and figures never.
 */
#ifndef CRM_REPORT_H
#define CRM_REPORT_H

#include "crm/figure.h"
#include "crm/period.h"
#include "show/show.h"

struct report {
	struct period now, before;
	const char *currency; /* of money, or "" */
	bool running;         /* the period is not over yet */
	const struct figure *figure;
	size_t figures;
};

void report_write(const struct report *r, struct show *out);

#endif
