/* settings.tsv: defaults, values, and what is refused in which words. */
#include "check.h"

#include <stdio.h>
#include <unistd.h>

#include "base/num.h"
#include "crm/settings.h"

/* A store of its own for each test, with these settings (NULL: none). */
static struct store
store_with(const char *text)
{
	char dir[] = "/tmp/settings.XXXXXX";
	struct err e = { 0 };
	struct store s;

	assert_non_null(mkdtemp(dir));
	assert_true(store_find(&s, dir, &e));
	assert_true(store_create(&s, &e));
	assert_true(store_lock(&s, false, &e));
	if (text != NULL)
		assert_true(store_make(&s, "settings.tsv", slice_of(text),
		    &e));
	return s;
}

static void
away(struct store *s)
{
	struct err e = { 0 };
	char path[256];

	if (store_has(s, "settings.tsv"))
		assert_true(store_remove(s, "settings.tsv", &e));
	store_unlock(s);
	snprintf(path, sizeof path, "%s/.lock", s->dir);
	unlink(path);
	assert_int_equal(rmdir(s->dir), 0);
	store_close(s);
}

static void
without_a_file_there_are_defaults(void **state)
{
	struct store s = store_with(NULL);
	struct settings set;
	struct err e = { 0 };

	(void)state;
	setenv("TZ", ":Europe/Berlin", 1);
	assert_true(settings_load(&set, &s, &e));
	assert_string_equal(set.text[SET_CURRENCY], "EUR");
	assert_string_equal(set.text[SET_TIMEZONE], "Europe/Berlin");
	assert_string_equal(set.text[SET_LANGUAGE], "");
	assert_int_equal(set.number[SET_LOST_DAYS], 540 * NUM_ONE);
	assert_int_equal(set.number[SET_ABC_B], 95 * NUM_ONE);
	assert_int_equal(settings_seconds(&set, SET_SOLVE_HOURS), 72 * 3600);
	assert_int_equal(zone_offset(&set.zone, 0, NULL, NULL), 3600);
	settings_free(&set);
	away(&s);
}

static void
the_environment_names_the_zone(void **state)
{
	static const char *const cases[][2] = { { "", "UTC" },
		{ ":", "UTC" }, { "Asia/Kolkata", "Asia/Kolkata" } };
	struct settings set;
	struct err e = { 0 };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		setenv("TZ", cases[i][0], 1);
		assert_true(settings_load(&set, NULL, &e));
		assert_string_equal(set.text[SET_TIMEZONE], cases[i][1]);
		settings_free(&set);
	}
	setenv("TZ", "Nonsense", 1);
	assert_false(settings_load(&set, NULL, &e));
	assert_string_equal(e.text, "unknown time zone: \"Nonsense\"");
	assert_int_equal(e.status, CRM_USAGE);
	settings_free(&set);
	setenv("TZ", "UTC", 1);
}

static void
the_file_says_otherwise(void **state)
{
	struct store s = store_with("note\tvalue\tkey\n"
	    "ours\tAZN\tcurrency\n\tEurope/Zurich\ttimezone\n"
	    "\tde\tlanguage\n\t90\tsleeping_days\n\t2.5\tkey_share\n"
	    "\t\tlost_days\n\t100\tabc_b\n");
	struct settings set;
	struct err e = { 0 };

	(void)state;
	setenv("TZ", "Nonsense", 1);
	assert_true(settings_load(&set, &s, &e));
	assert_string_equal(set.text[SET_CURRENCY], "AZN");
	assert_string_equal(set.text[SET_TIMEZONE], "Europe/Zurich");
	assert_string_equal(set.text[SET_LANGUAGE], "de");
	assert_int_equal(set.number[SET_SLEEPING_DAYS], 90 * NUM_ONE);
	assert_int_equal(set.number[SET_KEY_SHARE], 25000);
	assert_int_equal(set.number[SET_ABC_B], 100 * NUM_ONE);
	assert_int_equal(set.number[SET_LOST_DAYS], 540 * NUM_ONE);
	settings_free(&set);
	away(&s);
	setenv("TZ", "UTC", 1);
}

