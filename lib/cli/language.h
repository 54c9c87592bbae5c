/*
 * language - which language words for people are in.
 *
 * Floor 5 (cli).  Uses: libc only.
 *
 * Only LC_MESSAGES is ever set: numbers, case and order stay those of the C
 * locale.
 */
#ifndef CRM_LANGUAGE_H
#define CRM_LANGUAGE_H

#include <stdbool.h>

/*
 * Speak the language of $LANGUAGE, else of LC_ALL, LC_MESSAGES or LANG,
 * also where the system has no such locale.  With LC_ALL, LC_MESSAGES or
 * LANG being C it is English.  The catalogues are in $TEXTDOMAINDIR, else
 * where they were installed.  True where $LANGUAGE was given.
 */
bool language_begin(void);

/* Speak this language ("de") from now on. */
void language_use(const char *word);

#endif
