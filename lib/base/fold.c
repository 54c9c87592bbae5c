#include "base/fold.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "base/text.h"

static const utf8proc_option_t how =
    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD;

/* The short way: false, and nothing added, where s is not all ASCII. */
static bool
fold_ascii(struct buf *to, struct slice s)
{
	char *at = buf_room(to, s.len);
	size_t n = 0;

	for (; n < s.len && (unsigned char)s.at[n] < 0x80; n++)
		at[n] = text_lower(s.at[n]);
	n = n < s.len ? 0 : n;
	at[n] = '\0';
	to->len += n;
	return n == s.len;
}

static bool
fold_any(struct buf *to, struct slice s)
{
	const uint8_t *at = (const uint8_t *)s.at;
	utf8proc_ssize_t len = (utf8proc_ssize_t)s.len, n;
	utf8proc_int32_t *codes;

	n = utf8proc_decompose(at, len, NULL, 0, how);
	if (n < 0)
		return false;
	/* One more than it decomposes to, as utf8proc_reencode asks. */
	codes = mem_zero((size_t)n + 1, sizeof *codes);
	n = utf8proc_decompose(at, len, codes, n, how);
	n = utf8proc_reencode(codes, n, how);
	if (n > 0)
		buf_add(to, codes, (size_t)n);
	free(codes);
	return n >= 0;
}

bool
fold_case(struct buf *to, struct slice s)
{
	return fold_ascii(to, s) || fold_any(to, s);
}

/* How many bytes of a word begin s; 0 where another character does, whose
 * length is *other then. */
static size_t
of_word(struct slice s, size_t *other)
{
	uint32_t code;
	size_t n = text_char(s, &code);
	const char *category;

	*other = n > 0 ? n : 1;
	if (n == 0)
		return 0;
	category = utf8proc_category_string((int32_t)code);
	return strchr("LNM", category[0]) != NULL ? n : 0;
}

bool
fold_word(struct slice *rest, struct slice *word)
{
	size_t n = 0, other;

	while (rest->len > 0 && (n = of_word(*rest, &other)) == 0)
		*rest = (struct slice){ rest->at + other, rest->len - other };
	*word = (struct slice){ rest->at, 0 };
	for (; rest->len > 0 && n > 0; n = of_word(*rest, &other)) {
		word->len += n;
		*rest = (struct slice){ rest->at + n, rest->len - n };
	}
	return word->len > 0;
}

int
fold_width(struct slice s)
{
	int width = 0;

	while (s.len > 0) {
		uint32_t code;
		size_t n = text_char(s, &code);

		width += n == 0 ? 1 : utf8proc_charwidth((int32_t)code);
		n += n == 0;
		s.at += n;
		s.len -= n;
	}
	return width;
}
