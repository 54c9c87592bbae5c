#include "table/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/tr.h"
#include "table/append.h"
#include "table/crate.h"
#include "table/file.h"
#include "table/lock.h"
#include "table/replace.h"

enum {
	WAIT = 30, /* seconds for the lock */
	WAIT_MAX = 86400,
};

static const char *
variable(const char *name)
{
	const char *v = getenv(name);

	return v == NULL || *v == '\0' ? NULL : v;
}

/* Behind a failed stat: is there nothing?  What may not be looked at is not
 * nothing: opening it says why. */
static bool
is_absent(void)
{
	return errno == ENOENT || errno == ENOTDIR;
}

bool
store_find(struct store *s, const char *dir, struct err *e)
{
	const char *base;
	struct stat st;

	*s = (struct store){ .lock = -1 };
	if (dir == NULL)
		dir = variable("CRM_DIR");
	if (dir != NULL)
		s->dir = mem_text(dir, strlen(dir));
	else if ((base = variable("XDG_DATA_HOME")) != NULL)
		s->dir = file_join(base, "/crm");
	else if ((base = variable("HOME")) != NULL)
		s->dir = file_join(base, "/.local/share/crm");
	else
		return err_set(e, CRM_USAGE,
		    _("no store: neither -d nor CRM_DIR nor HOME is given"));
	s->here = stat(s->dir, &st) == 0 ? S_ISDIR(st.st_mode) : !is_absent();
	return true;
}

/* Make one directory, whatever the umask says, and sync its name. */
static bool
make_dir(const char *path, struct err *e)
{
	struct stat st;

	if (mkdir(path, 0700) == 0)
		return (chmod(path, 0700) == 0 && file_sync_dir(path)) ||
		    err_sys(e, path);
	if (errno == EEXIST && stat(path, &st) == 0) {
		if (S_ISDIR(st.st_mode))
			return true;
		errno = ENOTDIR;
	}
	return err_sys(e, path);
}

static bool
make_parents(char *path, struct err *e)
{
	for (char *p = path + 1; *p != '\0'; p++) {
		struct stat st;
		bool good;

		if (*p != '/' || p[-1] == '/')
			continue;
		*p = '\0';
		good = stat(path, &st) == 0 || make_dir(path, e);
		*p = '/';
		if (!good)
			return false;
	}
	return true;
}

/* Files are for the owner alone, or for the group too that the directory
 * has been opened to. */
static mode_t
file_mode(const struct store *s)
{
	struct stat st;

	return stat(s->dir, &st) == 0 && (st.st_mode & S_ISGID) != 0 &&
	    (st.st_mode & S_IWGRP) != 0 ? 0660 : 0600;
}

static int
open_lock(const struct store *s, const char *path, bool shared, struct err *e)
{
	int flags = (shared ? O_RDONLY : O_RDWR) | O_CLOEXEC | O_NOFOLLOW |
	    O_NONBLOCK | O_NOCTTY;
	int fd = open(path, flags);

	if (fd < 0 && errno == ENOENT && !shared) {
		fd = open(path, flags | O_CREAT | O_EXCL, 0600);
		if (fd >= 0)
			(void)fchmod(fd, file_mode(s));
		else if (errno == EEXIST)
			fd = open(path, flags);
	}
	if (fd < 0 && !(shared && errno == ENOENT))
		err_sys(e, path);
	return fd;
}

