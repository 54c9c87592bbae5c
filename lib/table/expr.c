/* expr - conditions on rows: the language of -w and crm-find */
#include "table/expr.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/tr.h"
#include "table/lex.h"

enum { NONE = -1 };

/* A condition, or several joined by `and` or `or`. */
struct node {
	struct cond *cond; /* owned; NULL for a list */
	bool any;          /* of a list: `or` */
	bool negate;
	int first, next; /* child, sister; NONE ends */
};

struct expr {
	struct node *node;
	size_t nodes, cap;
	int root;
	struct like *word; /* of a search, instead of nodes */
	size_t words;
	bool negate;
	const struct cond *must; /* nothing holds unless it does, or NULL */
};

/* What the parser has in hand. */
struct parse {
	const struct expr_names *names;
	struct expr *x;
	struct lex lex;
	int depth;
};

/* Parser: each returns the number of a node, or NONE after fail. */

static int
node_new(struct expr *x)
{
	x->node = mem_grow(x->node, &x->cap, x->nodes + 1, sizeof *x->node);
	x->node[x->nodes] = (struct node){ .first = NONE, .next = NONE };
	return (int)x->nodes++;
}

/* Is it `PREFIX.name`? */
static bool
has_prefix(struct slice *s, const char *prefix, bool cut)
{
	size_t n = strlen(prefix);

	if (s->len <= n || memcmp(s->at, prefix, n) != 0)
		return false;
	if (cut) {
		s->at += n;
		s->len -= n;
	}
	return true;
}

/* No such column: `hint` is said where no other name is near. */
static bool
unknown(struct parse *p, struct slice name, const char *hint)
{
	char told[NEAR_TOLD];
	const struct slice *all = NULL;
	struct slice near;
	size_t n = 0;

	if (p->names->all != NULL)
		all = p->names->all(p->names->ctx, &n);
	near = near_word(name, all, n);
	return lex_fail(&p->lex, _("unknown column: %s%s"),
	    near_told(told, name, near), near.len > 0 ? "" : hint);
}

static bool
find_column(struct parse *p, int *handle, const char *hint)
{
	struct slice name = p->lex.word;

	has_prefix(&name, "column.", true);
	*handle = p->names->find(p->names->ctx, name);
	return *handle >= 0 || unknown(p, name, hint);
}

/* The right side: see expr.h for when a bare word is a column. */
static bool
parse_right(struct parse *p, struct cond *t)
{
	bool quoted = p->lex.token == LEX_QUOTED;
	bool ordered = t->op >= COND_LT && t->op <= COND_GE;
	const char *bad;

	if ((!quoted && p->lex.token != LEX_WORD) || lex_is_keyword(&p->lex))
		return lex_expected(&p->lex, _("a value"));
	bad = cond_value(t, p->lex.word, quoted);
	if (bad != NULL)
		return lex_fail(&p->lex, "%s", bad);
	if (quoted || (!has_prefix(&p->lex.word, "column.", false) &&
	    !has_prefix(&p->lex.word, "customer.", false) &&
	    (!ordered || t->is_number || t->is_span)))
		return true;
	return find_column(p, &t->right, _(" (text goes in quotes)"));
}

static bool
parse_comparison(struct parse *p, struct cond *t)
{
	if ((p->lex.token != LEX_WORD && p->lex.token != LEX_QUOTED) ||
	    lex_is_keyword(&p->lex))
		return lex_expected(&p->lex, _("a column"));
	if (!find_column(p, &t->left, "") || !lex_next(&p->lex))
		return false;
	if (p->lex.token != LEX_OPERATOR)
		return lex_expected(&p->lex, _("one of = != < <= > >= ~ !~"));
	t->op = p->lex.op;
	t->zone = p->names->zone;
	return lex_next(&p->lex) && parse_right(p, t) && lex_next(&p->lex);
}

static int
parse_cond(struct parse *p)
{
	struct cond *t = mem_zero(1, sizeof *t);
	int i = node_new(p->x);

	p->x->node[i].cond = t;
	return parse_comparison(p, t) ? i : NONE;
}

static int parse_list(struct parse *p, bool any);

static int
parse_group(struct parse *p)
{
	int i = NONE;

	if (++p->depth > EXPR_DEPTH)
		lex_fail(&p->lex, _("nested too deep"));
	else if (lex_next(&p->lex))
		i = parse_list(p, true);
	p->depth--;
	if (i != NONE && p->lex.token != LEX_CLOSE) {
		lex_expected(&p->lex, "\")\"");
		return NONE;
	}
	return i != NONE && lex_next(&p->lex) ? i : NONE;
}

static int
parse_not(struct parse *p)
{
	bool negate = false;
	int i;

	while (lex_is(&p->lex, "not")) {
		negate = !negate;
		if (!lex_next(&p->lex))
			return NONE;
	}
	i = p->lex.token == LEX_OPEN ? parse_group(p) : parse_cond(p);
	if (i != NONE && negate)
		p->x->node[i].negate = !p->x->node[i].negate;
	return i;
}

