#include "table/crate.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/tr.h"
#include "table/file.h"

enum {
	ORDER = 0x01020304,
	FORMAT = 1,
	/* Written at once, up to a multiple of it in the file: there the kernel
	 * keeps it in one piece, which is a third faster to read. */
	BYTES = 256 * 1024,
};

static const char magic[CRATE_MAGIC] = "crm state file\n";

/* What a crate begins with; `seal` is of what stands before it. */
struct head {
	char magic[CRATE_MAGIC];
	uint32_t order, format;
	uint64_t parts;
	uint64_t len[CRATE_PARTS];
	struct seal_hash hash[CRATE_PARTS];
	struct seal_hash seal;
};

/* --- reading ----------------------------------------------------------- */

static bool
is_head(const struct head *h)
{
	return h->order == ORDER && h->format == FORMAT &&
	    h->parts <= CRATE_PARTS &&
	    seal_eq(h->seal, seal_at(h, offsetof(struct head, seal)));
}

/* Where the parts are, if the file is as long as they say. */
static void
place(struct crate *c, const struct head *h, uint64_t size)
{
	uint64_t at = sizeof *h;

	for (size_t i = 0; i < h->parts; i++) {
		c->at[i] = at;
		c->len[i] = h->len[i];
		c->hash[i] = h->hash[i];
		if (h->len[i] > size - at)
			return;
		at += h->len[i];
	}
	if (at == size)
		c->parts = h->parts;
}

bool
crate_is(struct slice first)
{
	return first.len >= sizeof magic &&
	    memcmp(first.at, magic, sizeof magic) == 0;
}

static bool
read_head(struct crate *c, const char *path, uint64_t size, struct err *e)
{
	struct head h = { .parts = 0 };
	ssize_t n = pread(c->fd, &h, sizeof h, 0);

	if (n < 0)
		return err_sys(e, path);
	if (n > 0 && !crate_is((struct slice){ h.magic, (size_t)n }))
		return err_set(e, CRM_DATA,
		    _("%s: not made by crm: it stays as it is"), path);
	if ((size_t)n == sizeof h && is_head(&h))
		place(c, &h, size);
	return true;
}

bool
crate_open(struct crate *c, const char *path, struct err *e)
{
	struct stat st;

	*c = (struct crate){ .fd = open(path, O_RDONLY | O_CLOEXEC |
		O_NONBLOCK | O_NOCTTY) };
	if (c->fd < 0)
		return errno == ENOENT || err_sys(e, path);
	if (fstat(c->fd, &st) != 0)
		return err_sys(e, path);
	if (!S_ISREG(st.st_mode))
		return err_set(e, CRM_SYS, _("%s: not a regular file"), path);
	return read_head(c, path, (uint64_t)st.st_size, e);
}

bool
crate_peek(const struct crate *c, size_t i, uint64_t at, void *to, size_t len)
{
	return at <= c->len[i] && len <= c->len[i] - at &&
	    pread(c->fd, to, len, (off_t)(c->at[i] + at)) == (ssize_t)len;
}

bool
crate_read(const struct crate *c, size_t i, void *to)
{
	size_t len = (size_t)c->len[i];

	return crate_peek(c, i, 0, to, len) &&
	    seal_eq(seal_at(to, len), c->hash[i]);
}

bool
crate_take(const struct crate *c, size_t i, struct buf *to)
{
	buf_clear(to);
	if (c->len[i] > SIZE_MAX / 4)
		return false;
	buf_room(to, (size_t)c->len[i]);
	to->len = (size_t)c->len[i];
	return crate_read(c, i, to->at);
}

void
crate_close(struct crate *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
}

/* --- writing ----------------------------------------------------------- */

/* Always the same, so that a killed command leaves at most one, which the
 * next one uses. */
static char *
new_name(const char *real)
{
	return file_beside(real, ".new");
}

void
crate_remove(const char *path)
{
	struct err e = { 0 };
	char *real = file_resolve(path, &e);
	char *new = real == NULL ? NULL : new_name(real);

	if (new != NULL) {
		unlink(real);
		unlink(new);
	}
	free(real);
	free(new);
}

