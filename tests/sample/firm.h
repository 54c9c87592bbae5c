/*
 * firm - what the parts of the program share that writes the sample store:
 *
 *	chance.c   random numbers, the calendar, writing an event down
 *	cases.c    complaints and requests
 *	firm.c     what happens to each customer
 *	story.c    what happens to the firm: the wave of complaints, and more
 *	print.c    the tables
 */
#ifndef SAMPLE_FIRM_H
#define SAMPLE_FIRM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "people.h"
#include "words.h"

#define LEN(a) (sizeof(a) / sizeof *(a))

enum {
	FIRST = 20049,     /* 2024-11-22, day 0, in days since 1970 */
	DAYS = 730,        /* day 729 is 2026-11-21 */
	NOW_HOUR = 12,     /* UTC, on the last day */
	FALL = 555,        /* C07 begins to order less: 2026-05-31 */
	WAVE = 717,        /* 2026-11-09, a Monday */
	PEOPLE = LEN(people),
	EVENTS = 20000,
	THREADS = 20000,
};

struct amount {
	enum { EMPTY, WHOLE, MONEY } is;
	int n; /* units, or cents */
};
#define UNITS(n) ((struct amount){ WHOLE, (n) })
#define CENTS(n) ((struct amount){ MONEY, (n) })

struct event {
	int64_t time;      /* UTC seconds */
	int64_t late;      /* seconds until it was written down */
	int order;         /* of making, for equal times */
	int who;           /* index into people, or -1 */
	const char *kind, *channel;
	int tone;          /* 0 is none, else tone + 3 */
	struct amount value;
	int due;           /* day, or 0 */
	int thread;        /* numbered at the end, or 0 */
	char letter;       /* of the thread's ref */
	const char *ref;   /* a ref that is a name */
	const char *topic, *by, *text;
};
#define TONE(t) ((t) + 3)

struct firm {
	struct event event[EVENTS];
	int events, threads;
	int number[THREADS]; /* of a thread's ref */
	uint64_t seed;
};

/* --- chance.c ------------------------------------------------------------- */

/* Random numbers are drawn one statement at a time: C does not say in which
 * order an expression draws them. */
int below(struct firm *f, int n);
int from_to(struct firm *f, int least, int most);
bool percent(struct firm *f, int p);
#define PICK(f, words) ((words)[below((f), (int)LEN(words))])

/* From here on numbers of their own, until f->seed is what this returned:
 * what is drawn in between leaves all else as it was. */
uint64_t apart(struct firm *f, uint64_t salt);

struct ymd {
	int year, month, day;
};
struct ymd calendar(int day);
int weekday(int day); /* Monday 0 .. Sunday 6 */
int workday(int day); /* this one, or the next that is worked */

int64_t at(int day, int hour, int minute); /* of Berlin, as UTC seconds */
int64_t moment(struct firm *f, int day, int first, int last);
int64_t office(struct firm *f, int day); /* when the firm is open */
int day_of(int64_t time);

/* When something is written that might have been said at t: some of it in
 * the evening, or on a Saturday. */
int64_t any_time(int64_t t);

void add(struct firm *f, struct event e);
#define ADD(f, ...) add((f), (struct event){ __VA_ARGS__ })

/* --- cases.c -------------------------------------------------------------- */

void open_case(struct firm *f, int who, int day, const char *kind,
    const struct words *w, bool slow);
/* Some money back on the last order before a day. */
void amends(struct firm *f, int who, int day, const char *topic);

/* --- firm.c --------------------------------------------------------------- */

void order(struct firm *f, int who, int day, int basket);

/* --- story.c -------------------------------------------------------------- */

/* All that is no customer's life. */
void story(struct firm *f);

/* --- print.c -------------------------------------------------------------- */

void print(const char *dir, struct firm *f);

#endif
