#include "table/grown.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/mem.h"
#include "table/seal.h"

enum {
	KERNEL = 6, SINCE = 13,
	MOST = 16 * 1024, /* marks; then the note is begun anew */
};

/* A mark; `check` is of it and of the check before, or of 0 where it is the
 * first of a list. */
struct entry {
	struct file_mark mark;
	uint64_t check;
};

static uint64_t
check_of(uint64_t before, struct file_mark mark)
{
	struct entry e = { mark, before };

	return seal_at(&e, sizeof e).word[0];
}

static bool
is_kernel(void)
{
	struct utsname u;
	char *end;
	long major, minor;

	if (uname(&u) != 0)
		return false;
	major = strtol(u.release, &end, 10);
	minor = *end == '.' ? strtol(end + 1, NULL, 10) : 0;
	return major > KERNEL || (major == KERNEL && minor >= SINCE);
}

bool
grown_can(int fd)
{
	static const long good[] = { BTRFS_SUPER_MAGIC, EXT4_SUPER_MAGIC,
		TMPFS_MAGIC, XFS_SUPER_MAGIC };

	return is_kernel() && file_is_on(fd, good, LEN(good));
}

bool
grown_is(const char *name)
{
	size_t n = strlen(name), m = strlen(GROWN_NAME);

	return n > m && name[0] == '.' &&
	    strcmp(name + n - m, GROWN_NAME) == 0;
}

/* --- appending ---------------------------------------------------------- */

static bool
look(int fd, struct file_mark *m)
{
	struct stat st;
	bool good = fstat(fd, &st) == 0;

	*m = good ? file_mark(&st) : (struct file_mark){ 0 };
	return good;
}

/* Whoever opens the file meanwhile makes the kernel send a signal; SIGURG
 * does nothing. */
static bool
lease(int fd)
{
	return fcntl(fd, F_SETSIG, SIGURG) == 0 &&
	    fcntl(fd, F_SETLEASE, F_WRLCK) == 0;
}

void
grown_begin(struct grown *g, int fd, const char *note)
{
	*g = (struct grown){ .fd = fd, .note = note };
	g->alone = note != NULL && look(fd, &g->before) &&
	    g->before.size >= GROWN_LEAST && grown_can(fd) && lease(fd) &&
	    look(fd, &g->before);
}

/* A lease that somebody waits for, or has waited for too long, is not whole
 * any more.  Times without nanoseconds are those of a file system that has
 * only seconds. */
void
grown_wrote(struct grown *g)
{
	int why = errno;

	if (!g->alone)
		return;
	g->alone = look(g->fd, &g->after) && g->after.changed_ns != 0 &&
	    fcntl(g->fd, F_GETLEASE) == F_WRLCK;
	(void)fcntl(g->fd, F_SETLEASE, F_UNLCK);
	errno = why;
}

/* Where the next mark goes, and the check before it: 0 unless the last mark is
 * that of the file as it was before the append. */
static off_t
find_place(const struct grown *g, int note, uint64_t *check)
{
	struct entry last;
	struct stat st, file;
	const off_t one = sizeof last;

	*check = 0;
	if (fstat(note, &st) != 0 || !S_ISREG(st.st_mode))
		return -1;
	if (st.st_size > 0 && st.st_size % one == 0 &&
	    st.st_size < MOST * one &&
	    pread(note, &last, sizeof last, st.st_size - one) == one) {
		if (file_same(last.mark, g->before))
			*check = last.check;
		return st.st_size;
	}
	return ftruncate(note, 0) == 0 && fstat(g->fd, &file) == 0 &&
	    file_rights(note, &file, 0600) ? 0 : -1;
}

void
grown_note(const struct grown *g)
{
	struct entry new = { .mark = g->after };
	uint64_t check;
	off_t at;
	int fd;

	if (!g->alone)
		return;
	fd = open(g->note, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW |
	    O_NONBLOCK | O_NOCTTY, 0600);
	if (fd < 0)
		return;
	at = find_place(g, fd, &check);
	new.check = check_of(check, new.mark);
	if (at < 0 || pwrite(fd, &new, sizeof new, at) != sizeof new)
		unlink(g->note);
	close(fd);
}

/* --- reading ------------------------------------------------------------- */

/* Is the one mark in a list, and behind it the other? */
static bool
leads(const struct entry *e, size_t n, struct file_mark then,
    struct file_mark now)
{
	uint64_t check = 0;
	bool found = false;

	for (size_t i = 0; i < n; i++) {
		bool first = e[i].check == check_of(0, e[i].mark);

		if (!first && e[i].check != check_of(check, e[i].mark))
			return false;
		check = e[i].check;
		found = (found && !first) || file_same(e[i].mark, then);
		if (found && file_same(e[i].mark, now))
			return true;
	}
	return false;
}

static bool
read_note(const char *note, struct file_mark then, struct file_mark now)
{
	int fd = open(note, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK |
	    O_NOCTTY);
	struct entry *all = mem_zero(MOST, sizeof *all);
	ssize_t got = fd < 0 ? -1 : read(fd, all, MOST * sizeof *all);
	bool good = got > 0 &&
	    leads(all, (size_t)got / sizeof *all, then, now);

	if (fd >= 0)
		close(fd);
	free(all);
	return good;
}

bool
grown_since(const char *path, struct file_mark then, struct file_mark now)
{
	char *real = realpath(path, NULL), *note;
	bool good;

	if (real == NULL)
		return false;
	note = file_beside(real, GROWN_NAME);
	good = read_note(note, then, now);
	free(note);
	free(real);
	return good;
}
