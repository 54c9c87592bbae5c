#include "crm/mention.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/mem.h"
#include "base/text.h"

enum {
	DIGITS = 5,
	LENGTHS = 63,
	PAIRS = 1 << 16,
	MARKS = 0xcc, /* first byte of the first combining letters */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Letters, of any language, and digits make words. */
static bool
is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') ||
	    (unsigned char)c >= 0x80;
}

/* The next word of folded text. */
static bool
next_word(struct slice *rest, struct slice *word)
{
	while (rest->len > 0 && !is_word(rest->at[0])) {
		rest->at++;
		rest->len--;
	}
	*word = (struct slice){ rest->at, 0 };
	while (rest->len > 0 && is_word(rest->at[0])) {
		word->len++;
		rest->at++;
		rest->len--;
	}
	return word->len > 0;
}

/* A field as folded text; what is not UTF-8 by its ASCII letters. */
static struct slice
folded(struct slice field, struct buf *room)
{
	struct buf value = { 0 };
	struct slice s = text_value(field, &value);

	buf_clear(room);
	if (!fold_case(room, s))
		for (size_t i = 0; i < s.len; i++)
			buf_byte(room, text_lower(s.at[i]));
	buf_free(&value);
	return buf_all(room);
}

static uint64_t
length_bit(size_t len)
{
	return UINT64_C(1) << (len < LENGTHS ? len : LENGTHS);
}

static size_t
pair_of(const char *two)
{
	uint16_t pair;

	memcpy(&pair, two, sizeof pair);
	return pair;
}

/* With which bytes behind the first may a word begin?  A letter that is not
 * ASCII may fold into others, and a mark behind one makes it another. */
static void
add_pairs(struct mention *m, unsigned char first, struct slice word)
{
	for (int i = 0; i < 256; i++)
		if (word.len == 1 || first >= 0x80 || i >= 0x80 ||
		    (unsigned char)word.at[1] >= 0x80 ||
		    text_lower((char)i) == word.at[1])
			m->pair[pair_of((char[]){ (char)first, (char)i })] =
			    true;
}

/* The same of letters that are not ASCII, which say nothing. */
static void
add_high(struct mention *m)
{
	for (int c = 0; c < 256; c++)
		for (int i = c < 0x80 ? MARKS : 0; i < 256; i++)
			m->pair[pair_of((char[]){ (char)c, (char)i })] = true;
	for (int i = 0x80; i < 256; i++)
		m->raw[i] = UINT64_MAX;
	m->high = true;
}

/* Letters that are not ASCII and fold into what begins with one that is: of
 * those that begin with the same two bytes the first.  A test knows. */
static const struct {
	char to;
	const char *from;
} into_ascii[] = { { 'a', "\u1e9a" }, { 'f', "\ufb00" }, { 'i', "\u0130" },
	{ 'k', "\u212a" }, { 's', "\u00df" }, { 's', "\u017f" },
	{ 's', "\u1e9e" }, { 's', "\ufb05" } };

/* And those that fold into what parts words: ; and `. */
static const char *const parting[] = { "\u037e", "\u1fef" };

/* What such letters look like before they are folded. */
static void
add_foreign(struct mention *m, char c)
{
	for (size_t i = 0; i < LEN(into_ascii); i++)
		if (into_ascii[i].to == c) {
			const char *from = into_ascii[i].from;

			m->raw[(unsigned char)from[0]] = UINT64_MAX;
			m->pair[pair_of(from)] = true;
		}
	for (size_t i = 0; i < LEN(parting); i++)
		m->pair[pair_of(parting[i])] = true;
}

/* What first words look like before they are folded. */
static void
add_first(struct mention *m, struct slice word)
{
	unsigned char c = (unsigned char)word.at[0];

	if (m->pair == NULL)
		m->pair = mem_zero(PAIRS, sizeof *m->pair);
	if (m->needle.len == 1)
		for (int i = 0; i < 256; i++)
			m->word[i] = is_word(text_lower((char)i));
	m->first[c] |= length_bit(word.len);
	for (int i = 0; i < 0x80; i++)
		if ((unsigned char)text_lower((char)i) == c) {
			m->raw[i] |= length_bit(word.len);
			add_pairs(m, (unsigned char)i, word);
		}
	add_foreign(m, word.at[0]);
	if (!m->high && c >= 0x80)
		add_high(m);
}

