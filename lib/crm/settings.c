#include "crm/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/num.h"
#include "base/tr.h"
#include "crm/tiers.h"
#include "table/tsv.h"

enum { MOST_HOURS = 1000000 }; /* 114 years */

static const char file[] = "settings.tsv", utc[] = "UTC";
static const char localtime_file[] = "/etc/localtime";

static const struct setting_info settings[SETTINGS] = {
	[SET_CURRENCY] = { "currency", "EUR", TYPE_CURRENCY,
	    N_("currency of all amounts") },
	[SET_TIMEZONE] = { "timezone", "", TYPE_ZONE,
	    N_("time zone of days, weeks and months") },
	[SET_LANGUAGE] = { "language", "", TYPE_LANGUAGE,
	    N_("language of reports: en or de") },
	[SET_SLEEPING_DAYS] = { "sleeping_days", "180", TYPE_DAYS,
	    N_("days without an order until a customer is sleeping") },
	[SET_LOST_DAYS] = { "lost_days", "540", TYPE_DAYS,
	    N_("days without an order until a customer is lost") },
	[SET_KEY_SHARE] = { "key_share", "5", TYPE_SHARE,
	    N_("per cent of the customers that are key accounts") },
	[SET_ABC_A] = { "abc_a", "80", TYPE_SHARE,
	    N_("per cent of revenue up to which customers are class A") },
	[SET_ABC_B] = { "abc_b", "95", TYPE_SHARE,
	    N_("per cent of revenue up to which customers are class B") },
	[SET_BUSINESS_DAYS] = { "business_days", "mon-fri",
	    TYPE_BUSINESS_DAYS, N_("days of the week that are worked") },
	[SET_BUSINESS_HOURS] = { "business_hours", "", TYPE_BUSINESS_HOURS,
	    N_("hours that are worked, as 9:00-17:00; empty is all") },
	[SET_HOLIDAYS] = { "holidays", "", TYPE_HOLIDAYS,
	    N_("days that are not worked, as 2026-04-03,--12-25") },
	[SET_REPLY_HOURS] = { "reply_hours", "24", TYPE_HOURS,
	    N_("hours until a case must have its first reply") },
	[SET_SOLVE_HOURS] = { "solve_hours", "72", TYPE_HOURS,
	    N_("hours until a case must be solved") },
	[SET_POINTS_PER_UNIT] = { "points_per_unit", "0", TYPE_NUMBER,
	    N_("points that an order earns per unit of currency") },
	[SET_POINTS_MINIMUM] = { "points_minimum", "0", TYPE_NUMBER,
	    N_("amount from which an order earns points") },
	[SET_POINTS_EXPIRY_DAYS] = { "points_expiry_days", "0", TYPE_COUNT,
	    N_("days after which points expire; 0 is never") },
	[SET_POINTS_TIERS] = { "points_tiers", "", TYPE_TIERS,
	    N_("points of 12 months for each tier, as silver:1000,gold:5000") },
	[SET_CARE_DAYS_A] = { "care_days_A", "30", TYPE_COUNT,
	    N_("days from contact to contact with class A; 0 is never") },
	[SET_CARE_DAYS_B] = { "care_days_B", "60", TYPE_COUNT,
	    N_("days from contact to contact with class B; 0 is never") },
	[SET_CARE_DAYS_C] = { "care_days_C", "0", TYPE_COUNT,
	    N_("days from contact to contact with class C; 0 is never") },
	[SET_THANKS_DAYS] = { "thanks_days", "7", TYPE_COUNT,
	    N_("days in which to thank for an answer to a survey") },
	[SET_APOLOGY_DAYS] = { "apology_days", "3", TYPE_COUNT,
	    N_("days in which to apologise for a complaint") },
	[SET_CONTRACT_DAYS] = { "contract_days", "60", TYPE_COUNT,
	    N_("days before the end of a contract to think of it") },
	[SET_VOUCHER_DAYS] = { "voucher_days", "14", TYPE_COUNT,
	    N_("days before the end of a voucher to think of it") },
	[SET_DUE_DAYS] = { "due_days", "90", TYPE_COUNT,
	    N_("days after which a thanks or an apology is too late") },
	[SET_WATCH_SURGE_DAYS] = { "watch_surge_days", "7", TYPE_COUNT,
	    N_("days in which complaints are more than usual") },
	[SET_WATCH_NPS_DAYS] = { "watch_nps_days", "90", TYPE_COUNT,
	    N_("days of answers that are compared with as many before") },
	[SET_WATCH_LEVEL] = { "watch_level", "5", TYPE_SHARE,
	    N_("per cent of chance that a test may leave") },
	[SET_WATCH_KEY_DAYS] = { "watch_key_days", "45", TYPE_COUNT,
	    N_("days without contact or order that a key account may have") },
	[SET_WATCH_TONE_DAYS] = { "watch_tone_days", "30", TYPE_COUNT,
	    N_("days for which a bad last impression is told") },
	[SET_WATCH_OVERDUE] = { "watch_overdue", "1", TYPE_COUNT,
	    N_("overdue cases from which on they are told") },
	[SET_WATCH_GOALS] = { "watch_goals", "1", TYPE_COUNT,
	    N_("goals off track from which on they are told") },
	[SET_WATCH_CONTRACT_DAYS] = { "watch_contract_days", "30",
	    TYPE_COUNT, N_("days before its end that a contract is told") },
};

