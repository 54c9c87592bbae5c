#include "cli/tally.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/mem.h"
#include "base/text.h"
#include "measure/slot.h"
#include "show/pen.h"

enum {
	AHEAD = 24, MORE = 16, MOST = 8, /* rows that are being fetched */
};

/* What a thread writes. */
struct tally {
	struct roll *roll;
	struct roll_hand hand;
	struct pen pen;
	bool partial;
	struct buf days; /* room for a field of order days */
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
write_contacts(struct quick *q, char *to, const struct slot *c,
    const struct rare *r)
{
	int64_t minutes = slot_whole(c, r, MINUTES);
	uint64_t last = slot_above(c->contact);

	if (c->contacts == 0 && minutes == 0 && last == 0)
		return QUICK_LITERAL(to, "0\t0.00\t\t");
	to = quick_int(q, to, c->contacts);
	to = quick_money(q, to, minutes);
	return quick_time(q, to, slot_time_of(last));
}

/* What was said last and when, or two empty fields. */
static inline char *
write_answer(struct quick *q, char *to, int answer, uint64_t since)
{
	if (since == 0)
		return QUICK_LITERAL(to, "\t\t");
	to = quick_int(q, to, answer);
	return quick_time(q, to, slot_time_of(since));
}

static inline char *
write_orders(struct quick *q, char *to, const struct slot *c,
    const struct rare *r)
{
	int64_t spend = slot_whole(c, r, SPEND);
	int64_t revenue = slot_whole(c, r, REVENUE);

	if ((c->orders | spend | revenue) == 0)
		return QUICK_LITERAL(to, "0\t0\t\t\t0.00\t0.00\t");
	to = quick_int(q, to, c->orders);
	to = quick_int(q, to, slot_below(c->tone));
	to = quick_day(q, to, slot_date(slot_below(c->contact)));
	to = quick_day(q, to, slot_date(slot_below(c->first)));
	to = quick_money(q, to, spend);
	return quick_money(q, to, revenue);
}

static inline char *
write_slot(struct quick *q, char *to, const struct slot *c,
    const struct rare *r)
{
	uint64_t tone = slot_above(c->tone);

	to = quick_time(q, to, slot_first(c));
	to = quick_time(q, to, slot_time_of(c->last));
	to = quick_int(q, to, c->events);
	to = write_contacts(q, to, c, r);
	to = write_answer(q, to, TONE_TOP - (int)(tone & TONE_MASK),
	    tone >> TONE_BITS);
	return write_orders(q, to, c, r);
}

static inline char *
write_costs(struct quick *q, char *to, const int64_t *sum)
{
	to = quick_money(q, to, sum[REFUNDS]);
	to = quick_money(q, to, sum[COST]);
	return quick_money(q, to, sum[SERVICE]);
}

static inline char *
write_score(struct quick *q, char *to, uint64_t latest)
{
	return write_answer(q, to, SCORE_TOP - (int)(latest & VALUE_MASK),
	    latest >> VALUE_BITS);
}

static inline char *
write_state(struct quick *q, char *to, uint64_t latest)
{
	enum kind state = latest & VALUE_MASK;

	if (latest >> VALUE_BITS == 0)
		return QUICK_LITERAL(to, "\t\t");
	to = quick_field(q, to, slice_of(kind_info(state)->name));
	return quick_time(q, to, slot_time_of(latest >> VALUE_BITS));
}

static inline char *
write_extra(struct quick *q, char *to, const struct extra *x,
    const struct rare *r)
{
	if (x->rare == 0)
		to = QUICK_LITERAL(to, "0.00\t0.00\t0.00\t");
	else
		to = write_costs(q, to, r->sum);
	to = quick_int(q, to, slot_count(x, r, CASES));
	to = quick_int(q, to, slot_count(x, r, SOLVED));
	to = write_score(q, to, x->latest[NPS]);
	to = write_score(q, to, x->latest[CSAT]);
	return write_state(q, to, x->latest[STATE]);
}

/* --- all rows ------------------------------------------------------------- */

static struct slice
days_text(struct tally *t, const int32_t *day, size_t n)
{
	char text[DATE_TEXT];

	buf_clear(&t->days);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&t->days, "%s%s", i > 0 ? " " : "",
		    date_text(text, day[i]));
	return buf_all(&t->days);
}

static struct slice
days_of(struct tally *t, const struct roll_item *it)
{
	const int32_t *day;
	size_t n = stat_days(it->stat, it->who, &day);

	return days_text(t, day, n);
}

/* All but its end. */
static char *
write_counted(struct quick *q, const struct roll_item *it,
    const struct slot *c)
{
	const struct extra *x = slot_extra(it->stat, c);
	const struct rare *r = slot_rare(it->stat, x);
	char *to = quick_id(q, quick_open(q), it->id);

	to = write_slot(q, to, c, r);
	if (c->extra == 0)
		return QUICK_LITERAL(to,
		    "0.00\t0.00\t0.00\t0\t0\t\t\t\t\t\t\t");
	return write_extra(q, to, x, r);
}

