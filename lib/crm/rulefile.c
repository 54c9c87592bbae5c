#include "crm/rulefile.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"
#include "base/tr.h"
#include "crm/rulelex.h"
#include "table/csv.h"

struct reader {
	struct rulelex lex;
	struct rules *r;
};

static bool
next(struct reader *p)
{
	return rulelex_next(&p->lex);
}

static bool
at_sign(const struct reader *p, char sign)
{
	return rulelex_at(&p->lex, sign);
}

static bool
is_words(const struct reader *p)
{
	return p->lex.kind == TOKEN_WORD || p->lex.kind == TOKEN_TEXT;
}

static bool
complain(struct reader *p, const char *what, const char *with)
{
	return rulelex_complain(&p->lex, what, with);
}

static bool
unknown(struct reader *p, const char *what, struct slice near)
{
	return rulelex_unknown(&p->lex, what, near);
}

static char *
copy_of(const struct reader *p)
{
	return rulelex_text(&p->lex);
}

static const char *
word_of(const struct reader *p)
{
	return buf_text(&p->lex.token);
}

/* `[column]`, `[column]?`, `"text"`, `@row`, `@line`. */
static bool
read_source(struct reader *p, struct rule_flow *f)
{
	struct rule_source s = { .at = -1, .from = RULE_COLUMN };
	enum token_kind kind = p->lex.kind;
	bool row = kind == TOKEN_WORD && strcmp(word_of(p), "@row") == 0;
	bool line = kind == TOKEN_WORD && strcmp(word_of(p), "@line") == 0;

	if (kind != TOKEN_COLUMN && kind != TOKEN_TEXT && !row && !line)
		return complain(p, _("neither [column] nor \"text\""),
		    word_of(p));
	if (kind != TOKEN_COLUMN)
		s.from = row ? RULE_ROW : line ? RULE_LINE : RULE_TEXT;
	s.text = copy_of(p);
	f->source = mem_resize(f->source, f->sources + 1, sizeof s);
	f->source[f->sources++] = s;
	if (!next(p))
		return false;
	if (!at_sign(p, '?'))
		return true;
	f->source[f->sources - 1].maybe = true;
	return next(p);
}

static bool
read_arg(struct reader *p, struct step *s)
{
	struct step_arg a = { NULL, copy_of(p) };
	bool ok = next(p);

	if (ok && step_pairs(s->kind) && at_sign(p, '=')) {
		ok = next(p);
		a.key = a.text;
		a.text = copy_of(p);
		if (ok && !is_words(p))
			ok = complain(p, _("a text is missing behind ="),
			    NULL);
		ok = ok && next(p);
	}
	s->arg = mem_resize(s->arg, s->args + 1, sizeof a);
	s->arg[s->args++] = a;
	return ok;
}

/* A conversion and its arguments, behind the `|`. */
static bool
read_step(struct reader *p, struct rule_flow *f)
{
	struct slice near = SLICE_EMPTY;
	const char *why;
	const struct step_kind *k =
	    step_kind_of(buf_all(&p->lex.token), &near);
	struct step *s;

	if (p->lex.kind != TOKEN_WORD || k == NULL)
		return unknown(p, _("unknown conversion"), near);
	f->step = mem_resize(f->step, f->steps + 1, sizeof *f->step);
	s = &f->step[f->steps++];
	*s = (struct step){ .kind = k };
	if (!next(p))
		return false;
	while (is_words(p))
		if (!read_arg(p, s))
			return false;
	why = step_check(s);
	return why == NULL || complain(p, why, NULL);
}

/* source { + source } { | conversion }, from the token in hand on. */
static bool
read_flow(struct reader *p, struct rule_flow *f)
{
	f->line = p->lex.line;
	if (!read_source(p, f))
		return false;
	while (at_sign(p, '+'))
		if (!next(p) || !read_source(p, f))
			return false;
	while (at_sign(p, '|'))
		if (!next(p) || !read_step(p, f))
			return false;
	return true;
}

static bool
read_end(struct reader *p)
{
	return p->lex.kind == TOKEN_END ||
	    complain(p, _("too much in the line"),
		word_of(p));
}

static size_t
column_of(struct rules *r, struct slice name)
{
	for (size_t i = 0; i < r->columns; i++)
		if (slice_is(name, r->column[i]))
			return i;
	r->column = mem_resize(r->column, r->columns + 1,
	    sizeof *r->column);
	r->column[r->columns] = mem_text(name.at, name.len);
	return r->columns++;
}

