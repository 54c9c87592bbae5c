#include "crm/rulelex.h"

#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/tr.h"

bool
rulelex_complain(struct rulelex *p, const char *what, const char *with)
{
	char shown[ERR_SHOWN];

	if (with == NULL)
		return err_row(p->err, p->line, "%s:%ju: %s", p->name,
		    (uintmax_t)p->line, what);
	return err_row(p->err, p->line, "%s:%ju: %s: \"%s\"", p->name,
	    (uintmax_t)p->line, what, err_shown(shown, slice_of(with)));
}

bool
rulelex_unknown(struct rulelex *p, const char *what, struct slice near)
{
	char told[NEAR_TOLD];

	return err_row(p->err, p->line, "%s:%ju: %s: %s", p->name,
	    (uintmax_t)p->line, what,
	    near_told(told, buf_all(&p->token), near));
}

static void
skip_bytes(struct rulelex *p, size_t n)
{
	p->rest.at += n;
	p->rest.len -= n;
}

/* `[name]`, a bracket within as `]]`. */
static bool
take_column(struct rulelex *p)
{
	for (skip_bytes(p, 1); p->rest.len > 0; skip_bytes(p, 1)) {
		if (*p->rest.at == ']') {
			skip_bytes(p, 1);
			if (p->rest.len == 0 || *p->rest.at != ']')
				return true;
		}
		buf_byte(&p->token, *p->rest.at);
	}
	return rulelex_complain(p, _("a bracket is never closed"), NULL);
}

/* `"text"` with \" \\ \n and \t. */
static bool
take_text(struct rulelex *p)
{
	static const char from[] = "\"\\nt", into[] = "\"\\\n\t";
	const char *e;

	for (skip_bytes(p, 1); p->rest.len > 0; skip_bytes(p, 1)) {
		char c = *p->rest.at;

		if (c == '"') {
			skip_bytes(p, 1);
			return true;
		}
		if (c == '\\' && p->rest.len > 1) {
			skip_bytes(p, 1);
			e = strchr(from, *p->rest.at);
			if (e == NULL || *e == '\0')
				return rulelex_complain(p,
				    _("unknown escape"), NULL);
			c = into[e - from];
		}
		buf_byte(&p->token, c);
	}
	return rulelex_complain(p, _("a quote is never closed"), NULL);
}

static bool
take_sign(struct rulelex *p)
{
	char c = *p->rest.at;
	char then = p->rest.len > 1 ? p->rest.at[1] : '\0';

	p->not_like = c == '!' && then == '~';
	p->sign = p->not_like ? '~' : c;
	if (c == '!' && then != '=' && then != '~')
		return rulelex_complain(p, _("not understood"), "!");
	buf_add(&p->token, p->rest.at, c == '!' ? 2 : 1);
	skip_bytes(p, c == '!' ? 2 : 1);
	return true;
}

static void
take_word(struct rulelex *p)
{
	size_t n = 0;

	while (n < p->rest.len && strchr(" \t,[]\"+|=?!~", p->rest.at[n]) ==
	    NULL)
		n++;
	buf_add(&p->token, p->rest.at, n);
	skip_bytes(p, n);
}

/* Take the next token; commas and blanks only part them. */
bool
rulelex_next(struct rulelex *p)
{
	char c;

	buf_clear(&p->token);
	while (p->rest.len > 0 && strchr(" \t,\r", *p->rest.at) != NULL)
		skip_bytes(p, 1);
	c = p->rest.len > 0 ? *p->rest.at : '#';
	p->kind = c == '#' ? TOKEN_END : c == '[' ? TOKEN_COLUMN :
	    c == '"' ? TOKEN_TEXT : strchr("+|=?!~", c) != NULL ? TOKEN_SIGN :
	    TOKEN_WORD;
	if (c == ']')
		return rulelex_complain(p, _("not understood"), "]");
	if (p->kind == TOKEN_COLUMN)
		return take_column(p);
	if (p->kind == TOKEN_TEXT)
		return take_text(p);
	if (p->kind == TOKEN_SIGN)
		return take_sign(p);
	if (p->kind == TOKEN_WORD)
		take_word(p);
	return true;
}

bool
rulelex_at(const struct rulelex *p, char sign)
{
	return p->kind == TOKEN_SIGN && p->sign == sign;
}

char *
rulelex_text(const struct rulelex *p)
{
	return mem_text(buf_text(&p->token), p->token.len);
}
