/*
 * settings - settings.tsv: currency, time zone, thresholds.
 *
 * Floor 3 (crm).  Uses: base, table.
 *
 * Every key has a default, a type and one line of help in one table, which
 * crm(5) lists.  An unknown key, a key twice or a value of the wrong type
 * is an error that names file and line.
 */
#ifndef CRM_SETTINGS_H
#define CRM_SETTINGS_H

#include "base/zone.h"
#include "table/store.h"

enum setting {
	SET_CURRENCY,      /* EUR */
	SET_TIMEZONE,      /* TZ, else UTC */
	SET_LANGUAGE,      /* of reports: "", "en", "de" */
	SET_SLEEPING_DAYS, /* 180 */
	SET_LOST_DAYS,     /* 540 */
	SET_KEY_SHARE,     /* per cent of customers: 5 */
	SET_ABC_A,         /* per cent: 80 */
	SET_ABC_B,         /* per cent: 95 */
	SETTINGS,
};

struct settings {
	char *text[SETTINGS]; /* as written, or the default; owned */
	int64_t number[SETTINGS]; /* of numeric keys, in ten-thousandths */
	struct zone zone;         /* of SET_TIMEZONE */
};

struct setting_info {
	const char *key, *preset; /* preset: the default; "" for none */
	bool number;
	const char *help; /* one line, translatable */
};

const struct setting_info *setting_info(enum setting s);

/*
 * Read DIR/settings.tsv, or the defaults where there is none or s is NULL
 * (then $TZ names the zone; an empty or missing TZ is UTC; a leading ":"
 * is passed over).
 */
bool settings_load(struct settings *set, const struct store *s,
    struct err *e);

/*
 * Under the lock, by a writer: make settings.tsv with currency and time
 * zone if there is none.  The zone is that of $TZ, else of /etc/localtime,
 * else UTC.
 */
bool settings_make(struct store *s, struct err *e);

void settings_free(struct settings *set);

#endif