static void
bad_settings_are_told_by_line(void **state)
{
	static const char *const cases[][2] = {
		{ "currency\teuro", "value: not a currency: \"euro\"" },
		{ "currency\tEU[", "value: not a currency: \"EU[\"" },
		{ "currency\t@UR", "value: not a currency: \"@UR\"" },
		{ "currency\tEURO", "value: not a currency: \"EURO\"" },
		{ "timezone\tBerlin", "value: unknown time zone: \"Berlin\"" },
		{ "language\tfr",
		    "value: not a language (en or de): \"fr\"" },
		{ "lost_days\t0", "value: too small: \"0\"" },
		{ "lost_days\t9999999999999999999",
		    "value: too large: \"9999999999999999999\"" },
		{ "lost_days\t1.5", "value: not a whole number: \"1.5\"" },
		{ "care_days_A\t-1", "value: too small: \"-1\"" },
		{ "due_days\tlong", "value: not a whole number: \"long\"" },
		{ "abc_a\t101", "value: too large: \"101\"" },
		{ "abc_a\t80%", "value: not a number: \"80%\"" },
		{ "abc_a\t-1", "value: negative: \"-1\"" },
		{ "reply_hours\t0", "value: too small: \"0\"" },
		{ "reply_hours\t1000000.5", "value: too large: \"1000000.5\"" },
		{ "solve_hours\t3d", "value: not a number: \"3d\"" },
		{ "business_days\tmonday",
		    "value: not days of the week (mon-fri): \"monday\"" },
		{ "business_hours\t9-25",
		    "value: not business hours (9-17 or 8:30-12,13-17): \"9-25\"" },
		{ "holidays\t2026-02-30",
		    "value: not days (2026-12-24 or --12-24): "
		    "\"2026-02-30\"" },
		{ "points_per_unit\t-1", "value: negative: \"-1\"" },
		{ "points_expiry_days\t0.5",
		    "value: not a whole number: \"0.5\"" },
		{ "points_tiers\tgold", "value: not tiers like "
		    "silver:1000,gold:5000: \"gold\"" },
		{ "los_days\t3", "key: unknown: \"los_days\" "
				 "(did you mean \"lost_days\"?)" },
		{ "colour\tred", "key: unknown: \"colour\"" },
		{ "abc_b\t80\nabc_b\t90",
		    "key: already in line 2: \"abc_b\"" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		char text[256];
		struct settings set;
		struct err e = { 0 };
		struct store s;

		snprintf(text, sizeof text, "key\tvalue\n%s\n", cases[i][0]);
		s = store_with(text);
		assert_false(settings_load(&set, &s, &e));
		snprintf(text, sizeof text, "%s/settings.tsv:%d: %s", s.dir,
		    strchr(cases[i][0], '\n') == NULL ? 2 : 3, cases[i][1]);
		assert_string_equal(e.text, text);
		assert_int_equal(e.status, CRM_DATA);
		settings_free(&set);
		away(&s);
	}
}

static void
a_table_without_keys_is_refused(void **state)
{
	struct store s = store_with("key\tvalu\n");
	struct settings set;
	struct err e = { 0 };

	(void)state;
	assert_false(settings_load(&set, &s, &e));
	assert_non_null(strstr(e.text, ":1: missing column: \"value\""));
	settings_free(&set);
	away(&s);
}

static void
the_first_writer_records_currency_and_zone(void **state)
{
	struct store s = store_with(NULL);
	struct settings set;
	struct err e = { 0 };

	(void)state;
	setenv("TZ", "Nonsense", 1);
	assert_false(settings_make(&s, &e));
	assert_string_equal(e.text, "unknown time zone: \"Nonsense\"");
	assert_false(store_has(&s, "settings.tsv"));
	e = (struct err){ 0 };
	setenv("TZ", "America/St_Johns", 1);
	assert_true(settings_make(&s, &e));
	setenv("TZ", "UTC", 1);
	assert_true(settings_make(&s, &e));
	assert_true(settings_load(&set, &s, &e));
	assert_string_equal(set.text[SET_TIMEZONE], "America/St_Johns");
	assert_string_equal(set.text[SET_CURRENCY], "EUR");
	settings_free(&set);
	away(&s);
}

/* Whatever /etc/localtime is here, what is recorded must load again. */
static void
the_zone_of_the_system_is_one_that_loads(void **state)
{
	struct store s = store_with(NULL);
	struct settings set, before;
	struct err e = { 0 };

	(void)state;
	unsetenv("TZ");
	assert_true(settings_load(&before, NULL, &e));
	assert_true(settings_make(&s, &e));
	assert_true(settings_load(&set, &s, &e));
	assert_true(set.text[SET_TIMEZONE][0] != '\0');
	assert_string_equal(set.text[SET_TIMEZONE],
	    before.text[SET_TIMEZONE]);
	settings_free(&set);
	settings_free(&before);
	away(&s);
	setenv("TZ", "UTC", 1);
}

static void
every_setting_has_a_sound_default(void **state)
{
	struct settings set;
	struct err e = { 0 };

	(void)state;
	assert_true(settings_load(&set, NULL, &e));
	for (int i = 0; i < SETTINGS; i++) {
		const struct setting_info *info =
		    setting_info((enum setting)i);

		assert_true(strlen(info->help) > 5);
		if (i != SET_TIMEZONE)
			assert_string_equal(set.text[i], info->preset);
	}
	settings_free(&set);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_file_there_are_defaults),
		cmocka_unit_test(the_environment_names_the_zone),
		cmocka_unit_test(the_file_says_otherwise),
		cmocka_unit_test(bad_settings_are_told_by_line),
		cmocka_unit_test(a_table_without_keys_is_refused),
		cmocka_unit_test(the_first_writer_records_currency_and_zone),
		cmocka_unit_test(the_zone_of_the_system_is_one_that_loads),
		cmocka_unit_test(every_setting_has_a_sound_default),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
