/* Rules find their columns in a header; part of rules.h. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"
#include "base/tr.h"
#include "crm/rules.h"

static int
find_column(const struct rules_record *header, const char *name)
{
	for (size_t i = 0; i < header->fields; i++)
		if (slice_is(text_trim(header->field[i]), name))
			return (int)i;
	return -1;
}

static bool
missing(const struct rules *r, const struct rule_flow *f, const char *name,
    const struct rules_record *header, const char *file, struct err *e)
{
	struct slice word = slice_of(name);
	char told[NEAR_TOLD];

	return err_row(e, f->line, _("%s:%ju: not a column of %s: %s"),
	    r->name, (uintmax_t)f->line, file, near_told(told, word,
		near_word(word, header->field, header->fields)));
}

/* Find one column; it must be there once. */
static bool
bind_source(const struct rules *r, const struct rule_flow *f,
    struct rule_source *s, const struct rules_record *header,
    const char *file, struct err *e)
{
	struct rules_record rest = *header;
	char shown[ERR_SHOWN];

	s->at = find_column(header, s->text);
	if (s->at < 0)
		return s->maybe || missing(r, f, s->text, header, file, e);
	rest.field += s->at + 1;
	rest.fields -= (size_t)s->at + 1;
	return find_column(&rest, s->text) < 0 ||
	    err_row(e, f->line, _("%s:%ju: duplicate column in %s: \"%s\""),
		r->name, (uintmax_t)f->line, file,
		err_shown(shown, slice_of(s->text)));
}

static void
bind_flow(struct rules *r, struct rule_flow *f,
    const struct rules_record *header, const char *file, struct err *e)
{
	for (size_t i = 0; i < f->sources; i++)
		if (f->source[i].from == RULE_COLUMN)
			bind_source(r, f, &f->source[i], header, file, e);
	for (size_t i = 0; i < f->steps; i++) {
		struct step *s = &f->step[i];
		enum foreign_way way = step_doubts(s) == FOREIGN_COMMA ?
		    r->decimal : r->order;

		if (!s->given && way != FOREIGN_FIND) {
			s->way = way;
			s->given = true;
		}
	}
}

/* Which rule makes a column of a block: its own, else the common one. */
static size_t
choose(const struct rules *r, size_t block, size_t column)
{
	size_t found = r->n;

	for (size_t i = 0; i < r->n; i++)
		if (r->rule[i].column == column &&
		    (r->rule[i].block == block ||
			(r->rule[i].block == RULES_COMMON && found == r->n)))
			found = i;
	return found;
}

/* A column that could only be empty, since its sources are missing, is left
 * out: an update from it would wipe what is known. */
static bool
is_absent(const struct rules *r, size_t column)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct rule_flow *f = &r->rule[i].flow;

		if (r->rule[i].column != column)
			continue;
		for (size_t k = 0; k < f->sources; k++)
			if (f->source[k].from != RULE_COLUMN ||
			    f->source[k].at >= 0)
				return false;
		for (size_t k = 0; k < f->steps; k++)
			if (step_fills(&f->step[k]))
				return false;
	}
	return true;
}

static void
drop_column(struct rules *r, size_t column)
{
	free(r->column[column]);
	r->columns--;
	for (size_t c = column; c < r->columns; c++)
		r->column[c] = r->column[c + 1];
	for (size_t i = 0; i < r->n; i++)
		if (r->rule[i].column == column)
			r->rule[i].column = SIZE_MAX;
		else if (r->rule[i].column != SIZE_MAX)
			r->rule[i].column -= r->rule[i].column > column;
}

static void
bind_columns(struct rules *r, const struct zone *zone)
{
	for (size_t c = r->columns; c > 0; c--)
		if (is_absent(r, c - 1))
			drop_column(r, c - 1);
	r->chosen = mem_zero((rules_rows(r) + 1) * r->columns,
	    sizeof *r->chosen);
	for (size_t b = 1; b <= rules_rows(r); b++)
		for (size_t c = 0; c < r->columns; c++)
			r->chosen[b * r->columns + c] = choose(r, b, c);
	for (int i = 0; i < EVENT_COLUMNS; i++) {
		r->event[i] = -1;
		for (size_t c = 0; c < r->columns; c++)
			if (strcmp(event_column[i], r->column[c]) == 0)
				r->event[i] = (int)c;
	}
	r->typer = (struct typer){ .zone = zone, .column = r->event };
	r->parts.zone = zone;
	r->end = mem_zero(r->columns + 1, sizeof *r->end);
	r->end[0] = UINT32_MAX;
}

bool
rules_bind(struct rules *r, const struct rules_record *header,
    const char *file, const struct zone *zone, struct err *e)
{
	for (size_t i = 0; i < r->n; i++)
		bind_flow(r, &r->rule[i].flow, header, file, e);
	for (size_t i = 0; i < r->tests; i++)
		bind_flow(r, &r->test[i].flow, header, file, e);
	if (e->status != CRM_OK)
		return false;
	bind_columns(r, zone);
	return r->columns > 0 || err_row(e, 0,
	    _("%s: no column of %s is in it"), file, r->name);
}
