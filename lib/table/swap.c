#include "table/swap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/tr.h"
#include "table/file.h"
#include "table/replace.h"

enum { PLAN_MAX = 64 * 1024 * 1024 };

static char *
path_in(const char *dir, const char *name)
{
	struct buf to = { 0 };

	buf_fmt(&to, "%s/%s", dir, name);
	return to.at;
}

bool
swap_is_left(const char *name)
{
	size_t n = strlen(name), m = strlen(SWAP_PLAN);

	return name[0] == '.' && n > m + 1 &&
	    strcmp(name + n - m, SWAP_PLAN) == 0;
}

void
swap_begin(struct swap *w, const char *dir, mode_t mode)
{
	*w = (struct swap){ .dir = dir, .mode = mode, .fd = -1 };
}

/* The directory that a path is in. */
static char *
dir_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return mem_text(path, slash == path ? 1 : (size_t)(slash - path));
}

/*
 * All names that are needed to put a file in its place, so that nothing is
 * allocated once there is a plan.  False where a link leads nowhere.
 */
static bool
add_part(struct swap *w, const char *name, bool replace, struct err *e)
{
	struct swap_part p = { .name = mem_text(name, strlen(name)),
		.path = path_in(w->dir, name) };
	struct err gone = { 0 };

	p.real = file_resolve(p.path, replace ? e : &gone);
	if (replace && p.real != NULL)
		p.temp = file_beside(p.real, SWAP_PLAN);
	p.dir = dir_of(p.real != NULL ? p.real : p.path);
	w->part = mem_grow(w->part, &w->cap, w->n + 1, sizeof *w->part);
	w->part[w->n++] = p;
	return !replace || p.real != NULL;
}

bool
swap_remove(struct swap *w, const char *name, struct err *e)
{
	const struct swap_part *p;

	add_part(w, name, false, e);
	p = &w->part[w->n - 1];
	/* Better known now than behind the plan, when all must wait. */
	return eaccess(p->dir, W_OK | X_OK) == 0 || err_sys(e, p->path);
}

/* Make the new file with the rights of the old one. */
static int
make_temp(const char *temp, const struct stat *old, mode_t mode)
{
	int fd, why;

	if (unlink(temp) != 0 && errno != ENOENT)
		return -1;
	fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	if (fd < 0 || file_rights(fd, old, mode))
		return fd;
	why = errno;
	close(fd);
	unlink(temp);
	errno = why;
	return -1;
}

bool
swap_open(struct swap *w, const char *name, enum unpack_kind kind,
    struct err *e)
{
	struct swap_part *p;
	struct stat st;
	bool old;

	if (!add_part(w, name, true, e))
		return false;
	p = &w->part[w->n - 1];
	old = lstat(p->real, &st) == 0;
	if (old && !S_ISREG(st.st_mode))
		return err_set(e, CRM_SYS, _("%s: not a regular file"),
		    p->path);
	w->fd = make_temp(p->temp, old ? &st : NULL, w->mode);
	w->begun = w->fd >= 0;
	if (w->begun)
		w->pack = pack_open(kind, w->fd);
	return w->pack != NULL || err_sys(e, p->path);
}

static bool
failed(const struct swap *w, struct err *e)
{
	return err_sys(e, w->part[w->n - 1].path);
}

bool
swap_add(struct swap *w, struct slice bytes, struct err *e)
{
	return pack_add(w->pack, bytes) || failed(w, e);
}

bool
swap_close(struct swap *w, struct err *e)
{
	bool good = pack_close(w->pack) && fsync(w->fd) == 0;
	int why = errno;

	w->pack = NULL;
	w->begun = false;
	w->part[w->n - 1].ready = true;
	if (close(w->fd) != 0 && good) {
		why = errno;
		good = false;
	}
	w->fd = -1;
	errno = why;
	return good || failed(w, e);
}

/* A line for each file: what is to be done and its name, escaped. */
static void
write_plan(const struct swap *w, struct buf *to)
{
	for (size_t i = 0; i < w->n; i++) {
		buf_str(to, w->part[i].temp != NULL ? "replace " : "remove ");
		text_escape(to, slice_of(w->part[i].name));
		buf_byte(to, '\n');
	}
}