const struct setting_info *
setting_info(enum setting s)
{
	return &settings[s];
}

static const char *
check_currency(struct slice s, int64_t *number)
{
	(void)number;
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] < 'A' || s.at[i] > 'Z')
			return _("not a currency");
	return s.len == 3 ? NULL : _("not a currency");
}

/* It is loaded, by set. */
static const char *
check_zone(struct slice s, int64_t *number)
{
	(void)s;
	(void)number;
	return NULL;
}

static const char *
check_language(struct slice s, int64_t *number)
{
	(void)number;
	return s.len == 0 || slice_is(s, "en") || slice_is(s, "de") ? NULL :
	    _("not a language (en or de)");
}

static const char *
check_days(struct slice s, int64_t *number)
{
	const char *bad = num_int(s, 1, INT32_MAX, number);

	if (bad == NULL)
		*number *= NUM_ONE;
	return bad;
}

static const char *
check_share(struct slice s, int64_t *number)
{
	const char *bad = num_dec(s, number);

	if (bad == NULL && *number > 100 * NUM_ONE)
		return _("too large");
	return bad;
}

static const char *
check_count(struct slice s, int64_t *number)
{
	const char *bad = num_int(s, 0, INT32_MAX, number);

	if (bad == NULL)
		*number *= NUM_ONE;
	return bad;
}

static const char *
check_number(struct slice s, int64_t *number)
{
	return num_dec(s, number);
}

static const char *
check_tiers(struct slice s, int64_t *number)
{
	struct tiers t;

	(void)number;
	return tiers_parse(&t, s);
}

static const char *
check_hours(struct slice s, int64_t *number)
{
	const char *bad = num_dec(s, number);

	if (bad == NULL && *number > MOST_HOURS * NUM_ONE)
		return _("too large");
	return bad == NULL && *number == 0 ? _("too small") : bad;
}

static const char *
check_business_days(struct slice s, int64_t *number)
{
	struct hours h = { 0 };

	(void)number;
	return hours_days(&h, s);
}

static const char *
check_business_hours(struct slice s, int64_t *number)
{
	struct hours h = { 0 };

	(void)number;
	return hours_ranges(&h, s);
}

static const char *
check_holidays(struct slice s, int64_t *number)
{
	struct hours h = { 0 };
	const char *bad = hours_holidays(&h, s);

	(void)number;
	hours_free(&h);
	return bad;
}

typedef const char *check(struct slice value, int64_t *number);

static check *const checks[] = {
	[TYPE_CURRENCY] = check_currency, [TYPE_ZONE] = check_zone,
	[TYPE_LANGUAGE] = check_language, [TYPE_DAYS] = check_days,
	[TYPE_SHARE] = check_share, [TYPE_HOURS] = check_hours,
	[TYPE_BUSINESS_DAYS] = check_business_days,
	[TYPE_BUSINESS_HOURS] = check_business_hours,
	[TYPE_HOLIDAYS] = check_holidays, [TYPE_COUNT] = check_count,
	[TYPE_NUMBER] = check_number, [TYPE_TIERS] = check_tiers,
};

/* Those that are as preset are not copied. */
static void
drop_text(struct settings *to, int i)
{
	if (to->text[i] != settings[i].preset)
		free((char *)to->text[i]);
}

static void
set_text(struct settings *to, int i, struct slice value)
{
	drop_text(to, i);
	to->text[i] = mem_text(value.at, value.len);
}

static const char *
set_zone(struct settings *to)
{
	struct err e = { 0 };

	return zone_load(&to->zone, to->text[SET_TIMEZONE], &e) ? NULL :
	    _("unknown time zone");
}

static const char *
set(struct settings *to, int i, struct slice value)
{
	const char *bad = checks[settings[i].type](value, &to->number[i]);

	if (bad != NULL)
		return bad;
	set_text(to, i, value);
	return i == SET_TIMEZONE ? set_zone(to) : NULL;
}