static struct rule *
add_rule(struct rules *r, struct slice column)
{
	struct rule new = { .block = r->blocks };

	new.column = column_of(r, column);
	r->rule = mem_resize(r->rule, r->n + 1, sizeof new);
	r->rule[r->n] = new;
	return &r->rule[r->n++];
}

/* `column = flow`, the name in *name and the = in hand. */
static bool
read_rule(struct reader *p, struct slice name)
{
	size_t column = column_of(p->r, name);

	for (size_t i = 0; i < p->r->n; i++)
		if (p->r->rule[i].column == column &&
		    p->r->rule[i].block == p->r->blocks)
			return complain(p, _("duplicate column"),
			    p->r->column[column]);
	return next(p) && read_flow(p, &add_rule(p->r, name)->flow) &&
	    read_end(p);
}

static bool
add_name(char ***names, size_t *n, struct reader *p)
{
	*names = mem_resize(*names, *n + 1, sizeof **names);
	(*names)[(*n)++] = copy_of(p);
	return true;
}

static bool
read_names(struct reader *p, char ***names, size_t *n)
{
	while (p->lex.kind == TOKEN_COLUMN)
		if (!add_name(names, n, p) || !next(p))
			return false;
	return *n > 0 ? read_end(p) :
	    complain(p, _("a [column] is missing"), NULL);
}

static bool
read_for(struct reader *p)
{
	struct rules *r = p->r;

	r->sign = mem_resize(r->sign, r->signs + 1, sizeof *r->sign);
	r->sign[r->signs] = (struct rule_for){ NULL, 0 };
	r->signs++;
	return read_names(p, &r->sign[r->signs - 1].column,
	    &r->sign[r->signs - 1].n);
}

static bool
read_columns(struct reader *p)
{
	return read_names(p, &p->r->header, &p->r->headers);
}

static bool
read_trim(struct reader *p)
{
	p->r->trim = true;
	return read_end(p);
}

static bool
read_row(struct reader *p)
{
	p->r->blocks++;
	return read_end(p);
}

/* One word or text, which becomes *to. */
static bool
read_word(struct reader *p, char **to)
{
	if (!is_words(p))
		return complain(p, _("an argument is missing"), NULL);
	free(*to);
	*to = copy_of(p);
	return next(p) && read_end(p);
}

static bool
read_encoding(struct reader *p)
{
	return read_word(p, &p->r->encoding);
}

static bool
read_zone(struct reader *p)
{
	return read_word(p, &p->r->zone);
}

static bool
read_delimiter(struct reader *p)
{
	char *word = NULL;
	bool ok = read_word(p, &word);

	if (ok && !csv_delimiter(word, &p->r->delimiter))
		ok = complain(p, _("not a delimiter"), word);
	free(word);
	return ok;
}

static bool
read_way(struct reader *p, enum foreign_way first, enum foreign_way *way)
{
	char *word = NULL;
	bool ok = read_word(p, &word);
	const char *what =
	    ok ? foreign_way_of(slice_of(word), first, way) : NULL;

	if (what != NULL)
		ok = complain(p, what, word);
	free(word);
	return ok;
}

static bool
read_decimal(struct reader *p)
{
	return read_way(p, FOREIGN_COMMA, &p->r->decimal);
}

static bool
read_order(struct reader *p)
{
	return read_way(p, FOREIGN_DMY, &p->r->order);
}

static bool
read_op(struct reader *p, struct rule_test *t)
{
	if (p->lex.kind != TOKEN_SIGN || strchr("=!~", p->lex.sign) == NULL)
		return complain(p, _("none of = != ~ !~"),
		    word_of(p));
	t->op = p->lex.sign == '=' ? RULE_IS :
	    p->lex.sign == '!' ? RULE_IS_NOT :
	    p->lex.not_like ? RULE_NOT_LIKE : RULE_LIKE;
	return next(p);
}

static bool
read_test(struct reader *p, bool only)
{
	struct rules *r = p->r;
	struct rule_test *t;
	const char *why;

	r->test = mem_resize(r->test, r->tests + 1, sizeof *r->test);
	t = &r->test[r->tests++];
	*t = (struct rule_test){ .only = only, .block = r->blocks };
	if (!read_flow(p, &t->flow) || !read_op(p, t) ||
	    !read_word(p, &t->text))
		return false;
	why = t->op < RULE_LIKE ? NULL :
	    like_pattern(&t->like, slice_of(t->text));
	return why == NULL || complain(p, why, t->text);
}

