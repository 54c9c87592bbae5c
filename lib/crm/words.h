/*
 * words - events and customers as they are typed: CUSTOMER KIND [value]
 * [field=value ...] [text ...], or [ID] field=value ...
 *
 * Floor 3 (crm).  Uses: base, event, sheet.
 */
#ifndef CRM_WORDS_H
#define CRM_WORDS_H

#include "crm/sheet.h"

/*
 * Put the words into a sheet of one row; `now` is the time where none is
 * given.  A first word that is no field is the value where the kind needs
 * one, or may have one and the word looks like a number; all others are the
 * text, with blanks between.  Fields come before the text: CRM_USAGE where
 * one comes behind it.
 */
bool words_event(struct sheet *s, char *const *word, int n, const char *now,
    struct err *e);

/* The same for a customer, whose id is the first word if `id` says so.
 * CRM_USAGE: `not FIELD=VALUE: "b"`, or `nothing to add` where no field of a
 * new one has a value. */
bool words_customer(struct sheet *s, char *const *word, int n, bool id,
    struct err *e);

#endif