static void
preset(struct settings *to)
{
	*to = (struct settings){ 0 };
	for (int i = 0; i < SETTINGS; i++) {
		to->text[i] = settings[i].preset;
		checks[settings[i].type](slice_of(to->text[i]),
		    &to->number[i]);
	}
}

static int
setting_of(struct slice key)
{
	int i = 0;

	while (i < SETTINGS && !slice_is(key, settings[i].key))
		i++;
	return i;
}

static bool
unknown(struct tsv *t, int key)
{
	struct slice keys[SETTINGS];

	for (int i = 0; i < SETTINGS; i++)
		keys[i] = slice_of(settings[i].key);
	return tsv_unknown(t, key,
	    near_word(tsv_field(t, key), keys, SETTINGS));
}

static bool
read_row(struct settings *to, struct tsv *t, int key, int value,
    uint64_t *line)
{
	int i = setting_of(tsv_field(t, key));
	char what[64];
	const char *bad;

	if (i == SETTINGS)
		return unknown(t, key);
	if (line[i] != 0) {
		snprintf(what, sizeof what, _("already in line %ju"),
		    (uintmax_t)line[i]);
		return tsv_bad(t, key, what);
	}
	line[i] = t->line;
	if (tsv_field(t, value).len == 0)
		return true;
	bad = set(to, i, tsv_field(t, value));
	return bad == NULL || tsv_bad(t, value, bad);
}

static bool
read_file(struct settings *to, struct input *in, struct err *e)
{
	struct tsv t = { 0 };
	uint64_t line[SETTINGS] = { 0 };
	int key, value;

	if (tsv_open(&t, in) && tsv_need(&t, "key", &key) &&
	    tsv_need(&t, "value", &value))
		while (tsv_next(&t))
			read_row(to, &t, key, value, line);
	return tsv_done(&t, e);
}

/* The zone that /etc/localtime is a link to; UTC if it is none. */
static void
zone_of_system(struct buf *name)
{
	static const char below[] = "zoneinfo/";
	char to[256];
	ssize_t n = readlink(localtime_file, to, sizeof to - 1);
	const char *at;

	to[n > 0 ? n : 0] = '\0';
	at = strstr(to, below);
	buf_str(name, at != NULL ? at + strlen(below) : utc);
}

/* The zone where no store names one: that of $TZ, else the system's. */
static void
zone_of_environment(struct buf *name)
{
	const char *tz = getenv("TZ");

	if (tz != NULL && tz[0] == ':')
		tz++;
	if (tz == NULL || strcmp(tz, localtime_file) == 0)
		zone_of_system(name);
	else
		buf_str(name, tz[0] == '\0' ? utc : tz);
}

static bool
load_zone(struct settings *to, struct err *e)
{
	struct buf zone = { 0 };

	if (to->text[SET_TIMEZONE][0] != '\0')
		return true;
	zone_of_environment(&zone);
	set_text(to, SET_TIMEZONE, buf_all(&zone));
	buf_free(&zone);
	return zone_load(&to->zone, to->text[SET_TIMEZONE], e);
}

static void
load_hours(struct settings *set)
{
	struct hours *h = &set->hours;

	h->zone = &set->zone;
	hours_days(h, slice_of(set->text[SET_BUSINESS_DAYS]));
	hours_ranges(h, slice_of(set->text[SET_BUSINESS_HOURS]));
	hours_holidays(h, slice_of(set->text[SET_HOLIDAYS]));
}

bool
settings_load(struct settings *to, const struct store *s, struct err *e)
{
	struct input *in;

	preset(to);
	if (!store_input(s, file, &in, e) ||
	    (in != NULL && !read_file(to, in, e)) || !load_zone(to, e))
		return false;
	load_hours(to);
	return true;
}

bool
settings_make(struct store *s, struct err *e)
{
	struct buf name = { 0 }, text = { 0 };
	struct zone z = { 0 };
	bool ok;

	if (store_has(s, file))
		return true;
	zone_of_environment(&name);
	buf_fmt(&text, "key\tvalue\n%s\t%s\n%s\t%s\n",
	    settings[SET_CURRENCY].key, settings[SET_CURRENCY].preset,
	    settings[SET_TIMEZONE].key, buf_text(&name));
	ok = zone_load(&z, buf_text(&name), e) &&
	    store_make(s, file, buf_all(&text), e);
	zone_free(&z);
	buf_free(&name);
	buf_free(&text);
	return ok;
}

int64_t
settings_seconds(const struct settings *set, enum setting hours)
{
	return num_div(set->number[hours] * 3600, NUM_ONE);
}

void
settings_free(struct settings *to)
{
	for (int i = 0; i < SETTINGS; i++)
		drop_text(to, i);
	hours_free(&to->hours);
	zone_free(&to->zone);
	*to = (struct settings){ 0 };
}
