#include "cli/reject.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/tr.h"
#include "table/file.h"

/* Is the file the input, which may be standard input? */
static bool
is_input(const char *path, const char *input)
{
	bool stdin_is = strcmp(input, "-") == 0;
	struct stat x, y;

	return stat(path, &x) == 0 &&
	    (stdin_is ? fstat(0, &y) : stat(input, &y)) == 0 &&
	    x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* Is the file where the answer goes, which then has rows of both? */
static bool
is_output(const char *path)
{
	struct stat x, y;

	return stat(path, &x) == 0 && fstat(1, &y) == 0 &&
	    x.st_dev == y.st_dev && x.st_ino == y.st_ino &&
	    (S_ISREG(y.st_mode) || S_ISFIFO(y.st_mode));
}

static _Noreturn void
cannot(const struct reject *r)
{
	die(CRM_SYS, "%s: %s", r->path, strerror(errno));
}

FILE *
reject_begin(struct reject *r, const char *path, const char *input)
{
	*r = (struct reject){ .path = path };
	if (path == NULL)
		return NULL;
	if (is_input(path, input))
		die(CRM_USAGE, _("%s: rejects would overwrite the input"),
		    path);
	if (is_output(path))
		die(CRM_USAGE, _("%s: rejects would be mixed with the rows"),
		    path);
	r->rows = open_memstream(&r->text, &r->len);
	if (r->rows == NULL)
		cannot(r);
	return r->rows;
}

/* A file, empty, that nobody else may read; or what else is there. */
static int
open_file(const struct reject *r)
{
	int fd = open(r->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0)
		cannot(r);
	if (S_ISREG(st.st_mode) &&
	    (fchmod(fd, 0600) != 0 || ftruncate(fd, 0) != 0))
		cannot(r);
	return fd;
}

void
reject_end(struct reject *r, bool good)
{
	int fd;

	if (r->rows == NULL)
		return;
	if (fclose(r->rows) != 0)
		cannot(r);
	fd = good ? open_file(r) : -1;
	if (good && (!file_write(fd, r->text, r->len) || close(fd) != 0))
		cannot(r);
	free(r->text);
}
