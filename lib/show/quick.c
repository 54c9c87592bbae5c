#include "show/quick.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

_Static_assert((int)QUICK_FIELD >= (int)DIGITS + 1, "a number fits");
_Static_assert((int)QUICK_FIELD > (int)QUICK_SLACK, "a short id fits");
_Static_assert(sizeof(struct quick_day) == 16, "a day is copied at once");

static void
make_clock(struct quick *q)
{
	char clock[DIGITS];

	for (uint32_t i = 0; i < 24; i++) {
		digits_clock(clock, i * 3600);
		memcpy(q->hour[i], clock, 4);
	}
	for (uint32_t i = 0; i < 60; i++) {
		digits_clock(clock, i * 61);
		clock[9] = '\t';
		memcpy(q->minute[i], clock + 3, 4);
		memcpy(q->second[i], clock + 6, 4);
	}
}

static void
make_numbers(struct quick *q)
{
	char text[DIGITS];

	for (int i = 0; i < QUICK_NUMBERS; i++) {
		char *end = quick_empty(digits_int(text, i + QUICK_LEAST));

		q->length[i] = (uint8_t)(end - text);
		memcpy(q->number[i], text, 4);
	}
	for (int i = 0; i < 100; i++) {
		*digits_fixed(text, i, 2) = '\t';
		memcpy(q->cents[i], text + 1, 4);
	}
}

/* Have room for a block and a row more. */
static void
make_room(struct quick *q, size_t more)
{
	struct buf *line = q->line;

	q->at = buf_room(line, SHOW_BLOCK + q->room + more);
	q->full = (q->keep ? q->at : line->at) + SHOW_BLOCK;
}

struct quick *
quick_begin(struct show *to)
{
	struct quick *q = mem_zero(1, sizeof *q);

	q->show = to;
	q->room = to->cols * QUICK_FIELD;
	for (int i = 0; i < QUICK_DAYS; i++)
		q->day[i].since = UINT32_MAX;
	make_clock(q);
	make_numbers(q);
	q->line = quick_is(q) ? &to->line : &q->aside;
	make_room(q, 0);
	return q;
}

/* What was written is part of the buffer now. */
static void
take_in(struct quick *q, char *to)
{
	struct buf *line = q->line;

	*to = '\0';
	line->len = (size_t)(to - line->at);
}

/* Field by field; they are as tables have them. */
static void
show_aside(struct quick *q)
{
	struct slice rows = buf_all(&q->aside), row, field;

	while (rows.len > 0 && text_part(&rows, '\n', &row)) {
		while (text_part(&row, '\t', &field))
			show_field(q->show, field);
		show_row(q->show);
	}
	buf_clear(&q->aside);
}

void
quick_end(struct quick *q)
{
	take_in(q, q->at);
	show_aside(q);
	buf_free(&q->aside);
	free(q);
}

void
quick_flush(struct quick *q)
{
	take_in(q, q->at);
	if (quick_is(q))
		show_flush(q->show);
	else
		show_aside(q);
	make_room(q, 0);
}

void
quick_full(struct quick *q)
{
	if (q->keep) {
		take_in(q, q->at);
		make_room(q, 0);
	} else {
		quick_flush(q);
	}
}

void
quick_keep(struct quick *q)
{
	q->keep = true;
}

void
quick_drop(struct quick *q)
{
	buf_clear(q->line);
	make_room(q, 0);
}

bool
quick_can(const struct show *to)
{
	return to->format == SHOW_TSV && !to->terminal;
}

void
quick_rows(struct quick *q, struct slice rows)
{
	take_in(q, q->at);
	make_room(q, rows.len);
	if (rows.len > 0)
		memcpy(q->at, rows.at, rows.len);
	q->at += rows.len;
	if (q->at >= q->full)
		quick_full(q);
}

struct slice
quick_text(struct quick *q)
{
	take_in(q, q->at);
	return buf_all(q->line);
}

char *
quick_field(struct quick *q, char *to, struct slice field)
{
	if (field.len >= QUICK_FIELD) {
		take_in(q, to);
		make_room(q, field.len);
		to = q->at;
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
