#include "base/zone.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/rule.h"
#include "base/sort.h"
#include "base/tr.h"

enum {
	FIRST_YEAR = 1900, LAST_YEAR = 2500, /* of rules written out */
	OFFSET_MAX = 26 * 3600,              /* seconds, by RFC 9636 */
	HEADER = 44,                         /* bytes, in TZif */
	FILE_MAX = 1 << 18,
};

/* The changes as they are added. */
struct list {
	struct zone_change *at;
	size_t n, cap;
};

/* Times come in rising order; a later word on the same instant counts. */
static void
list_add(struct list *l, int64_t from, int32_t offset)
{
	while (l->n > 0 && l->at[l->n - 1].from >= from)
		l->n--;
	if (l->n > 0 && l->at[l->n - 1].offset == offset)
		return;
	l->at = mem_grow(l->at, &l->cap, l->n + 1, sizeof *l->at);
	l->at[l->n++] = (struct zone_change){ from, offset };
}

/* Add what the rule says of the times after `after`. */
static void
write_out(struct list *l, const struct rule *r, int64_t after)
{
	/* Not behind the year before the one that `after` is in. */
	int64_t from = after > 0 ? 1969 + after / DATE_DAY / 366 : FIRST_YEAR;

	for (int64_t y = from; r->changes && y <= LAST_YEAR; y++) {
		int year = (int)y;
		struct zone_change on = { rule_time(&r->on, year,
					      r->standard), r->summer };
		struct zone_change off = { rule_time(&r->off, year,
					       r->summer), r->standard };
		struct zone_change first = on.from < off.from ? on : off;
		struct zone_change second = on.from < off.from ? off : on;

		if (first.from > after)
			list_add(l, first.from, first.offset);
		if (second.from > after)
			list_add(l, second.from, second.offset);
	}
}

static bool
load_rule(struct list *l, struct slice words)
{
	struct rule r;

	if (!rule_parse(&r, words))
		return false;
	list_add(l, INT64_MIN, r.standard);
	write_out(l, &r, INT64_MIN);
	return true;
}

/* Files: TZif, RFC 9636. */

/* A big-endian number of n bytes. */
static int64_t
big(const char *at, int n)
{
	uint64_t v = 0;

	for (int i = 0; i < n; i++)
		v = v << 8 | (unsigned char)at[i];
	return n == 4 ? (int32_t)(uint32_t)v : (int64_t)v;
}

/* How many of what a header announces, in its order. */
enum { IS_UT, IS_STD, LEAPS, TIMES, TYPES, CHARS, COUNTS };

struct counts {
	size_t n[COUNTS];
	size_t bytes; /* of the data behind the header */
};

static bool
header(struct slice file, int time_bytes, struct counts *c)
{
	size_t width[COUNTS] = { 1, 1, (size_t)time_bytes + 4,
		(size_t)time_bytes + 1, 6, 1 };

	c->bytes = 0;
	if (file.len < HEADER || memcmp(file.at, "TZif", 4) != 0 ||
	    file.at[4] < '2')
		return false;
	for (int i = 0; i < COUNTS; i++) {
		int64_t n = big(file.at + 20 + i * 4, 4);

		if (n < 0 || n > FILE_MAX)
			return false;
		c->n[i] = (size_t)n;
		c->bytes += c->n[i] * width[i];
	}
	return file.len - HEADER >= c->bytes;
}

static struct slice
skip(struct slice s, size_t n)
{
	return (struct slice){ s.at + n, s.len - n };
}

/* The offset of a type, or false. */
static bool
type_offset(const char *types, const struct counts *c, size_t type,
    int32_t *offset)
{
	if (type >= c->n[TYPES])
		return false;
	*offset = (int32_t)big(types + type * 6, 4);
	return *offset < OFFSET_MAX && *offset > -OFFSET_MAX;
}

static bool
transitions(struct list *l, const char *data, const struct counts *c)
{
	const char *index = data + c->n[TIMES] * 8;
	const char *types = index + c->n[TIMES];
	int64_t before = INT64_MIN;
	int32_t offset;

	if (!type_offset(types, c, 0, &offset))
		return false;
	list_add(l, INT64_MIN, offset);
	for (size_t i = 0; i < c->n[TIMES]; i++) {
		int64_t from = big(data + i * 8, 8);

		if (from <= before || !type_offset(types, c,
		    (unsigned char)index[i], &offset))
			return false;
		list_add(l, from, offset);
		before = from;
	}
	return true;
}

/* The rule between the two line ends behind the data; none is fine. */
static bool
footer(struct list *l, struct slice s, int64_t after)
{
	struct rule r;
	const char *end;

	if (s.len < 2 || s.at[0] != '\n')
		return false;
	s = skip(s, 1);
	end = memchr(s.at, '\n', s.len);
	if (end == NULL)
		return false;
	s.len = (size_t)(end - s.at);
	if (s.len == 0)
		return true;
	if (!rule_parse(&r, s))
		return false;
	write_out(l, &r, after);
	return true;
}

