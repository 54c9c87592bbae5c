#include "cli/confine.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

/* The numbers are the same on every machine; the kernel's own header is
 * often older than the kernel, so what is needed of it is said here. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

enum { ASK_ABI = 1, PATH_BENEATH = 1 };

struct attr {
	uint64_t files, net, scoped;
};

struct beneath {
	uint64_t allowed;
	int32_t dir;
} __attribute__((packed));

#define BIT(n) (UINT64_C(1) << (n))
#define EXECUTE BIT(0)
#define WRITE BIT(1)
#define REMOVE_FILE BIT(5)
#define REMOVE (BIT(4) | REMOVE_FILE) /* directories too */
#define MAKE_DIR BIT(7)
#define MAKE_FILE BIT(8)
#define MAKE_ODD (BIT(6) | BIT(9) | BIT(10) | BIT(11) | BIT(12))
#define REFER BIT(13)
#define TRUNCATE BIT(14)
#define IOCTL_DEV BIT(15)

/* What each version of the interface has brought. */
static const struct {
	int abi;
	struct attr attr;
} brought[] = {
	{ 1, { .files = EXECUTE | WRITE | REMOVE | MAKE_DIR | MAKE_FILE |
		     MAKE_ODD } },
	{ 2, { .files = REFER } },
	{ 3, { .files = TRUNCATE } },
	{ 4, { .net = BIT(0) | BIT(1) } },
	{ 5, { .files = IOCTL_DEV } },
	{ 6, { .scoped = BIT(0) | BIT(1) } },
};

void
confine_begin(struct confine *c)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_ABI);
	struct attr a = { 0 };

	for (size_t i = 0; i < LEN(brought); i++) {
		if (brought[i].abi > abi)
			break;
		a.files |= brought[i].attr.files;
		a.net |= brought[i].attr.net;
		a.scoped |= brought[i].attr.scoped;
	}
	c->narrow = a.files;
	c->rules = abi < 1 ? -1 : (int)syscall(SYS_landlock_create_ruleset,
	    &a, sizeof a, 0);
}

/* Without one of its rules a command might fail: better not confined. */
static void
give_up(struct confine *c)
{
	if (c->rules >= 0)
		close(c->rules);
	c->rules = -1;
}

static void
add_rule(struct confine *c, int fd, uint64_t rights)
{
	struct beneath b = { rights & c->narrow, fd };

	if (fd < 0 || syscall(SYS_landlock_add_rule, c->rules, PATH_BENEATH,
	    &b, 0) != 0)
		give_up(c);
}

static void
allow(struct confine *c, int fd, uint64_t rights)
{
	add_rule(c, fd, rights);
	if (fd >= 0)
		close(fd);
}

/* Allow it below `path`, or below the nearest above that is there. */
static void
allow_below(struct confine *c, const char *path, uint64_t rights)
{
	char *name = mem_text(path, strlen(path)), *at = name;
	int fd;

	while ((fd = open(at, O_PATH | O_DIRECTORY | O_CLOEXEC)) < 0 &&
	    errno == ENOENT && strcmp(at, "/") != 0 && strcmp(at, ".") != 0)
		at = dirname(at);
	allow(c, fd, rights);
	free(name);
}

/* The directory of the file that a link leads to; a link that leads nowhere
 * is for others to complain of. */
static void
allow_link(struct confine *c, const char *dir, const char *name,
    uint64_t rights)
{
	struct buf path = { 0 };
	char *real;

	buf_fmt(&path, "%s/%s", dir, name);
	real = realpath(buf_text(&path), NULL);
	if (real != NULL)
		allow_below(c, dirname(real), rights);
	free(real);
	buf_free(&path);
}

void
confine_dir(struct confine *c, const char *path)
{
	const uint64_t all = WRITE | TRUNCATE | MAKE_FILE | MAKE_DIR | REMOVE;
	const struct dirent *f;
	DIR *d;

	if (c->rules < 0)
		return;
	d = opendir(path);
	if (d != NULL)
		add_rule(c, dirfd(d), all);
	else
		allow_below(c, path, all);
	while (d != NULL && (f = readdir(d)) != NULL)
		if (f->d_type == DT_LNK || f->d_type == DT_UNKNOWN)
			allow_link(c, path, f->d_name, all);
	if (d != NULL)
		closedir(d);
}

void
confine_file(struct confine *c, const char *path)
{
	char *copy;
	struct stat st;
	int fd;

	if (c->rules < 0)
		return;
	copy = mem_text(path, strlen(path));
	fd = open(path, O_PATH | O_CLOEXEC);
	if (fd >= 0)
		allow(c, fd, WRITE | TRUNCATE | IOCTL_DEV);
	else if (lstat(path, &st) != 0)
		allow_below(c, dirname(copy), WRITE | TRUNCATE | MAKE_FILE);
	else
		give_up(c);
	free(copy);
}

void
confine_replaced(struct confine *c, const char *path)
{
	char *real = realpath(path, NULL);

	if (real == NULL)
		real = mem_text(path, strlen(path));
	if (c->rules >= 0)
		allow_below(c, dirname(real),
		    WRITE | TRUNCATE | MAKE_FILE | REMOVE_FILE);
	free(real);
}

static bool
restrict_self(int rules)
{
#ifdef CRM_UNCONFINED /* gcov writes files of its own at the end */
	(void)rules;
	return false;
#else
	return syscall(SYS_landlock_restrict_self, rules, 0) == 0;
#endif
}

bool
confine_end(struct confine *c)
{
	bool done = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    c->rules >= 0 && restrict_self(c->rules);

	give_up(c);
	return done;
}