/* Parts joined by `or` (any), each of them parts joined by `and`. */
static int
parse_list(struct parse *p, bool any)
{
	int first = any ? parse_list(p, false) : parse_not(p);
	int last = first, list;

	if (first == NONE || !lex_is(&p->lex, any ? "or" : "and"))
		return first;
	list = node_new(p->x);
	p->x->node[list].first = first;
	p->x->node[list].any = any;
	while (last != NONE && lex_is(&p->lex, any ? "or" : "and")) {
		int i = !lex_next(&p->lex) ? NONE :
		    any ? parse_list(p, false) : parse_not(p);

		p->x->node[last].next = i;
		last = i;
	}
	return last == NONE ? NONE : list;
}

static bool
parse_all(struct parse *p)
{
	if (!lex_next(&p->lex) || (p->x->root = parse_list(p, true)) == NONE)
		return false;
	if (p->lex.token == LEX_END)
		return true;
	return lex_expected(&p->lex,
	    _("\"and\" or \"or\" (text with blanks in quotes)"));
}

static bool
parse_search(struct parse *p)
{
	struct expr *x = p->x;
	bool ok;

	while (lex_search(&p->lex, &ok)) {
		x->word = mem_grow(x->word, &x->cap, x->words + 1,
		    sizeof *x->word);
		x->word[x->words] = (struct like){ 0 };
		like_text(&x->word[x->words++], p->lex.word);
	}
	if (ok && x->words == 0)
		return lex_expected(&p->lex, _("a text or a condition"));
	return ok;
}

static bool
is_text(const struct node *n)
{
	const struct cond *t = n->cond;

	return t != NULL && !n->negate && t->op == COND_EQ && t->right < 0 &&
	    !t->is_number && !t->is_span;
}

/* Most rows are decided by one comparison: of a text, the whole condition or
 * a part that `and` joins.  NULL where there is none. */
static const struct cond *
find_must(const struct expr *x)
{
	const struct node *n = &x->node[x->root];

	if (n->cond == NULL && !n->any && !n->negate)
		for (int i = n->first; i != NONE; i = x->node[i].next)
			if (is_text(&x->node[i]))
				return x->node[i].cond;
	return is_text(n) ? n->cond : NULL;
}

struct expr *
expr_parse(const char *text, const struct expr_names *names, struct err *e)
{
	struct parse p = { .names = names };
	bool ok;

	p.x = mem_zero(1, sizeof *p.x);
	if (strlen(text) > EXPR_BYTES)
		ok = err_set(e, CRM_USAGE,
		    _("expression: longer than %d bytes"), EXPR_BYTES);
	else if (!lex_begin(&p.lex, text, e))
		ok = false;
	else if (names->search && !lex_has_operator(&p.lex))
		ok = parse_search(&p);
	else
		ok = parse_all(&p);
	lex_free(&p.lex);
	if (ok && p.x->words == 0)
		p.x->must = find_must(p.x);
	if (ok)
		return p.x;
	expr_free(p.x);
	return NULL;
}

/* Evaluation */

static int
cond_judge(const struct cond *t, const struct expr_row *row,
    struct expr_bad *bad)
{
	struct slice right = { "", 0 };
	const char *what = NULL;
	int r;

	if (t->right >= 0)
		right = row->field(row->row, t->right);
	r = cond_holds(t, row->field(row->row, t->left), right, &what);
	if (r < 0 && bad->what == NULL)
		*bad = (struct expr_bad){ t->left, what };
	return r;
}

/* What cannot be said counts only where the other parts do not decide. */
static int
judge(const struct expr *x, int i, const struct expr_row *row,
    struct expr_bad *bad)
{
	const struct node *n = &x->node[i];
	struct expr_bad before = *bad;
	int r = !n->any;

	if (n->cond != NULL)
		r = cond_judge(n->cond, row, bad);
	for (int c = n->first; c != NONE; c = x->node[c].next) {
		int one = judge(x, c, row, bad);

		if (one == n->any) {
			*bad = before;
			r = one;
			break;
		}
		r = one < 0 ? one : r;
	}
	return r < 0 ? r : r != n->negate;
}

static bool
found_in_row(const struct like *word, const struct expr_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (like_found(word, row->any(row->row, i)))
			return true;
	return false;
}

int
expr_holds(const struct expr *x, const struct expr_row *row,
    struct expr_bad *bad)
{
	const struct cond *must = x->must;
	int r = 1;

	*bad = (struct expr_bad){ NONE, NULL };
	if (must != NULL && !slice_eq(row->field(row->row, must->left),
	    buf_all(&must->text)))
		return x->negate;
	if (x->words == 0)
		r = judge(x, x->root, row, bad);
	for (size_t i = 0; r == 1 && i < x->words; i++)
		r = found_in_row(&x->word[i], row);
	return r < 0 ? r : r != x->negate;
}

void
expr_negate(struct expr *x)
{
	x->negate = !x->negate;
}

void
expr_free(struct expr *x)
{
	if (x == NULL)
		return;
	for (size_t i = 0; i < x->nodes; i++) {
		if (x->node[i].cond != NULL)
			cond_free(x->node[i].cond);
		free(x->node[i].cond);
	}
	for (size_t i = 0; i < x->words; i++)
		like_free(&x->word[i]);
	free(x->word);
	free(x->node);
	free(x);
}
