#include "crm/rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/tr.h"
#include "crm/customers.h"
#include "crm/sheet.h"

enum { SLACK = 64 }; /* readable bytes that typing wants behind a row */

size_t
rules_rows(const struct rules *r)
{
	return r->blocks > 0 ? r->blocks : 1;
}

/* A field with LF for every line end, trimmed where the rules say so. */
static bool
add_field(struct rules *r, struct slice f)
{
	struct buf *b = &r->parts.part[r->parts.n];
	size_t n = 0;

	if (!parts_add(&r->parts, r->trim ? text_trim(f) : f))
		return false;
	if (b->len == 0 || memchr(b->at, '\r', b->len) == NULL)
		return true;
	for (size_t i = 0; i < b->len; i++) {
		if (b->at[i] == '\r' && b->at[i + 1] == '\n')
			continue;
		b->at[n++] = b->at[i] == '\r' ? '\n' : b->at[i];
	}
	b->len = n;
	b->at[n] = '\0';
	return true;
}

static bool
add_source(struct rules *r, const struct rule_source *s,
    const struct rules_record *rec)
{
	struct buf number = { 0 };
	bool ok;

	if (s->from == RULE_TEXT)
		return parts_add(&r->parts, slice_of(s->text));
	if (s->from == RULE_COLUMN)
		return s->at < 0 || add_field(r, rec->field[s->at]);
	buf_fmt(&number, "%ju", (uintmax_t)(s->from == RULE_ROW ? rec->row :
	    rec->line));
	ok = parts_add(&r->parts, buf_all(&number));
	buf_free(&number);
	return ok;
}

/* The value of a flow, in one part. */
static bool
flow(struct rules *r, struct rule_flow *f, const struct rules_record *rec)
{
	parts_clear(&r->parts);
	r->parts.line = rec->line;
	for (size_t i = 0; i < f->sources; i++)
		if (!add_source(r, &f->source[i], rec))
			return false;
	if (r->parts.n == 0)
		parts_add(&r->parts, SLICE_EMPTY);
	for (size_t i = 0; i < f->steps; i++)
		if (!step_do(&f->step[i], &r->parts))
			return false;
	if (r->parts.n != 1)
		parts_join(&r->parts, " ");
	return true;
}

static bool
holds(const struct rule_test *t, struct slice value)
{
	struct buf field = { 0 };
	bool yes;

	if (t->op == RULE_IS || t->op == RULE_IS_NOT)
		return slice_is(value, t->text) == (t->op == RULE_IS);
	text_escape(&field, value);
	yes = like_found(&t->like, buf_all(&field));
	buf_free(&field);
	return yes == (t->op == RULE_LIKE);
}

static bool
say(struct buf *why, const char *column, const char *what,
    struct slice value)
{
	char shown[ERR_SHOWN];

	buf_fmt(why, "%s: %s: \"%s\"", column, _(what),
	    err_shown(shown, value));
	return false;
}

/* What a message calls a value: the source column, or what else it is. */
static const char *
source_of(const struct rule_flow *f, const char *other)
{
	for (size_t i = 0; i < f->sources; i++)
		if (f->source[i].from == RULE_COLUMN)
			return f->source[i].text;
	return other;
}

/* Is the row of this block left out?  RULES_BAD where a condition cannot be
 * judged, unless another one leaves it out. */
static enum rules_answer
judge(struct rules *r, const struct rules_record *rec, size_t block,
    struct buf *why)
{
	enum rules_answer a = RULES_ROW;

	for (size_t i = 0; i < r->tests; i++) {
		struct rule_test *t = &r->test[i];

		if (t->block != RULES_COMMON && t->block != block)
			continue;
		if (flow(r, &t->flow, rec)) {
			if (holds(t, buf_all(&r->parts.part[0])) != t->only)
				return RULES_SKIPPED;
		} else if (a == RULES_ROW && r->parts.why != NULL) {
			say(why, source_of(&t->flow, _("condition")),
			    r->parts.why, buf_all(&r->parts.part[0]));
			a = RULES_BAD;
		}
	}
	return a;
}

