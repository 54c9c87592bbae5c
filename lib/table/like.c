/* like - text found anywhere in a field, whatever its case */
#include "table/like.h"

#include <errno.h>
#include <stdlib.h>

#include "base/fold.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/tr.h"

/* One character beyond ASCII, and all the bytes that are in one. */
#define WIDE "[\xc2-\xf4][\x80-\xbf]+"
#define HIGH "\x80-\xff"
/* About what one of these counts, and what a repetition makes of an element:
 * libc's work on `x?+` grows so with each `+`. */
enum { WIDE_SIZE = 4, REPEATED = 3 };
/* Repetitions of what may be empty, as `(x?)*`: without and with an anchor,
 * where libc's work doubles with each of them. */
enum { LOOPS = 300, LOOPS_ANCHORED = 12 };
/* What is looked for behind any bytes: of more elements it would remember too
 * much at once. */
enum { BEHIND_SIZE = 200 };

bool
like_text(struct like *l, struct slice text)
{
	buf_clear(&l->plain);
	if (!fold_case(&l->plain, text))
		return false;
	l->ascii = text_is_ascii(buf_all(&l->plain));
	return true;
}

/* Of an element, a group or a pattern. */
struct size {
	int64_t elements, loops; /* with repetitions written out */
	bool empty;              /* it matches the empty text */
};

/* What a rewriting of a pattern has in hand. */
struct rewrite {
	struct slice in; /* folded */
	size_t at;
	struct buf out;
	bool start; /* where a repetition has nothing to repeat */
	const char *bad;

	/* libc spells repetitions out, so what they come to is reckoned */
	struct size group[LIKE_DEPTH + 1]; /* each that is open ... */
	bool branch[LIKE_DEPTH + 1]; /* ... is its branch empty so far? */
	struct size last; /* the last element */
	int depth;
	bool anchored;
	bool begins; /* something stands for the beginning */
	bool endless; /* something may be repeated without end */
};

static bool
refuse(struct rewrite *w, const char *words)
{
	w->bad = words;
	return false;
}

/* Fold a pattern, but not what follows a backslash: \W is not \w. */
static bool
fold_pattern(struct buf *to, struct slice p)
{
	while (p.len > 0) {
		const char *slash = memchr(p.at, '\\', p.len);
		size_t n = slash == NULL ? p.len : (size_t)(slash - p.at);

		if (!fold_case(to, (struct slice){ p.at, n }))
			return false;
		p.at += n;
		p.len -= n;
		n = p.len < 2 ? p.len : 2;
		buf_add(to, p.at, n);
		p.at += n;
		p.len -= n;
	}
	return true;
}

/* Index of the ] that closes the bracket at w->at, or the end. */
static size_t
bracket_end(const struct rewrite *w)
{
	const char *s = w->in.at;
	size_t i = w->at + 1, n = w->in.len;

	if (i < n && s[i] == '^')
		i++;
	for (size_t first = i; i < n && (s[i] != ']' || i == first); i++) {
		if (s[i] != '[' || i + 1 == n ||
		    strchr(":.=", s[i + 1]) == NULL)
			continue;
		for (char c = s[++i]; i + 1 < n; i++)
			if (s[i] == c && s[i + 1] == ']')
				break;
		i++;
	}
	return i < n ? i : n;
}

/* [^abc]: one byte of ASCII but these, or one character beyond. */
static void
add_negated(struct buf *to, struct slice inner)
{
	bool dash = inner.len > 1 && inner.at[inner.len - 1] == '-';

	inner.len -= dash;
	buf_str(to, "([");
	buf_slice(to, inner);
	buf_str(to, dash ? HIGH "-]|" WIDE ")" : HIGH "]|" WIDE ")");
}

/* [abä]: (ä|[ab]).  False where a range has a letter beyond ASCII. */
static bool
add_wide(struct buf *to, struct slice inner)
{
	struct buf narrow = { 0 };
	bool ok = inner.at[0] != '^';

	buf_byte(to, '(');
	for (size_t i = 0, n; ok && i < inner.len; i += n) {
		struct slice rest = { inner.at + i, inner.len - i };

		n = text_char(rest, NULL);
		if (n <= 1) {
			n = 1;
			buf_byte(&narrow, inner.at[i]);
			continue;
		}
		ok = (i == 0 || inner.at[i - 1] != '-') &&
		    (i + n + 1 >= inner.len || inner.at[i + n] != '-');
		buf_add(to, rest.at, n);
		buf_byte(to, '|');
	}
	if (narrow.len > 0) {
		buf_byte(to, '[');
		buf_slice(to, buf_all(&narrow));
		buf_str(to, "])");
	} else {
		to->at[to->len - 1] = ')';
	}
	buf_free(&narrow);
	return ok;
}

