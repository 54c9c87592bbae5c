#include "table/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/tr.h"
#include "table/append.h"
#include "table/grown.h"

enum { FIRST = 4 * 1024 }; /* bytes read before the first block */

struct input {
	int fd;                /* -1: memory, of which `taken` are read */
	struct buf memory;
	size_t taken;
	char *name;
	uint64_t left;         /* bytes of the file still to be read */
	struct unpack *packed; /* NULL for plain bytes */
	enum unpack_kind kind;
	struct buf carry;      /* bytes read but not handed out */
	char *header;
	size_t header_len;
	uint64_t at;  /* offset of carry in the unpacked bytes */
	uint64_t seq;
	size_t torn;
	struct stat st; /* when it was opened */
	struct buf first;        /* mark and header line as they are */
	struct seal *seal;       /* of a watched input; NULL if unknown */
	struct seal *ready;      /* the same up to a mark it is at */
	struct input_mark mark;  /* where it was resumed; bytes 0 if not */
	bool unended; /* the last row had no LF */
	bool started; /* first bytes looked at */
	bool headed;  /* header line taken off */
	bool living;  /* INPUT_STORE */
	bool empty;   /* not even a header line */
	bool end;     /* nothing more to be read */
	bool failed;  /* and no more to be tried */
};

static struct input *
refuse(int fd, struct err *e, const char *name)
{
	err_sys(e, name);
	if (fd > STDIN_FILENO)
		close(fd);
	return NULL;
}

struct input *
input_fd(int fd, const char *name, int flags, struct err *e)
{
	bool living = (flags & INPUT_STORE) != 0, good;
	struct input *in;
	struct stat st;
	size_t cut = 0;

	if ((good = fstat(fd, &st) == 0))
		errno = EISDIR;
	if (!good || S_ISDIR(st.st_mode))
		return refuse(fd, e, name);
	if (living && !append_seen(name, fd, &st, &cut, e)) {
		close(fd);
		return NULL;
	}
	in = mem_zero(1, sizeof *in);
	*in = (struct input){ .fd = fd, .living = living, .st = st,
		.name = mem_text(name, strlen(name)), .torn = cut,
		.left = living ? (uint64_t)st.st_size : UINT64_MAX };
	return in;
}

struct input *
input_memory(struct buf *from, const char *name)
{
	struct input *in = mem_zero(1, sizeof *in);

	*in = (struct input){ .fd = -1, .memory = *from, .left = from->len,
		.name = mem_text(name, strlen(name)) };
	*from = (struct buf){ 0 };
	return in;
}

struct input *
input_open(const char *path, int flags, struct err *e)
{
	/* O_NONBLOCK: a FIFO in the place of a store's file must not hang. */
	int wait = (flags & INPUT_STORE) != 0 ? O_NONBLOCK : 0, fd;

	if (strcmp(path, "-") == 0)
		return input_fd(STDIN_FILENO, "stdin", flags, e);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | wait);
	if (fd < 0 && errno == EWOULDBLOCK) /* grown.h: rows are appended */
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return refuse(fd, e, path);
	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	return input_fd(fd, path, flags, e);
}

static ssize_t
take(struct input *in, char *to, size_t n)
{
	memcpy(to, in->memory.at + in->taken, n);
	in->taken += n;
	return (ssize_t)n;
}

/* Read up to n bytes as they are in the file; 0 at its end, -1 failed. */
static ssize_t
read_raw(void *ctx, char *to, size_t n, struct err *e)
{
	struct input *in = ctx;
	ssize_t got;

	if (n > in->left)
		n = (size_t)in->left;
	if (n == 0)
		return 0;
	do
		got = in->fd < 0 ? take(in, to, n) : read(in->fd, to, n);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		err_sys(e, in->name);
	else if (in->left != UINT64_MAX)
		in->left -= (uint64_t)got;
	if (got > 0 && in->packed != NULL)
		seal_add(in->seal, to, (size_t)got);
	return got;
}

/* Read into *to until it has `want` bytes or the input ends. */
static bool
fill(struct input *in, char *to, size_t *len, size_t want, struct err *e)
{
	while (!in->end && *len < want) {
		ssize_t got = in->packed == NULL
		    ? read_raw(in, to + *len, want - *len, e)
		    : unpack_read(in->packed, to + *len, want - *len, e);

		if (got < 0)
			return false;
		in->end = got == 0;
		*len += (size_t)got;
	}
	return true;
}

static bool
fill_carry(struct input *in, size_t want, struct err *e)
{
	buf_room(&in->carry, want);
	return fill(in, in->carry.at, &in->carry.len, want, e);
}

/* Take off mark and header. */
static void
drop(struct input *in, size_t n)
{
	buf_add(&in->first, in->carry.at, n);
	in->carry.len -= n;
	in->at += n;
	memmove(in->carry.at, in->carry.at + n, in->carry.len);
}

