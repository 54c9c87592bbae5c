#include "crm/scraps.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "base/tr.h"

enum { CHUNK = 64 * 1024, ID_MAX = 128 };

/* `line,reason,...`, as crm-import begins a reject file. */
static bool
is_reject(struct slice s)
{
	return s.len > 11 && memcmp(s.at, "line", 4) == 0 &&
	    memcmp(s.at + 5, "reason", 6) == 0;
}

bool
scraps_read(struct scraps *s, struct input *in, struct err *e)
{
	struct block b = { 0 };

	while (input_block(in, &b, e))
		buf_add(&s->bytes, b.at, b.len);
	s->kind = input_kind(in);
	if (e->status == CRM_OK && s->bytes.len > 0 &&
	    memchr(s->bytes.at, '\0', s->bytes.len) != NULL)
		err_set(e, CRM_DATA, _("%s: not text"), input_name(in));
	if (e->status != CRM_OK)
		buf_clear(&s->bytes);
	s->quoted = is_reject(buf_all(&s->bytes));
	block_free(&b);
	input_close(in);
	return e->status == CRM_OK;
}

void
scraps_tail(struct scraps *s, const char *path, size_t n)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	off_t end = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
	ssize_t got = 0;

	if (n < INPUT_ROW && end >= (off_t)n)
		got = pread(fd, buf_room(&s->bytes, n), n, end - (off_t)n);
	if (got > 0)
		s->bytes.len = (size_t)got;
	if (fd >= 0)
		close(fd);
}

/* Where the record at s->at ends; *lines is how many lines it has. */
static size_t
find_end(const struct scraps *s, uint64_t *lines)
{
	bool open = false;
	size_t i = s->at;

	for (*lines = 0; i < s->bytes.len; i++) {
		if (s->quoted && s->bytes.at[i] == '"')
			open = !open;
		if (s->bytes.at[i] == '\n') {
			++*lines;
			if (!open)
				return i + 1;
		}
	}
	return i;
}

static uint32_t
whom(struct scraps *s, struct slice text)
{
	uint32_t who = mention_find(&s->persons->mention, text, &s->room);
	struct slice field;

	while (who == MAP_NONE && text_part(&text, '\t', &field))
		who = persons_find(s->persons, field);
	return who;
}

bool
scraps_next(struct scraps *s, struct scrap *one)
{
	uint64_t lines;
	size_t end = find_end(s, &lines), from = s->at;

	if (from == s->bytes.len)
		return false;
	one->text = (struct slice){ s->bytes.at + from, end - from };
	one->line = s->line + 1;
	one->who = whom(s, one->text);
	s->at = end;
	s->line += lines;
	return true;
}

void
scraps_show(const struct scrap *one, struct buf *to)
{
	struct slice s = one->text;

	if (s.len > 0 && s.at[s.len - 1] == '\n')
		s.len--;
	text_escape(to, s);
}

void
scraps_free(struct scraps *s)
{
	buf_free(&s->bytes);
	buf_free(&s->room);
}

/* Is one of the ids in these bytes? */
static bool
has_id(const struct persons *p, const char *at, size_t len)
{
	for (uint32_t i = 0; i < p->ids.len; i++) {
		struct slice id = map_key(&p->ids, i);

		if (memmem(at, len, id.at, id.len) != NULL)
			return true;
	}
	return false;
}

bool
scraps_has(const struct persons *p, const char *path)
{
	char bytes[ID_MAX + CHUNK];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool has = fd < 0;
	size_t kept = 0;
	ssize_t n = -1;

	/* The end of each chunk stays before the next: an id may be cut. */
	while (!has && (n = read(fd, bytes + kept, CHUNK)) > 0) {
		size_t all = kept + (size_t)n;

		has = has_id(p, bytes, all);
		kept = all < ID_MAX ? all : ID_MAX;
		memmove(bytes, bytes + all - kept, kept);
	}
	if (fd >= 0)
		close(fd);
	return has || n < 0;
}
