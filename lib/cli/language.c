#include "cli/language.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

/*
 * A locale that every system has and in which gettext goes by $LANGUAGE:
 * C.UTF-8, by a name that leads there since the C library also looks for a
 * language without its country.  Under its own name glibc translates nothing
 * from 2.39 on.  A program with the C library inside takes any name for a
 * locale's and loads none: so nothing may depend on whether there is one.
 */
static const char any[] = "C_XX.UTF-8";

/* Where the C library keeps to names and has no $LANGUAGE (musl) the locale's
 * own name tells the language. */
static void
choose(const char *name)
{
	if (name == NULL || setlocale(LC_MESSAGES, name) == NULL)
		setlocale(LC_MESSAGES, any);
}

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
	const char *language = variable("LANGUAGE");
	bool given = language != NULL, english = is_c(word);

	choose(english ? "C" : given ? language : word);
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
	choose(word);
	setenv("LANGUAGE", word, 1);
	textdomain("crm"); /* makes gettext look again */
}
