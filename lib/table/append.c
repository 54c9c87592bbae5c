#include "table/append.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/num.h"
#include "base/tr.h"
#include "table/file.h"
#include "table/grown.h"
#include "table/unpack.h"

enum { CHUNK = 4 * 1024 };

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
	/* In a store of a group it may be another's, who has done this. */
	good = fstat(to, &st) == 0 &&
	    (st.st_uid != geteuid() || fchmod(to, mode & 0660) == 0) &&
	    file_copy(fd, from, end, to) && file_write(to, "\n", 1) &&
	    fdatasync(to) == 0;
	if (!good)
		err_sys(e, torn);
	/* What cannot be taken back there does no harm. */
	if (!good && st.st_size >= 0 && ftruncate(to, st.st_size) != 0)
		good = false;
	close(to);
	return good && (file_sync_dir(torn) || err_sys(e, torn));
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
	const char *path; /* as the caller knows it */
	char *real, *torn, *suspect, *undo, *grown;
};

/* Write behind `end` and sync, or cut back to it. */
static bool
write_rows(int fd, off_t end, struct slice rows, const struct names *n,
    struct err *e)
{
	struct grown g;
	bool written;

	grown_begin(&g, fd, n->grown);
	written = file_write(fd, rows.at, rows.len);
	grown_wrote(&g);
	if (written && fdatasync(fd) == 0) {
		grown_note(&g);
		return true;
	}
	err_sys(e, n->real);
	if (ftruncate(fd, end) != 0 || written)
		mark_suspect(n->suspect);
	return false;
}

/* Before several rows: note where the file ends, so that a writer killed
 * between two of them leaves none. */
