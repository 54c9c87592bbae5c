/*
 * crm-stat - one row per customer: everything that is counted
 *
 * Journals and earlier tables of crm-stat are read, mixed, and added up
 * exactly; what one host has folded another can merge.
 */
#include <stdlib.h>

#include "cli/intake.h"

struct job {
	struct cli c;
	bool partial;    /* --partial: the order days too */
	struct buf days; /* room for a field of order days */
};

enum {
	PARTIAL = OPTION_OWN,
	AHEAD = 12, /* rows that are being fetched */
};

static const struct cli_option options[] = {
	{ PARTIAL, "partial", NULL,
	    N_("write the order days too, so that any tables merge") },
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

static void
write_field(struct show *out, const struct stat_row *row,
    const struct stat_field *f)
{
	const char *at = (const char *)row + f->at;
	const char *when = (const char *)row + f->time_at;
	bool known = *(const int64_t *)when != STAT_NEVER;

	switch (f->type) {
	case STAT_TIME:
		show_time(out, *(const int64_t *)at);
		break;
	case STAT_COUNT:
		show_int(out, *(const int64_t *)at);
		break;
	case STAT_MONEY:
		show_money(out, *(const int64_t *)at);
		break;
	case STAT_DAY:
		show_day(out, *(const int32_t *)at);
		break;
	case STAT_SCORE:
		known ? show_int(out, *(const int *)at) : show_empty(out);
		break;
	default:
		known ? show_text(out, kind_info(row->state)->name)
		      : show_empty(out);
	}
}

static void
write_days(struct job *j, const struct stat *s, uint32_t who)
{
	const int32_t *day;
	size_t n = stat_days(s, who, &day);
	char text[DATE_TEXT];

	buf_clear(&j->days);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&j->days, "%s%s", i > 0 ? " " : "",
		    date_text(text, day[i]));
	show_value(&j->c.out, buf_all(&j->days));
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
}

static void
write_all(struct job *j, const struct stat *s, const struct map *people)
{
	uint32_t *order = map_sorted(people);
	struct show *out = &j->c.out;
	struct stat_row row;

	begin(j);
	for (uint32_t i = 0; i < people->len; i++) {
		if (i + AHEAD < people->len) {
			map_fetch(people, order[i + AHEAD]);
			stat_fetch(s, order[i + AHEAD]);
		}
		if (!stat_row(s, order[i], &row))
			continue;
		show_field(out, map_key(people, order[i]));
		for (int f = 1; f < STAT_COLUMNS; f++)
			write_field(out, &row, &stat_field[f]);
		if (j->partial)
			write_days(j, s, order[i]);
		show_row(out);
	}
	show_end(out);
	free(order);
}

int
main(int argc, char *argv[])
{
	struct job j = { 0 };
	struct stat_how how;
	struct use use = { &stat_measure, &how, NULL };
	struct map people;

	cli_begin(&j.c, argc, argv, &spec);
	while (cli_next(&j.c) == PARTIAL)
		j.partial = true;
	cli_ready(&j.c);
	how.window = j.c.window;
	intake_fold(&j.c, &use, 1, &people);
	write_all(&j, use.state, &people);
	use_free(&use);
	map_free(&people);
	buf_free(&j.days);
	return cli_end(&j.c, CRM_OK);
}