/* Words, at least one of them, become a needle. */
static void
add(struct mention *m, const struct slice *word, size_t n, uint32_t who)
{
	uint32_t had = m->needle.len;
	struct buf key = { 0 };

	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(&key, ' ');
		buf_slice(&key, word[i]);
	}
	if (map_add(&m->needle, buf_all(&key)) == had) {
		uint32_t starts = m->start.len;

		m->who = mem_grow(m->who, &m->cap, m->needle.len,
		    sizeof *m->who);
		m->who[had] = who;
		if (map_add(&m->start, word[0]) == starts)
			add_first(m, word[0]);
		m->words = n > m->words ? n : m->words;
	}
	buf_free(&key);
}

enum { WORDS = 16 }; /* more than a name, an address or a number has */

static size_t
split(struct slice field, struct buf *room, struct slice word[WORDS])
{
	struct slice rest = folded(field, room);
	size_t n = 0;

	while (n < WORDS && next_word(&rest, &word[n]))
		n++;
	return n;
}

bool
mention_id(struct mention *m, struct slice id, uint32_t who)
{
	struct slice word[WORDS];
	struct buf room = { 0 };
	size_t n = split(id, &room, word), digits = 0, all = 0;
	bool tells;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < word[i].len; k++, all++)
			digits += is_digit(word[i].at[k]);
	tells = all >= DIGITS || (all >= 2 && digits < all);
	if (tells)
		add(m, word, n, who);
	buf_free(&room);
	return tells;
}

void
mention_name(struct mention *m, struct slice name, uint32_t who)
{
	struct slice word[WORDS], turned[2];
	struct buf room = { 0 };
	size_t n = split(name, &room, word);

	if (n >= 2) {
		turned[0] = word[n - 1];
		turned[1] = word[n - 2];
		add(m, word, n, who);
		add(m, word + n - 2, 2, who);
		add(m, turned, 2, who);
	}
	buf_free(&room);
}

void
mention_mail(struct mention *m, struct slice mail, uint32_t who)
{
	struct slice word[WORDS];
	struct buf room = { 0 };
	size_t n = split(mail, &room, word);

	if (n >= 2)
		add(m, word, n, who);
	buf_free(&room);
}

void
mention_phone(struct mention *m, struct slice phone, uint32_t who)
{
	struct slice word[WORDS], joined;
	struct buf room = { 0 }, all = { 0 };
	size_t n = split(phone, &room, word);

	for (size_t i = 0; i < n; i++)
		buf_slice(&all, word[i]);
	joined = buf_all(&all);
	if (joined.len >= DIGITS) {
		add(m, word, n, who);
		add(m, &joined, 1, who);
	}
	buf_free(&all);
	buf_free(&room);
}

/* The person whose needle begins with this word and goes on with the next
 * ones of the text. */
static uint32_t
follow(const struct mention *m, struct slice word, struct slice rest,
    struct buf *key)
{
	uint32_t at;

	buf_clear(key);
	buf_slice(key, word);
	for (size_t n = 1;; n++) {
		at = map_find(&m->needle, buf_all(key));
		if (at != MAP_NONE)
			return m->who[at];
		if (n >= m->words || !next_word(&rest, &word))
			return MAP_NONE;
		buf_byte(key, ' ');
		buf_slice(key, word);
	}
}

uint32_t
mention_find(const struct mention *m, struct slice field, struct buf *room)
{
	struct slice rest, word;
	struct buf key = { 0 };
	uint32_t who = MAP_NONE;

	if (field.len == 0 || m->needle.len == 0)
		return MAP_NONE;
	rest = folded(field, room);
	while (who == MAP_NONE && next_word(&rest, &word))
		if ((m->first[(unsigned char)word.at[0]] &
			length_bit(word.len)) != 0)
			who = follow(m, word, rest, &key);
	buf_free(&key);
	return who;
}

/*
 * Might a word begin a needle, by its first byte and length?  Neither says
 * much where there are other letters than ASCII: behind an ASCII letter a
 * combining one may come that makes it another.
 */
