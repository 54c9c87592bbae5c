/*
 * quick - rows of TSV without a call for each field: for commands that
 * write a million of them.
 *
 * Floor 4 (show).  Uses: base, digits, show.
 *
 *	show_begin(&show, column, 3);
 *	quick_begin(&q, &show);
 *	...                      for each row
 *	to = quick_open(&q);
 *	to = quick_field(&q, to, id);
 *	to = quick_money(&q, to, revenue);
 *	to = quick_time(&q, to, last);
 *	quick_close(&q, to);
 *	...
 *	quick_end(&q);
 *
 * writes what show_field, show_money, show_time and show_row write.  Where
 * the format is not TSV, or a terminal is to see no hidden characters, it
 * does so through them, and `to` is NULL all the while.
 */
#ifndef CRM_QUICK_H
#define CRM_QUICK_H

#include "base/date.h"
#include "show/digits.h"
#include "show/show.h"

enum { QUICK_FIELD = 48 }; /* room for a field that is not long */

struct quick {
	/* private */
	struct show *show;
	size_t room; /* for a row; 0 where rows go through show */
	struct quick_texts *texts;
};

void quick_begin(struct quick *q, struct show *to);
void quick_end(struct quick *q);

/* A row: open, as many fields as the table has columns, close. */
char *quick_open(struct quick *q);
void quick_close(struct quick *q, char *to);

/* Room for a field of n bytes that is long. */
char *quick_room(struct quick *q, char *to, size_t n);

/* A day and a time that are there; from 1900 on. */
char *quick_put_day(struct quick_texts *t, char *to, int32_t day);
char *quick_put_time(struct quick_texts *t, char *to, int64_t time);

static inline char *
quick_tab(char *to)
{
	*to = '\t';
	return to + 1;
}

static inline char *
quick_empty(struct quick *q, char *to)
{
	if (to == NULL)
		return show_empty(q->show), NULL;
	return quick_tab(to);
}

/* As tables have it, with escapes. */
static inline char *
quick_field(struct quick *q, char *to, struct slice field)
{
	if (to == NULL)
		return show_field(q->show, field), NULL;
	if (field.len >= QUICK_FIELD)
		to = quick_room(q, to, field.len);
	if (field.len > 0)
		memcpy(to, field.at, field.len);
	return quick_tab(to + field.len);
}

static inline char *
quick_int(struct quick *q, char *to, int64_t v)
{
	if (to == NULL)
		return show_int(q->show, v), NULL;
	if (v < 0 || v > 9)
		return quick_tab(digits_int(to, v));
	*to = (char)('0' + v);
	return quick_tab(to + 1);
}

static inline char *
quick_money(struct quick *q, char *to, int64_t v)
{
	if (to == NULL)
		return show_money(q->show, v), NULL;
	if (v != 0)
		return quick_tab(digits_money(to, v));
	memcpy(to, "0.00\t", 5);
	return to + 5;
}

/* DATE_NONE is empty. */
static inline char *
quick_day(struct quick *q, char *to, int32_t day)
{
	if (to == NULL)
		return show_day(q->show, day), NULL;
	if (day == DATE_NONE)
		return quick_tab(to);
	return quick_tab(quick_put_day(q->texts, to, day));
}

/* INT64_MIN is empty. */
static inline char *
quick_time(struct quick *q, char *to, int64_t time)
{
	if (to == NULL)
		return show_time(q->show, time), NULL;
	if (time == INT64_MIN)
		return quick_tab(to);
	return quick_tab(quick_put_time(q->texts, to, time));
}

#endif
