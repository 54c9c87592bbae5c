/*
 * crm-stat - one row per customer: everything that is counted
 *
 * Journals and earlier tables of crm-stat are read, mixed, and added up
 * exactly; what one host has folded another can merge.
 */
#include <stdlib.h>

#include "cli/intake.h"
#include "show/quick.h"

struct job {
	struct cli c;
	bool partial;    /* --partial: the order days too */
	const char *state; /* --state, or NULL */
	struct buf days; /* room for a field of order days */
	struct quick quick;
};

enum {
	PARTIAL = OPTION_OWN,
	STATE,
	AHEAD = 12, /* rows that are being fetched */
};

static const struct cli_option options[] = {
	{ PARTIAL, "partial", NULL,
	    N_("write the order days too, so that any tables merge") },
	{ STATE, "state", "FILE",
	    N_("keep the count in FILE: next time only what is new is read") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-stat",
	.summary = N_("one row per customer: everything that is counted"),
	.operands = "[FILE ...]",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS | CLI_ROWS,
	.example = { "crm-stat | crm-find 'revenue > 10000' -",
	    "crm-stat -p 2026-Q3 journal.tsv > q3.tsv" },
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
write_days(struct job *j, char *to, const struct stat *s, uint32_t who)
{
	const int32_t *day;
	size_t n = stat_days(s, who, &day);
	char text[DATE_TEXT];

	buf_clear(&j->days);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&j->days, "%s%s", i > 0 ? " " : "",
		    date_text(text, day[i]));
	return quick_field(&j->quick, to, buf_all(&j->days));
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
begin(struct job *j)
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
	show_begin(&j->c.out, column, STAT_COLUMNS + j->partial);
	quick_begin(&j->quick, &j->c.out);
}

static void
write_all(struct job *j, const struct stat *s, const struct map *people)
{
	uint32_t *order = map_sorted(people);
	struct quick *q = &j->quick;
	struct stat_row row;

	begin(j);
	for (uint32_t i = 0; i < people->len; i++) {
		uint32_t who = order[i];
		char *to;

		if (i + AHEAD < people->len) {
			map_fetch(people, order[i + AHEAD]);
			stat_fetch(s, order[i + AHEAD]);
		}
		if (!stat_row(s, who, &row))
			continue;
		to = quick_open(q);
		to = write_columns(q, to, map_key(people, who), &row);
		if (j->partial)
			to = write_days(j, to, s, who);
		quick_close(q, to);
	}
	quick_end(q);
	show_end(&j->c.out);
	free(order);
}

int
main(int argc, char *argv[])
{
	struct job j = { 0 };
	struct stat_how how;
	struct use use = { &stat_measure, &how, NULL };
	struct map people;
	bool kept = true;
	int o;

	cli_begin(&j.c, argc, argv, &spec);
	while ((o = cli_next(&j.c)) != -1)
		if (o == PARTIAL)
			j.partial = true;
		else
			j.state = j.c.replaces = j.c.arg;
	cli_ready(&j.c);
	how.window = j.c.window;
	if (j.state != NULL)
		kept = intake_kept(&j.c, j.state, &use, &people);
	else
		intake_fold(&j.c, &use, 1, &people);
	write_all(&j, use.state, &people);
	use_free(&use);
	map_free(&people);
	buf_free(&j.days);
	return cli_end(&j.c, kept ? CRM_OK : CRM_SYS);
}