void
rules_learn(struct rules *r, const struct rules_record *rec)
{
	struct buf why = { 0 };

	r->parts.learn = true;
	for (size_t b = 1; b <= rules_rows(r); b++) {
		if (judge(r, rec, b, &why) == RULES_SKIPPED)
			continue;
		for (size_t c = 0; c < r->columns; c++) {
			size_t i = r->chosen[b * r->columns + c];

			if (i < r->n)
				flow(r, &r->rule[i].flow, rec);
		}
	}
	r->parts.learn = false;
	buf_free(&why);
}

static const char *
name_of(const struct rules *r, const struct rule *rule)
{
	return source_of(&rule->flow, r->column[rule->column]);
}

static bool
undecided(const struct step *s, const char *file, const char *column,
    struct err *e)
{
	const struct foreign_doubt *d = &s->doubt;
	bool number = step_doubts(s) == FOREIGN_COMMA;
	const char *option = number ? "--decimal" : "--date-order";
	char shown[ERR_SHOWN];

	if (d->first != 0 && d->second != 0)
		return err_row(e, d->first, number ?
		    _("%s:%ju: %s: a decimal comma here, a decimal point in "
		      "line %ju: give %s") :
		    _("%s:%ju: %s: the day first here, the month first in "
		      "line %ju: give %s"), file, (uintmax_t)d->first,
		    column, (uintmax_t)d->second, option);
	return err_row(e, d->open, number ?
	    _("%s:%ju: %s: decimal comma or decimal point: give %s: "
	      "\"%s\"") :
	    _("%s:%ju: %s: day or month first: give %s: \"%s\""), file,
	    (uintmax_t)d->open, column, option,
	    err_shown(shown, buf_all(&d->text)));
}

static void
settle_flow(struct rule_flow *f, const char *file, const char *column,
    struct err *e)
{
	for (size_t i = 0; i < f->steps; i++) {
		struct step *s = &f->step[i];

		if (s->given || step_doubts(s) == FOREIGN_FIND)
			continue;
		s->way = foreign_settle(&s->doubt, step_doubts(s));
		if (s->way == FOREIGN_FIND)
			undecided(s, file, column, e);
	}
}

bool
rules_settle(struct rules *r, const char *file, struct err *e)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->rule[i].column != SIZE_MAX)
			settle_flow(&r->rule[i].flow, file,
			    name_of(r, &r->rule[i]), e);
	for (size_t i = 0; i < r->tests; i++)
		settle_flow(&r->test[i].flow, file, _("condition"), e);
	return e->status == CRM_OK;
}

/* What crm-log has against a value of an event before its type matters. */
static const char *
event_fit(const char *column, struct slice value)
{
	static const enum event_column lines[] = { EVENT_KIND, EVENT_CHANNEL,
		EVENT_REF, EVENT_TOPIC, EVENT_BY };

	if (strcmp(column, event_column[EVENT_TEXT]) == 0)
		return customer_fit(slice_of("note"), value);
	for (size_t i = 0; i < LEN(lines); i++)
		if (strcmp(column, event_column[lines[i]]) == 0)
			return text_has_control(value) ?
			    N_("has a control character") : NULL;
	return NULL;
}

/* Make field c of the row. */
static bool
make_field(struct rules *r, const struct rules_record *rec, size_t block,
    size_t c, struct buf *why)
{
	size_t i = r->chosen[block * r->columns + c];
	const char *what;
	size_t from;

	if (c > 0)
		buf_byte(&r->line, '\t');
	from = r->line.len;
	if (i < r->n) {
		struct rule *rule = &r->rule[i];
		struct slice value;

		if (!flow(r, &rule->flow, rec))
			return say(why, name_of(r, rule), r->parts.why,
			    buf_all(&r->parts.part[0]));
		value = buf_all(&r->parts.part[0]);
		what = r->journal ? event_fit(r->column[c], value) :
		    customer_fit(slice_of(r->column[c]), value);
		text_escape(&r->line, value);
		if (what == NULL && r->line.len - from > SHEET_FIELD)
			what = N_("longer than 64 KiB");
		if (what != NULL)
			return say(why, name_of(r, rule), what, value);
	}
	r->end[c + 1] = (uint32_t)r->line.len;
	return true;
}

/* What a message calls a column of an event. */
static const char *
event_name(const struct rules *r, size_t block, enum event_column c)
{
	size_t i = r->event[c] < 0 ? r->n :
	    r->chosen[block * r->columns + (size_t)r->event[c]];

	return i < r->n ? name_of(r, &r->rule[i]) : event_column[c];
}

