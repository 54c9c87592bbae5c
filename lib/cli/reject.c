#include "cli/reject.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/die.h"
#include "base/tr.h"

static bool
is_same(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
	    x.st_ino == y.st_ino;
}

FILE *
reject_open(const char *path, const char *input)
{
	int fd;

	if (is_same(path, input))
		die(CRM_USAGE, _("%s: rejects would overwrite the input"),
		    input);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		die(CRM_SYS, "%s: %s", path, strerror(errno));
	return fdopen(fd, "w");
}

void
reject_close(FILE *f, const char *path)
{
	bool failed = f != NULL && ferror(f) != 0;

	errno = 0;
	if (f != NULL && (fclose(f) != 0 || failed))
		die(CRM_SYS, "%s: %s", path, errno != 0 ? strerror(errno) :
		    _("not all could be written"));
}