/* A mark, or every other byte 0; but a file of the store that begins so
 * was torn by a power cut. */
static bool
is_utf16(const char *s, size_t len, bool living)
{
	return len >= 2 && (memcmp(s, "\xfe\xff", 2) == 0 ||
	    memcmp(s, "\xff\xfe", 2) == 0 ||
	    (!living && (s[0] == '\0') != (s[1] == '\0')));
}

/* Look at the first bytes: packed, marked, of another encoding? */
static bool
start(struct input *in, struct err *e)
{
	enum unpack_kind kind;

	in->started = in->failed = true;
	if (!fill_carry(in, FIRST, e))
		return false;
	kind = in->kind = unpack_kind(in->carry.at, in->carry.len);
	if (kind != UNPACK_PLAIN) {
		in->seal = seal_new();
		seal_add(in->seal, in->carry.at, in->carry.len);
		in->packed = unpack_open(kind, in->name,
		    buf_all(&in->carry), read_raw, in, e);
		in->carry.len = 0;
		in->end = false;
		if (in->packed == NULL || !fill_carry(in, FIRST, e))
			return false;
	}
	if (is_utf16(in->carry.at, in->carry.len, in->living))
		return err_set(e, CRM_DATA,
		    _("%s: UTF-16: it must be UTF-8"), in->name);
	if (in->carry.len >= 3 && memcmp(in->carry.at, "\xef\xbb\xbf", 3) == 0)
		drop(in, 3);
	in->failed = false;
	return true;
}

static bool
too_long(const struct input *in, struct err *e)
{
	return err_set(e, CRM_DATA,
	    _("%s: a row longer than 1 MiB begins at byte %llu"), in->name,
	    (unsigned long long)in->at);
}

static void
keep_header(struct input *in, size_t len)
{
	bool cr = len > 0 && in->carry.at[len - 1] == '\r';

	in->header_len = len - cr;
	in->header = mem_text(in->carry.at, in->header_len);
	in->headed = true;
}

bool
input_header(struct input *in, struct slice *line, struct err *e)
{
	char *lf = NULL;

	if (in->failed || (!in->started && !start(in, e)))
		return false;
	while (!in->headed && lf == NULL) {
		size_t len = in->carry.len;

		lf = len == 0 ? NULL : memchr(in->carry.at, '\n', len);
		if (lf != NULL) {
			keep_header(in, (size_t)(lf - in->carry.at));
			drop(in, (size_t)(lf - in->carry.at) + 1);
		} else if (len >= INPUT_ROW) {
			return too_long(in, e);
		} else if (in->end && (len == 0 || in->living)) {
			in->empty = true;
			return err_set(e, CRM_DATA,
			    _("%s: empty: the header line is missing"),
			    in->name);
		} else if (in->end) {
			in->unended = true;
			keep_header(in, len);
			drop(in, len);
		} else if (!fill_carry(in, len + FIRST, e)) {
			return false;
		}
	}
	*line = (struct slice){ in->header, in->header_len };
	return true;
}

static void
block_room(struct block *b, size_t want)
{
	b->at = mem_grow(b->at, &b->cap, want + INPUT_SLACK, 1);
}

/* Read until the block is full and has a whole line, or the input ends. */
static bool
fill_block(struct input *in, struct block *b, struct err *e)
{
	size_t want = INPUT_BLOCK;

	if (in->packed == NULL && in->left < want)
		want = in->carry.len + (size_t)in->left + 1;
	block_room(b, in->carry.len > want ? in->carry.len : want);
	if (in->carry.len > 0)
		memcpy(b->at, in->carry.at, in->carry.len);
	b->len = in->carry.len;
	for (;;) {
		if (!fill(in, b->at, &b->len, want, e))
			return false;
		if (in->end || memchr(b->at, '\n', b->len) != NULL)
			return true;
		if (b->len >= INPUT_ROW)
			return too_long(in, e);
		want = b->len + INPUT_BLOCK;
		block_room(b, want);
	}
}

/* What to do with a last line that has no LF. */
static void
finish_tail(struct input *in, struct block *b, size_t *whole)
{
	if (in->living) {
		in->torn += b->len - *whole;
		b->len = *whole;
	} else if (b->len > *whole) {
		in->unended = true;
		block_room(b, b->len + 1);
		b->at[b->len++] = '\n';
	}
	*whole = b->len;
}

static bool
failed(struct input *in, struct block *b)
{
	b->len = 0;
	in->failed = true;
	return false;
}

