/*
 * quick - rows of TSV without a call for each field: for commands that
 * write a million of them.
 *
 * Floor 4 (show).  Uses: base, digits, show.
 *
 *	show_begin(&show, column, 3);
 *	q = quick_begin(&show);
 *	...                      for each row
 *	to = quick_open(q);
 *	to = quick_id(q, to, id);
 *	to = quick_money(q, to, revenue);
 *	to = quick_time(q, to, last);
 *	quick_close(q, to);
 *	...
 *	quick_end(q);
 *
 * writes what show_field, show_money, show_time and show_row write.  In
 * formats other than TSV, and to a terminal, which is to see no hidden
 * characters, the fields of the rows go on through show_field.
 */
#ifndef CRM_QUICK_H
#define CRM_QUICK_H

#include "base/date.h"
#include "show/digits.h"
#include "show/show.h"

enum {
	QUICK_FIELD = 48,     /* room for a field that is not long */
	QUICK_SLACK = 16,     /* bytes of an id that can be read */
	QUICK_DAYS = 4096,    /* more than ten years */
	QUICK_LEAST = -9,     /* numbers that are copied, and how many */
	QUICK_NUMBERS = 1000 - QUICK_LEAST,
};

struct quick {
	/* private */
	/*
	 * Texts that are copied whole; the next goes over what is too much.
	 * A day lately written is where its number modulo QUICK_DAYS says.
	 */
	struct quick_day {
		char text[12]; /* 2026-11-21T */
		uint32_t since; /* days since DATE_FIRST */
	} day[QUICK_DAYS];
	char hour[24][4];              /* 20: */
	char minute[60][4];            /* 21: */
	char second[60][4];            /* 47Z and a TAB */
	char number[QUICK_NUMBERS][4]; /* 17 and a TAB */
	uint8_t length[QUICK_NUMBERS]; /* of that */
	char cents[100][4];            /* .05 and a TAB */
	struct show *show;
	struct buf aside; /* rows that are to go through show */
	struct buf *line; /* where rows are put */
	size_t room;  /* for a row */
	bool keep;   /* rows are not written when there is a block of them */
	char *at;    /* where the next row begins */
	char *full;  /* no further than there */
};

/* Begin after show_begin; quick_end before show_end frees it. */
struct quick *quick_begin(struct show *to);
void quick_end(struct quick *q);

/* Need rows not go through show? */
bool quick_can(const struct show *to);

static inline bool
quick_is(const struct quick *q)
{
	return quick_can(q->show);
}

/* Write out the rows that there are.  After quick_keep none are written before
 * that, however many. */
void quick_flush(struct quick *q);
void quick_keep(struct quick *q);

/* Forget the rows that there are. */
void quick_drop(struct quick *q);

/* Private: there is a block of rows. */
void quick_full(struct quick *q);

/* Private: have the text of a day in its place. */
void quick_new_day(struct quick_day *d, uint32_t since);

/* A row: open, as many fields as the table has columns, close. */
static inline char *
quick_open(struct quick *q)
{
	return q->at;
}

static inline void
quick_close(struct quick *q, char *to)
{
	to[-1] = '\n';
	q->at = to;
	if (to >= q->full)
		quick_full(q);
}

/* Whole rows, none of them open: fields as tables have them, a TAB between two
 * of them, LF at the end of each. */
void quick_rows(struct quick *q, struct slice rows);

/* The rows that there are, good until the next. */
struct slice quick_text(struct quick *q);

/* A field as tables have it, with escapes. */
char *quick_field(struct quick *q, char *to, struct slice field);

/* The same of at least QUICK_SLACK bytes that can be read, however few
 * belong to it. */
static inline char *
quick_id(struct quick *q, char *to, struct slice id)
{
	if (id.len > QUICK_SLACK)
		return quick_field(q, to, id);
	memcpy(to, id.at, QUICK_SLACK);
	to[id.len] = '\t';
	return to + id.len + 1;
}

static inline char *
quick_empty(char *to)
{
	*to = '\t';
	return to + 1;
}

/* These fields, a TAB behind each. */
#define QUICK_LITERAL(to, text) \
	((char *)memcpy(to, text, sizeof(text) - 1) + sizeof(text) - 1)

/* Of QUICK_NUMBERS from QUICK_LEAST on. */
static inline char *
quick_number(const struct quick *q, char *to, int64_t v)
{
	memcpy(to, q->number[v - QUICK_LEAST], 4);
	return to + q->length[v - QUICK_LEAST];
}

static inline char *
quick_int(const struct quick *q, char *to, int64_t v)
{
	return v >= QUICK_LEAST && v < QUICK_NUMBERS + QUICK_LEAST
	    ? quick_number(q, to, v) : quick_empty(digits_int(to, v));
}

/* Most sums are small, and of whole cents: ten-thousandths as hundreds. */
static inline char *
quick_money(const struct quick *q, char *to, int64_t v)
{
	uint32_t cents = (uint32_t)v / 100, units = cents / 100;

	if ((uint64_t)v >= 1000 * 10000 || cents * 100 != v)
		return quick_empty(digits_money(to, v));
	to = quick_number(q, to, units);
	memcpy(to - 1, q->cents[cents - units * 100], 4);
	return to + 3;
}

static inline char *
quick_put_day(struct quick *q, char *to, uint32_t since)
{
	struct quick_day *d = &q->day[since % QUICK_DAYS];

	if (d->since != since)
		quick_new_day(d, since);
	memcpy(to, d, sizeof *d);
	return to + 10;
}

/* DATE_NONE is empty; else from 1900 on. */
static inline char *
quick_day(struct quick *q, char *to, int32_t day)
{
	if (day != DATE_NONE)
		to = quick_put_day(q, to, (uint32_t)(day - DATE_FIRST));
	return quick_empty(to);
}

/* What is whole of *part, which has 64 bits behind the point, times `by`; the
 * part behind the point stays. */
static inline uint64_t
quick_whole(uint64_t *part, uint64_t by)
{
	__extension__ unsigned __int128 product =
	    (unsigned __int128)*part * by;

	*part = (uint64_t)product;
	return (uint64_t)(product >> 64);
}

/*
 * INT64_MIN is empty; else from 1900 on.  Days, hours, minutes and seconds
 * come by multiplying the part of a day that a second is: it is rounded up,
 * which all seconds of the calendar together make less than one of.
 */
static inline char *
quick_time(struct quick *q, char *to, int64_t time)
{
	uint64_t since = (uint64_t)(time - DATE_FIRST * DATE_DAY);
	uint64_t part = UINT64_MAX / (uint64_t)DATE_DAY + 1;

	if (time == INT64_MIN)
		return quick_empty(to);
	to = quick_put_day(q, to, (uint32_t)quick_whole(&part, since));
	memcpy(to + 1, q->hour[quick_whole(&part, 24)], 4);
	memcpy(to + 4, q->minute[quick_whole(&part, 60)], 4);
	memcpy(to + 7, q->second[quick_whole(&part, 60)], 4);
	return to + 11;
}

#endif
