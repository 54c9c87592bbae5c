#include "crm/personal.h"

#include <stddef.h>

#include "crm/customers.h"
#include "crm/event.h"
#include "table/crate.h"
#include "table/grown.h"

/* Country and language say where and in what tongue was sold, which taxes
 * are reckoned from; the account is the company that was sold to. */
static const enum personal_fate of_customer[CUSTOMER_COLUMNS] = {
	[CUSTOMER_ID] = PERSONAL_WHO,
	[CUSTOMER_SALUTATION] = PERSONAL_FREE,
	[CUSTOMER_NAME] = PERSONAL_NAME,
	[CUSTOMER_COMPANY] = PERSONAL_FREE,
	[CUSTOMER_EMAIL] = PERSONAL_FREE,
	[CUSTOMER_PHONE] = PERSONAL_FREE,
	[CUSTOMER_STREET] = PERSONAL_FREE,
	[CUSTOMER_POSTCODE] = PERSONAL_FREE,
	[CUSTOMER_CITY] = PERSONAL_FREE,
	[CUSTOMER_COUNTRY] = PERSONAL_KEPT,
	[CUSTOMER_LANGUAGE] = PERSONAL_KEPT,
	[CUSTOMER_CHANNEL] = PERSONAL_FREE,
	[CUSTOMER_BIRTHDAY] = PERSONAL_FREE,
	[CUSTOMER_MARITAL] = PERSONAL_FREE,
	[CUSTOMER_POSITION] = PERSONAL_FREE,
	[CUSTOMER_INTERESTS] = PERSONAL_FREE,
	[CUSTOMER_SOURCE] = PERSONAL_FROM,
	[CUSTOMER_OWNER] = PERSONAL_FREE,
	[CUSTOMER_ACCOUNT] = PERSONAL_WHO,
	[CUSTOMER_TAGS] = PERSONAL_FREE,
	[CUSTOMER_CREATED] = PERSONAL_KEPT,
	[CUSTOMER_NOTE] = PERSONAL_FREE,
};

enum personal_fate
personal_customer(struct slice column)
{
	for (size_t i = 0; i < CUSTOMER_COLUMNS; i++)
		if (slice_is(column, customer_column[i]))
			return of_customer[i];
	return PERSONAL_FREE;
}

/* Of kinds that are not the user's own. */
static const enum personal_fate of_event[EVENT_COLUMNS] = {
	[EVENT_TIME] = PERSONAL_KEPT,
	[EVENT_CUSTOMER] = PERSONAL_WHO,
	[EVENT_KIND] = PERSONAL_KEPT,
	[EVENT_CHANNEL] = PERSONAL_CODE,
	[EVENT_TONE] = PERSONAL_KEPT,
	[EVENT_VALUE] = PERSONAL_KEPT,
	[EVENT_DUE] = PERSONAL_KEPT,
	[EVENT_REF] = PERSONAL_CODE,
	[EVENT_TOPIC] = PERSONAL_FREE, /* see below */
	[EVENT_BY] = PERSONAL_KEPT,
	[EVENT_TEXT] = PERSONAL_FREE,
	[EVENT_CURRENCY] = PERSONAL_KEPT,
};

/* Of the user's own kinds nobody knows what they say. */
static bool
is_unknown(enum kind kind, size_t column)
{
	return (kind == KIND_OWN || kind == KIND_NONE) &&
	    (column == EVENT_VALUE || column == EVENT_DUE ||
		column == EVENT_REF);
}

enum personal_fate
personal_event(enum kind kind, struct slice column)
{
	for (size_t i = 0; i < EVENT_COLUMNS; i++) {
		if (!slice_is(column, event_column[i]))
			continue;
		if (is_unknown(kind, i))
			return PERSONAL_FREE;
		return i == EVENT_TOPIC && kind != KIND_NONE &&
		    kind_info(kind)->topic_code ? PERSONAL_CODE : of_event[i];
	}
	return PERSONAL_FREE;
}

enum personal_fate
personal_alias(struct slice column)
{
	return slice_is(column, "old") || slice_is(column, "new") ?
	    PERSONAL_WHO : PERSONAL_KEPT;
}

enum personal_file
personal_file(const char *name, struct slice first)
{
	static const struct {
		const char *name;
		enum personal_file is;
	} files[] = {
		{ "customers.tsv", PERSONAL_CUSTOMERS },
		{ "aliases.tsv", PERSONAL_ALIASES },
		{ "settings.tsv", PERSONAL_NOT },
		{ "stages.tsv", PERSONAL_NOT },
		{ "segments.tsv", PERSONAL_NOT },
		{ "goals.tsv", PERSONAL_NOT },
		{ "erasures.tsv", PERSONAL_NOT },
		{ ".lock", PERSONAL_NOT },
		{ SWAP_PLAN, PERSONAL_NOT },
	};
	struct slice whole = slice_of(name);

	for (size_t i = 0; i < LEN(files); i++)
		if (slice_is(whole, files[i].name))
			return files[i].is;
	if (store_is_journal(name))
		return PERSONAL_JOURNAL;
	if (grown_is(name))
		return PERSONAL_NOT;
	return crate_is(first) ? PERSONAL_DERIVED : PERSONAL_LINES;
}