static bool
rewrite_bracket(struct rewrite *w)
{
	size_t end = bracket_end(w);
	struct slice inner = { w->in.at + w->at + 1, end - w->at - 1 };

	if (end == w->in.len)
		return refuse(w, _("a bracket is never closed"));
	w->at = end + 1;
	if (!text_is_ascii(inner)) {
		if (!add_wide(&w->out, inner))
			return refuse(w, _("a range beyond ASCII"));
	} else if (inner.at[0] == '^') {
		add_negated(&w->out, inner);
	} else {
		buf_byte(&w->out, '[');
		buf_slice(&w->out, inner);
		buf_byte(&w->out, ']');
	}
	return true;
}

/* The element before is written so many times, and counts as n. */
static bool
repeat(struct rewrite *w, int64_t n, int64_t times, bool may_lack)
{
	struct size *last = &w->last;

	last->elements *= n;
	last->loops = (last->loops + last->empty) * times;
	last->empty |= may_lack;
	return (last->elements <= LIKE_SIZE && last->loops <= LOOPS) ||
	    refuse(w, _("too many repetitions"));
}

static bool
rewrite_interval(struct rewrite *w)
{
	int64_t n = 0, most = 1;
	bool may_lack = w->at + 1 == w->in.len || w->in.at[w->at + 1] < '1';

	do {
		char c = w->in.at[w->at];

		w->endless |= c == '}' && w->in.at[w->at - 1] == ',';
		n = c >= '0' && c <= '9' ? n * 10 + (c - '0') : 0;
		most = n > most ? n : most;
		if (most > LIKE_SIZE)
			return refuse(w, _("too many repetitions"));
		buf_byte(&w->out, c);
	} while (++w->at < w->in.len && w->in.at[w->at - 1] != '}');
	return repeat(w, most, most, may_lack);
}

/* The last element belongs to its branch, and one of that size begins. */
static void
element(struct rewrite *w, int64_t size, bool empty)
{
	struct size *group = &w->group[w->depth];

	group->elements += w->last.elements;
	group->loops += w->last.loops;
	w->branch[w->depth] &= w->last.empty;
	w->last = (struct size){ size, 0, empty };
}

/* What matches between two bytes. */
static void
anchor(struct rewrite *w)
{
	element(w, 1, true);
	w->anchored = true;
}

static bool
rewrite_slash(struct rewrite *w)
{
	char c = w->at + 1 < w->in.len ? w->in.at[w->at + 1] : '\0';

	if (c == '\0')
		return refuse(w, _("a backslash at the end"));
	if (c >= '0' && c <= '9')
		return refuse(w, _("back references are not taken"));
	w->begins |= c == '`';
	if (strchr("<>bB`'", c) != NULL)
		anchor(w);
	else
		element(w, WIDE_SIZE, false);
	buf_add(&w->out, w->in.at + w->at, 2);
	w->at += 2;
	return true;
}

/* A branch is at its end. */
static void
end_branch(struct rewrite *w)
{
	w->group[w->depth].empty |= w->branch[w->depth];
	w->branch[w->depth] = true;
}

static bool
rewrite_group(struct rewrite *w, char c)
{
	if (c == '(' && w->depth == LIKE_DEPTH)
		return refuse(w, _("nested too deep"));
	element(w, 1, true);
	if (c == '(') {
		w->group[++w->depth] = (struct size){ 0 };
		w->branch[w->depth] = true;
		return true;
	}
	end_branch(w);
	if (c == ')')
		w->last = w->group[w->depth--];
	return true;
}

/* A byte that stands for itself, groups or repeats; one that cannot do what it
 * is for stands for itself. */
static bool
rewrite_byte(struct rewrite *w, bool start)
{
	char c = w->in.at[w->at++];
	bool repeats = strchr("*+?{", c) != NULL;
	bool closes = c == ')' && w->depth > 0;

	if ((repeats && start) || (c == ')' && !closes))
		buf_byte(&w->out, '\\');
	buf_byte(&w->out, c);
	if (c == '(' || closes || c == '|')
		return rewrite_group(w, c);
	w->endless |= c == '*' || c == '+';
	if (repeats && !start)
		return repeat(w, REPEATED, c == '+' ? 2 : 1, c != '+');
	w->begins |= c == '^';
	if (c == '^' || c == '$')
		anchor(w);
	else
		element(w, 1, false);
	return true;
}

/* One element of the pattern. */
static bool
rewrite_one(struct rewrite *w)
{
	char c = w->in.at[w->at];
	bool start = w->start;

	w->start = c == '(' || c == '|';
	if (c == '{' && !start)
		return rewrite_interval(w);
	if (c != '\\' && c != '[' && c != '.')
		return rewrite_byte(w, start);
	if (c == '\\')
		return rewrite_slash(w);
	element(w, WIDE_SIZE, false);
	if (c == '[')
		return rewrite_bracket(w);
	buf_str(&w->out, "([^" HIGH "]|" WIDE ")");
	w->at++;
	return true;
}

