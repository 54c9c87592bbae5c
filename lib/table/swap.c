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

/* DIR/.NAME.swap for DIR/NAME. */
static char *
beside(const char *real)
{
	const char *slash = strrchr(real, '/');
	size_t dir = slash == NULL ? 0 : (size_t)(slash - real) + 1;
	struct buf to = { 0 };

	buf_add(&to, real, dir);
	buf_fmt(&to, ".%s%s", real + dir, SWAP_PLAN);
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

static void
add_part(struct swap *w, const char *name, char *temp)
{
	w->part = mem_grow(w->part, &w->cap, w->n + 1, sizeof *w->part);
	w->part[w->n++] = (struct swap_part){ mem_text(name, strlen(name)),
		temp };
}

void
swap_remove(struct swap *w, const char *name)
{
	add_part(w, name, NULL);
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
	char *path = path_in(w->dir, name), *real = file_resolve(path, e);
	char *temp = real == NULL ? NULL : beside(real);
	struct stat st;
	bool old = real != NULL && lstat(real, &st) == 0;

	if (old && !S_ISREG(st.st_mode))
		err_set(e, CRM_SYS, _("%s: not a regular file"), path);
	if (e->status == CRM_OK) {
		add_part(w, name, temp);
		w->fd = make_temp(temp, old ? &st : NULL, w->mode);
		temp = NULL;
	}
	if (w->fd >= 0)
		w->pack = pack_open(kind, w->fd);
	if (w->pack == NULL)
		err_sys(e, path);
	free(temp);
	free(real);
	free(path);
	return e->status == CRM_OK;
}

/* The file in hand, as messages name it. */
static bool
failed(const struct swap *w, struct err *e)
{
	int why = errno;
	char *path = path_in(w->dir, w->part[w->n - 1].name);

	errno = why;
	err_sys(e, path);
	free(path);
	return false;
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

/* The plan could not be made safe: it must not be found either. */
static bool
take_back(const char *plan)
{
	struct err ignored = { 0 };
	struct stat st;

	if (lstat(plan, &st) != 0)
		return errno == ENOENT;
	return replace_remove(plan, &ignored);
}

static void
forget_temps(struct swap *w)
{
	for (size_t i = 0; i < w->n; i++) {
		free(w->part[i].temp);
		w->part[i].temp = NULL;
	}
}

bool
swap_commit(struct swap *w, struct err *e)
{
	char *plan = path_in(w->dir, SWAP_PLAN);
	struct err why = { 0 };
	struct buf bytes = { 0 };
	bool good;

	write_plan(w, &bytes);
	good = replace_bytes(plan, w->mode, buf_all(&bytes), e);
	if (good || !take_back(plan))
		forget_temps(w); /* they are the plan's now */
	if (good && !swap_finish(w->dir, &why))
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
		if (w->part[i].temp != NULL)
			unlink(w->part[i].temp);
		free(w->part[i].temp);
		free(w->part[i].name);
	}
	free(w->part);
	*w = (struct swap){ .fd = -1 };
}

/* One that is not there has been put in its place already. */
static bool
finish_replace(const char *path, struct err *e)
{
	char *real = file_resolve(path, e);
	char *temp = real == NULL ? NULL : beside(real);
	bool good = real != NULL &&
	    (rename(temp, real) == 0 || errno == ENOENT || err_sys(e, path)) &&
	    file_sync_dir(real, e);

	free(temp);
	free(real);
	return good;
}

static bool
finish_line(const char *dir, struct slice line, struct err *e)
{
	static const char replace[] = "replace ", remove[] = "remove ";
	const size_t n = sizeof replace - 1, m = sizeof remove - 1;
	bool is_replace = line.len > n && memcmp(line.at, replace, n) == 0;
	bool is_remove = line.len > m && memcmp(line.at, remove, m) == 0;
	size_t skip = is_replace ? n : m;
	struct slice field = { line.at + skip, line.len - skip };
	struct buf name = { 0 };
	char *path;
	bool good;

	if ((!is_replace && !is_remove) || !text_unescape(&name, field) ||
	    memchr(name.at, '/', name.len) != NULL) {
		buf_free(&name);
		return err_set(e, CRM_DATA, _("%s/%s: not a plan"), dir,
		    SWAP_PLAN);
	}
	path = path_in(dir, buf_text(&name));
	good = is_replace ? finish_replace(path, e) :
	    unlink(path) == 0 || errno == ENOENT || err_sys(e, path);
	free(path);
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
	struct buf bytes = { 0 };
	struct slice rest, line;
	bool there, good = read_plan(plan, &bytes, &there, e);

	rest = buf_all(&bytes);
	while (good && there && rest.len > 0 && text_part(&rest, '\n', &line))
		if (line.len > 0)
			good = finish_line(dir, line, e);
	/* The removals are safe before the plan is gone. */
	if (good && there)
		good = file_sync_dir(plan, e) && replace_remove(plan, e);
	buf_free(&bytes);
	free(plan);
	return good;
}
