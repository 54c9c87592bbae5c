/*
 * settings - settings.tsv: currency, time zone, thresholds.
 *
 * Floor 3 (crm).  Uses: base, table, hours, tiers.
 *
 * Every key has a default, a type and one line of help in one table, which
 * crm(5) lists.  An unknown key, a key twice or a value of the wrong type
 * is an error that names file and line.  Values of each type: a currency is
 * three capital letters; a zone is one that zone_load knows; a language is
 * en or de; days are a whole number from 1, a count from 0; a share is per
 * cent, 0 to 100; tiers are as tiers.h has them.  An empty value is the
 * default.
 */
#ifndef CRM_SETTINGS_H
#define CRM_SETTINGS_H

#include "base/zone.h"
#include "crm/hours.h"
#include "table/store.h"

enum setting {
	SET_CURRENCY,      /* EUR */
	SET_TIMEZONE,      /* $TZ, else the system's */
	SET_LANGUAGE,      /* of reports: "", "en", "de" */
	SET_SLEEPING_DAYS, /* 180 */
	SET_LOST_DAYS,     /* 540 */
	SET_KEY_SHARE,     /* per cent of customers: 5 */
	SET_ABC_A,         /* per cent: 80 */
	SET_ABC_B,         /* per cent: 95 */
	SET_BUSINESS_DAYS, /* mon-fri */
	SET_BUSINESS_HOURS, /* "": all hours */
	SET_HOLIDAYS,      /* "" */
	SET_REPLY_HOURS,   /* 24 */
	SET_SOLVE_HOURS,   /* 72 */
	SET_POINTS_PER_UNIT,    /* 0: only earn events count */
	SET_POINTS_MINIMUM,     /* 0 */
	SET_POINTS_EXPIRY_DAYS, /* 0: never */
	SET_POINTS_TIERS,       /* "": none */
	SET_CARE_DAYS_A,   /* 30; 0 is never, of B and C too */
	SET_CARE_DAYS_B,   /* 60 */
	SET_CARE_DAYS_C,   /* 0 */
	SET_THANKS_DAYS,   /* 7 */
	SET_APOLOGY_DAYS,  /* 3 */
	SET_CONTRACT_DAYS, /* 60 */
	SET_VOUCHER_DAYS,  /* 14 */
	SET_DUE_DAYS,      /* 90 */
	SET_WATCH_SURGE_DAYS, /* 7; of this and all below 0 is never */
	SET_WATCH_NPS_DAYS,   /* 90 */
	SET_WATCH_LEVEL,      /* per cent: 5 */
	SET_WATCH_KEY_DAYS,   /* 45 */
	SET_WATCH_TONE_DAYS,  /* 30 */
	SET_WATCH_OVERDUE,    /* cases: 1 */
	SET_WATCH_GOALS,      /* goals: 1 */
	SET_WATCH_CONTRACT_DAYS, /* 30 */
	SETTINGS,
};

struct settings {
	const char *text[SETTINGS]; /* as written, or the default */
	int64_t number[SETTINGS]; /* days, hours, shares and other numbers,
	                             in ten-thousandths */
	struct zone zone;         /* of SET_TIMEZONE */
	struct hours hours;       /* of the three settings; looks into zone,
	                             so settings stay where they were read */
};

enum setting_type { TYPE_CURRENCY, TYPE_ZONE, TYPE_LANGUAGE, TYPE_DAYS,
	TYPE_SHARE, TYPE_HOURS, TYPE_BUSINESS_DAYS, TYPE_BUSINESS_HOURS,
	TYPE_HOLIDAYS, TYPE_COUNT, TYPE_NUMBER, TYPE_TIERS };

struct setting_info {
	const char *key, *preset; /* preset: the default; "" for none */
	enum setting_type type;
	const char *help; /* one line, translatable */
};

const struct setting_info *setting_info(enum setting s);

/*
 * Read DIR/settings.tsv, or the defaults where there is none or s is NULL.
 * Where it says nothing of the zone, $TZ does (a leading ":" is passed over,
 * empty is UTC), else the system's /etc/localtime, else it is UTC.
 * settings_free is due in either case.
 */
bool settings_load(struct settings *set, const struct store *s,
    struct err *e);

/*
 * Under the lock, by a writer: make settings.tsv with currency and time
 * zone, as settings_load has them, if there is none.
 */
bool settings_make(struct store *s, struct err *e);

/* A setting that is hours, in seconds. */
int64_t settings_seconds(const struct settings *set, enum setting hours);

void settings_free(struct settings *set);

#endif
