#include "table/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/tr.h"

enum { CHUNK = 64 * 1024 };

static char *
join(const char *a, const char *b)
{
	struct buf to = { 0 };

	buf_str(&to, a);
	buf_str(&to, b);
	return to.at;
}

/* The file behind symbolic links; of a file yet to be made, the path. */
static char *
resolve(const char *path, struct err *e)
{
	char *real = realpath(path, NULL);
	struct stat st;

	if (real != NULL)
		return real;
	if (errno == ENOENT && lstat(path, &st) != 0 && errno == ENOENT)
		return mem_text(path, strlen(path));
	err_sys(e, path);
	return NULL;
}

/* A write that is not cut short by a signal or a nearly full disk. */
static bool
write_all(int fd, const char *at, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			errno = ENOSPC;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

static int
open_dir(const char *path, struct err *e)
{
	char *copy = mem_text(path, strlen(path));
	const char *dir = dirname(copy);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		err_sys(e, dir);
	free(copy);
	return fd;
}

static bool
sync_fd(int fd, const char *path, struct err *e)
{
	bool good = fsync(fd) == 0;

	if (!good)
		err_sys(e, path);
	close(fd);
	return good;
}

bool
durable_sync_dir(const char *path, struct err *e)
{
	int fd = open_dir(path, e);

	return fd >= 0 && sync_fd(fd, path, e);
}

/* A regular file to be changed, or -1. */
static int
open_old(const char *path, int flags, struct stat *st, struct err *e)
{
	int fd = open(path,
	    flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);

	if (fd >= 0 && fstat(fd, st) == 0 && S_ISREG(st->st_mode))
		return fd;
	if (fd < 0)
		err_sys(e, path);
	else
		err_set(e, CRM_SYS, _("%s: not a regular file"), path);
	if (fd >= 0)
		close(fd);
	return -1;
}

/* Where the last whole row ends: behind the last LF, or 0. */
static bool
find_end(int fd, off_t size, off_t *end)
{
	char chunk[CHUNK];

	for (off_t at = size; at > 0;) {
		off_t from = at > CHUNK ? at - CHUNK : 0;
		ssize_t n = pread(fd, chunk, (size_t)(at - from), from);
		const char *lf;

		if (n < 0 && errno == EINTR)
			continue;
		if (n != at - from) {
			errno = n < 0 ? errno : EIO;
			return false;
		}
		lf = memrchr(chunk, '\n', (size_t)n);
		*end = lf == NULL ? 0 : from + (lf - chunk) + 1;
		if (lf != NULL)
			return true;
		at = from;
	}
	*end = 0;
	return true;
}

static bool
copy_range(int from, off_t at, off_t end, int to)
{
	char chunk[CHUNK];

	while (at < end) {
		off_t want = end - at < CHUNK ? end - at : CHUNK;
		ssize_t n = pread(from, chunk, (size_t)want, at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			errno = EIO;
		if (n <= 0 || !write_all(to, chunk, (size_t)n))
			return false;
		at += n;
	}
	return true;
}

/* Add the bytes from..end of fd to PATH.torn and sync them there. */
static bool
save_torn(int fd, const char *torn, off_t from, off_t end, mode_t mode,
    struct err *e)
{
	int to = open(torn, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC |
	    O_NOFOLLOW | O_NONBLOCK, 0600);
	struct stat st = { .st_size = -1 };
	bool good;

	if (to < 0)
		return err_sys(e, torn);
	good = fstat(to, &st) == 0 && fchmod(to, mode & 0660) == 0 &&
	    copy_range(fd, from, end, to) && write_all(to, "\n", 1) &&
	    fdatasync(to) == 0;
	if (!good)
		err_sys(e, torn);
	/* What cannot be taken back there does no harm. */
	if (!good && st.st_size >= 0 && ftruncate(to, st.st_size) != 0)
		good = false;
	close(to);
	return good && durable_sync_dir(torn, e);
}

static void
mark_suspect(const char *mark)
{
	int fd = open(mark, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return;
	(void)fsync(fd);
	close(fd);
}

/* The names that an append may need, made before anything is changed. */
struct names {
	char *real, *torn, *suspect, *undo;
};

/* Write behind `end` and sync, or cut back to it. */
static bool
write_rows(int fd, off_t end, struct slice rows, const struct names *n,
    struct err *e)
{
	bool written = write_all(fd, rows.at, rows.len);

	if (written && fdatasync(fd) == 0)
		return true;
	err_sys(e, n->real);
	if (ftruncate(fd, end) != 0 || written)
		mark_suspect(n->suspect);
	return false;
}

/* Before several rows: note where the file ends, so that a writer killed
 * between two of them leaves none. */
static bool
make_undo(const char *undo, off_t end, struct err *e)
{
	char text[32];
	int len = snprintf(text, sizeof text, "%jd\n", (intmax_t)end);
	int fd = open(undo, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool good;

	if (fd < 0)
		return err_sys(e, undo);
	good = write_all(fd, text, (size_t)len);
	if (!good)
		err_sys(e, undo);
	if (good)
		good = sync_fd(fd, undo, e);
	else
		close(fd);
	good = good && durable_sync_dir(undo, e);
	if (!good)
		unlink(undo);
	return good;
}

/*
 * Rows that are to be there all or not at all.  A mark that came back after
 * a power cut would take later rows with it, so where its removal cannot be
 * synced writers must stop.
 */
static bool
write_load(int fd, off_t end, struct slice rows, const struct names *n,
    struct err *e)
{
	struct err second = { 0 };
	bool written;

	if (!make_undo(n->undo, end, e))
		return false;
	written = write_rows(fd, end, rows, n, e);
	if (durable_remove(n->undo, &second) && written)
		return true;
	if (second.status != CRM_OK) {
		mark_suspect(n->suspect);
		err_set(e, second.status, "%s", second.text);
	}
	if (written && (ftruncate(fd, end) != 0 || fdatasync(fd) != 0))
		mark_suspect(n->suspect);
	return false;
}

/* Look for a torn tail and move it aside; *end is where rows end then. */
static bool
clear_tail(int fd, const struct stat *st, const struct names *n, off_t *end,
    struct err *e)
{
	if (!find_end(fd, st->st_size, end))
		return err_sys(e, n->real);
	if (*end == st->st_size)
		return true;
	if (!save_torn(fd, n->torn, *end, st->st_size, st->st_mode, e))
		return false;
	return ftruncate(fd, *end) == 0 || err_sys(e, n->real);
}

static bool
append(int fd, const struct stat *st, const struct names *n,
    const char *header, struct slice rows, size_t *torn, struct err *e)
{
	struct buf all = { 0 };
	off_t end;
	bool good;

	if (!clear_tail(fd, st, n, &end, e))
		return false;
	*torn = (size_t)(st->st_size - end);
	if (end == 0) {
		buf_fmt(&all, "%s\n", header);
		buf_slice(&all, rows);
		rows = buf_all(&all);
	}
	good = memchr(rows.at, '\n', rows.len) == rows.at + rows.len - 1 ?
	    write_rows(fd, end, rows, n, e) :
	    write_load(fd, end, rows, n, e);
	buf_free(&all);
	return good;
}

bool
durable_append(const char *path, const char *header, struct slice rows,
    size_t *torn, struct err *e)
{
	struct names n = { .real = resolve(path, e) };
	struct stat st;
	int fd = -1;

	*torn = 0;
	if (n.real == NULL)
		return false;
	n.torn = join(path, ".torn");
	n.suspect = join(path, ".suspect");
	n.undo = join(path, DURABLE_UNDO);
	fd = open_old(n.real, O_RDWR | O_APPEND, &st, e);
	if (fd >= 0 && !append(fd, &st, &n, header, rows, torn, e)) {
		close(fd);
		fd = -1;
	} else if (fd >= 0) {
		/* What was synced stays, whatever close has to say. */
		close(fd);
	}
	free(n.real);
	free(n.torn);
	free(n.suspect);
	free(n.undo);
	return fd >= 0;
}

/* What a mark says; -1 where it was not finished, and no row begun. */
static bool
read_undo(const char *undo, off_t *end, struct err *e)
{
	char text[32];
	int fd = open(undo, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
	int64_t number;

	if (n < 0)
		err_sys(e, undo);
	if (fd >= 0)
		close(fd);
	*end = n > 0 && text[n - 1] == '\n' &&
	    num_int((struct slice){ text, (size_t)n - 1 }, 0, INT64_MAX,
		&number) == NULL ? (off_t)number : -1;
	return n >= 0;
}

static bool
take_back(const char *path, const char *torn, off_t end, size_t *undone,
    struct err *e)
{
	char *real = resolve(path, e);
	struct stat st;
	int fd = real == NULL ? -1 : open_old(real, O_RDWR, &st, e);
	bool good = fd >= 0;

	if (good && st.st_size > end) {
		good = save_torn(fd, torn, end, st.st_size, st.st_mode, e);
		if (good && (ftruncate(fd, end) != 0 || fdatasync(fd) != 0))
			good = err_sys(e, real);
		if (good)
			*undone += (size_t)(st.st_size - end);
	}
	if (fd >= 0)
		close(fd);
	free(real);
	return good;
}

bool
durable_undo(const char *path, size_t *undone, struct err *e)
{
	char *undo = join(path, DURABLE_UNDO), *torn = join(path, ".torn");
	off_t end;
	bool good = read_undo(undo, &end, e) &&
	    (end < 0 || take_back(path, torn, end, undone, e)) &&
	    durable_remove(undo, e);

	free(undo);
	free(torn);
	return good;
}

/* A file being written beside the one that it will replace. */
struct beside {
	char *real; /* what is replaced */
	char *temp; /* where the new bytes are */
	int dir;    /* the directory of both */
	int fd;     /* of temp */
	bool old;   /* was there one? */
	struct stat st; /* of the old one */
};

static void
beside_close(struct beside *b)
{
	if (b->dir >= 0)
		close(b->dir);
	free(b->real);
	free(b->temp);
}

/* DIR/.NAME.new-XXXXXX for DIR/NAME. */
static char *
temp_name(const char *real)
{
	const char *slash = strrchr(real, '/');
	size_t dir = slash == NULL ? 0 : (size_t)(slash - real) + 1;
	struct buf to = { 0 };

	buf_add(&to, real, dir);
	buf_fmt(&to, ".%s%sXXXXXX", real + dir, DURABLE_MARK);
	return to.at;
}

/* The rights of the old file; where its group cannot be had, none for
 * any group, so that nobody gets to read it who could not before. */
static bool
copy_rights(const struct beside *b, mode_t mode)
{
	if (b->old) {
		mode = b->st.st_mode & 07777;
		if (fchown(b->fd, b->st.st_uid, b->st.st_gid) != 0 &&
		    fchown(b->fd, (uid_t)-1, b->st.st_gid) != 0)
			mode &= (mode_t)~070;
	}
	return fchmod(b->fd, mode) == 0;
}

static bool
beside_open(struct beside *b, const char *path, struct err *e)
{
	*b = (struct beside){ .dir = -1, .real = resolve(path, e) };
	if (b->real == NULL)
		return false;
	b->old = lstat(b->real, &b->st) == 0;
	if (!b->old && errno != ENOENT)
		return err_sys(e, path);
	if (b->old && !S_ISREG(b->st.st_mode))
		return err_set(e, CRM_SYS, _("%s: not a regular file"), path);
	b->temp = temp_name(b->real);
	b->dir = open_dir(b->real, e);
	if (b->dir < 0)
		return false;
	/* From here on to its rename or removal nothing is allocated. */
	b->fd = mkostemp(b->temp, O_CLOEXEC);
	return b->fd >= 0 || err_sys(e, path);
}

static bool
discard(struct beside *b, const char *path, struct err *e)
{
	err_sys(e, path);
	unlink(b->temp);
	return false;
}

/* Sync, close and rename what has been written (or not: `good`). */
static bool
install(struct beside *b, const char *path, bool good, struct err *e)
{
	int why;

	good = good && fsync(b->fd) == 0;
	why = errno;
	if (close(b->fd) != 0 && good) {
		why = errno;
		good = false;
	}
	errno = why;
	if (!good || rename(b->temp, b->real) != 0)
		return discard(b, path, e);
	if (fsync(b->dir) == 0)
		return true;
	return err_set(e, CRM_SYS,
	    _("%s: written, but it may not survive a power cut: %s"), path,
	    strerror(errno));
}

bool
durable_replace(const char *path, mode_t mode, struct slice bytes,
    struct err *e)
{
	struct beside b;
	bool good = beside_open(&b, path, e);

	if (good)
		good = install(&b, path, copy_rights(&b, mode) &&
		    write_all(b.fd, bytes.at, bytes.len), e);
	beside_close(&b);
	return good;
}

bool
durable_remove(const char *path, struct err *e)
{
	int dir = open_dir(path, e);

	if (dir < 0)
		return false;
	if (unlink(path) != 0) {
		err_sys(e, path);
		close(dir);
		return false;
	}
	return sync_fd(dir, path, e);
}

/* Copy the old file into the new one. */
static bool
copy_old(struct beside *b)
{
	int fd = open(b->real, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool good = fd >= 0 && fstat(fd, &b->st) == 0 &&
	    copy_rights(b, 0600) && copy_range(fd, 0, b->st.st_size, b->fd);

	if (fd >= 0)
		close(fd);
	return good;
}

bool
durable_repair(const char *path, struct err *e)
{
	char *mark = join(path, ".suspect");
	struct beside b;
	bool good = beside_open(&b, path, e);

	if (good)
		good = install(&b, path, copy_old(&b), e);
	beside_close(&b);
	good = good && durable_remove(mark, e);
	free(mark);
	return good;
}