static bool
read_skip(struct reader *p)
{
	return read_test(p, false);
}

static bool
read_only(struct reader *p)
{
	return read_test(p, true);
}

static const struct {
	const char *name;
	bool (*read)(struct reader *p);
} directives[] = {
	{ "for", read_for }, { "trim", read_trim },
	{ "decimal", read_decimal }, { "date-order", read_order },
	{ "delimiter", read_delimiter }, { "encoding", read_encoding },
	{ "zone", read_zone }, { "columns", read_columns },
	{ "skip", read_skip }, { "only", read_only }, { "row", read_row },
};

enum { DIRECTIVES = LEN(directives) };

static bool
read_directive(struct reader *p, struct slice word)
{
	struct slice names[DIRECTIVES];

	for (size_t i = 0; i < DIRECTIVES; i++) {
		names[i] = slice_of(directives[i].name);
		if (slice_eq(word, names[i]))
			return directives[i].read(p);
	}
	buf_clear(&p->lex.token);
	buf_slice(&p->lex.token, word);
	return unknown(p, _("neither column = ... nor a known word"),
	    near_word(word, names, DIRECTIVES));
}

static bool
read_line(struct reader *p)
{
	struct buf word = { 0 };
	bool ok;

	if (!next(p))
		return false;
	if (p->lex.kind == TOKEN_END)
		return true;
	if (p->lex.kind != TOKEN_WORD)
		return complain(p, _("neither column = ... nor a known word"),
		    word_of(p));
	buf_slice(&word, buf_all(&p->lex.token));
	ok = next(p) && (at_sign(p, '=') ?
	    read_rule(p, buf_all(&word)) : read_directive(p, buf_all(&word)));
	buf_free(&word);
	return ok;
}

static bool
has(const struct rules *r, const char *column)
{
	for (size_t i = 0; i < r->columns; i++)
		if (strcmp(r->column[i], column) == 0)
			return true;
	return false;
}

/* What kind of table it is: of events, or of customers. */
static bool
check_table(struct rules *r, struct err *e)
{
	r->journal = has(r, "kind");
	if (r->columns == 0)
		return err_row(e, 0, _("%s: no column = ... in it"), r->name);
	if (r->journal && (!has(r, "time") || !has(r, "customer")))
		return err_row(e, 0, _("%s: a journal needs the columns time, "
		    "customer and kind"), r->name);
	return true;
}

bool
rulefile_parse(struct rules *r, struct slice text, const char *name,
    struct err *e)
{
	struct reader p = { .r = r, .lex = { .name = name, .err = e } };
	struct slice line;

	r->name = mem_text(name, strlen(name));
	if (text_utf8(text) != text.len)
		return err_set(e, CRM_DATA, _("%s: not UTF-8"), name);
	if (text.len >= 3 && memcmp(text.at, "\xef\xbb\xbf", 3) == 0)
		text = (struct slice){ text.at + 3, text.len - 3 };
	while (text_part(&text, '\n', &line)) {
		if (line.len > 0 && line.at[line.len - 1] == '\r')
			line.len--;
		p.lex.line++;
		p.lex.rest = line;
		read_line(&p);
	}
	buf_free(&p.lex.token);
	return e->status == CRM_OK && check_table(r, e);
}

/* A name that a table of ours may have. */
static bool
check_name(struct slice name, const char *file, uint64_t line, struct err *e)
{
	char shown[ERR_SHOWN];

	if (name.len > 0 && memchr(name.at, ' ', name.len) == NULL &&
	    !text_has_control(name))
		return true;
	return err_row(e, line, _("%s:%ju: not a column name: \"%s\": give -m "
	    "RULES"), file, (uintmax_t)line, err_shown(shown, name));
}

bool
rulefile_copy(struct rules *r, const struct rules_record *header,
    const char *file, struct err *e)
{
	r->name = mem_text(file, strlen(file));
	for (size_t i = 0; i < header->fields; i++) {
		struct slice name = text_trim(header->field[i]);
		struct rule_flow *f;

		if (!check_name(name, file, header->line, e))
			continue;
		f = &add_rule(r, name)->flow;
		f->source = mem_zero(1, sizeof *f->source);
		f->source[f->sources++] = (struct rule_source){
			.from = RULE_COLUMN,
			.text = mem_text(name.at, name.len) };
		f->line = header->line;
	}
	return e->status == CRM_OK && check_table(r, e);
}