bool
input_block(struct input *in, struct block *b, struct err *e)
{
	const char *lf;
	size_t whole;

	b->len = 0;
	if (in->failed || (!in->started && !start(in, e)))
		return false;
	if (!fill_block(in, b, e))
		return failed(in, b);
	lf = b->len == 0 ? NULL : memrchr(b->at, '\n', b->len);
	whole = lf == NULL ? 0 : (size_t)(lf - b->at) + 1;
	if (in->end)
		finish_tail(in, b, &whole);
	lf = whole == 0 ? NULL : memchr(b->at, '\n', whole);
	if (lf != NULL && lf - b->at >= INPUT_ROW) {
		too_long(in, e);
		return failed(in, b);
	}
	buf_clear(&in->carry);
	buf_add(&in->carry, b->at + whole, b->len - whole);
	in->at += whole;
	b->len = whole;
	b->seq = in->seq++;
	memset(b->at + whole, 0, INPUT_SLACK);
	if (whole > 0 && in->seal != NULL && in->packed == NULL)
		seal_add(in->seal, b->at, whole - in->unended);
	return whole > 0;
}

/* --- to be continued --------------------------------------------------- */

bool
input_watch(struct input *in)
{
	if (!S_ISREG(in->st.st_mode))
		return false;
	if (in->packed == NULL) {
		in->seal = seal_new();
		seal_add(in->seal, buf_text(&in->first), in->first.len);
	}
	return true;
}

bool
input_mark(const struct input *in, struct input_mark *m)
{
	bool packed = in->packed != NULL;

	*m = in->mark;
	m->file = file_mark(&in->st);
	if (in->mark.bytes > 0 && (packed || in->at == in->mark.bytes))
		return true;
	if (!in->end || in->failed || in->seal == NULL)
		return false;
	m->bytes = seal_bytes(in->seal);
	m->hash = seal_of(in->seal);
	m->more = !packed && !in->unended;
	return !packed || m->bytes == m->file.size;
}

int
input_file(const struct input *in)
{
	return in->fd;
}

uint64_t
input_size(const struct input *in)
{
	return (uint64_t)in->st.st_size;
}

static bool
is_trusted(const struct input *in, const struct input_mark *m, int trust)
{
	struct file_mark now = file_mark(&in->st);

	return ((trust & INPUT_LEFT) != 0 && file_same(m->file, now) &&
		file_has_ctime(in->fd)) ||
	    ((trust & INPUT_GROWN) != 0 &&
		grown_since(in->name, m->file, now));
}

bool
input_is(struct input *in, const struct input_mark *m, int trust,
    size_t threads)
{
	uint64_t size = input_size(in);

	if (size < m->bytes || (m->more ? in->packed != NULL
		    : size != m->bytes))
		return false;
	if (is_trusted(in, m, trust))
		return true;
	in->ready = seal_new();
	return seal_file(in->ready, in->fd, 0, m->bytes, threads) &&
	    seal_eq(seal_of(in->ready), m->hash);
}

bool
input_resume(struct input *in, const struct input_mark *m, struct err *e)
{
	if (lseek(in->fd, (off_t)m->bytes, SEEK_SET) < 0)
		return err_sys(e, in->name);
	seal_free(in->seal);
	in->seal = in->ready;
	in->ready = NULL;
	in->mark = *m;
	buf_clear(&in->carry);
	in->at = m->bytes;
	in->end = m->more == 0;
	if (in->living)
		in->left = (uint64_t)in->st.st_size - m->bytes;
	return true;
}

struct input *
input_passed(const struct input *in, struct err *e)
{
	int fd = lseek(in->fd, 0, SEEK_SET) < 0 ? -1
	    : fcntl(in->fd, F_DUPFD_CLOEXEC, 0);
	struct input *old = fd < 0 ? refuse(fd, e, in->name)
	    : input_fd(fd, in->name, in->living ? INPUT_STORE : 0, e);

	if (old != NULL)
		old->left = in->mark.bytes;
	return old;
}

bool
input_gains(const struct input *in)
{
	struct file_mark now = file_mark(&in->st);

	return in->mark.bytes > 0 && in->seal != NULL &&
	    grown_since(in->name, now, now);
}

bool
input_empty(const struct input *in)
{
	return in->empty;
}

enum unpack_kind
input_kind(const struct input *in)
{
	return in->kind;
}

const char *
input_name(const struct input *in)
{
	return in->name;
}

size_t
input_torn(const struct input *in)
{
	return in->torn;
}

void
input_close(struct input *in)
{
	if (in == NULL)
		return;
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	unpack_close(in->packed);
	buf_free(&in->memory);
	buf_free(&in->carry);
	buf_free(&in->first);
	seal_free(in->seal);
	seal_free(in->ready);
	free(in->header);
	free(in->name);
	free(in);
}

void
block_free(struct block *b)
{
	free(b->at);
	*b = (struct block){ 0 };
}
