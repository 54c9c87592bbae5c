#include "cli/tally.h"

#include <stdlib.h>

#include "measure/slot.h"
#include "show/quick.h"

enum { AHEAD = 24, MORE = 12 }; /* rows that are being fetched */

struct tally {
	struct show *out;
	bool partial;
	struct buf days; /* room for a field of order days */
	struct quick quick;
};

/* --- through show ------------------------------------------------------- */

static void
show_state(struct show *to, const void *state)
{
	show_text(to, kind_info(*(const uint8_t *)state)->name);
}

static void
show_member(struct show *to, enum stat_type type, const void *at)
{
	switch (type) {
	case STAT_TIME: show_time(to, *(const int64_t *)at); break;
	case STAT_COUNT: show_int(to, *(const int64_t *)at); break;
	case STAT_MONEY: show_money(to, *(const int64_t *)at); break;
	case STAT_DAY: show_day(to, *(const int32_t *)at); break;
	case STAT_SCORE: show_int(to, *(const int *)at); break;
	case STAT_STATE: show_state(to, at); break;
	case STAT_ID: break;
	}
}

/* A score or state without a time is none. */
static void
show_columns(struct show *to, struct slice id, const struct stat_row *r)
{
	const char *row = (const char *)r;

	show_field(to, id);
	for (int i = 1; i < STAT_COLUMNS; i++) {
		const struct stat_field *f = &stat_field[i];
		const int64_t *time = (const void *)(row + f->time_at);

		if (f->time_at != 0 && *time == STAT_NEVER)
			show_empty(to);
		else
			show_member(to, f->type, row + f->at);
	}
}

/* --- quickly, in the order of stat_field --------------------------------

 * What most customers do not have is written at once. */

static inline char *
write_contacts(struct quick *q, char *to, const struct stat_row *r)
{
	if (r->contacts == 0 && r->minutes == 0 &&
	    r->last_contact == STAT_NEVER)
		return QUICK_LITERAL(to, "0\t0.00\t\t");
	to = quick_int(q, to, r->contacts);
	to = quick_money(q, to, r->minutes);
	return quick_time(q, to, r->last_contact);
}

static inline char *
write_orders(struct quick *q, char *to, const struct stat_row *r)
{
	if ((r->orders | r->first_spend | r->revenue) == 0)
		return QUICK_LITERAL(to, "0\t0\t\t\t0.00\t0.00\t");
	to = quick_int(q, to, r->orders);
	to = quick_int(q, to, r->order_days);
	to = quick_day(q, to, r->first_order);
	to = quick_day(q, to, r->last_order);
	to = quick_money(q, to, r->first_spend);
	return quick_money(q, to, r->revenue);
}

static inline char *
write_costs(struct quick *q, char *to, const struct stat_row *r)
{
	if ((r->refunds | r->cost | r->service_cost) == 0)
		return QUICK_LITERAL(to, "0.00\t0.00\t0.00\t");
	to = quick_money(q, to, r->refunds);
	to = quick_money(q, to, r->cost);
	return quick_money(q, to, r->service_cost);
}

static inline char *
write_cases(struct quick *q, char *to, const struct stat_row *r)
{
	if ((r->cases | r->solved) == 0)
		return QUICK_LITERAL(to, "0\t0\t");
	to = quick_int(q, to, r->cases);
	return quick_int(q, to, r->solved);
}

/* The latest answer and its time, or two empty fields. */
static inline char *
write_answer(struct quick *q, char *to, int answer, int64_t time)
{
	to = time == STAT_NEVER ? quick_empty(to) : quick_int(q, to, answer);
	return quick_time(q, to, time);
}

static inline char *
write_state(struct quick *q, char *to, enum kind state, int64_t time)
{
	to = time == STAT_NEVER ? quick_empty(to) :
	    quick_field(q, to, slice_of(kind_info(state)->name));
	return quick_time(q, to, time);
}

static inline char *
write_slot(struct quick *q, char *to, const struct stat_row *r)
{
	to = quick_time(q, to, r->first);
	to = quick_time(q, to, r->last);
	to = quick_int(q, to, r->events);
	to = write_contacts(q, to, r);
	to = write_answer(q, to, r->tone, r->tone_time);
	return write_orders(q, to, r);
}

static inline char *
write_extra(struct quick *q, char *to, const struct stat_row *r)
{
	to = write_costs(q, to, r);
	to = write_cases(q, to, r);
	to = write_answer(q, to, r->nps, r->nps_time);
	to = write_answer(q, to, r->csat, r->csat_time);
	return write_state(q, to, r->state, r->state_time);
}

/* --- all rows ------------------------------------------------------------- */

static struct slice
days_text(struct tally *t, const struct stat *s, uint32_t who)
{
	const int32_t *day;
	size_t n = stat_days(s, who, &day);
	char text[DATE_TEXT];

	buf_clear(&t->days);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&t->days, "%s%s", i > 0 ? " " : "",
		    date_text(text, day[i]));
	return buf_all(&t->days);
}

static inline void
write_row(struct tally *t, const struct stat *s, const struct slot *c,
    uint32_t who, struct slice id)
{
	const struct extra *x = slot_extra(s, c);
	struct quick *q = &t->quick;
	char *to = quick_id(q, quick_open(q), id);
	struct stat_row row;

	slot_tell(c, x, &row);
	to = write_slot(q, to, &row);
	slot_tell_extra(s, x, &row);
	to = write_extra(q, to, &row);
	if (t->partial)
		to = quick_field(q, to, days_text(t, s, who));
	quick_close(q, to);
}

static void
show_one(struct tally *t, const struct stat *s, uint32_t who,
    struct slice id)
{
	struct stat_row row;

	stat_row(s, who, &row);
	show_columns(t->out, id, &row);
	if (t->partial)
		show_field(t->out, days_text(t, s, who));
	show_row(t->out);
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
	bool quick = quick_is(&t->quick);

	for (uint32_t i = 0; i < people->len; i++) {
		const struct slot *c = slot_of(s, order[i]);
		struct slice id = map_key(people, order[i]);

		if (i + AHEAD < people->len) {
			map_fetch(people, order[i + AHEAD]);
			slot_fetch(s, order[i + AHEAD]);
			slot_fetch_more(s, order[i + MORE]);
		}
		if (c->events == 0)
			continue;
		if (quick)
			write_row(t, s, c, order[i], id);
		else
			show_one(t, s, order[i], id);
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
