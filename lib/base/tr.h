/*
 * tr - words for people, translated by gettext.
 *
 * Floor 1 (base).  Uses: libc only.
 *
 * _("...") is the translation now; N_("...") marks words in a table that
 * are translated where they are shown.  Column names, JSON keys and data
 * are never translated.
 */
#ifndef CRM_TR_H
#define CRM_TR_H

#include <libintl.h>

#define _(words) gettext(words)
#define N_(words) words

#endif
