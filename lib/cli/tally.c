#include "cli/tally.h"

#include <stdlib.h>

#include "show/quick.h"

enum { AHEAD = 24, MORE = 12 }; /* rows that are being fetched */

struct tally {
	struct show *out;
	bool partial;
	struct buf days; /* room for a field of order days */
	struct quick quick;
};

/* The latest answer and its time, or two empty fields. */
static inline char *
write_answer(struct quick *q, char *to, int answer, int64_t time)
{
	to = time == STAT_NEVER ? quick_empty(q, to) : quick_int(q, to, answer);
	return quick_time(q, to, time);
}

static inline char *
write_state(struct quick *q, char *to, enum kind state, int64_t time)
{
	to = time == STAT_NEVER ? quick_empty(q, to) :
	    quick_field(q, to, slice_of(kind_info(state)->name));
	return quick_time(q, to, time);
}

static char *
write_days(struct tally *t, char *to, const struct stat *s, uint32_t who)
{
	const int32_t *day;
	size_t n = stat_days(s, who, &day);
	char text[DATE_TEXT];

	buf_clear(&t->days);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&t->days, "%s%s", i > 0 ? " " : "",
		    date_text(text, day[i]));
	return quick_field(&t->quick, to, buf_all(&t->days));
}

/* The columns of stat_field, in its order. */
static char *
write_columns(struct quick *q, char *to, struct slice id,
    const struct stat_row *r)
{
	to = quick_field(q, to, id);
	to = quick_time(q, to, r->first);
	to = quick_time(q, to, r->last);
	to = quick_int(q, to, r->events);
	to = quick_int(q, to, r->contacts);
	to = quick_money(q, to, r->minutes);
	to = quick_time(q, to, r->last_contact);
	to = write_answer(q, to, r->tone, r->tone_time);
	to = quick_int(q, to, r->orders);
	to = quick_int(q, to, r->order_days);
	to = quick_day(q, to, r->first_order);
	to = quick_day(q, to, r->last_order);
	to = quick_money(q, to, r->first_spend);
	to = quick_money(q, to, r->revenue);
	to = quick_money(q, to, r->refunds);
	to = quick_money(q, to, r->cost);
	to = quick_money(q, to, r->service_cost);
	to = quick_int(q, to, r->cases);
	to = quick_int(q, to, r->solved);
	to = write_answer(q, to, r->nps, r->nps_time);
	to = write_answer(q, to, r->csat, r->csat_time);
	return write_state(q, to, r->state, r->state_time);
}

static void
begin(struct tally *t)
{
	struct show_column column[STAT_COLUMNS + 1] = { 0 };

	for (int i = 0; i < STAT_COLUMNS; i++) {
		column[i].name = stat_field[i].name;
		column[i].type = stat_field[i].type == STAT_COUNT ||
			stat_field[i].type == STAT_MONEY ||
			stat_field[i].type == STAT_SCORE
		    ? SHOW_NUMBER : SHOW_TEXT;
	}
	column[STAT_COLUMNS].name = STAT_DAYS;
	show_begin(t->out, column, STAT_COLUMNS + t->partial);
	quick_begin(&t->quick, t->out);
}

/* Rows are fetched before it is their turn: in the order of ids they lie
 * anywhere in memory. */
static void
write_rows(struct tally *t, const struct stat *s, const struct map *people)
{
	uint32_t *order = map_sorted(people);
	struct quick *q = &t->quick;
	struct stat_row row;

	for (uint32_t i = 0; i < people->len; i++) {
		uint32_t who = order[i];
		char *to;

		if (i + AHEAD < people->len) {
			map_fetch(people, order[i + AHEAD]);
			stat_fetch(s, order[i + AHEAD]);
			stat_fetch_more(s, order[i + MORE]);
		}
		if (!stat_row(s, who, &row))
			continue;
		to = quick_open(q);
		to = write_columns(q, to, map_key(people, who), &row);
		if (t->partial)
			to = write_days(t, to, s, who);
		quick_close(q, to);
	}
	free(order);
}

void
tally_write(const struct stat *s, const struct map *people, bool partial,
    struct show *out)
{
	struct tally t = { .out = out, .partial = partial };

	begin(&t);
	write_rows(&t, s, people);
	quick_end(&t.quick);
	show_end(out);
	buf_free(&t.days);
}
