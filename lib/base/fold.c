#include "base/fold.h"

#include <stdlib.h>
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
