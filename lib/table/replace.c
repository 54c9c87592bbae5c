#include "table/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/tr.h"
#include "table/file.h"

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

static bool
copy_rights(const struct beside *b, mode_t mode)
{
	return file_rights(b->fd, b->old ? &b->st : NULL, mode);
}

static bool
beside_open(struct beside *b, const char *path, struct err *e)
{
	*b = (struct beside){ .dir = -1, .real = file_resolve(path, e) };
	if (b->real == NULL)
		return false;
	b->old = lstat(b->real, &b->st) == 0;
	if (!b->old && errno != ENOENT)
		return err_sys(e, path);
	if (b->old && !S_ISREG(b->st.st_mode))
		return err_set(e, CRM_SYS, _("%s: not a regular file"), path);
	b->temp = file_beside(b->real, REPLACE_MARK "XXXXXX");
	b->dir = file_dir(b->real);
	if (b->dir < 0)
		return err_sys(e, path);
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
replace_bytes(const char *path, mode_t mode, struct slice bytes,
    struct err *e)
{
	struct beside b;
	bool good = beside_open(&b, path, e);

	if (good)
		good = install(&b, path, copy_rights(&b, mode) &&
		    file_write(b.fd, bytes.at, bytes.len), e);
	beside_close(&b);
	return good;
}

bool
replace_remove(const char *path, struct err *e)
{
	int dir = file_dir(path);

	if (dir < 0)
		return err_sys(e, path);
	if (unlink(path) != 0) {
		err_sys(e, path);
		close(dir);
		return false;
	}
	if (fsync(dir) != 0)
		err_set(e, CRM_SYS, _("%s: removed, but it may come back "
		    "after a power cut: %s"), path, strerror(errno));
	close(dir);
	return e->status == CRM_OK;
}