static bool
may_begin(const struct mention *m, struct slice word, bool ascii)
{
	uint64_t may = m->raw[(unsigned char)word.at[0]];

	if (ascii)
		return (may & length_bit(word.len)) != 0;
	return may != 0 || (m->high && word.len > 1 &&
	    (unsigned char)word.at[1] >= MARKS);
}

/* The word at the beginning of text that has its escapes; is it ASCII? */
static struct slice
raw_word(const struct mention *m, struct slice text, bool *ascii)
{
	struct slice word = { text.at, 0 };
	unsigned char all = 0;

	while (word.len < text.len && m->word[(unsigned char)text.at[word.len]])
		all |= (unsigned char)text.at[word.len++];
	*ascii = all < 0x80;
	return word;
}

/* To the next word; the letter of an escape is no part of it. */
static bool
next_raw(const struct mention *m, struct slice *rest, struct slice *word)
{
	bool ascii;

	while (rest->len > 0 && !m->word[(unsigned char)rest->at[0]]) {
		size_t n = rest->at[0] == '\\' && rest->len > 1 ? 2 : 1;

		*rest = (struct slice){ rest->at + n, rest->len - n };
	}
	*word = raw_word(m, *rest, &ascii);
	*rest = (struct slice){ rest->at + word->len, rest->len - word->len };
	return word->len > 0;
}

/* Do this word and those behind it fold into a needle? */
static bool
names(const struct mention *m, struct slice word, struct slice rest,
    struct buf *room)
{
	struct buf key = { 0 };
	bool found = false;

	for (size_t n = 1; !found && n <= m->words; n++) {
		if (n > 1)
			buf_byte(&key, ' ');
		buf_slice(&key, folded(word, room));
		found = map_find(&m->needle, buf_all(&key)) != MAP_NONE;
		if (n == 1 && map_find(&m->start, buf_all(&key)) == MAP_NONE)
			break;
		if (!next_raw(m, &rest, &word))
			break;
	}
	buf_free(&key);
	return found;
}

/* Does it part words although it looks like a letter? */
static bool
parts(struct slice text)
{
	for (size_t i = 0; i < LEN(parting); i++) {
		struct slice s = slice_of(parting[i]);

		if (text.len >= s.len && memcmp(text.at, s.at, s.len) == 0)
			return true;
	}
	return false;
}

/* May somebody be named from byte `at` on?  Behind a letter only if that
 * may be one of an escape.  What parts words may do so before or behind a
 * name. */
static bool
named_at(const struct mention *m, struct slice text, size_t at,
    struct buf *room)
{
	struct slice rest = { text.at + at, text.len - at }, word;
	bool ascii;

	if (parts(rest))
		return true;
	if (at > 0 && m->word[(unsigned char)rest.at[-1]] &&
	    (at == 1 || rest.at[-2] != '\\'))
		return false;
	word = raw_word(m, rest, &ascii);
	rest = (struct slice){ rest.at + word.len, rest.len - word.len };
	return word.len > 0 && may_begin(m, word, ascii) &&
	    names(m, word, rest, room);
}

/* To the next pair that a word may begin with, or the last byte of text;
 * four at a time, as most bytes are neither. */
static size_t
next_pair(const bool *pair, struct slice text, size_t at)
{
	const char *p = text.at + at, *last = text.at + text.len - 1;

	while (last - p >= 4 && !(pair[pair_of(p)] | pair[pair_of(p + 1)] |
	    pair[pair_of(p + 2)] | pair[pair_of(p + 3)]))
		p += 4;
	while (p < last && !pair[pair_of(p)])
		p++;
	return (size_t)(p - text.at);
}

bool
mention_may(const struct mention *m, struct slice text, struct buf *room)
{
	if (m->needle.len == 0)
		return false;
	for (size_t at = 0; at < text.len; at++) {
		at = next_pair(m->pair, text, at);
		if (named_at(m, text, at, room))
			return true;
	}
	return false;
}

void
mention_free(struct mention *m)
{
	map_free(&m->needle);
	map_free(&m->start);
	free(m->who);
	free(m->pair);
	*m = (struct mention){ 0 };
}
