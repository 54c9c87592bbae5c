#include "cli/language.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

/*
 * A locale that every system has and in which gettext goes by $LANGUAGE.  A
 * program with the C library inside takes any name for a locale's and loads
 * none: so nothing may depend on whether there is one.
 */
static const char any[] = "C.UTF-8";

static const char *
variable(const char *name)
{
	const char *word = getenv(name);

	return word != NULL && word[0] != '\0' ? word : NULL;
}

/* What the locale is called that words are to be in, or NULL. */
static const char *
wanted(void)
{
	static const char *const from[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *word = NULL;

	for (int i = 0; i < 3 && word == NULL; i++)
		word = variable(from[i]);
	return word;
}

static bool
is_c(const char *word)
{
	return word != NULL &&
	    (strcmp(word, "C") == 0 || strcmp(word, "POSIX") == 0);
}

bool
language_begin(void)
{
	const char *dir = variable("TEXTDOMAINDIR"), *word = wanted();
	bool given = variable("LANGUAGE") != NULL, english = is_c(word);

	setlocale(LC_MESSAGES, english ? "C" : any);
	if (word != NULL && !english && !given)
		setenv("LANGUAGE", word, 1);
	bindtextdomain("crm", dir != NULL ? dir : CRM_LOCALEDIR);
	bind_textdomain_codeset("crm", "UTF-8");
	textdomain("crm");
	return given;
}

void
language_use(const char *word)
{
	setlocale(LC_MESSAGES, any);
	setenv("LANGUAGE", word, 1);
	textdomain("crm"); /* makes gettext look again */
}