bool
store_create(struct store *s, struct err *e)
{
	char *lock;
	int fd;

	if (s->here)
		return true;
	if (!make_parents(s->dir, e) || !make_dir(s->dir, e))
		return false;
	s->here = true;
	lock = store_path(s, ".lock");
	fd = open_lock(s, lock, false, e);
	free(lock);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

char *
store_path(const struct store *s, const char *name)
{
	struct buf to = { 0 };

	buf_str(&to, s->dir);
	buf_byte(&to, '/');
	buf_str(&to, name);
	return to.at;
}

bool
store_has(const struct store *s, const char *name)
{
	char *path = store_path(s, name);
	struct stat st;
	bool has = lstat(path, &st) == 0 || !is_absent();

	free(path);
	return has;
}

static void
tell(const struct store *s, enum store_tail what, const char *path, size_t n)
{
	if (s->tail != NULL && n > 0)
		s->tail(s->ctx, what, path, n);
}

/* Bytes behind the last LF are no row yet. */
static void
tell_seen(const struct store *s, const struct input *in)
{
	off_t size = (off_t)input_size(in), end;
	bool packed;

	if (s->tail != NULL &&
	    append_end(input_file(in), size, &packed, &end))
		tell(s, STORE_SEEN, input_name(in),
		    (size_t)(size - end) + input_torn(in));
}

bool
store_input(const struct store *s, const char *name, struct input **in,
    struct err *e)
{
	char *path;

	*in = NULL;
	if (s == NULL || !s->here || !store_has(s, name))
		return true;
	path = store_path(s, name);
	*in = input_open(path, INPUT_STORE, e);
	free(path);
	if (*in != NULL)
		tell_seen(s, *in);
	return *in != NULL;
}

static bool
lock_wait(int64_t *wait, struct err *e)
{
	const char *v = variable("CRM_LOCK_WAIT"), *what = NULL;
	char shown[ERR_SHOWN];

	*wait = WAIT;
	if (v != NULL)
		what = num_int(slice_of(v), 0, WAIT_MAX, wait);
	if (what != NULL)
		return err_set(e, CRM_USAGE, "CRM_LOCK_WAIT: %s: \"%s\"",
		    _(what), err_shown(shown, slice_of(v)));
	return true;
}

static bool
ends_with(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n > m && strcmp(name + n - m, end) == 0;
}

/* Is it a temporary file of replace.c or swap.c?  Under the lock, of a dead
 * writer. */
static bool
is_left(const char *name)
{
	size_t n = strlen(name), m = strlen(REPLACE_MARK) + 6;

	return (name[0] == '.' && n > m &&
	    strncmp(name + n - m, REPLACE_MARK, m - 6) == 0) ||
	    swap_is_left(name);
}

/* A load that was cut short is taken back. */
static bool
undo(struct store *s, const char *name, struct err *e)
{
	char *path = store_path(s, name);
	size_t undone = 0;
	bool good;

	path[strlen(path) - strlen(APPEND_UNDO)] = '\0';
	good = append_undo(path, &undone, e);
	tell(s, STORE_UNDONE, path, undone);
	free(path);
	return good;
}

/* Before anything is written: clear away what killed writers have left,
 * and refuse where a disk has failed. */
static bool
look_around(struct store *s, struct err *e)
{
	const struct dirent *f;
	DIR *d;

	if (!swap_finish(s->dir, e))
		return false;
	d = opendir(s->dir);
	if (d == NULL)
		return err_sys(e, s->dir);
	while (errno = 0, e->status == CRM_OK && (f = readdir(d)) != NULL) {
		if (is_left(f->d_name))
			(void)unlinkat(dirfd(d), f->d_name, 0);
		if (ends_with(f->d_name, APPEND_UNDO))
			undo(s, f->d_name, e);
		if (ends_with(f->d_name, ".suspect"))
			err_set(e, CRM_SYS, _("%s/%s: the disk failed while "
			    "this file was written: see crm(5)"), s->dir,
			    f->d_name);
	}
	if (errno != 0)
		err_sys(e, s->dir);
	closedir(d);
	return e->status == CRM_OK;
}

static bool
lock(struct store *s, bool shared, struct err *e)
{
	char *path = store_path(s, ".lock");
	sigset_t *old = mem_zero(1, sizeof *old);
	int64_t wait;
	int fd = -1;
	bool good = lock_wait(&wait, e) &&
	    ((fd = open_lock(s, path, shared, e)) >= 0 || e->status == CRM_OK);

	if (fd >= 0 && !lock_take(fd, shared, wait, old)) {
		good = errno == EWOULDBLOCK ?
		    err_set(e, CRM_SYS,
		    _("%s: another command has held this lock for %lld s"),
		    path, (long long)wait) :
		    err_sys(e, path);
	}
	free(path);
	if (good && fd >= 0) {
		s->lock = fd;
		s->blocked = old;
		return true;
	}
	if (fd >= 0)
		close(fd);
	free(old);
	return good;
}

bool
store_lock(struct store *s, bool shared, struct err *e)
{
	/* A file grown to its limit is an error to report, not a death. */
	signal(SIGXFSZ, SIG_IGN);
	if (!lock(s, shared, e))
		return false;
	if (shared || look_around(s, e))
		return true;
	store_unlock(s);
	return false;
}

void
store_unlock(struct store *s)
{
	sigset_t *old = s->blocked;

	if (s->lock < 0)
		return;
	close(s->lock);
	s->lock = -1;
	s->blocked = NULL;
	sigprocmask(SIG_SETMASK, old, NULL);
	free(old);
}

bool
store_append(struct store *s, const char *name, const char *header,
    struct slice rows, struct err *e)
{
	char *path = store_path(s, name);
	struct buf all = { 0 };
	size_t torn;
	bool good;

	if (store_has(s, name)) {
		good = append_rows(path, header, rows,
		    store_is_journal(name), &torn, e);
		tell(s, STORE_MOVED, path, torn);
	} else {
		buf_fmt(&all, "%s\n", header);
		buf_slice(&all, rows);
		good = replace_bytes(path, file_mode(s), buf_all(&all), e);
		buf_free(&all);
	}
	free(path);
	return good;
}

bool
store_appends(const struct store *s, const char *name, struct err *e)
{
	struct input *in;
	bool packed = false, good = store_input(s, name, &in, e);
	off_t end;

	if (in != NULL && !append_end(input_file(in), (off_t)input_size(in),
		&packed, &end))
		good = err_sys(e, input_name(in));
	if (good && packed)
		good = append_packed(input_name(in), e);
	input_close(in);
	return good;
}

/* What was derived of a file goes with it. */
static void
remove_index(const struct store *s, const char *name)
{
	struct buf path = { 0 };

	buf_fmt(&path, "%s/.%s.index", s->dir, name);
	crate_remove(buf_text(&path));
	buf_free(&path);
}

bool
store_replace(struct store *s, const char *name, struct slice bytes,
    struct err *e)
{
	char *path = store_path(s, name);
	bool good;

	remove_index(s, name);
	good = replace_bytes(path, file_mode(s), bytes, e);
	free(path);
	return good;
}

bool
store_make(struct store *s, const char *name, struct slice bytes,
    struct err *e)
{
	char *path = store_path(s, name);
	bool good;

	errno = EEXIST;
	good = store_has(s, name) ? err_sys(e, path) :
	    replace_bytes(path, file_mode(s), bytes, e);
	free(path);
	return good;
}

bool
store_remove(struct store *s, const char *name, struct err *e)
{
	char *path = store_path(s, name);
	bool good;

	remove_index(s, name);
	good = replace_remove(path, e);

	free(path);
	return good;
}

void
store_swap(const struct store *s, struct swap *w)
{
	swap_begin(w, s->dir, file_mode(s));
}

bool
store_clear(struct store *s, const char *name, struct err *e)
{
	char *path = store_path(s, name);
	size_t torn;
	bool good = append_clear(path, &torn, e);

	tell(s, STORE_MOVED, path, torn);
	free(path);
	return good;
}

void
store_close(struct store *s)
{
	store_unlock(s);
	free(s->dir);
	*s = (struct store){ .lock = -1 };
}
