/* Which language is spoken, by what the environment says.  The catalogue
 * is one of our own, so that nothing need be installed. */
#include "check.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/language.h"

static char dir[] = "/tmp/language.XXXXXX";

/* A catalogue of one word, as GNU gettext's manual lays it out: magic,
 * revision, one string, where lengths and offsets are, no hash table. */
static int
make_catalogue(void **state)
{
	static const struct {
		uint32_t head[7], from[2], to[2];
		char word[8], wort[8];
	} mo = { { 0x950412de, 0, 1, 28, 36, 0, 0 }, { 4, 44 }, { 5, 52 },
		"word", "Wort!" };
	char path[64];
	FILE *f;

	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/de", dir);
	mkdir(path, 0700);
	snprintf(path, sizeof path, "%s/de/LC_MESSAGES", dir);
	mkdir(path, 0700);
	snprintf(path, sizeof path, "%s/de/LC_MESSAGES/crm.mo", dir);
	f = fopen(path, "w");
	return f == NULL || fwrite(&mo, sizeof mo, 1, f) != 1 ||
		fclose(f) != 0 ? -1 : 0;
}

static int
remove_catalogue(void **state)
{
	static const char *const parts[] = { "/de/LC_MESSAGES/crm.mo",
		"/de/LC_MESSAGES", "/de", "" };
	char path[64];

	(void)state;
	for (size_t i = 0; i < LEN(parts); i++) {
		snprintf(path, sizeof path, "%s%s", dir, parts[i]);
		if (remove(path) != 0)
			return -1;
	}
	return 0;
}

static void
the_environment_chooses_the_language(void **state)
{
	static const struct {
		const char *language, *all, *messages, *lang;
		bool german, given;
	} cases[] = {
		{ NULL, NULL, NULL, NULL, false, false },
		{ "de", NULL, NULL, NULL, true, true },
		{ "de", "C.UTF-8", NULL, NULL, true, true },
		{ "de", "en_US.UTF-8", NULL, NULL, true, true },
		{ "de", "C", NULL, NULL, false, true },
		{ "de", "POSIX", NULL, NULL, false, true },
		{ "de", NULL, NULL, "C", false, true },
		{ NULL, "de_DE.UTF-8", NULL, NULL, true, false },
		{ NULL, NULL, "de_AT", NULL, true, false },
		{ NULL, NULL, NULL, "de_CH.UTF-8", true, false },
		{ "", "", "", "de_CH.UTF-8", true, false },
		{ NULL, "C", "de_DE", "de_DE", false, false },
		{ NULL, "xx_YY.UTF-8", NULL, "de_DE.UTF-8", false, false },
		{ "xx", NULL, NULL, "de_DE.UTF-8", false, true },
		{ "xx:de", NULL, NULL, NULL, true, true },
	};
	static const char *const names[] = { "LANGUAGE", "LC_ALL",
		"LC_MESSAGES", "LANG" };

	(void)state;
	setenv("TEXTDOMAINDIR", dir, 1);
	for (size_t i = 0; i < LEN(cases); i++) {
		const char *values[] = { cases[i].language, cases[i].all,
			cases[i].messages, cases[i].lang };

		for (size_t j = 0; j < LEN(names); j++)
			if (values[j] != NULL)
				setenv(names[j], values[j], 1);
			else
				unsetenv(names[j]);
		assert_int_equal(language_begin(), cases[i].given);
		if (strcmp(gettext("word"),
			cases[i].german ? "Wort!" : "word") != 0)
			fail_msg("case %zu", i);
	}
}

/* glibc from 2.39 on does not look at LANGUAGE in locales of these names. */
static void
the_locale_is_not_one_without_words(void **state)
{
	const char *name;

	(void)state;
	unsetenv("LC_ALL");
	unsetenv("LC_MESSAGES");
	unsetenv("LANG");
	setenv("LANGUAGE", "de", 1);
	language_begin();
	name = setlocale(LC_MESSAGES, NULL);
	assert_string_not_equal(name, "C");
	assert_string_not_equal(name, "POSIX");
	assert_int_not_equal(strncmp(name, "C.", 2), 0);
}

static void
a_language_can_be_changed_later(void **state)
{
	(void)state;
	setenv("TEXTDOMAINDIR", dir, 1);
	setenv("LC_ALL", "C", 1);
	unsetenv("LANGUAGE");
	language_begin();
	assert_string_equal(gettext("word"), "word");
	language_use("de");
	assert_string_equal(gettext("word"), "Wort!");
	language_use("en");
	assert_string_equal(gettext("word"), "word");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_environment_chooses_the_language),
		cmocka_unit_test(the_locale_is_not_one_without_words),
		cmocka_unit_test(a_language_can_be_changed_later),
	};

	return cmocka_run_group_tests(tests, make_catalogue,
	    remove_catalogue);
}
