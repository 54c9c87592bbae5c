#include "table/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tr.h"

enum { CHUNK = 64 * 1024 };

char *
file_join(const char *a, const char *b)
{
	struct buf to = { 0 };

	buf_str(&to, a);
	buf_str(&to, b);
	return to.at;
}

/* The file behind symbolic links; of a file yet to be made, the path. */
char *
file_resolve(const char *path, struct err *e)
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

char *
file_beside(const char *real, const char *mark)
{
	const char *slash = strrchr(real, '/');
	size_t dir = slash == NULL ? 0 : (size_t)(slash - real) + 1;
	struct buf to = { 0 };

	buf_add(&to, real, dir);
	buf_byte(&to, '.');
	buf_str(&to, real + dir);
	buf_str(&to, mark);
	return to.at;
}

bool
file_rights(int fd, const struct stat *old, mode_t mode)
{
	if (old != NULL) {
		mode = old->st_mode & 07777;
		if (fchown(fd, old->st_uid, old->st_gid) != 0 &&
		    fchown(fd, (uid_t)-1, old->st_gid) != 0)
			mode &= (mode_t)~070;
	}
	return fchmod(fd, mode) == 0;
}

/* A write that is not cut short by a signal or a nearly full disk. */
bool
file_write(int fd, const char *at, size_t len)
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

bool
file_copy(int from, off_t at, off_t end, int to)
{
	char chunk[CHUNK];

	while (at < end) {
		off_t want = end - at < CHUNK ? end - at : CHUNK;
		ssize_t n = pread(from, chunk, (size_t)want, at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			errno = EIO;
		if (n <= 0 || !file_write(to, chunk, (size_t)n))
			return false;
		at += n;
	}
	return true;
}

int
file_dir(const char *path)
{
	char *copy = mem_text(path, strlen(path));
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int why = errno;

	free(copy);
	errno = why;
	return fd;
}

bool
file_sync_close(int fd)
{
	bool good = fd >= 0 && fsync(fd) == 0;
	int why = errno;

	if (fd >= 0)
		close(fd);
	errno = why;
	return good;
}

bool
file_sync_dir(const char *path)
{
	return file_sync_close(file_dir(path));
}

struct file_mark
file_mark(const struct stat *st)
{
	return (struct file_mark){ (uint64_t)st->st_dev,
		(uint64_t)st->st_ino, (uint64_t)st->st_size,
		st->st_ctim.tv_sec, st->st_ctim.tv_nsec };
}

bool
file_same(struct file_mark a, struct file_mark b)
{
	return memcmp(&a, &b, sizeof a) == 0;
}

bool
file_is_on(int fd, const long *magic, size_t n)
{
	struct statfs st;

	if (fstatfs(fd, &st) != 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((long)st.f_type == magic[i])
			return true;
	return false;
}

bool
file_has_ctime(int fd)
{
	static const long good[] = { BTRFS_SUPER_MAGIC, EXT4_SUPER_MAGIC,
		F2FS_SUPER_MAGIC, TMPFS_MAGIC, XFS_SUPER_MAGIC };

	return file_is_on(fd, good, LEN(good));
}

/* A regular file to be changed, or -1. */
int
file_open(const char *path, int flags, struct stat *st, struct err *e)
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
