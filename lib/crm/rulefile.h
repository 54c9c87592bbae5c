/*
 * rulefile - read a file of import rules.
 *
 * Floor 3 (crm).  Uses: base, table/csv, rulelex, rules.
 *
 *	# comment
 *	for [Kundennr] [Firma]
 *	trim
 *	id = [Kundennr] | id
 *	name = [Vorname] + [Nachname]
 *	skip [Status] = "storniert"
 *
 * A line is a directive (`for trim decimal date-order delimiter encoding
 * zone columns skip only row`) or `column = sources | conversion ...`.
 */
#ifndef CRM_RULEFILE_H
#define CRM_RULEFILE_H

#include "crm/rules.h"

/*
 * Parse text into *r, zeroed before; a byte order mark and CRLF are passed
 * over.  name is for messages: CRM_DATA and
 * `kunden.rules:3: unknown conversion: "dat" (did you mean "date"?)`.
 * rules_free is due in either case.
 */
bool rulefile_parse(struct rules *r, struct slice text, const char *name,
    struct err *e);

/*
 * Rules that copy the columns of the header of `file` under their own
 * names, which must be fit for a table.
 */
bool rulefile_copy(struct rules *r, const struct rules_record *header,
    const char *file, struct err *e);

#endif