static bool
is_too_large(const struct rewrite *w)
{
	const struct size *all = &w->group[0];

	return all->elements > LIKE_SIZE ||
	    all->loops > (w->anchored ? LOOPS_ANCHORED : LOOPS);
}

static bool
make_regex(regex_t *regex, const char *pattern)
{
	int r = regcomp(regex, pattern, REG_EXTENDED | REG_NOSUB);

	if (r == REG_ESPACE)
		mem_out();
	return r == 0;
}

/* The pattern behind a byte of our own at the start and any others: libc tries
 * what is anchored only once.  That byte is no letter, so that anchors of
 * words mean what they meant. */
static void
add_behind(struct like *l, const struct rewrite *w)
{
	struct buf b = { 0 };

	if (!w->endless || w->begins ||
	    w->group[0].elements > BEHIND_SIZE)
		return;
	buf_str(&b, "^\1[\1-\xff]*(");
	buf_slice(&b, buf_all(&w->out));
	buf_str(&b, ")");
	l->behind = mem_text(b.at, b.len);
	buf_free(&b);
}

static const char *
compile(struct like *l, struct slice folded)
{
	struct rewrite w = { .in = folded, .start = true,
		.branch = { true }, .last = { .empty = true } };

	while (w.at < w.in.len && rewrite_one(&w))
		;
	element(&w, 0, true);
	if (w.bad == NULL && is_too_large(&w))
		w.bad = _("too many repetitions");
	if (w.bad == NULL && !make_regex(&l->regex, buf_text(&w.out)))
		w.bad = _("not a regular expression");
	l->is_regex = w.bad == NULL;
	if (l->is_regex)
		add_behind(l, &w);
	buf_free(&w.out);
	return w.bad;
}

const char *
like_pattern(struct like *l, struct slice pattern)
{
	struct buf folded = { 0 };
	const char *bad;

	if (pattern.len > LIKE_BYTES)
		return _("a pattern longer than 1000 bytes");
	if (!fold_pattern(&folded, pattern))
		bad = _("not UTF-8");
	else if (strpbrk(buf_text(&folded), ".[]*+?{}()|^$\\") == NULL)
		bad = like_text(l, pattern) ? NULL : _("not UTF-8");
	else
		bad = compile(l, buf_all(&folded));
	buf_free(&folded);
	return bad;
}

/* Folded ASCII in a field of ASCII, without a copy of either: for what is
 * short, as it compares anew from each byte on. */
enum { ASCII_SHORT = 64 };

static bool
found_ascii(struct slice what, struct slice in)
{
	size_t i, j;

	for (i = 0; i + what.len <= in.len; i++) {
		for (j = 0; j < what.len; j++)
			if (text_lower(in.at[i + j]) != what.at[j])
				break;
		if (j == what.len)
			return true;
	}
	return false;
}

/* glibc says that there is no match where it has run out of memory. */
static bool
matches(const regex_t *regex, const char *text)
{
	int r;

	errno = 0;
	r = regexec(regex, text, 0, NULL, 0);
	if (r == REG_ESPACE || (r != 0 && errno == ENOMEM))
		mem_out();
	return r == 0;
}

/* What libc remembers of a text it forgets with the pattern only, so it gets
 * one for each. */
static bool
matches_long(const struct like *l, struct slice text)
{
	struct buf marked = { 0 };
	regex_t regex;
	bool found;

	buf_byte(&marked, '\1');
	buf_slice(&marked, text);
	if (!make_regex(&regex, l->behind))
		mem_out();
	found = matches(&regex, buf_text(&marked));
	regfree(&regex);
	buf_free(&marked);
	return found;
}

static bool
found_folded(const struct like *l, struct slice text)
{
	if (l->is_regex && l->behind != NULL && text.len >= LIKE_LONG)
		return matches_long(l, text);
	if (l->is_regex)
		return matches(&l->regex, text.at);
	return memmem(text.at, text.len, buf_text(&l->plain), l->plain.len) !=
	    NULL;
}

bool
like_found(const struct like *l, struct slice field)
{
	struct buf room = { 0 }, folded = { 0 };
	struct slice value;
	bool found;

	if (!l->is_regex && l->plain.len <= ASCII_SHORT &&
	    (l->plain.len == 0 || text_is_ascii(field)) &&
	    (field.len == 0 || memchr(field.at, '\\', field.len) == NULL))
		return l->plain.len == 0 ||
		    (l->ascii && found_ascii(buf_all(&l->plain), field));
	value = text_value(field, &room);
	if (!fold_case(&folded, value))
		buf_slice(&folded, value);
	found = found_folded(l,
	    (struct slice){ buf_text(&folded), folded.len });
	buf_free(&folded);
	buf_free(&room);
	return found;
}

void
like_free(struct like *l)
{
	if (l->is_regex)
		regfree(&l->regex);
	buf_free(&l->plain);
	free(l->behind);
	*l = (struct like){ 0 };
}