/* Nothing is allocated for it, other than for file_sync_dir. */
static bool
sync_dir(const char *dir)
{
	return file_sync_close(open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

/* The plan could not be made safe: it must not be found either. */
static bool
take_back(const struct swap *w, const char *plan)
{
	return (unlink(plan) == 0 && sync_dir(w->dir)) || errno == ENOENT;
}

/* The directories of all files, which most often are one. */
static bool
sync_dirs(const struct swap *w, struct err *e)
{
	for (size_t i = 0; i < w->n; i++)
		if ((i == 0 ||
			strcmp(w->part[i].dir, w->part[i - 1].dir) != 0) &&
		    !sync_dir(w->part[i].dir))
			return err_sys(e, w->part[i].path);
	return true;
}

/* The link last: it is what leads the next writer to the file. */
static bool
remove_part(const struct swap_part *p)
{
	return (p->real == NULL || unlink(p->real) == 0 || errno == ENOENT) &&
	    (unlink(p->path) == 0 || errno == ENOENT);
}

static bool
replace_part(const struct swap_part *p)
{
	return rename(p->temp, p->real) == 0 || errno == ENOENT;
}

/* What the plan says; what is not there any more has been done already. */
static bool
install(const struct swap *w, const char *plan, struct err *e)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct swap_part *p = &w->part[i];

		if (!(p->temp != NULL ? replace_part : remove_part)(p))
			return err_sys(e, p->path);
	}
	if (!sync_dirs(w, e))
		return false;
	return (unlink(plan) == 0 && sync_dir(w->dir)) || err_sys(e, plan);
}

bool
swap_commit(struct swap *w, struct err *e)
{
	char *plan = path_in(w->dir, SWAP_PLAN);
	struct err why = { 0 };
	struct buf bytes = { 0 };
	bool good;

	write_plan(w, &bytes);
	/* Were a name lost, the plan would take it for one that is done. */
	good = sync_dirs(w, e);
	if (good) {
		good = replace_bytes(plan, w->mode, buf_all(&bytes), e);
		/* The new files are the plan's now, unless it is gone. */
		w->planned = good || !take_back(w, plan);
	}
	if (good && !install(w, plan, &why))
		good = err_set(e, why.status, _("%s: the next command that "
		    "writes will finish this"), why.text);
	buf_free(&bytes);
	free(plan);
	return good;
}

void
swap_drop(struct swap *w)
{
	pack_drop(w->pack);
	if (w->fd >= 0)
		close(w->fd);
	for (size_t i = 0; i < w->n; i++) {
		struct swap_part *p = &w->part[i];

		if (!w->planned && (p->ready || (i == w->n - 1 && w->begun)))
			unlink(p->temp);
		free(p->name);
		free(p->path);
		free(p->real);
		free(p->temp);
		free(p->dir);
	}
	free(w->part);
	*w = (struct swap){ .fd = -1 };
}

static bool
read_line(struct swap *w, struct slice line, struct err *e)
{
	static const char replace[] = "replace ", remove[] = "remove ";
	const size_t n = sizeof replace - 1, m = sizeof remove - 1;
	bool is_replace = line.len > n && memcmp(line.at, replace, n) == 0;
	bool is_remove = line.len > m && memcmp(line.at, remove, m) == 0;
	size_t skip = is_replace ? n : m;
	struct slice field = { line.at + skip, line.len - skip };
	struct buf name = { 0 };
	bool good = (is_replace || is_remove) && text_unescape(&name, field) &&
	    memchr(name.at, '/', name.len) == NULL;

	good = good ? add_part(w, buf_text(&name), is_replace, e) :
	    err_set(e, CRM_DATA, _("%s/%s: not a plan"), w->dir, SWAP_PLAN);
	buf_free(&name);
	return good;
}

/* The whole plan; *there says whether there is one. */
static bool
read_plan(const char *plan, struct buf *to, bool *there, struct err *e)
{
	struct stat st;
	int fd;
	ssize_t n = -1;

	*there = lstat(plan, &st) == 0;
	if (!*there)
		return errno == ENOENT || err_sys(e, plan);
	fd = file_open(plan, O_RDONLY, &st, e);
	if (fd < 0)
		return false;
	if (st.st_size <= PLAN_MAX)
		n = read(fd, buf_room(to, (size_t)st.st_size + 1),
		    (size_t)st.st_size);
	if (n != st.st_size)
		err_sys(e, plan);
	else
		to->len = (size_t)n;
	close(fd);
	return n == st.st_size;
}

bool
swap_finish(const char *dir, struct err *e)
{
	char *plan = path_in(dir, SWAP_PLAN);
	struct swap w = { .dir = dir, .fd = -1, .planned = true };
	struct buf bytes = { 0 };
	struct slice rest, line;
	bool there, good = read_plan(plan, &bytes, &there, e);

	rest = buf_all(&bytes);
	while (good && there && text_part(&rest, '\n', &line) && line.len > 0)
		good = read_line(&w, line, e);
	if (good && there)
		good = install(&w, plan, e);
	swap_drop(&w);
	buf_free(&bytes);
	free(plan);
	return good;
}