/* A column of the event just made. */
static struct slice
event_field(const struct rules *r, enum event_column c)
{
	int at = r->event[c];
	uint32_t from = at < 0 ? 0 : r->end[at] + 1;

	return at < 0 ? SLICE_EMPTY :
	    (struct slice){ r->line.at + from, r->end[at + 1] - from };
}

static bool
check_stage(struct rules *r, size_t block, const struct event *v,
    struct buf *why)
{
	char told[STAGES_WRONG];
	const char *wrong;

	if (r->stages == NULL || v->kind != KIND_DEAL ||
	    r->event[EVENT_TOPIC] < 0)
		return true;
	wrong = stages_wrong(r->stages, event_field(r, EVENT_TOPIC), told);
	if (wrong != NULL)
		buf_fmt(why, "%s: %s", event_name(r, block, EVENT_TOPIC),
		    wrong);
	return wrong == NULL;
}

/* What only writers ask of an event, as readers pass over it. */
static bool
check_kind(struct rules *r, size_t block, const struct event *v,
    struct buf *why)
{
	const struct kind_info *k = kind_info(v->kind);
	struct slice value = event_field(r, EVENT_VALUE);

	if (k->value == VALUE_NONE && value.len > 0)
		return say(why, event_name(r, block, EVENT_VALUE),
		    N_("this kind has none"), value);
	if (k->ref == REF_NEEDED && event_field(r, EVENT_REF).len == 0)
		return say(why, event_name(r, block, EVENT_REF),
		    N_("missing"), SLICE_EMPTY);
	return check_stage(r, block, v, why);
}

/* Check a row as crm-log would. */
static bool
check_event(struct rules *r, size_t block, struct buf *why)
{
	struct event v;
	const uint32_t *end = r->end + 1;
	enum event_column bad;
	struct buf room = { 0 };

	memset(buf_room(&r->line, SLACK), 0, SLACK);
	bad = event_type(&r->typer, r->line.at, end, &v);
	if (bad == EVENT_COLUMNS)
		return check_kind(r, block, &v, why);
	if (r->event[bad] < 0)
		return say(why, event_column[bad], _("missing"), SLICE_EMPTY);
	buf_fmt(why, "%s: %s", event_name(r, block, bad),
	    event_wrong(&r->typer, bad, r->line.at, end, &room));
	buf_free(&room);
	return false;
}

enum rules_answer
rules_apply(struct rules *r, const struct rules_record *rec, size_t block,
    struct buf *why)
{
	enum rules_answer a;

	buf_clear(&r->line);
	buf_clear(why);
	a = judge(r, rec, block, why);
	if (a != RULES_ROW)
		return a;
	for (size_t c = 0; c < r->columns; c++)
		if (!make_field(r, rec, block, c, why))
			return RULES_BAD;
	if (r->line.len == r->columns - 1 && !r->journal) {
		r->empty++; /* of TABs only */
		return RULES_SKIPPED;
	}
	buf_byte(&r->line, '\n');
	return !r->journal || check_event(r, block, why) ? RULES_ROW :
	    RULES_BAD;
}

uint64_t
rules_twice(const struct rules *r)
{
	return r->parts.twice;
}

uint64_t
rules_empty(const struct rules *r)
{
	return r->empty;
}

static void
free_flow(struct rule_flow *f)
{
	for (size_t i = 0; i < f->sources; i++)
		free(f->source[i].text);
	for (size_t i = 0; i < f->steps; i++)
		step_free(&f->step[i]);
	free(f->source);
	free(f->step);
}

static void
free_names(char **name, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(name[i]);
	free(name);
}

void
rules_free(struct rules *r)
{
	for (size_t i = 0; i < r->n; i++)
		free_flow(&r->rule[i].flow);
	for (size_t i = 0; i < r->tests; i++) {
		free_flow(&r->test[i].flow);
		free(r->test[i].text);
		like_free(&r->test[i].like);
	}
	for (size_t i = 0; i < r->signs; i++)
		free_names(r->sign[i].column, r->sign[i].n);
	free_names(r->header, r->headers);
	free_names(r->column, r->columns);
	free(r->rule);
	free(r->test);
	free(r->sign);
	free(r->chosen);
	free(r->end);
	free(r->name);
	free(r->encoding);
	free(r->zone);
	buf_free(&r->line);
	parts_free(&r->parts);
	*r = (struct rules){ 0 };
}
