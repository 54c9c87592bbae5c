/* lex - the words of an expression */
#include "table/lex.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"
#include "base/tr.h"

enum { WORDS = 600 }; /* room for a message */

bool
lex_begin(struct lex *x, const char *text, struct err *e)
{
	*x = (struct lex){ .err = e, .text = slice_of(text) };
	x->begin = text_utf8(x->text);
	if (x->begin < x->text.len)
		return lex_fail(x, _("not UTF-8"));
	x->begin = 0;
	return true;
}

bool
lex_is(const struct lex *x, const char *keyword)
{
	return x->token == LEX_WORD && text_same(x->word, slice_of(keyword));
}

bool
lex_is_keyword(const struct lex *x)
{
	return lex_is(x, "and") || lex_is(x, "or") || lex_is(x, "not");
}

void
lex_free(struct lex *x)
{
	buf_free(&x->room);
}

bool
lex_fail(struct lex *x, const char *fmt, ...)
{
	char words[WORDS];
	size_t column = 1;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	for (size_t i = 0; i < x->begin; i++)
		column += ((unsigned char)x->text.at[i] & 0xc0) != 0x80;
	return err_set(x->err, CRM_USAGE, _("expression: column %zu: %s"),
	    column, words);
}

bool
lex_expected(struct lex *x, const char *what)
{
	char shown[ERR_SHOWN];
	struct slice got = { x->text.at + x->begin, x->at - x->begin };

	if (x->token == LEX_END)
		return lex_fail(x, _("expected %s, not the end"), what);
	return lex_fail(x, _("expected %s, not \"%s\""), what,
	    err_shown(shown, got));
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The operator at the start of s, the longest; COND_OPS if none. */
static enum cond_op
operator_at(struct slice s)
{
	enum cond_op best = COND_OPS;
	size_t longest = 0;

	for (enum cond_op op = 0; op < COND_OPS; op++) {
		size_t n = strlen(cond_op_text[op]);

		if (n > longest && n <= s.len &&
		    memcmp(s.at, cond_op_text[op], n) == 0) {
			best = op;
			longest = n;
		}
	}
	return best;
}

static struct slice
rest_of(const struct lex *x)
{
	return (struct slice){ x->text.at + x->at, x->text.len - x->at };
}

static void
next_word(struct lex *x)
{
	struct slice s;

	for (; x->at < x->text.len; x->at++) {
		s = rest_of(x);
		if (is_blank(*s.at) || *s.at == '(' || *s.at == ')' ||
		    operator_at(s) != COND_OPS)
			break;
	}
	x->token = LEX_WORD;
	x->word = (struct slice){ x->text.at + x->begin, x->at - x->begin };
}

/* A quote inside is written twice. */
static bool
next_quoted(struct lex *x)
{
	char quote = x->text.at[x->at++];

	buf_clear(&x->room);
	for (; x->at < x->text.len; x->at++) {
		char c = x->text.at[x->at];

		if (c == quote && (++x->at == x->text.len ||
		    x->text.at[x->at] != quote)) {
			x->token = LEX_QUOTED;
			x->word = buf_all(&x->room);
			return true;
		}
		buf_byte(&x->room, c);
	}
	return lex_fail(x, _("a quote is never closed"));
}

bool
lex_next(struct lex *x)
{
	char c;

	while (x->at < x->text.len && is_blank(x->text.at[x->at]))
		x->at++;
	x->begin = x->at;
	x->token = LEX_END;
	if (x->at == x->text.len)
		return true;
	c = x->text.at[x->at];
	if (c == '"' || c == '\'')
		return next_quoted(x);
	x->op = operator_at(rest_of(x));
	if (x->op != COND_OPS) {
		x->token = LEX_OPERATOR;
		x->at += strlen(cond_op_text[x->op]);
	} else if (c == '(' || c == ')') {
		x->token = c == '(' ? LEX_OPEN : LEX_CLOSE;
		x->at++;
	} else {
		next_word(x);
	}
	return true;
}

bool
lex_has_operator(const struct lex *x)
{
	struct slice s = x->text;
	char quote = '\0';

	for (bool start = true; s.len > 0; s.at++, s.len--) {
		if (quote != '\0') {
			quote = *s.at == quote ? '\0' : quote;
			continue;
		}
		if (start && (*s.at == '"' || *s.at == '\''))
			quote = *s.at;
		else if (operator_at(s) != COND_OPS)
			return true;
		start = is_blank(*s.at) || *s.at == '(';
	}
	return false;
}

bool
lex_search(struct lex *x, bool *ok)
{
	while (x->at < x->text.len && is_blank(x->text.at[x->at]))
		x->at++;
	x->begin = x->at;
	*ok = true;
	if (x->at == x->text.len)
		return false;
	if (x->text.at[x->at] == '"' || x->text.at[x->at] == '\'')
		return *ok = next_quoted(x);
	while (x->at < x->text.len && !is_blank(x->text.at[x->at]))
		x->at++;
	x->word = (struct slice){ x->text.at + x->begin, x->at - x->begin };
	return true;
}
