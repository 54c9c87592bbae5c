#include "measure/precedent.h"

#include <math.h>
#include <stdlib.h>

#include "base/fold.h"
#include "base/mem.h"
#include "base/text.h"

/* The words of each text, one text behind the other. */
struct library {
	struct map words;
	uint32_t *texts;  /* by word: how many texts have it */
	uint32_t *seen;   /* by word: 1 + the text that had it last */
	size_t texts_cap, seen_cap;
	uint32_t *word;
	size_t n, cap;
	size_t solved;    /* cases */
	struct buf folded, room;
};

static void
add_word(struct library *l, struct slice s, uint32_t text)
{
	uint32_t had = l->words.len, word = map_add(&l->words, s);

	l->texts = mem_grow(l->texts, &l->texts_cap, word + 1,
	    sizeof *l->texts);
	l->seen = mem_grow(l->seen, &l->seen_cap, word + 1, sizeof *l->seen);
	if (word == had)
		l->texts[word] = l->seen[word] = 0;
	if (l->seen[word] == text + 1)
		return;
	l->seen[word] = text + 1;
	l->texts[word]++;
	l->word = mem_grow(l->word, &l->cap, l->n + 1, sizeof *l->word);
	l->word[l->n++] = word;
}

/* The words of a plain text as those of text number `text`. */
static void
add_words(struct library *l, struct slice s, uint32_t text)
{
	struct slice rest, word;

	buf_clear(&l->folded);
	fold_case(&l->folded, s);
	rest = buf_all(&l->folded);
	while (fold_word(&rest, &word))
		add_word(l, word, text);
}

static bool
usable(const struct cases_case *c)
{
	return c->solution != NULL && c->solution->word[THREAD_TEXT] != 0;
}

/* All usable cases, number i between end[i - 1] and end[i] of l->word. */
static size_t *
read_all(struct library *l, const struct cases *c, const struct threads *t)
{
	size_t *end = mem_resize(NULL, c->n + 1, sizeof *end);

	for (size_t i = 0; i < c->n; i++) {
		const struct thread_event *v = c->at[i].opening;

		if (usable(&c->at[i])) {
			add_words(l, text_value(thread_text(t, v,
			    THREAD_TOPIC), &l->room), (uint32_t)i);
			add_words(l, text_value(thread_text(t, v,
			    THREAD_TEXT), &l->room), (uint32_t)i);
			l->solved++;
		}
		end[i] = l->n;
	}
	return end;
}

/* The square of what a word weighs. */
static double
weight(const struct library *l, uint32_t word)
{
	double w = log(1 + (double)l->solved / l->texts[word]);

	return w * w;
}

/* Of words from..to-1: of those that are asked for, or of all. */
static double
weigh(const struct library *l, size_t from, size_t to, const bool *asked)
{
	double sum = 0;

	for (size_t i = from; i < to; i++)
		if (asked == NULL || asked[l->word[i]])
			sum += weight(l, l->word[i]);
	return sum;
}

static int
by_likeness(const void *a, const void *b)
{
	const struct precedent *p = a, *q = b;

	if (p->likeness != q->likeness)
		return p->likeness > q->likeness ? -1 : 1;
	if (p->of->solved != q->of->solved)
		return p->of->solved > q->of->solved ? -1 : 1;
	return (p->of > q->of) - (p->of < q->of);
}

/* Compare each case with the words from `from` on. */
static size_t
compare(struct precedent *p, const struct library *l, const struct cases *c,
    const size_t *end, size_t from)
{
	bool *asked = mem_zero(l->words.len, sizeof *asked);
	double all = weigh(l, from, l->n, NULL), common;
	size_t n = 0;

	for (size_t i = from; i < l->n; i++)
		asked[l->word[i]] = true;
	for (size_t i = 0, at = 0; i < c->n; at = end[i++]) {
		common = weigh(l, at, end[i], asked);
		if (common == 0)
			continue;
		p[n] = (struct precedent){ &c->at[i], llround(1000 * common /
		    sqrt(all * weigh(l, at, end[i], NULL))) };
		n += p[n].likeness > 0;
	}
	free(asked);
	return n;
}

struct precedent *
precedent_find(const struct cases *c, const struct threads *t,
    struct slice text, size_t *n)
{
	struct precedent *p = mem_resize(NULL, c->n + 1, sizeof *p);
	struct library l = { 0 };
	size_t *end = read_all(&l, c, t), from = l.n, known = l.words.len;

	add_words(&l, text, (uint32_t)c->n);
	for (size_t i = from; i < l.n; i++)
		l.texts[l.word[i]] -= l.word[i] < known;
	*n = compare(p, &l, c, end, from);
	qsort(p, *n, sizeof *p, by_likeness);
	map_free(&l.words);
	buf_free(&l.folded);
	buf_free(&l.room);
	free(l.texts);
	free(l.seen);
	free(l.word);
	free(end);
	return p;
}
