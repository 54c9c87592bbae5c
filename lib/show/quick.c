#include "show/quick.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	DAYS = 4096,    /* more than ten years */
	MINUTES = 1440, /* of a day */
};

/*
 * Texts that are copied whole; the next goes over what is too much.  A day
 * lately written is where its number modulo DAYS says.
 */
struct quick_texts {
	struct day {
		char text[12]; /* 2026-11-21T */
		uint32_t since; /* days since DATE_FIRST */
	} day[DAYS];
	char minute[MINUTES][8]; /* 20:21: */
	char second[60][4];      /* 47Z */
};

_Static_assert((int)QUICK_FIELD >= (int)DIGITS + 1, "a number fits");

void
quick_begin(struct quick *q, struct show *to)
{
	struct quick_texts *t = mem_zero(1, sizeof *t);
	char clock[DIGITS];

	*q = (struct quick){ .show = to, .texts = t };
	if (to->format == SHOW_TSV && !to->terminal)
		q->room = to->cols * QUICK_FIELD;
	for (int i = 0; i < DAYS; i++)
		t->day[i].since = UINT32_MAX;
	for (uint32_t i = 0; i < MINUTES; i++) {
		digits_clock(clock, i * 60);
		memcpy(t->minute[i], clock, 6);
	}
	for (uint32_t i = 0; i < 60; i++) {
		digits_clock(clock, i);
		memcpy(t->second[i], clock + 6, 3);
	}
}

void
quick_end(struct quick *q)
{
	free(q->texts);
	q->texts = NULL;
}

char *
quick_open(struct quick *q)
{
	struct buf *line = &q->show->line;

	if (q->room == 0)
		return NULL;
	if (line->cap - line->len <= q->room)
		buf_room(line, q->room);
	return line->at + line->len;
}

void
quick_close(struct quick *q, char *to)
{
	struct show *s = q->show;

	if (to == NULL) {
		show_row(s);
		return;
	}
	to[-1] = '\n';
	*to = '\0';
	s->line.len = (size_t)(to - s->line.at);
	s->rows++;
	if (s->line.len >= SHOW_BLOCK)
		show_flush(s);
}

char *
quick_room(struct quick *q, char *to, size_t n)
{
	struct buf *line = &q->show->line;

	line->len = (size_t)(to - line->at);
	return buf_room(line, q->room + n);
}

/* A function of its own, so that put_day, which nearly always finds the day
 * in its place, has no registers to save. */
static __attribute__((noinline)) char *
put_new_day(struct day *d, char *to, uint32_t since)
{
	*digits_day(d->text, (int32_t)since + DATE_FIRST) = 'T';
	d->since = since;
	memcpy(to, d->text, 11);
	return to + 10;
}

static inline char *
put_day(struct quick_texts *t, char *to, uint32_t since)
{
	struct day *d = &t->day[since % DAYS];

	if (d->since != since)
		return put_new_day(d, to, since);
	memcpy(to, d->text, 11);
	return to + 10;
}

char *
quick_put_day(struct quick_texts *t, char *to, int32_t day)
{
	return put_day(t, to, (uint32_t)(day - DATE_FIRST));
}

/* A day has 128 x 675 seconds: what is left of its time in such steps fits
 * 32 bits, which are divided faster. */
char *
quick_put_time(struct quick_texts *t, char *to, int64_t time)
{
	uint64_t since = (uint64_t)(time - DATE_FIRST * DATE_DAY);
	uint32_t day = (uint32_t)(since >> 7) / (uint32_t)(DATE_DAY >> 7);
	uint32_t second = (uint32_t)since - day * (uint32_t)DATE_DAY;
	uint32_t minute = second / 60;

	memcpy(to + 11, t->minute[minute], 8);
	memcpy(to + 17, t->second[second - minute * 60], 4);
	return put_day(t, to, day) + 10;
}
