#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

char *
buf_room(struct buf *b, size_t n)
{
	b->at = mem_grow(b->at, &b->cap, b->len + n + 1, 1);
	return b->at + b->len;
}

void
buf_add(struct buf *b, const void *bytes, size_t n)
{
	char *to = buf_room(b, n);

	if (n > 0)
		memcpy(to, bytes, n);
	b->len += n;
	b->at[b->len] = '\0';
}

void
buf_byte(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void
buf_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_slice(struct buf *b, struct slice s)
{
	buf_add(b, s.at, s.len);
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n <= 0)
		return;
	va_start(ap, fmt);
	vsnprintf(buf_room(b, (size_t)n), (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

const char *
buf_text(const struct buf *b)
{
	return b->at == NULL ? "" : b->at;
}

struct slice
buf_all(const struct buf *b)
{
	return (struct slice){ buf_text(b), b->len };
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->at != NULL)
		b->at[0] = '\0';
}

void
buf_free(struct buf *b)
{
	free(b->at);
	*b = (struct buf){ 0 };
}
