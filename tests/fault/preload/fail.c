/*
 * fail - make the Nth call of a function fail.  Loaded by LD_PRELOAD.
 *
 *	FAIL_CALL=write FAIL_N=3 FAIL_EVER=1 FAIL_SHORT=1 FAIL_HIT=FILE
 *
 * The Nth call (with FAIL_EVER all from there on) of FAIL_CALL fails, write
 * with ENOSPC, others with EIO; a short write writes one byte.  FILE is no
 * longer empty when that has happened, so a test knows when there are no more
 * calls.  It is opened at the start: later on a command must not.
 * FAIL_CALL=malloc stands for all of malloc, calloc, realloc, reallocarray.
 * Calls before main and after exit do not count.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

static const char *call;
static int hit = -1;
static long left;
static bool ever, brief, on;

static bool
is_set(const char *name)
{
	const char *v = getenv(name);

	return v != NULL && *v != '\0';
}

__attribute__((constructor)) static void
begin(void)
{
	const char *n = getenv("FAIL_N"), *path = getenv("FAIL_HIT");
	int fd;

	call = getenv("FAIL_CALL");
	if (path != NULL) {
		fd = (int)syscall(SYS_openat, AT_FDCWD, path,
		    O_WRONLY | O_CREAT | O_TRUNC, 0600);
		hit = fcntl(fd, F_DUPFD_CLOEXEC, 100);
		syscall(SYS_close, fd);
	}
	left = n != NULL ? atol(n) : 0;
	ever = is_set("FAIL_EVER");
	brief = is_set("FAIL_SHORT");
	on = call != NULL && hit >= 0 && left > 0;
}

__attribute__((destructor)) static void
end(void)
{
	on = false;
}

static bool
fails(const char *name, int why)
{
	int saved = errno;

	if (!on || strcmp(name, call) != 0)
		return false;
	if (--left > 0 || (left < 0 && !ever))
		return false;
	syscall(SYS_write, hit, "hit", 3);
	errno = why != 0 ? why : saved;
	return true;
}

void *
malloc(size_t n)
{
	return fails("malloc", ENOMEM) ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return fails("malloc", ENOMEM) ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return fails("malloc", ENOMEM) ? NULL : __libc_realloc(p, n);
}

void *
reallocarray(void *p, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes)) {
		errno = ENOMEM;
		return NULL;
	}
	return fails("malloc", ENOMEM) ? NULL : __libc_realloc(p, bytes);
}

int
open(const char *path, int flags, ...)
{
	va_list ap;
	unsigned mode = 0;

	va_start(ap, flags);
	if ((flags & O_CREAT) != 0)
		mode = va_arg(ap, unsigned);
	va_end(ap);
	return fails("open", EIO) ? -1 :
	    (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int
__open_2(const char *path, int flags)
{
	return open(path, flags);
}

ssize_t
write(int fd, const void *at, size_t n)
{
	if (!fails("write", ENOSPC))
		return syscall(SYS_write, fd, at, n);
	if (!brief)
		return -1;
	return syscall(SYS_write, fd, at, n > 0 ? 1 : 0);
}

ssize_t
read(int fd, void *to, size_t n)
{
	return fails("read", EIO) ? -1 : syscall(SYS_read, fd, to, n);
}

ssize_t
pread(int fd, void *to, size_t n, off_t at)
{
	return fails("pread", EIO) ? -1 :
	    syscall(SYS_pread64, fd, to, n, at);
}

ssize_t
__pread_chk(int fd, void *to, size_t n, off_t at, size_t room)
{
	(void)room;
	return pread(fd, to, n, at);
}

int
close(int fd)
{
	/* As the kernel does it: the descriptor is gone all the same. */
	int r = (int)syscall(SYS_close, fd);

	return fails("close", EIO) ? -1 : r;
}

int
mkostemp(char *path, int flags)
{
	static int (*real)(char *, int);

	if (real == NULL)
		real = (int (*)(char *, int))dlsym(RTLD_NEXT, "mkostemp");
	return fails("mkostemp", ENOSPC) ? -1 : real(path, flags);
}

DIR *
opendir(const char *path)
{
	static DIR *(*real)(const char *);

	if (real == NULL)
		real = (DIR *(*)(const char *))dlsym(RTLD_NEXT, "opendir");
	return fails("opendir", EMFILE) ? NULL : real(path);
}

#define PLAIN(name, why, number, declared, ...) \
	int name declared \
	{ \
		return fails(#name, why) ? -1 : \
		    (int)syscall(number, __VA_ARGS__); \
	}

PLAIN(fsync, EIO, SYS_fsync, (int fd), fd)
PLAIN(fdatasync, EIO, SYS_fdatasync, (int fd), fd)
PLAIN(rename, EIO, SYS_rename, (const char *a, const char *b), a, b)
PLAIN(flock, ENOLCK, SYS_flock, (int fd, int how), fd, how)
PLAIN(ftruncate, EIO, SYS_ftruncate, (int fd, off_t n), fd, n)
PLAIN(unlink, EIO, SYS_unlink, (const char *path), path)
PLAIN(mkdir, EACCES, SYS_mkdir, (const char *path, mode_t mode), path, mode)
PLAIN(fchmod, EIO, SYS_fchmod, (int fd, mode_t mode), fd, mode)
PLAIN(fchown, EPERM, SYS_fchown, (int fd, uid_t u, gid_t g), fd, u, g)