static bool
load_file(struct list *l, struct slice file)
{
	struct counts c;
	const char *data;
	int64_t last;

	if (!header(file, 4, &c))
		return false;
	file = skip(file, HEADER + c.bytes);
	if (!header(file, 8, &c) || c.n[LEAPS] > 0)
		return false;
	data = file.at + HEADER;
	if (!transitions(l, data, &c))
		return false;
	last = c.n[TIMES] > 0 ? big(data + (c.n[TIMES] - 1) * 8, 8) :
				INT64_MIN;
	return footer(l, skip(file, HEADER + c.bytes), last);
}

/* A name that stays below the directory of zones. */
static bool
plain(const char *name)
{
	return name[0] != '\0' && name[0] != '/' &&
	    strstr(name, "..") == NULL && strlen(name) < 256;
}

/* The bytes of a regular file of moderate size; false without one. */
static bool
slurp(const char *path, struct buf *b)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	ssize_t n = 1;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		n = -1;
	while (n > 0 && b->len < FILE_MAX) {
		n = read(fd, buf_room(b, 1 << 14), 1 << 14);
		b->len += n > 0 ? (size_t)n : 0;
	}
	close(fd);
	return n == 0;
}

static bool
read_zone(const char *name, struct buf *b)
{
	const char *dir = getenv("TZDIR");
	struct buf path = { 0 };
	bool ok;

	if (dir == NULL || dir[0] == '\0')
		dir = "/usr/share/zoneinfo";
	buf_fmt(&path, "%s/%s", dir, name);
	ok = slurp(buf_text(&path), b);
	buf_free(&path);
	return ok;
}

/* UTC is known on systems without zone files too. */
static bool
load(struct list *l, const char *name)
{
	struct buf b = { 0 };
	bool ok;

	if (!plain(name))
		return false;
	if (strcmp(name, "UTC") == 0 || strcmp(name, "Etc/UTC") == 0)
		ok = load_rule(l, slice_of("UTC0"));
	else if (read_zone(name, &b))
		ok = load_file(l, buf_all(&b));
	else
		ok = load_rule(l, slice_of(name));
	buf_free(&b);
	return ok;
}

bool
zone_load(struct zone *z, const char *name, struct err *e)
{
	char shown[ERR_SHOWN];
	struct list l = { 0 };

	*z = (struct zone){ 0 };
	if (!load(&l, name)) {
		free(l.at);
		return err_set(e, CRM_USAGE, _("unknown time zone: \"%s\""),
		    err_shown(shown, slice_of(name)));
	}
	z->name = mem_text(name, strlen(name));
	z->change = l.at;
	z->changes = l.n;
	return true;
}

void
zone_free(struct zone *z)
{
	free(z->name);
	free(z->change);
	*z = (struct zone){ 0 };
}

/* Index of the last change that is not after t. */
static size_t
find(const struct zone *z, int64_t t)
{
	size_t at = sort_first(z->change, z->changes, sizeof *z->change, t);

	return at < z->changes && z->change[at].from == t ? at : at - 1;
}

static int64_t
end_of(const struct zone *z, size_t i)
{
	return i + 1 < z->changes ? z->change[i + 1].from : INT64_MAX;
}

int32_t
zone_offset(const struct zone *z, int64_t t, int64_t *from, int64_t *to)
{
	size_t i = find(z, t);

	if (from != NULL)
		*from = z->change[i].from;
	if (to != NULL)
		*to = end_of(z, i);
	return z->change[i].offset;
}

int32_t
zone_day(const struct zone *z, int64_t t)
{
	return date_utc_day(t + zone_offset(z, t, NULL, NULL));
}

/*
 * A local time belongs to every stretch of equal offset in which it falls;
 * those that could be it begin less than a day or so around.
 */
enum zone_fit
zone_utc(const struct zone *z, int32_t day, int32_t second, int64_t *t)
{
	int64_t local = day * DATE_DAY + second;
	size_t i = find(z, local - OFFSET_MAX), fits = 0;
	int64_t gap = INT64_MIN;

	for (; i < z->changes; i++) {
		const struct zone_change *c = &z->change[i];
		int64_t utc = local - c->offset;

		if (c->from != INT64_MIN && c->from > local + OFFSET_MAX)
			break;
		if (utc < c->from && gap == INT64_MIN)
			gap = c->from;
		if (utc >= c->from && utc < end_of(z, i) && fits++ == 0)
			*t = utc;
	}
	if (fits == 0)
		*t = gap;
	return fits == 0 ? ZONE_GAP : fits == 1 ? ZONE_ONCE : ZONE_TWICE;
}

int64_t
zone_day_start(const struct zone *z, int32_t day)
{
	int64_t t;

	zone_utc(z, day, 0, &t);
	return t;
}