static bool
make_undo(const struct names *n, off_t end, int dir, struct err *e)
{
	char text[32];
	int len = snprintf(text, sizeof text, "%jd\n", (intmax_t)end);
	/* Whoever may read the rows must know where they end. */
	mode_t mask = umask(0);
	int fd = open(n->undo, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	bool good;

	umask(mask);
	if (fd < 0)
		return err_sys(e, n->undo);
	good = file_write(fd, text, (size_t)len) && fsync(fd) == 0 &&
	    fsync(dir) == 0;
	if (!good) {
		err_sys(e, n->undo);
		if (unlink(n->undo) != 0 || fsync(dir) != 0)
			mark_suspect(n->suspect);
	}
	close(fd);
	return good;
}

/*
 * Rows that are to be there all or not at all.  A mark that came back after
 * a power cut would take later rows with it, so where its removal cannot be
 * synced writers must stop.  The directory is opened before anything is
 * written: once the rows are there nothing may fail for want of memory.
 */
static bool
write_load(int fd, off_t end, struct slice rows, const struct names *n,
    struct err *e)
{
	int dir = file_dir(n->undo);
	bool written, gone;

	if (dir < 0)
		return err_sys(e, n->undo);
	if (!make_undo(n, end, dir, e)) {
		close(dir);
		return false;
	}
	written = write_rows(fd, end, rows, n, e);
	gone = unlink(n->undo) == 0 && fsync(dir) == 0;
	if (!gone) {
		err_sys(e, n->undo);
		mark_suspect(n->suspect);
		if (written && (ftruncate(fd, end) != 0 ||
			fdatasync(fd) != 0))
			mark_suspect(n->suspect);
	}
	close(dir);
	return written && gone;
}

/* Is it packed, whatever its name?  False with errno where it cannot be
 * read. */
static bool
look_packed(int fd, bool *packed)
{
	char first[UNPACK_MAGIC];
	ssize_t n;

	do
		n = pread(fd, first, sizeof first, 0);
	while (n < 0 && errno == EINTR);
	*packed = n > 0 && unpack_kind(first, (size_t)n) != UNPACK_PLAIN;
	return n >= 0;
}

bool
append_end(int fd, off_t size, bool *packed, off_t *end)
{
	*end = size;
	return look_packed(fd, packed) &&
	    (*packed || find_end(fd, size, end));
}

/* Look for a torn tail and move it aside; *end is where rows end then. */
static bool
clear_tail(int fd, const struct stat *st, const struct names *n, bool *packed,
    off_t *end, struct err *e)
{
	if (!append_end(fd, st->st_size, packed, end))
		return err_sys(e, n->real);
	if (*end == st->st_size)
		return true;
	if (!save_torn(fd, n->torn, *end, st->st_size, st->st_mode, e))
		return false;
	return ftruncate(fd, *end) == 0 || err_sys(e, n->real);
}

bool
append_packed(const char *path, struct err *e)
{
	return err_set(e, CRM_DATA, _("%s: packed: no rows can be added"),
	    path);
}

static bool
append(int fd, const struct stat *st, const struct names *n,
    const char *header, struct slice rows, size_t *torn, struct err *e)
{
	struct buf all = { 0 };
	off_t end;
	bool good, packed;

	if (!clear_tail(fd, st, n, &packed, &end, e))
		return false;
	if (packed)
		return append_packed(n->path, e);
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

/* The names are there; fd is -1 where there is no such file. */
static int
open_named(const char *path, bool note, struct names *n, struct stat *st,
    struct err *e)
{
	*n = (struct names){ path, .real = file_resolve(path, e) };
	if (n->real == NULL)
		return -1;
	n->torn = file_join(path, ".torn");
	n->suspect = file_join(path, ".suspect");
	n->undo = file_join(path, APPEND_UNDO);
	n->grown = note ? file_beside(n->real, GROWN_NAME) : NULL;
	return file_open(n->real, O_RDWR | O_APPEND, st, e);
}

static void
close_named(int fd, struct names *n)
{
	/* What was synced stays, whatever close has to say. */
	if (fd >= 0)
		close(fd);
	free(n->real);
	free(n->torn);
	free(n->suspect);
	free(n->undo);
	free(n->grown);
}

bool
append_rows(const char *path, const char *header, struct slice rows,
    bool note, size_t *torn, struct err *e)
{
	struct names n;
	struct stat st;
	int fd = open_named(path, note, &n, &st, e);
	bool good = fd >= 0;

	*torn = 0;
	good = good && append(fd, &st, &n, header, rows, torn, e);
	close_named(fd, &n);
	return good;
}

bool
append_clear(const char *path, size_t *torn, struct err *e)
{
	struct names n;
	struct stat st;
	off_t end = 0;
	int fd = open_named(path, false, &n, &st, e);
	bool packed, good = fd >= 0 &&
	    clear_tail(fd, &st, &n, &packed, &end, e);

	*torn = good ? (size_t)(st.st_size - end) : 0;
	close_named(fd, &n);
	return good;
}

/* What a mark says; -1 where it was not finished, and no row begun.  False
 * with errno. */
static bool
read_undo(const char *undo, off_t *end)
{
	char text[32];
	int fd = open(undo, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
	int64_t number;
	int why = errno;

	if (fd >= 0)
		close(fd);
	errno = why;
	*end = n > 0 && text[n - 1] == '\n' &&
	    num_int((struct slice){ text, (size_t)n - 1 }, 0, INT64_MAX,
		&number) == NULL ? (off_t)number : -1;
	return n >= 0;
}

static bool
take_back(const char *path, const char *torn, off_t end, size_t *undone,
    struct err *e)
{
	char *real = file_resolve(path, e);
	struct stat st;
	int fd = real == NULL ? -1 : file_open(real, O_RDWR, &st, e);
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

static bool
remove_undo(const char *undo, struct err *e)
{
	return (unlink(undo) == 0 && file_sync_dir(undo)) || err_sys(e, undo);
}

bool
append_undo(const char *path, size_t *undone, struct err *e)
{
	char *undo = file_join(path, APPEND_UNDO);
	char *torn = file_join(path, ".torn");
	off_t end;
	bool good = (read_undo(undo, &end) || err_sys(e, undo)) &&
	    (end < 0 || take_back(path, torn, end, undone, e)) &&
	    remove_undo(undo, e);

	free(undo);
	free(torn);
	return good;
}

bool
append_loads(const char *path)
{
	char *undo = file_join(path, APPEND_UNDO);
	bool there = access(undo, F_OK) == 0;

	free(undo);
	return there;
}

/* A load that began or ended meanwhile leaves another size.  Of one whose
 * mark is not finished no row was there when it was read. */
bool
append_seen(const char *path, int fd, struct stat *st, size_t *cut,
    struct err *e)
{
	char *undo = file_join(path, APPEND_UNDO);
	off_t size = -1, end = -1;
	bool good = true;

	while (good && end < 0 && size != st->st_size) {
		size = st->st_size;
		good = ((access(undo, F_OK) == 0 && read_undo(undo, &end)) ||
			errno == ENOENT || errno == ENAMETOOLONG) &&
		    fstat(fd, st) == 0;
	}
	*cut = end >= 0 && end < st->st_size ?
	    (size_t)(st->st_size - end) : 0;
	st->st_size -= (off_t)*cut;
	if (!good)
		err_sys(e, undo);
	else if (!S_ISREG(st->st_mode))
		good = err_set(e, CRM_SYS, _("%s: not a regular file"), path);
	free(undo);
	return good;
}
