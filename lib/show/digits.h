/*
 * digits - numbers, days and times as text, for writing many of them fast.
 *
 * Floor 4 (show).  Uses: base.
 *
 * Each writes at `to`, where there is room for DIGITS bytes, and returns
 * the end; no NUL.  The words are those of num_text, num_money, date_text
 * and date_time_text.
 */
#ifndef CRM_DIGITS_H
#define CRM_DIGITS_H

#include <stdint.h>

enum { DIGITS = 32 };

char *digits_int(char *to, int64_t v);
char *digits_fixed(char *to, int64_t v, int places); /* places 0..6 */
char *digits_money(char *to, int64_t v);
char *digits_day(char *to, int32_t day);
char *digits_time(char *to, int64_t time);

/* The second part of a time: `20:21:47Z`. */
char *digits_clock(char *to, uint32_t second);

#endif