void
tally_row(struct quick *q, const struct roll_item *it)
{
	quick_close(q, write_counted(q, it, slot_of(it->stat, it->who)));
}

static inline void
write_row(struct tally *t, const struct roll_item *it, const struct slot *c)
{
	struct quick *q = t->pen.quick;
	char *to = write_counted(q, it, c);

	if (t->partial)
		to = quick_field(q, to, days_of(t, it));
	quick_close(q, to);
}

static void
show_one(struct tally *t, const struct roll_item *it)
{
	struct show *out = t->pen.out;
	struct stat_row row;

	stat_row(it->stat, it->who, &row);
	show_columns(out, it->id, &row);
	if (t->partial)
		show_field(out, days_of(t, it));
	show_row(out);
}

static struct slice
kept_text(struct tally *t, uint32_t i)
{
	const int32_t *day;
	size_t n = kept_days(&t->hand.kept, i, &day);

	return days_text(t, day, n);
}

/* A row that is kept: it has its fields as tables do, and no others, whatever
 * the file says. */
static void
show_kept(struct tally *t, struct slice row, uint32_t i)
{
	struct show *out = t->pen.out;

	row.len--;
	for (int k = 0; k < STAT_COLUMNS; k++) {
		struct slice field;

		show_field(out, text_part(&row, '\t', &field) ? field
							      : SLICE_EMPTY);
	}
	if (t->partial)
		show_field(out, kept_text(t, i));
	show_row(out);
}

/* The same quickly, with its order days. */
static void
write_dated(struct tally *t, struct slice row, uint32_t i)
{
	struct quick *q = t->pen.quick;
	char *to;

	row.len--;
	to = quick_field(q, quick_open(q), row);
	to = quick_field(q, to, kept_text(t, i));
	quick_close(q, to);
}

static void
write_kept(struct tally *t, const struct roll_item *it)
{
	const struct kept_view *v = &t->hand.kept;
	bool quick = quick_is(t->pen.quick);

	if (quick && !t->partial) {
		quick_rows(t->pen.quick, kept_rows(v, it->who, it->to));
		return;
	}
	for (uint32_t i = it->who; i < it->to; i++)
		(quick ? write_dated : show_kept)(t, kept_rows(v, i, i + 1),
		    i);
}

/* Slots, and what they lead to, are fetched before it is their turn where
 * they do not come from a piece that was just read. */
static void
write_rows(struct tally *t)
{
	const struct roll_item *it = t->hand.item, *end = it + t->hand.n;
	bool quick = quick_is(t->pen.quick), far = t->roll->kept.pieces == 0;

	for (; it < end; it++) {
		const struct slot *c;

		if (it->stat == NULL) {
			write_kept(t, it);
			continue;
		}
		if (far && end - it > AHEAD) {
			slot_fetch(it[AHEAD].stat, it[AHEAD].who);
			slot_fetch_extra(it[MORE].stat, it[MORE].who);
			slot_fetch_rare(it[MOST].stat, it[MOST].who);
		}
		c = slot_of(it->stat, it->who);
		if (c->events == 0)
			continue;
		if (quick)
			write_row(t, it, c);
		else
			show_one(t, it);
	}
}

/* --- by threads -------------------------------------------------------- */

static void
make_piece(void *tally, size_t piece)
{
	struct tally *t = tally;

	roll_get(t->roll, &t->hand, piece);
	write_rows(t);
}

static void
give_piece(void *tally, size_t piece)
{
	struct tally *t = tally;

	(void)piece;
	if (roll_give(t->roll, &t->hand))
		pen_give(&t->pen);
	else
		quick_drop(t->pen.quick);
}

void
tally_begin(struct show *out, bool partial)
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
	show_begin(out, column, STAT_COLUMNS + partial);
}

/* stat_days has room for one. */
bool
tally_rows(struct roll *r, bool partial, struct show *out)
{
	struct turns turns = { .make = make_piece, .give = give_piece };
	size_t n = partial ? 1 : pen_hands(out, r->pieces);
	struct tally *t = mem_zero(n, sizeof *t);

	for (size_t i = 0; i < n; i++) {
		t[i] = (struct tally){ .roll = r, .partial = partial };
		pen_begin(&t[i].pen, out, i, n);
	}
	r->dated = partial;
	roll_walk(r, turns, t, n, sizeof *t);
	for (size_t i = 0; i < n; i++) {
		pen_end(&t[i].pen, out);
		roll_hand_free(&t[i].hand);
		buf_free(&t[i].days);
	}
	free(t);
	die_unless(r->err.status == CRM_OK, &r->err);
	return !r->lost;
}
