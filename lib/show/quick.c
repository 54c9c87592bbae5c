#include "show/quick.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

_Static_assert((int)QUICK_FIELD >= (int)DIGITS + 1, "a number fits");
_Static_assert((int)QUICK_FIELD > (int)QUICK_SLACK, "a short id fits");
_Static_assert(sizeof(struct quick_day) == 16, "a day is copied at once");

static void
make_clock(struct quick_texts *t)
{
	char clock[DIGITS];

	for (uint32_t i = 0; i < QUICK_MINUTES; i++) {
		digits_clock(clock, i * 60);
		memcpy(t->minute[i], clock, 6);
	}
	for (uint32_t i = 0; i < 60; i++) {
		digits_clock(clock, i);
		clock[9] = '\t';
		memcpy(t->second[i], clock + 6, 4);
	}
}

static void
make_numbers(struct quick_texts *t)
{
	char text[DIGITS];

	for (int i = 0; i < QUICK_NUMBERS; i++) {
		text[3] = (char)(digits_int(text, i) - text);
		memcpy(t->number[i], text, 4);
	}
	for (int i = 0; i < 100; i++) {
		*digits_fixed(text, i, 2) = '\t';
		memcpy(t->cents[i], text + 1, 4);
	}
}

void
quick_begin(struct quick *q, struct show *to)
{
	struct quick_texts *t = mem_zero(1, sizeof *t);

	*q = (struct quick){ .show = to, .room = to->cols * QUICK_FIELD,
		.texts = t };
	for (int i = 0; i < QUICK_DAYS; i++)
		t->day[i].since = UINT32_MAX;
	make_clock(t);
	make_numbers(t);
}

void
quick_end(struct quick *q)
{
	free(q->texts);
	q->texts = NULL;
}

bool
quick_is(const struct quick *q)
{
	return q->show->format == SHOW_TSV && !q->show->terminal;
}

char *
quick_open(struct quick *q)
{
	struct buf *line = &q->show->line;

	if (line->cap - line->len <= q->room)
		buf_room(line, q->room);
	return line->at + line->len;
}

void
quick_close(struct quick *q, char *to)
{
	struct show *s = q->show;

	to[-1] = '\n';
	*to = '\0';
	s->line.len = (size_t)(to - s->line.at);
	s->rows++;
	if (s->line.len >= SHOW_BLOCK)
		show_flush(s);
}

char *
quick_field(struct quick *q, char *to, struct slice field)
{
	struct buf *line = &q->show->line;

	if (field.len >= QUICK_FIELD) {
		line->len = (size_t)(to - line->at);
		to = buf_room(line, q->room + field.len);
	}
	if (field.len > 0)
		memcpy(to, field.at, field.len);
	return quick_empty(to + field.len);
}

void
quick_new_day(struct quick_day *d, uint32_t since)
{
	*digits_day(d->text, (int32_t)since + DATE_FIRST) = 'T';
	d->since = since;
}