/* Is fd still the file that this name stands for? */
static bool
is_there(int fd, const char *path)
{
	struct stat a, b;

	return fstat(fd, &a) == 0 && lstat(path, &b) == 0 &&
	    a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Nobody else may have put it there to read what we write.  It has no name
 * any more where other commands have renamed it, and written anew. */
static bool
is_ours(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_uid == geteuid() && st.st_nlink <= 1;
}

/* Whoever has the lock renames or removes the new file; who does not get
 * it, or too late, has nothing to do: another command has just written the
 * same. */
static bool
lock_new(struct crate_writer *w, int fd)
{
	bool mine;

	if (!is_ours(fd)) {
		errno = EPERM;
		return false;
	}
	mine = flock(fd, LOCK_EX | LOCK_NB) == 0;
	if (!mine && errno != EWOULDBLOCK) {
		int why = errno;

		unlink(w->temp); /* no locks here: nobody else has it */
		errno = why;
		return false;
	}
	if (mine && is_there(fd, w->temp))
		w->fd = fd;
	else
		close(fd);
	return w->fd < 0 || (fchmod(fd, 0600) == 0 && ftruncate(fd, 0) == 0);
}

/* The new file has a name that the user has not given: it is told where
 * something of that name is in the way. */
static void
cannot_open(struct crate_writer *w)
{
	int why = errno;
	struct stat st;

	if (lstat(w->temp, &st) == 0)
		err_set(&w->err, CRM_SYS, "%s: %s: %s", w->path, w->temp,
		    strerror(why));
	errno = why;
	err_sys(&w->err, w->path);
}

static void
open_new(struct crate_writer *w)
{
	int fd;

	w->temp = new_name(w->real);
	fd = open(w->temp, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW |
	    O_NONBLOCK | O_NOCTTY, 0600);
	if (fd >= 0 && lock_new(w, fd))
		return;
	cannot_open(w);
	if (fd >= 0 && w->fd < 0)
		close(fd);
}

static bool
failed(const struct crate_writer *w)
{
	return w->err.status != CRM_OK;
}

/* Until it is whole a crate has the head of none, but is known by it. */
static bool
write_head(const struct crate_writer *w, bool whole)
{
	struct head h = { .order = ORDER, .format = FORMAT,
		.parts = w->parts };

	memcpy(h.magic, magic, sizeof magic);
	memcpy(h.len, w->len, sizeof h.len);
	memcpy(h.hash, w->hash, sizeof h.hash);
	if (whole)
		h.seal = seal_at(&h, offsetof(struct head, seal));
	return lseek(w->fd, 0, SEEK_SET) == 0 &&
	    file_write(w->fd, (const char *)&h, sizeof h);
}

void
crate_begin(struct crate_writer *w, const char *path)
{
	*w = (struct crate_writer){ .path = path, .fd = -1, .seal = seal_new(),
		.bytes = mem_zero(1, BYTES),
		.edge = BYTES - sizeof(struct head) };
	w->real = file_resolve(path, &w->err);
	if (w->real != NULL)
		open_new(w);
	if (w->fd >= 0 && !failed(w) && !write_head(w, false))
		err_sys(&w->err, path);
}

void
crate_mode(struct crate_writer *w, mode_t mode)
{
	if (w->fd >= 0 && fchmod(w->fd, mode) != 0)
		err_sys(&w->err, w->path);
}

static void
flush(struct crate_writer *w)
{
	seal_add(w->seal, w->bytes, w->n);
	w->len[w->parts - 1] += w->n;
	w->edge = w->edge > w->n ? w->edge - w->n : BYTES;
	if (!failed(w) && w->fd >= 0 && !file_write(w->fd, w->bytes, w->n))
		err_sys(&w->err, w->path);
	w->n = 0;
}

static void
end_part(struct crate_writer *w)
{
	if (w->parts == 0)
		return;
	flush(w);
	w->hash[w->parts - 1] = seal_of(w->seal);
	seal_free(w->seal);
	w->seal = seal_new();
}

void
crate_part(struct crate_writer *w)
{
	end_part(w);
	assert(w->parts < CRATE_PARTS);
	w->len[w->parts++] = 0;
}

void
crate_add(struct crate_writer *w, const void *at, size_t len)
{
	const char *from = at;

	while (len > 0) {
		size_t n = len < w->edge - w->n ? len : w->edge - w->n;

		memcpy(w->bytes + w->n, from, n);
		w->n += n;
		from += n;
		len -= n;
		if (w->n == w->edge)
			flush(w);
	}
}

void
crate_give_up(struct crate_writer *w)
{
	if (w->fd < 0)
		return;
	unlink(w->temp);
	close(w->fd);
	w->fd = -1;
}

static void
install(struct crate_writer *w)
{
	if (!failed(w) && !(write_head(w, true) && fsync(w->fd) == 0 &&
		rename(w->temp, w->real) == 0))
		err_sys(&w->err, w->path);
	if (failed(w))
		unlink(w->temp);
	else if (!file_sync_dir(w->real))
		err_sys(&w->err, w->path);
	close(w->fd);
}

bool
crate_end(struct crate_writer *w, struct err *e)
{
	end_part(w);
	if (w->fd >= 0)
		install(w);
	*e = w->err;
	seal_free(w->seal);
	free(w->bytes);
	free(w->real);
	free(w->temp);
	return !failed(w);
}
