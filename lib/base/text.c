#include "base/text.h"

#include <string.h>

/* What a first byte asks for: how many bytes, which second ones, and the
 * bits of the code point that it holds.  Unicode 15, table 3-7. */
static const struct lead {
	uint8_t from, to;    /* first bytes of this row */
	uint8_t len;         /* of the character */
	uint8_t low, high;   /* of the second byte */
} leads[] = {
	{ 0x00, 0x7f, 1, 0x00, 0x00 },
	{ 0xc2, 0xdf, 2, 0x80, 0xbf },
	{ 0xe0, 0xe0, 3, 0xa0, 0xbf },
	{ 0xe1, 0xec, 3, 0x80, 0xbf },
	{ 0xed, 0xed, 3, 0x80, 0x9f },
	{ 0xee, 0xef, 3, 0x80, 0xbf },
	{ 0xf0, 0xf0, 4, 0x90, 0xbf },
	{ 0xf1, 0xf3, 4, 0x80, 0xbf },
	{ 0xf4, 0xf4, 4, 0x80, 0x8f },
};

static const struct lead *
lead_of(unsigned char first)
{
	for (size_t i = 0; i < LEN(leads); i++)
		if (first >= leads[i].from && first <= leads[i].to)
			return &leads[i];
	return NULL;
}

size_t
text_char(struct slice s, uint32_t *code)
{
	const unsigned char *p = (const unsigned char *)s.at;
	const struct lead *l = s.len > 0 ? lead_of(p[0]) : NULL;
	uint32_t v;

	if (l == NULL || s.len < l->len)
		return 0;
	v = l->len == 1 ? p[0] : p[0] & (0x7fu >> l->len);
	if (l->len > 1 && (p[1] < l->low || p[1] > l->high))
		return 0;
	for (size_t i = 1; i < l->len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		v = v << 6 | (p[i] & 0x3f);
	}
	if (code != NULL)
		*code = v;
	return l->len;
}

/* How many bytes from the start are ASCII, in steps of eight. */
static size_t
ascii(struct slice s)
{
	size_t i = 0;
	uint64_t w;

	for (; i + 8 <= s.len; i += 8) {
		memcpy(&w, s.at + i, 8);
		if ((w & UINT64_C(0x8080808080808080)) != 0)
			break;
	}
	return i;
}

size_t
text_utf8(struct slice s)
{
	size_t i = 0, n;

	while (i < s.len) {
		i += ascii((struct slice){ s.at + i, s.len - i });
		if (i == s.len)
			break;
		n = text_char((struct slice){ s.at + i, s.len - i }, NULL);
		if (n == 0)
			break;
		i += n;
	}
	return i;
}

/* The letter behind the backslash of a byte, or 0. */
static char
escape_of(char c)
{
	switch (c) {
	case '\t': return 't';
	case '\n': return 'n';
	case '\r': return 'r';
	case '\\': return '\\';
	default: return 0;
	}
}

/* The byte that a letter behind a backslash stands for, or 0. */
static char
meaning_of(char letter)
{
	switch (letter) {
	case 't': return '\t';
	case 'n': return '\n';
	case 'r': return '\r';
	case '\\': return '\\';
	default: return 0;
	}
}

void
text_escape(struct buf *to, struct slice value)
{
	char *at = buf_room(to, value.len * 2);
	size_t n = 0;

	for (size_t i = 0; i < value.len; i++) {
		char letter = escape_of(value.at[i]);

		if (letter != 0)
			at[n++] = '\\';
		at[n++] = letter != 0 ? letter : value.at[i];
	}
	at[n] = '\0';
	to->len += n;
}

bool
text_unescape(struct buf *to, struct slice field)
{
	char *at = buf_room(to, field.len);
	size_t n = 0;
	bool ok = true;

	for (size_t i = 0; i < field.len && ok; i++) {
		char c = field.at[i];

		if (c == '\\') {
			c = ++i < field.len ? meaning_of(field.at[i]) : 0;
			ok = c != 0;
		}
		at[n++] = c;
	}
	if (!ok)
		n = 0;
	at[n] = '\0';
	to->len += n;
	return ok;
}

struct slice
text_value(struct slice field, struct buf *room)
{
	if (field.len == 0 || memchr(field.at, '\\', field.len) == NULL)
		return field;
	buf_clear(room);
	return text_unescape(room, field) ? buf_all(room) : field;
}

bool
text_is_ascii(struct slice s)
{
	unsigned char all = 0;

	for (size_t i = 0; i < s.len; i++)
		all |= (unsigned char)s.at[i];
	return all < 0x80;
}

bool
text_has_control(struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];

		if (c < 0x20 || c == 0x7f)
			return true;
		if (c == 0xc2 && i + 1 < s.len &&
		    (unsigned char)s.at[i + 1] < 0xa0)
			return true;
	}
	return false;
}

static bool
blank(char c)
{
	return c == ' ' || c == '\t';
}

struct slice
text_trim(struct slice s)
{
	while (s.len > 0 && blank(s.at[0])) {
		s.at++;
		s.len--;
	}
	while (s.len > 0 && blank(s.at[s.len - 1]))
		s.len--;
	return s;
}

bool
text_part(struct slice *rest, char at, struct slice *part)
{
	const char *cut;

	if (rest->at == NULL)
		return false;
	cut = rest->len > 0 ? memchr(rest->at, at, rest->len) : NULL;
	*part = *rest;
	if (cut == NULL) {
		*rest = (struct slice){ NULL, 0 };
		return true;
	}
	part->len = (size_t)(cut - rest->at);
	rest->at = cut + 1;
	rest->len -= part->len + 1;
	return true;
}

char
text_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool
text_same(struct slice a, struct slice b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (text_lower(a.at[i]) != text_lower(b.at[i]))
			return false;
	return true;
}
